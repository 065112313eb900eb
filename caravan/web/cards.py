"""Product cards ready to draw: every text is made here, the template only places it. Forty-eight a page: each line counts, and
what was made of a card is kept for as long as the card is the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from uuid import UUID

from django.urls import get_script_prefix
from django.utils.translation import get_language, ngettext

from caravan.insight.rules import shown
from caravan.kernel.markets import Market
from caravan.search.queries import Card
from caravan.web.addresses import Addresses, addresses
from caravan.web.formats import compact_text, decimal_text, number_text, percent_text, price_text
from caravan.web.wording import said as _

NEW_FOR = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class CardPicture:
    """`webp` is a srcset up to 640 pixels: no card is wider. `thumb` is for rows of a list."""

    src: str
    webp: str
    width: int
    height: int
    alt: str
    avif: str = ""
    thumb: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class CardView:
    """What `components/product_card.html` draws. The same object while card and words are: so its drawing can be kept."""

    id: UUID
    url: str
    title: str
    price_text: str
    rating: float | None
    rating_text: str
    reviews_text: str
    sold_text: str
    store_name: str
    store_url: str
    badges: tuple[tuple[str, str], ...]
    picture: CardPicture | None
    rank: int | None = None
    list_price_text: str = ""
    approx_text: str = ""


def card_views(cards: Iterable[Card], *, market: Market, at: datetime, ranked: bool = False) -> list[CardView]:
    """The cards in the words and formats of `market`; `ranked` numbers them from 1."""
    words = _words(market, get_language() or "", get_script_prefix())
    return [
        _view(card, words, at - card.published_at < NEW_FOR, rank if ranked else None) for rank, card in enumerate(cards, start=1)
    ]


@dataclass(frozen=True, slots=True, eq=False)
class _Words:
    """What cards of a market are written with, looked up once a market rather than once a card."""

    locale: str
    to: Addresses
    dearer: str
    new: str
    deal: str
    sold_out: str
    elsewhere: str

    def price(self, card: Card) -> str:
        text = price_text(card.price.minor, card.price.currency, self.locale)
        return self.dearer % {"price": text} if card.varies else text

    def badges(self, card: Card, is_new: bool) -> tuple[tuple[str, str], ...]:
        found = []
        if not card.in_stock:
            found.append(("", self.sold_out))
        elif card.on_offer:
            found.append(("deal", f"−{percent_text(card.percent / 100, 0, self.locale)}" if card.percent else self.deal))
        elif is_new:
            found.append(("new", self.new))
        if not card.delivers:
            found.append(("warn", self.elsewhere))
        return tuple(found)


@lru_cache(maxsize=256)
def _words(market: Market, language: str, prefix: str) -> _Words:
    """For the language and the addresses in force, which the arguments name."""
    return _Words(
        locale=market.locale,
        to=addresses(),
        dearer=_("from %(price)s"),
        new=_("New"),
        deal=_("Deal"),
        sold_out=_("Sold out"),
        elsewhere=_("Not delivered to %(country)s") % {"country": market.country.name(market.language)},
    )


@lru_cache(maxsize=16_384)
def _view(card: Card, words: _Words, is_new: bool, rank: int | None) -> CardView:
    return CardView(
        id=card.id,
        url=words.to.product(card.slug, card.id),
        title=card.title,
        price_text=words.price(card),
        rating=card.rating,
        rating_text=decimal_text(round(card.rating, 1), 1, words.locale) if card.rating else "",
        reviews_text=number_text(card.ratings, words.locale),
        sold_text=_sold(card.buyers, words.locale),
        store_name=card.store_name,
        store_url=words.to.store(card.store_slug),
        badges=words.badges(card, is_new),
        picture=_picture(card),
        rank=rank,
        list_price_text=price_text(card.was.minor, card.was.currency, words.locale) if card.was else "",
    )


@lru_cache(maxsize=16_384)
def _sold(buyers: int, locale: str) -> str:
    """In bands where few buyers stand behind the figure, as everywhere in the market. A locale has one language."""
    if not buyers:
        return ""
    seen = shown(buyers, buyers=buyers)
    count = compact_text(seen.low, locale) if seen.exact else str(seen).replace("-", "–")
    return ngettext("%(count)s buyer", "%(count)s buyers", seen.high or seen.low) % {"count": count}


def _picture(card: Card) -> CardPicture | None:
    found = card.picture
    if found is None:
        return None
    narrow = found.webp.rpartition(", ")[0] if found.webp.endswith(" 1280w") else found.webp
    return CardPicture(found.src, narrow, found.width, found.height, found.alt, thumb=found.thumb)

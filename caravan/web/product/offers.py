"""What else the store and the market have on for a product: tiers, more for less, sets it is part of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from caravan.catalog.queries import PictureRow
from caravan.catalog.queries.pieces import PieceRow, pieces
from caravan.kernel.markets import Market
from caravan.kernel.money import Money
from caravan.promotions.rules import EVERYTHING, NO_OFFERS, Bundle, BundleItem, BuyGet, LineFacts, SpendSave
from caravan.trade.queries.offered import Offered
from caravan.web.addresses import product_url
from caravan.web.deals.words import audience_words, buy_get_text, shown, tier_texts
from caravan.web.templating import money


@dataclass(frozen=True, slots=True)
class OfferView:
    """`texts` say what is given. `id`: of an offer of the store about some of its goods, which its page shows."""

    name: str
    texts: list[str]
    audience: str
    until: datetime | None
    is_platforms: bool = False
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class SetPiece:
    title: str
    url: str
    quantity: int
    variant_id: UUID
    price_text: str
    picture: PictureRow | None


@dataclass(frozen=True, slots=True)
class SetView:
    """Goods at a price together. `apart_text` is what they cost one by one at their list prices today; `id` is the bundle's."""

    id: UUID
    name: str
    pieces: list[SetPiece]
    price_text: str
    apart_text: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class OffersView:
    offers: list[OfferView]
    sets: list[SetView]


def offers_view(line: LineFacts, offered: Offered, *, market: Market, at: datetime) -> OffersView:
    """What `line`, a piece of the product, may be part of; a statement only where that are sets."""
    own = offered.terms.stores.get(line.store_id, NO_OFFERS)
    buyer, terms = offered.buyer, offered.terms
    found = [
        OfferView(offer.name, [buy_get_text(offer)], audience_words(offer.when), offer.when.until, id=_shown_id(offer))
        for offer in own.buy_gets
        if offer.when.met(market.code, buyer, line.store_id, at) and offer.scope.covers(line)
    ]
    for offers, store_id in ((own.spend_saves, line.store_id), (terms.platform, None)):
        found += [
            OfferView(
                offer.name, tier_texts(offer, terms, market.currency),
                audience_words(offer.when, is_platforms=store_id is None), offer.when.until,
                is_platforms=store_id is None, id=_shown_id(offer) if store_id else None,
            )
            for offer in offers
            if offer.when.met(market.code, buyer, store_id, at) and offer.scope.covers(line)
        ]  # fmt: skip
    sets = [bundle for bundle in own.bundles if bundle.when.met(market.code, buyer, line.store_id, at) and _covers(bundle, line)]
    return OffersView(found, _sets(sets, line, offered, market))


def _shown_id(offer: BuyGet | SpendSave) -> UUID | None:
    return offer.id if offer.scope != EVERYTHING else None


def _covers(bundle: Bundle, line: LineFacts) -> bool:
    return any(
        item.product_id == line.product_id and (item.variants is None or line.variant_id in item.variants)
        for item in bundle.items
    )


def _sets(bundles: Sequence[Bundle], line: LineFacts, offered: Offered, market: Market) -> list[SetView]:
    """Sets all of whose goods can be bought."""
    if not bundles:
        return []
    wanted = {item.product_id for bundle in bundles for item in bundle.items}
    known = pieces(wanted, language=market.language, market=market.code)
    chosen = [(bundle, [_chosen(item, line, known) for item in bundle.items]) for bundle in bundles]
    return [
        _set(bundle, [one for one in found if one], offered, market)
        for bundle, found in chosen
        if all(one is not None and one.in_stock for one in found)
    ]


def _chosen(item: BundleItem, line: LineFacts, known: Mapping[UUID, list[PieceRow]]) -> PieceRow | None:
    """Of the product of the page the variant that is looked at, where it is one of the set's; of others the first that fits."""
    fitting = [row for row in known.get(item.product_id, ()) if item.variants is None or row.variant_id in item.variants]
    return next((row for row in fitting if row.variant_id == line.variant_id), fitting[0] if fitting else None)


def _set(bundle: Bundle, rows: Sequence[PieceRow], offered: Offered, market: Market) -> SetView:
    terms, currency = offered.terms, market.currency
    pairs = list(zip(bundle.items, rows, strict=True))
    apart = sum((row.list_price * item.quantity for item, row in pairs), start=Money.zero(bundle.price.currency))
    return SetView(
        id=bundle.id,
        name=bundle.name,
        pieces=[
            SetPiece(
                title=row.title,
                url=product_url(row.slug, item.product_id),
                quantity=item.quantity,
                variant_id=row.variant_id,
                price_text=money(shown(row.list_price, terms, currency)),
                picture=row.picture,
            )
            for item, row in pairs
        ],
        price_text=money(shown(bundle.price, terms, currency)),
        apart_text=money(shown(apart, terms, currency)),
        until=bundle.when.until,
    )

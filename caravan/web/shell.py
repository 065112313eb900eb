"""What every page's frame shows: categories, the account, the cart. Each part is read when it is drawn."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import NamedTuple

from django.http import HttpRequest
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language
from markupsafe import Markup

from caravan.catalog.queries.categories import roots
from caravan.kernel.clock import now
from caravan.kernel.markets import Market
from caravan.people.queries.notices import unread_count
from caravan.trade.queries.carts import cart_count
from caravan.trade.queries.rates import current_rates
from caravan.web.addresses import category_url
from caravan.web.alternates import alternate_links, canonical
from caravan.web.cart.owner import owner_of
from caravan.web.exchange import day_words, source_words
from caravan.web.market import current
from caravan.web.wording import said as _

THEMES = ("light", "dark")
# Signs of departments by slug; any other has a plain tag.
ICONS = {
    "electronics": "device", "home": "lamp", "garden": "leaf", "women": "shirt", "men": "shirt", "shoes-bags": "tag",
    "accessories": "gem", "beauty": "drop", "kids": "blocks", "pets": "heart", "sports": "ball", "hobby": "book",
}  # fmt: skip


class CategoryLink(NamedTuple):
    url: str
    name: str
    icon: str


Footer = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]  # (heading, links)


class Shell:
    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._market: Market = getattr(request, "market", current.get())

    @cached_property
    def categories(self) -> tuple[CategoryLink, ...]:
        return _links(tuple([(row.path, row.name) for row in roots(self._market.language)]), get_script_prefix())

    @property
    def alternates(self) -> Markup:
        return alternate_links(self._request.path)

    @property
    def canonical(self) -> str:
        return canonical(self._request.path)

    @cached_property
    def account_name(self) -> str:
        """Empty for a guest."""
        user = self._request.user
        return user.get_full_name() if user.is_authenticated else ""

    @cached_property
    def notice_count(self) -> int:
        """Unread ones; nothing is asked for a guest."""
        user = self._request.user
        return unread_count(user_id=user.pk) if user.is_authenticated else 0

    @cached_property
    def cart_count(self) -> int:
        return cart_count(owner=owner_of(self._request))

    @cached_property
    def rate_note(self) -> str:
        rates = current_rates(now())
        origin = rates.apart.get(self._market.currency, rates)
        return _rate_note(origin.source, origin.as_of, get_language())

    @property
    def theme(self) -> str:
        chosen = self._request.COOKIES.get("theme", "")
        return chosen if chosen in THEMES else ""

    @property
    def footer(self) -> Footer:
        return _footer(get_language(), get_script_prefix())


@lru_cache(maxsize=2_048)
def _links(departments: tuple[tuple[str, str], ...], prefix: str) -> tuple[CategoryLink, ...]:
    """(path, name) under the addresses in force, which the argument names."""
    return tuple(CategoryLink(category_url(path), name, ICONS.get(path, "tag")) for path, name in departments)


@lru_cache(maxsize=2_048)
def _rate_note(source: str, as_of: str, language: str) -> str:
    """In the language in force, which the argument names."""
    return _("Exchange rates: %(source)s, %(day)s.") % {"source": source_words(source), "day": day_words(as_of)}


@lru_cache(maxsize=2_048)
def _footer(language: str, prefix: str) -> Footer:
    """In the language and under the addresses in force, which the arguments name."""
    return (
        (
            _("Shop"),
            (
                (_("Deals"), reverse("deals")),
                (_("Best sellers"), reverse("rankings")),
                (_("Coupons"), reverse("coupons")),
                (_("Country, language and currency"), reverse("market")),
            ),
        ),
        (_("Your account"), ((_("Orders"), reverse("orders")), (_("Addresses"), reverse("addresses")))),
        (_("Sell"), ((_("Open a store"), reverse("store-opening")), (_("Seller centre"), reverse("seller")))),
    )

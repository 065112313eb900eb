"""The seller's first page: how today goes, and what needs a hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caravan.catalog.queries.goods import goods_counts
from caravan.insight.queries import VolumeRow, best_sellers, own_volume, store_day
from caravan.kernel.errors import Invalid
from caravan.kernel.markets import Market
from caravan.kernel.money import Money
from caravan.reputation.queries import CreditRow, credit_of, unanswered
from caravan.search.queries import cards
from caravan.stores.queries import StoreRow
from caravan.trade.queries.orders import orders_waiting
from caravan.trade.queries.rates import current_rates
from caravan.web.cards import CardView, card_views
from caravan.web.seller_insight.funnel import NO_CHANGE, Change, against
from caravan.web.templating import money, number, percent

BEST = 6


@dataclass(frozen=True, slots=True)
class Tile:
    label: str
    value_text: str
    change: Change = NO_CHANGE
    values: tuple[int, ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class Todo:
    icon: str
    text: str
    note: str
    url: str
    count: str


@dataclass(frozen=True, slots=True)
class Overview:
    tiles: list[Tile]
    todo: list[Todo]
    best: list[CardView]
    waiting: int


def overview(store: StoreRow, *, market: Market, at: datetime) -> Overview:
    day, volume = store_day(store.id, zone=store.zone, at=at), own_volume(store.id)
    waiting, counts, poor = orders_waiting(store_id=store.id), goods_counts(store.id), unanswered(store.id)
    than = _("than yesterday by now")
    return Overview(
        tiles=[
            Tile(
                _("Paid today"),
                money(_own(day.today.paid, store, at)),
                against(day.today.paid.minor, day.yesterday.paid.minor, than),
            ),
            Tile(_("Orders today"), number(day.today.orders), against(day.today.orders, day.yesterday.orders, than)),
            _quarter(volume, store),
            _credit(credit_of(store.id), store),
        ],
        todo=_todo(store, waiting, day.sold_out, day.low, poor, counts["active"]),
        best=card_views(cards(best_sellers(store.id, limit=BEST), market=market, at=at), market=market, at=at),
        waiting=waiting,
    )


def _own(paid: Money, store: StoreRow, at: datetime) -> Money:
    """Euros of the orders' days in the store's currency at today's rate."""
    try:
        return current_rates(at).convert(paid, store.currency)
    except Invalid:
        return paid


def _quarter(volume: VolumeRow | None, store: StoreRow) -> Tile:
    orders = volume.orders_90d.low if volume else 0
    return Tile(
        _("Orders, 90 days"),
        number(orders),
        change=Change(note=_("day by day, up to the last refresh")),
        values=volume.daily_orders if volume else (),
        url=reverse("seller-insight", kwargs={"slug": store.slug}),
    )


def _credit(credit: CreditRow, store: StoreRow) -> Tile:
    address = reverse("seller-feedback", kwargs={"slug": store.slug})
    if credit.positive_rate is None:
        return Tile(_("Positive feedback"), "–", change=Change(note=_("nobody has rated you in six months")), url=address)
    low = percent(credit.positive_rate_low or 0, 1)
    return Tile(
        _("Positive feedback"),
        percent(credit.positive_rate, 1),
        change=Change(note=_("at least %(rate)s, with 95%% confidence") % {"rate": low}),
        url=address,
    )


def _todo(store: StoreRow, waiting: int, sold_out: int, low: int, poor: int, active: int) -> list[Todo]:
    def at(name: str) -> str:
        return reverse(name, kwargs={"slug": store.slug})

    rows = [
        ("box", waiting, ngettext("Ship %(n)s order", "Ship %(n)s orders", waiting), _("paid and waiting"), at("seller-orders")),
        (
            "warn",
            sold_out,
            ngettext("%(n)s variant is sold out", "%(n)s variants are sold out", sold_out),
            _("buyers see it as sold out"),
            at("seller-products"),
        ),
        (
            "tag",
            low,
            ngettext("%(n)s variant is nearly sold out", "%(n)s variants are nearly sold out", low),
            _("five pieces or fewer"),
            at("seller-products"),
        ),
        (
            "star",
            poor,
            ngettext("Answer %(n)s poor rating", "Answer %(n)s poor ratings", poor),
            _("buyers read answers before they decide"),
            at("seller-feedback"),
        ),
    ]
    found = [Todo(icon, text % {"n": number(n)}, note, url, number(n)) for icon, n, text, note, url in rows if n]
    if not active:
        found.insert(
            0, Todo("plus", _("List your first product"), _("by form, or many at once as CSV"), at("seller-products"), "")
        )
    return found

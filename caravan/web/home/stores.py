"""The best-selling stores, as cards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.files.storage import default_storage
from django.utils.translation import ngettext

from caravan.insight.queries import VolumeRow, volumes_of
from caravan.insight.rules import Period
from caravan.kernel import markets
from caravan.kernel.markets import Market
from caravan.reputation.queries import CreditRow, credits_of
from caravan.stores.queries import StoreRow, stores_by_ids
from caravan.web.addresses import store_url
from caravan.web.home.strips import first_of
from caravan.web.templating import compact, percent
from caravan.web.wording import said as _

MOST = 6


@dataclass(frozen=True, slots=True)
class StoreView:
    """What `store_card` draws."""

    url: str
    name: str
    picture: str
    initials: str
    credit_kind: str
    credit_level: int
    positive_text: str
    sold_text: str
    place_text: str
    badges: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class BestStores:
    stores: list[StoreView]
    period: Period
    here: bool
    refreshed_at: datetime | None


def best_stores(market: Market) -> BestStores:
    page = first_of("stores", market.code, limit=MOST)
    ids = [place.subject_id for place in page.places]
    known, credits, volumes = stores_by_ids(ids), credits_of(ids), volumes_of(ids)
    views = [store_view(known[id], credits[id], volumes.get(id), market) for id in ids if id in known and known[id].is_open]
    return BestStores(views, page.cell.period, bool(page.cell.market), page.refreshed_at)


def store_view(store: StoreRow, credit: CreditRow, volume: VolumeRow | None, market: Market) -> StoreView:
    return StoreView(
        url=store_url(store.slug),
        name=store.name,
        picture=default_storage.url(store.logo) if store.logo else "",
        initials="".join(word[0] for word in store.name.split()[:2]).upper(),
        credit_kind=credit.symbol.kind if credit.symbol else "",
        credit_level=credit.symbol.level if credit.symbol else 0,
        positive_text=_("%(rate)s positive") % {"rate": percent(credit.positive_rate, 1)} if credit.positive_rate else "",
        sold_text=_sold(volume),
        place_text=_("%(country)s · since %(year)s")
        % {"country": markets.country(store.country).name(market.language), "year": store.opened_at.year},
    )


def _sold(volume: VolumeRow | None) -> str:
    if volume is None:
        return ""
    orders = volume.orders_90d
    text = compact(orders.low) if orders.exact else str(orders).replace("-", "–")
    return ngettext("%(count)s order in 90 days", "%(count)s orders in 90 days", orders.high or orders.low) % {"count": text}

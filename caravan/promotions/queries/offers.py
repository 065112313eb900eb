"""What stores have on offer, as the engine reads it: kept in the process as long as the store's stamp stays the same."""

from __future__ import annotations

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import F, Q

from caravan.kernel.money import Money
from caravan.promotions.models import Promotion, PromotionGoods, Stamp, Tier
from caravan.promotions.queries.scopes import goods_of, groups_of, scope_of
from caravan.promotions.rules import (
    NO_OFFERS,
    Audience,
    Benefit,
    Bundle,
    BundleItem,
    BuyGet,
    Conditions,
    Coupon,
    Deal,
    DealKind,
    Payer,
    Scope,
    SpendSave,
    StoreOffers,
)
from caravan.promotions.rules import Tier as TierRule

PLATFORM = UUID(int=0)
MOST_KEPT = 4_096
_kept: OrderedDict[UUID, _Kept] = OrderedDict()
_lock = threading.Lock()
_LEFT = 'SELECT subject_id, sum("left")::int FROM promotions_bucket WHERE subject_id = ANY(%s) GROUP BY subject_id'


class _Kept(NamedTuple):
    stamp: int
    offers: StoreOffers
    until: datetime  # when the first of them is over: then they are read again, so that nothing piles up


def offers_of(store_ids: Iterable[UUID], at: datetime) -> dict[UUID, StoreOffers]:
    """What each of these stores has on, now or later, for those that have anything: one statement for their stamps, and where
    one has changed, those that read it. How many pieces of limited deals are left is as of that reading: see `with_left`."""
    wanted = set(store_ids)
    return offers_by_stamp(dict(Stamp.objects.filter(store_id__in=wanted).values_list("store_id", "number")), at)


def offers_by_stamp(stamps: Mapping[UUID, int], at: datetime) -> dict[UUID, StoreOffers]:
    """The same for whoever has read the stamps already, of stores that have one."""
    found: dict[UUID, StoreOffers] = {}
    stale: dict[UUID, int] = {}
    with _lock:
        for id, stamp in stamps.items():
            kept = _kept.get(id)
            if kept is None or kept.stamp != stamp or kept.until <= at:
                stale[id] = stamp
            else:
                found[id] = kept.offers
                _kept.move_to_end(id)
    if stale:
        read = _read(stale.keys(), at)
        with _lock:
            for id, stamp in stale.items():
                offers, until = read.get(id, (NO_OFFERS, datetime.max.replace(tzinfo=at.tzinfo)))
                _kept[id] = _Kept(stamp, offers, until)
                found[id] = offers
            while len(_kept) > MOST_KEPT:
                _kept.popitem(last=False)
    return {id: offers for id, offers in found.items() if offers is not NO_OFFERS}


def platform_discounts(at: datetime) -> tuple[SpendSave, ...]:
    """What the platform takes off orders by itself."""
    return offers_of([PLATFORM], at).get(PLATFORM, NO_OFFERS).spend_saves


def with_left(offers: Mapping[UUID, StoreOffers], product_ids: Iterable[UUID]) -> dict[UUID, StoreOffers]:
    """The same offers with the pieces that limited deals of these products have left at this moment: one statement, if any."""
    wanted = set(product_ids)
    limited = {
        deal.id
        for some in offers.values()
        for product in wanted & some.deals.keys()
        for deal in some.deals[product]
        if deal.left is not None
    }
    if not limited:
        return dict(offers)
    left = _left(limited)
    return {id: _refreshed(some, wanted, left) for id, some in offers.items()}


def caps_left(offers: Iterable[StoreOffers]) -> dict[UUID, Money]:
    """What those of them that have a cap may cost still, at this moment: one statement, if any."""
    capped = {id for some in offers for id in some.capped}
    if not capped:
        return {}
    rows = Promotion.objects.filter(pk__in=capped, budget_minor__isnull=False).values_list(
        "pk", F("budget_minor") - F("spent_minor"), "currency"
    )
    return {id: Money(minor, currency) for id, minor, currency in rows}


def offers_alone(promotion: Promotion) -> StoreOffers:
    """What this one offers, as if it was on and nobody had taken anything of it yet: for previews. Coupons: `coupon_alone`."""
    goods = goods_of([promotion])
    left = {row.pk: row.quantity for rows in goods.values() for row in rows if row.quantity is not None}
    return _offers([promotion], goods, _tiers([promotion]), groups_of([promotion]), left)


def coupon_alone(promotion: Promotion) -> Coupon:
    """The coupon each buyer would have, good as long as it may be claimed."""
    goods, currency = goods_of([promotion]).get(promotion.pk, []), promotion.currency
    return Coupon(
        id=promotion.pk,
        promotion_id=promotion.pk,
        when=conditions_of(promotion),
        benefit=benefit_of(promotion, currency),
        store_id=promotion.store_id,
        name=promotion.name,
        min_spend=Money(promotion.min_spend_minor, currency) if promotion.min_spend_minor is not None else None,
        scope=scope_of(promotion, goods, groups_of([promotion])),
        stackable=promotion.stackable,
        payer=Payer.STORE if promotion.store_id else Payer.PLATFORM,
    )


def forget_offers() -> None:
    """Read everything again. For tests, and after tables were restored."""
    with _lock:
        _kept.clear()


def _refreshed(offers: StoreOffers, products: set[UUID], left: Mapping[UUID, int]) -> StoreOffers:
    """A store may have deals on all of its goods: those on others than `products` stay the objects they are."""
    deals = {p: tuple(_fresh(deal, left) for deal in offers.deals[p]) for p in products & offers.deals.keys()}
    return replace(offers, deals={**offers.deals, **deals}) if deals else offers


def _fresh(deal: Deal, left: Mapping[UUID, int]) -> Deal:
    return replace(deal, left=left.get(deal.id, 0)) if deal.left is not None else deal


def _left(goods_ids: Iterable[UUID]) -> dict[UUID, int]:
    with connection.cursor() as cursor:
        cursor.execute(_LEFT, [list(goods_ids)])
        return dict(cursor.fetchall())


def _read(store_ids: Iterable[UUID], at: datetime) -> dict[UUID, tuple[StoreOffers, datetime]]:
    ids = list(store_ids)
    whose = Q(store_id__in=ids) | Q(store_id=None) if PLATFORM in ids else Q(store_id__in=ids)
    on = Promotion.objects.filter(whose, state=Promotion.State.ON, until__gt=at, exhausted_at=None)
    on = on.exclude(kind=Promotion.Kind.COUPON)
    promotions = list(on.order_by("id"))
    goods, tiers, groups = goods_of(promotions), _tiers(promotions), groups_of(promotions)
    left = _left({row.pk for rows in goods.values() for row in rows if row.quantity is not None})
    by_store: dict[UUID, list[Promotion]] = defaultdict(list)
    for promotion in promotions:
        by_store[promotion.store_id or PLATFORM].append(promotion)
    return {
        id: (_offers(some, goods, tiers, groups, left), min(promotion.until for promotion in some))
        for id, some in by_store.items()
    }


def _tiers(promotions: Iterable[Promotion]) -> dict[UUID, list[Tier]]:
    found: dict[UUID, list[Tier]] = defaultdict(list)
    for row in Tier.objects.filter(promotion__in=[p.pk for p in promotions if p.kind == Promotion.Kind.SPEND_SAVE]):
        found[row.promotion_id].append(row)
    return found


def _offers(
    promotions: Sequence[Promotion], goods: Mapping[UUID, list[PromotionGoods]], tiers: Mapping[UUID, list[Tier]],
    groups: Mapping[UUID, frozenset[UUID]], left: Mapping[UUID, int],
) -> StoreOffers:  # fmt: skip
    deals: dict[UUID, tuple[Deal, ...]] = {}
    wide, bundles, buy_gets, spend_saves = list[Deal](), list[Bundle](), list[BuyGet](), list[SpendSave]()
    for p in promotions:
        rows, scope = goods.get(p.pk, []), scope_of(p, goods.get(p.pk, []), groups)
        match p.kind:
            case Promotion.Kind.LIMITED:
                for row in rows:
                    deals[row.product_id] = (*deals.get(row.product_id, ()), _deal(p, row, left))
            case Promotion.Kind.STORE_WIDE:
                when = conditions_of(p)
                wide.append(Deal(p.pk, p.pk, DealKind.STORE_WIDE, when, p.name, scope=scope, percent=p.percent))
            case Promotion.Kind.BUNDLE:
                bundles.append(_bundle(p, rows))
            case Promotion.Kind.BUY_GET:
                buy_gets.append(_buy_get(p, rows, scope))
            case Promotion.Kind.SPEND_SAVE:
                spend_saves.append(_spend_save(p, tiers.get(p.pk, []), scope))
    capped = frozenset(p.pk for p in promotions if p.budget_minor is not None)
    return StoreOffers(deals, tuple(wide), tuple(bundles), tuple(buy_gets), tuple(spend_saves), capped)


def conditions_of(promotion: Promotion) -> Conditions:
    return Conditions(
        since=promotion.since,
        until=promotion.until,
        markets=frozenset(promotion.markets),
        audience=Audience(promotion.audience),
        segment_id=promotion.segment_id,
    )


def benefit_of(source: Promotion | Tier, currency: str) -> Benefit:
    return Benefit(
        percent=source.percent,
        amount=Money(source.amount_minor, currency) if source.amount_minor is not None else None,
        cap=Money(source.cap_minor, currency) if source.cap_minor is not None else None,
    )


def _deal(promotion: Promotion, row: PromotionGoods, left: Mapping[UUID, int]) -> Deal:
    prices = {row.variant_id: Money(row.price_minor, promotion.currency)} if row.variant_id and row.price_minor else {}
    return Deal(
        id=row.pk,
        promotion_id=promotion.pk,
        kind=DealKind.LIMITED,
        when=conditions_of(promotion),
        name=promotion.name,
        scope=Scope(products=frozenset([row.product_id])),
        variants=frozenset([row.variant_id]) if row.variant_id else None,
        percent=row.percent,
        prices=prices,
        left=left.get(row.pk, 0) if row.quantity is not None else None,
        of=row.quantity,
        per_buyer=row.per_buyer,
    )


def _bundle(promotion: Promotion, rows: Iterable[PromotionGoods]) -> Bundle:
    items = tuple(BundleItem(r.product_id, r.each, frozenset([r.variant_id]) if r.variant_id else None) for r in rows)
    price = Money(promotion.amount_minor or 0, promotion.currency)
    return Bundle(promotion.pk, conditions_of(promotion), items, price, promotion.name, promotion.times)


def _buy_get(promotion: Promotion, rows: Iterable[PromotionGoods], scope: Scope) -> BuyGet:
    gifts = frozenset(row.product_id for row in rows if row.role == PromotionGoods.Role.GIFT)
    return BuyGet(
        id=promotion.pk,
        when=conditions_of(promotion),
        buy=promotion.buy,
        get=promotion.get,
        name=promotion.name,
        percent=promotion.percent,
        scope=scope,
        gifts=Scope(products=gifts) if gifts else None,
        times=promotion.times,
    )


def _spend_save(promotion: Promotion, tiers: Iterable[Tier], scope: Scope) -> SpendSave:
    rules = tuple(
        TierRule(
            benefit_of(tier, promotion.currency),
            Money(tier.min_amount_minor, promotion.currency) if tier.min_amount_minor is not None else None,
            tier.min_items,
        )
        for tier in tiers
    )
    payer = Payer.STORE if promotion.store_id else Payer.PLATFORM
    return SpendSave(promotion.pk, conditions_of(promotion), rules, promotion.name, scope, payer)

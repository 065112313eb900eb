"""What stores and the market have on offer on the last day of the world, made by the actions their owners use."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from caravan.kernel.money import Money
from caravan.project.demo.world import World
from caravan.project.demo.world.goods import Item
from caravan.project.demo.world.shops import Shop
from caravan.promotions.actions.drafting import put_draft
from caravan.promotions.actions.standing import lock_owner
from caravan.promotions.actions.starting import start
from caravan.promotions.queries.owners import owner_of
from caravan.promotions.queries.promotions import promotions
from caravan.promotions.rules.drafts import (
    BundleDraft,
    BundleGoods,
    BuyGetDraft,
    CouponDraft,
    DealGoods,
    Draft,
    Frame,
    LimitedDraft,
    Means,
    ScopeDraft,
    SpendSaveDraft,
    StoreWideDraft,
    TierDraft,
)
from caravan.promotions.rules.offers import PLATFORM_CURRENCY, Audience
from caravan.stores.queries.stores import stores_by_ids

PLATFORM = -1


def owners(world: World, told: object) -> Sequence[int]:
    """A piece for each store, by its place, and one for the market."""
    return (*range(len(world.shops)), PLATFORM)


def promote(world: World, place: int) -> None:
    """Whatever an owner has on offer already is left alone."""
    shop = None if place == PLATFORM else world.shops[place]
    owner = owner_of(stores_by_ids([shop.id])[shop.id] if shop else None)
    with transaction.atomic():
        lock_owner(store_id=owner.store_id)
        if promotions(owner, world.ends_at):
            return
        for draft in _of_store(world, shop, place) if shop else _of_market(world):
            made = put_draft(owner=owner, draft=draft, at=world.ends_at)
            start(owner=owner, promotion=made, verb="start", at=world.ends_at)


def _of_store(world: World, shop: Shop, place: int) -> Iterator[Draft]:
    """One store in six has nothing on; the others something of each kind of tool between them."""
    goods = sorted((item for item in world.items if item.shop == shop), key=lambda item: -item.fame)
    if len(goods) < 4 or place % 6 == 5:
        return
    yield from _TOOLS[place % 6](world, shop, goods)


def _deals(world: World, shop: Shop, goods: Sequence[Item]) -> Iterator[Draft]:
    lively = [item for item in goods if item.pieces[0].stock >= 20][:1]
    yield LimitedDraft(
        frame=_frame(world, "Week of deals", days=6),
        goods=tuple(DealGoods(product_id=item.id, percent=20 + 5 * n) for n, item in enumerate(goods[1:4])),
    )
    if lively:
        piece = lively[0].pieces[0]
        price = Money(max(1, piece.price.minor * 65 // 100), piece.price.currency)
        yield LimitedDraft(
            frame=_frame(world, "Last pieces", days=2),
            goods=(DealGoods(product_id=lively[0].id, variant_id=piece.id, price=price, quantity=12, per_buyer=2),),
        )


def _season(world: World, shop: Shop, goods: Sequence[Item]) -> Iterator[Draft]:
    yield StoreWideDraft(frame=_frame(world, "Season sale", days=20), percent=10 + 5 * (shop.number % 2))


def _ladder(world: World, shop: Shop, goods: Sequence[Item]) -> Iterator[Draft]:
    usual = _usual(goods)
    yield SpendSaveDraft(
        frame=_frame(world, "The more, the less", days=25),
        tiers=(
            TierDraft(min_amount=_round(usual, 2), amount=_round(usual, 0.15)),
            TierDraft(min_amount=_round(usual, 4), amount=_round(usual, 0.5)),
        ),
    )
    yield CouponDraft(
        frame=_frame(world, "Welcome", days=25),
        means=Means.COLLECT,
        amount=_round(usual, 0.2),
        min_spend=_round(usual, 1.5),
        total=500,
        valid_days=14,
    )


def _sets(world: World, shop: Shop, goods: Sequence[Item]) -> Iterator[Draft]:
    yield BuyGetDraft(
        frame=_frame(world, "Three for two", days=25),
        buy=2,
        get=1,
        scope=ScopeDraft(products=tuple(item.id for item in goods[:4])),
        times=2,
    )
    pair = goods[:2]
    together = sum(min(piece.price.minor for piece in item.pieces) for item in pair)
    yield BundleDraft(
        frame=_frame(world, "Better together", days=25),
        goods=tuple(BundleGoods(product_id=item.id, variant_id=_cheapest(item)) for item in pair),
        price=Money(together * 85 // 100, shop.currency),
    )


def _codes(world: World, shop: Shop, goods: Sequence[Item]) -> Iterator[Draft]:
    yield CouponDraft(
        frame=_frame(world, "Ten per cent", days=25),
        means=Means.CODE,
        code=f"HELLO{shop.number:02}",
        percent=10,
        cap=_round(_usual(goods), 0.5),
        total=1000,
        valid_until=world.ends_at + timedelta(days=30),
    )
    yield CouponDraft(
        frame=_frame(world, "For followers", days=25, audience=Audience.FOLLOWERS),
        means=Means.FOLLOWER,
        amount=_round(_usual(goods), 0.1),
        min_spend=_usual(goods),
        total=1000,
        valid_days=30,
    )


_TOOLS: tuple[Callable[[World, Shop, Sequence[Item]], Iterator[Draft]], ...] = (_deals, _season, _ladder, _sets, _codes)


def _of_market(world: World) -> Iterator[Draft]:
    yield SpendSaveDraft(
        frame=_frame(world, "The fuller, the cheaper", days=25),
        tiers=tuple(
            TierDraft(min_amount=Money(6_000 * n, PLATFORM_CURRENCY), amount=Money(500 * n, PLATFORM_CURRENCY)) for n in (1, 2, 3)
        ),
    )
    yield CouponDraft(
        frame=_frame(world, "A gift of the market", days=25),
        means=Means.COLLECT,
        amount=Money(300, PLATFORM_CURRENCY),
        min_spend=Money(2_500, PLATFORM_CURRENCY),
        total=5_000,
        valid_days=14,
    )


def _frame(world: World, name: str, *, days: int, audience: Audience = Audience.EVERYONE) -> Frame:
    return Frame(name=name, since=world.ends_at, until=world.ends_at + timedelta(days=days), audience=audience)


def _usual(goods: Sequence[Item]) -> Money:
    """The middle one of the prices of the store's goods."""
    prices = sorted(item.pieces[0].price.minor for item in goods)
    return _round(Money(prices[len(prices) // 2], goods[0].pieces[0].price.currency), 1)


def _round(price: Money, times: float) -> Money:
    """So much of a price as people say it: two figures, the rest nothing."""
    minor = max(1, round(price.minor * times))
    step = 10 ** max(0, len(str(minor)) - 2)
    return Money(max(step, round(minor / step) * step), price.currency)


def _cheapest(item: Item) -> UUID:
    return min(item.pieces, key=lambda piece: piece.price.minor).id

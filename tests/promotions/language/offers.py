"""What is on offer."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from caravan.promotions.rules import (
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
    Terms,
    Tier,
)
from tests.factories import AT
from tests.promotions.language.carts import FIRST_OFFER
from tests.promotions.language.goods import COLOURS, GOODS, MARKET, RATES, STORES, matched, money, scope_of, segment_id

Offer = Deal | Bundle | BuyGet | SpendSave | Coupon


class Said(NamedTuple):
    """An offer, and the store that makes it."""

    store: str
    offer: Offer


def terms_of(cell: str) -> Terms:
    """All phrases of a cell, divided by `;`."""
    said = [_heard(UUID(int=FIRST_OFFER + n), phrase) for n, phrase in enumerate(cell.split("; ")) if phrase != "nothing"]
    by_store: dict[str, list[Offer]] = defaultdict(list)
    for store, offer in said:
        by_store[store].append(offer)
    coupons = tuple(offer for _, offer in said if isinstance(offer, Coupon))
    platform = tuple(offer for offer in by_store.pop(MARKET, []) if isinstance(offer, SpendSave))
    return Terms(RATES, {STORES[store]: _stores(offers) for store, offers in by_store.items()}, coupons, platform)


def _stores(offers: list[Offer]) -> StoreOffers:
    deals: dict[UUID, tuple[Deal, ...]] = defaultdict(tuple)
    for deal in offers:
        if isinstance(deal, Deal) and deal.kind is not DealKind.STORE_WIDE:
            for product in deal.scope.products or ():
                deals[product] = (*deals[product], deal)
    return StoreOffers(
        deals,
        tuple(o for o in offers if isinstance(o, Deal) and o.kind is DealKind.STORE_WIDE),
        tuple(o for o in offers if isinstance(o, Bundle)),
        tuple(o for o in offers if isinstance(o, BuyGet)),
        tuple(o for o in offers if isinstance(o, SpendSave)),
    )


def _heard(id: UUID, said: str) -> Said:
    """By whichever pattern knows how it begins; what is in brackets at its end is when, where and for whom."""
    phrase, when = matched(r"([^(]+?)(?: \((.*)\))?", said).groups()
    for start, hear in (
        ("bundle: ", _bundle), ("(platform )?coupon: ", _coupon), (r"(the market: )?(spend |\d+ pieces )", _spend_save),
        ("buy ", _buy_get), (rf"({'|'.join(STORES)}) \d", _wide), ("", _deal),
    ):  # fmt: skip
        if re.match(start, phrase):
            return hear(id, phrase, when_of(when or ""))
    raise AssertionError(said)


def when_of(phrase: str) -> Conditions:
    """`for followers, in BR and PT, starts in 1 hour`; nothing said: for everyone, everywhere, from an hour ago and for ever."""
    since, until = AT - timedelta(hours=1), None
    markets, audience, segment = frozenset[str](), Audience.EVERYONE, None
    for part in filter(None, phrase.split(", ")):
        if found := re.fullmatch(r"in ([A-Z]{2}(?: and [A-Z]{2})*)", part):
            markets = frozenset(found[1].split(" and "))
        elif part in ("for new buyers", "for followers"):
            audience = Audience(part.removeprefix("for ").replace(" ", "_"))
        elif found := re.fullmatch(r"for the audience (\w+)", part):
            audience, segment = Audience.SEGMENT, segment_id(found[1])
        else:
            what, n, unit = matched(r"(starts|ends) (?:now|in (\d+) (second|hour|day)s?)", part).groups()
            instant = AT + (timedelta(**{f"{unit}s": int(n)}) if n else timedelta())
            since, until = (instant, until) if what == "starts" else (since, instant)
    return Conditions(since, until, markets, audience, segment)


def _deal(id: UUID, phrase: str, when: Conditions) -> Said:
    """`lamp for 7.00, 3 left, 1 each`; `campaign: red lamp 30% off`"""
    campaign, colour, name, price, percent, left, each = matched(
        r"(campaign: )?(?:(\w+) )?(\w+) (?:for ([\d.]+)|(\d+)% off)(?:, (\d+) left)?(?:, (\d+) each)?", phrase
    ).groups()
    goods = GOODS[name]
    variants = [goods.variant_id(c) for c in ([colour] if colour else COLOURS)]
    deal = Deal(
        id=id,
        promotion_id=id,
        kind=DealKind.CAMPAIGN if campaign else DealKind.LIMITED,
        when=when,
        scope=Scope(products=frozenset([goods.product_id])),
        variants=frozenset(variants) if colour else None,
        percent=int(percent or 0),
        prices=dict.fromkeys(variants, money(price, goods.store)) if price else {},
        left=int(left) if left else None,
        per_buyer=int(each) if each else None,
    )
    return Said(goods.store, deal)


def _wide(id: UUID, phrase: str, when: Conditions) -> Said:
    """`Nord 10% off`; `Nord 10% off on lamp, rug`"""
    store, percent, on = matched(r"(\w+) (\d+)% off(?: on (.+))?", phrase).groups()
    scope = scope_of(on)[1] if on else Scope()
    return Said(store, Deal(id, id, DealKind.STORE_WIDE, when, scope=scope, percent=int(percent)))


def _bundle(id: UUID, phrase: str, when: Conditions) -> Said:
    """`bundle: 2 mug + tray for 20.00, once`"""
    inside, price, times = matched(r"bundle: (.+) for ([\d.]+)(?:, (once|\d+ times))?", phrase).groups()
    parts = [matched(r"(?:(\d+) )?(\w+)", part).groups() for part in inside.split(" + ")]
    items = tuple(BundleItem(GOODS[name].product_id, int(each or 1)) for each, name in parts)
    store = GOODS[parts[0][1]].store
    return Said(store, Bundle(id, when, items, money(price, store), times=times_of(times)))


def _buy_get(id: UUID, phrase: str, when: Conditions) -> Said:
    """`buy 2 get 1 free: mug, tray`; `buy 1 lamp get 1 mug or tray at 50% off, once`"""
    buy, what, get, gifts, percent, of, times = matched(
        r"buy (\d+)(?: (\w+))? get (\d+)(?: (\w+(?: or \w+)*))? (?:free|at (\d+)% off)(?:: (.+?))?(?:, (once|\d+ times))?", phrase
    ).groups()
    store, scope = scope_of(what or of)
    got = scope_of(gifts.replace(" or ", ", "))[1] if gifts else None
    offer = BuyGet(id, when, int(buy), int(get), percent=int(percent or 100), scope=scope, gifts=got, times=times_of(times))
    return Said(store, offer)


def _spend_save(id: UUID, phrase: str, when: Conditions) -> Said:
    """`spend 50 save 5, 100 save 20% up to 15.00: Nord`; `3 pieces save 10%: mug`; `the market: spend 30 save 3`"""
    market, steps, of = matched(r"(the market: )?([^:]+)(?:: (.+))?", phrase).groups()
    store, scope = scope_of(of) if of else (MARKET, Scope())
    maker, payer = (MARKET, Payer.PLATFORM) if market else (store, Payer.STORE)
    tiers = tuple(_tier(step, maker) for step in steps.split(", "))
    return Said(maker, SpendSave(id, when, tiers, scope=scope, payer=payer))


def _tier(phrase: str, store: str) -> Tier:
    least, pieces, gives = matched(r"(?:spend )?([\d.]+)( pieces)? save (.+)", phrase).groups()
    if pieces:
        return Tier(benefit_of(gives, store), min_items=int(least))
    return Tier(benefit_of(gives, store), min_amount=money(least, store))


def _coupon(id: UUID, phrase: str, when: Conditions) -> Said:
    """`coupon: 5.00 off 30 at Nord on lamp, rug, stackable`; `platform coupon: 10% up to 4.00 off, borne by an affiliate`"""
    platform, gives, least, at, on, stackable, affiliate = matched(
        r"(platform )?coupon: (.+?) off(?: ([\d.]+))?(?: at (\w+))?(?: on (.+?))?(, stackable)?(, borne by an affiliate)?", phrase
    ).groups()
    assert bool(platform) != bool(at), phrase
    store = at or MARKET
    coupon = Coupon(
        id=id,
        promotion_id=id,
        when=when,
        benefit=benefit_of(gives, store),
        store_id=STORES[at] if at else None,
        min_spend=money(least, store) if least else None,
        scope=scope_of(on)[1] if on else Scope(),
        stackable=bool(stackable),
        payer=Payer.STORE if at else Payer.AFFILIATE if affiliate else Payer.PLATFORM,
    )
    return Said(store, coupon)


def benefit_of(phrase: str, store: str) -> Benefit:
    """`5.00`, `10%`, `20% up to 8.00`"""
    percent, cap, amount = matched(r"(?:(\d+)%(?: up to ([\d.]+))?|([\d.]+))", phrase).groups()
    if amount:
        return Benefit(amount=money(amount, store))
    return Benefit(percent=int(percent), cap=money(cap, store) if cap else None)


def times_of(phrase: str | None) -> int | None:
    return None if not phrase else 1 if phrase == "once" else int(phrase.split()[0])

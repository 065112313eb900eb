"""Tells people what became of what they wish for: cheaper, or there again. Once a drop, in their language and currency."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from caravan.catalog.actions.wishes import Seen, hold_wishes, note_seen
from caravan.catalog.queries import WishRow, names, wished_among
from caravan.catalog.rules.wishes import Alert, alert
from caravan.kernel.errors import Invalid
from caravan.kernel.money import Money
from caravan.people.actions.notices import announce_all
from caravan.people.queries.accounts import Account, accounts_by_ids
from caravan.people.rules.notices import Announcement
from caravan.promotions.queries.prices import PaidPrice, paid_prices
from caravan.trade.queries.rates import buyer_rates

_AT_ONCE = 1_000


def look_at_wished(*, product_ids: Iterable[UUID], at: datetime) -> int:
    """Look again at those of the products that somebody wishes for, and tell whoever is to be told. Returns how many were.

    What was seen is kept with what was told, in one transaction: the same drop is told once, however often it is looked at.
    """
    wanted = sorted(wished_among(product_ids))
    told, after = 0, None
    with transaction.atomic():
        while wanted and (wishes := hold_wishes(product_ids=wanted, after=after, limit=_AT_ONCE)):
            told += _look(wishes, at)
            after = wishes[-1].id
    return told


def _look(wishes: Sequence[WishRow], at: datetime) -> int:
    """The prices are read once the wishes are held: of two that look at the same time, the later one sees what is true later."""
    prices = paid_prices(((wish.product_id, wish.market) for wish in wishes), at)
    known = [(wish, prices.get((wish.product_id, wish.market))) for wish in wishes]
    alerts = [(wish, now, what) for wish, now in known if now and (what := _alert(wish, now))]
    note_seen(seen=[_seen(wish, now) for wish, now in known])
    announce_all(told=_announcements(alerts, at), at=at)
    return len(alerts)


def _alert(wish: WishRow, now: PaidPrice) -> Alert | None:
    return alert(wish.seen, now.offer.price, was_in_stock=wish.seen_in_stock, is_in_stock=now.in_stock)


def _seen(wish: WishRow, now: PaidPrice | None) -> Seen:
    """What is not on sale cannot be bought, and keeps the price it had."""
    return Seen(wish.id, now.offer.price.minor, now.in_stock) if now else Seen(wish.id, wish.seen.minor, in_stock=False)


def _announcements(alerts: Sequence[tuple[WishRow, PaidPrice, Alert]], at: datetime) -> Iterable[Announcement]:
    people = accounts_by_ids(wish.user_id for wish, _, _ in alerts)
    products = {wish.product_id for wish, _, _ in alerts}
    named = {language: names(products, language) for language in {person.language or "en" for person in people.values()}}
    for wish, now, what in alerts:
        person = people[wish.user_id]
        row = named[person.language or "en"][wish.product_id]
        about: dict[str, str | Money] = {"product": row.title}
        if what is Alert.PRICE_DROP:
            about |= {"was": _for(person, wish.seen, at), "now": _for(person, now.offer.price, at)}
        yield Announcement(
            user_id=wish.user_id,
            code=what.value,
            # The same price, or the same return, is told once a day at most, however often it comes and goes.
            cause=f"{wish.id}:{now.offer.price.minor if what is Alert.PRICE_DROP else ''}:{at.date()}",
            about=about,
            url=f"/p/{row.slug}/{wish.product_id}/",
        )


def _for(person: Account, price: Money, at: datetime) -> Money:
    """In the person's currency; in the store's where there is no rate."""
    try:
        return buyer_rates(at).convert(price, person.currency or price.currency)
    except Invalid:
        return price

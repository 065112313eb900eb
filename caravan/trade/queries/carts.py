from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from caravan.catalog.queries.categories import usual_hs_code
from caravan.kernel.markets import Market
from caravan.kernel.money import Money
from caravan.promotions.queries.offers import PLATFORM
from caravan.promotions.rules import Terms
from caravan.promotions.rules.fates import Fate, Seen, fates
from caravan.shipping.queries import books_of
from caravan.stores.queries.vacations import VACATION, vacation_on
from caravan.stores.rules.vacation import Vacation
from caravan.tax.queries.tables import current_tables
from caravan.trade.queries.offered import Offered, offered
from caravan.trade.rules.basket import NOTHING_CHOSEN, Basket, StoreFacts, WantedLine, facts_of_line, fill
from caravan.trade.rules.cart import CartOwner

# A user's cart is found by the user, a guest's by the id that only the guest holds; never one by the means of the other.
_USERS = "c.ordered_at IS NULL AND c.user_id = %(user_id)s"
_GUESTS = "c.ordered_at IS NULL AND c.user_id IS NULL AND c.id = %(cart_id)s"
_COLUMNS = """v.id, p.id, p.version_id, s.id, s.slug, s.name, s.country, s.currency, s.ships_to, s.handling_days,
    p.slug, coalesce(p.titles->>%(language)s, p.title), v.sku, v.options, p.cover_digest, p.weight_grams,
    {quantity}, coalesce(own.minor, v.price_minor), coalesce(own.currency, v.currency), v.stock - v.set_aside,
    v.is_active AND p.status = 'active' AND s.status = 'open', p.hs_code, p.origin, cat.path, v.customs_minor, v.currency,
    coalesce(p.length_mm, 0), coalesce(p.width_mm, 0), coalesce(p.height_mm, 0)
"""
_JOINED = """
    JOIN catalog_product p ON p.id = v.product_id
    JOIN stores_store s ON s.id = p.store_id
    JOIN catalog_category cat ON cat.id = p.category_id
    LEFT JOIN catalog_price own ON own.variant_id = v.id AND own.market = %(market)s AND own.until IS NULL
"""
_STAMPS = f"(SELECT number FROM promotions_stamp WHERE store_id = '{PLATFORM}'), offers.number"  # noqa: S608 - a constant
_LINES = f"""
SELECT c.id, {_COLUMNS.format(quantity="l.quantity")}, {VACATION}, {_STAMPS} FROM trade_cart c
LEFT JOIN (
    trade_cartline l JOIN catalog_variant v ON v.id = l.variant_id {_JOINED}
    LEFT JOIN stores_vacation away ON away.store_id = s.id
    LEFT JOIN promotions_stamp offers ON offers.store_id = s.id
) ON l.cart_id = c.id
WHERE {{mine}}
ORDER BY l.added_at, l.id
"""  # noqa: S608 - constants of this module
_LINES_OF_USER, _LINES_OF_GUEST = _LINES.format(mine=_USERS), _LINES.format(mine=_GUESTS)
_VACATION_COLUMNS, _STAMP_COLUMNS = slice(-8, -2), slice(-2, None)
# A variant of a listed product as a line of no cart.
VARIANT = f"""
SELECT NULL, {_COLUMNS.format(quantity="%(quantity)s::integer")}, {_STAMPS} FROM catalog_variant v {_JOINED}
LEFT JOIN promotions_stamp offers ON offers.store_id = s.id
WHERE v.id = %(variant_id)s AND p.status = 'active'
"""  # noqa: S608 - constants of this module


@dataclass(frozen=True, slots=True)
class CartView:
    """A cart, priced at this instant. `cart_id` is None for someone who has none yet. `terms` are what it was priced with,
    `fates` what became of each coupon the buyer could use in these stores, but those whose caps leave too little."""

    cart_id: UUID | None
    basket: Basket
    terms: Terms
    fates: list[Fate]


def cart(
    *,
    owner: CartOwner,
    market: Market,
    at: datetime,
    region: str | None = None,
    services: Mapping[str, str] = NOTHING_CHOSEN,
    email: str = "",
) -> CartView:
    """What the owner's open cart costs now in `market`; one statement, and where anything is on offer those of `offered`; rates,
    tax and shipping tables are at hand.

    `region` is the state or province it goes to; None: not known yet, and the highest rate of the country is taken. `services`
    are those chosen, by the store's slug; `email` is a guest's, once it is known.
    """
    wanted = wanted_lines(owner=owner, market=market, at=at)
    offers = offered(wanted.lines, wanted.stamps, user_id=owner.user_id, at=at, email=email)
    basket = priced(wanted.lines, offers, market=market, at=at, region=region, services=services)
    return CartView(wanted.cart_id, basket, offers.terms, _fates(basket, offers, market, at))


def priced(
    lines: Sequence[WantedLine],
    offers: Offered,
    *,
    market: Market,
    at: datetime,
    region: str | None = None,
    services: Mapping[str, str] = NOTHING_CHOSEN,
) -> Basket:
    """What `lines` cost with these offers, by the tax and shipping tables in force."""
    return fill(
        lines,
        market,
        offers.terms,
        at,
        buyer=offers.buyer,
        tables=current_tables(at),
        books=books_of({line.store.id for line in lines}, at),
        region=region,
        services=services,
    )


def _fates(basket: Basket, offers: Offered, market: Market, at: datetime) -> list[Fate]:
    lines = [(facts_of_line(line.wanted), line.goods) for parcel in basket.parcels for line in parcel.lines]
    seen = Seen(lines, market.code, market.currency, offers.buyer, at)
    coupons = [coupon for coupon in offers.terms.coupons if coupon.promotion_id not in basket.beyond]
    return fates(coupons, basket.coupon_ids, seen, offers.terms)


def cart_count(*, owner: CartOwner) -> int:
    """Pieces in the open cart, for the header."""
    if owner == CartOwner():
        return 0
    pieces = "SELECT coalesce(sum(l.quantity), 0) FROM trade_cart c JOIN trade_cartline l ON l.cart_id = c.id"
    with connection.cursor() as cursor:
        cursor.execute(f"{pieces} WHERE {mine(owner)}", named(owner))
        return int(cursor.fetchone()[0])


def open_cart_id(*, owner: CartOwner) -> UUID | None:
    """The owner's open cart, or None where there is none, or it was ordered, or it is somebody else's."""
    if owner == CartOwner():
        return None
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT c.id FROM trade_cart c WHERE {mine(owner)}", named(owner))  # noqa: S608
        found = cursor.fetchone()
    return found[0] if found else None


def mine(owner: CartOwner) -> str:
    """The condition that finds the owner's open cart `c`, by the parameters `named`."""
    return _USERS if owner.user_id else _GUESTS


def named(owner: CartOwner) -> dict[str, UUID | None]:
    return {"user_id": owner.user_id} if owner.user_id else {"cart_id": owner.cart_id}


class Wanted(NamedTuple):
    """An open cart as it lies in the tables: its lines in the order they were added, and the stamps of what their stores and the
    platform have on offer (`promotions.queries.offers`)."""

    cart_id: UUID | None
    lines: list[WantedLine]
    stamps: dict[UUID, int]


def wanted_lines(*, owner: CartOwner, market: Market, at: datetime) -> Wanted:
    """The open cart and its lines as the catalogue knows them now: one statement.

    The price is the store's own for the country where it set one, as on the product's page.
    """
    where = {**named(owner), "language": market.language, "market": market.code}
    with connection.cursor() as cursor:
        cursor.execute(_LINES_OF_USER if owner.user_id else _LINES_OF_GUEST, where)
        rows = cursor.fetchall()
    lines: list[WantedLine] = []
    stamps: dict[UUID, int] = {}
    for row in rows:
        if row[1]:
            line = line_of(row)
            lines.append(_away(line, vacation_on(at, *row[_VACATION_COLUMNS])))
            stamps |= stamps_of(line, row)
    return Wanted(rows[0][0] if rows else None, lines, stamps)


def stamps_of(line: WantedLine, row: tuple[Any, ...]) -> dict[UUID, int]:
    """Of the platform and the line's store, where they have any."""
    return {id: stamp for id, stamp in zip((PLATFORM, line.store.id), row[_STAMP_COLUMNS], strict=True) if stamp is not None}


def _away(line: WantedLine, vacation: Vacation | None) -> WantedLine:
    if vacation is None:
        return line
    slower = replace(line.store, handling_days=line.store.handling_days + vacation.slower_by)
    return replace(line, store=slower, away=vacation)


def line_of(row: tuple[Any, ...]) -> WantedLine:
    """The line of a row of `_LINES` or `VARIANT`."""
    (_, variant_id, product_id, version_id, store_id, store_slug, store_name, store_country, store_currency, ships_to, handling,
     slug, title, sku, options, picture, grams, quantity, minor, currency, stock, on_sale, hs_code, origin, category, customs,
     listed_in, length, width, height, *_) = row  # fmt: skip
    store = StoreFacts(store_id, store_slug, store_name, store_country, store_currency, tuple(ships_to), handling)
    return WantedLine(
        variant_id=variant_id,
        product_id=product_id,
        version_id=version_id,
        store=store,
        slug=slug,
        title=title,
        sku=sku,
        options=options_of(options),
        picture=picture,
        weight_grams=grams,
        sides=(length, width, height),
        quantity=quantity,
        list_price=Money(minor, currency),
        stock=stock,
        on_sale=on_sale,
        category=category,
        hs_code=hs_code or usual_hs_code(category),
        origin=origin,
        hs_by_category=not hs_code,
        customs_value=Money(customs, listed_in) if customs else None,
    )


def options_of(raw: str) -> tuple[tuple[str, str], ...]:
    """A variant's (code, value) pairs from the JSON text a raw cursor hands over."""
    return tuple((code, value) for code, value in json.loads(raw))

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from caravan.catalog.events import ProductChanged
from caravan.kernel.errors import Conflict
from caravan.kernel.money import Money
from caravan.outbox.actions import record

NONE_ASIDE: Mapping[UUID, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Held:
    """A variant whose row this transaction has locked: its prices cannot change before the commit.

    `list_price` is the one for the market asked for, `stock` what is left.
    """

    variant_id: UUID
    product_id: UUID
    store_id: UUID
    list_price: Money
    stock: int


# Sorted by id before the locks are taken, so that two buyers of the same things wait for one another and never deadlock.
# NO KEY: a buyer waits for other buyers, not for whoever merely refers to the variant.
_LOCK = """
SELECT v.id, v.product_id, p.store_id, v.price_minor, v.currency, v.stock, v.is_active AND p.status = 'active', p.title,
    v.set_aside
FROM catalog_variant v JOIN catalog_product p ON p.id = v.product_id
WHERE v.id IN ({ids}) ORDER BY v.id FOR NO KEY UPDATE OF v
"""
# The market's own prices are asked once the locks are held: a lock that was waited for renews the locked rows of its statement,
# not those joined to them.
_MOVE = """
UPDATE catalog_variant v SET stock = v.stock + moved.pieces, set_aside = v.set_aside + moved.aside
FROM (VALUES {moves}) AS moved (id, pieces, aside)
LEFT JOIN catalog_price own ON own.variant_id = moved.id AND own.market = %s AND own.until IS NULL
WHERE v.id = moved.id
RETURNING v.id, own.minor, own.currency
"""


def take_stock(
    *, wanted: Sequence[tuple[UUID, int]], at: datetime, market: str = "", aside: Mapping[UUID, int] = NONE_ASIDE
) -> tuple[Held, ...]:
    """Take `(variant id, pieces)` from stock, all of it or nothing, inside the caller's transaction; in order of variant.

    `market` is the ISO country the goods go to, whose prices are told. Of the pieces, `aside` are from those set aside for deals.
    Raises Conflict("stock.short") naming every article of which less is left, Conflict("stock.gone") for one no longer sold.
    """
    pieces = _summed(wanted)
    rows = _locked(pieces)
    gone = [row[7] for row in rows if not row[6]]
    if gone or len(rows) < len(pieces):
        raise Conflict("stock.gone", _("No longer sold: %(titles)s. Take it out of the cart.") % {"titles": ", ".join(gone)})
    _check_enough(rows, pieces, aside)
    own = _move({id: -n for id, n in pieces.items()}, {id: -n for id, n in aside.items()}, market)
    held = tuple(Held(row[0], row[1], row[2], own.get(row[0]) or Money(row[3], row[4]), row[5] - pieces[row[0]]) for row in rows)
    _tell({h.product_id: h.store_id for h in held if h.stock == 0}, at)
    return held


def return_stock(*, given: Sequence[tuple[UUID, int]], at: datetime, aside: Mapping[UUID, int] = NONE_ASIDE) -> None:
    """Put `(variant id, pieces)` back, inside the caller's transaction. The caller sees to it that this happens once.

    Of the pieces, `aside` are set aside again for the deals they came from.
    """
    pieces = _summed(given)
    rows = _locked(pieces)
    _move(pieces, aside)
    _tell({row[1]: row[2] for row in rows if row[5] == 0}, at)


def set_aside(*, wanted: Sequence[tuple[UUID, int]]) -> None:
    """Keep `(variant id, pieces)` of the stock for a limited deal, all of it or nothing, inside the caller's transaction.

    Raises Conflict("stock.short") naming every article of which less is free.
    """
    pieces = _summed(wanted)
    _check_enough(_locked(pieces), pieces, NONE_ASIDE)
    _move({}, pieces)


def free_aside(*, given: Sequence[tuple[UUID, int]]) -> None:
    """What a deal kept is everybody's again. The caller sees to it that this happens once."""
    pieces = _summed(given)
    _locked(pieces)
    _move({}, {id: -n for id, n in pieces.items()})


def _check_enough(rows: Sequence[tuple[Any, ...]], pieces: Mapping[UUID, int], aside: Mapping[UUID, int]) -> None:
    short = [(row[7], row[5] - row[8]) for row in rows if row[5] - row[8] < pieces[row[0]] - aside.get(row[0], 0)]
    if short:
        left = "; ".join(_("%(title)s: %(stock)s left") % {"title": title, "stock": stock} for title, stock in short)
        raise Conflict("stock.short", _("Not enough in stock. %(left)s. Change the quantity.") % {"left": left})


def _summed(pairs: Sequence[tuple[UUID, int]]) -> dict[UUID, int]:
    pieces: dict[UUID, int] = {}
    for variant_id, n in pairs:
        if n <= 0:
            raise ValueError(f"{n} pieces of {variant_id}")
        pieces[variant_id] = pieces.get(variant_id, 0) + n
    return pieces


def _locked(pieces: Mapping[UUID, int]) -> list[tuple[Any, ...]]:
    if not connection.in_atomic_block:
        raise RuntimeError("stock moves in the transaction of the order it is for")
    if not pieces:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_lock_statement(len(pieces)), list(pieces))
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _move(pieces: Mapping[UUID, int], aside: Mapping[UUID, int], market: str = "") -> dict[UUID, Money]:
    """Returns the prices the variants have for `market` alone, where they have any."""
    moves = [(id, pieces.get(id, 0), aside.get(id, 0)) for id in sorted({*pieces, *aside})]
    if not moves:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_move_statement(len(moves)), [*(part for move in moves for part in move), market])
        return {row[0]: Money(row[1], row[2]) for row in cursor.fetchall() if row[2]}


# A place per variant and no array: the server then knows how many rows to expect, and plans each statement once and for all.
@lru_cache
def _lock_statement(variants: int) -> str:
    return _LOCK.format(ids=", ".join(["%s"] * variants))


@lru_cache
def _move_statement(variants: int) -> str:
    return _MOVE.format(moves=", ".join(["(%s::uuid, %s::int, %s::int)"] * variants))


def _tell(products: Mapping[UUID, UUID], at: datetime) -> None:
    """Search and pages care when something sells out or is back, not about every piece."""
    if products:
        record(*(ProductChanged(at=at, product_id=p, store_id=s) for p, s in sorted(products.items())))

"""What people would like to have one day. Whoever watches prices keeps what it saw last with the wish."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from caravan.catalog.models import Product, Wish
from caravan.catalog.queries.wishes import WishRow, wish_row
from caravan.kernel.errors import Conflict, NotFound
from caravan.kernel.ids import uuid7
from caravan.kernel.money import Money

MOST = 1_000  # wishes of one account
_SEEN = """
UPDATE catalog_wish w SET seen_minor = seen.minor, seen_in_stock = seen.in_stock
FROM unnest(%s::uuid[], %s::bigint[], %s::boolean[]) AS seen (id, minor, in_stock)
WHERE w.id = seen.id
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of a wished product: its price in its own currency, and whether it could be bought."""

    wish_id: UUID
    minor: int
    in_stock: bool


def wish(*, user_id: UUID, product_id: UUID, market: str, price: Money, in_stock: bool, at: datetime) -> None:
    """Put the product on the person's list. `price` is what it is to be had for in `market` now, in its own currency; again
    changes nothing. Raises NotFound for what is not sold, Conflict for a list that is full."""
    product = Product.objects.filter(pk=product_id, status=Product.Status.ACTIVE).only("currency").first()
    if product is None or product.currency != price.currency:
        raise NotFound("product.unknown", _("There is no such product, or it is no longer sold."))
    if Wish.objects.filter(user_id=user_id).count() >= MOST:
        raise Conflict("wish.many", _("Your wish-list is full. Take something off it first."))
    made = Wish(
        id=uuid7(), user_id=user_id, product_id=product_id, market=market, at=at,
        minor=price.minor, seen_minor=price.minor, seen_in_stock=in_stock,
    )  # fmt: skip
    Wish.objects.bulk_create([made], ignore_conflicts=True)


def unwish(*, user_id: UUID, product_id: UUID) -> None:
    """Take it off the list. It need not be on it."""
    Wish.objects.filter(user_id=user_id, product_id=product_id).delete()


def forget_wishes(*, user_id: UUID) -> None:
    """Of an account that was closed."""
    Wish.objects.filter(user_id=user_id).delete()


def note_seen(*, seen: Sequence[Seen]) -> None:
    """What of these wishes was seen; inside the transaction that tells people of it, which holds them (`hold_wishes`)."""
    with connection.cursor() as cursor:
        cursor.execute(_SEEN, [[s.wish_id for s in seen], [s.minor for s in seen], [s.in_stock for s in seen]])


def hold_wishes(*, product_ids: Sequence[UUID], after: UUID | None = None, limit: int = 1_000) -> list[WishRow]:
    """The wishes for these products by active accounts, locked in the order of their ids, from the one behind `after`."""
    held = (
        Wish.objects.select_for_update(no_key=True, of=("self",))
        .filter(product__in=product_ids, user__is_active=True)
        .select_related("product")
    )
    return [wish_row(one) for one in (held.filter(pk__gt=after) if after else held).order_by("pk")[:limit]]

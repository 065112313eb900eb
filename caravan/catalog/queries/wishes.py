from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from caravan.catalog.models import Wish
from caravan.kernel.errors import BadRequest
from caravan.kernel.money import Money

A_PAGE = 24


@dataclass(frozen=True, slots=True)
class WishRow:
    """`price` is what the product was to be had for in `market` when it was wished, `seen` when it was last looked at; both in
    the product's own currency."""

    id: UUID
    user_id: UUID
    product_id: UUID
    market: str
    at: datetime
    price: Money
    seen: Money
    seen_in_stock: bool


@dataclass(frozen=True, slots=True)
class WishPage:
    rows: tuple[WishRow, ...]
    next_cursor: str


def wishes_of(*, user_id: UUID, cursor: str = "", limit: int = A_PAGE) -> WishPage:
    """The person's wish-list, the newest first. Raises BadRequest for a cursor that is none."""
    held = Wish.objects.filter(user_id=user_id).select_related("product").order_by("-id")
    if cursor:
        held = held.filter(id__lt=_cursor(cursor))
    rows = [wish_row(wish) for wish in held[: limit + 1]]
    return WishPage(tuple(rows[:limit]), str(rows[limit - 1].id) if len(rows) > limit else "")


def is_wished(*, user_id: UUID, product_id: UUID) -> bool:
    """Whether the product is on the person's wish-list."""
    return Wish.objects.filter(user_id=user_id, product_id=product_id).exists()


def wished_among(product_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Those of the products that anybody wishes for."""
    return frozenset(Wish.objects.filter(product__in=set(product_ids)).values_list("product_id", flat=True).distinct())


def wished_of_store(store_id: UUID) -> frozenset[UUID]:
    """The store's products that anybody wishes for."""
    return frozenset(Wish.objects.filter(product__store_id=store_id).values_list("product_id", flat=True).distinct())


def wish_row(wish: Wish) -> WishRow:
    currency = wish.product.currency
    return WishRow(
        id=wish.pk,
        user_id=wish.user_id,
        product_id=wish.product_id,
        market=wish.market,
        at=wish.at,
        price=Money(wish.minor, currency),
        seen=Money(wish.seen_minor, currency),
        seen_in_stock=wish.seen_in_stock,
    )


def _cursor(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as e:
        raise BadRequest("wish.cursor", _("This link does not belong to this list. Start again from its first page.")) from e

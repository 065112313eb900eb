from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.utils.translation import gettext as _

from caravan.kernel.errors import Conflict, Invalid, NotFound
from caravan.kernel.markets import Market
from caravan.promotions.actions.holding import let_go_of_variant
from caravan.stores.queries.vacations import VACATION, vacation_on
from caravan.stores.rules.vacation import Vacation
from caravan.trade.models import Cart, CartLine
from caravan.trade.queries.carts import mine, named, open_cart_id
from caravan.trade.rules.cart import CartOwner
from caravan.trade.rules.terms import TERMS


@dataclass(frozen=True, slots=True)
class Touched:
    """A cart line after a change, with what `signals` wants to know of it. `quantity` 0: the line is gone."""

    cart_id: UUID
    product_id: UUID
    store_id: UUID
    category_path: str
    quantity: int


@dataclass(frozen=True, slots=True)
class _Article:
    product_id: UUID
    store_id: UUID
    category_path: str
    title: str
    stock: int
    on_sale: bool
    vacation: Vacation | None


_ARTICLE = f"""
SELECT p.id, p.store_id, cat.path, p.title, v.stock, v.is_active AND p.status = 'active' AND s.status = 'open', {VACATION}
FROM catalog_variant v JOIN catalog_product p ON p.id = v.product_id JOIN catalog_category cat ON cat.id = p.category_id
JOIN stores_store s ON s.id = p.store_id
LEFT JOIN stores_vacation away ON away.store_id = s.id
WHERE v.id = %s
"""  # noqa: S608 - a constant of the stores' queries
# A signed-in user's two first clicks race: the second insert meets the unique index, and makes nothing.
_NEW = """
INSERT INTO trade_cart (id, user_id, market, language, currency, created_at, updated_at)
VALUES (%(id)s, %(user_id)s, %(market)s, %(language)s, %(currency)s, %(at)s, %(at)s)
ON CONFLICT DO NOTHING
"""
_NEW_WITH_LINE = f"""
WITH cart AS ({_NEW} RETURNING id)
INSERT INTO trade_cartline (cart_id, variant_id, quantity, added_at) SELECT id, %(variant_id)s, %(quantity)s, %(at)s FROM cart
"""  # noqa: S608 - a constant of this module
# Under the lock of the cart, so that what is read stays so.
_LOCK = "SELECT id FROM trade_cart WHERE id = %s AND ordered_at IS NULL FOR NO KEY UPDATE"
_HELD = "SELECT count(*), max(quantity) FILTER (WHERE variant_id = %s) FROM trade_cartline WHERE cart_id = %s"
_PUT = """
WITH line AS (
    INSERT INTO trade_cartline (cart_id, variant_id, quantity, added_at)
    VALUES (%(cart_id)s, %(variant_id)s, %(quantity)s, %(at)s)
    ON CONFLICT (cart_id, variant_id) DO UPDATE SET quantity = excluded.quantity
)
UPDATE trade_cart SET updated_at = %(at)s WHERE id = %(cart_id)s
"""


def create_cart(*, owner: CartOwner, market: Market, at: datetime) -> UUID:
    """The owner's open cart, made if there is none. A guest gets a new id to hold on to."""
    found = open_cart_id(owner=owner)
    if found:
        return found
    made = uuid4()
    _execute(_NEW, _cart_row(made, owner, market, at))
    return (
        made if owner.user_id is None else Cart.objects.values_list("id", flat=True).get(user_id=owner.user_id, ordered_at=None)
    )


def add_to_cart(
    *, owner: CartOwner, variant_id: UUID, quantity: int, market: Market, at: datetime, in_all: bool = False
) -> Touched:
    """Put `quantity` more pieces into the cart, making a cart where there is none. With `in_all` only as many as are missing to
    that number, so that the same again changes nothing.

    Raises NotFound for no such article, Conflict where it is not sold or fewer are left, Invalid for an absurd quantity.
    """
    article = _article(variant_id, at)
    if article.vacation and article.vacation.is_closed:
        raise Conflict("cart.away", _("The store of %(title)s is on vacation. Come back after it.") % {"title": article.title})
    if not article.on_sale:
        raise Conflict("cart.gone", _("%(title)s is no longer sold.") % {"title": article.title})
    if owner == CartOwner():
        return _in_new_cart(variant_id, quantity, article, market, at)
    with transaction.atomic():
        cart_id = _locked(owner) or _lock(create_cart(owner=owner, market=market, at=at))
        lines, there = _held(cart_id, variant_id)
        if not there and lines >= TERMS.most_lines:
            raise Invalid(
                "cart.full", _("A cart holds %(most)s different articles. Order these first.") % {"most": TERMS.most_lines}
            )
        return _put(cart_id, variant_id, max(there, quantity) if in_all else there + quantity, article, at)


def add_set_to_cart(*, owner: CartOwner, wanted: Sequence[tuple[UUID, int]], market: Market, at: datetime) -> tuple[Touched, ...]:
    """Put `(variant id, pieces)` into the cart, all of it or nothing. Raises as `add_to_cart`."""
    touched: list[Touched] = []
    with transaction.atomic():
        for variant_id, quantity in wanted:
            touched.append(add_to_cart(owner=owner, variant_id=variant_id, quantity=quantity, market=market, at=at))
            owner = owner if owner.user_id else CartOwner(cart_id=touched[-1].cart_id)
    return tuple(touched)


def set_quantity(*, owner: CartOwner, variant_id: UUID, quantity: int, at: datetime) -> Touched:
    """Want exactly `quantity` pieces of an article in the cart. Raises as `add_to_cart`."""
    article = _article(variant_id, at)
    with transaction.atomic():
        cart_id = _mine(owner)
        _lines, there = _held(cart_id, variant_id)
        if not there:
            raise NotFound("cart.no_line", _("This article is not in the cart any more."))
        return _put(cart_id, variant_id, quantity, article, at)


def remove_line(*, owner: CartOwner, variant_id: UUID, at: datetime) -> Touched:
    """Take an article out of the cart, and let go of pieces of it that were held. Taking it out twice is no error."""
    article = _article(variant_id, at)
    with transaction.atomic():
        cart_id = _mine(owner)
        CartLine.objects.filter(cart=cart_id, variant_id=variant_id).delete()
        Cart.objects.filter(pk=cart_id).update(updated_at=at)
        if owner.user_id:
            let_go_of_variant(user_id=owner.user_id, variant_id=variant_id)
    return Touched(cart_id, article.product_id, article.store_id, article.category_path, 0)


def merge_carts(*, user_id: UUID, cart_id: UUID, market: Market, at: datetime) -> UUID:
    """At sign-in: what the guest gathered in `cart_id` joins the user's open cart, whose id is returned.

    An article in both keeps the larger quantity. A `cart_id` that is no open guest cart changes nothing, so it may be repeated.
    """
    with transaction.atomic():
        guest = Cart.objects.select_for_update(no_key=True).filter(pk=cart_id, user=None, ordered_at=None).first()
        own_id = create_cart(owner=CartOwner(user_id=user_id), market=market, at=at)
        if guest is None:
            return own_id
        _lock(own_id)
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO trade_cartline (cart_id, variant_id, quantity, added_at)"
                " SELECT %s, variant_id, quantity, added_at FROM trade_cartline WHERE cart_id = %s ORDER BY id"
                " ON CONFLICT (cart_id, variant_id) DO UPDATE"
                " SET quantity = greatest(trade_cartline.quantity, excluded.quantity)",
                [own_id, guest.pk],
            )
        guest.delete()
        return own_id


def _article(variant_id: UUID, at: datetime) -> _Article:
    with connection.cursor() as cursor:
        cursor.execute(_ARTICLE, [variant_id])
        found = cursor.fetchone()
    if found is None:
        raise NotFound("cart.no_variant", _("There is no such article."))
    facts = (*found[:6], vacation_on(at, *found[6:]))
    return _Article(*facts)


def _in_new_cart(variant_id: UUID, quantity: int, article: _Article, market: Market, at: datetime) -> Touched:
    """Whoever has no cart yet gets one with its first line: nobody knows of it before, so there is nothing to lock."""
    _check(quantity, article)
    cart_id = uuid4()
    _execute(_NEW_WITH_LINE, {**_cart_row(cart_id, CartOwner(), market, at), "variant_id": variant_id, "quantity": quantity})
    return Touched(cart_id, article.product_id, article.store_id, article.category_path, quantity)


def _cart_row(cart_id: UUID, owner: CartOwner, market: Market, at: datetime) -> dict[str, Any]:
    return {
        "id": cart_id,
        "user_id": owner.user_id,
        "market": market.code,
        "language": market.language,
        "currency": market.currency,
        "at": at,
    }


def _mine(owner: CartOwner) -> UUID:
    cart_id = _locked(owner)
    if cart_id is None:
        raise NotFound("cart.none", _("This cart does not exist, or was ordered already."))
    return cart_id


def _locked(owner: CartOwner) -> UUID | None:
    """The owner's open cart under its lock: whoever orders it meanwhile is waited for, and seen."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT c.id FROM trade_cart c WHERE {mine(owner)} FOR NO KEY UPDATE", named(owner))  # noqa: S608
        found = cursor.fetchone()
    return found[0] if found else None


def _lock(cart_id: UUID) -> UUID:
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [cart_id])
        if cursor.fetchone() is None:
            raise Conflict("cart.ordered", _("This cart was ordered meanwhile."))
    return cart_id


def _held(cart_id: UUID, variant_id: UUID) -> tuple[int, int]:
    """How many lines the cart has, and how many pieces of the variant."""
    with connection.cursor() as cursor:
        cursor.execute(_HELD, [variant_id, cart_id])
        lines, pieces = cursor.fetchone()
    return lines, pieces or 0


def _put(cart_id: UUID, variant_id: UUID, quantity: int, article: _Article, at: datetime) -> Touched:
    _check(quantity, article)
    _execute(_PUT, {"cart_id": cart_id, "variant_id": variant_id, "quantity": quantity, "at": at})
    return Touched(cart_id, article.product_id, article.store_id, article.category_path, quantity)


def _check(quantity: int, article: _Article) -> None:
    if not 1 <= quantity <= TERMS.largest_quantity:
        most = {"most": TERMS.largest_quantity}
        raise Invalid("cart.quantity", _("Choose between 1 and %(most)s pieces.") % most, quantity=_("1 to %(most)s") % most)
    if quantity > article.stock:
        wrong = _("Only %(stock)s of %(title)s left.") if article.stock else _("%(title)s is sold out.")
        raise Conflict("stock.short", wrong % {"stock": article.stock, "title": article.title})


def _execute(statement: str, row: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, row)

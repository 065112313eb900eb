from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from caravan.kernel.errors import Conflict, Invalid, NotFound
from caravan.kernel.markets import Market
from caravan.stores.queries.vacations import vacations
from caravan.trade.models import Cart, CartLine
from caravan.trade.queries.carts import open_cart_id
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


_ARTICLE = """
SELECT p.id, p.store_id, cat.path, pv.title, v.stock, v.is_active AND p.status = 'active' AND s.status = 'open'
FROM catalog_variant v JOIN catalog_product p ON p.id = v.product_id JOIN catalog_category cat ON cat.id = p.category_id
JOIN catalog_version pv ON pv.id = p.version_id JOIN stores_store s ON s.id = p.store_id
WHERE v.id = %s
"""


def create_cart(*, owner: CartOwner, market: Market, at: datetime) -> UUID:
    """The owner's open cart, made if there is none. A guest gets a new id to hold on to."""
    found = open_cart_id(owner=owner)
    if found:
        return found
    made = Cart(
        user_id=owner.user_id,
        market=market.code,
        language=market.language,
        currency=market.currency,
        created_at=at,
        updated_at=at,
    )
    # A signed-in user's two first clicks race: the second insert meets the unique index and both read the winner's cart.
    Cart.objects.bulk_create([made], ignore_conflicts=True)
    return (
        made.pk
        if owner.user_id is None
        else Cart.objects.values_list("id", flat=True).get(user_id=owner.user_id, ordered_at=None)
    )


def add_to_cart(*, owner: CartOwner, variant_id: UUID, quantity: int, market: Market, at: datetime) -> Touched:
    """Put `quantity` more pieces into the cart, making a cart where there is none.

    Raises NotFound for no such article, Conflict where it is not sold or fewer are left, Invalid for an absurd quantity.
    """
    article = _article(variant_id)
    if (away := vacations([article.store_id], at).get(article.store_id)) and away.is_closed:
        raise Conflict("cart.away", _("The store of %(title)s is on vacation. Come back after it.") % {"title": article.title})
    if not article.on_sale:
        raise Conflict("cart.gone", _("%(title)s is no longer sold.") % {"title": article.title})
    cart_id = create_cart(owner=owner, market=market, at=at)
    with transaction.atomic():
        cart = _locked(cart_id)
        line = CartLine.objects.filter(cart=cart, variant_id=variant_id).first() or CartLine(
            cart=cart, variant_id=variant_id, quantity=0, added_at=at
        )
        if line._state.adding and cart.lines.count() >= TERMS.most_lines:
            raise Invalid(
                "cart.full", _("A cart holds %(most)s different articles. Order these first.") % {"most": TERMS.most_lines}
            )
        return _store(cart, line, line.quantity + quantity, article, at)


def set_quantity(*, owner: CartOwner, variant_id: UUID, quantity: int, at: datetime) -> Touched:
    """Want exactly `quantity` pieces of an article in the cart. Raises as `add_to_cart`."""
    article = _article(variant_id)
    with transaction.atomic():
        cart = _mine(owner)
        line = CartLine.objects.filter(cart=cart, variant_id=variant_id).first()
        if line is None:
            raise NotFound("cart.no_line", _("This article is not in the cart any more."))
        return _store(cart, line, quantity, article, at)


def remove_line(*, owner: CartOwner, variant_id: UUID, at: datetime) -> Touched:
    """Take an article out of the cart. Taking it out twice is no error."""
    article = _article(variant_id)
    with transaction.atomic():
        cart = _mine(owner)
        CartLine.objects.filter(cart=cart, variant_id=variant_id).delete()
        Cart.objects.filter(pk=cart.pk).update(updated_at=at)
    return Touched(cart.pk, article.product_id, article.store_id, article.category_path, 0)


def merge_carts(*, user_id: UUID, cart_id: UUID, market: Market, at: datetime) -> UUID:
    """At sign-in: what the guest gathered in `cart_id` joins the user's open cart, whose id is returned.

    An article in both keeps the larger quantity. A `cart_id` that is no open guest cart changes nothing, so it may be repeated.
    """
    with transaction.atomic():
        guest = Cart.objects.select_for_update(no_key=True).filter(pk=cart_id, user=None, ordered_at=None).first()
        own_id = create_cart(owner=CartOwner(user_id=user_id), market=market, at=at)
        if guest is None:
            return own_id
        _locked(own_id)
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


def _article(variant_id: UUID) -> _Article:
    with connection.cursor() as cursor:
        cursor.execute(_ARTICLE, [variant_id])
        found = cursor.fetchone()
    if found is None:
        raise NotFound("cart.no_variant", _("There is no such article."))
    return _Article(*found)


def _mine(owner: CartOwner) -> Cart:
    cart_id = open_cart_id(owner=owner)
    if cart_id is None:
        raise NotFound("cart.none", _("This cart does not exist, or was ordered already."))
    return _locked(cart_id)


def _locked(cart_id: UUID) -> Cart:
    """The open cart under its lock: whoever orders it meanwhile is waited for, and seen."""
    cart = Cart.objects.select_for_update(no_key=True).filter(pk=cart_id, ordered_at=None).first()
    if cart is None:
        raise Conflict("cart.ordered", _("This cart was ordered meanwhile."))
    return cart


def _store(cart: Cart, line: CartLine, quantity: int, article: _Article, at: datetime) -> Touched:
    if not 1 <= quantity <= TERMS.largest_quantity:
        most = {"most": TERMS.largest_quantity}
        raise Invalid("cart.quantity", _("Choose between 1 and %(most)s pieces.") % most, quantity=_("1 to %(most)s") % most)
    if quantity > article.stock:
        wrong = _("Only %(stock)s of %(title)s left.") if article.stock else _("%(title)s is sold out.")
        raise Conflict("stock.short", wrong % {"stock": article.stock, "title": article.title})
    line.quantity = quantity
    line.save()
    Cart.objects.filter(pk=cart.pk).update(updated_at=at)
    return Touched(cart.pk, article.product_id, article.store_id, article.category_path, quantity)

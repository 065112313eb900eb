"""Who takes goods off the market and puts them back: their seller, or an operator with a reason."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from caravan.catalog.events import ProductChanged
from caravan.catalog.models import Product
from caravan.kernel.errors import Conflict, Invalid, NotFound
from caravan.outbox.actions import record
from caravan.people.queries.accounts import accounts_by_ids
from caravan.stores.queries import store_for_member

Status = Product.Status


def publish_product(*, user_id: UUID, store: str, product_id: UUID, at: datetime) -> None:
    """Put a draft on sale. Saying it twice is one publication."""
    _by_seller(user_id, store, product_id, at, {Status.DRAFT}, Status.ACTIVE)


def withdraw_product(*, user_id: UUID, store: str, product_id: UUID, at: datetime) -> None:
    """Take goods off the market; orders placed stay as they are."""
    _by_seller(user_id, store, product_id, at, {Status.ACTIVE, Status.DRAFT}, Status.WITHDRAWN)


def restore_product(*, user_id: UUID, store: str, product_id: UUID, at: datetime) -> None:
    """Put withdrawn goods back on sale. What an operator blocked stays blocked."""
    _by_seller(user_id, store, product_id, at, {Status.WITHDRAWN}, Status.ACTIVE)


def block_product(*, operator_id: UUID, product_id: UUID, reason: str, at: datetime) -> None:
    """Take goods off the market against their seller's will, who reads `reason` (1 to 240 characters). Raises `Invalid`."""
    if not 1 <= len(reason.strip()) <= 240:
        raise Invalid("reason.length", _("Tell the seller why, in at most 240 characters."), reason=_("Give a reason."))
    with transaction.atomic():
        _move(_for_operator(operator_id, product_id), set(Status) - {Status.BLOCKED}, Status.BLOCKED, reason.strip(), at)


def unblock_product(*, operator_id: UUID, product_id: UUID, at: datetime) -> None:
    """Lift a block. The goods come back withdrawn: their seller decides whether to sell them."""
    with transaction.atomic():
        _move(_for_operator(operator_id, product_id), {Status.BLOCKED}, Status.WITHDRAWN, "", at)


def _by_seller(user_id: UUID, store: str, product_id: UUID, at: datetime, before: set[Status], after: Status) -> None:
    seller = store_for_member(user_id=user_id, slug=store)
    with transaction.atomic():
        product = Product.objects.select_for_update(no_key=True).filter(pk=product_id, store_id=seller.id).first()
        _move(_found(product), before, after, "", at)


def _for_operator(operator_id: UUID, product_id: UUID) -> Product:
    operator = accounts_by_ids([operator_id]).get(operator_id)
    if operator is None or not operator.is_staff:
        raise NotFound("product.unknown", _("There is no such product."))
    return _found(Product.objects.select_for_update(no_key=True).filter(pk=product_id).first())


def _found(product: Product | None) -> Product:
    if product is None:
        raise NotFound("product.unknown", _("There is no such product."))
    return product


def _move(product: Product, before: set[Status], after: Status, reason: str, at: datetime) -> None:
    if product.status == after:
        return
    if product.status not in before:
        raise Conflict("product.status", _refused(product))
    product.status, product.status_reason, product.updated_at = after, reason, at
    if after == Status.ACTIVE:
        product.published_at, product.on_sale_since = product.published_at or at, at
    product.save(update_fields=["status", "status_reason", "published_at", "on_sale_since", "updated_at"])
    record(ProductChanged(at=at, product_id=product.pk, store_id=product.store_id))


def _refused(product: Product) -> str:
    if product.status == Status.BLOCKED:
        return _("The market took this product off sale: %(reason)s") % {"reason": product.status_reason}
    return _("This cannot be done with the product as it is now. Reload the page and look again.")

"""A seller lists goods, changes what they say of them, counts stock, sets prices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from caravan.catalog.actions.save import Saved, opened, save
from caravan.catalog.events import ProductChanged
from caravan.catalog.models import Picture, PictureLink
from caravan.catalog.queries.categories import specs, tree
from caravan.catalog.queries.stored import Stored, sku_owners, stored_by_id
from caravan.catalog.queries.words import refusal
from caravan.catalog.rules import FieldError, ProductDraft, VariantDraft, canonical, check, moved_locks
from caravan.kernel.errors import Conflict, NotFound
from caravan.kernel.money import Money
from caravan.outbox.actions import record
from caravan.stores.queries import StoreRow, store_for_member


def create_product(*, user_id: UUID, store: str, draft: ProductDraft, at: datetime, publish: bool = True) -> UUID:
    """List a product in the member's store (`store` its slug), at once on sale or as a draft. Returns its id.

    Raises `Invalid` with a sentence for each field, NotFound for a store that is not the member's.
    """
    seller = store_for_member(user_id=user_id, slug=store)
    with transaction.atomic():
        taken = opened(store_id=seller.id, refs=[draft.ref])
        wanted = _checked(seller, draft, [FieldError("ref", "ref.taken")] if taken else [])
        return _saved(seller, None, wanted, at, status="active" if publish else "draft").product_id


def edit_product(*, user_id: UUID, store: str, product_id: UUID, draft: ProductDraft, seen_at: datetime, at: datetime) -> Saved:
    """Replace what a product says and offers. A material edit starts a new version; variants left out are no longer sold.

    `seen_at` is the `updated_at` of what the seller edited. Raises `Conflict` if it was saved meanwhile, `Invalid`, NotFound.
    """
    seller = store_for_member(user_id=user_id, slug=store)
    with transaction.atomic():
        old = _mine(seller, product_id)
        if old.updated_at != seen_at:
            raise Conflict(
                "product.changed", _("Somebody saved this product while you were editing it. Look at both, then save again.")
            )
        wanted = _checked(seller, replace(draft, ref=old.draft.ref), moved_locks(draft, old.locked, at, seller.zone))
        saved = _saved(seller, old, wanted, at)
        if wanted.pictures != old.draft.pictures:
            PictureLink.objects.filter(product_id=product_id).delete()  # the seller chose by hand
        return saved


def set_stock(*, user_id: UUID, store: str, product_id: UUID, pieces: Mapping[str, int], at: datetime) -> Saved:
    """Set how many pieces of each variant (by SKU) may be sold from now on. Raises `Invalid`, NotFound."""
    return _edit_variants(user_id, store, product_id, pieces, lambda v: replace(v, stock=pieces[v.sku]), at)


def set_prices(
    *, user_id: UUID, store: str, product_id: UUID, prices: Mapping[str, Money], at: datetime, market: str = ""
) -> Saved:
    """Set the list price of each variant (by SKU), everywhere or in one `market` (ISO country). Raises `Invalid`, NotFound."""

    def priced(variant: VariantDraft) -> VariantDraft:
        if not market:
            return replace(variant, price=prices[variant.sku])
        return replace(variant, market_prices=tuple((dict(variant.market_prices) | {market: prices[variant.sku]}).items()))

    return _edit_variants(user_id, store, product_id, prices, priced, at)


def _edit_variants(user_id: UUID, store: str, product_id: UUID, named: Mapping[str, object], edit, at: datetime) -> Saved:  # type: ignore[no-untyped-def]
    seller = store_for_member(user_id=user_id, slug=store)
    with transaction.atomic():
        old = _mine(seller, product_id)
        if unknown := set(named) - {v.sku for v in old.draft.variants}:
            raise NotFound("variant.unknown", _("The product has no variant %(sku)s.") % {"sku": ", ".join(sorted(unknown))})
        variants = tuple(edit(v) if v.sku in named else v for v in old.draft.variants)
        wanted = replace(old.draft, variants=variants)
        return _saved(seller, old, _checked(seller, wanted, moved_locks(wanted, old.locked, at, seller.zone)), at)


def _mine(seller: StoreRow, product_id: UUID) -> Stored:
    opened(store_id=seller.id, refs=[])
    found = stored_by_id(seller.id, product_id)
    if found is None:
        raise NotFound("product.unknown", _("There is no such product in this store."))
    return found


def _checked(seller: StoreRow, draft: ProductDraft, errors: Iterable[FieldError]) -> ProductDraft:
    draft = canonical(draft)
    found = [*errors, *_against_market(seller, draft)]
    known = Picture.objects.filter(pk__in=draft.pictures).count()
    if known < len(set(draft.pictures)):
        found.append(FieldError("pictures", "pictures.unknown"))
    if found:
        raise refusal(found)
    return draft


def _against_market(seller: StoreRow, draft: ProductDraft) -> list[FieldError]:
    """Everything wrong with a canonical draft, the category tree and the store's other goods considered."""
    if draft.category not in tree("en"):
        return [FieldError("category", "category.unknown", draft.category)]
    found = list(check(draft, currency=seller.currency, specs=specs(draft.category)))
    owners = sku_owners(seller.id, [v.sku for v in draft.variants])
    for i, variant in enumerate(draft.variants):
        if (owner := owners.get(variant.sku, draft.ref)) != draft.ref:
            found.append(FieldError(f"variants.{i}.sku", "sku.taken", owner))
    return found


def _saved(seller: StoreRow, old: Stored | None, draft: ProductDraft, at: datetime, status: str = "active") -> Saved:
    [saved] = save(store=seller, drafts=[(old, draft)], at=at, status=status)
    if saved.changed:
        record(ProductChanged(at=at, product_id=saved.product_id, store_id=seller.id))
    return saved

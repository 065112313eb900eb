from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from caravan.catalog.events import ProductChanged
from caravan.catalog.models import Product, Translation
from caravan.catalog.queries.words import refusal
from caravan.catalog.rules import FieldError, one_line, paragraphs
from caravan.catalog.rules.check import DESCRIPTION, TITLE
from caravan.kernel.errors import NotFound
from caravan.kernel.markets import LANGUAGES
from caravan.outbox.actions import record
from caravan.stores.queries import store_for_member


def translate_product(
    *, user_id: UUID, store: str, product_id: UUID, language: str, title: str, description: str, at: datetime
) -> None:
    """Say in another language what the current version says; an empty title takes the translation away.

    The original is edited with `edit_product`. Raises `Invalid`, NotFound.
    """
    seller = store_for_member(user_id=user_id, slug=store)
    title, description = one_line(title), paragraphs(description)
    with transaction.atomic():
        product = Product.objects.select_for_update(no_key=True, of=("self",)).filter(pk=product_id, store_id=seller.id)
        found = product.select_related("version").first()
        if found is None or found.version is None:
            raise NotFound("product.unknown", _("There is no such product in this store."))
        if language not in LANGUAGES or language == found.version.language:
            raise refusal([FieldError("language", "language.unknown", ", ".join(LANGUAGES))])
        if errors := [*_too_long("title", title, TITLE), *_too_long("description", description, DESCRIPTION)]:
            raise refusal(errors)
        mine = Translation.objects.filter(version=found.version, language=language)
        if not title:
            changed = mine.delete()[0] > 0
        elif mine.filter(title=title, description=description, by_machine=False).exists():
            changed = False
        else:
            words = {"title": title, "description": description, "by_machine": False}
            Translation.objects.update_or_create(version=found.version, language=language, defaults=words)
            changed = True
        if changed:
            record(ProductChanged(at=at, product_id=product_id, store_id=seller.id))


def _too_long(field: str, text: str, limit: int) -> list[FieldError]:
    return [FieldError(field, f"{field}.long", str(limit))] if len(text) > limit else []

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db import transaction

from caravan.catalog.models import Category, CategoryName
from caravan.catalog.queries.categories import forget
from caravan.catalog.rules import one_line
from caravan.catalog.rules.feed import category_key
from caravan.kernel.errors import Invalid


def import_taxonomy(*, lines: Iterable[str], language: str = "en") -> tuple[int, int]:
    """Add the categories of a file of paths, "Home > Lighting > Lamps" a line; those there already stay as they are.

    Lines that begin with # and ids in front ("123 - Home") are skipped. Returns (added, already there). Raises `Invalid`
    for a line that names nothing.
    """
    added = known = 0
    with transaction.atomic():
        existing = dict(Category.objects.values_list("path", "pk"))
        new: list[Category] = []
        names: list[CategoryName] = []
        for number, line in enumerate(lines, 1):
            text = re.sub(r"^\d+ - ", "", one_line(line))
            if not text or text.startswith("#"):
                continue
            path = ""
            for part in text.split(">"):
                parent, slug = path, category_key(part)[:80]
                if not slug:
                    raise Invalid("taxonomy.line", f"Line {number} names no category: “{text[:80]}”.")
                path = f"{parent}/{slug}" if parent else slug
                if path not in existing:
                    row = Category(parent_id=existing.get(parent), slug=slug, path=path)
                    existing[path] = row.pk
                    new.append(row)
                    names.append(CategoryName(category_id=row.pk, language=language, name=part.strip()[:80]))
                    added += 1
            known += 1
        Category.objects.bulk_create(new)
        CategoryName.objects.bulk_create(names)
    forget()
    return added, known

"""The products of `bench.goods` in django-oscar, at an empty database. Run by the Python of its virtual environment:

    DATABASE_URL=... python -m bench.oscar.fill GOODS ADDRESSES

Each is a standalone product with one stock record, at the price of its first variant with the pieces of all: variants would be
children, each with its stock record, that a list reads besides. Brand, material and origin are attributes, pictures are rows.
Writes as JSON into ADDRESSES where categories (by path) and products (by id) are.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

Goods = Sequence[dict[str, Any]]
ATTRIBUTES = ("brand", "material", "origin")


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.oscar.shop"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    goods = [json.loads(line) for line in Path(sys.argv[1]).read_text("utf-8").splitlines()]
    call_command("migrate", verbosity=0)
    products = _products(goods)
    categories = _categories(goods, products)
    _stock(goods, products)
    _details(goods, products)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    addresses = {
        "categories": {path: category.get_absolute_url() for path, category in categories.items()},
        "products": {good["id"]: product.get_absolute_url() for good, product in zip(goods, products, strict=True)},
    }
    Path(sys.argv[2]).write_text(json.dumps(addresses))


def _products(goods: Goods) -> list[Any]:
    from oscar.apps.catalogue.models import Product, ProductClass

    kind = ProductClass.objects.create(name="Goods", requires_shipping=True, track_stock=True)
    return Product.objects.bulk_create(
        [
            Product(
                structure=Product.STANDALONE, product_class=kind, upc=str(n), title=good["title"], slug=good["slug"],
                description=good["description"],
            )
            for n, good in enumerate(goods)
        ],
        batch_size=1000,
    )  # fmt: skip


def _categories(goods: Goods, products: Sequence[Any]) -> dict[str, Any]:
    from oscar.apps.catalogue.categories import create_from_breadcrumbs
    from oscar.apps.catalogue.models import ProductCategory

    paths = sorted({good["category"] for good in goods})
    made = {path: create_from_breadcrumbs(path.title(), separator="/") for path in paths}
    ProductCategory.objects.bulk_create(
        ProductCategory(product=product, category=made[good["category"]]) for good, product in zip(goods, products, strict=True)
    )
    return made


def _stock(goods: Goods, products: Sequence[Any]) -> None:
    from oscar.apps.partner.models import Partner, StockRecord

    partner = Partner.objects.create(name="Stores")
    StockRecord.objects.bulk_create(
        StockRecord(
            product=product, partner=partner, partner_sku=good["variants"][0]["sku"],
            price=Decimal(good["variants"][0]["price"]) / 100, num_in_stock=sum(v["stock"] for v in good["variants"]),
        )
        for good, product in zip(goods, products, strict=True)
    )  # fmt: skip


def _details(goods: Goods, products: Sequence[Any]) -> None:
    from oscar.apps.catalogue.models import ProductAttribute, ProductAttributeValue, ProductImage

    kind = products[0].product_class
    attributes = {
        code: ProductAttribute.objects.create(product_class=kind, name=code.capitalize(), code=code) for code in ATTRIBUTES
    }
    pairs = list(zip(goods, products, strict=True))
    ProductAttributeValue.objects.bulk_create(
        [
            ProductAttributeValue(attribute=attribute, product=product, value_text=good[code])
            for good, product in pairs for code, attribute in attributes.items()
        ],
        batch_size=5000,
    )  # fmt: skip
    ProductImage.objects.bulk_create(
        [
            ProductImage(product=product, original=f"{name}.webp", display_order=n)
            for good, product in pairs for n, name in enumerate(good["pictures"])
        ],
        batch_size=5000,
    )  # fmt: skip


if __name__ == "__main__":
    main()

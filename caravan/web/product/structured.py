"""What search engines read of a product page: Product with its Offer and AggregateRating, and the way to it."""

from __future__ import annotations

from markupsafe import Markup

from caravan.catalog.queries import ProductRow, VariantRow
from caravan.kernel.money import Money
from caravan.reputation.queries import RatingRow
from caravan.stores.queries import StoreRow
from caravan.web.addresses import product_url, store_url
from caravan.web.seo.jsonld import absolute, block, breadcrumbs


def structured(
    product: ProductRow,
    variant: VariantRow,
    unit: Money,
    *,
    store: StoreRow,
    rating: RatingRow,
    crumbs: list[tuple[str, str]],
) -> tuple[Markup, ...]:
    here = product_url(product.slug, product.id)
    facts: dict[str, object] = {
        "@type": "Product",
        "@id": absolute(here),
        "name": product.title,
        "description": product.description or product.title,
        "sku": variant.sku,
        "category": " > ".join(row.name for row in product.categories),
        "offers": {
            "@type": "Offer",
            "url": absolute(here),
            "price": str(unit.decimal),
            "priceCurrency": unit.currency,
            "availability": "https://schema.org/" + ("OutOfStock" if variant.stock_band == "none" else "InStock"),
            "seller": {"@type": "Organization", "name": store.name, "url": absolute(store_url(store.slug))},
        },
    }
    if product.pictures:
        facts["image"] = [absolute(picture.full) for picture in product.pictures]
    if product.brand:
        facts["brand"] = {"@type": "Brand", "name": product.brand}
    if product.gtin:
        facts["gtin"] = product.gtin
    if rating.ratings and rating.mean:
        facts["aggregateRating"] = {
            "@type": "AggregateRating",
            "ratingValue": f"{rating.mean:.2f}",
            "ratingCount": rating.ratings,
            "bestRating": 5,
            "worstRating": 1,
        }
    return block(facts), breadcrumbs([(name, url or here) for name, url in crumbs])

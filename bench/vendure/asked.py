"""What a storefront asks Vendure's shop-api for: the fields a page shows, no more, words and numbers apart as variables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from bench.load import Post

PATH = "/shop-api"
CARD = """{
  productId productName slug currencyCode productAsset { preview }
  priceWithTax { ... on PriceRange { min max } ... on SinglePrice { value } }
}"""
BY_SEARCH = f"""query List($slug: String!, $take: Int!) {{
  search(input: {{ collectionSlug: $slug, groupByProduct: true, take: $take }}) {{ items {CARD} }}
}}"""
BY_PRODUCTS = """query Products($take: Int!, $skip: Int!) {
  products(options: { take: $take, skip: $skip }) {
    items { id name slug featuredAsset { preview } variants { priceWithTax currencyCode } }
  }
}"""
PRODUCT = """query Product($slug: String!) {
  product(slug: $slug) {
    id name slug description assets { id preview width height }
    variants { id sku name priceWithTax currencyCode stockLevel options { code name group { code } } }
  }
}"""
SEARCH = f"""query Search($words: String!, $take: Int!) {{
  search(input: {{ term: $words, groupByProduct: true, take: $take }}) {{
    totalItems items {CARD} facetValues {{ count facetValue {{ id name facet {{ code }} }} }}
  }}
}}"""


def by_search(categories: Iterable[str], take: int) -> list[Post]:
    """Lists of categories, out of its search index: one row a variant, grouped by product."""
    return [_post(BY_SEARCH, slug=category.replace("/", "-"), take=take) for category in categories]


def by_products(pages: int, take: int) -> list[Post]:
    """Lists of all products, out of its tables: it cannot keep to a category there, so this is less than what we do."""
    return [_post(BY_PRODUCTS, take=take, skip=take * page) for page in range(pages)]


def product(slugs: Iterable[str]) -> list[Post]:
    """One product by its slug."""
    return [_post(PRODUCT, slug=slug) for slug in slugs]


def search(words: Iterable[str], take: int) -> list[Post]:
    """Products that hold the words, with how many each filter would leave."""
    return [_post(SEARCH, words=one, take=take) for one in words]


def items(body: bytes) -> Sequence[Any]:
    """The products in its answer. Raises RuntimeError where it says it failed."""
    answer = msgspec.json.decode(body)
    if "errors" in answer:
        raise RuntimeError(f"Vendure said: {answer['errors']}")
    (found,) = answer["data"].values()
    return [] if found is None else found.get("items", [found])


def _post(query: str, **variables: Any) -> Post:
    return Post(PATH, msgspec.json.encode({"query": query, "variables": variables}))

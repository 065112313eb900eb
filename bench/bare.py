"""What every page is measured against: the same rows as JSON, with as little around them as Python allows.

Starlette and asyncpg on two processes, one prepared statement after the other, msgspec to write. Rows are asked for by the
ids that the market's own page showed (BENCH_SHOWN names the file, `bench.shown` writes it), so finding, ranking, filters,
languages, currencies, visitors and markup are all left out. Each answer says in `X-Statements` how many statements it took.
"""

from __future__ import annotations

import json
import os
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import msgspec
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

CARDS = """
SELECT p.id, p.slug, p.title, p.titles->>'pt' AS title_pt, c.path, s.slug AS store_slug, s.name AS store_name,
       p.price_minor, p.price_max_minor,
       p.currency, p.published_at, r.mean, r.ratings, x.buyers_total, p.cover_digest, p.cover_width, p.cover_height,
       EXISTS (SELECT FROM catalog_variant o WHERE o.product_id = p.id AND o.is_active AND o.stock > 0) AS in_stock
FROM catalog_product p
JOIN catalog_category c ON c.id = p.category_id
JOIN stores_store s ON s.id = p.store_id
LEFT JOIN reputation_productrating r ON r.product_id = p.id
LEFT JOIN insight_productsales x ON x.product_id = p.id
WHERE p.id = ANY($1)
"""
PRODUCT = """
SELECT p.id, p.store_id, p.slug, p.brand, p.origin, p.weight_grams, p.published_at,
       v.title, v.description, v.attributes, v.pictures, t.title AS title_pt,
       t.description AS description_pt, c.path, s.slug AS store_slug, s.name AS store_name, s.ships_to,
       r.*, x.units_total, x.buyers_total
FROM catalog_product p
JOIN catalog_version v ON v.id = p.version_id
JOIN catalog_category c ON c.id = p.category_id
JOIN stores_store s ON s.id = p.store_id
LEFT JOIN catalog_translation t ON t.version_id = v.id AND t.language = 'pt'
LEFT JOIN reputation_productrating r ON r.product_id = p.id
LEFT JOIN insight_productsales x ON x.product_id = p.id
WHERE p.id = $1
"""
VARIANTS = "SELECT id, sku, options, price_minor, currency, stock FROM catalog_variant WHERE product_id = $1 AND is_active"
PICTURES = "SELECT id, digest, width, height FROM catalog_picture WHERE id = ANY($1)"
REVIEWS = """
SELECT id, stars, text, market, created_at, reply FROM reputation_feedback WHERE product_id = $1 ORDER BY created_at DESC LIMIT 10
"""
STORE = """
SELECT s.*, c.points, c.positive, c.neutral, c.negative, c.positive_rate, c.positive_rate_low,
       c.described, c.communication, c.shipping, v.orders_30d, v.units_30d, v.buyers_30d, v.orders_90d,
       v.units_90d, v.buyers_90d, v.daily_orders
FROM stores_store s
LEFT JOIN reputation_storecredit c ON c.store_id = s.id
LEFT JOIN insight_storevolume v ON v.store_id = s.id
WHERE s.slug = $1
"""
CREDIT = "SELECT * FROM reputation_storecredit WHERE store_id = $1"
PRICES = "SELECT minor, currency, market, since, until FROM catalog_price WHERE variant_id = $1 ORDER BY since DESC LIMIT 20"
FEEDBACK = """
SELECT id, stars, text, market, created_at, reply FROM reputation_feedback WHERE store_id = $1 ORDER BY created_at DESC LIMIT 10
"""
RANKING = """
SELECT s.as_of, s.refreshed_at, COALESCE(r.places::text, '[]') AS places FROM insight_refresh s
LEFT JOIN insight_ranking r ON r.kind = 'products' AND r.category_path = $1 AND r.market = '' AND r.period = '7d'
WHERE s.id = 1
"""

SHOWN: dict[str, dict[str, list[str]]] = {}
Answer = Callable[[asyncpg.Pool, str], Awaitable[tuple[Any, int]]]


async def cards(pool: asyncpg.Pool, ids: list[UUID]) -> list[dict[str, Any]]:
    return rows(await pool.fetch(CARDS, ids))


async def listing(kind: str, pool: asyncpg.Pool, key: str) -> tuple[Any, int]:
    return await cards(pool, [UUID(one) for one in SHOWN[kind][key]]), 1


async def product(pool: asyncpg.Pool, key: str) -> tuple[Any, int]:
    found = dict(await pool.fetchrow(PRODUCT, UUID(key)))
    found["variants"] = rows(await pool.fetch(VARIANTS, found["id"]))
    found["pictures"] = rows(await pool.fetch(PICTURES, msgspec.json.decode(found["pictures"], type=list[UUID])))
    return found, 3


async def product_page(pool: asyncpg.Pool, key: str) -> tuple[Any, int]:
    """With what the page shows besides: what it cost before, the store's credit, reviews, other goods."""
    found, count = await product(pool, key)
    found["prices"] = rows(await pool.fetch(PRICES, found["variants"][0]["id"]))
    found["credit"] = rows(await pool.fetch(CREDIT, found["store_id"]))
    found["reviews"] = rows(await pool.fetch(REVIEWS, found["id"]))
    if others := [UUID(one) for one in SHOWN["product"][key] if one != key]:
        found["others"] = await cards(pool, others)
    return found, count + 3 + bool(others)


async def store_page(pool: asyncpg.Pool, key: str) -> tuple[Any, int]:
    found = dict(await pool.fetchrow(STORE, key))
    found["feedback"] = rows(await pool.fetch(FEEDBACK, found["id"]))
    found["products"] = await cards(pool, [UUID(one) for one in SHOWN["store"][key]])
    return found, 3


async def ranking_page(pool: asyncpg.Pool, key: str) -> tuple[Any, int]:
    found = await pool.fetchrow(RANKING, key)
    shown = [UUID(one) for one in SHOWN["ranking"][key]]
    return {**found, "places": msgspec.Raw(found["places"].encode()), "products": await cards(pool, shown)}, 2


async def ranking(pool: asyncpg.Pool, key: str) -> tuple[Any, int]:
    """Places with titles, as the API has them."""
    found = await pool.fetchrow(RANKING, key)
    places = msgspec.json.decode(found["places"])[:20]
    titles = await pool.fetch(TITLES, [UUID(place[0]) for place in places])
    return {**found, "places": places, "titles": rows(titles)}, 2


TITLES = """
SELECT p.id, v.title, t.title AS title_pt FROM catalog_product p JOIN catalog_version v ON v.id = p.version_id
LEFT JOIN catalog_translation t ON t.version_id = v.id AND t.language = 'pt' WHERE p.id = ANY($1)
"""


def rows(found: list[asyncpg.Record]) -> list[dict[str, Any]]:
    return [dict(row) for row in found]


def answering(answer: Answer) -> Callable[[Request], Awaitable[Response]]:
    async def respond(request: Request) -> Response:
        found, statements = await answer(request.app.state.pool, request.path_params["key"])
        headers = {"X-Statements": str(statements)}
        return Response(msgspec.json.encode(found), media_type="application/json", headers=headers)

    return respond


@asynccontextmanager
async def database(app: Starlette) -> Any:
    SHOWN.update(json.loads(Path(os.environ["BENCH_SHOWN"]).read_text())["shown"])
    # One connection a process, like the market's own workers: more would only wait for the same core.
    async with asyncpg.create_pool(os.environ["DATABASE_URL"], min_size=1, max_size=1) as app.state.pool:
        yield


app = Starlette(
    lifespan=database,
    routes=[
        Route("/product-page/{key}", answering(product_page)),
        Route("/store-page/{key}", answering(store_page)),
        Route("/ranking-page/{key:path}", answering(ranking_page)),
        Route("/product/{key}", answering(product)),
        Route("/ranking/{key:path}", answering(ranking)),
        Route("/category/{key:path}", answering(lambda pool, key: listing("category", pool, key))),
        Route("/search/{key:path}", answering(lambda pool, key: listing("search", pool, key))),
        Route("/products/{key:path}", answering(lambda pool, key: listing("products", pool, key))),
    ],
)

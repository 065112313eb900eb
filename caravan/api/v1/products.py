from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import cast
from uuid import UUID

import msgspec

from caravan.api.endpoint import Call, Nothing, Page, Shape, endpoint
from caravan.api.v1.shapes import Amount, LandedShape
from caravan.catalog.queries import PictureRow, ProductRow, VariantRow, product_page
from caravan.insight.queries import record_of
from caravan.kernel.errors import Conflict, Invalid
from caravan.kernel.money import Money
from caravan.promotions.rules import Deal, Terms, unit_price
from caravan.search.queries import Card, VariantOffer, find, found_cards, variant_offers
from caravan.search.rules.page import SearchPage
from caravan.search.rules.query import SearchQuery, Sort
from caravan.trade.queries.landed import basket_of_one
from caravan.trade.queries.rates import buyer_rates
from caravan.trade.rules.terms import TERMS


class PictureShape(Shape, frozen=True):
    """`src` is a WebP that suits most screens; `webp` holds all widths, as a srcset."""

    src: str
    webp: str
    width: int
    height: int


class ProductDealShape(Shape, frozen=True):
    """Why something costs less until `until`: `left` pieces of `of` are there at it (null: no end), `per_buyer` at most."""

    name: str
    until: datetime | None
    left: int | None = None
    of: int | None = None
    per_buyer: int | None = None


class ProductCard(Shape, frozen=True):
    """A product in a list: `price` is its lowest in the currency asked for, deals included; `was` the reference price it is held
    against, `percent_off` by how much it is less, as far as price history bears it; `buyers` have ever bought it."""

    id: UUID
    title: str
    slug: str
    category: str
    store: str
    price: Amount
    was: Amount | None
    percent_off: int
    on_offer: bool
    deal: ProductDealShape | None
    in_stock: bool
    delivers: bool
    rating: float | None
    ratings: int
    buyers: int
    published_at: datetime
    picture: PictureShape | None


class VariantShape(Shape, frozen=True):
    """`price` is what one piece costs whoever comes, deals included, `was` the reference price of a deal; `list_price` what the
    store asks without one. `stock`: none, few (`left` pieces) or enough. `options` by attribute code."""

    id: UUID
    sku: str
    options: dict[str, str]
    price: Amount
    list_price: Amount
    was: Amount | None
    percent_off: int
    deal: ProductDealShape | None
    stock: str
    left: int | None


class ProductShape(Shape, frozen=True):
    """A product as its page shows it. `rating` is the raw mean, `rating_bayesian` drawn towards its category's."""

    id: UUID
    title: str
    slug: str
    description: str
    language: str
    original_language: str
    status: str
    version: int
    category: str
    store: str
    brand: str
    gtin: str
    attributes: dict[str, str]
    variants: list[VariantShape]
    pictures: list[PictureShape]
    weight_grams: int
    origin: str
    hs_code: str
    rating: float | None
    rating_bayesian: float | None
    ratings: int
    histogram: list[int]
    buyers: int
    units: int


class ListQuery(Shape, frozen=True):
    """Filters of a list. `category` is a path, `store` a slug; `on_offer` keeps what has a deal in `market`, `delivers` what is
    delivered there."""

    category: str = ""
    store: str = ""
    brand: str = ""
    sort: Sort = Sort.RELEVANCE
    on_offer: bool = False
    delivers: bool = False
    limit: int = 48
    cursor: str = ""


class SearchWords(ListQuery, frozen=True):
    """`q`: the words."""

    q: str = ""


class FacetShape(Shape, frozen=True):
    """How many products each value would leave, all other filters kept."""

    code: str
    counts: dict[str, int]


class FoundShape(Shape, frozen=True):
    """`corrected`: the words searched instead of those sent; `unknown`: words no product carries."""

    items: list[ProductCard]
    next: str | None
    total: int
    facets: list[FacetShape]
    corrected: str | None
    unknown: list[str]


@endpoint("GET", "products", answer=Page[ProductCard], query=ListQuery)
def list_products(call: Call[ListQuery, None]) -> Page[ProductCard]:
    """Products on sale, by category or store, the best first"""
    page = _find(call, "", facets=False)
    return Page(items=_cards(call, page), next=page.next)


@endpoint("GET", "products/{product_id}", answer=ProductShape)
def get_product(call: Call[Nothing, None], product_id: UUID) -> ProductShape:
    """One product: words in `lang`, prices for `market`, what buyers say of it"""
    row = product_page(product_id, call.market.language, call.market.code)
    record = record_of(row.id)
    rating = record.rating
    return ProductShape(
        id=row.id,
        title=row.title,
        slug=row.slug,
        description=row.description,
        language=row.language,
        original_language=row.original_language,
        status=row.status,
        version=row.version_number,
        category=row.category_path,
        store=row.store_slug,
        brand=row.brand,
        gtin=row.gtin,
        attributes={d.code: d.value for d in row.details},
        variants=_variants(call, row, variant_offers(row.id, call.market.code, call.at) if record.stamp is not None else {}),
        pictures=[_picture(p) for p in row.pictures],
        weight_grams=row.weight_grams,
        origin=row.origin,
        hs_code=row.hs_code,
        rating=rating.mean,
        rating_bayesian=rating.bayesian,
        ratings=rating.ratings,
        histogram=list(rating.histogram.counts),
        buyers=record.buyers,
        units=record.units,
    )


class LandedQuery(Shape, frozen=True):
    """`region`: the state or province it goes to; without it the highest tax of the country is taken."""

    quantity: int = 1
    region: str = ""


class LandedCost(Shape, frozen=True):
    """A variant sent alone to `market`: what is to be paid now (`total`), and what the carrier asks for on arrival."""

    items: Amount
    shipping: Amount
    tax: Amount
    total: Amount
    landed: LandedShape


@endpoint("GET", "variants/{variant_id}/landed", answer=LandedCost, query=LandedQuery)
def get_landed(call: Call[LandedQuery, None], variant_id: UUID) -> LandedCost:
    """What a variant costs landed in `market`: an estimate, with why"""
    if not 1 <= call.query.quantity <= TERMS.largest_quantity:
        raise Invalid("cart.quantity", f"Choose between 1 and {TERMS.largest_quantity} pieces.", quantity="out of range")
    region = call.query.region[:120] or None
    basket = basket_of_one(variant_id=variant_id, quantity=call.query.quantity, market=call.market, at=call.at, region=region)
    if not basket.parcels:
        raise Conflict("cart.unavailable", "It cannot be bought there as it is: not sold, not delivered there, or too few left.")
    parcel = basket.parcels[0]
    return LandedCost(
        items=Amount.of(parcel.items),
        shipping=Amount.of(parcel.shipping),
        tax=Amount.of(parcel.tax),
        total=Amount.of(parcel.total),
        landed=LandedShape.of(parcel.reckoning.landed),
    )


@endpoint("GET", "search", answer=FoundShape, query=SearchWords)
def search(call: Call[SearchWords, None]) -> FoundShape:
    """Search in the words of `lang`: typos and synonyms understood, facets with counts"""
    page = _find(call, call.query.q, facets=True)
    return FoundShape(
        items=_cards(call, page),
        next=page.next,
        total=page.total,
        facets=[FacetShape(code=f.code, counts={v.value: v.count for v in f.values}) for f in page.facets],
        corrected=page.help.corrected,
        unknown=list(page.help.unknown),
    )


def _find(call: Call[ListQuery, None] | Call[SearchWords, None], text: str, *, facets: bool) -> SearchPage:
    q = call.query
    asked = SearchQuery(
        text=text,
        language=call.market.language,
        market=call.market.code,
        category=q.category or None,
        store=q.store or None,
        brand=q.brand or None,
        on_offer=q.on_offer,
        ships_to=call.market.code if q.delivers else None,
        sort=q.sort,
        limit=q.limit,
        cursor=q.cursor or None,
    )
    return find(asked, facets=facets)


def _cards(call: Call, page: SearchPage) -> list[ProductCard]:  # type: ignore[type-arg]
    return [_card(card) for card in found_cards(page.hits, market=call.market, at=call.at)]


@lru_cache(maxsize=16_384)
def _card(c: Card) -> ProductCard:
    """A ProductCard, written already: once for as long as the card is the same."""
    shape = ProductCard(
        id=c.id,
        title=c.title,
        slug=c.slug,
        category=c.category_path,
        store=c.store_slug,
        price=Amount.of(c.price),
        was=Amount.if_any(c.was),
        percent_off=c.percent,
        on_offer=c.on_offer,
        deal=ProductDealShape(name=c.deal_name, until=c.deal_until) if c.on_offer and (c.deal_name or c.deal_until) else None,
        in_stock=c.in_stock,
        delivers=c.delivers,
        rating=c.rating,
        ratings=c.ratings,
        buyers=c.buyers,
        published_at=c.published_at,
        picture=_picture(c.picture) if c.picture else None,
    )
    return cast(ProductCard, msgspec.Raw(msgspec.json.encode(shape)))


def _variants(call: Call[Nothing, None], row: ProductRow, offers: Mapping[UUID, VariantOffer]) -> list[VariantShape]:
    terms = Terms(rates=buyer_rates(call.at))

    def shown(price: Money) -> Amount:
        return Amount.of(unit_price(price, call.market.currency, terms))

    def shape(v: VariantRow) -> VariantShape:
        offer = offers.get(v.id)
        return VariantShape(
            id=v.id, sku=v.sku, options=dict(v.options), price=shown(offer.price if offer else v.list_price),
            list_price=Amount.of(v.list_price), was=shown(offer.was) if offer and offer.was else None,
            percent_off=offer.percent if offer else 0, deal=_deal(offer.deal) if offer else None, stock=v.stock_band, left=v.left,
        )  # fmt: skip

    return [shape(v) for v in row.variants]


def _deal(deal: Deal) -> ProductDealShape:
    return ProductDealShape(name=deal.name, until=deal.when.until, left=deal.left, of=deal.of, per_buyer=deal.per_buyer)


def _picture(p: PictureRow) -> PictureShape:
    return PictureShape(src=p.src, webp=p.webp, width=p.width, height=p.height)

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from caravan.catalog.queries import ProductRow, is_wished, product_page
from caravan.insight.queries import place_of, ranking, record_of
from caravan.insight.rules import Period
from caravan.kernel import markets
from caravan.kernel.clock import now
from caravan.kernel.markets import Market
from caravan.promotions.queries.history import past_and_stamps
from caravan.reputation.queries import credit_of, feedback_of_product
from caravan.search.queries import Card, cards, newest_cards
from caravan.stores.queries import StoreRow, store_of_product
from caravan.stores.rules.vacation import Vacation
from caravan.trade.queries.offered import offered_on
from caravan.trade.queries.rates import buyer_rates
from caravan.web.addresses import category_url, page_url, product_url
from caravan.web.cards import CardView, card_views
from caravan.web.feedback.reviews import asked_stars, histogram_rows, review_views
from caravan.web.guards import user_id
from caravan.web.home.stores import store_view
from caravan.web.product.choice import choose
from caravan.web.product.delivery import delivery_view
from caravan.web.product.history import history_view
from caravan.web.product.landed import estimate
from caravan.web.product.offers import offers_view
from caravan.web.product.price import price_view
from caravan.web.product.structured import structured
from caravan.web.product.words import words_of
from caravan.web.rankings.words import buyers_text
from caravan.web.request import PageRequest
from caravan.web.sightings import see_product
from caravan.web.store.credit import credit_view
from caravan.web.wording import said as _

REVIEWS = 8
STRIP = 12


@require_safe
def product(request: PageRequest, slug: str, id: UUID) -> HttpResponse:
    at, market = now(), request.market
    row = product_page(id, market.language, market.code)
    if slug != row.slug:
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(product_url(row.slug, row.id) + (f"?{query}" if query else ""))
    store, away = store_of_product(row.store_id, at)
    if row.status != "active" or not store.is_open:
        return _gone(request, row, store, at)
    see_product(request, at=at, product_id=row.id, store_id=row.store_id, category_path=row.category_path)
    return render(request, "product/product.html", _context(request, row, store, away, at))


def _context(request: PageRequest, row: ProductRow, store: StoreRow, away: Vacation | None, at: datetime) -> dict[str, object]:
    market, rates = request.market, buyer_rates(at)
    stars = asked_stars(request.GET)
    choice = choose(row, request.GET.dict())
    past, stamps = past_and_stamps(choice.variant.id, store.id, market.code, at)
    offered = offered_on([row.id], stamps, user_id=request.user.pk if request.user.is_authenticated else None, at=at)
    price = price_view(row, choice.variant, offered, past, market=market, at=at)
    if away:
        store = replace(store, handling_days=store.handling_days + away.slower_by)
    credit, record = credit_of(store.id), record_of(row.id)
    reviews = feedback_of_product(row.id, stars=stars, limit=REVIEWS, cursor=request.GET.get("after", ""))
    crumbs = [(_("Home"), page_url("home")), *((one.name, category_url(one.path)) for one in row.categories), (row.title, "")]
    delivery = delivery_view(store, row, price.unit, market=market, rates=rates, at=at)
    return {
        "product": row,
        "words": words_of(row, request.GET, request.path, market),
        "store": store,
        "away": away,
        "store_line": store_view(store, credit, None, market),
        "is_wished": is_wished(user_id=user_id(request), product_id=row.id) if request.user.is_authenticated else False,
        "choice": choice,
        "price": price,
        "history": history_view(past, at),
        "offers": offers_view(price.facts, offered, market=market, at=at),
        "at": at,
        "delivery": delivery,
        "estimate": estimate(row, choice.variant, store, price.unit, delivery.cost, market=market, rates=rates, at=at)
        if delivery
        else None,
        "sold_text": buyers_text(record.buyers),
        "place": place_of("products", row.id, category=row.category_path, period=Period.WEEK),
        "rating": record.rating,
        "histogram": histogram_rows(record.rating, request.path),
        "credit": credit_view(credit),
        "reviews": review_views(reviews.rows, market),
        "next_reviews": reviews.next,
        "stars": stars,
        "origin": markets.country(row.origin).name(market.language) if row.origin in markets.countries() else "",
        "more": _others(newest_cards(store.id, limit=STRIP + 1, market=market, at=at).newest, row.id, market, at),
        "crumbs": crumbs,
        "jsonld": structured(row, choice.variant, price.unit, store=store, rating=record.rating, crumbs=crumbs),
    }


def _gone(request: PageRequest, row: ProductRow, store: StoreRow, at: datetime) -> HttpResponse:
    """What is no longer sold keeps an address, and leads on to what sells of its kind."""
    listed = ranking("products", category=row.category_path, period=Period.MONTH, limit=STRIP + 1)
    found = _others(cards((p.subject_id for p in listed.places), market=request.market, at=at), row.id, request.market, at)
    context = {
        "product": row,
        "store": store,
        "similar": found,
        "crumbs": [
            (_("Home"), page_url("home")),
            *((one.name, category_url(one.path)) for one in row.categories),
            (row.title, ""),
        ],
    }
    return render(request, "product/gone.html", context, status=410)


def _others(found: Iterable[Card], but: UUID, market: Market, at: datetime) -> list[CardView]:
    return card_views(islice((card for card in found if card.id != but), STRIP), market=market, at=at)

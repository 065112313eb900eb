from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from caravan.insight.queries import best_sellers, last_refresh, volume_of
from caravan.kernel import markets
from caravan.kernel.clock import now
from caravan.kernel.errors import BadRequest, NotFound
from caravan.promotions.queries.claimable import claimable_coupons
from caravan.promotions.queries.offers import offers_of
from caravan.promotions.rules import NO_OFFERS, Terms
from caravan.reputation.queries import credit_of, feedback_of_store
from caravan.search.queries import newest_cards
from caravan.stores.queries import StoreRow, follows, visited_store
from caravan.trade.queries.rates import buyer_rates
from caravan.web.cards import card_views
from caravan.web.coupons.goods import goods_view
from caravan.web.coupons.words import ClaimView, claim_view
from caravan.web.feedback.reviews import asked_stars, review_views
from caravan.web.guards import user_id
from caravan.web.request import PageRequest
from caravan.web.store.credit import credit_view
from caravan.web.store.offers import running_offers
from caravan.web.store.volume import volume_view
from caravan.web.wording import said as _

PAGE = 48
BEST = 6
COUPONS = 4
REVIEWS = 20
TABS = ("goods", "feedback", "about")


@require_safe
def store(request: PageRequest, slug: str) -> HttpResponse:
    at = now()
    row, away, followers = visited_store(slug, at)
    tab = request.GET.get("tab", "goods")
    if tab not in TABS:
        raise NotFound("store.tab", _("This store has no such page."))
    parts = {"goods": _goods, "feedback": _feedback, "about": _about}
    as_of, refreshed_at = last_refresh()
    context = {
        "store": row,
        "away": away,
        "followers": followers,
        "is_followed": follows(user_id=user_id(request), store_id=row.id) if request.user.is_authenticated else False,
        "tab": tab,
        "logo_url": default_storage.url(row.logo) if row.logo else "",
        "initials": "".join(word[0] for word in row.name.split()[:2]).upper(),
        "country": markets.country(row.country).name(request.market.language),
        "credit": credit_view(credit_of(row.id)),
        "volume": volume_view(volume_of(row.id)),
        "as_of": as_of,
        "refreshed_at": refreshed_at,
        **parts[tab](request, row, at),
    }
    return render(request, f"store/{tab}.html", context)


def _goods(request: PageRequest, row: StoreRow, at: datetime) -> dict[str, object]:
    if asked := request.GET.get("offer"):
        return _goods_of_offer(request, row, asked, at)
    before = _cursor(request.GET.get("before", ""))
    market = request.market
    best = [] if before else best_sellers(row.id, limit=BEST)
    found = newest_cards(row.id, before=before, limit=PAGE + 1, others=best, market=market, at=at)
    running = running_offers(found.offers, market, at) if before is None and found.offers else []
    return {
        "running": running,
        "at": at,
        "claims": _claims(request, row, at) if before is None else [],
        "best": card_views([found.by_id[id] for id in best if id in found.by_id], market=market, at=at),
        "goods": card_views(found.newest[:PAGE], market=market, at=at),
        "is_first": before is None,
        "next": found.newest[PAGE - 1].id if len(found.newest) > PAGE else None,
    }


def _goods_of_offer(request: PageRequest, row: StoreRow, asked: str, at: datetime) -> dict[str, object]:
    """One thing the store has on, and goods it is about."""
    running = running_offers(offers_of([row.id], at).get(row.id, NO_OFFERS), request.market, at)
    found = [one for one in running if str(one.id) == asked]
    if not found:
        raise NotFound("store.offer", _("This offer is over. What else the store has on stands on its page."))
    return {
        "running": found,
        "offer": found[0],
        "at": at,
        "goods": goods_view(found[0].id, market=request.market, at=at).cards,
        "claims": [],
        "best": [],
        "is_first": True,
        "next": None,
    }


def _feedback(request: PageRequest, row: StoreRow, at: datetime) -> dict[str, object]:
    stars = asked_stars(request.GET)
    page = feedback_of_store(row.id, stars=stars, limit=REVIEWS, cursor=request.GET.get("after", ""))
    return {"reviews": review_views(page.rows, request.market), "stars": stars, "next": page.next}


def _about(request: PageRequest, row: StoreRow, at: datetime) -> dict[str, object]:
    names = sorted(markets.country(code).name(request.market.language) for code in row.ships_to if code in markets.countries())
    return {"ships_to": names, "ships_here": row.ships_to_country(request.market.code)}


def _claims(request: PageRequest, row: StoreRow, at: datetime) -> list[ClaimView]:
    """Coupons of the store to collect, those that end first."""
    market, visitor = request.market, user_id(request) if request.user.is_authenticated else None
    found = claimable_coupons(market=market.code, at=at, user_id=visitor, store_id=row.id, limit=COUPONS).coupons
    terms = Terms(buyer_rates(at))
    return [claim_view(one, market=market, terms=terms, at=at) for one in found]


def _cursor(text: str) -> UUID | None:
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError as e:
        raise BadRequest("store.cursor", _("This link does not belong to this list. Start again from its first page.")) from e

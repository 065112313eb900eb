"""Coupons to collect, one coupon with the goods it is for, the wallet, and codes."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from caravan.kernel.clock import now
from caravan.kernel.errors import Conflict, Invalid, NotFound
from caravan.people.actions.buyers import buyer_of_user
from caravan.people.actions.limits import spend
from caravan.people.rules.limits import CLAIMS, CODES, CODES_OF_NETWORK
from caravan.people.rules.network import customer
from caravan.promotions.actions.claiming import claim_coupon
from caravan.promotions.actions.codes import enter_code
from caravan.promotions.queries.claimable import claimable_coupon, claimable_coupons
from caravan.promotions.queries.wallet import Shelf, coupons_of_promotion, wallet
from caravan.promotions.rules import Terms
from caravan.stores.queries import store_by_slug
from caravan.trade.queries.buyer_facts import facts_of
from caravan.trade.queries.rates import buyer_rates
from caravan.web.coupons.goods import goods_view
from caravan.web.coupons.words import claim_view, held_view
from caravan.web.guards import client_ip, limited, safe_next, signed_in, user_id
from caravan.web.pressing import done_when_signed_in
from caravan.web.request import PageRequest

SOON = timedelta(days=2)  # before its end a coupon of the wallet counts down
NTHS = 1_000


@require_safe
def coupons(request: PageRequest) -> HttpResponse:
    """What can be collected in this market: of all stores, or of the one that `store` names."""
    at, after = now(), request.GET.get("after", "")
    store = store_by_slug(request.GET["store"]) if request.GET.get("store") else None
    found = claimable_coupons(
        market=request.market.code, at=at, user_id=_visitor(request), store_id=store.id if store else None, after=after
    )
    terms = Terms(buyer_rates(at))
    context = {
        "at": at,
        "store": store,
        "claims": [claim_view(row, market=request.market, terms=terms, at=at) for row in found.coupons],
        "is_first": not after,
        "next_cursor": found.cursor,
    }
    return render(request, "coupons/coupons.html", context)


@require_safe
def coupon(request: PageRequest, id: UUID) -> HttpResponse:
    """One coupon and the goods it is for. One that is not to be collected is seen by those who hold it."""
    at, visitor = now(), _visitor(request)
    terms = Terms(buyer_rates(at))
    row = claimable_coupon(promotion_id=id, at=at, user_id=visitor)
    mine = coupons_of_promotion(user_id=visitor, promotion_id=id, at=at) if visitor else ()
    if row is None and not mine:
        raise NotFound("coupon.none", _("There is no such coupon."))
    context = {
        "at": at,
        "claim": claim_view(row, market=request.market, terms=terms, at=at) if row else None,
        "held": [held_view(one, market=request.market, terms=terms, at=at, soon=at + SOON) for one in mine],
        "goods": goods_view(id, market=request.market, at=at),
    }
    return render(request, "coupons/coupon.html", context)


@done_when_signed_in
@require_POST
@limited("claim", CLAIMS)
def claims(request: PageRequest, id: UUID) -> HttpResponse:
    """Collect one: the `nth` of the visitor's, so that the same form sent again has the same answer."""
    at, person = now(), user_id(request)
    nth = request.POST.get("nth", "1")
    try:
        got = claim_coupon(
            promotion_id=id, buyer_id=buyer_of_user(user_id=person, at=at), market=request.market.code, at=at,
            nth=int(nth) if nth.isdecimal() and len(nth) < 5 and int(nth) <= NTHS else 1,
            who=partial(facts_of, user_id=person, at=at),
        )  # fmt: skip
    except Conflict as refused:
        messages.error(request, refused.detail)
    else:
        messages.success(request, _("It is in your wallet.") if got.is_new else _("You have it already: it is in your wallet."))
    return redirect(safe_next(request, "coupons"))


@signed_in
@require_safe
def held(request: PageRequest) -> HttpResponse:
    """The wallet."""
    at, asked = now(), request.GET.get("shelf", "usable")
    if asked not in list(Shelf):
        raise NotFound("wallet.shelf", _("There is no such page."))
    shelf, after = Shelf(asked), request.GET.get("after", "")
    page = wallet(user_id=user_id(request), shelf=shelf, at=at, after=after)
    terms = Terms(buyer_rates(at))
    context = {
        "at": at,
        "shelf": str(shelf),
        "held": [held_view(row, market=request.market, terms=terms, at=at, soon=at + SOON) for row in page.coupons],
        "is_first": not after,
        "next_cursor": page.cursor,
        "typed": request.GET.get("code", "")[:40],
    }
    return render(request, "coupons/wallet.html", context)


@done_when_signed_in
@require_POST
@limited("coupon-code", CODES)
def codes(request: PageRequest) -> HttpResponse:
    """A coupon by its code."""
    at, person, typed = now(), user_id(request), request.POST.get("code", "")
    back = resolve_url(safe_next(request, "wallet"))
    spend(key=f"coupon-code:{customer(client_ip(request))}", per=CODES_OF_NETWORK, at=at)
    try:
        got = enter_code(
            buyer_id=buyer_of_user(user_id=person, at=at), text=typed, market=request.market.code, at=at,
            who=partial(facts_of, user_id=person, at=at),
        )  # fmt: skip
    except (Conflict, Invalid) as refused:
        messages.error(request, refused.detail)
        return redirect(f"{back}{'&' if '?' in back else '?'}{urlencode({'code': typed[:40]})}")
    else:
        messages.success(request, _("The coupon is in your wallet.") if got.is_new else _("You have entered this code already."))
    return redirect(back)


def _visitor(request: HttpRequest) -> UUID | None:
    return user_id(request) if request.user.is_authenticated else None

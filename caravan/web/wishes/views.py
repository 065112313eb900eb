"""The wish-list: what somebody would like to have, what it cost when they wished for it, and what it costs now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from caravan.catalog.actions import unwish, wish
from caravan.catalog.queries import WishRow, wishes_of
from caravan.kernel.clock import now
from caravan.kernel.errors import Conflict, Invalid, NotFound
from caravan.kernel.markets import Market
from caravan.kernel.money import Money
from caravan.kernel.rates import RateTable
from caravan.promotions.queries.prices import paid_prices
from caravan.search.queries import Card, cards
from caravan.trade.queries.rates import buyer_rates
from caravan.web.cards import CardView, card_views
from caravan.web.guards import safe_next, signed_in, user_id
from caravan.web.pressing import done_when_signed_in
from caravan.web.request import PageRequest
from caravan.web.templating import money, percent


@dataclass(frozen=True, slots=True)
class WishView:
    """`card` is None for what is no longer sold. `then_text`: what it cost when it was wished, at the rate of today, where the
    price has changed; `change_text` by how much, `direction` "fall" or "up"."""

    product_id: UUID
    card: CardView | None
    since: datetime
    then_text: str = ""
    change_text: str = ""
    direction: str = ""


@signed_in
@require_safe
def wishes(request: PageRequest) -> HttpResponse:
    at = now()
    page = wishes_of(user_id=user_id(request), cursor=request.GET.get("after", ""))
    found = cards([row.product_id for row in page.rows], market=request.market, at=at)
    known = {card.id: card for card in found}
    views = dict(zip(known, card_views(found, market=request.market, at=at), strict=True))
    rates = buyer_rates(at)
    context = {
        "wishes": [_view(row, known.get(row.product_id), views, request.market, rates) for row in page.rows],
        "next_cursor": page.next_cursor,
        "is_first": "after" not in request.GET,
    }
    return render(request, "wishes/wishes.html", context)


@done_when_signed_in
@require_POST
def wished(request: PageRequest, product: UUID) -> HttpResponse:
    """Whether it is on the list from now on: the form says `wanted` "1" or "0"."""
    at, market = now(), request.market.code
    if request.POST.get("wanted") != "1":
        unwish(user_id=user_id(request), product_id=product)
        messages.success(request, _("Taken off your wish-list."))
        return redirect(safe_next(request, "wishes"))
    price = paid_prices([(product, market)], at).get((product, market))
    if price is None:
        raise NotFound("product.unknown", _("There is no such product, or it is no longer sold."))
    try:
        wish(user_id=user_id(request), product_id=product, market=market, price=price.offer.price, in_stock=price.in_stock, at=at)
    except Conflict as refused:
        messages.error(request, refused.detail)
    else:
        messages.success(request, _("On your wish-list. You hear of it when it gets cheaper or comes back."))
    return redirect(safe_next(request, "wishes"))


def _view(row: WishRow, card: Card | None, views: dict[UUID, CardView], market: Market, rates: RateTable) -> WishView:
    if card is None:
        return WishView(row.product_id, None, row.at)
    then = _then(row, market, rates)
    view = views[card.id]
    if then is None or then.currency != card.price.currency or then == card.price or not then.minor:
        return WishView(row.product_id, view, row.at)
    change = (card.price.minor - then.minor) / then.minor
    return WishView(row.product_id, view, row.at, money(then), percent(abs(change)), "fall" if change < 0 else "up")


def _then(row: WishRow, market: Market, rates: RateTable) -> Money | None:
    """The price of then in the currency of now; None where it was another market's, or there is no rate."""
    if row.market != market.code:
        return None
    try:
        return rates.convert(row.price, market.currency)
    except Invalid:
        return None

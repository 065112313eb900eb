"""Get it at this price: a piece of a limited deal is held, and lies in the cart."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from caravan.kernel.clock import now
from caravan.kernel.errors import Conflict, Invalid
from caravan.people.actions.buyers import buyer_of_user
from caravan.people.rules.limits import CLAIMS
from caravan.promotions.actions.holding import hold_pieces, let_go
from caravan.promotions.queries.claimable import limited_deal
from caravan.trade.actions.carts import add_to_cart
from caravan.trade.queries.buyer_facts import facts_of
from caravan.trade.rules.cart import CartOwner
from caravan.web.guards import limited, safe_next, user_id
from caravan.web.pressing import done_when_signed_in
from caravan.web.request import PageRequest
from caravan.web.sightings import see
from caravan.web.templating import moment

MOST = 99


@done_when_signed_in
@require_POST
@limited("claim", CLAIMS)
def holds(request: PageRequest, id: UUID) -> HttpResponse:
    """`quantity` pieces held for the visitor, and as many in the cart. The same form again changes nothing."""
    at, person = now(), user_id(request)
    asked = request.POST.get("quantity", "1")
    pieces = int(asked) if asked.isdecimal() and len(asked) < 3 and 1 <= int(asked) <= MOST else 1
    buyer_id = buyer_of_user(user_id=person, at=at)
    try:
        held = hold_pieces(
            goods_id=id, buyer_id=buyer_id, pieces=pieces, market=request.market.code, at=at,
            who=partial(facts_of, user_id=person, at=at),
        )  # fmt: skip
        _put(request, id, person, held.pieces)
    except Conflict as refused:
        messages.error(request, refused.detail)
        return redirect(safe_next(request, "cart"))
    except Invalid as refused:
        let_go(goods_id=id, buyer_id=buyer_id)
        messages.error(request, refused.detail)
        return redirect(safe_next(request, "cart"))
    messages.success(request, _held(held.pieces) % {"count": held.pieces, "time": moment(held.until)})
    return redirect("cart")


def _put(request: PageRequest, goods_id: UUID, person: UUID, pieces: int) -> None:
    at = now()
    deal = limited_deal(goods_id=goods_id, at=at)
    if deal is None:
        raise Conflict("deal.late", _("This deal is over."))
    touched = add_to_cart(
        owner=CartOwner(user_id=person), variant_id=deal.variant_id, quantity=pieces, market=request.market, at=at, in_all=True
    )
    see(request, "cart_add", at=at, product_id=touched.product_id, store_id=touched.store_id, category_path=touched.category_path)


def _held(pieces: int) -> str:
    return ngettext(
        "%(count)s piece is held for you until %(time)s.", "%(count)s pieces are held for you until %(time)s.", pieces
    )

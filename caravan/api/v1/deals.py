"""Limited deals: so many pieces at another price, and those that are held for the token's account."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from uuid import UUID

from django.utils.translation import gettext as _

from caravan.api.endpoint import Call, Nothing, Page, Shape, endpoint
from caravan.kernel.errors import Conflict, Invalid, NotFound
from caravan.people.actions.buyers import buyer_of_user
from caravan.people.rules.limits import CLAIMS
from caravan.promotions.actions.holding import hold_pieces, let_go
from caravan.promotions.queries.claimable import HeldPieces, LimitedPieces, held_pieces, limited_deal, limited_of_product
from caravan.trade.queries.buyer_facts import facts_of

MOST_AT_ONCE = 100


class DealsQuery(Shape, frozen=True):
    """`product`: the id of the product they are on."""

    product: UUID


class HoldBody(Shape, frozen=True):
    """So many pieces are to be held for you in all. Sent again, the answer is the same."""

    pieces: int = 1


class DealShape(Shape, frozen=True):
    """`left` of `quantity` pieces at the deal's price, from `since` until before `until`; `per_buyer` null: as many as there are.
    `yours`: what the token's account holds, has ordered or bought of it."""

    id: UUID
    product_id: UUID
    variant_id: UUID
    name: str
    since: datetime
    until: datetime
    quantity: int
    left: int
    per_buyer: int | None
    yours: int


class HoldShape(Shape, frozen=True):
    """`pieces` of the variant are yours at the deal's price until then; an order made before has them."""

    deal: UUID
    variant_id: UUID
    pieces: int
    until: datetime


@endpoint("GET", "deals", answer=Page[DealShape], query=DealsQuery, auth="optional")
def list_deals(call: Call[DealsQuery, None]) -> Page[DealShape]:
    """The limited deals on a product, and how many pieces each has left at this moment"""
    found = limited_of_product(product_id=call.query.product, at=call.at, user_id=call.account_id)
    return Page(items=[_shape(row) for row in found])


@endpoint("GET", "deals/holds", answer=Page[HoldShape], auth="required")
def list_holds(call: Call[Nothing, None]) -> Page[HoldShape]:
    """The pieces held for you just now"""
    return Page(items=[_hold_shape(row) for row in held_pieces(user_id=call.user_id, at=call.at).values()])


@endpoint("GET", "deals/{deal_id}", answer=DealShape, auth="optional")
def get_deal(call: Call[Nothing, None], deal_id: UUID) -> DealShape:
    """A limited deal while it runs"""
    found = limited_deal(goods_id=deal_id, at=call.at, user_id=call.account_id)
    if found is None:
        raise NotFound("deal.none", _("There is no such deal."))
    return _shape(found)


@endpoint("POST", "deals/{deal_id}/holds", answer=HoldShape, body=HoldBody, auth="required", status=201, spends=("claim", CLAIMS))
def hold_deal(call: Call[Nothing, HoldBody], deal_id: UUID) -> HoldShape:
    """Have pieces held for a quarter of an hour

    They are yours at the deal's price if you order them by then. Put them into a cart yourself.
    """
    if not 1 <= call.body.pieces <= MOST_AT_ONCE:
        raise Invalid("deal.pieces", "Hold 1 to 100 pieces.", pieces="1 to 100")
    user_id = call.user_id
    hold_pieces(
        goods_id=deal_id, buyer_id=buyer_of_user(user_id=user_id, at=call.at), pieces=call.body.pieces, market=call.market.code,
        at=call.at, who=partial(facts_of, user_id=user_id, at=call.at),
    )  # fmt: skip
    found = [row for row in held_pieces(user_id=user_id, at=call.at).values() if row.goods_id == deal_id]
    if not found:
        raise Conflict("deal.let_go", _("You let go of these pieces, or ordered them, in the same moment."))
    return _hold_shape(found[0])


@endpoint("DELETE", "deals/{deal_id}/holds", answer=None, auth="required", status=204, spends=("claim", CLAIMS))
def let_go_of_deal(call: Call[Nothing, None], deal_id: UUID) -> None:
    """Let go of what is held for you: others may have it"""
    let_go(goods_id=deal_id, buyer_id=buyer_of_user(user_id=call.user_id, at=call.at))


def _shape(row: LimitedPieces) -> DealShape:
    return DealShape(
        id=row.goods_id, product_id=row.product_id, variant_id=row.variant_id, name=row.name, since=row.since, until=row.until,
        quantity=row.quantity, left=row.left, per_buyer=row.per_buyer, yours=row.mine,
    )  # fmt: skip


def _hold_shape(row: HeldPieces) -> HoldShape:
    return HoldShape(deal=row.goods_id, variant_id=row.variant_id, pieces=row.pieces, until=row.until)

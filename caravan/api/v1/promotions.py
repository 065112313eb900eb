"""A store's promotions, for its members' tokens: written, looked at, started, paused, stopped."""

from __future__ import annotations

from io import StringIO
from typing import Literal
from uuid import UUID

from caravan.api.endpoint import Call, Nothing, Page, Shape, endpoint
from caravan.api.v1.promotion_shapes import (
    PromotionBody,
    PromotionShape,
    SimulationShape,
    draft_of_body,
    promotion_shape,
)
from caravan.kernel.errors import Invalid
from caravan.people.rules.limits import per_hour
from caravan.promotions.actions.drafting import copy_promotion, discard_draft, save_draft
from caravan.promotions.actions.importing import bring_in
from caravan.promotions.actions.starting import pause_promotion, resume_promotion, start_promotion, stop_promotion
from caravan.promotions.queries.export import promotions_csv
from caravan.promotions.queries.owners import Owner, owner_for
from caravan.promotions.queries.preview import look_at
from caravan.promotions.queries.promotions import PAGE, promotions
from caravan.promotions.rules.lifecycle import Status
from caravan.trade.queries.simulation import simulated

MOST_CHARACTERS = 2_000_000


class PromotionsQuery(Shape, frozen=True):
    status: Literal["", "draft", "scheduled", "live", "paused", "stopped", "ended"] = ""
    cursor: str = ""


class SheetBody(Shape, frozen=True):
    """The text of a CSV file as docs/promotions.md describes it."""

    csv: str


class RefusedLineShape(Shape, frozen=True):
    line: int
    promotion: str
    reason: str


class ImportedShape(Shape, frozen=True):
    """Promotions that are new, changed or as they were; lines that could not be used one by one, the rest is kept."""

    id: str
    name: str
    created: int
    updated: int
    unchanged: int
    refused: list[RefusedLineShape]


class SheetShape(Shape, frozen=True):
    id: str
    name: str
    csv: str


@endpoint("GET", "stores/{slug}/promotions", answer=Page[PromotionShape], query=PromotionsQuery, auth="required")
def list_promotions(call: Call[PromotionsQuery, None], slug: str) -> Page[PromotionShape]:
    """As a member of the store: its promotions, the newest first"""
    owner, q = owner_for(user_id=call.user_id, slug=slug), call.query
    try:
        before = UUID(q.cursor) if q.cursor else None
    except ValueError as e:
        wrong = "This cursor is not one of this list."
        raise Invalid("promotions.cursor", wrong, cursor=wrong) from e
    rows = promotions(owner, call.at, of=Status(q.status) if q.status else None, before=before)
    return Page(items=[PromotionShape.of(row) for row in rows[:PAGE]], next=str(rows[PAGE - 1].id) if len(rows) > PAGE else None)


@endpoint("POST", "stores/{slug}/promotions", answer=PromotionShape, body=PromotionBody, auth="required", status=201)
def add_promotion(call: Call[Nothing, PromotionBody], slug: str) -> PromotionShape:
    """As a member of the store: write a promotion, which is a draft until it is started"""
    owner = owner_for(user_id=call.user_id, slug=slug)
    made = save_draft(user_id=call.user_id, slug=slug, draft=draft_of_body(call.body, owner), at=call.at)
    return _looked(owner, made, call)


@endpoint("GET", "stores/{slug}/promotions/{promotion_id}", answer=PromotionShape, auth="required")
def get_promotion(call: Call[Nothing, None], slug: str, promotion_id: UUID) -> PromotionShape:
    """As a member of the store: a promotion, the prices it announces, the most it can cost, what stands in its way"""
    return _looked(owner_for(user_id=call.user_id, slug=slug), promotion_id, call)


@endpoint(
    "PATCH", "stores/{slug}/promotions/{promotion_id}", answer=PromotionShape, body=PromotionBody, auth="required"
)  # fmt: skip
def change_promotion(call: Call[Nothing, PromotionBody], slug: str, promotion_id: UUID) -> PromotionShape:
    """As a member of the store: write a draft or a planned promotion anew, whole"""
    owner = owner_for(user_id=call.user_id, slug=slug)
    draft = draft_of_body(call.body, owner)
    save_draft(user_id=call.user_id, slug=slug, draft=draft, at=call.at, promotion_id=promotion_id)
    return _looked(owner, promotion_id, call)


@endpoint("DELETE", "stores/{slug}/promotions/{promotion_id}", answer=None, auth="required", status=204)
def remove_promotion(call: Call[Nothing, None], slug: str, promotion_id: UUID) -> None:
    """As a member of the store: throw a draft away"""
    discard_draft(user_id=call.user_id, slug=slug, promotion_id=promotion_id, at=call.at)


@endpoint("GET", "stores/{slug}/promotions/{promotion_id}/simulation", answer=SimulationShape, auth="required")
def simulate_promotion(call: Call[Nothing, None], slug: str, promotion_id: UUID) -> SimulationShape:
    """As a member of the store: what it would have done to the orders of the last thirty days"""
    return SimulationShape.of(simulated(owner_for(user_id=call.user_id, slug=slug), promotion_id, call.at))


@endpoint("POST", "stores/{slug}/promotions/{promotion_id}/start", answer=PromotionShape, auth="required")
def start(call: Call[Nothing, None], slug: str, promotion_id: UUID) -> PromotionShape:
    """As a member of the store: put it on, from now or from when it begins"""
    start_promotion(user_id=call.user_id, slug=slug, promotion_id=promotion_id, at=call.at)
    return _looked(owner_for(user_id=call.user_id, slug=slug), promotion_id, call)


@endpoint("POST", "stores/{slug}/promotions/{promotion_id}/pause", answer=PromotionShape, auth="required")
def pause(call: Call[Nothing, None], slug: str, promotion_id: UUID) -> PromotionShape:
    """As a member of the store: interrupt it"""
    pause_promotion(user_id=call.user_id, slug=slug, promotion_id=promotion_id, at=call.at)
    return _looked(owner_for(user_id=call.user_id, slug=slug), promotion_id, call)


@endpoint("POST", "stores/{slug}/promotions/{promotion_id}/resumption", answer=PromotionShape, auth="required")
def resume(call: Call[Nothing, None], slug: str, promotion_id: UUID) -> PromotionShape:
    """As a member of the store: go on with a paused one"""
    resume_promotion(user_id=call.user_id, slug=slug, promotion_id=promotion_id, at=call.at)
    return _looked(owner_for(user_id=call.user_id, slug=slug), promotion_id, call)


@endpoint("POST", "stores/{slug}/promotions/{promotion_id}/stop", answer=PromotionShape, auth="required")
def stop(call: Call[Nothing, None], slug: str, promotion_id: UUID) -> PromotionShape:
    """As a member of the store: end it for good; coupons that were given out stay good"""
    stop_promotion(user_id=call.user_id, slug=slug, promotion_id=promotion_id, at=call.at)
    return _looked(owner_for(user_id=call.user_id, slug=slug), promotion_id, call)


@endpoint("POST", "stores/{slug}/promotions/{promotion_id}/copy", answer=PromotionShape, auth="required", status=201)
def copy(call: Call[Nothing, None], slug: str, promotion_id: UUID) -> PromotionShape:
    """As a member of the store: the same once more, as a draft"""
    made = copy_promotion(user_id=call.user_id, slug=slug, promotion_id=promotion_id, at=call.at)
    return _looked(owner_for(user_id=call.user_id, slug=slug), made, call)


@endpoint("GET", "stores/{slug}/promotion-sheet", answer=SheetShape, auth="required")
def get_sheet(call: Call[Nothing, None], slug: str) -> SheetShape:
    """As a member of the store: its drafts and what is on, as the text of a CSV file"""
    return SheetShape(id=slug, name=slug, csv=promotions_csv(owner_for(user_id=call.user_id, slug=slug), call.at))


@endpoint(
    "POST", "stores/{slug}/promotion-sheet", answer=ImportedShape, body=SheetBody, auth="required",
    spends=("promotion-file", per_hour(60)),
)  # fmt: skip
def bring_in_sheet(call: Call[Nothing, SheetBody], slug: str) -> ImportedShape:
    """As a member of the store: promotions out of the text of a CSV file; the same again changes nothing"""
    if len(call.body.csv) > MOST_CHARACTERS:
        wrong = f"Send at most {MOST_CHARACTERS} characters at a time."
        raise Invalid("sheet.long", wrong, csv=wrong)
    # As a file is read: splitlines() would end a line at what is only a sign in a name.
    done = bring_in(user_id=call.user_id, slug=slug, lines=StringIO(call.body.csv, newline=""), at=call.at)
    refused = [RefusedLineShape(line=one.line, promotion=one.ref, reason=one.reason) for one in done.refused]
    return ImportedShape(
        id=slug, name=slug, created=done.created, updated=done.updated, unchanged=done.unchanged, refused=refused
    )  # fmt: skip


def _looked(owner: Owner, promotion_id: UUID, call: Call[Nothing, None] | Call[Nothing, PromotionBody]) -> PromotionShape:
    return promotion_shape(look_at(owner, promotion_id, call.at), owner.zone)

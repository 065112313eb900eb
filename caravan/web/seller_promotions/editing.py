"""The form of each tool: goods are found and chosen in it, and nothing typed is lost."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from caravan.catalog.queries.categories import roots
from caravan.catalog.queries.goods import goods as own_goods
from caravan.kernel.clock import now
from caravan.kernel.errors import Conflict, Invalid, NotFound, Problem
from caravan.people.rules.limits import per_hour
from caravan.promotions.actions.drafting import save_draft
from caravan.promotions.queries.goods import goods_by_id
from caravan.promotions.queries.groups import groups_of
from caravan.promotions.queries.history import reference_prices
from caravan.promotions.queries.preview import draft_to_edit, kind_of
from caravan.promotions.rules.drafts import Kind, Means
from caravan.promotions.rules.goods import GoodsFacts
from caravan.promotions.rules.offers import Audience
from caravan.promotions.rules.quotas import QUOTAS
from caravan.promotions.rules.segments import Segment
from caravan.web.guards import limited, signed_in, user_id
from caravan.web.market_choice.options import country_options
from caravan.web.request import PageRequest
from caravan.web.seller_promotions.desk import Desk
from caravan.web.seller_promotions.forms import Read, Typed, empty, read, shown
from caravan.web.seller_promotions.words import audience_name, kind_text, means_name, segment_name

FOUND = 12  # products shown of a search


@signed_in
@require_http_methods(["GET", "POST"])
@limited("promotion", per_hour(300))
def new(request: PageRequest, slug: str, kind: str) -> HttpResponse:
    return new_at(request, Desk.of(request, slug), kind)


@signed_in
@require_http_methods(["GET", "POST"])
@limited("promotion", per_hour(300))
def terms(request: PageRequest, slug: str, id: UUID) -> HttpResponse:
    return terms_at(request, Desk.of(request, slug), id)


def new_at(request: PageRequest, desk: Desk, kind: str) -> HttpResponse:
    if kind not in desk.kinds:
        raise NotFound("promotion.kind", _("There is no such tool."))
    if request.method == "GET":
        return _page(request, desk, Kind(kind), empty(Kind(kind), desk.owner, now()))
    return _saved(request, desk, Kind(kind), None)


def terms_at(request: PageRequest, desk: Desk, id: UUID) -> HttpResponse:
    if request.method == "POST":
        return _saved(request, desk, kind_of(desk.owner, id), id)
    draft = draft_to_edit(desk.owner, id, now())
    return _page(request, desk, draft.kind, shown(draft, desk.owner.zone), id=id)


def _saved(request: PageRequest, desk: Desk, kind: Kind, id: UUID | None) -> HttpResponse:
    typed, at, found = Typed.posted(request.POST), now(), None
    if "redraw" in request.POST:
        return _page(request, desk, kind, typed, id=id)
    try:
        found = read(kind, typed, desk.owner, _facts(desk, typed))
        made = save_draft(user_id=user_id(request), slug=desk.slug, draft=found.draft, at=at, promotion_id=id)
    except (Invalid, Conflict) as refused:
        return _page(request, desk, kind, typed, id=id, problem=refused, found=found)
    messages.success(request, _("Saved. Look at what buyers will see, and at what it may cost, then start it."))
    return HttpResponseRedirect(desk.url("promotion", id=made))


def _facts(desk: Desk, typed: Typed) -> dict[UUID, GoodsFacts]:
    chosen = (*typed.chosen("goods"), *typed.chosen("gifts"))
    return goods_by_id(desk.owner.store_id, chosen) if desk.owner.store_id and chosen else {}


def _page(
    request: PageRequest,
    desk: Desk,
    kind: Kind,
    typed: Typed,
    *,
    id: UUID | None = None,
    problem: Problem | None = None,
    found: Read | None = None,
) -> HttpResponse:
    language = request.market.language
    errors = {(found.control(field) if found else field): text for field, text in (problem.fields if problem else {}).items()}
    goods = _facts(desk, typed)
    context: dict[str, Any] = desk.context() | choosing(desk, typed, goods, now()) | {
        "kind": kind,
        "lead": kind_text(kind),
        "typed": typed,
        "errors": errors,
        "error_rows": [(f"id_{name}", text) for name, text in errors.items()],
        "problem": problem,
        "id": id,
        "form_url": desk.url("promotion-terms", id=id) if id else desk.url("promotion-new", kind=kind.value),
        "back_url": desk.url("promotion", id=id) if id else desk.url("promotions"),
        "countries": country_options(language),
        "audiences": _audiences(desk),
        "segments": [(segment.value, segment_name(segment)) for segment in Segment],
        "means": _means(desk),
        "scopes": _scopes(desk),
        "groups": _groups(desk),
        "departments": [(row.path, row.name) for row in roots(language)],
        "tiers": range(QUOTAS.tiers),
    }  # fmt: skip
    return render(request, "promotions/form.html", context, status=problem.status if problem else 200)


def choosing(desk: Desk, typed: Typed, goods: dict[UUID, GoodsFacts], at: datetime) -> dict[str, Any]:
    """What the chooser of goods shows: those chosen, those found by what was typed, and what each cost at least of late."""
    if desk.owner.store_id is None:
        return {"goods": [], "gifts": [], "found": {}, "lowest": {}}
    found = {}
    for name in ("goods", "gifts"):
        query, chosen = typed[f"{name}-q"], set(typed.chosen(name))
        rows = own_goods(desk.owner.store_id, query=query[:80], status="active") if query or not chosen else []
        found[name] = [row for row in rows if row.id not in chosen][:FOUND]
    variants = [v.id for one in goods.values() for v in one.variants]
    lowest = reference_prices(variants, "", at) if variants else {}
    return {
        "goods": [goods[id] for id in typed.chosen("goods") if id in goods],
        "gifts": [goods[id] for id in typed.chosen("gifts") if id in goods],
        "found": found,
        "lowest": {id: one.price for id, one in lowest.items()},
    }


def _audiences(desk: Desk) -> list[tuple[str, str]]:
    open_to = [a for a in Audience if desk.slug is not None or a is not Audience.FOLLOWERS]
    return [(audience.value, audience_name(audience, of_store=desk.slug is not None)) for audience in open_to]


def _means(desk: Desk) -> list[tuple[str, str]]:
    of_store = desk.slug is not None
    return [(m.value, means_name(m, of_store=of_store)) for m in Means if of_store or m is not Means.FOLLOWER]


def _groups(desk: Desk) -> list[tuple[str, str]]:
    there = groups_of(desk.owner.store_id) if desk.owner.store_id else []
    return [("", "–"), *((str(group.id), f"{group.name} ({group.products})") for group in there)]


def _scopes(desk: Desk) -> list[tuple[str, str]]:
    if desk.slug is None:
        return [("all", _("Everything on the market")), ("categories", _("Departments"))]
    return [("all", _("Everything you sell")), ("group", _("A group of products")), ("chosen", _("Chosen products"))]

"""The platform's own promotions, by the pages stores have; and what all stores have on offer."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from caravan.kernel.clock import now
from caravan.promotions.queries.promotions import PAGE, of_all_stores, owner_of_any
from caravan.promotions.rules.lifecycle import Status
from caravan.web.guards import operators, user_id
from caravan.web.request import PageRequest
from caravan.web.seller_promotions.codes import codes_at, csv_at
from caravan.web.seller_promotions.desk import Desk
from caravan.web.seller_promotions.editing import new_at, terms_at
from caravan.web.seller_promotions.forms.typed import uuid_of
from caravan.web.seller_promotions.lists import asked_status, calendar_context, list_context, paged, status_name
from caravan.web.seller_promotions.pages import moved_at, promotion_at


@operators
@require_safe
def promotion_list(request: PageRequest) -> HttpResponse:
    return render(request, "promotions/list.html", list_context(request, Desk.of(request, None)))


@operators
@require_safe
def calendar(request: PageRequest) -> HttpResponse:
    return render(request, "promotions/calendar.html", calendar_context(request, Desk.of(request, None)))


@operators
@require_safe
def of_stores(request: PageRequest) -> HttpResponse:
    """What every store has on, has planned and had; drafts only where asked for."""
    desk, status = Desk.of(request, None), asked_status(request)
    before = uuid_of(request.GET.get("before", ""))
    rows = of_all_stores(operator_id=user_id(request), at=now(), of=status, before=before)
    tabs = [(_("All"), "?", status is None, "")] + [(status_name(s), f"?status={s}", s is status, "") for s in Status]
    context = desk.context() | paged(request, status, [one.row.id for one in rows]) | {"rows": rows[:PAGE], "tabs": tabs}
    return render(request, "promotions/of_stores.html", context)


@operators
@require_http_methods(["GET", "POST"])
def new(request: PageRequest, kind: str) -> HttpResponse:
    return new_at(request, Desk.of(request, None), kind)


@operators
@require_safe
def promotion(request: PageRequest, id: UUID) -> HttpResponse:
    """The platform's own, or a store's: to be looked at."""
    owner = owner_of_any(operator_id=user_id(request), promotion_id=id)
    return promotion_at(request, Desk(owner, None), id, may_act=owner.store is None)


@operators
@require_http_methods(["GET", "POST"])
def terms(request: PageRequest, id: UUID) -> HttpResponse:
    return terms_at(request, Desk.of(request, None), id)


@operators
@require_http_methods(["GET", "HEAD", "POST"])
def codes(request: PageRequest, id: UUID) -> HttpResponse:
    return codes_at(request, Desk.of(request, None), id)


@operators
@require_safe
def codes_csv(request: PageRequest, id: UUID) -> HttpResponse:
    return csv_at(Desk.of(request, None), id)


@operators
@require_POST
def move(request: PageRequest, id: UUID, noun: str) -> HttpResponse:
    return moved_at(request, Desk.of(request, None), id, noun)

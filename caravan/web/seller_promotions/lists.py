"""All promotions of an owner: as a list, and day by day."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from babel.dates import format_date
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from caravan.kernel.clock import now
from caravan.promotions.queries.promotions import PAGE, PromotionRow, counts, promotions, running
from caravan.promotions.rules.lifecycle import Status
from caravan.web.guards import signed_in
from caravan.web.request import PageRequest
from caravan.web.seller_promotions.desk import Desk
from caravan.web.seller_promotions.forms.typed import uuid_of
from caravan.web.seller_promotions.words import kind_text


@signed_in
@require_safe
def promotion_list(request: PageRequest, slug: str) -> HttpResponse:
    return render(request, "promotions/list.html", list_context(request, Desk.of(request, slug)))


@signed_in
@require_safe
def calendar(request: PageRequest, slug: str) -> HttpResponse:
    return render(request, "promotions/calendar.html", calendar_context(request, Desk.of(request, slug)))


def list_context(request: PageRequest, desk: Desk) -> dict[str, object]:
    at, status = now(), asked_status(request)
    rows = promotions(desk.owner, at, of=status, before=uuid_of(request.GET.get("before", "")))
    there = counts(desk.owner, at)
    tabs = [(_("All"), desk.url("promotions"), status is None, str(sum(there.values())))]
    tabs += [
        (status_name(s), f"{desk.url('promotions')}?status={s}", s is status, str(n))
        for s, n in there.items()
        if n or s is status
    ]
    return desk.context() | paged(request, status, [row.id for row in rows]) | {
        "rows": rows[:PAGE],
        "tabs": tabs,
        "kinds": [(kind, kind_text(kind)) for kind in desk.kinds],
    }  # fmt: skip


def paged(request: PageRequest, status: Status | None, ids: list[UUID]) -> dict[str, object]:
    """The addresses of the first page and of the next one."""
    here = {"status": status.value} if status else {}
    return {
        "next_url": f"?{urlencode({**here, 'before': ids[PAGE - 1]})}" if len(ids) > PAGE else "",
        "first_url": f"?{urlencode(here)}" if "before" in request.GET else "",
    }


def asked_status(request: PageRequest) -> Status | None:
    wanted = request.GET.get("status", "")
    return Status(wanted) if wanted in tuple(Status) else None


def status_name(status: Status) -> str:
    return {
        Status.DRAFT: _("Drafts"),
        Status.SCHEDULED: _("Planned"),
        Status.LIVE: _("Live"),
        Status.PAUSED: _("Paused"),
        Status.STOPPED: _("Stopped"),
        Status.ENDED: _("Over"),
    }[status]


@dataclass(frozen=True, slots=True)
class Bar:
    """A promotion in a month: from its `first` to its `last` day there, and whether it goes on beyond either."""

    row: PromotionRow
    first: int
    last: int
    goes_on: bool
    began_before: bool


def calendar_context(request: PageRequest, desk: Desk) -> dict[str, object]:
    at, zone = now(), ZoneInfo(desk.owner.zone)
    month = _month(request.GET.get("month", ""), at.astimezone(zone).date())
    days = monthrange(month.year, month.month)[1]
    since = datetime(month.year, month.month, 1, tzinfo=zone)
    until = datetime.combine(month + timedelta(days=days), datetime.min.time(), tzinfo=zone)
    bars = [_bar(row, since, until, days, zone) for row in running(desk.owner, since, until, at)]
    before, after = (month - timedelta(days=1)).replace(day=1), month + timedelta(days=days)
    return desk.context() | {
        "bars": bars,
        "month": month,
        "month_name": format_date(month, "LLLL y", locale=request.market.locale),
        "legend": [(s.value, status_name(s)) for s in (Status.LIVE, Status.SCHEDULED, Status.PAUSED, Status.ENDED)],
        "days": range(1, days + 1),
        "weekends": {n for n in range(1, days + 1) if month.replace(day=n).weekday() >= 5},
        "today": at.astimezone(zone).date(),
        "before_url": f"?month={before:%Y-%m}",
        "after_url": f"?month={after:%Y-%m}",
    }


def _month(text: str, today: date) -> date:
    try:
        found = date.fromisoformat(f"{text}-01") if text else today.replace(day=1)
    except ValueError:
        return today.replace(day=1)
    return found if 2000 <= found.year <= 2100 else today.replace(day=1)


def _bar(row: PromotionRow, since: datetime, until: datetime, days: int, zone: ZoneInfo) -> Bar:
    end = min(row.until, row.ended_at or row.until)
    first = row.since.astimezone(zone).day if row.since > since else 1
    # It lasts until before its end: its last day is that of the instant before.
    last = (end - timedelta(microseconds=1)).astimezone(zone).day if end < until else days
    return Bar(row, first, last, goes_on=end > until, began_before=row.since < since)

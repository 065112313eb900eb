"""A store's service score, part by part, with what would lift each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from caravan.kernel.clock import now
from caravan.reputation.queries import service_of
from caravan.reputation.rules.service import WINDOW_DAYS, Part
from caravan.stores.queries import store_for_member
from caravan.web.guards import signed_in, user_id
from caravan.web.request import PageRequest
from caravan.web.templating import decimal, percent

RATINGS = ("described", "communication", "shipping")


@dataclass(frozen=True, slots=True)
class PartView:
    """The texts are ready to show; `advice` is empty where nothing is to be gained."""

    title: str
    value: str
    points: str
    weight: int
    lift: str
    advice: str


@signed_in
@require_safe
def service(request: PageRequest, slug: str) -> HttpResponse:
    store = store_for_member(user_id=user_id(request), slug=slug)
    at = now()
    score = service_of(store.id, at=at)
    level = {
        "excellent": (_("excellent"), "good"),
        "good": (_("good"), "info"),
        "pass": (_("pass"), "warn"),
        "fail": (_("fail"), "bad"),
    }.get(score.level or "", ("", ""))
    context = {
        "store": store,
        "section": "service",
        "score": score,
        "level": level,
        "parts": [_view(part) for part in score.parts],
        "window_days": WINDOW_DAYS,
        "at": at,
    }
    return render(request, "seller_service/service.html", context)


def _view(part: Part) -> PartView:
    title, advice = _words()[part.name]
    shown = partial(decimal, digits=2) if part.name in RATINGS else partial(percent, digits=1)
    value = "" if part.value is None else shown(part.value)
    return PartView(
        title=title,
        value=value,
        points=decimal(part.points),
        weight=part.weight,
        lift=decimal(part.lift) if part.lift else "",
        advice=advice % {"good": shown(part.good)} if part.lift else "",
    )


def _words() -> dict[str, tuple[str, str]]:
    return {
        "not_sold": (
            _("Orders you did not ship"),
            _("Keep stock true and ship in time: full points below %(good)s."),
        ),
        "not_received": (
            _("Disputes: did not arrive"),
            _("Ship with tracking and answer before the buyer asks: full points below %(good)s."),
        ),
        "not_as_described": (
            _("Disputes: not as described"),
            _("Say in pictures and words what is sent, flaws included: full points below %(good)s."),
        ),
        "liable": (
            _("Disputes you were held liable for"),
            _("Answer each dispute within five days and settle it with the buyer: full points at %(good)s."),
        ),
        "positive": (_("Positive feedback"), _("Full points from %(good)s.")),
        "described": (_("Item as described"), _("Full points from a mean of %(good)s.")),
        "communication": (_("Communication"), _("Answer the same day: full points from a mean of %(good)s.")),
        "shipping": (_("Shipping speed"), _("Ship sooner than promised: full points from a mean of %(good)s.")),
    }

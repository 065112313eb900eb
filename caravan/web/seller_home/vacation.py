from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from caravan.kernel.clock import now
from caravan.kernel.errors import Invalid
from caravan.stores.actions.vacation import end_vacation, plan_vacation
from caravan.stores.queries import store_for_member
from caravan.stores.queries.vacations import planned_vacation
from caravan.stores.rules.vacation import Vacation
from caravan.web.guards import signed_in, user_id
from caravan.web.request import PageRequest


@signed_in
@require_http_methods(["GET", "POST"])
def vacation(request: PageRequest, slug: str) -> HttpResponse:
    """When the store is away, and what that means for buyers."""
    store = store_for_member(user_id=user_id(request), slug=slug, role="owner")
    planned = planned_vacation(store.id)
    context: dict[str, object] = {"store": store, "section": "settings", "planned": planned}
    context |= {"errors": {}, "typed": _shown(planned)}
    if request.method == "POST":
        try:
            if "end" in request.POST:
                end_vacation(user_id=user_id(request), slug=slug, at=now())
                messages.success(request, _("Your store is open as always."))
            else:
                plan_vacation(user_id=user_id(request), slug=slug, vacation=_typed(request), at=now())
                messages.success(request, _("Saved. Buyers see it on your store and your goods during these days."))
        except Invalid as refused:
            context |= {"errors": refused.fields, "typed": request.POST}
            return render(request, "seller/vacation.html", context, status=refused.status)
        return redirect("seller-vacation", slug=slug)
    return render(request, "seller/vacation.html", context)


def _typed(request: PageRequest) -> Vacation:
    said = request.POST
    days = {}
    for name in ("since", "until"):
        try:
            days[name] = date.fromisoformat(said.get(name, ""))
        except ValueError as e:
            raise Invalid("vacation.date", _("Choose a day."), **{name: _("Choose a day.")}) from e
    extra = said.get("extra_days", "")
    return Vacation(
        since=days["since"],
        until=days["until"],
        mode=said.get("mode", ""),
        extra_days=int(extra) if extra.isascii() and extra.isdecimal() and len(extra) < 4 else 0,
        message=said.get("message", ""),
    )


def _shown(planned: Vacation | None) -> dict[str, str]:
    if planned is None:
        return {"mode": "closed", "extra_days": "5"}
    return {
        "since": planned.since.isoformat(), "until": planned.until.isoformat(), "mode": planned.mode,
        "extra_days": str(planned.extra_days or 5), "message": planned.message,
    }  # fmt: skip

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from caravan.kernel.clock import now
from caravan.kernel.errors import Conflict, Invalid, NotFound
from caravan.people.rules.limits import per_hour
from caravan.reputation.actions import leave_feedback
from caravan.reputation.queries import feedback_by_account, line_of_order, rated_lines
from caravan.reputation.rules import DEFAULTS
from caravan.trade.queries.orders import order_for_buyer
from caravan.trade.queries.received import lines_awaiting_feedback
from caravan.web.checkout.viewer import keyed, viewer_of
from caravan.web.feedback.forms import FeedbackForm
from caravan.web.feedback.reviews import review_views
from caravan.web.guards import limited, signed_in, user_id
from caravan.web.request import PageRequest


@signed_in
@require_safe
def feedback(request: PageRequest) -> HttpResponse:
    """What waits for feedback, and what was given."""
    me, at = user_id(request), now()
    received = lines_awaiting_feedback(user_id=me, since=at - DEFAULTS.review_window)
    rated = rated_lines(line.line_id for line in received)
    page = feedback_by_account(me, cursor=request.GET.get("after", ""))
    context = {
        "waiting": [line for line in received if line.line_id not in rated],
        "window": DEFAULTS.review_window,
        "given": review_views(page.rows, request.market),
        "next": page.next,
        "is_first": "after" not in request.GET,
    }
    return render(request, "feedback/feedback.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@limited("feedback", per_hour(120))
def line_feedback(request: PageRequest, number: str, line: UUID) -> HttpResponse:
    """One thing bought, rated by its account or by a guest with the key of their letter."""
    if request.method != "POST":
        return _form(request, number, line, FeedbackForm())
    viewer, form = viewer_of(request), FeedbackForm.typed(request.POST)
    bought = line_of_order(viewer=viewer, number=number, line_id=line)
    try:
        leave_feedback(buyer_id=bought.buyer_id, line_id=line, opinion=form.opinion(), at=now())
    except Invalid as refused:
        return _form(request, number, line, form, refused)
    except Conflict as refused:
        messages.info(request, refused.detail)
        return redirect(keyed("order", viewer.key, number=number))
    messages.success(request, _("Thank you. Your feedback stands beside the product from now on."))
    return HttpResponseRedirect(keyed("order", viewer.key, number=number) if viewer.key else reverse("feedback"))


def _form(request: PageRequest, number: str, line_id: UUID, form: FeedbackForm, refused: Invalid | None = None) -> HttpResponse:
    viewer = viewer_of(request)
    order = order_for_buyer(viewer=viewer, number=number)
    line = next((line for line in order.lines if line.id == line_id), None)
    if line is None:
        raise NotFound("feedback.line", _("There is no such purchase of yours."))
    context = {
        "order": order,
        "line": line,
        "form": form,
        "errors": refused.fields if refused else {},
        "given": rated_lines([line_id]).get(line_id),
        "can_rate": order.received_at is not None and now() <= order.received_at + DEFAULTS.review_window,
        "back_url": keyed("order", viewer.key, number=number),
        "action": keyed("line-feedback", viewer.key, number=number, line=line_id),
    }
    return render(request, "feedback/line.html", context, status=refused.status if refused else 200)

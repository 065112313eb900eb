"""What buyers said of a store, for those who act for it, and the store's answer."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from caravan.kernel.clock import now
from caravan.kernel.errors import Conflict, Invalid
from caravan.people.rules.limits import per_hour
from caravan.reputation.actions import reply_to_feedback
from caravan.reputation.queries import credit_of, feedback_of_store, unanswered
from caravan.stores.queries import StoreRow, store_for_member
from caravan.web.feedback.reviews import asked_stars, review_views
from caravan.web.guards import limited, signed_in, user_id
from caravan.web.request import PageRequest
from caravan.web.store.credit import credit_view


@signed_in
@require_safe
def feedback(request: PageRequest, slug: str) -> HttpResponse:
    return _page(request, store_for_member(user_id=user_id(request), slug=slug))


@signed_in
@require_POST
@limited("feedback-reply", per_hour(300))
def reply(request: PageRequest, slug: str, id: UUID) -> HttpResponse:
    store = store_for_member(user_id=user_id(request), slug=slug)
    try:
        reply_to_feedback(store_id=store.id, feedback_id=id, text=request.POST.get("text", ""), at=now())
    except Invalid as refused:
        return _page(request, store, id, refused)
    except Conflict as refused:
        messages.info(request, refused.detail)
    else:
        messages.success(request, _("Your answer stands under the feedback."))
    return redirect("seller-feedback", slug=slug)


def _page(request: PageRequest, store: StoreRow, answered: UUID | None = None, refused: Invalid | None = None) -> HttpResponse:
    stars = asked_stars(request.GET)
    page = feedback_of_store(store.id, stars=stars, cursor=request.GET.get("after", ""))
    waiting = unanswered(store.id)
    context = {
        "store": store,
        "section": "feedback",
        "store_counts": {"feedback": str(waiting)} if waiting else {},
        "waiting": waiting,
        "credit": credit_view(credit_of(store.id)),
        "reviews": review_views(page.rows, request.market),
        "stars": stars,
        "next": page.next,
        "is_first": "after" not in request.GET,
        "answered": answered,
        "typed": request.POST.get("text", ""),
        "error": refused.fields.get("text", refused.detail) if refused else "",
    }
    return render(request, "feedback/seller.html", context, status=refused.status if refused else 200)

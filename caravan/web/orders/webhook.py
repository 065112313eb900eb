from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from caravan.kernel.clock import now
from caravan.kernel.errors import Problem
from caravan.trade.actions.tracking import hear_tracking
from caravan.web.request import PageRequest


@csrf_exempt
@require_POST
def tracking(request: PageRequest, source: str) -> HttpResponse:
    """A carrier or aggregator tells of a parcel; a program asks, so a refusal is problem details."""
    try:
        heard = hear_tracking(source=source, headers=request.headers, body=request.body, at=now())
    except Problem as refused:
        told = {"type": f"urn:caravan:{refused.code}", "title": refused.title, "status": refused.status, "detail": refused.detail}
        return JsonResponse(told, status=refused.status, content_type="application/problem+json")
    return JsonResponse({"parcels": heard})

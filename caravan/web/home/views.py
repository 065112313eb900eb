from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from caravan.insight.rules import Period
from caravan.kernel.clock import now
from caravan.web.home.stores import best_stores
from caravan.web.home.strips import strips
from caravan.web.request import PageRequest
from caravan.web.seo.jsonld import site
from caravan.web.wording import said as _


@require_safe
def home(request: PageRequest) -> HttpResponse:
    at, market = now(), request.market
    context = {
        "strips": strips(market, at),
        "best": best_stores(market),
        "periods": {Period.DAY: _("last 24 hours"), Period.WEEK: _("last 7 days"), Period.MONTH: _("last 30 days")},
        "jsonld": site(reverse("home"), reverse("search")),
    }
    return render(request, "home/home.html", context)

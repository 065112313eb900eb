from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from caravan.kernel import markets
from caravan.kernel.clock import now
from caravan.kernel.errors import Invalid
from caravan.people.actions.accounts import choose_market
from caravan.web.guards import safe_next, user_id
from caravan.web.market import COOKIE, PREFIX
from caravan.web.market_choice.options import country_options, currency_options, language_options
from caravan.web.middleware.market import TWO_YEARS
from caravan.web.request import PageRequest


@require_http_methods(["GET", "POST"])
def market(request: PageRequest) -> HttpResponse:
    """Choose where parcels go, and the language and currency of every page from here on."""
    if request.method == "POST":
        return _choose(request)
    context = {
        "next": safe_next(request, ""),
        "countries": country_options(request.market.language),
        "languages": language_options(),
        "currencies": currency_options(request.market.language, now()),
    }
    return render(request, "market/market.html", context)


def _choose(request: PageRequest) -> HttpResponse:
    country, language = request.POST.get("country", "").upper(), request.POST.get("language", "")
    if country not in markets.countries() or language not in markets.LANGUAGES:
        raise Invalid("market.unknown", _("Choose a country and a language from the lists."))
    offered = {code for code, _name in currency_options(language, now())}
    wanted = request.POST.get("currency", "") or markets.country(country).currency
    currency = next((code for code in (wanted, markets.country(country).currency, "USD") if code in offered), "EUR")
    chosen = markets.market(country, language, currency)
    if request.user.is_authenticated:
        choose_market(user_id=user_id(request), country=country, language=language, currency=currency)
    response = HttpResponseRedirect(_same_page(safe_next(request, "/"), chosen.prefix), status=303)
    # Whether what follows the prefix exists in the other market is for that page to say.
    response.set_cookie(COOKIE, f"{chosen.prefix}:{currency}", max_age=TWO_YEARS, samesite="Lax", secure=settings.PRODUCTION)
    return response


def _same_page(path: str, prefix: str) -> str:
    """“/en-us/cart?x=1” as “/pt-br/cart?x=1”."""
    return PREFIX.sub(f"/{prefix}", path) if PREFIX.match(path) else f"/{prefix}{path}"

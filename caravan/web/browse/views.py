from __future__ import annotations

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from caravan.catalog import queries as catalog
from caravan.kernel.clock import now
from caravan.web.addresses import category_url, page_url
from caravan.web.browse import suggestions
from caravan.web.browse.asked import clean, read
from caravan.web.browse.listing import Listing, listing
from caravan.web.guards import searching
from caravan.web.request import PageRequest
from caravan.web.seo.jsonld import breadcrumbs, item_list
from caravan.web.sightings import see
from caravan.web.wording import said as _


@require_safe
def category(request: PageRequest, path: str) -> HttpResponse:
    at, market = now(), request.market
    row = catalog.category(path.strip("/"), market.language)
    asked = replace(read(request.GET, locale=market.locale), text="", category="")
    shown = listing(asked, path=request.path, market=market, at=at, category=row.path)
    above = catalog.ancestors(row.path, market.language)
    crumbs = [(_("Home"), page_url("home")), *((one.name, category_url(one.path)) for one in above[:-1]), (row.name, "")]
    tree = catalog.tree(market.language)
    children = [(tree[child].name, category_url(child), False) for child in row.children if _worth_showing(shown, child)]
    context = {"heading": row.name, "list": shown, "crumbs": crumbs, "children": children, "indexed": asked.is_plain, "query": ""}
    return render(request, "browse/listing.html", context | _structured(request, shown, crumbs))


@require_safe
@searching(5)
def search(request: PageRequest) -> HttpResponse:
    at, market = now(), request.market
    asked = read(request.GET, locale=market.locale)
    if asked.category not in catalog.tree(market.language):
        asked = replace(asked, category="")
    shown = listing(asked, path=request.path, market=market, at=at)
    if asked.text and not asked.cursor:
        see(request, "search", at=at, query=asked.text, results=shown.total, category_path=asked.category)
    heading = asked.text or _("All goods")
    context = {"heading": heading, "list": shown, "crumbs": [], "children": [], "indexed": False, "query": asked.text}
    return render(request, "browse/listing.html", context | {"jsonld": ()})


@require_safe
@searching(1)
def suggest(request: PageRequest) -> HttpResponse:
    """What may be meant by what is being typed: lines for the list under the search field."""
    rows = suggestions.rows(clean(request.GET.get("q", "")), market=request.market, at=now())
    response = render(request, "browse/suggest.html", {"rows": rows})
    response["Cache-Control"] = "private, max-age=60"
    return response


def _worth_showing(shown: Listing, child: str) -> bool:
    """While filters are on, or nothing is known of counts, a branch is shown whether or not goods are left in it."""
    return child in shown.category_counts or not shown.category_counts


def _structured(request: PageRequest, shown: Listing, crumbs: list[tuple[str, str]]) -> dict[str, object]:
    here = request.path
    return {"jsonld": (breadcrumbs([(name, url or here) for name, url in crumbs]), item_list(card.url for card in shown.cards))}

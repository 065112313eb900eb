from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from caravan.catalog.queries import ancestors, tree
from caravan.insight.queries import Kind, RankingPage, markets_listed, ranking
from caravan.insight.rules import Period, shown
from caravan.kernel import markets
from caravan.kernel.clock import now
from caravan.kernel.markets import Market
from caravan.kernel.sheets import csv_text
from caravan.web.addresses import page_url
from caravan.web.rankings.asked import DEEPEST, PAGE, Asked, read
from caravan.web.rankings.places import place_views
from caravan.web.rankings.words import band, period_words
from caravan.web.request import PageRequest
from caravan.web.wording import said as _


@require_safe
def rankings(request: PageRequest) -> HttpResponse:
    market = request.market
    asked = read(request.GET, market)
    page = _page(asked, limit=PAGE)
    context = {
        "asked": asked,
        "page": page,
        "places": place_views(page, market, now()),
        "heading": _heading(asked, market),
        "kinds": [(text, asked.address(request.path, kind=kind), kind == asked.kind, "") for kind, text in kind_words().items()],
        "periods": [(period_words(p), asked.address(request.path, period=p), p == asked.period) for p in Period],
        "categories": _categories(asked, market),
        "countries": _countries(asked, market),
        "crumbs": _crumbs(asked, request.path, market),
        "csv_url": asked.address(page_url("rankings-csv")),
        "first_url": asked.address(request.path) if asked.after else "",
        "next_url": asked.address(request.path, after=page.next) if page.next else "",
        "wider_url": asked.address(request.path, period=Period.MONTH, market="")
        if asked.market or asked.period != Period.MONTH
        else "",
    }
    return render(request, "rankings/rankings.html", context)


@require_safe
def places_csv(request: PageRequest) -> HttpResponse:
    """The whole list as a file; counts as the page shows them."""
    asked = read(request.GET, request.market)
    page = _page(asked, limit=DEEPEST)
    rows: list[list[object]] = [
        ["rank", "name", "address", "buyers", "units", "stars", "ratings", "category", "market", "from", "until", "refreshed"]
    ]
    spans = [page.windows.recent_from.isoformat(), page.windows.until.isoformat()] if page.windows else ["", ""]
    refreshed = page.refreshed_at.isoformat() if page.refreshed_at else ""
    figures = {place.rank: place.figures for place in page.places}
    for view in place_views(page, request.market, now()):
        f = figures[view.rank]
        rows.append(
            [
                view.rank, view.title, request.build_absolute_uri(view.url), band(shown(f.buyers, buyers=f.buyers)),
                band(shown(f.units, buyers=f.buyers)), f"{f.stars:.2f}", f.ratings, asked.category, asked.market, *spans,
                refreshed,
            ]
        )  # fmt: skip
    response = HttpResponse(csv_text(rows), content_type="text/csv; charset=utf-8")
    name = "-".join(filter(None, (asked.kind, asked.category.replace("/", "-"), asked.market, asked.period.value)))
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def kind_words() -> dict[Kind, str]:
    return {
        "products": _("Hot products"),
        "stores": _("Best-selling stores"),
        "rising_products": _("Rising products"),
        "rising_stores": _("Rising stores"),
    }


def _page(asked: Asked, *, limit: int) -> RankingPage:
    return ranking(asked.kind, category=asked.category, market=asked.market, period=asked.period, limit=limit, after=asked.after)


def _heading(asked: Asked, market: Market) -> str:
    words = kind_words()[asked.kind]
    if not asked.category:
        return words
    return _("%(list)s in %(category)s") % {"list": words, "category": tree(market.language)[asked.category].name}


def _crumbs(asked: Asked, path: str, market: Market) -> list[tuple[str, str]]:
    above = ancestors(asked.category, market.language) if asked.category else []
    start = [(_("Home"), page_url("home")), (_("Rankings"), asked.address(path, category="") if above else "")]
    return [*start, *((row.name, asked.address(path, category=row.path) if row.path != asked.category else "") for row in above)]


def _categories(asked: Asked, market: Market) -> list[tuple[str, str]]:
    """One step up or down the tree, never the whole of it: (path, name)."""
    known = tree(market.language)
    below = known[asked.category].children if asked.category else tuple(path for path, row in known.items() if not row.depth)
    above = ancestors(asked.category, market.language) if asked.category else []
    indented = [(path, "\u2003" * (len(above) + bool(asked.category)) + known[path].name) for path in below]
    return [("", _("All goods")), *((row.path, "\u2003" * n + row.name) for n, row in enumerate(above, start=1)), *indented]


def _countries(asked: Asked, market: Market) -> list[tuple[str, str]]:
    """All, the visitor's own, and every other there is such a list for."""
    listed = {*markets_listed(asked.kind, category=asked.category, period=asked.period), *filter(None, (asked.market,))}
    others = sorted(
        (markets.country(code).name(market.language), code) for code in listed - {market.code} if code in markets.countries()
    )
    own = (market.code, market.country.name(market.language))
    return [("all", _("All countries")), own, *((code, name) for name, code in others)]

"""Which list an address asks for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from caravan.catalog.queries import category
from caravan.insight.queries import KINDS, Kind
from caravan.insight.rules import Period
from caravan.kernel import markets
from caravan.kernel.errors import BadRequest, NotFound
from caravan.kernel.markets import Market

PAGE = 20
DEEPEST = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """A list and how far down it: `category` "" is all goods, `market` "" all countries, `after` the rank to go on from."""

    kind: Kind = "products"
    category: str = ""
    market: str = ""
    period: Period = Period.WEEK
    after: int = 0

    def address(self, path: str, **change: object) -> str:
        """The same list but for `change`; from its first place unless `after` is given."""
        asked = {"kind": self.kind, "category": self.category, "market": self.market, "period": self.period, "after": 0}
        return _address(path, **{**asked, **change})


@lru_cache(maxsize=4_096)
def _address(path: str, kind: str, category: str, market: str, period: Period, after: int) -> str:
    pairs = {"kind": kind, "category": category, "market": market or "all", "period": period.value, "after": str(after)}
    default = {"kind": "products", "category": "", "market": "all", "period": "7d", "after": "0"}
    kept = {name: value for name, value in pairs.items() if value != default[name]}
    return f"{path}?{urlencode(kept)}" if kept else path


def read(query: QueryDict, market: Market) -> Asked:
    """`market=this` is the visitor's own. Raises BadRequest for what no list is called, NotFound for an unknown category."""
    kind, period = query.get("kind", "products"), query.get("period", "7d")
    if kind not in KINDS or period not in tuple(Period):
        raise BadRequest("ranking.unknown", _("There is no such list. Choose one on the page of rankings."))
    path = query.get("category", "")
    if path:
        category(path, market.language)
    return Asked(
        kind=kind,
        category=path,
        market=_market(query.get("market", "all"), market),
        period=Period(period),
        after=_after(query.get("after", "")),
    )


def _market(text: str, market: Market) -> str:
    if text in ("", "all"):
        return ""
    if text == "this":
        return market.code
    if text not in markets.countries():
        raise NotFound("ranking.market", _("There is no such country."))
    return text


def _after(text: str) -> int:
    if not text:
        return 0
    if not text.isdecimal() or len(text) > 3 or int(text) >= DEEPEST:
        raise BadRequest("ranking.after", _("A list has a hundred places at most. Start again from its first."))
    return int(text)

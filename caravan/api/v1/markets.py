from __future__ import annotations

from caravan.api.endpoint import Call, Nothing, Page, Shape, endpoint
from caravan.kernel import markets
from caravan.kernel.errors import NotFound
from caravan.kernel.markets import Country


class MarketShape(Shape, frozen=True):
    """A country as a market. `languages` most spoken first; `hemisphere` tells its season."""

    id: str
    name: str
    currency: str
    languages: list[str]
    zone: str
    latitude: float
    longitude: float
    hemisphere: str


@endpoint("GET", "markets", answer=Page[MarketShape])
def list_markets(call: Call[Nothing, None]) -> Page[MarketShape]:
    """Every country one may buy from"""
    named = [_shape(place, call.market.language) for place in markets.countries().values()]
    return Page(items=sorted(named, key=lambda m: m.name))


@endpoint("GET", "markets/{code}", answer=MarketShape)
def get_market(call: Call[Nothing, None], code: str) -> MarketShape:
    """One market, by its ISO country code"""
    try:
        return _shape(markets.country(code), call.market.language)
    except KeyError as e:
        raise NotFound("market.unknown", f"“{code}” is no ISO country code.") from e


def _shape(place: Country, language: str) -> MarketShape:
    return MarketShape(
        id=place.code,
        name=place.name(language),
        currency=place.currency,
        languages=list(place.languages),
        zone=place.zone,
        latitude=round(place.latitude, 4),
        longitude=round(place.longitude, 4),
        hemisphere=place.hemisphere,
    )

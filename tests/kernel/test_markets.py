from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from babel import Locale

from caravan.kernel import markets
from caravan.kernel.markets import LANGUAGES, countries, country, market


@pytest.mark.parametrize(
    ("code", "currency", "language", "zone", "hemisphere"),
    [
        ("US", "USD", "en", "America/New_York", "north"),
        ("RU", "RUB", "ru", "Europe/Moscow", "north"),
        ("BR", "BRL", "pt", "America/Sao_Paulo", "south"),
        ("AR", "ARS", "es", "America/Argentina/Buenos_Aires", "south"),
        ("AU", "AUD", "en", "Australia/Sydney", "south"),
        ("ES", "EUR", "es", "Europe/Madrid", "north"),
        ("PL", "PLN", "en", "Europe/Warsaw", "north"),
        ("KZ", "KZT", "ru", "Asia/Almaty", "north"),
    ],
)
def test_the_first_eight_markets_are_who_they_are(code, currency, language, zone, hemisphere):
    found = market(code)
    assert (found.currency, found.language, found.country.zone, found.hemisphere) == (currency, language, zone, hemisphere)


def test_every_country_can_be_shopped_in():
    for code, place in countries().items():
        assert place.currency
        assert -90 <= place.latitude <= 90
        assert -180 <= place.longitude <= 180
        assert ZoneInfo(place.zone)
        assert market(code).prefix == f"{market(code).language}-{code.lower()}"


def test_every_language_of_ours_has_a_locale_and_names_every_market():
    for tag, locale in LANGUAGES.items():
        assert Locale.parse(locale)
        assert country("BR").name(tag) in ("Brazil", "Бразилия", "Brasil")


def test_distances_are_those_of_the_globe():
    assert country("ES").distance_km(country("PL")) == pytest.approx(2290, abs=60)
    assert country("BR").distance_km(country("KZ")) == country("KZ").distance_km(country("BR"))
    assert country("BR").distance_km(country("BR")) == 0


def test_a_country_there_is_not_is_refused():
    with pytest.raises(KeyError):
        markets.country("ZZ")

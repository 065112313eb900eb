from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from caravan.kernel.errors import Invalid
from caravan.kernel.markets import countries
from caravan.trade.actions.rates import refresh_rates
from caravan.trade.models import FxRate
from caravan.trade.queries.rates import INDICATIVE, buyer_rates, current_rates, rates_on
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.django_db


def test_every_country_can_be_shown_prices_in_its_own_currency():
    refresh_rates(since=date(2025, 12, 1))
    table = current_rates(AT)
    for place in countries().values():
        assert table.rate("EUR", place.currency).value > 0, place


def test_refreshing_again_changes_nothing():
    assert refresh_rates(since=date(2026, 1, 1)) > 1_000
    assert refresh_rates(since=date(2026, 1, 1)) == 0
    assert refresh_rates() == 0


def test_a_rate_is_the_banks_of_that_day_or_the_last_before_it():
    refresh_rates(since=date(2011, 12, 1))
    friday, sunday = (rates_on(date(2011, 12, day)) for day in (9, 11))
    assert friday.per_eur["GBP"] == Decimal("0.8531500000") == sunday.per_eur["GBP"]  # ECB, 9 December 2011
    assert friday.as_of == sunday.as_of == "2011-12-09"


def test_a_currency_the_bank_gave_up_is_the_operators_and_says_so():
    refresh_rates(since=date(2022, 1, 1))
    assert rates_on(date(2022, 2, 28)).rate("EUR", "RUB").source == "ECB"
    now = rates_on(date(2026, 3, 2)).rate("EUR", "RUB")
    assert (now.source, now.as_of) == (INDICATIVE, "2026-01-01")


def test_a_day_before_a_currencys_first_rate_has_none():
    factories.rates(date(2026, 3, 2), USD="1.1")
    with pytest.raises(Invalid):
        rates_on(date(2026, 3, 1)).rate("EUR", "USD")


def test_rates_are_kept_for_a_minute(django_assert_num_queries):
    factories.rates()
    with django_assert_num_queries(1):
        current_rates(AT)
        current_rates(AT + timedelta(seconds=59))
    FxRate.objects.update(per_eur=2)
    assert current_rates(AT + timedelta(seconds=61)).per_eur["USD"] == 2


def zipped(text: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("eurofxref-hist.csv", text)
    return made.getvalue()


@pytest.fixture
def bank(tmp_path) -> Path:
    """A place for the newest file; the network, as far as these tests need one."""
    return tmp_path / "eurofxref-hist.zip"


def test_newer_days_are_fetched(bank):
    refresh_rates(since=date(2026, 1, 1))
    bank.write_bytes(zipped("Date,USD,BRL,\n2031-05-02,1.2001,N/A,\n2031-05-01,1.2,6.1,\n"))
    assert refresh_rates(url=bank.as_uri()) == 3
    table = rates_on(date(2031, 5, 3))
    assert (table.as_of, table.per_eur["USD"], table.per_eur["BRL"]) == ("2031-05-02", Decimal("1.2001"), Decimal("6.1"))


NONSENSE = {"no": None, "a page": b"<html>Sign in first</html>", "no days": zipped("Date,USD,\nyesterday,1,\n"), "empty": b""}


@pytest.mark.parametrize("answer", NONSENSE.values(), ids=NONSENSE)
def test_without_the_network_or_with_nonsense_from_it_the_bundled_history_has_to_do(bank, answer):
    if answer is not None:
        bank.write_bytes(answer)
    assert refresh_rates(since=date(2026, 1, 1), url=bank.as_uri()) > 1_000


def test_what_a_buyer_pays_by_has_the_markets_margin_and_says_so(settings):
    factories.rates()
    settings.FX_MARGIN_BPS = 150
    mid, paid = current_rates(AT).rate("USD", "BRL"), buyer_rates(AT).rate("USD", "BRL")
    assert (paid.value, paid.margin_bps) == ((mid.value * Decimal("1.015")).quantize(mid.value), 150)
    assert buyer_rates(AT).rate("USD", "USD").margin_bps == 0

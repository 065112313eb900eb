from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from caravan.kernel.errors import Invalid
from caravan.kernel.markets import countries
from caravan.trade.actions.rates import refresh_rates
from caravan.trade.models import FxRate
from caravan.trade.queries.rates import INDICATIVE, current_rates, rates_on
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

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from caravan.kernel.money import Money
from caravan.kernel.rates import RateTable
from caravan.trade.rules.exchange import settle

MID = RateTable({"USD": Decimal("1.25"), "BRL": Decimal(6), "JPY": Decimal(160), "KWD": Decimal("0.3843")}, "2026-03-02", "ECB")


def test_the_store_gets_its_list_price_and_the_market_its_margin():
    buying = MID.with_margin(100)
    paid = buying.convert(Money.parse("10.00 USD"), "BRL")
    made = settle(paid, store_currency="USD", rate=buying.rate("USD", "BRL").value, margin_bps=100)
    assert [str(m) for m in (paid, made.at_mid, made.margin, made.store)] == ["48.48 BRL", "48.00 BRL", "0.48 BRL", "10.00 USD"]


def test_in_one_currency_there_is_neither_rate_nor_margin():
    paid = MID.with_margin(100).convert(Money.parse("10.00 USD"), "USD")
    made = settle(paid, store_currency="USD", rate=Decimal(1), margin_bps=100)
    assert (paid, made.margin.minor, made.store) == (Money.parse("10.00 USD"), 0, paid)


@given(
    minor=st.integers(1, 10**9),
    margin=st.integers(0, 1_000),
    ways=st.sampled_from([("USD", "BRL"), ("JPY", "USD"), ("USD", "JPY"), ("KWD", "BRL"), ("BRL", "KWD")]),
)
def test_nothing_is_lost_between_buyer_market_and_store(minor, margin, ways):
    own, buyers = ways
    rate = MID.with_margin(margin).rate(own, buyers)
    made = settle(Money(minor, buyers), store_currency=own, rate=rate.value, margin_bps=margin)
    assert made.at_mid + made.margin == made.paid
    assert made.margin.minor >= 0
    # Back at the mid rate it is what was left without the margin, within what half a minor unit of either is worth.
    back, coarse = MID.convert(made.store, buyers), MID.convert(Money(1, own), buyers).minor
    assert abs(back.minor - made.at_mid.minor) <= coarse // 2 + 2 + made.at_mid.minor // 10**8

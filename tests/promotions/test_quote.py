from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from caravan.kernel.money import Money
from caravan.kernel.rates import RateTable
from caravan.promotions.rules import CartFacts, LineFacts, Terms, quote, unit_price
from tests.factories import AT

CURRENCIES = {"USD": "1.25", "BRL": "6", "RUB": "90", "JPY": "160", "KZT": "600", "KWD": "0.3843"}
TERMS = Terms(RateTable({c: Decimal(v) for c, v in CURRENCIES.items()}, "2026-03-02", "ECB"))

wanted = st.builds(
    LineFacts,
    variant_id=st.integers(1, 10**6).map(lambda n: UUID(int=n)),
    product_id=st.just(UUID(int=1)),
    store_id=st.integers(1, 4).map(lambda n: UUID(int=n)),
    quantity=st.integers(1, 999),
    list_price=st.builds(Money, st.integers(1, 10**9), st.sampled_from(sorted(CURRENCIES))),
)
carts = st.builds(
    CartFacts,
    market=st.just("BR"),
    currency=st.sampled_from(sorted(CURRENCIES)),
    lines=st.lists(wanted, max_size=12, unique_by=lambda line: line.variant_id).map(tuple),
)


@given(carts)
def test_everything_adds_up_to_the_cent(cart):
    quoted = quote(cart, TERMS, AT)
    for store in quoted.stores:
        assert store.items == sum((line.total for line in store.lines), start=Money.zero(cart.currency))
    assert quoted.items == sum((store.items for store in quoted.stores), start=Money.zero(cart.currency))


@given(carts)
def test_a_line_costs_the_price_on_the_card_times_the_pieces(cart):
    for store in quote(cart, TERMS, AT).stores:
        for line in store.lines:
            assert line.total == unit_price(line.facts.list_price, cart.currency, TERMS) * line.facts.quantity


@given(carts, st.randoms())
def test_the_order_in_which_a_cart_was_filled_does_not_matter(cart, random):
    shuffled = list(cart.lines)
    random.shuffle(shuffled)
    assert quote(CartFacts(cart.market, cart.currency, tuple(shuffled)), TERMS, AT) == quote(cart, TERMS, AT)


@given(carts)
def test_no_line_is_lost_and_every_price_is_explained(cart):
    quoted = quote(cart, TERMS, AT)
    assert sorted(line.facts.variant_id for s in quoted.stores for line in s.lines) == sorted(
        line.variant_id for line in cart.lines
    )
    for store in quoted.stores:
        for line in store.lines:
            assert line.trace[0].amount == line.facts.list_price
            assert line.trace[-1].amount == line.unit

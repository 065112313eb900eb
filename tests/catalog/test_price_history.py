"""The price history under any order of edits: no gap, no overlap, exactly one open price."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caravan.catalog.actions import create_product, edit_product
from caravan.catalog.models import Price, Variant
from caravan.catalog.queries.goods import product_to_edit
from caravan.kernel.money import Money
from tests import factories
from tests.catalog.drafts import draft, variant
from tests.factories import AT

pytestmark = pytest.mark.django_db

# (minutes the clock moves, may be backwards; base price; price in Brazil or none; pieces; is the second variant sold)
edits = st.lists(
    st.tuples(st.sampled_from([0, 0, 1, 30, -20]), st.integers(1, 3), st.integers(0, 2), st.integers(0, 4), st.booleans()),
    min_size=1,
    max_size=8,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits)
def test_after_any_edits_the_history_is_one_unbroken_line(edits):
    seller = factories.user()
    category = factories.category()
    store = factories.store(seller)
    act = {"user_id": seller.pk, "store": store.slug}
    product_id = create_product(**act, draft=draft(category=category.slug), at=AT)
    at, now = AT, {}
    for minutes, price, brazil, stock, second in edits:
        at += timedelta(minutes=minutes)
        prices = (("BR", Money(brazil * 100, "USD")),) if brazil else ()
        wanted = [variant("lamp-1", price=price * 100, stock=stock, options=(("size", "S"),), market_prices=prices)]
        if second:
            wanted.append(variant("lamp-2", price=price * 200, stock=stock, options=(("size", "M"),)))
        was = product_to_edit(store.pk, product_id).stored
        edit_product(
            **act, product_id=product_id, draft=replace(was.draft, variants=tuple(wanted)), seen_at=was.updated_at, at=at
        )
        now = {(v.sku, m): p.minor for v in wanted for m, p in (("", v.price), *v.market_prices)}

    for one in Variant.objects.filter(product_id=product_id):
        line = list(Price.objects.filter(variant=one, market="").order_by("since", "id"))
        assert [p.until for p in line[:-1]] == [p.since for p in line[1:]]
        assert line[-1].until is None
        assert one.price_minor == line[-1].minor
        assert one.stock >= 0
    active = Price.objects.filter(variant__product_id=product_id, variant__is_active=True, until=None)
    assert {(p.variant.sku, p.market): p.minor for p in active.select_related("variant")} == now

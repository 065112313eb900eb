"""A seller with a store and some shelves, and what each of their actions is told. A module may have others of these names."""

from __future__ import annotations

import pytest

from tests import factories


@pytest.fixture
def seller():
    return factories.user()


@pytest.fixture
def store(seller):
    factories.category("lamps")
    factories.category("chairs")
    return factories.store(seller)


@pytest.fixture
def act(seller, store):
    return {"user_id": seller.pk, "store": store.slug}

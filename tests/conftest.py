from __future__ import annotations

import pytest

from caravan.catalog.queries.categories import forget as forget_categories
from caravan.trade.queries.rates import forget_rates


@pytest.fixture(autouse=True)
def kept_for_this_test_only():
    """Rates and categories are kept in the process for a minute; no test sees another's."""
    forget_rates()
    forget_categories()
    yield
    forget_rates()
    forget_categories()

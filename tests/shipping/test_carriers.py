from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from caravan.kernel.markets import countries
from caravan.shipping.queries import carrier, carriers


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Royal Mail", "royal-mail"),
        ("royalmail ", "royal-mail"),
        ("Почта России", "pochta-rossii"),
        ("SEDEX", "correios"),
        ("4PX", "4px"),
    ],
)
def test_a_carrier_is_found_however_its_name_is_written(written, code):
    found = carrier(written)
    assert found
    assert found.code == code


def test_a_carrier_nobody_knows_is_none():
    assert carrier("Demo Post") is None
    assert carrier("") is None


def test_a_link_quotes_the_code_and_leaves_the_carriers_site_to_none():
    for one in carriers():
        link = urlsplit(one.link('x"><script>/?&'))
        assert link.scheme == "https"
        assert "script>" not in one.link('x"><script>')
        assert one.tracking_url.count("{code}") == 1, one.name
        assert urlsplit(one.link("RR1")).netloc == link.netloc


def test_every_carrier_is_at_home_somewhere_and_says_where_its_address_is_from():
    assert len(carriers()) > 50
    assert all(one.country in countries() and one.source and one.name for one in carriers())

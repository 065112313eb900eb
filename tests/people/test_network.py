from __future__ import annotations

import pytest

from caravan.people.rules.network import NOWHERE, customer, visitor_address


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("203.0.113.7", "", "203.0.113.7"),
        ("127.0.0.1", "198.51.100.1, 203.0.113.7", "203.0.113.7"),  # a visitor may write anything before what our proxy adds
        ("fe80::1%eth0", "", "fe80::1"),
        ("", "nonsense", NOWHERE),
    ],
)
def test_a_visitor_is_who_our_own_proxy_saw(peer, forwarded, expected):
    assert visitor_address(peer, forwarded) == expected


def test_a_customer_of_ipv6_is_a_network_of_64_bits():
    assert customer("2001:db8:1:2:3:4:5:6") == customer("2001:db8:1:2::9") != customer("2001:db8:1:3::9")
    assert customer("203.0.113.7") == "203.0.113.7"

"""What a provider's word does to an attempt to pay: the whole table."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

OPEN_PAYMENTS = frozenset({"started", "confirming", "pending", "authorised"})

# What its provider says of an attempt, against what we know. Money that came always wins over a decline that was told late;
# whether it is kept or goes back, the purchase decides.
PAYMENT_NEWS: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        **{(state, "confirming"): "confirming" for state in ("started", "confirming")},
        **{(state, "pending"): "pending" for state in ("started", "confirming", "pending")},
        **{(state, "authorised"): "authorised" for state in (*OPEN_PAYMENTS, "declined", "lapsed")},
        **{(state, "declined"): "declined" for state in OPEN_PAYMENTS},
        **{(state, "paid"): "paid" for state in (*OPEN_PAYMENTS, "declined", "lapsed")},
    }
)


def payment_after(state: str, news: str, *, wanted: bool) -> str | None:
    """The state of an attempt after the provider's `news`, or None where it is old news.

    `wanted`: the purchase still waits for money. Where it does not, money that came or was set aside goes back ("refunding").
    """
    told = PAYMENT_NEWS.get((state, news))
    return "refunding" if told in ("paid", "authorised") and not wanted else told

"""Order numbers people can read out to one another."""

from __future__ import annotations

from uuid import UUID

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O, U: nothing to mistake or to blush at


def order_number(order_id: UUID) -> str:
    """Like 7K2M9-QX4TB: fifty random bits of the id in Crockford's base 32. Numbers tell nobody how many orders there are."""
    bits = order_id.int & (1 << 50) - 1
    digits = "".join(_CROCKFORD[bits >> shift & 31] for shift in range(45, -1, -5))
    return f"{digits[:5]}-{digits[5:]}"

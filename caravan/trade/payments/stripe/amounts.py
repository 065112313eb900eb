"""Our minor units (ISO 4217) and Stripe's, which differ for a few currencies (https://docs.stripe.com/currencies)."""

from __future__ import annotations

from caravan.kernel.money import Money

# Stripe's unit is a hundredth of a krona or shilling though ISO 4217 knows none; its unit of the ariary is a whole one.
_FINER = {"ISK": 100, "UGX": 100}
_COARSER = {"MGA": 100}
# Three decimals in ISO 4217, of which Stripe takes the last only as a zero.
_LAST_DIGIT_ZERO = frozenset({"BHD", "JOD", "KWD", "OMR", "TND"})


def in_stripes_units(amount: Money) -> int | None:
    """None for an amount Stripe cannot take to the last unit: it is refused, never rounded."""
    coarser = _COARSER.get(amount.currency, 1)
    if amount.minor % coarser or (amount.currency in _LAST_DIGIT_ZERO and amount.minor % 10):
        return None
    return amount.minor * _FINER.get(amount.currency, 1) // coarser

"""What the law of a market asks of a price shown to a consumer."""

from __future__ import annotations

from caravan.tax.rules.unions import EU, members

# Price Indication Directive 98/6/EC; UK Price Marking Order 2004; Australian Consumer Law s 48; New Zealand Fair Trading Act;
# Norwegian prisopplysningsforskriften § 3; Swiss Preisbekanntgabeverordnung Art. 4.
_INCLUDED = members(EU) | {"GB", "AU", "NZ", "NO", "CH"}


def prices_include_tax(country: str) -> bool:
    """Whether consumers there are to be told the price with tax first."""
    return country in _INCLUDED

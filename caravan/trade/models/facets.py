"""What the database itself holds of the facets: their words, and that the escrow never contradicts the payment."""

from __future__ import annotations

from django.db.models import CheckConstraint, Q

from caravan.trade.rules.states import WORDS

# Orders of other records were paid and given back without any escrow of ours.
FUND_FOLLOWS_PAYMENT = (
    Q(fund_state="none")
    | Q(fund_state="held", payment_state="paid", order_state="placed")
    | Q(fund_state="released", payment_state="paid")
    | Q(fund_state="returned", payment_state="refunded")
)


def words_of_facets() -> list[CheckConstraint]:
    """A constraint per facet, with the words of the table."""
    return [
        CheckConstraint(condition=Q(**{f"{facet}_state__in": list(words)}), name=f"trade_order_{facet}_words")
        for facet, words in WORDS.items()
    ]

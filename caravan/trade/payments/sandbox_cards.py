"""The test cards of the sandbox, and what each does. No other number is accepted; none of them is anybody's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Scenario = Literal["paid", "declined", "confirm", "slow", "twice", "never"]


@dataclass(frozen=True, slots=True)
class TestCard:
    """`reason`: the code of a decline."""

    number: str
    scenario: Scenario
    reason: str = ""


_ALL = (
    TestCard("4242424242424242", "paid"),
    TestCard("4000000000000002", "declined", "refused_by_bank"),
    TestCard("4000000000009995", "declined", "insufficient_funds"),
    TestCard("4000000000000069", "declined", "expired_card"),
    TestCard("4000000000000127", "declined", "wrong_code"),
    TestCard("4000002500003155", "confirm"),
    TestCard("4000000000003220", "confirm"),
    TestCard("4000000000000077", "slow"),
    TestCard("4000000000001109", "twice"),
    TestCard("4000000000002206", "never"),
)
CARDS: Mapping[str, TestCard] = {card.number: card for card in _ALL}

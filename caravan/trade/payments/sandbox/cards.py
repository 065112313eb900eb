"""The test cards and accounts of the sandbox, and what each does. No other is accepted; none of them is anybody's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Scenario = Literal[
    "paid", "declined", "confirm", "authorised", "slow", "twice", "unordered", "never", "refund_slow", "refund_fails"
]
PayoutScenario = Literal["paid", "slow", "twice", "failing", "refused", "returned", "never"]


@dataclass(frozen=True, slots=True)
class TestCard:
    """`reason`: the code of a decline."""

    number: str
    scenario: Scenario
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TestAccount:
    """Where payouts go. `reason`: why one fails."""

    name: str
    scenario: PayoutScenario
    reason: str = ""


_CARDS = (
    TestCard("4242424242424242", "paid"),
    TestCard("4000000000000002", "declined", "refused_by_bank"),
    TestCard("4000000000009995", "declined", "insufficient_funds"),
    TestCard("4000000000000069", "declined", "expired_card"),
    TestCard("4000000000000127", "declined", "wrong_code"),
    TestCard("4000002500003155", "confirm"),
    TestCard("4000000000003220", "confirm"),
    TestCard("4000000000002008", "authorised"),
    TestCard("4000000000000077", "slow"),
    TestCard("4000000000001109", "twice"),
    TestCard("4000000000003303", "unordered"),
    TestCard("4000000000002206", "never"),
    TestCard("4000000000007726", "refund_slow"),
    TestCard("4000000000005126", "refund_fails"),
)
_ACCOUNTS = (
    TestAccount("sandbox-ok", "paid"),
    TestAccount("sandbox-slow", "slow"),
    TestAccount("sandbox-twice", "twice"),
    TestAccount("sandbox-failing", "failing", "account_closed"),
    TestAccount("sandbox-refused", "refused", "not_verified"),
    TestAccount("sandbox-returned", "returned", "returned_by_bank"),
    TestAccount("sandbox-never", "never"),
)
CARDS: Mapping[str, TestCard] = {card.number: card for card in _CARDS}
ACCOUNTS: Mapping[str, TestAccount] = {account.name: account for account in _ACCOUNTS}

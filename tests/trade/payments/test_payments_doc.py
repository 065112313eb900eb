"""`docs/payments.md` lists what the sandbox takes."""

from __future__ import annotations

import re
from pathlib import Path

from caravan.trade.payments.sandbox.cards import ACCOUNTS, CARDS

TEXT = (Path(__file__).parents[3] / "docs" / "payments.md").read_text("utf-8")


def test_every_test_card_and_account_is_explained_and_every_explained_one_is_taken():
    assert re.findall(r"^\| `([^`]+)` \|", TEXT, re.MULTILINE) == [*CARDS, *ACCOUNTS]

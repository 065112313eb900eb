"""A store on vacation: its goods stay visible, and either cannot be bought for a while or take longer to leave."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from caravan.kernel.errors import Invalid

Mode = Literal["closed", "slow"]
LONGEST_MESSAGE = 300
LONGEST_DAYS = 180
MOST_EXTRA_DAYS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Vacation:
    """From `since` to `until`, both included. "closed": nothing is sold; "slow": `extra_days` working days more to ship."""

    since: date
    until: date
    mode: str
    extra_days: int = 0
    message: str = ""

    @property
    def is_closed(self) -> bool:
        return self.mode == "closed"

    @property
    def slower_by(self) -> int:
        return 0 if self.is_closed else self.extra_days


def check_vacation(asked: Vacation, today: date) -> Vacation:
    """The vacation, tidied. Raises Invalid("vacation.invalid") whose `fields` map a field to a code."""
    tidy = replace(asked, message=" ".join(asked.message.split()), extra_days=asked.extra_days if asked.mode == "slow" else 0)
    wrong = {
        "until": "before" if tidy.until < tidy.since else "past" if tidy.until < today else "",
        "mode": "" if tidy.mode in ("closed", "slow") else "invalid",
        "extra_days": "invalid" if tidy.mode == "slow" and not 1 <= tidy.extra_days <= MOST_EXTRA_DAYS else "",
        "message": "too_long" if len(tidy.message) > LONGEST_MESSAGE else "",
    }
    if not wrong["until"] and (tidy.until - tidy.since).days > LONGEST_DAYS:
        wrong["until"] = "too_long"
    if any(wrong.values()):
        raise Invalid("vacation.invalid", "This vacation needs another look.", **{k: v for k, v in wrong.items() if v})
    return tidy

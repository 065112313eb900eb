"""The reconciliation of an import: what was read is what was accepted plus what was refused, in rows and in money."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(slots=True)
class Count:
    """Rows, and what they come to in major units of the file's currency, exact."""

    rows: int = 0
    money: Decimal = Decimal(0)

    def add(self, money: Decimal) -> None:
        self.rows += 1
        self.money += money


@dataclass(slots=True)
class Tally:
    """Of one file. `refused` is by reason, in words an accountant can act on."""

    name: str
    currency: str = ""
    read: Count = field(default_factory=Count)
    accepted: Count = field(default_factory=Count)
    refused: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))

    def accept(self, money: Decimal = Decimal(0)) -> None:
        self.read.add(money)
        self.accepted.add(money)

    def refuse(self, reason: str, money: Decimal = Decimal(0)) -> None:
        self.read.add(money)
        self.refused[reason].add(money)

    @property
    def balanced(self) -> bool:
        """accepted + refused = read, in rows and in money."""
        refused = self.refused.values()
        return (
            self.accepted.rows + sum(c.rows for c in refused) == self.read.rows
            and self.accepted.money + sum((c.money for c in refused), Decimal(0)) == self.read.money
        )

    def lines(self) -> Iterator[tuple[str, int, Decimal]]:
        """For a table: (what, rows, money), the reasons most frequent first."""
        yield "accepted", self.accepted.rows, self.accepted.money
        for reason, count in sorted(self.refused.items(), key=lambda item: (-item[1].rows, item[0])):
            yield f"refused: {reason}", count.rows, count.money
        yield "read", self.read.rows, self.read.money

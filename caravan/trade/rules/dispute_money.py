"""How much of an order a dispute is about, and how an amount agreed on falls on its lines, their tax and the shipping."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from caravan.kernel.money import largest_remainder


@dataclass(frozen=True, slots=True)
class LineLeft:
    """A line of an order: how many pieces were bought, how many are disputed, what it cost and what it gave back already."""

    line_id: UUID
    bought: int
    disputed: int
    minor: int
    tax_minor: int
    refunded_minor: int = 0
    refunded_tax_minor: int = 0
    refunded: int = 0  # pieces

    @property
    def goods(self) -> int:
        """The most its disputed pieces can give back: their share of what was paid, and no more than is left of it."""
        return min(self.minor * self.disputed // self.bought, self.minor - self.refunded_minor)

    @property
    def tax(self) -> int:
        return min(self.tax_minor * self.disputed // self.bought, self.tax_minor - self.refunded_tax_minor)


@dataclass(frozen=True, slots=True)
class Share:
    """What falls on a line. `quantity`: pieces wholly given back with it."""

    line_id: UUID
    quantity: int
    minor: int
    tax_minor: int


@dataclass(frozen=True, slots=True)
class Shares:
    lines: tuple[Share, ...]
    shipping_minor: int
    shipping_tax_minor: int

    @property
    def total(self) -> int:
        return sum(s.minor + s.tax_minor for s in self.lines) + self.shipping_minor + self.shipping_tax_minor


@dataclass(frozen=True, slots=True)
class Claim:
    """What a dispute can give back: of its lines, and the shipping with its tax where all that was bought is disputed, else 0."""

    lines: tuple[LineLeft, ...]
    shipping_minor: int = 0
    shipping_tax_minor: int = 0

    @property
    def goods(self) -> int:
        return sum(line.goods + line.tax for line in self.lines)

    @property
    def most(self) -> int:
        return self.goods + self.shipping_minor + self.shipping_tax_minor


def shared(total: int, claim: Claim, *, goods_return: bool = False) -> Shares:
    """`total` minor units on goods first, each line in proportion to what is left of it, then on the shipping; exact to the cent.

    Pieces count as given back where the goods return, or where a line's disputed pieces are paid back in full.
    Raises ValueError beyond what the claim holds.
    """
    if not 0 <= total <= claim.most:
        raise ValueError(f"{total} of at most {claim.most}")
    goods = min(total, claim.goods)
    falls = _within(goods, [line.goods + line.tax for line in claim.lines])
    lines = tuple(_share(line, part, goods_return) for line, part in zip(claim.lines, falls, strict=True))
    shipping, tax = _within(total - goods, [claim.shipping_minor, claim.shipping_tax_minor])
    return Shares(lines, shipping, tax)


def _share(line: LineLeft, part: int, goods_return: bool) -> Share:
    goods, tax = _within(part, [line.goods, line.tax])
    whole = goods_return or (part > 0 and part == line.goods + line.tax)
    return Share(line.line_id, min(line.disputed, line.bought - line.refunded) if whole else 0, goods, tax)


def _within(total: int, most: Sequence[int]) -> list[int]:
    """In proportion to `most`, no share above its own: since total <= sum(most), largest remainders never exceed it."""
    return largest_remainder(total, most) if any(most) else [0] * len(most)

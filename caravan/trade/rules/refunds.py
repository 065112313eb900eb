"""How much of an order goes back: per line to the cent, with its share of the tax. The rest is always exactly what is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID


@dataclass(frozen=True, slots=True)
class RefundLine:
    """What a line is to give back. `quantity` pieces (0: money only); `minor` of its total, by default what the pieces cost;
    `tax_minor` of its tax, by default the share that goes with it."""

    line_id: UUID
    quantity: int
    minor: int | None = None
    tax_minor: int | None = None


@dataclass(frozen=True, slots=True)
class LineState:
    """A line, what it cost and what it has given back already."""

    line_id: UUID
    quantity: int
    shipped_quantity: int
    total_minor: int
    tax_minor: int
    refunded_quantity: int
    refunded_minor: int
    refunded_tax_minor: int

    @property
    def unsent(self) -> int:
        """Pieces still to be shipped."""
        return max(0, self.quantity - self.shipped_quantity - self.refunded_quantity)


@dataclass(frozen=True, slots=True)
class Amount:
    """Something paid and what it has given back already: the shipping, or its tax."""

    paid_minor: int
    refunded_minor: int

    @property
    def left(self) -> int:
        return self.paid_minor - self.refunded_minor


@dataclass(frozen=True, slots=True)
class Part:
    line_id: UUID
    quantity: int
    minor: int
    tax_minor: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What goes back, part by part; `tax_minor` is the lines' and the shipping's together."""

    parts: tuple[Part, ...]
    shipping_minor: int
    tax_minor: int

    @property
    def items_minor(self) -> int:
        return sum(part.minor for part in self.parts)

    @property
    def total_minor(self) -> int:
        return self.items_minor + self.shipping_minor + self.tax_minor


class TooMuch(ValueError):
    """More is asked for than is left of a line (`line_id`) or of the shipping (None)."""

    def __init__(self, line_id: UUID | None) -> None:
        super().__init__(f"more than is left of {line_id or 'the shipping'}")
        self.line_id = line_id


def plan(
    lines: Sequence[LineState], wanted: Sequence[RefundLine], *, shipping: Amount, shipping_tax: Amount, shipping_minor: int = 0,
    shipping_tax_minor: int | None = None,
) -> Plan:  # fmt: skip
    """What `wanted` and `shipping_minor` come to; with the last of the money, what was free goes back as well. A line that is
    wanted twice gives back one after the other, in one part.

    Raises TooMuch; KeyError for a line that is not among `lines`.
    """
    known = {line.line_id: line for line in lines}
    parts = _parts(known, wanted)
    if not 0 <= shipping_minor <= shipping.left:
        raise TooMuch(None)
    tax = shipping_tax_minor
    if tax is None:
        goods_left = sum(line.total_minor - line.refunded_minor for line in lines) - sum(part.minor for part in parts)
        none_left = shipping_minor == shipping.left and (shipping_minor > 0 or goods_left == 0)
        tax = _tax_share(shipping, shipping_minor, shipping_tax, none_left=none_left)
    if not 0 <= tax <= shipping_tax.left:
        raise TooMuch(None)
    planned = Plan(parts, shipping_minor, sum(part.tax_minor for part in parts) + tax)
    rest = the_rest(lines, shipping=shipping, shipping_tax=shipping_tax)
    return rest if 0 < rest.total_minor == planned.total_minor else planned


def the_rest(lines: Sequence[LineState], *, shipping: Amount, shipping_tax: Amount) -> Plan:
    """Everything that has not gone back yet."""
    parts = tuple(_whole(line) for line in lines)
    tax = sum(part.tax_minor for part in parts) + shipping_tax.left
    return Plan(tuple(part for part in parts if part.quantity or part.minor or part.tax_minor), shipping.left, tax)


def the_unsent(lines: Sequence[LineState]) -> tuple[RefundLine, ...]:
    """The pieces that were never shipped, at what they cost."""
    return tuple(RefundLine(line.line_id, line.unsent) for line in lines if line.unsent)


def _whole(line: LineState) -> Part:
    return Part(
        line.line_id,
        line.quantity - line.refunded_quantity,
        line.total_minor - line.refunded_minor,
        line.tax_minor - line.refunded_tax_minor,
    )


def _parts(known: Mapping[UUID, LineState], wanted: Sequence[RefundLine]) -> tuple[Part, ...]:
    found: dict[UUID, Part] = {}
    for one in wanted:
        line, had = known[one.line_id], found.get(one.line_id, Part(one.line_id, 0, 0, 0))
        more = _part(_less(line, had), one)
        found[line.line_id] = Part(
            line.line_id, had.quantity + more.quantity, had.minor + more.minor, had.tax_minor + more.tax_minor
        )
    return tuple(found.values())


def _less(line: LineState, part: Part) -> LineState:
    return replace(
        line,
        refunded_quantity=line.refunded_quantity + part.quantity,
        refunded_minor=line.refunded_minor + part.minor,
        refunded_tax_minor=line.refunded_tax_minor + part.tax_minor,
    )


def _part(line: LineState, wanted: RefundLine) -> Part:
    cost, tax = Amount(line.total_minor, line.refunded_minor), Amount(line.tax_minor, line.refunded_tax_minor)
    pieces_left = line.quantity - line.refunded_quantity
    if not 0 <= wanted.quantity <= pieces_left:
        raise TooMuch(line.line_id)
    # The pieces that are left share what is left: the last of them takes the remainder.
    minor = wanted.minor if wanted.minor is not None else cost.left * wanted.quantity // max(1, pieces_left)
    none_left = minor == cost.left and (minor > 0 or wanted.quantity == pieces_left > 0)
    tax_minor = wanted.tax_minor if wanted.tax_minor is not None else _tax_share(cost, minor, tax, none_left=none_left)
    if not (0 <= minor <= cost.left and 0 <= tax_minor <= tax.left):
        raise TooMuch(line.line_id)
    # A line whose money is all back is given back, whatever was said of its pieces.
    return Part(line.line_id, pieces_left if none_left else wanted.quantity, minor, tax_minor)


def _tax_share(cost: Amount, minor: int, tax: Amount, *, none_left: bool) -> int:
    """The tax that goes back with `minor` of `cost`: as much as brings it to the same share; with the last of it, all."""
    if none_left:
        return tax.left
    if not cost.paid_minor:
        return 0
    due = tax.paid_minor * (cost.refunded_minor + minor) // cost.paid_minor - tax.refunded_minor
    return min(max(due, 0), tax.left)

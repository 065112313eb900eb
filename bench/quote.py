"""What pricing costs: a large cart with everything on offer, a page of cards, a cart without any offer; beside django-oscar.

    python -m bench.quote                  a minute; installs django-oscar under var/bench the first time
    python -m bench.quote --without-oscar  ours alone, some seconds

A cart of 20 lines from four stores, with 50 promotions that are live and 5 coupons (`bench/offered.py`): limited deals, a
store-wide one, bundles, buy-and-gets and spend-and-saves with tiers in each store, two discounts of the platform. Facts in, quote
out; milliseconds are the thread's own on the processor, so that they hardly depend on who else computes.

**Equal**: django-oscar's `Applicator` is given the same lines at the same prices, and the same offers in its own words
(`bench/oscar/equal.py`): one conditional offer each, or one a tier, and vouchers. Where the offers agree, each takes the same
amount off on both sides, to the cent, or the program exits with 1. **Not equal**: ours converts currencies, finds the best
combination, says who bears each cut, which thresholds are near and how each price came about; django-oscar takes offers in order
and does none of that. So where offers compete there is nothing to compare, and it has no deals on the cards of a list at all.

django-oscar is timed twice. "Rules alone" is what is timed of ours: offers and ranges are kept, nothing is read; that is the
ratio to quote. "As it comes" reads them each time, as its pages do, from a database in memory; ours is given what was read.

"Before" is what a cart cost when there were no offers: the function as it stood then, taken from the history of this repository.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from bench import offered, oscar
from bench.offered import AT, RATES, Case
from bench.oscar.equal import equal
from bench.timing import timed
from caravan.promotions.rules import Quote, card_price, quote

BEFORE = "918e9a0"  # the last commit whose pricing knew no offers
WARM, LEAST = 30, 20


@dataclass(frozen=True, slots=True)
class Row:
    """`target`: the median it is to stay under. `total`: what the cart came to. `off`: what each promotion took off it, by id."""

    name: str
    milliseconds: Sequence[float]
    total: str = ""
    target: float | None = None
    off: Mapping[str, str] = field(default_factory=dict)

    @property
    def median(self) -> float:
        return sorted(self.milliseconds)[len(self.milliseconds) // 2]

    @property
    def p95(self) -> float:
        return sorted(self.milliseconds)[len(self.milliseconds) * 95 // 100]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=5.0, help="how long each row is run")
    parser.add_argument("--without-oscar", action="store_true")
    options = parser.parse_args()
    case = offered.agrees()
    about = f"{len(case.cart.lines)} lines, {case.promotions} promotions, {len(case.terms.coupons)} coupons"
    ours = cart_row("Caravan", case, options.seconds, target=1.0)
    theirs = [] if options.without_oscar else beside(case, options.seconds)
    print(f"{'ms on the processor':50}{'median':>10}{'p95':>10}{'of runs':>9}{'ratio':>8}  total")
    show(f"{about}: offers that agree", [ours, *theirs])
    show(f"{about}: offers that compete", [cart_row("Caravan", offered.competes(), options.seconds, target=1.0)])
    plain = cart_row("Caravan", offered.without_offers(), options.seconds)
    show(f"{len(case.cart.lines)} lines, nothing on offer", [plain, *before(options.seconds)])
    show("48 cards of 12 stores with all their offers", [cards_row(options.seconds, target=0.5)])
    different = [row.name for row in theirs if (row.total, row.off) != (ours.total, ours.off)]
    if theirs:
        print(
            f"Another total, or a promotion that takes off another amount: {', '.join(different) or 'none'} (of {len(ours.off)})"
        )
    return 1 if different else 0


def cart_row(name: str, case: Case, seconds: float, target: float | None = None) -> Row:
    def price() -> Quote:
        return quote(case.cart, case.terms, AT)

    quoted = price()
    return Row(name, warmed(price, seconds), quoted.items.amount, target, off_by_promotion(quoted))


def off_by_promotion(quoted: Quote) -> dict[str, str]:
    """What each took off, deals too, by id."""
    off: dict[str, Decimal] = {}
    for store in quoted.stores:
        for line in store.lines:
            taken = [(cut.offer_id, cut.amount) for cut in line.cuts]
            taken += [(part.deal.id, (line.list_unit - part.unit) * part.quantity) for part in line.pieces if part.deal]
            for id, amount in taken:
                off[str(id)] = off.get(str(id), Decimal(0)) + Decimal(amount.amount)
    return {id: str(amount) for id, amount in off.items()}


def cards_row(seconds: float, target: float) -> Row:
    case = offered.listing()

    def price() -> Any:
        return [card_price(line, case.cart, case.terms, AT) for line in case.cart.lines]

    return Row("Caravan", warmed(price, seconds), target=target)


def beside(case: Case, seconds: float) -> list[Row]:
    """django-oscar's. Empty, and said so, where it is not to be had."""
    try:
        ways = oscar.measured(equal(case), seconds)
    except oscar.NotInstalled as why:
        print(f"{oscar.RELEASE} cannot be installed here, so ours is alone: {why}")
        return []
    name = oscar.RELEASE.replace("==", " ")
    return [
        Row(
            f"{name}, {way.name}" + (f", {way.statements:,} statements" if way.statements else ""),
            way.milliseconds,
            way.total,
            off=way.off,
        )
        for way in ways
    ]


def before(seconds: float) -> list[Row]:
    """The function as it was, on the same lines. Empty, and said so, where the history is not at hand."""
    shown = subprocess.run(("git", "show", f"{BEFORE}:caravan/promotions/rules/quote.py"), capture_output=True, text=True)
    if shown.returncode:
        print(f"The history of this repository is not at hand, so what a cart cost before ({BEFORE}) is left out.")
        return []
    was: Any = types.ModuleType("pricing_before")
    sys.modules[was.__name__] = was  # dataclasses look their module up
    exec(compile(shown.stdout, was.__name__, "exec"), was.__dict__)  # noqa: S102
    cart = offered.agrees().cart
    lines = [was.LineFacts(x.variant_id, x.product_id, x.store_id, x.quantity, x.list_price) for x in cart.lines]
    facts, terms = was.CartFacts(cart.market, cart.currency, tuple(lines)), was.Terms(RATES)

    def price() -> Any:
        return was.quote(facts, terms, AT)

    return [Row(f"before there were offers ({BEFORE})", warmed(price, seconds), price().items.amount)]


def warmed(price: Callable[[], object], seconds: float) -> list[float]:
    for _ in range(WARM):
        price()
    return timed(price, seconds, least=LEAST)


def show(about: str, rows: Sequence[Row]) -> None:
    """Ours first; the ratio is how many times as long the others take."""
    print(about)
    for row in rows:
        ratio = f"{row.median / rows[0].median:8.1f}" if row is not rows[0] else " " * 8
        target = "" if row.target is None else f"  ({'of' if row.median < row.target else 'OVER'} {row.target:g} ms)"
        print(f"  {row.name:48}{row.median:10.3f}{row.p95:10.3f}{len(row.milliseconds):9,}{ratio}  {row.total}{target}")


if __name__ == "__main__":
    sys.exit(main())

"""A store's standing in words: points and symbol, how many were content and how sure that is, detailed ratings."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import ngettext

from caravan.reputation.queries import CreditRow
from caravan.reputation.rules import Comparison
from caravan.web.templating import decimal, number, percent
from caravan.web.wording import said as _


@dataclass(frozen=True, slots=True)
class DetailedView:
    """A row of `dsr`; without a category to stand against, `mean` is the store's own."""

    label: str
    value: float
    text: str
    mean: float
    delta_text: str
    direction: str


@dataclass(frozen=True, slots=True)
class CreditView:
    """`kind` and `level` of the symbol, empty below the first; texts are empty where nobody has rated yet."""

    kind: str
    level: int
    points_text: str
    positive_text: str
    low_text: str
    basis: str
    detailed: tuple[DetailedView, ...]


def credit_view(credit: CreditRow) -> CreditView:
    sides = credit.positive + credit.negative
    given = credit.positive + credit.neutral + credit.negative
    return CreditView(
        kind=credit.symbol.kind if credit.symbol else "",
        level=credit.symbol.level if credit.symbol else 0,
        points_text=ngettext("%(n)s point", "%(n)s points", credit.points) % {"n": number(credit.points)},
        positive_text=percent(credit.positive_rate or 0, 1) if sides else "",
        low_text=percent(credit.positive_rate_low or 0, 1) if sides else "",
        basis=ngettext("%(n)s rating in 6 months", "%(n)s ratings in 6 months", given) % {"n": number(given)},
        detailed=_detailed(credit),
    )


def _detailed(credit: CreditRow) -> tuple[DetailedView, ...]:
    rows = (
        (_("Item as described"), credit.described, credit.described_against),
        (_("Communication"), credit.communication, credit.communication_against),
        (_("Shipping speed"), credit.shipping, credit.shipping_against),
    )
    return tuple(_row(label, mean, against) for label, mean, against in rows if mean is not None)


def _row(label: str, mean: float, against: Comparison | None) -> DetailedView:
    if against is None:
        return DetailedView(label, mean, decimal(mean), mean, "", "")
    words = {
        "above": _("%(n)s%% above its category"),
        "same": _("the same as its category"),
        "below": _("%(n)s%% below its category"),
    }
    sign = {"above": 1, "same": 0, "below": -1}[against.standing]
    return DetailedView(
        label=label,
        value=mean,
        text=decimal(mean),
        mean=max(1.0, min(5.0, mean / (1 + sign * against.percent / 100))),
        delta_text=words[against.standing] % {"n": against.percent},
        direction={1: "up", 0: "", -1: "down"}[sign],
    )

"""What a consignment costs where it lands: duty, tax, who asks for them, and why. Pure; docs/landed-cost.md has worked examples.

    value --(regime by destination, sender and worth)--> duty (per heading, per cent, or the tariff) --> tax on value,
    shipping and duty as the regime says --> shares of the lines

Each amount is rounded once, half up to the minor unit of the buyer's currency: a duty per heading or per line of the tariff, a
tax per rate. Lines get their shares by largest remainder, so they add up to it exactly. What the tables do not say is an
`Unknown` with its reason, never a zero.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from caravan.kernel.errors import Invalid
from caravan.kernel.money import Money
from caravan.kernel.rates import RateTable
from caravan.tax.rules.classify import heading, rate_class
from caravan.tax.rules.facts import ConsignmentFacts
from caravan.tax.rules.outcome import Landed, LandedLine, Step, StepCode, Unknown
from caravan.tax.rules.tables import Base, Collector, DutyRate, Regime, Tables, VatRate


@dataclass(slots=True)
class _Sum:
    """Amounts per line and for the shipping as they gather, with the steps that led to them."""

    shares: list[Money]
    shipping: Money
    steps: list[Step] = field(default_factory=list)
    unknown: list[Unknown] = field(default_factory=list)

    def add(self, amount: Money, places: Sequence[int], bases: Sequence[Money], freight: Sequence[Money]) -> None:
        """Split `amount` by `bases`, of which `freight` (per place) falls on the shipping."""
        weights = [base.minor - part.minor for base, part in zip(bases, freight, strict=True)]
        *parts, shipping = amount.split([*weights, sum(part.minor for part in freight)])
        for place, part in zip(places, parts, strict=True):
            self.shares[place] += part
        self.shipping += shipping

    def doubt(self, unknown: Unknown) -> None:
        if unknown not in self.unknown:
            self.unknown.append(unknown)


@dataclass(frozen=True, slots=True)
class _Case:
    """The consignment under its regime; `worths` and `freight` are per line."""

    facts: ConsignmentFacts
    tables: Tables
    regime: Regime
    worths: tuple[Money, ...]
    freight: tuple[Money, ...]
    convert: Callable[[Money], Money]

    def freight_in(self, on: Base) -> tuple[Money, ...]:
        """What of such a base is shipping, per line."""
        return self.freight if on in ("goods_shipping", "all") else tuple(Money.zero(f.currency) for f in self.freight)

    def base(self, on: Base, by: Collector, duties: Sequence[Money]) -> list[Money]:
        """What a tax is on, per line. Whoever is not the platform goes by the value for customs."""
        values = [line.value for line in self.facts.lines] if by == "platform" else list(self.worths)
        if on == "goods":
            return values
        if on != "goods_duty":
            values = [value + freight for value, freight in zip(values, self.freight, strict=True)]
        if on == "goods_shipping":
            return values
        return [value + duty for value, duty in zip(values, duties, strict=True)]


def landed(facts: ConsignmentFacts, tables: Tables, rates: RateTable) -> Landed:
    """What `facts` cost where they land under `tables`. `rates` turn limits and fixed amounts into the buyer's currency."""
    bands = tables.bands(facts.origin, facts.destination)
    if not bands:
        if facts.origin == facts.destination:
            return _nothing(facts, tables, step="domestic")
        return _nothing(facts, tables, unknown=Unknown("country", facts.destination))
    try:
        regime = _band(bands, facts, rates)
        if regime is None:
            return _nothing(facts, tables, unknown=Unknown("limit", str(bands[-1].limit)))
        case = _Case(
            facts=facts,
            tables=tables,
            regime=regime,
            worths=tuple(line.worth for line in facts.lines),
            freight=tuple(facts.shipping.split([line.value.minor for line in facts.lines])),
            convert=lambda money: rates.convert(money, facts.currency),
        )
        return _settled(case)
    except Invalid:
        return _nothing(facts, tables, unknown=Unknown("exchange", facts.currency))


def _band(bands: Sequence[Regime], facts: ConsignmentFacts, rates: RateTable) -> Regime | None:
    """The first band whose limit the consignment does not exceed, compared in the limit's own currency."""
    goods = _sum((line.worth for line in facts.lines), facts.currency)
    for band in bands:
        if band.limit is None:
            return band
        compared = [goods + facts.shipping if band.limit_on == "goods_shipping" else goods]
        if band.limit_on == "item":
            compared = [Money(-(-line.worth.minor // line.quantity), facts.currency) for line in facts.lines]
        if all(rates.convert(amount, band.limit.currency) <= band.limit for amount in compared):
            return band
    return None


def _settled(case: _Case) -> Landed:
    facts, regime = case.facts, case.regime
    zero = Money.zero(facts.currency)
    duty = _Sum([zero] * len(facts.lines), zero)
    _DUTIES[regime.duty](case, duty)
    vat = _Sum([zero] * len(facts.lines), zero)
    contained = _vat(case, duty, vat)

    def share(of_duty: Money, of_vat: Money) -> LandedLine:
        asked = _by("platform", facts.currency, (regime.duty_by, of_duty), (regime.vat_by, of_vat))
        return LandedLine(of_duty, of_vat, asked)

    duties, taxes = _sum((*duty.shares, duty.shipping), facts.currency), _sum((*vat.shares, vat.shipping), facts.currency)
    owed = ((regime.duty_by, duties), (regime.vat_by, taxes))
    return Landed(
        regime=regime.code,
        note=regime.note,
        lines=tuple(share(d, v) for d, v in zip(duty.shares, vat.shares, strict=True)),
        shipping=share(duty.shipping, vat.shipping),
        duty=duties,
        vat=taxes,
        contained=contained,
        collected=_by("platform", facts.currency, *owed),
        on_arrival=_by("carrier", facts.currency, *owed),
        duty_by=regime.duty_by,
        vat_by=regime.vat_by,
        steps=(*duty.steps, *vat.steps),
        unknown=(*duty.unknown, *vat.unknown),
        estimate=any(step.code == "at_most" for step in vat.steps),
        tables_of=case.tables.day,
    )


# --- duty -------------------------------------------------------------------------------------------------------------------


def _no_duty(case: _Case, duty: _Sum) -> None:
    base = _sum(case.worths, case.facts.currency)
    duty.steps.append(Step("duty", "free", base, "0", Money.zero(base.currency), case.regime.source))


def _unsaid_duty(case: _Case, duty: _Sum) -> None:
    duty.doubt(Unknown("regime", case.regime.code))


def _duty_per_heading(case: _Case, duty: _Sum) -> None:
    """A fixed sum for each different heading in the parcel, however many pieces there are of it."""
    amount = case.convert(_said(case.regime.duty_amount))
    by_heading: dict[str, list[int]] = {}
    for place, line in enumerate(case.facts.lines):
        by_heading.setdefault(heading(line.hs_code), []).append(place)
    for code, places in by_heading.items():
        if not code:
            duty.doubt(Unknown("hs_code"))
            continue
        worths = [case.worths[place] for place in places]
        duty.add(amount, places, worths, [Money.zero(amount.currency)] * len(places))
        duty.steps.append(Step("duty", "heading", _sum(worths, amount.currency), "", amount, case.regime.source, about=code))


def _duty_percent(case: _Case, duty: _Sum) -> None:
    """A share of the whole parcel, less a fixed sum."""
    regime, places = case.regime, range(len(case.facts.lines))
    bases = case.base(regime.duty_on, regime.duty_by, ())
    base = _sum(bases, case.facts.currency)
    full = _percent(base, regime.duty_rate)
    duty.steps.append(Step("duty", "percent", base, _text(regime.duty_rate), full, regime.source))
    if regime.duty_amount:
        less = min(full, case.convert(regime.duty_amount))
        duty.steps.append(Step("duty", "deduction", full, "", -less, regime.source))
        full -= less
    duty.add(_at_least_by_weight(case, duty, full), places, bases, case.freight_in(regime.duty_on))


def _duty_on_excess(case: _Case, duty: _Sum) -> None:
    """A share of what goes beyond the part that is free."""
    regime, places = case.regime, range(len(case.facts.lines))
    bases = case.base(regime.duty_on, regime.duty_by, ())
    free = case.convert(_said(regime.duty_amount))
    over = max(_sum(bases, case.facts.currency) - free, Money.zero(case.facts.currency))
    full = _percent(over, regime.duty_rate)
    duty.steps.append(Step("duty", "excess", over, _text(regime.duty_rate), full, regime.source))
    duty.add(_at_least_by_weight(case, duty, full), places, bases, case.freight_in(regime.duty_on))


def _at_least_by_weight(case: _Case, duty: _Sum, amount: Money) -> Money:
    """What the kilograms cost where that is more."""
    regime, grams = case.regime, case.facts.grams
    if regime.duty_per_kg is None:
        return amount
    if not grams:
        duty.doubt(Unknown("weight"))
        return amount
    least = _percent(case.convert(regime.duty_per_kg) * grams, Decimal("0.1"))  # a gram is a tenth of a per cent of a kilogram
    if least <= amount:
        return amount
    base = _sum(case.worths, amount.currency)
    duty.steps.append(Step("duty", "per_kg", base, "", least - amount, regime.source, about=str(regime.duty_per_kg)))
    return least


def _duty_by_tariff(case: _Case, duty: _Sum) -> None:
    """Each line at its heading's rate, and what comes on top of it for goods of that origin."""
    regime = case.regime
    bases = case.base(regime.duty_on, regime.duty_by, ())
    for place, line in enumerate(case.facts.lines):
        if not line.hs_code:
            duty.doubt(Unknown("hs_code"))
            continue
        if not line.origin and case.tables.depends_on_origin(case.facts.destination):
            duty.doubt(Unknown("origin"))
        base_rate = case.tables.duty_rate(case.facts.destination, line.origin, line.hs_code)
        if base_rate is None or base_rate.rate is None:
            duty.doubt(Unknown("heading", heading(line.hs_code)))
        for rate in (base_rate, *case.tables.extra_duties(case.facts.destination, line.origin, line.hs_code)):
            _at_rate(case, duty, rate, place, bases[place])


def _at_rate(case: _Case, duty: _Sum, row: DutyRate | None, place: int, base: Money) -> None:
    if row is None:
        return
    if row.rate is None:
        if row.program:
            duty.doubt(Unknown("program", row.program))
        return
    amount = _percent(base, row.rate)
    duty.add(amount, [place], [base], [case.freight_in(case.regime.duty_on)[place]])
    about = f"{heading(case.facts.lines[place].hs_code)} {row.program}".strip()
    duty.steps.append(Step("duty", "extra" if row.program else "tariff", base, _text(row.rate), amount, row.source, about=about))


_DUTIES: dict[str, Callable[[_Case, _Sum], None]] = {
    "none": _no_duty,
    "unknown": _unsaid_duty,
    "per_heading": _duty_per_heading,
    "percent": _duty_percent,
    "excess": _duty_on_excess,
    "tariff": _duty_by_tariff,
}


# --- tax --------------------------------------------------------------------------------------------------------------------


def _vat(case: _Case, duty: _Sum, vat: _Sum) -> Money:
    """Adds the tax to `vat`; returns what of it is in the price already."""
    regime, currency = case.regime, case.facts.currency
    contained = Money.zero(currency)
    on_freight = duty.shipping.split([f.minor for f in case.freight])
    bases = case.base(regime.vat_on, regime.vat_by, [d + f for d, f in zip(duty.shares, on_freight, strict=True)])
    freight = list(case.freight_in(regime.vat_on))
    if regime.vat_on in ("all", "goods_duty"):
        freight = [f + d for f, d in zip(freight, on_freight, strict=True)]
    if regime.vat == "none":
        vat.steps.append(Step("vat", "untaxed", _sum(bases, currency), "0", contained, regime.source))
        return contained
    if regime.vat == "unknown":
        vat.doubt(Unknown("regime", regime.code))
        return contained
    for rate, places in _by_rate(case, vat):
        base = _sum((bases[place] for place in places), currency)
        amount = _share(base, rate.rate or Decimal(0), regime.vat)
        about = rate.region or rate.country
        if regime.vat == "included":
            contained += amount
            vat.steps.append(Step("vat", "included", base, _text(rate.rate), amount, rate.source, about=about))
            continue
        vat.add(amount, places, [bases[place] for place in places], [freight[place] for place in places])
        code = _vat_code(case, regime)
        vat.steps.append(Step("vat", code, base, _text(rate.rate), amount, rate.source, about=about))
    return contained


def _vat_code(case: _Case, regime: Regime) -> StepCode:
    if case.facts.region is None and case.tables.has_regions(case.facts.destination):
        return "at_most"
    return "inside" if regime.vat == "inside" else "on_top"


def _by_rate(case: _Case, vat: _Sum) -> Iterable[tuple[VatRate, list[int]]]:
    """The lines under each rate; those whose rate is not known are left out and said."""
    found: dict[tuple[str, ...], tuple[VatRate, list[int]]] = {}
    facts = case.facts
    for place, line in enumerate(facts.lines):
        kind = rate_class(line.hs_code)
        rate = case.tables.vat_rate(facts.destination, facts.region, kind)
        if rate is None and kind != "food" and case.tables.has_regions(facts.destination):
            vat.doubt(Unknown("region", facts.region or ""))
        elif rate is None or rate.rate is None:
            vat.doubt(Unknown("rate_class", kind))
        else:
            found.setdefault(rate.key, (rate, []))[1].append(place)
    return found.values()


def _share(base: Money, rate: Decimal, method: str) -> Money:
    """Tax on top of the base; "inside" is a share of the price that contains it (ICMS), "included" what a price contains."""
    if method == "inside":
        return _rounded(base.minor * rate / (100 - rate), base.currency)
    if method == "included":
        return _rounded(base.minor * rate / (100 + rate), base.currency)
    return _percent(base, rate)


# --- small sums -------------------------------------------------------------------------------------------------------------


def _nothing(facts: ConsignmentFacts, tables: Tables, *, step: StepCode | None = None, unknown: Unknown | None = None) -> Landed:
    zero = Money.zero(facts.currency)
    value = _sum((line.value for line in facts.lines), facts.currency)
    return Landed(
        regime=step or "",
        note="",
        lines=tuple(LandedLine(zero, zero, zero) for _line in facts.lines),
        shipping=LandedLine(zero, zero, zero),
        duty=zero,
        vat=zero,
        contained=zero,
        collected=zero,
        on_arrival=zero,
        duty_by="nobody",
        vat_by="nobody",
        steps=(Step("vat", step, value, "", zero, None),) if step else (),
        unknown=(unknown,) if unknown else (),
        estimate=False,
        tables_of=tables.day,
    )


def _by(who: Collector, currency: str, *owed: tuple[Collector, Money]) -> Money:
    return _sum((amount for by, amount in owed if by == who), currency)


def _percent(base: Money, rate: Decimal) -> Money:
    return _rounded(base.minor * rate / 100, base.currency)


def _rounded(minor: Decimal, currency: str) -> Money:
    return Money(int(minor.quantize(Decimal(1), ROUND_HALF_UP)), currency)


def _sum(amounts: Iterable[Money], currency: str) -> Money:
    return sum(amounts, start=Money.zero(currency))


def _said(amount: Money | None) -> Money:
    """An amount the table's reader has made sure of."""
    if amount is None:
        raise ValueError("a regime without the amount its method needs")
    return amount


def _text(rate: Decimal | None) -> str:
    return "" if rate is None else f"{rate.normalize():f}"

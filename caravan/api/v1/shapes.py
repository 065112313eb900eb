"""What several resources answer."""

from __future__ import annotations

from datetime import date

from caravan.api.endpoint import Shape
from caravan.kernel.errors import Invalid
from caravan.kernel.money import Money
from caravan.tax.rules.outcome import Landed


class Amount(Shape, frozen=True):
    """Money: `amount` in major units as text, exact; `minor` the same in the currency's smallest unit."""

    amount: str
    minor: int
    currency: str

    @classmethod
    def of(cls, money: Money) -> Amount:
        return cls(amount=money.amount, minor=money.minor, currency=money.currency)

    @classmethod
    def if_any(cls, money: Money | None) -> Amount | None:
        return cls.of(money) if money is not None else None


class CutShape(Shape, frozen=True):
    """What a promotion takes off. `kind`: bundle, buy_get, spend_save, store_coupon, platform_coupon or platform_discount; `name`
    as buyers read it; `paid_by`: store or platform."""

    kind: str
    name: str
    amount: Amount
    paid_by: str


def page_of(limit: int) -> int:
    """How many a page of a list holds, as asked. Raises Invalid."""
    if not 1 <= limit <= 100:
        raise Invalid("limit", "A page holds 1 to 100.", limit="1 to 100")
    return limit


class UnknownShape(Shape, frozen=True):
    """Something that may cost and is not known: `code` says what, `about` of which heading, region or program."""

    code: str
    about: str


class StepShape(Shape, frozen=True):
    """One step of a reckoning: `rate` per cent of `base` is `amount`; `source` is where it stands written."""

    part: str
    code: str
    about: str
    base: Amount
    rate: str
    amount: Amount
    source: str


class LandedShape(Shape, frozen=True):
    """Tax and duty where a parcel lands: `collected` is in the total, `on_arrival` asked for by the carrier, `contained` in the
    price already. Not `complete`: what `unknown` names may be charged on arrival. `estimate`: the region was not known, and the
    highest rate was taken."""

    regime: str
    duty: Amount
    tax: Amount
    collected: Amount
    on_arrival: Amount
    contained: Amount
    collected_by: str
    complete: bool
    estimate: bool
    unknown: list[UnknownShape]
    steps: list[StepShape]
    tables_of: date

    @classmethod
    def of(cls, landed: Landed) -> LandedShape:
        return cls(
            regime=landed.regime,
            duty=Amount.of(landed.duty),
            tax=Amount.of(landed.vat),
            collected=Amount.of(landed.collected),
            on_arrival=Amount.of(landed.on_arrival),
            contained=Amount.of(landed.contained),
            collected_by=landed.collected_by,
            complete=landed.complete,
            estimate=landed.estimate,
            unknown=[UnknownShape(code=u.code, about=u.about) for u in landed.unknown],
            steps=[
                StepShape(
                    part=s.part,
                    code=s.code,
                    about=s.about,
                    base=Amount.of(s.base),
                    rate=s.rate,
                    amount=Amount.of(s.amount),
                    source=s.source.url if s.source else "",
                )
                for s in landed.steps
            ],
            tables_of=landed.tables_of,
        )

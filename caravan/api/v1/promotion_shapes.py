"""What the API takes and answers about a store's promotions."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec import structs

from caravan.api.endpoint import Shape
from caravan.api.v1.shapes import Amount
from caravan.catalog.rules import one_line
from caravan.kernel.errors import Invalid
from caravan.kernel.money import Money
from caravan.promotions.queries.owners import Owner
from caravan.promotions.queries.preview import Looked
from caravan.promotions.queries.promotions import PromotionRow
from caravan.promotions.queries.words import say
from caravan.promotions.rules.claims import typed_code
from caravan.promotions.rules.drafts import (
    BundleDraft,
    BundleGoods,
    BuyGetDraft,
    CouponDraft,
    DealGoods,
    Draft,
    Frame,
    Kind,
    LimitedDraft,
    Means,
    ScopeDraft,
    SpendSaveDraft,
    StoreWideDraft,
    TierDraft,
)
from caravan.promotions.rules.offers import Audience
from caravan.promotions.rules.simulation import Simulated

Tool = Literal["limited", "store_wide", "buy_get", "spend_save", "bundle", "coupon"]


class GoodsBody(Shape, frozen=True):
    """A product, or one variant of it. In a limited deal: `percent` off, or the `price` of the variant ("12.34" of the store's
    currency), `quantity` pieces of it in all and `per_buyer` for each. In a bundle: `each` pieces. Else only which product."""

    product_id: UUID
    variant_id: UUID | None = None
    percent: int = 0
    price: str | None = None
    quantity: int | None = None
    per_buyer: int | None = None
    each: int = 1


class StepBody(Shape, frozen=True):
    """A step of a spend-and-save, reached by `min_amount` or `min_items` pieces: an `amount` off, or `percent` with a `cap`."""

    min_amount: str | None = None
    min_items: int = 0
    percent: int = 0
    amount: str | None = None
    cap: str | None = None


class PromotionBody(Shape, frozen=True):
    """A promotion of one of six tools; of the fields below the first line a tool reads those it has.

    Amounts are text in the store's currency. Times without an offset are by the store's clock. `goods` null: all the store sells,
    or those of `group_id`; `budget`: what it may cost at most. `scope` follows from which of them is given.
    """

    tool: Tool
    name: str
    since: datetime
    until: datetime
    markets: list[str] = []
    audience: Literal["everyone", "new_buyers", "followers", "segment"] = "everyone"
    segment: str = ""
    budget: str | None = None
    goods: list[GoodsBody] | None = None
    gifts: list[UUID] = []
    group_id: UUID | None = None
    steps: list[StepBody] = []
    percent: int = 0
    amount: str | None = None
    cap: str | None = None
    min_spend: str | None = None
    price: str | None = None
    buy: int = 0
    get: int = 0
    times: int | None = None
    means: Literal["collect", "code", "targeted", "follower", "granted"] = "collect"
    code: str = ""
    stackable: bool = False
    total: int | None = None
    per_buyer: int = 1
    valid_since: datetime | None = None
    valid_until: datetime | None = None
    valid_days: int | None = None


class RefusalShape(Shape, frozen=True):
    """What stands in the way of starting it: the field, and why."""

    field: str
    reason: str


class AnnouncedShape(Shape, frozen=True):
    """A price it announces, of a variant in a market (empty: where it has no price of its own). What buyers are told it cost
    before is `was`, and it is `percent` less; both null where history bears no discount."""

    variant_id: UUID
    market: str
    list_price: Amount
    price: Amount
    was: Amount | None
    percent: int | None


class PromotionShape(Shape, frozen=True):
    """`status`: draft, scheduled, live, paused, stopped or ended; `may` is what can be done with it now. `greatest_loss` null: it
    has no limit. `refusals` and `announced` (a hundred at most) are told of one promotion only."""

    id: UUID
    tool: str
    name: str
    status: str
    since: datetime
    until: datetime
    markets: list[str]
    audience: str
    budget: Amount | None
    spent: Amount
    may: list[str]
    greatest_loss: Amount | None = None
    refusals: list[RefusalShape] = []
    announced: list[AnnouncedShape] = []

    @classmethod
    def of(cls, row: PromotionRow) -> PromotionShape:
        """As a list tells it."""
        return cls(
            id=row.id, tool=row.kind.value, name=row.name, status=row.status.value, since=row.since, until=row.until,
            markets=list(row.markets), audience=row.audience, budget=Amount.if_any(row.budget), spent=Amount.of(row.spent),
            may=sorted(row.may),
        )  # fmt: skip


class SimulationShape(Shape, frozen=True):
    """The last thirty days' `orders` priced with it: `touched` would have used it for `pieces`. `floor`: the least share of its
    list price in percent that a line would have brought, null where none was touched."""

    orders: int
    touched: int
    pieces: int
    before: Amount
    cost: Amount
    after: Amount
    floor: int | None
    is_capped: bool
    is_part: bool

    @classmethod
    def of(cls, found: Simulated) -> SimulationShape:
        return cls(
            orders=found.orders, touched=found.touched, pieces=found.pieces, before=Amount.of(found.before),
            cost=Amount.of(found.cost), after=Amount.of(found.after), floor=found.floor, is_capped=found.is_capped,
            is_part=found.is_part,
        )  # fmt: skip


MOST_ANNOUNCED = 100


def promotion_shape(looked: Looked, zone: str) -> PromotionShape:
    """One promotion, whole."""
    return structs.replace(
        PromotionShape.of(looked.row),
        greatest_loss=Amount.if_any(looked.loss),
        refusals=[RefusalShape(field=one.field, reason=say(one, zone)) for one in looked.refusals],
        announced=[
            AnnouncedShape(
                variant_id=one.variant.id, market=one.market, list_price=Amount.of(one.listed), price=Amount.of(one.price),
                was=Amount.of(one.said.was) if one.said else None, percent=one.said.percent if one.said else None,
            )
            for one in looked.announcements[:MOST_ANNOUNCED]
        ],
    )  # fmt: skip


def draft_of_body(body: PromotionBody, owner: Owner) -> Draft:
    """The draft. Raises Invalid for an amount that is none."""
    frame = Frame(
        name=one_line(body.name), since=_moment(body.since, owner), until=_moment(body.until, owner),
        markets=tuple(sorted({one.upper() for one in body.markets})), audience=Audience(body.audience),
        segment=body.segment if body.audience == "segment" else "", budget=_money("budget", body.budget, owner),
    )  # fmt: skip
    scope = _scope(body)
    match Kind(body.tool):
        case Kind.LIMITED:
            return LimitedDraft(frame=frame, goods=tuple(_deal(n, one, owner) for n, one in enumerate(body.goods or ())))
        case Kind.STORE_WIDE:
            return StoreWideDraft(frame=frame, percent=body.percent, scope=scope)
        case Kind.BUY_GET:
            return BuyGetDraft(
                frame=frame, buy=body.buy, get=body.get, percent=body.percent or 100, scope=scope,
                gifts=tuple(dict.fromkeys(body.gifts)), times=body.times,
            )  # fmt: skip
        case Kind.SPEND_SAVE:
            return SpendSaveDraft(frame=frame, tiers=tuple(_tier(n, one, owner) for n, one in enumerate(body.steps)), scope=scope)
        case Kind.BUNDLE:
            rows = (BundleGoods(product_id=g.product_id, variant_id=g.variant_id, each=g.each) for g in body.goods or ())
            price = _money("price", body.price, owner) or Money.zero(owner.currency)
            return BundleDraft(frame=frame, goods=tuple(rows), price=price, times=body.times)
        case Kind.COUPON:
            return CouponDraft(
                frame=frame, means=Means(body.means), percent=body.percent, amount=_money("amount", body.amount, owner),
                cap=_money("cap", body.cap, owner), min_spend=_money("min_spend", body.min_spend, owner), scope=scope,
                code=typed_code(body.code), stackable=body.stackable, total=body.total, per_buyer=body.per_buyer,
                valid_since=_moment(body.valid_since, owner) if body.valid_since else None,
                valid_until=_moment(body.valid_until, owner) if body.valid_until else None, valid_days=body.valid_days,
            )  # fmt: skip


def _scope(body: PromotionBody) -> ScopeDraft:
    if body.goods is not None:
        return ScopeDraft(products=tuple(dict.fromkeys(goods.product_id for goods in body.goods)))
    return ScopeDraft(group_id=body.group_id)


def _deal(n: int, goods: GoodsBody, owner: Owner) -> DealGoods:
    return DealGoods(
        product_id=goods.product_id, variant_id=goods.variant_id, percent=goods.percent,
        price=_money(f"goods.{n}.price", goods.price, owner), quantity=goods.quantity, per_buyer=goods.per_buyer,
    )  # fmt: skip


def _tier(n: int, step: StepBody, owner: Owner) -> TierDraft:
    return TierDraft(
        min_amount=_money(f"steps.{n}.min_amount", step.min_amount, owner), min_items=step.min_items, percent=step.percent,
        amount=_money(f"steps.{n}.amount", step.amount, owner), cap=_money(f"steps.{n}.cap", step.cap, owner),
    )  # fmt: skip


def _money(field: str, text: str | None, owner: Owner) -> Money | None:
    if text is None:
        return None
    try:
        return Money.parse(text if " " in text.strip() else f"{text.strip()} {owner.currency}")
    except Invalid as e:
        raise Invalid(e.code, e.detail, **{field: e.detail}) from e


def _moment(at: datetime, owner: Owner) -> datetime:
    """Without an offset it is by the store's clock. Raises Invalid for a time out of all calendars."""
    try:
        return (at if at.tzinfo else at.replace(tzinfo=ZoneInfo(owner.zone))).astimezone(UTC)
    except OverflowError as e:
        wrong = "There is no such day."
        raise Invalid("promotion.moment", wrong, since=wrong) from e

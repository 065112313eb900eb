"""A draft as a form shows it."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from caravan.kernel.money import Money
from caravan.promotions.queries.owners import Owner
from caravan.promotions.rules.claims import shown_code
from caravan.promotions.rules.drafts import (
    BundleDraft,
    BuyGetDraft,
    CouponDraft,
    Draft,
    Kind,
    LimitedDraft,
    ScopeDraft,
    SpendSaveDraft,
    StoreWideDraft,
)
from caravan.web.seller_promotions.forms.fields import local
from caravan.web.seller_promotions.forms.typed import Typed


def empty(kind: Kind, owner: Owner, at: datetime) -> Typed:
    """A new one: from the next full hour, for a week."""
    since = at.astimezone(ZoneInfo(owner.zone)).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    values = {
        "since": local(since, owner.zone), "until": local(since + timedelta(days=7), owner.zone), "reach": "everywhere",
        "audience": "everyone", "scope": "chosen" if kind in (Kind.LIMITED, Kind.BUNDLE) else "all",
    }  # fmt: skip
    usual = {
        Kind.BUY_GET: {"buy": "2", "get": "1", "percent": "100", "gives": "same"},
        Kind.COUPON: {"means": "collect", "per_buyer": "1", "validity": "days", "valid_days": "14"},
    }
    return Typed(values | usual.get(kind, {}))


def shown(draft: Draft, zone: str) -> Typed:
    """One that is stored."""
    frame = draft.frame
    values = {
        "name": frame.name,
        "since": local(frame.since, zone),
        "until": local(frame.until, zone),
        "reach": "chosen" if frame.markets else "everywhere",
        "audience": frame.audience.value,
        "segment": frame.segment,
        "budget": _amount(frame.budget),
        "ref": frame.ref,
    }
    lists: dict[str, tuple[str, ...]] = {"markets": frame.markets}
    match draft:
        case LimitedDraft():
            lists["goods"] = tuple(dict.fromkeys(str(row.product_id) for row in draft.goods))
            values |= _limited(draft)
        case BundleDraft():
            lists["goods"] = tuple(dict.fromkeys(str(row.product_id) for row in draft.goods))
            values |= {"price": _amount(draft.price), "times": _number(draft.times)}
            for row in draft.goods:
                values |= {f"b-{row.product_id}-variant": str(row.variant_id or ""), f"b-{row.product_id}-each": str(row.each)}
        case StoreWideDraft():
            values |= {"percent": str(draft.percent)}
        case BuyGetDraft():
            lists["gifts"] = tuple(map(str, draft.gifts))
            values |= {
                "buy": str(draft.buy), "get": str(draft.get), "percent": str(draft.percent), "times": _number(draft.times),
                "gives": "others" if draft.gifts else "same",
            }  # fmt: skip
        case SpendSaveDraft():
            values |= _tiers(draft)
        case CouponDraft():
            values |= _coupon(draft, zone)
    if not isinstance(draft, LimitedDraft | BundleDraft):
        values |= _scope(draft.scope)
        lists |= {"goods": tuple(map(str, draft.scope.products or ())), "categories": draft.scope.categories}
    return Typed(values, lists)


def _scope(scope: ScopeDraft) -> dict[str, str]:
    if scope.products is not None:
        return {"scope": "chosen"}
    if scope.group_id is not None:
        return {"scope": "group", "group": str(scope.group_id)}
    return {"scope": "categories" if scope.categories else "all"}


def _limited(draft: LimitedDraft) -> dict[str, str]:
    values: dict[str, str] = {}
    for row in draft.goods:
        key = f"v-{row.variant_id}" if row.variant_id else f"p-{row.product_id}"
        values |= {
            f"{key}-price": _amount(row.price), f"{key}-percent": _number(row.percent or None),
            f"{key}-quantity": _number(row.quantity), f"{key}-per_buyer": _number(row.per_buyer),
        }  # fmt: skip
    return values


def _tiers(draft: SpendSaveDraft) -> dict[str, str]:
    values: dict[str, str] = {}
    for n, tier in enumerate(draft.tiers):
        values |= {
            f"tier-{n}-min_amount": _amount(tier.min_amount), f"tier-{n}-min_items": _number(tier.min_items or None),
            f"tier-{n}-percent": _number(tier.percent or None), f"tier-{n}-amount": _amount(tier.amount),
            f"tier-{n}-cap": _amount(tier.cap),
        }  # fmt: skip
    return values


def _coupon(draft: CouponDraft, zone: str) -> dict[str, str]:
    values = {
        "means": draft.means.value,
        "percent": _number(draft.percent or None),
        "amount": _amount(draft.amount),
        "cap": _amount(draft.cap),
        "min_spend": _amount(draft.min_spend),
        "coupon_code": shown_code(draft.code),
        "total": _number(draft.total),
        "per_buyer": str(draft.per_buyer),
        "validity": "days" if draft.valid_days is not None else "fixed",
        "valid_days": _number(draft.valid_days),
        "valid_since": local(draft.valid_since, zone) if draft.valid_since else "",
        "valid_until": local(draft.valid_until, zone) if draft.valid_until else "",
    }
    return values | {"stackable": "on"} if draft.stackable else values


def _amount(amount: Money | None) -> str:
    return amount.amount if amount is not None else ""


def _number(value: int | None) -> str:
    return str(value) if value is not None else ""

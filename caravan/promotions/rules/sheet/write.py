"""Drafts as lines of a file: what `read_sheet` and `assemble` read back to the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from caravan.kernel.money import Money
from caravan.promotions.rules.drafts import (
    BundleDraft,
    BuyGetDraft,
    CouponDraft,
    Draft,
    LimitedDraft,
    ScopeDraft,
    SpendSaveDraft,
    StoreWideDraft,
)
from caravan.promotions.rules.goods import GoodsFacts
from caravan.promotions.rules.sheet.read import COLUMNS


def sheet_rows(
    drafts: Iterable[tuple[str, str, Draft]], goods: Mapping[UUID, GoodsFacts], groups: Mapping[UUID, str], zone: str
) -> Iterator[list[str]]:
    """The head and the lines of the drafts, each with its id in the file and its state ("draft" or "on"). `goods` and `groups`
    have what they name."""
    yield list(COLUMNS)
    for ref, state, draft in drafts:
        parts = _parts(draft, goods) or [{}]
        for n, part in enumerate(parts):
            terms = {"id": ref, **(_terms(draft, groups, zone) | {"state": state} if n == 0 else {})}
            cells = {**terms, **part}
            yield [cells.get(column, "") for column in COLUMNS]


def _terms(draft: Draft, groups: Mapping[UUID, str], zone: str) -> dict[str, str]:
    frame = draft.frame
    terms = {
        "tool": draft.kind.value, "name": frame.name, "begins": _moment(frame.since, zone), "ends": _moment(frame.until, zone),
        "markets": " ".join(frame.markets), "audience": frame.audience.value, "segment": frame.segment,
        "budget": _amount(frame.budget),
    }  # fmt: skip
    match draft:
        case StoreWideDraft():
            terms |= {"percent": str(draft.percent), "scope": _scope(draft.scope, groups)}
        case BuyGetDraft():
            terms |= {
                "buy": str(draft.buy), "get": str(draft.get), "percent": str(draft.percent), "times": _number(draft.times),
                "scope": _scope(draft.scope, groups),
            }  # fmt: skip
        case SpendSaveDraft():
            terms |= {"scope": _scope(draft.scope, groups)}
        case BundleDraft():
            terms |= {"price": _amount(draft.price), "times": _number(draft.times)}
        case CouponDraft():
            terms |= {
                "means": draft.means.value, "percent": _number(draft.percent or None), "amount": _amount(draft.amount),
                "at_most": _amount(draft.cap), "spend": _amount(draft.min_spend), "scope": _scope(draft.scope, groups),
                "code": draft.code, "stackable": "yes" if draft.stackable else "", "coupons": _number(draft.total),
                "per_buyer": str(draft.per_buyer), "valid_from": _moment(draft.valid_since, zone),
                "valid_until": _moment(draft.valid_until, zone), "valid_days": _number(draft.valid_days),
            }  # fmt: skip
    return terms


def _parts(draft: Draft, goods: Mapping[UUID, GoodsFacts]) -> list[dict[str, str]]:
    match draft:
        case LimitedDraft():
            return [
                {
                    **_named(row.product_id, row.variant_id, goods), "price": _amount(row.price),
                    "percent": _number(row.percent or None), "pieces": _number(row.quantity), "per_buyer": _number(row.per_buyer),
                }
                for row in draft.goods
            ]  # fmt: skip
        case BundleDraft():
            return [{**_named(row.product_id, row.variant_id, goods), "each": str(row.each)} for row in draft.goods]
        case SpendSaveDraft():
            steps = [
                {
                    "spend": _amount(tier.min_amount), "items": _number(tier.min_items or None),
                    "percent": _number(tier.percent or None), "amount": _amount(tier.amount), "at_most": _amount(tier.cap),
                }
                for tier in draft.tiers
            ]  # fmt: skip
            return [*steps, *_listed(draft.scope, goods)]
        case BuyGetDraft():
            gifts = [{**_named(id, None, goods), "role": "gift"} for id in draft.gifts]
            return [*_listed(draft.scope, goods), *gifts]
    return _listed(draft.scope, goods)


def _listed(scope: ScopeDraft, goods: Mapping[UUID, GoodsFacts]) -> list[dict[str, str]]:
    return [{**_named(id, None, goods), "role": "goods"} for id in scope.products or ()]


def _named(product_id: UUID, variant_id: UUID | None, goods: Mapping[UUID, GoodsFacts]) -> dict[str, str]:
    product = goods.get(product_id)
    if product is None:
        return {}
    sku = next((v.sku for v in product.variants if v.id == variant_id), "")
    return {"product": product.ref, "sku": sku}


def _scope(scope: ScopeDraft, groups: Mapping[UUID, str]) -> str:
    if scope.products is not None:
        return "chosen"
    if scope.group_id is not None:
        return f"group:{groups.get(scope.group_id, '')}"
    return f"categories:{' '.join(scope.categories)}" if scope.categories else "all"


def _moment(at: datetime | None, zone: str) -> str:
    return at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M:%S") if at else ""


def _amount(amount: Money | None) -> str:
    return amount.amount if amount is not None else ""


def _number(value: int | None) -> str:
    return str(value) if value is not None else ""

"""The lines of one id as a draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from caravan.catalog.rules import one_line
from caravan.kernel.money import Money
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
from caravan.promotions.rules.sheet.read import YES, Cell, RefusedLine, SheetRow, asked_moment, kind_of, moment, money, whole

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Names:
    """What the store calls its things: products by its own ids, variants (with their product) by SKU, groups by name."""

    products: Mapping[str, UUID]
    variants: Mapping[str, tuple[UUID, UUID]]
    groups: Mapping[str, UUID]
    currency: str
    zone: str


@dataclass(frozen=True, slots=True)
class Assembled:
    """`draft` is None where the terms cannot be used. `lines` has the line of each of its goods, gifts and steps, by the field
    of the draft ("goods.2"). `refused` are the lines that are not in it."""

    draft: Draft | None
    starts: bool
    lines: Mapping[str, SheetRow]
    refused: tuple[RefusedLine, ...]


def assemble(every: Sequence[SheetRow], rows: Sequence[SheetRow], names: Names) -> Assembled:
    """The draft of `rows`, those of `every` line of an id that are not refused yet, with the terms of the first. A line that
    cannot be read is left out; terms that cannot, refuse all of them."""
    first, refused = every[0], list[RefusedLine]()
    try:
        kind, frame = kind_of(first), _frame(first, names)
        parts = _Parts(kind, every, names, refused)
        parts.add(rows)
        draft = _draft(kind, frame, first, parts)
    except Cell as e:
        told = {one.line for one in refused}
        refused += [RefusedLine(r.line, r.ref, e.code, e.column, e.value) for r in rows if r.line not in told]
        return Assembled(None, False, {}, tuple(refused))
    return Assembled(draft, first["state"] == "on", parts.lines, tuple(refused))


class _Parts:
    """Goods, gifts and steps, gathered line by line. `is_chosen`: it is about goods that lines name, `gives_others`: they name
    what is given. If all of those are refused there are none of them, and not all there are."""

    def __init__(self, kind: Kind, every: Sequence[SheetRow], names: Names, refused: list[RefusedLine]) -> None:
        self.kind, self.names, self.refused = kind, names, refused
        roles = [self._is_gift(row) for row in every if row["product"] or row["sku"]]
        self.gives_others, self.is_chosen = True in roles, False in roles
        self.deals: list[DealGoods] = []
        self.bundle: list[BundleGoods] = []
        self.goods: list[UUID] = []
        self.gifts: list[UUID] = []
        self.tiers: list[TierDraft] = []
        self.lines: dict[str, SheetRow] = {}

    def add(self, rows: Sequence[SheetRow]) -> None:
        for row in rows:
            try:
                self._add(row)
            except Cell as e:
                self.refused.append(RefusedLine(row.line, row.ref, e.code, e.column, e.value))

    def _is_gift(self, row: SheetRow) -> bool:
        return self.kind is Kind.BUY_GET and row["role"] == "gift"

    def _add(self, row: SheetRow) -> None:
        kind, currency, named = self.kind, self.names.currency, self._named(row)
        if kind is Kind.SPEND_SAVE and (row["spend"] or row["items"]):
            tier = TierDraft(
                min_amount=money(row, "spend", currency), min_items=whole(row, "items") or 0,
                percent=whole(row, "percent") or 0, amount=money(row, "amount", currency), cap=money(row, "at_most", currency),
            )  # fmt: skip
            self._put("tiers", self.tiers, tier, row)
        if named is None:
            if kind in (Kind.LIMITED, Kind.BUNDLE):
                raise Cell("sheet.product", "product", "")
            return
        product_id, variant_id = named
        if kind is Kind.LIMITED:
            deal = DealGoods(
                product_id=product_id, variant_id=variant_id, percent=whole(row, "percent") or 0,
                price=money(row, "price", currency), quantity=whole(row, "pieces"), per_buyer=whole(row, "per_buyer"),
            )  # fmt: skip
            self._put("goods", self.deals, deal, row)
        elif kind is Kind.BUNDLE:
            each = whole(row, "each")
            piece = BundleGoods(product_id=product_id, variant_id=variant_id, each=1 if each is None else each)
            self._put("goods", self.bundle, piece, row)
        else:
            field, listed = ("gifts", self.gifts) if self._is_gift(row) else ("goods", self.goods)
            if product_id not in listed:
                self._put(field, listed, product_id, row)

    def _named(self, row: SheetRow) -> tuple[UUID, UUID | None] | None:
        """The product, and the variant if it is one, that the line is about; None: about none."""
        if row["sku"]:
            if row["sku"] not in self.names.variants:
                raise Cell("sheet.sku", "sku", row["sku"])
            product_id, variant_id = self.names.variants[row["sku"]]
            if row["product"] and self.names.products.get(row["product"]) != product_id:
                raise Cell("sheet.sku", "sku", row["sku"])
            return product_id, variant_id
        if not row["product"]:
            return None
        if row["product"] not in self.names.products:
            raise Cell("sheet.product", "product", row["product"])
        return self.names.products[row["product"]], None

    def _put(self, field: str, listed: list[T], one: T, row: SheetRow) -> None:
        self.lines[f"{field}.{len(listed)}"] = row
        listed.append(one)


def _frame(row: SheetRow, names: Names) -> Frame:
    audience = row["audience"] or Audience.EVERYONE
    if audience not in tuple(Audience):
        raise Cell("sheet.audience", "audience", audience)
    return Frame(
        name=one_line(row["name"]),
        since=asked_moment(row, "begins", names.zone),
        until=asked_moment(row, "ends", names.zone),
        markets=tuple(sorted({code.upper() for code in row["markets"].replace(",", " ").split()})),
        audience=Audience(audience),
        segment=row["segment"],
        budget=money(row, "budget", names.currency),
        ref=row.ref,
    )


def _scope(row: SheetRow, parts: _Parts) -> ScopeDraft:
    said, groups = row["scope"], parts.names.groups
    if parts.is_chosen or said == "chosen":
        return ScopeDraft(products=tuple(parts.goods))
    if said.startswith("group:"):
        name = said.removeprefix("group:").strip()
        if name not in groups:
            raise Cell("sheet.group", "scope", name)
        return ScopeDraft(group_id=groups[name])
    if said.startswith("categories:") and (paths := said.removeprefix("categories:").split()):
        return ScopeDraft(categories=tuple(dict.fromkeys(paths)))
    if said not in ("", "all"):
        raise Cell("sheet.scope", "scope", said)
    return ScopeDraft()


def _draft(kind: Kind, frame: Frame, row: SheetRow, parts: _Parts) -> Draft:
    match kind:
        case Kind.LIMITED:
            return LimitedDraft(frame=frame, goods=tuple(parts.deals))
        case Kind.STORE_WIDE:
            return StoreWideDraft(frame=frame, percent=whole(row, "percent") or 0, scope=_scope(row, parts))
        case Kind.BUY_GET:
            if parts.gives_others and not parts.gifts:
                raise Cell("sheet.gifts", "role", "gift")
            percent = whole(row, "percent")
            return BuyGetDraft(
                frame=frame, buy=whole(row, "buy") or 0, get=whole(row, "get") or 0, percent=100 if percent is None else percent,
                scope=_scope(row, parts), gifts=tuple(parts.gifts), times=whole(row, "times"),
            )  # fmt: skip
        case Kind.SPEND_SAVE:
            return SpendSaveDraft(frame=frame, tiers=tuple(parts.tiers), scope=_scope(row, parts))
        case Kind.BUNDLE:
            price = money(row, "price", parts.names.currency) or Money(0, parts.names.currency)
            return BundleDraft(frame=frame, goods=tuple(parts.bundle), price=price, times=whole(row, "times"))
        case Kind.COUPON:
            return _coupon(frame, row, parts)


def _coupon(frame: Frame, row: SheetRow, parts: _Parts) -> CouponDraft:
    means, names, per_buyer = row["means"] or Means.COLLECT, parts.names, whole(row, "per_buyer")
    if means not in tuple(Means):
        raise Cell("sheet.means", "means", means)
    return CouponDraft(
        frame=frame,
        means=Means(means),
        percent=whole(row, "percent") or 0,
        amount=money(row, "amount", names.currency),
        cap=money(row, "at_most", names.currency),
        min_spend=money(row, "spend", names.currency),
        scope=_scope(row, parts),
        code=typed_code(row["code"]),
        stackable=row["stackable"].lower() in YES,
        total=whole(row, "coupons"),
        per_buyer=1 if per_buyer is None else per_buyer,
        valid_since=moment(row, "valid_from", names.zone),
        valid_until=moment(row, "valid_until", names.zone),
        valid_days=whole(row, "valid_days"),
    )

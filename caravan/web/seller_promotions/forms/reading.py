"""A form as a draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from caravan.kernel.errors import Invalid
from caravan.kernel.money import Money
from caravan.promotions.queries.owners import Owner
from caravan.promotions.rules.claims import typed_code
from caravan.promotions.rules.drafts import (
    BundleDraft,
    BundleGoods,
    BuyGetDraft,
    CouponDraft,
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
from caravan.promotions.rules.goods import GoodsFacts
from caravan.promotions.rules.offers import Audience
from caravan.promotions.rules.quotas import QUOTAS
from caravan.web.seller_promotions.forms.fields import Fields
from caravan.web.seller_promotions.forms.limited import limited_goods
from caravan.web.seller_promotions.forms.typed import Typed, uuid_of


@dataclass(frozen=True, slots=True)
class Read:
    """A draft, and under which control of the form a refusal of one of its `fields` is shown."""

    draft: Draft
    controls: Mapping[str, str]

    def control(self, field: str) -> str:
        """ "goods.2.price" is told under the control of its third row: "v-<id>-price"."""
        parts = field.split(".")
        head = ".".join(parts[:2])
        return "-".join((self.controls[head], *parts[2:])) if head in self.controls else field


def read(kind: Kind, typed: Typed, owner: Owner, goods: Mapping[UUID, GoodsFacts]) -> Read:
    """What the form says. `goods` are the facts of those chosen. Raises Invalid for what cannot be read, field by field."""
    fields, controls = Fields(typed, owner.currency, owner.zone), dict[str, str]()
    draft = _draft(kind, fields, goods, controls)
    if fields.errors:
        raise Invalid("promotion.unread", _("Some fields need another look."), **fields.errors)
    return Read(draft, controls)


def _draft(kind: Kind, fields: Fields, goods: Mapping[UUID, GoodsFacts], controls: dict[str, str]) -> Draft:
    frame = _frame(fields)
    match kind:
        case Kind.LIMITED:
            rows = limited_goods(fields, goods)
            controls.update({f"goods.{i}": key for i, (key, _row) in enumerate(rows)})
            return LimitedDraft(frame=frame, goods=tuple(row for _key, row in rows))
        case Kind.STORE_WIDE:
            return StoreWideDraft(frame=frame, percent=fields.whole("percent") or 0, scope=_scope(fields, controls))
        case Kind.BUY_GET:
            return _buy_get(frame, fields, controls)
        case Kind.SPEND_SAVE:
            return SpendSaveDraft(frame=frame, tiers=_tiers(fields, controls), scope=_scope(fields, controls))
        case Kind.BUNDLE:
            return _bundle(frame, fields, controls)
        case Kind.COUPON:
            return _coupon(frame, fields, controls)


def _frame(fields: Fields) -> Frame:
    typed = fields.typed
    audience, markets = typed["audience"], typed.many("markets") if typed["reach"] == "chosen" else ()
    if typed["reach"] == "chosen" and not markets:  # none named would be all of them
        fields.errors["markets"] = _("Choose a country from the list.")
    return Frame(
        name=fields.text("name"),
        since=fields.asked_moment("since"),
        until=fields.asked_moment("until"),
        markets=tuple(sorted(markets)),
        audience=Audience(audience) if audience in tuple(Audience) else Audience.EVERYONE,
        segment=typed["segment"] if audience == Audience.SEGMENT else "",
        budget=fields.money("budget"),
        ref=fields.text("ref"),
    )


def _scope(fields: Fields, controls: dict[str, str]) -> ScopeDraft:
    typed = fields.typed
    match typed["scope"]:
        case "chosen":
            chosen = typed.chosen("goods")
            controls.update({f"goods.{i}": f"goods-{id}" for i, id in enumerate(chosen)})
            return ScopeDraft(products=chosen)
        case "group":
            group_id = uuid_of(typed["group"])
            if group_id is None:
                fields.errors["group"] = _("Choose a group of products.")
            return ScopeDraft(group_id=group_id)
        case "categories":
            if not typed.many("categories"):  # none named would be all there are
                fields.errors["categories"] = _("Choose one from the list.")
            return ScopeDraft(categories=typed.many("categories"))
    return ScopeDraft()


def _buy_get(frame: Frame, fields: Fields, controls: dict[str, str]) -> BuyGetDraft:
    gifts = fields.typed.chosen("gifts") if fields.typed["gives"] == "others" else ()
    if fields.typed["gives"] == "others" and not gifts:
        fields.errors["gifts"] = _("Choose what is given.")
    controls.update({f"gifts.{i}": f"gifts-{id}" for i, id in enumerate(gifts)})
    return BuyGetDraft(
        frame=frame, buy=fields.whole("buy") or 0, get=fields.whole("get") or 0, percent=fields.whole("percent") or 0,
        scope=_scope(fields, controls), gifts=gifts, times=fields.whole("times"),
    )  # fmt: skip


def _tiers(fields: Fields, controls: dict[str, str]) -> tuple[TierDraft, ...]:
    found: list[TierDraft] = []
    for n in range(QUOTAS.tiers):
        names = {name: f"tier-{n}-{name}" for name in ("min_amount", "min_items", "percent", "amount", "cap")}
        if not any(fields.typed[name] for name in names.values()):
            continue
        controls[f"tiers.{len(found)}"] = f"tier-{n}"
        found.append(
            TierDraft(
                min_amount=fields.money(names["min_amount"]),
                min_items=fields.whole(names["min_items"]) or 0,
                percent=fields.whole(names["percent"]) or 0,
                amount=fields.money(names["amount"]),
                cap=fields.money(names["cap"]),
            )
        )
    return tuple(found)


def _bundle(frame: Frame, fields: Fields, controls: dict[str, str]) -> BundleDraft:
    rows: list[BundleGoods] = []
    for product_id in fields.typed.chosen("goods"):
        controls[f"goods.{len(rows)}"] = f"b-{product_id}"
        variant_id, each = uuid_of(fields.typed[f"b-{product_id}-variant"]), fields.whole(f"b-{product_id}-each")
        rows.append(BundleGoods(product_id=product_id, variant_id=variant_id, each=1 if each is None else each))
    price = fields.money("price") or Money(0, fields.currency)
    return BundleDraft(frame=frame, goods=tuple(rows), price=price, times=fields.whole("times"))


def _coupon(frame: Frame, fields: Fields, controls: dict[str, str]) -> CouponDraft:
    means = fields.typed["means"]
    lasts_days = fields.typed["validity"] != "fixed"
    return CouponDraft(
        frame=frame,
        means=Means(means) if means in tuple(Means) else Means.COLLECT,
        percent=fields.whole("percent") or 0,
        amount=fields.money("amount"),
        cap=fields.money("cap"),
        min_spend=fields.money("min_spend"),
        scope=_scope(fields, controls),
        code=typed_code(fields.typed["coupon_code"]) if means == Means.CODE else "",
        stackable=fields.typed.has("stackable"),
        total=fields.whole("total"),
        per_buyer=1 if (per_buyer := fields.whole("per_buyer")) is None else per_buyer,
        valid_since=None if lasts_days else fields.moment("valid_since"),
        valid_until=None if lasts_days else fields.asked_moment("valid_until"),
        valid_days=(fields.whole("valid_days") or 0) if lasts_days else None,
    )

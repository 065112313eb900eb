"""Each price a promotion announces, held against what the goods cost before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from caravan.kernel.money import Money
from caravan.promotions.rules.drafts import BundleDraft, Draft, LimitedDraft, StoreWideDraft
from caravan.promotions.rules.goods import About, GoodsFacts, Refusal, VariantFacts
from caravan.promotions.rules.offers import reduced
from caravan.promotions.rules.past import PastPrice, met_in
from caravan.promotions.rules.reference import TRUTH, Announced, Reference, Truth, announced, is_borne, reference


@dataclass(frozen=True, slots=True)
class Announcement:
    """A variant in a market ("": where it has no price of its own) at the `price` of a deal, beside its `listed` price, and the
    `reference` price (None: it had no price for long enough)."""

    field: str
    title: str
    variant: VariantFacts
    market: str
    listed: Money
    price: Money
    reference: Reference | None

    @property
    def said(self) -> Announced | None:
        """What buyers are told."""
        return announced(self.price, self.listed, self.reference)

    @property
    def is_corrected(self) -> bool:
        """Whether less is said than the list price would make one say."""
        return self.said is None or self.said.was < self.listed


Past = Mapping[UUID, Sequence[PastPrice]]  # by variant, of all markets


def announcements(
    draft: Draft, goods: Mapping[UUID, GoodsFacts], past: Past, start: datetime, truth: Truth = TRUTH
) -> list[Announcement]:  # fmt: skip
    """All prices a draft announces: of a limited deal or a store-wide discount (whose `goods` are those it is about)."""
    if isinstance(draft, LimitedDraft):
        rows = [
            (f"goods.{i}", goods[row.product_id], row.variant_id, row.percent, row.price) for i, row in enumerate(draft.goods)
        ]
    elif isinstance(draft, StoreWideDraft):
        rows = [("percent", product, None, draft.percent, None) for product in goods.values()]
    else:
        return []
    found: list[Announcement] = []
    for field, product, variant_id, percent, price in rows:
        for variant in product.of(variant_id):
            for market in markets_of(variant, draft.frame.markets, past.get(variant.id, ())):
                listed = variant.listed(market)
                asked = price if price is not None else reduced(listed, percent)
                lowest = reference(met_in(past.get(variant.id, ()), market), start, truth)
                found.append(Announcement(field, product.title, variant, market, listed, asked, lowest))
    return found


def markets_of(variant: VariantFacts, markets: Sequence[str], past: Iterable[PastPrice]) -> list[str]:
    """The markets to look at one by one: those the draft names, else everywhere and wherever there is or was another price."""
    if markets:
        return sorted(markets)
    return sorted({"", *variant.market_prices, *(price.market for price in past)})


def untrue(draft: Draft, found: Sequence[Announcement], goods: Mapping[UUID, GoodsFacts], past: Past, start: datetime,
           ) -> Iterator[Refusal]:  # fmt: skip
    """What may not start as it is. A limited deal: each article whose price is not below its reference price. A store-wide
    discount: only when it would be one for none of its goods; of the others nothing is said (`Announcement.said`). A bundle:
    when its goods could be had for as much."""
    if isinstance(draft, BundleDraft):
        yield from _bundle(draft, goods, past, start)
        return
    wrong = [one for one in found if not is_borne(one.price, one.reference) or one.price >= one.listed]
    if isinstance(draft, StoreWideDraft):
        if wrong and len(wrong) == len(found):
            yield _refusal(wrong[0])
        return
    seen = set[str]()
    for one in wrong:
        if one.field not in seen:
            seen.add(one.field)
            yield _refusal(one)


def _refusal(one: Announcement) -> Refusal:
    about: dict[str, About] = {"title": one.title, "sku": one.variant.sku, "price": one.price, "market": one.market}
    if one.price >= one.listed:
        return Refusal(one.field, "truth.dearer", {**about, "listed": one.listed})
    if one.reference is None:
        return Refusal(one.field, "truth.new", about)
    told: dict[str, About] = {"lowest": one.reference.price, "since": one.reference.since, "until": one.reference.until}
    return Refusal(one.field, "truth.not_lower", {**about, **told})


def _bundle(draft: BundleDraft, goods: Mapping[UUID, GoodsFacts], past: Past, start: datetime) -> Iterator[Refusal]:
    single = sum(row.each * _lowest(goods[row.product_id].of(row.variant_id), past, start) for row in draft.goods)
    if draft.price.minor >= single:
        yield Refusal("price", "truth.bundle", {"single": Money(single, draft.price.currency)})


def _lowest(variants: Iterable[VariantFacts], past: Past, start: datetime) -> int:
    """The least one of these cost in the time before; what had no price for long enough costs what it costs now."""
    found = [(v, reference(met_in(past.get(v.id, ()), ""), start)) for v in variants]
    return min(lowest.price.minor if lowest else v.price.minor for v, lowest in found)

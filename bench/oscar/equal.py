"""Our offers in django-oscar's words: conditions, benefits, ranges of products, vouchers; as plain data that both sides read.

What each is there:

- a deal: a percentage off the products of a range, on so many pieces at most;
- a bundle: a fixed price for one each of the products of a range, which the basket has to cover;
- buy so many, get one: the cheapest of so many in a range is free; with gifts, or not for nothing, a percentage off one piece;
- spending more saves more: django-oscar has no tiers, so each is an offer of its own over what the tier below it saves already;
- a coupon: a voucher with one offer.

Every offer applies once a basket and combines with every other. Amounts are in the buyer's currency, which is the only one there.

What it cannot say is left out there and still looked at here: currencies, the markets an offer is for, one coupon of a store at
most, the price of a deal before a store-wide one, the best of what competes. The cart is one where none of it changes what is
taken off: no two offers want the same pieces, and percentages are of goods that no deal makes cheaper.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bench.offered import Case
from caravan.kernel.money import Money
from caravan.promotions.rules import Benefit, Bundle, BuyGet, Coupon, Deal, LineFacts, Scope, SpendSave, StoreOffers


@dataclass(frozen=True, slots=True)
class Offer:
    """`condition` is how much is asked for of the products `about`, `benefit` what comes off those of `off`. `promotion` is
    the id of ours that it is, or is a tier of."""

    promotion: str
    condition: tuple[str, str]
    benefit: tuple[str, str | None]
    about: tuple[str, ...]
    off: tuple[str, ...]
    most_pieces: int | None = None
    voucher: bool = False


def equal(case: Case) -> dict[str, Any]:
    """`case` for django-oscar."""
    one = _Translation(case)
    return {
        "products": [str(line.product_id) for line in case.goods],
        "lines": [(str(x.product_id), x.quantity, one.amount(x.list_price)) for x in case.cart.lines],
        "offers": [asdict(offer) for offer in one.offers()],
    }


class _Translation:
    def __init__(self, case: Case) -> None:
        self.case, self.goods = case, case.goods

    def amount(self, money: Money) -> str:
        return self.case.terms.rates.convert(money, self.case.cart.currency).amount

    def offers(self) -> Iterator[Offer]:
        for store_id, offers in self.case.terms.stores.items():
            yield from self._of_store([line for line in self.goods if line.store_id == store_id], offers)
        for discount in self.case.terms.platform:
            yield from self._tiers(discount, self._range(discount.scope, self.goods))
        for coupon in self.case.terms.coupons:
            whole = [line for line in self.goods if coupon.store_id in (None, line.store_id)]
            yield self._voucher(coupon, self._range(coupon.scope, whole))

    def _of_store(self, goods: Sequence[LineFacts], offers: StoreOffers) -> Iterator[Offer]:
        for deal in (*(deal for deals in offers.deals.values() for deal in deals), *offers.wide):
            yield self._deal(deal, self._range(deal.scope, goods))
        for bundle in offers.bundles:
            yield self._bundle(bundle)
        for offer in offers.buy_gets:
            yield self._buy_get(offer, goods)
        for discount in offers.spend_saves:
            yield from self._tiers(discount, self._range(discount.scope, goods))

    def _range(self, scope: Scope, goods: Sequence[LineFacts]) -> tuple[str, ...]:
        return tuple(str(line.product_id) for line in goods if scope.covers(line))

    def _deal(self, deal: Deal, about: tuple[str, ...]) -> Offer:
        return Offer(str(deal.id), ("Count", "1"), ("Percentage", str(deal.percent)), about, about, deal.left)

    def _bundle(self, bundle: Bundle) -> Offer:
        about = tuple(str(item.product_id) for item in bundle.items)
        return Offer(str(bundle.id), ("Coverage", str(len(about))), ("Fixed price", self.amount(bundle.price)), about, ())

    def _buy_get(self, offer: BuyGet, goods: Sequence[LineFacts]) -> Offer:
        id, about = str(offer.id), self._range(offer.scope, goods)
        if offer.gifts is not None:
            gifts = self._range(offer.gifts, goods)
            return Offer(id, ("Count", str(offer.buy)), ("Percentage", str(offer.percent)), about, gifts, offer.get)
        asked = ("Count", str(offer.buy + offer.get))
        if offer.percent == 100 and offer.get == 1:
            return Offer(id, asked, ("Multibuy", None), about, about)
        return Offer(id, asked, ("Percentage", str(offer.percent)), about, about, offer.get)

    def _tiers(self, discount: SpendSave, about: tuple[str, ...]) -> Iterator[Offer]:
        before = Benefit(amount=Money.zero(self.case.cart.currency))
        for tier in discount.tiers:
            asked = ("Value", self.amount(tier.min_amount)) if tier.min_amount else ("Count", str(tier.min_items))
            yield Offer(str(discount.id), asked, self._more(tier.benefit, before), about, about)
            before = tier.benefit

    def _more(self, benefit: Benefit, before: Benefit) -> tuple[str, str]:
        """What a tier saves over the one before it, which is reached as well."""
        if benefit.amount is None:
            return ("Percentage", str(benefit.percent - before.percent))
        currency = self.case.cart.currency
        own, other = (
            self.case.terms.rates.convert(one.amount, currency) if one.amount else Money.zero(currency)
            for one in (benefit, before)
        )  # fmt: skip
        return ("Absolute", (own - other).amount)

    def _voucher(self, coupon: Coupon, about: tuple[str, ...]) -> Offer:
        asked = ("Value", self.amount(coupon.min_spend)) if coupon.min_spend else ("Count", "1")
        benefit = coupon.benefit
        off = ("Absolute", self.amount(benefit.amount)) if benefit.amount else ("Percentage", str(benefit.percent))
        return Offer(str(coupon.promotion_id), asked, off, about, about, voucher=True)

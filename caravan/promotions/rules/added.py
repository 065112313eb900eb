"""A promotion by itself, as the engine reads it, beside what runs already: for previews and simulations."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from caravan.promotions.rules.offers import NO_OFFERS, Coupon, Deal, StoreOffers
from caravan.promotions.rules.terms import Terms


@dataclass(frozen=True, slots=True)
class Added:
    """One promotion: its `offers` (of `store_id`; None: the platform's), or the `coupon` each buyer would have, of which there
    are `total` (None: no end), `per_buyer` for each."""

    promotion_id: UUID
    store_id: UUID | None
    offers: StoreOffers = NO_OFFERS
    coupon: Coupon | None = None
    total: int | None = None
    per_buyer: int = 1

    def to(self, terms: Terms, *, with_coupon: bool = True) -> Terms:
        """`terms` with the promotion among them."""
        if self.coupon is not None:
            return replace(terms, coupons=(*terms.coupons, self.coupon)) if with_coupon else terms
        if self.store_id is None:
            return replace(terms, platform=(*terms.platform, *self.offers.spend_saves))
        stores = dict(terms.stores)
        stores[self.store_id] = joined(stores.get(self.store_id, NO_OFFERS), self.offers)
        return replace(terms, stores=stores)

    def less(self, sold: Mapping[UUID, int]) -> Added:
        """What is left of it, where so many pieces more were `sold` at its deals (by their ids)."""
        deals = {p: tuple(_less(deal, sold) for deal in some) for p, some in self.offers.deals.items()}
        return replace(self, offers=replace(self.offers, deals=deals))


def without(offers: StoreOffers, promotion_id: UUID) -> StoreOffers:
    """What a store runs besides that promotion."""
    deals = {p: tuple(deal for deal in some if deal.promotion_id != promotion_id) for p, some in offers.deals.items()}
    return replace(
        offers,
        deals={p: some for p, some in deals.items() if some},
        wide=tuple(deal for deal in offers.wide if deal.promotion_id != promotion_id),
        bundles=tuple(offer for offer in offers.bundles if offer.id != promotion_id),
        buy_gets=tuple(offer for offer in offers.buy_gets if offer.id != promotion_id),
        spend_saves=tuple(offer for offer in offers.spend_saves if offer.id != promotion_id),
    )


def terms_without(terms: Terms, promotion_ids: Collection[UUID]) -> Terms:
    """The same terms as if these promotions were not on."""
    stores = dict(terms.stores)
    for promotion_id in promotion_ids:
        stores = {id: without(offers, promotion_id) for id, offers in stores.items()}
    return replace(
        terms,
        stores=stores,
        coupons=tuple(coupon for coupon in terms.coupons if coupon.promotion_id not in promotion_ids),
        platform=tuple(offer for offer in terms.platform if offer.id not in promotion_ids),
    )


def joined(one: StoreOffers, other: StoreOffers) -> StoreOffers:
    """What a store runs, from two parts."""
    deals = {**one.deals, **{p: (*one.deals.get(p, ()), *some) for p, some in other.deals.items()}}
    return StoreOffers(
        deals=deals,
        wide=(*one.wide, *other.wide),
        bundles=(*one.bundles, *other.bundles),
        buy_gets=(*one.buy_gets, *other.buy_gets),
        spend_saves=(*one.spend_saves, *other.spend_saves),
        capped=one.capped | other.capped,
    )


def _less(deal: Deal, sold: Mapping[UUID, int]) -> Deal:
    return replace(deal, left=max(0, deal.left - sold[deal.id])) if deal.left is not None and deal.id in sold else deal

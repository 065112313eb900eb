"""What buyers would be asked for with a promotion, in carts that show what it does: by the function that prices all carts."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from caravan.promotions.queries.offers import offers_of, platform_discounts
from caravan.promotions.queries.owners import Owner
from caravan.promotions.queries.preview import added, example_carts
from caravan.promotions.rules import BuyerFacts, CartFacts, Quote, Terms, quote
from caravan.promotions.rules.added import without
from caravan.promotions.rules.drafts import Draft
from caravan.promotions.rules.offers import Audience
from caravan.promotions.rules.segments import Segment, segment_id
from caravan.trade.queries.rates import current_rates


def example_quotes(
    owner: Owner, promotion_id: UUID, draft: Draft, market: str, at: datetime
) -> tuple[list[Quote], dict[UUID, str]]:  # fmt: skip
    """The carts priced as of the promotion's beginning, for somebody it is meant for, beside all that runs then; and what the
    goods in them are called. Raises NotFound for another's promotion."""
    begins = max(draft.frame.since, at)
    carts, titles = example_carts(owner, draft, market)
    stores = {line.store_id for lines in carts for line in lines}
    others = {id: without(offers, promotion_id) for id, offers in offers_of(stores, at).items()} if stores else {}
    platform = tuple(offer for offer in platform_discounts(at) if offer.id != promotion_id)
    terms = added(owner, promotion_id, at).to(Terms(current_rates(at), stores=others, platform=platform))
    buyer = _meant(owner, draft, stores)
    place = draft.frame.markets[0] if draft.frame.markets else market
    return [quote(CartFacts(place, owner.currency, lines, buyer), terms, begins) for lines in carts], titles


def _meant(owner: Owner, draft: Draft, stores: set[UUID]) -> BuyerFacts:
    """Somebody the promotion is open to."""
    frame = draft.frame
    segments = {segment_id(owner.store_id, Segment(frame.segment))} if frame.audience is Audience.SEGMENT else set()
    return BuyerFacts(is_known=True, follows=frozenset(stores), segments=frozenset(segments))

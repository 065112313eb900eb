"""Whether a promotion may start, all considered: how it is written, what the goods cost before, what else runs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import Min

from caravan.promotions.models import OfferedPrice, Promotion, PromotionGoods
from caravan.promotions.queries.goods import goods_of_draft, owner_facts
from caravan.promotions.queries.history import past_prices
from caravan.promotions.queries.owners import Owner
from caravan.promotions.rules.drafting import check
from caravan.promotions.rules.drafts import BundleDraft, CouponDraft, Draft, LimitedDraft, StoreWideDraft
from caravan.promotions.rules.goods import About, GoodsFacts, Refusal
from caravan.promotions.rules.past import PastPrice
from caravan.promotions.rules.quotas import QUOTAS
from caravan.promotions.rules.reference import TRUTH, Truth
from caravan.promotions.rules.truth import Announcement, announcements, untrue

NEW = UUID(int=0)  # of what is not stored yet: no row has it


@dataclass(frozen=True, slots=True)
class Checked:
    """What is wrong with a draft (nothing: it may start), and the prices it announces."""

    refusals: tuple[Refusal, ...]
    announcements: tuple[Announcement, ...] = ()


def checked(owner: Owner, draft: Draft, at: datetime, *, own_id: UUID | None = None) -> Checked:
    """Look at `draft` as of `at`. `own_id` is the promotion it is the draft of, which does not stand in its own way."""
    wrong = written(owner, draft, at)
    if wrong:
        return Checked(wrong)
    known = history_of(owner, draft, at, own_id=own_id)
    found = announcements(draft, known.goods, known.past, known.start, known.truth)
    wrong = (*untrue(draft, found, known.goods, known.past, known.start), *_beside(owner, draft, at, own_id))
    return Checked(wrong, tuple(found))


def written(owner: Owner, draft: Draft, at: datetime) -> tuple[Refusal, ...]:
    """What is wrong with the way it is written."""
    return check(draft, owner_facts(owner, draft), at)


class History(NamedTuple):
    """The goods whose prices a draft is about, and what they cost in the time it is held against, which ends at its `start`."""

    goods: dict[UUID, GoodsFacts]
    past: dict[UUID, list[PastPrice]]
    start: datetime
    truth: Truth


def history_of(
    owner: Owner, draft: Draft, at: datetime, *, own_id: UUID | None = None, only: Collection[UUID] | None = None
) -> History:  # fmt: skip
    """None of a draft that announces no prices. `only`: of those products. A promotion (`own_id`) that was on already is held
    against the time since thirty days before it began, and not against itself."""
    start = max(draft.frame.since, at)
    if not isinstance(draft, LimitedDraft | StoreWideDraft | BundleDraft):
        return History({}, {}, start, TRUTH)
    goods, truth = goods_of_draft(owner, draft, only), _held_against(own_id, start)
    ids = [variant.id for product in goods.values() for variant in product.variants]
    past = past_prices(ids, start - timedelta(days=truth.days), start)
    if own_id:
        past = {id: [price for price in prices if price.promotion_id != own_id] for id, prices in past.items()}
    return History(goods, past, start, truth)


def _held_against(own_id: UUID | None, start: datetime) -> Truth:
    began = OfferedPrice.objects.filter(promotion=own_id).aggregate(began=Min("since"))["began"] if own_id else None
    return replace(TRUTH, days=TRUTH.days + max(0, -((began - start) // timedelta(days=1)))) if began else TRUTH


def over_quota(owner: Owner, draft: Draft, at: datetime, own_id: UUID | None) -> Iterator[Refusal]:
    """Too many of its kind at once."""
    states = [Promotion.State.ON, Promotion.State.PAUSED]
    running = Promotion.objects.filter(owner.owns, kind=draft.kind, state__in=states, until__gt=at)
    if running.exclude(pk=own_id or NEW).count() >= QUOTAS.running[draft.kind]:
        yield Refusal("kind", "quota.running", {"most": QUOTAS.running[draft.kind]})


def _beside(owner: Owner, draft: Draft, at: datetime, own_id: UUID | None) -> Iterator[Refusal]:
    """What other promotions of the owner say of it."""
    if isinstance(draft, LimitedDraft):
        yield from _overlaps(owner, draft, at, own_id)
    if isinstance(draft, CouponDraft) and draft.code and _is_taken(draft.code, own_id):
        yield Refusal("coupon_code", "code.taken")


def _is_taken(code: str, own_id: UUID | None) -> bool:
    return Promotion.objects.filter(code=code).exclude(pk=own_id or NEW).exists()


def _overlaps(owner: Owner, draft: LimitedDraft, at: datetime, own_id: UUID | None) -> Iterator[Refusal]:
    frame = draft.frame
    rows = (
        PromotionGoods.objects.filter(
            promotion__store=owner.store_id or NEW, promotion__kind=draft.kind, promotion__state=Promotion.State.ON,
            promotion__since__lt=frame.until, promotion__until__gt=max(frame.since, at),
            product_id__in=[row.product_id for row in draft.goods],
        ).exclude(promotion_id=own_id or NEW).select_related("promotion", "product__version")
    )  # fmt: skip
    others: dict[UUID, list[PromotionGoods]] = {}
    for row in rows:
        if _share(frame.markets, row.promotion.markets):
            others.setdefault(row.product_id, []).append(row)
    for i, goods in enumerate(draft.goods):
        for row in others.get(goods.product_id, ()):
            if None in (goods.variant_id, row.variant_id) or goods.variant_id == row.variant_id:
                title = row.product.version.title if row.product.version else row.product.slug
                about: dict[str, About] = {
                    "title": title,
                    "other": row.promotion.name,
                    "since": row.promotion.since,
                    "until": row.promotion.until,
                }
                yield Refusal(f"goods.{i}", "overlap.limited", about)
                break


def _share(markets: Sequence[str], others: Sequence[str]) -> bool:
    """Whether there is a market both are in; none named is all of them."""
    return not markets or not others or bool({*markets} & {*others})

"""Promotions as their owners see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from caravan.kernel.errors import Conflict, NotFound
from caravan.kernel.money import Money
from caravan.promotions.models import Promotion
from caravan.promotions.queries.owners import Owner, owner_for, owner_of
from caravan.promotions.rules.drafts import Kind
from caravan.promotions.rules.lifecycle import MAY, Status, status
from caravan.stores.queries import stores_by_ids

PAGE = 50


@dataclass(frozen=True, slots=True)
class PromotionRow:
    """A promotion in a list. `may` is what its owner may do with it now; `spent` of the `budget` (None: no cap) is used up."""

    id: UUID
    kind: Kind
    name: str
    status: Status
    since: datetime
    until: datetime
    markets: tuple[str, ...]
    audience: str
    budget: Money | None
    spent: Money
    may: frozenset[str]
    ended_at: datetime | None


def own_promotion(owner: Owner, promotion_id: UUID) -> Promotion:
    """One of the owner's promotions. Raises NotFound."""
    found = Promotion.objects.filter(owner.owns, pk=promotion_id).first()
    if found is None:
        raise NotFound("promotion.unknown", _("There is no such promotion here."))
    return found


def may(promotion: Promotion, verb: str, at: datetime) -> None:
    """Raises Conflict where that is not to be done with the promotion as it stands."""
    stands = status(promotion.state, promotion.since, promotion.until, at)
    if verb not in MAY[stands]:
        raise Conflict("promotion.status", _refusal(stands))


def _refusal(stands: Status) -> str:
    return {
        Status.DRAFT: _("This promotion is a draft. Start it first."),
        Status.SCHEDULED: _("This promotion is planned already. Change it, or stop it."),
        Status.LIVE: _(
            "This promotion is live, so its terms stay as they are. Pause or stop it, or copy it and change the copy."
        ),
        Status.PAUSED: _("This promotion is paused. Resume it, stop it, or copy it and change the copy."),
        Status.STOPPED: _("This promotion was stopped. Copy it to have it once more."),
        Status.ENDED: _("This promotion is over. Copy it to have it once more."),
    }[stands]


def promotions(owner: Owner, at: datetime, *, of: Status | None = None, before: UUID | None = None) -> list[PromotionRow]:
    """The owner's, the newest first, PAGE and one more."""
    found = Promotion.objects.filter(owner.owns & (_stands(of, at) if of else Q()))
    if before:
        found = found.filter(pk__lt=before)
    return [promotion_row(p, at) for p in found.order_by("-pk")[: PAGE + 1]]


@dataclass(frozen=True, slots=True)
class StoresPromotion:
    """A store's promotion in an operator's list."""

    row: PromotionRow
    store_slug: str
    store_name: str


def of_all_stores(
    *, operator_id: UUID, at: datetime, of: Status | None = None, before: UUID | None = None
) -> list[StoresPromotion]:  # fmt: skip
    """What stores have and had, the newest first, PAGE and one more. Raises NotFound to whoever runs no market."""
    owner_for(user_id=operator_id, slug=None)
    asked = _stands(of, at) if of else ~Q(state=Promotion.State.DRAFT)
    found = Promotion.objects.exclude(store=None).filter(asked).select_related("store")
    if before:
        found = found.filter(pk__lt=before)
    return [
        StoresPromotion(promotion_row(p, at), p.store.slug, p.store.name)
        for p in found.order_by("-pk")[: PAGE + 1]
        if p.store is not None
    ]


def owner_of_any(*, operator_id: UUID, promotion_id: UUID) -> Owner:
    """Whose promotion it is, for an operator. Raises NotFound to others, and for one there is not."""
    platform = owner_for(user_id=operator_id, slug=None)
    found = Promotion.objects.filter(pk=promotion_id).values_list("store_id", flat=True)
    if not found:
        raise NotFound("promotion.unknown", _("There is no such promotion here."))
    return owner_of(stores_by_ids([found[0]])[found[0]]) if found[0] else platform


def running(owner: Owner, since: datetime, until: datetime, at: datetime) -> list[PromotionRow]:
    """What is planned, live or paused between the two instants, or was on between them, by when it begins: the calendar."""
    there = Promotion.objects.filter(owner.owns, since__lt=until, until__gt=since)
    there = there.exclude(state=Promotion.State.DRAFT).filter(Q(ended_at=None) | Q(ended_at__gt=since))
    return [promotion_row(p, at) for p in there.order_by("since", "pk")[:200]]


def counts(owner: Owner, at: datetime) -> dict[Status, int]:
    """How many of the owner's stand where. One statement."""
    numbers = {stands.value: Count("pk", filter=_stands(stands, at)) for stands in Status}
    found = Promotion.objects.filter(owner.owns).aggregate(**numbers)
    return {stands: found[stands.value] for stands in Status}


def promotion_row(promotion: Promotion, at: datetime) -> PromotionRow:
    """What a list shows of it."""
    stands, currency = status(promotion.state, promotion.since, promotion.until, at), promotion.currency
    return PromotionRow(
        id=promotion.pk,
        kind=Kind(promotion.kind),
        name=promotion.name,
        status=stands,
        since=promotion.since,
        until=promotion.until,
        markets=tuple(promotion.markets),
        audience=promotion.audience,
        budget=Money(promotion.budget_minor, currency) if promotion.budget_minor is not None else None,
        spent=Money(promotion.spent_minor, currency),
        may=MAY[stands],
        ended_at=promotion.ended_at,
    )


def _stands(wanted: Status, at: datetime) -> Q:
    """Those that `status` would say it of."""
    states = Promotion.State
    match wanted:
        case Status.DRAFT | Status.PAUSED:
            return Q(state=wanted.value, until__gt=at)
        case Status.SCHEDULED:
            return Q(state=states.ON, since__gt=at)
        case Status.LIVE:
            return Q(state=states.ON, since__lte=at, until__gt=at)
        case Status.STOPPED:
            return Q(state=states.STOPPED)
        case Status.ENDED:
            return Q(until__lte=at) & ~Q(state=states.STOPPED)

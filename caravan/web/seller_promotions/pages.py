"""One promotion: what it is, what buyers will see of it, what it may cost, and what may be done with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from caravan.kernel.clock import now
from caravan.kernel.errors import Conflict, Invalid, NotFound
from caravan.kernel.markets import country
from caravan.kernel.money import Money
from caravan.promotions.actions.drafting import copy_promotion, discard_draft
from caravan.promotions.actions.starting import pause_promotion, resume_promotion, start_promotion, stop_promotion
from caravan.promotions.queries.preview import Looked, look_at
from caravan.promotions.queries.words import say
from caravan.promotions.rules import Quote
from caravan.promotions.rules.drafts import CouponDraft, LimitedDraft, Means
from caravan.promotions.rules.truth import Announcement
from caravan.trade.queries.examples import example_quotes
from caravan.trade.queries.simulation import simulated
from caravan.web.guards import signed_in, user_id
from caravan.web.request import PageRequest
from caravan.web.seller_promotions.desk import Desk
from caravan.web.seller_promotions.words import audience_name, means_name, segment_name, summary
from caravan.web.templating import number

MOST_SHOWN = 60  # prices in the preview


@signed_in
@require_safe
def promotion(request: PageRequest, slug: str, id: UUID) -> HttpResponse:
    return promotion_at(request, Desk.of(request, slug), id)


@signed_in
@require_POST
def move(request: PageRequest, slug: str, id: UUID, noun: str) -> HttpResponse:
    return moved_at(request, Desk.of(request, slug), id, noun)


def promotion_at(
    request: PageRequest, desk: Desk, id: UUID, refused: Sequence[str] = (), status: int = 200, **more: Any
) -> HttpResponse:
    """`more` goes to the template: what an operator sees of a store's is not theirs to change."""
    at = now()
    looked = look_at(desk.owner, id, at)
    to_come = bool(looked.row.may & {"start", "resume", "edit"})
    quotes, titles = example_quotes(desk.owner, id, looked.draft, request.market.code, at) if to_come else ([], {})
    rows = _most_telling(looked.announcements)
    everywhere = _("Everywhere else") if any(one.market for one in rows) else _("Everywhere")
    context: dict[str, Any] = desk.context() | {
        "row": looked.row,
        "summary": summary(looked.draft),
        "facts": _facts(desk, looked),
        "wrong": refused or [say(one, desk.owner.zone) for one in looked.refusals],
        "told": _grouped(rows)[:MOST_SHOWN],
        "tally": _tally(looked.announcements),
        "market_name": lambda code: country(code).name(request.market.language) if code else everywhere,
        "examples": [_example(one, titles) for one in quotes],
        "simulated": simulated(desk.owner, id, at) if to_come else None,
        "loss": looked.loss,
        "to_come": to_come,
        "may_act": True,
        "is_by_code": isinstance(looked.draft, CouponDraft) and looked.draft.means is Means.CODE,
    }
    return render(request, "promotions/promotion.html", context | more, status=status)


MOVES: dict[str, tuple[Callable[..., object], Callable[[], str]]] = {
    "start": (start_promotion, lambda: _("It is on. Planned ones begin by themselves.")),
    "pause": (pause_promotion, lambda: _("Paused. Prices are the usual ones again.")),
    "resumption": (resume_promotion, lambda: _("It is on again.")),
    "stop": (stop_promotion, lambda: _("Stopped. Coupons that were given out stay good.")),
    "copy": (copy_promotion, lambda: _("This is the copy, a draft. Look at its time, then start it.")),
    "removal": (discard_draft, lambda: _("The draft is deleted.")),
}


def moved_at(request: PageRequest, desk: Desk, id: UUID, noun: str) -> HttpResponse:
    """Start, pause and the like; where that is refused, the page says why."""
    if noun not in MOVES:
        raise NotFound("page.unknown", _("There is no such page."))
    act, done = MOVES[noun]
    try:
        made = act(user_id=user_id(request), slug=desk.slug, promotion_id=id, at=now())
    except Invalid as refusal:
        return promotion_at(request, desk, id, list(refusal.fields.values()), refusal.status)
    except Conflict as refusal:
        messages.error(request, refusal.detail)
        return HttpResponseRedirect(desk.url("promotion", id=id))
    messages.success(request, done())
    if noun == "removal":
        return HttpResponseRedirect(desk.url("promotions"))
    return HttpResponseRedirect(desk.url("promotion", id=made if isinstance(made, UUID) else id))


def _facts(desk: Desk, looked: Looked) -> list[tuple[str, str]]:
    frame, row = looked.draft.frame, looked.row
    audience = segment_name(frame.segment) if frame.segment else audience_name(frame.audience, of_store=desk.slug is not None)
    facts = [
        (_("Begins"), desk.moment(row.since)),
        (_("Ends"), desk.moment(row.ended_at or row.until)),
        (_("Markets"), ", ".join(row.markets) or (_("Everywhere you ship") if desk.slug is not None else _("Everywhere"))),
        (_("For"), audience),
    ]
    if isinstance(looked.draft, LimitedDraft):
        facts += [(_("Pieces"), text) for text in _pieces(looked.draft, looked)]
    if looked.named:
        facts.append((_("Goods"), ", ".join(list(looked.named.values())[:12]) + (" …" if len(looked.named) > 12 else "")))
    if isinstance(looked.draft, CouponDraft):
        facts += _coupon_facts(desk, looked.draft)
    return facts


def _pieces(draft: LimitedDraft, looked: Looked) -> Iterator[str]:
    """Of the goods of which there are so many at the price, or so many for each buyer."""
    for goods in draft.goods:
        told = []
        if goods.quantity is not None:
            told.append(ngettext("%(n)s piece", "%(n)s pieces", goods.quantity) % {"n": number(goods.quantity)})
        if goods.per_buyer is not None:
            told.append(_("%(count)s for each person") % {"count": number(goods.per_buyer)})
        if told:
            yield f"{looked.named.get(goods.product_id, '')}: {', '.join(told)}"


def _coupon_facts(desk: Desk, draft: CouponDraft) -> list[tuple[str, str]]:
    valid = ""
    if draft.valid_days:
        valid = _("%(n)s days from the claim") % {"n": draft.valid_days}
    elif draft.valid_until:
        valid = _("until %(moment)s") % {"moment": desk.moment(draft.valid_until)}
    return [
        (_("How buyers get it"), means_name(draft.means, of_store=desk.slug is not None)),
        (_("Coupons"), number(draft.total) if draft.total is not None else _("As many as are wanted")),
        (_("For each buyer"), number(draft.per_buyer)),
        (_("Good for"), valid),
    ]


def _most_telling(found: Sequence[Announcement]) -> list[Announcement]:
    """Those first of which less is said than their owner may expect."""
    return sorted(found, key=lambda one: (not one.is_corrected, one.title, one.variant.sku, one.market))


def _grouped(rows: Sequence[Announcement]) -> list[tuple[Announcement, int]]:
    """Variants of a product of which the same is said stand there once, with their number."""
    found: dict[Hashable, list[Announcement]] = {}
    for one in rows:
        found.setdefault((one.title, one.market, one.price, one.listed, one.said, one.reference), []).append(one)
    return [(some[0], len(some)) for some in found.values()]


def _tally(found: Sequence[Announcement]) -> Counter[str]:
    return Counter("none" if one.said is None else "less" if one.is_corrected else "whole" for one in found)


@dataclass(frozen=True, slots=True)
class Example:
    """A cart as a buyer reads it: (title, pieces, price of the goods) by line, what is taken off, and what is to be paid."""

    lines: list[tuple[str, int, Money]]
    cuts: list[tuple[str, Money]]
    goods: Money
    total: Money


def _example(one: Quote, titles: dict[UUID, str]) -> Example:
    lines = [line for shop in one.stores for line in shop.lines]
    cuts = [*(cut for shop in one.stores for cut in shop.cuts), *one.cuts]
    return Example(
        [(titles.get(line.facts.product_id, ""), line.facts.quantity, line.goods) for line in lines],
        [(cut.name, cut.amount) for cut in cuts],
        one.goods,
        one.items,
    )

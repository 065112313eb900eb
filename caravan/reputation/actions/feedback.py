from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from caravan.kernel.errors import Conflict, Invalid, NotFound
from caravan.kernel.money import Money
from caravan.outbox.actions import record
from caravan.reputation.events import FeedbackLeft
from caravan.reputation.models import Feedback
from caravan.reputation.queries.lines import LineToRate, line_to_rate
from caravan.reputation.rules import DEFAULTS, unscored_reason
from caravan.trade.queries.disputes import was_decided_about
from caravan.trade.queries.rates import current_rates

LONGEST_TEXT = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What a buyer says of a line: `stars` 1-5, the three detailed ratings 1-5 or all left out, and words."""

    stars: int
    described: int | None = None
    communication: int | None = None
    shipping: int | None = None
    text: str = ""


def leave_feedback(*, buyer_id: UUID, line_id: UUID, opinion: Opinion, at: datetime) -> UUID:
    """Store feedback on a received line of the buyer's own. Returns its id.

    Raises NotFound for a line that is not the buyer's, Conflict for one not yet received, too old or rated before,
    Invalid for ratings out of range.
    """
    line = line_to_rate(buyer_id=buyer_id, line_id=line_id)
    _check(opinion)
    _check_open(line, at)
    usd = current_rates(at).convert(Money(line.order_eur_minor, "EUR"), "USD")
    reason = unscored_reason(usd.minor, decided_by_platform=line.decided)
    with transaction.atomic():
        try:
            with transaction.atomic():
                feedback = Feedback.objects.create(
                    line_id=line_id,
                    order_id=line.order_id,
                    store_id=line.store_id,
                    buyer_id=buyer_id,
                    product_id=line.product_id,
                    version_id=line.version_id,
                    market=line.market,
                    language=line.language,
                    stars=opinion.stars,
                    described=opinion.described,
                    communication=opinion.communication,
                    shipping=opinion.shipping,
                    text=opinion.text.replace("\x00", "").strip(),
                    scored=not reason,
                    unscored_reason=reason,
                    created_at=at,
                )
        except IntegrityError as e:
            raise Conflict("feedback.given", _("You have already rated this purchase.")) from e
        record(FeedbackLeft(at=at, feedback_id=feedback.pk, store_id=line.store_id, product_id=line.product_id))
    return feedback.pk


def unscore_decided(*, order_id: UUID) -> None:
    """Feedback on an order whose dispute the platform decided stays to be read and counts no more. Repeating changes nothing."""
    Feedback.objects.filter(order_id=order_id, scored=True).update(scored=False, unscored_reason="decided_dispute")


def unscore_overtaken(*, feedback_id: UUID) -> None:
    """The platform may have decided while the feedback was being written: neither saw the other then."""
    order_id = Feedback.objects.values_list("order_id", flat=True).get(pk=feedback_id)
    if was_decided_about(order_id):
        unscore_decided(order_id=order_id)


def reply_to_feedback(*, store_id: UUID, feedback_id: UUID, text: str, at: datetime) -> None:
    """The store's public answer, once. The caller has authorised the store. Raises NotFound, Invalid, Conflict."""
    text = text.replace("\x00", "").strip()
    if not text or len(text) > LONGEST_TEXT:
        raise Invalid("feedback.reply", _("Write an answer of at most 2,000 characters."), text=_("1 to 2,000 characters"))
    mine = Feedback.objects.filter(pk=feedback_id, store_id=store_id)
    if mine.filter(reply="").update(reply=text, replied_at=at):
        return
    if mine.exists():
        raise Conflict("feedback.replied", _("This feedback has been answered already."))
    raise NotFound("feedback.unknown", _("There is no such feedback."))


def _check(opinion: Opinion) -> None:
    wrong = {}
    if not 1 <= opinion.stars <= 5:
        wrong["stars"] = _("Choose one to five stars.")
    detailed = {"described": opinion.described, "communication": opinion.communication, "shipping": opinion.shipping}
    given = [n for n in detailed.values() if n is not None]
    if given and len(given) < 3:
        wrong |= {name: _("Rate all three, or none.") for name, n in detailed.items() if n is None}
    wrong |= {name: _("Choose one to five.") for name, n in detailed.items() if n is not None and not 1 <= n <= 5}
    if len(opinion.text) > LONGEST_TEXT:
        wrong["text"] = _("At most 2,000 characters.")
    if wrong:
        raise Invalid("feedback.form", _("Please complete the ratings."), **wrong)


def _check_open(line: LineToRate, at: datetime) -> None:
    if line.received_at is None:
        raise Conflict("feedback.early", _("You can rate this once you have confirmed that it arrived."))
    if at > line.received_at + DEFAULTS.review_window:
        raise Conflict("feedback.late", _("The 30 days for feedback on this purchase have passed."))

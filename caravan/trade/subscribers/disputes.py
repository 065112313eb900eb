"""Letters about disputes: both sides get each, in their own language, with the clock and the way to the file."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from babel.numbers import format_currency
from django.conf import settings
from django.utils.translation import gettext as _

from caravan.kernel.markets import LANGUAGES, country, market
from caravan.kernel.money import Money
from caravan.people.actions.mail import send_mail, writing_in
from caravan.stores.queries import members_of, stores_by_ids
from caravan.trade.events import DisputeAnswered, DisputeOpened, DisputeSettled, OrderEvent
from caravan.trade.queries.disputes import DisputeRow, dispute_for
from caravan.trade.queries.orders import order_by_id
from caravan.trade.queries.sides import Side
from caravan.trade.rules.disputes import Party


def mail_dispute_opened(event: DisputeOpened) -> None:
    _write(event, "opened")


def mail_dispute_moved(event: DisputeAnswered) -> None:
    _write(event, "moved")


def mail_dispute_settled(event: DisputeSettled) -> None:
    _write(event, "settled")


def _write(event: OrderEvent, what: str) -> None:
    """To the buyer and to everyone who acts for the store; the letter says how it stands when it is written."""
    order = order_by_id(event.order_id)
    dispute = dispute_for(Side(event.order_id, Party.BUYER, None))
    store = stores_by_ids([order.store_id])[order.store_id]
    if order.buyer_email:
        prefix = market(order.market, order.language).prefix
        url = f"{settings.SITE_URL}/{prefix}/orders/{order.number}/dispute?key={order.key}"
        with writing_in(order.language):
            subject, text = _letter(dispute, what, url, order.language, country(order.market).zone)
        send_mail(to=order.buyer_email, subject=subject, text=text)
    with writing_in(store.language):
        url = f"{settings.SITE_URL}/seller/{store.slug}/disputes/{order.number}"
        subject, text = _letter(dispute, what, url, store.language, country(store.country).zone)
    for member in members_of(order.store_id):
        send_mail(to=member.email, subject=subject, text=text)


def _letter(d: DisputeRow, what: str, url: str, language: str, zone: str) -> tuple[str, str]:
    named = {"number": d.order.number, "store": d.order.store_name}
    subject, first = {
        "opened": (
            _("Order %(number)s: a dispute is open"),
            _("The buyer has opened a dispute about order %(number)s from %(store)s."),
        ),
        "moved": (_("Order %(number)s: news of the dispute"), _("Something has moved in the dispute about order %(number)s.")),
        "settled": (_("Order %(number)s: the dispute is settled"), _("The dispute about order %(number)s is settled.")),
    }[what]
    paragraphs = [first % named, _standing(d, language)]
    if d.outcome:
        paragraphs.append(_ended(d, language))
    elif d.due_at:
        paragraphs.append(
            _("%(turn)s The clock runs until %(when)s.") % {"turn": _turn(d), "when": _when(d.due_at, language, zone)}
        )
    paragraphs += [_("The whole file: %(url)s") % {"url": url}, settings.SITE_NAME]
    return subject % named, "\n\n".join(paragraphs) + "\n"


def _standing(d: DisputeRow, language: str) -> str:
    who = {"buyer": _("The buyer asks"), "store": _("The store proposes"), "platform": _("The market says")}
    lines = []
    for party, says in who.items():
        if p := d.standing(party):
            amount = f", {_money(p.amount, language)}" if p.amount.minor else ""
            lines.append(f"  {says}: {_remedy(p.remedy)}{amount}" + (f"\n    {p.note}" if p.note else ""))
    return "\n".join(lines)


def _remedy(remedy: str) -> str:
    return {
        "refund": _("money back, the goods stay"),
        "return": _("send back, then money back"),
        "resend": _("send again"),
        "nothing": _("nothing back"),
    }[remedy]


def _turn(d: DisputeRow) -> str:
    return {
        "open": _("It is the store's turn to answer."),
        "answered": _("Both sides may still agree; then the market decides."),
        "escalated": _("The market decides; until then both sides may still agree."),
        "address_due": _("The store says where the goods go back to."),
        "return_due": _("The buyer sends the goods back."),
        "return_sent": _("The goods are on their way back; the store says when it has them."),
        "resend_due": _("The store sends the goods again."),
        "resent": _("The second parcel is on its way; the buyer says when it came."),
    }[d.state]


def _ended(d: DisputeRow, language: str) -> str:
    if d.outcome == "withdrawn":
        return _("The buyer has withdrawn it.")
    if d.refunded:
        return _("%(amount)s goes back to the buyer.") % {"amount": _money(d.refunded, language)}
    return _("No money goes back.")


def _money(amount: Money, language: str) -> str:
    return format_currency(amount.decimal, amount.currency, locale=LANGUAGES[language])


def _when(at: datetime, language: str, zone: str) -> str:
    return format_datetime(at, "long", tzinfo=ZoneInfo(zone), locale=LANGUAGES[language])

"""Letters about how orders end, or nearly do: cancelling, closing, completion, money back, a new address, more time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from babel.dates import format_date
from babel.numbers import format_currency
from django.conf import settings
from django.utils.translation import gettext as _

from caravan.kernel.markets import LANGUAGES
from caravan.kernel.money import Money
from caravan.people.actions.mail import send_mail, writing_in
from caravan.stores.queries import members_of, stores_by_ids
from caravan.trade.events import (
    AddressChanged,
    CancelAnswered,
    CancelAsked,
    OrderClosed,
    OrderCompleted,
    ProtectionExtended,
    RefundDecided,
)
from caravan.trade.queries.orders import OrderRow, order_by_id
from caravan.trade.rules.terms import TERMS, dispute_until
from caravan.trade.subscribers.letters import order_url

# What is given back for these reasons has a letter of its own.
TOLD_ELSEWHERE = frozenset({"dispute", "late"})
Writer = Callable[[OrderRow, str], tuple[str, str]]


def mail_cancel_asked(event: CancelAsked) -> None:
    until = event.at + TERMS.cancel_answer
    _to_store(
        order_by_id(event.order_id),
        lambda order, language: (
            _("Order %(number)s: the buyer asks to cancel"),
            _("Answer by %(day)s. No answer is a yes: then the buyer gets everything back.") % {"day": _day(until, language)},
        ),
    )


def mail_cancel_refused(event: CancelAnswered) -> None:
    """A granted wish is told by the letter about the money."""
    if not event.granted:
        _to_buyer(
            order_by_id(event.order_id),
            lambda order, language: (
                _("Order %(number)s: it is sent all the same"),
                _("%(store)s could not cancel the order any more and sends it.") % {"store": order.store_name},
            ),
        )


def mail_closed(event: OrderClosed) -> None:
    """The store hears when an order closed under it; what it did itself it knows."""
    if event.reason in ("not_shipped", "cancel_granted"):
        _to_store(
            order_by_id(event.order_id),
            lambda order, language: (
                _("Order %(number)s: closed, not shipped in time")
                if event.reason == "not_shipped"
                else _("Order %(number)s: cancelled"),
                _("The buyer gets everything back, and the pieces are on sale again."),
            ),
        )


def mail_refund(event: RefundDecided) -> None:
    if event.reason in TOLD_ELSEWHERE:
        return
    _to_buyer(
        order_by_id(event.order_id),
        lambda order, language: (
            _("Order %(number)s: money on its way back to you"),
            _("%(amount)s goes back to what you paid with. Your bank may take some days to show it.")
            % {"amount": _money(event.minor, event.currency, language)},
        ),
    )


def mail_completed(event: OrderCompleted) -> None:
    available = dispute_until(event.at)
    _to_store(
        order_by_id(event.order_id),
        lambda order, language: (
            _("Order %(number)s: completed"),
            _("You earned %(amount)s with it, available for payout from %(day)s.")
            % {"amount": _money(event.earned_minor, event.store_currency, language), "day": _day(available, language)},
        ),
    )


def mail_extended(event: ProtectionExtended) -> None:
    _to_buyer(
        order_by_id(event.order_id),
        lambda order, language: (
            _("Order %(number)s: you have more time"),
            _("%(store)s has extended your protection until %(day)s.")
            % {"store": order.store_name, "day": _day(event.until, language)},
        ),
    )


def mail_address_changed(event: AddressChanged) -> None:
    _to_store(
        order_by_id(event.order_id),
        lambda order, language: (
            _("Order %(number)s: another address"),
            _("The buyer changed where it goes. Look at the order before you send it."),
        ),
    )


def _to_buyer(order: OrderRow, write: Writer) -> None:
    if order.buyer_email:
        with writing_in(order.language):
            subject, text = write(order, order.language)
            _send(order.buyer_email, order, subject, text, order_url(order))


def _to_store(order: OrderRow, write: Writer) -> None:
    """To everyone who acts for the store, in the store's language."""
    language = stores_by_ids([order.store_id])[order.store_id].language
    with writing_in(language):
        subject, text = write(order, language)
        for member in members_of(order.store_id):
            _send(member.email, order, subject, text, f"{settings.SITE_URL}/seller/{order.store_slug}/orders/{order.number}")


def _send(to: str, order: OrderRow, subject: str, text: str, url: str) -> None:
    paragraphs = (text, _("The order: %(url)s") % {"url": url}, settings.SITE_NAME)
    send_mail(to=to, subject=subject % {"number": order.number}, text="\n\n".join(paragraphs) + "\n")


def _money(minor: int, currency: str, language: str) -> str:
    return format_currency(Money(minor, currency).decimal, currency, locale=LANGUAGES[language])


def _day(at: datetime, language: str) -> str:
    return format_date(at.date(), "long", locale=LANGUAGES[language])

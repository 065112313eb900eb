"""What the market writes about orders, in plain text. Call inside `writing_in(language)`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from babel.numbers import format_currency
from django.conf import settings
from django.utils.translation import gettext as _

from caravan.kernel.markets import LANGUAGES, market
from caravan.kernel.money import Money
from caravan.trade.queries.orders import OrderRow
from caravan.trade.queries.parcels import ParcelRow


@dataclass(frozen=True, slots=True)
class Letter:
    subject: str
    text: str


def placed(orders: Sequence[OrderRow]) -> Letter:
    first = orders[0]
    total = _money(sum((o.total for o in orders), start=Money.zero(first.total.currency)), first.language)
    until = _day(first.pay_by.date() if first.pay_by else None, first.language)
    return _letter(
        _("Order %(number)s: placed, waiting for payment") % {"number": first.number},
        _("Thank you. Your order is placed and its goods are set aside for you until %(day)s.") % {"day": until},
        *(_summary(order, order.language) for order in orders),
        _("To pay: %(total)s") % {"total": total},
        _("Pay, or see how it stands: %(url)s") % {"url": order_url(first)},
    )


def paid(orders: Sequence[OrderRow]) -> Letter:
    first = orders[0]
    return _letter(
        _("Order %(number)s: paid") % {"number": first.number},
        _("Your payment has arrived. This is what happens next:"),
        *(
            _("%(store)s ships order %(number)s by %(day)s. Expected with you: %(from)s to %(until)s.")
            % {
                "store": o.store_name,
                "number": o.number,
                "day": _day(o.ship_by, o.language),
                "from": _day(o.deliver_from, o.language),
                "until": _day(o.deliver_until, o.language),
            }
            for o in orders
        ),
        _("Your order: %(url)s") % {"url": order_url(first)},
    )


def shipped(order: OrderRow, parcel: ParcelRow) -> Letter:
    whole = parcel.number == 1 and not any(line.left for line in order.lines)
    sent = _("%(store)s has shipped your order.") if whole else _("%(store)s has shipped a parcel of your order:")
    inside = (_summary(order, order.language),) if whole else tuple(f"  {p.quantity} × {p.title}" for p in parcel.pieces)
    follow = (_("Follow it: %(url)s") % {"url": parcel.link},) if parcel.link else ()
    return _letter(
        _("Order %(number)s: on its way") % {"number": order.number},
        sent % {"store": order.store_name},
        "\n".join(inside),
        _("Carrier: %(carrier)s. Tracking code: %(code)s") % {"carrier": parcel.carrier, "code": parcel.tracking_code},
        *follow,
        _("When it has arrived, say so here and tell others how it was: %(url)s") % {"url": order_url(order)},
    )


def late(order: OrderRow, given: Money) -> Letter:
    return _letter(
        _("Order %(number)s: late, so you get %(amount)s back")
        % {"number": order.number, "amount": _money(given, order.language)},
        _("%(store)s promised delivery by %(day)s and did not keep it. You get %(amount)s back, without asking.")
        % {
            "store": order.store_name,
            "day": _day(order.deliver_until, order.language),
            "amount": _money(given, order.language),
        },
        _("Your order and your rights to it stay as they are: %(url)s") % {"url": order_url(order)},
    )


def lapsed(orders: Sequence[OrderRow]) -> Letter:
    return _letter(
        _("Order %(number)s: closed, not paid in time") % {"number": orders[0].number},
        _("Your order was not paid in time and is closed. Nothing was charged. The goods are on sale again."),
        *(_summary(order, order.language) for order in orders),
        _("You can order again at any time: %(url)s") % {"url": settings.SITE_URL},
    )


def to_store(order: OrderRow, language: str) -> Letter:
    """To those who act for the store: a paid order to ship."""
    return _letter(
        _("New paid order %(number)s") % {"number": order.number},
        _summary(order, language),
        _("Ship it by %(day)s, then enter carrier and tracking code: %(url)s")
        % {
            "day": _day(order.ship_by, language),
            "url": f"{settings.SITE_URL}/seller/{order.store_slug}/orders/{order.number}",
        },
    )


def order_url(order: OrderRow) -> str:
    """The order's page, with the key that opens it for a guest."""
    return f"{settings.SITE_URL}/{market(order.market, order.language).prefix}/orders/{order.number}?key={order.key}"


def _letter(subject: str, *paragraphs: str) -> Letter:
    return Letter(subject, "\n\n".join((*paragraphs, settings.SITE_NAME)) + "\n")


def _summary(order: OrderRow, language: str) -> str:
    heading = _("Order %(number)s from %(store)s") % {"number": order.number, "store": order.store_name}
    lines = [f"  {line.quantity} × {line.title}: {_money(line.total, language)}" for line in order.lines]
    shipping = _("  Shipping: %(cost)s") % {"cost": _money(order.shipping, language)}
    tax = (f"  {_('Tax and duty')}: {_money(order.tax, language)}",) if order.tax else ()
    return "\n".join((heading, *lines, shipping, *tax, _("  Together: %(total)s") % {"total": _money(order.total, language)}))


def _money(amount: Money, language: str) -> str:
    return format_currency(amount.decimal, amount.currency, locale=LANGUAGES[language])


def _day(day: date | None, language: str) -> str:
    return format_date(day, "long", locale=LANGUAGES[language]) if day else ""

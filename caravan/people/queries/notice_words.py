"""Notices in the words of whoever reads them. Call with the reader's language in force (`writing_in`, or a page's own)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_currency
from django.conf import settings
from django.utils.translation import gettext as _

from caravan.kernel.markets import Market
from caravan.kernel.money import Money
from caravan.people.rules.notices import Part


@dataclass(frozen=True, slots=True)
class Words:
    title: str
    text: str


def words_of(code: str, about: Mapping[str, Part], market: Market) -> Words:
    """A notice as a heading and a sentence, with the formats of `market`."""
    said = {name: _said(part, market) for name, part in about.items()}
    if "store" in said:
        said["store"] = said["store"] or settings.SITE_NAME
    title, text = _patterns(code)
    return Words(title % said, text % said)


def kind_words(code: str) -> Words:
    """A kind of notice as a switch names it, and when such notices come."""
    title, text = {
        "price_drop": (_("Price drops"), _("When something on your wish-list gets cheaper.")),
        "back_in_stock": (_("Back in stock"), _("When something on your wish-list can be bought again.")),
        "coupon_ending": (_("Coupons running out"), _("Before a coupon of yours ends unused.")),
        "coupon_given": (_("Coupons given to you"), _("When a store puts a coupon into your wallet.")),
        "store_offer": (_("Offers of stores you follow"), _("When a store you follow starts an offer.")),
    }[code]
    return Words(title, text)


def _patterns(code: str) -> tuple[str, str]:
    return {
        "price_drop": (_("%(product)s is cheaper now"), _("It costs %(now)s. Before, it was %(was)s.")),
        "back_in_stock": (_("%(product)s is back in stock"), _("You wanted it while it was sold out.")),
        "coupon_ending": (
            _("Your coupon %(coupon)s ends soon"),
            _("Use it by %(until)s, or it is gone. It is good for an order from %(store)s."),
        ),
        "coupon_given": (_("%(store)s has a coupon for you: %(coupon)s"), _("It is in your wallet, and good until %(until)s.")),
        "store_offer": (_("New at %(store)s: %(offer)s"), _("It runs until %(until)s.")),
    }[code]


def _said(part: Part, market: Market) -> str:
    if isinstance(part, Money):
        return format_currency(part.decimal, part.currency, locale=market.locale)
    if isinstance(part, datetime):
        return format_date(part.astimezone(ZoneInfo(market.country.zone)).date(), "long", locale=market.locale)
    return str(part)

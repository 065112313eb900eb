"""What is wrong with a promotion, in the reader's language: a sentence on what it is and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_currency
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _

from caravan.kernel.errors import Invalid
from caravan.kernel.money import Money
from caravan.promotions.rules.goods import About, Refusal
from caravan.promotions.rules.sheet import RefusedLine


def say(refusal: Refusal, zone: str) -> str:
    """The sentence; days are those of `zone`, the store's own."""
    about = {name: _told(name, value, zone) for name, value in refusal.about.items()}
    return _sentences()[refusal.code] % about


def refused(refusals: Iterable[Refusal], zone: str) -> Invalid:
    """All of them as one refusal, for a form: each under its field."""
    fields: dict[str, str] = {}
    for one in refusals:
        fields.setdefault(one.field, say(one, zone))
    return Invalid("promotion.invalid", _("This cannot start as it is. Correct what is marked."), **fields)


def say_line(line: RefusedLine) -> str:
    """What is wrong with a line of a file."""
    return line.reason or _of_sheet()[line.code] % {"column": line.column, "value": line.value[:80]}


def _of_sheet() -> dict[str, str]:
    return {
        "sheet.id": _("Give the promotion an id of your own in the column id: the lines of one id belong together."),
        "sheet.tool": _("“%(value)s” is no tool. Use limited, store_wide, buy_get, spend_save, bundle or coupon."),
        "sheet.number": _("%(column)s: “%(value)s” is not a whole number."),
        "sheet.amount": _("%(column)s: “%(value)s” is not an amount. Write it like 12.34."),
        "sheet.moment": _(
            "%(column)s: “%(value)s” is not a day and time. Write it like 2026-12-31 09:00, by your store's clock."
        ),
        "sheet.product": _("“%(value)s” is not the id of a product of this store."),
        "sheet.sku": _("“%(value)s” is not the SKU of a variant of this store, or not of that product."),
        "sheet.gifts": _("Choose what is given."),
        "sheet.group": _("“%(value)s” is no group of products of this store."),
        "sheet.scope": _("“%(value)s” says no goods. Use all, chosen, group: and its name, or categories: and their paths."),
        "sheet.audience": _("“%(value)s” is nobody. Use everyone, new_buyers, followers or segment."),
        "sheet.means": _("“%(value)s” is no way to get a coupon. Use collect, code, targeted, follower or granted."),
    }


def _told(name: str, value: About, zone: str) -> str:
    locale = to_locale(get_language() or "en")
    if isinstance(value, Money):
        return format_currency(value.decimal, value.currency, locale=locale)
    if isinstance(value, datetime):
        # A time lasts until before its end: its last day is that of the instant before.
        at = value - timedelta(microseconds=1) if name == "until" else value
        return format_date(at.astimezone(ZoneInfo(zone)).date(), "long", locale=locale)
    return str(value)


def _sentences() -> dict[str, str]:
    return {
        "kind.platform": _("The platform gives coupons and spend-and-save. The other tools are the stores' own."),
        "name.missing": _("Give it a name. Buyers read it."),
        "name.long": _("The name may have %(most)s characters at most."),
        "ref.long": _("The id may have %(most)s characters at most."),
        "until.before": _("It has to end after it begins."),
        "since.past": _("This is too long ago. Choose a later begin."),
        "until.past": _("This end is over already. Choose a later one."),
        "until.long": _("It may last %(most)s days at most. Choose an earlier end, and copy it afterwards."),
        "until.far": _("Plan %(most)s days ahead at most."),
        "market.unknown": _("“%(market)s” is not the code of a country."),
        "segment.unknown": _("Choose one of the groups of buyers in the list."),
        "amount.currency": _("Give the amount in %(currency)s."),
        "amount.range": _("An amount is more than zero."),
        "percent.range": _("A percentage is a whole number from %(least)s to %(most)s."),
        "number.range": _("Give a whole number from %(least)s to %(most)s."),
        "group.unknown": _("There is no such group of products. Choose one from the list."),
        "category.unknown": _("There is no category “%(category)s”."),
        "goods.platform": _("The platform's offers are about categories, not about single products."),
        "goods.none": _("Choose at least one product."),
        "goods.many": _("Choose %(most)s at most."),
        "goods.unknown": _("There is no such product in this store."),
        "goods.not_on_sale": _("“%(title)s” is not on sale at the moment. Publish it first, or leave it out."),
        "goods.twice": _("“%(title)s” stands twice. Name each product or variant once."),
        "variant.unknown": _("There is no such variant any more. Leave it out."),
        "deal.both": _("Give either a price or a percentage."),
        "deal.price_of_variant": _("A price is that of one variant. Choose which, or give a percentage."),
        "deal.quantity_of_variant": _("A number of pieces is that of one variant. Choose which."),
        "deal.stock": _("You have %(stock)s pieces of %(sku)s. Set no more of them aside."),
        "quantity.range": _("Give a whole number of pieces, or leave it empty for as many as there are."),
        "per_buyer.range": _("A limit for each buyer is a whole number from 1 to %(most)s."),
        "bundle.few": _("A bundle is two pieces or more."),
        "bundle.dearer": _("Together these cost %(single)s already. A bundle costs less."),
        "tiers.none": _("Give at least one step."),
        "tiers.many": _("There may be %(most)s steps at most."),
        "tier.measure": _("All steps are reached by an amount, or all by a number of pieces."),
        "tier.order": _("Each step begins higher than the one before."),
        "tier.benefit": _("All steps give an amount, or all a percentage."),
        "tier.worth": _("Each step gives more than the one before."),
        "tier.both": _("Give either an amount or a number of pieces to reach."),
        "tier.threshold": _("Say what has to be reached: an amount, or a number of pieces."),
        "tier.gives_all": _("It cannot take off all that was spent. Give less."),
        "benefit.both": _("Give either an amount or a percentage."),
        "benefit.none": _("Say what it takes off: an amount, or a percentage from 1 to 99."),
        "benefit.cap": _("An amount needs no limit of its own. Leave it empty."),
        "coupon.min_spend": _("A buyer has to spend at least what the coupon is worth."),
        "coupon.per_buyer": _("This is more for one buyer than there are."),
        "coupon.code": _("A code has 6 to 24 capital letters and digits."),
        "coupon.no_code": _("Only coupons by code have one. Leave it empty."),
        "coupon.segment": _("Say which group of buyers gets it."),
        "coupon.followers": _("A coupon for following is for followers."),
        "coupon.validity": _("Give either a number of days from the claim or the day until which it may be used."),
        "coupon.valid_until": _("Say until when it may be used."),
        "coupon.valid_short": _("It may be claimed longer than used. Choose a later end of its use."),
        "coupon.valid_long": _("It may be used for %(most)s days after the last claim at most."),
        "truth.dearer": _("%(price)s is no less than what “%(title)s” (%(sku)s) costs anyway: %(listed)s. Ask less."),
        "truth.new": _(
            "“%(title)s” (%(sku)s) has had a price for too few days to be called cheaper. Begin a week after it was listed."
        ),
        "truth.not_lower": _(
            "“%(title)s” (%(sku)s) cost %(lowest)s from %(since)s to %(until)s, in the thirty days before. %(price)s is no less:"
            " ask less, or begin thirty days later."
        ),
        "truth.bundle": _("In the thirty days before, these could be had for %(single)s. A bundle costs less."),
        "quota.running": _("You may have %(most)s of this kind at once. Stop one first."),
        "quota.drafts": _("You may have %(most)s drafts. Delete one first."),
        "group.name": _("Give the group a name of at most %(most)s characters that no other one has."),
        "group.taken": _("“%(title)s” is in the group “%(other)s” already. A product is in one group at a time."),
        "quota.groups": _("You may have %(most)s groups. Remove one first."),
        "overlap.limited": _(
            "“%(title)s” is in “%(other)s” already, from %(since)s to %(until)s. A product is in one such deal at a time."
        ),
        "code.taken": _("Another coupon has this code. Choose another one."),
        "ref.taken": _("Another promotion of yours has this id. Choose another."),
    }

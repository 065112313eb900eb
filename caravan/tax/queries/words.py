"""Codes of this room, worded for people."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from babel.numbers import format_currency, format_percent
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from caravan.kernel.markets import LANGUAGES, countries
from caravan.kernel.money import Money
from caravan.tax.rules.outcome import Landed, Step, Unknown
from caravan.tax.rules.read import Refused
from caravan.tax.rules.tables import Collector, DutyRate, Regime, Row, VatRate


def refusal_words(refused: Refused) -> str:
    """Why a line is no row, and what to do about it."""
    words = {
        "short": _("The line has fewer cells than the first one names."),
        "twice": _("The same key begins on the same day twice in this file. Keep one of them."),
        "missing": _("This cell must be filled in."),
        "choice": _("This is none of the words allowed here."),
        "country": _("This is no two-letter country code."),
        "sends": _("Write domestic, union, abroad, or country codes with spaces between."),
        "currency": _("This is no three-letter currency code."),
        "number": _("Write a number like 17.5, not negative, with no more decimals than the currency has."),
        "heading": _("Write digits only, at most ten."),
        "day": _("Write a day like 2027-01-31."),
        "ends_first": _("It ends before it begins."),
        "url": _("Give the address of the source, beginning with https://."),
        "past": _("It begins in the past. Tables are never changed for days gone by."),
    }
    return words[refused.code]


def unknown_words(unknown: Unknown, language: str = "en") -> str:
    """What is not known."""
    about = unknown.about
    if unknown.code == "country":
        about = countries()[about].name(language) if about in countries() else about
    words = {
        "country": _("We have no tables for %(about)s."),
        "limit": _("The parcel is worth more than %(about)s, beyond which we know no rule."),
        "region": _("The tax depends on the state or province."),
        "hs_code": _("The seller gave no customs code for some of the goods."),
        "origin": _("The seller did not say where some of the goods were made."),
        "heading": _("Our tables have no duty for heading %(about)s."),
        "program": _("There are additional duties we cannot reckon: %(about)s."),
        "rate_class": _("Goods of this kind have a rate of their own that our tables do not have."),
        "weight": _("The weight is not known, and the duty depends on it."),
        "exchange": _("There is no exchange rate to compare with the limits."),
        "regime": _("Beyond the simple procedure the tariff decides, and we do not have it."),
    }
    return words[unknown.code] % {"about": about}


# Looked up when asked for: a page says two or three of them.
_STEPS = {
    "domestic": gettext_noop("Sold within the country: the price has the seller's tax in it"),
    "free": gettext_noop("No duty on such a parcel"),
    "heading": gettext_noop("Duty for heading %(about)s, counted once"),
    "percent": gettext_noop("Duty on the parcel"),
    "deduction": gettext_noop("Taken off the duty"),
    "excess": gettext_noop("Duty on what goes beyond the free part"),
    "per_kg": gettext_noop("The duty by weight is higher (%(about)s a kilogram)"),
    "tariff": gettext_noop("Duty on heading %(about)s"),
    "extra": gettext_noop("Additional duty on %(about)s"),
    "on_top": gettext_noop("Tax (%(about)s)"),
    "at_most": gettext_noop("Tax, the highest of the country's regions (%(about)s)"),
    "inside": gettext_noop("Tax, a share of the price that contains it (%(about)s)"),
    "included": gettext_noop("Tax in the price already (%(about)s)"),
    "untaxed": gettext_noop("No tax apart from that"),
}


def step_words(step: Step) -> str:
    """What a step of the reckoning is."""
    return _(_STEPS[step.code]) % {"about": step.about}


def collected_taxes(landed: Landed, country: str, language: str) -> list[tuple[str, Money]]:
    """What the market adds to the price, by name: duty, and the tax of each rate. Together they are `landed.collected`."""
    duty = [(_("Customs duty"), landed.duty)] if landed.duty_by == "platform" and landed.duty else []
    if landed.vat_by != "platform":
        return duty
    return [*duty, *_taxes(landed, ("on_top", "at_most", "inside"), country, language)]


def contained_taxes(landed: Landed, country: str, language: str) -> list[tuple[str, Money]]:
    """What of the price is tax already, by name."""
    return list(_taxes(landed, ("included",), country, language))


def _taxes(landed: Landed, codes: tuple[str, ...], country: str, language: str) -> Iterable[tuple[str, Money]]:
    for step in landed.steps:
        if step.part == "vat" and step.code in codes and step.amount:
            rate = format_percent(Decimal(step.rate) / 100, format="#,##0.###%", locale=LANGUAGES[language])
            told = {"tax": _tax_name(country), "rate": rate, "region": step.about}
            where = step.about not in ("", country)
            yield (_("%(tax)s %(rate)s (%(region)s)") if where else _("%(tax)s %(rate)s")) % told, step.amount


def _tax_name(country: str) -> str:
    """What a country's tax on sales is called; the names of states' own kinds are not translated."""
    if country == "US":
        return _("Sales tax")
    return {"BR": "ICMS", "CA": "GST/HST", "AU": "GST", "NZ": "GST", "SG": "GST", "IN": "GST"}.get(country) or _("VAT")


def row_words(row: Row) -> tuple[str, str]:
    """A row's key and what it says, in figures a person can compare."""
    if isinstance(row, VatRate):
        return " ".join(filter(None, (row.country, row.region, _class_words(row.rate_class)))), _percent(row.rate)
    if isinstance(row, DutyRate):
        made_in = _("made in %(country)s") % {"country": row.origin} if row.origin else ""
        parts = (row.country, row.heading or _("all goods"), made_in, row.program)
        return " ".join(part for part in parts if part), _percent(row.rate)
    limit = _("up to %(limit)s") % {"limit": _amount(row.limit)} if row.limit else _("any value")
    duty, vat = (", ".join(filter(None, said)) for said in (_duty_words(row), _vat_words(row)))
    told = {"duty": duty, "tax": vat}
    return f"{row.country} {_sender_words(row)} {row.code}", f"{limit}; {_('duty: %(duty)s; tax: %(tax)s') % told}"


def _class_words(rate_class: str) -> str:
    words = {"standard": _("standard rate"), "books": _("books"), "clothing": _("clothing"), "food": _("food")}
    return words.get(rate_class, rate_class)


def _sender_words(regime: Regime) -> str:
    words = {"domestic": _("from within"), "union": _("from the union"), "abroad": _("from abroad")}
    return words.get(regime.sends) or _("from %(countries)s") % {"countries": regime.sends}


def _duty_words(regime: Regime) -> tuple[str, str]:
    """How the duty is reckoned, and who asks for it."""
    told = {"rate": _percent(regime.duty_rate), "amount": _amount(regime.duty_amount) if regime.duty_amount else ""}
    percent = _("%(rate)s, less %(amount)s") if regime.duty_amount else "%(rate)s"
    how = {
        "none": _("none"),
        "per_heading": _("%(amount)s for each heading"),
        "percent": percent,
        "excess": _("%(rate)s of what is above %(amount)s"),
        "tariff": _("as the tariff says"),
        "unknown": _("not known"),
    }[regime.duty]
    return how % told, _collector_words(regime.duty_by) if regime.duty != "none" else ""


def _vat_words(regime: Regime) -> tuple[str, str]:
    how = {
        "none": _("none"),
        "on_top": _("on top of the price"),
        "inside": _("a share of the price that contains it"),
        "included": _("in the price already"),
        "unknown": _("not known"),
    }[regime.vat]
    return how, _collector_words(regime.vat_by) if regime.vat != "none" else ""


def _collector_words(by: Collector) -> str:
    return {"platform": _("collected by the market"), "carrier": _("asked for by the carrier"), "nobody": ""}[by]


def _amount(amount: Money) -> str:
    return str(format_currency(amount.decimal, amount.currency, locale=_locale()))


def _percent(rate: Decimal | None) -> str:
    return _("not known") if rate is None else str(format_percent(rate / 100, format="#,##0.###%", locale=_locale()))


def _locale() -> str:
    """Of the language in force: Django writes it "pt-br", the CLDR "pt_BR"."""
    return (get_language() or "en").replace("-", "_").replace("_br", "_BR")

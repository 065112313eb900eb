"""Codes of this room, worded for people."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from babel.numbers import format_percent
from django.utils.translation import gettext as _

from caravan.kernel.markets import LANGUAGES, countries
from caravan.kernel.money import Money
from caravan.tax.rules.outcome import Landed, Step, Unknown
from caravan.tax.rules.read import Refused
from caravan.tax.rules.tables import DutyRate, Row, VatRate


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


def step_words(step: Step) -> str:
    """What a step of the reckoning is."""
    words = {
        "domestic": _("Sold within the country: the price has the seller's tax in it"),
        "free": _("No duty on such a parcel"),
        "heading": _("Duty for heading %(about)s, counted once"),
        "percent": _("Duty on the parcel"),
        "deduction": _("Taken off the duty"),
        "excess": _("Duty on what goes beyond the free part"),
        "per_kg": _("The duty by weight is higher (%(about)s a kilogram)"),
        "tariff": _("Duty on heading %(about)s"),
        "extra": _("Additional duty on %(about)s"),
        "on_top": _("Tax (%(about)s)"),
        "at_most": _("Tax, the highest of the country's regions (%(about)s)"),
        "inside": _("Tax, a share of the price that contains it (%(about)s)"),
        "included": _("Tax in the price already (%(about)s)"),
        "untaxed": _("No tax apart from that"),
    }
    return words[step.code] % {"about": step.about}


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
        return " ".join((row.country, row.region, row.rate_class)).replace("  ", " "), _percent(row.rate)
    if isinstance(row, DutyRate):
        made_in = _("made in %(country)s") % {"country": row.origin} if row.origin else ""
        parts = (row.country, row.heading or _("all goods"), made_in, row.program)
        return " ".join(part for part in parts if part), _percent(row.rate)
    limit = _("up to %(limit)s") % {"limit": row.limit} if row.limit else _("any value")
    fixed = f"{row.duty_amount}" if row.duty_amount else ""
    duty = " ".join(part for part in (row.duty, _percent(row.duty_rate) if row.duty_rate else "", fixed) if part)
    said = _("duty: %(duty)s (%(duty_by)s); tax: %(tax)s (%(tax_by)s)")
    told = {"duty": duty, "duty_by": row.duty_by, "tax": row.vat, "tax_by": row.vat_by}
    return f"{row.country} {row.sends} {row.code}", f"{limit}; {said % told}"


def _percent(rate: Decimal | None) -> str:
    return _("not known") if rate is None else f"{rate.normalize():f}%"

"""The words a product is described in: the visitor's language, and the seller's own on request."""

from __future__ import annotations

from dataclasses import dataclass

from babel import Locale
from django.http import QueryDict

from caravan.catalog.queries import ProductRow, product_page
from caravan.kernel.markets import Market
from caravan.web.wording import said as _

ORIGINAL = "original"


@dataclass(frozen=True, slots=True)
class Words:
    """`language` is that of the words shown. `note` says whose they are; `other_url` leads to the others, if any."""

    title: str
    description: str
    language: str
    note: str
    other_url: str
    other_text: str


def words_of(row: ProductRow, query: QueryDict, path: str, market: Market) -> Words:
    original = _language(row.original_language, market)
    if row.language == row.original_language:
        note = "" if row.language == market.language else _("The seller wrote in %(language)s.") % {"language": original}
        return Words(row.title, row.description, row.language, note, "", "")
    if query.get("words") == ORIGINAL:
        own = product_page(row.id, row.original_language, market.code)
        note = _("The seller's own words, in %(language)s.") % {"language": original}
        return Words(own.title, own.description, own.language, note, path, _("Show the translation"))
    note = _("Translated by machine.") if row.by_machine else _("Translated by the seller.")
    shown = _("Show the original (%(language)s)") % {"language": original}
    return Words(row.title, row.description, row.language, note, f"{path}?words={ORIGINAL}", shown)


def _language(tag: str, market: Market) -> str:
    return str(Locale.parse(market.locale).languages.get(tag, tag))

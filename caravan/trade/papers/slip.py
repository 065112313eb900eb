from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from babel.dates import format_date
from django.conf import settings
from django.utils.translation import gettext as _

from caravan.kernel.markets import LANGUAGES
from caravan.people.actions.mail import writing_in
from caravan.trade.papers.sheet import Column, Sheet
from caravan.trade.rules.papers import Slip, SlipLine


def packing_slips(slips: Sequence[Slip], *, at: datetime) -> bytes:
    """One PDF, each slip on pages of its own and in its buyer's language; the paper is the first store's country's."""
    texts = [text for slip in slips for text in _texts(slip)]
    first = slips[0]
    sheet = Sheet(texts=texts, country=first.country, title=first.store_name, language=first.language, at=at)
    for slip in slips:
        with writing_in(slip.language):
            _draw(sheet, slip)
    return sheet.pdf()


def _draw(sheet: Sheet, slip: Slip) -> None:
    foot = f"{slip.order_number} · {slip.store_name} · {settings.SITE_NAME}"
    sheet.add_page()
    sheet.foot = foot
    locale = LANGUAGES.get(slip.language, "en")
    sheet.heading(_("Packing slip"))
    sheet.gap(1)
    day = format_date(slip.placed_on, "long", locale=locale)
    sheet.line_of(_("Order %(number)s of %(day)s") % {"number": slip.order_number, "day": day}, muted=True)
    if slip.service:
        sheet.line_of(_("Service: %(service)s") % {"service": slip.service}, muted=True)
    sheet.gap(6)
    phone = [slip.phone] if slip.phone else []
    sheet.blocks([(_("Deliver to"), [slip.to.name, *slip.to.lines, *phone]), (_("From"), [slip.store_name])])
    sheet.gap(8)
    columns = [Column(_("Pieces"), 12), Column(_("Item"), 60), Column(_("Article number"), 28)]
    sheet.table_of(columns, [(f"{line.quantity} ×", _named(line), line.sku) for line in slip.lines])
    if slip.note:
        sheet.gap(6)
        sheet.line_of(_("Note from the buyer"), size=8, muted=True)
        sheet.line_of(slip.note)


def _named(line: SlipLine) -> str:
    return "\n".join(filter(None, (line.title, line.options)))


def _texts(slip: Slip) -> list[str]:
    lines = [text for line in slip.lines for text in (line.title, line.options, line.sku)]
    return [slip.store_name, slip.to.name, *slip.to.lines, slip.phone, slip.note, slip.service, *lines]

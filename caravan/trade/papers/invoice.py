from __future__ import annotations

from datetime import date

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal
from django.conf import settings
from django.utils.translation import gettext as _

from caravan.kernel.markets import LANGUAGES
from caravan.kernel.money import Money
from caravan.trade.papers.sheet import Column, Sheet
from caravan.trade.rules.papers import IssuedPaper, Paper, PaperLine, Party


def invoice(issued: IssuedPaper, *, country: str) -> bytes:
    """An invoice or credit note as PDF, for paper of `country`. Call inside `writing_in(paper.language)`."""
    paper = issued.paper
    words = _Words(paper)
    title = _("Credit note %(number)s") if issued.kind == "credit_note" else _("Invoice %(number)s")
    title %= {"number": issued.name}
    sheet = Sheet(texts=_texts(paper), country=country, title=title, language=paper.language, at=issued.issued_at)
    sheet.foot = f"{title} · {paper.seller.name} · {settings.SITE_NAME}"
    sheet.add_page()
    sheet.heading(title)
    sheet.gap(1)
    for line in words.facts(issued):
        sheet.line_of(line, muted=True)
    sheet.gap(6)
    sheet.blocks([(_("Seller"), _party(paper.seller)), (_("Buyer"), _party(paper.buyer))])
    sheet.gap(8)
    sheet.table_of(_columns(paper), [words.row(line, taxed=_is_taxed(paper)) for line in paper.lines])
    sheet.gap(4)
    sheet.sums(words.sums())
    sheet.gap(4)
    for line in words.notes():
        sheet.line_of(line, size=8, muted=True)
    return sheet.pdf()


class _Words:
    """The paper's figures in the buyer's language."""

    def __init__(self, paper: Paper) -> None:
        self._paper, self._locale = paper, LANGUAGES.get(paper.language, "en")

    def facts(self, issued: IssuedPaper) -> list[str]:
        paper = self._paper
        lines = [_("Issued %(day)s") % {"day": self._day(issued.issued_at.date())}]
        if paper.of_invoice:
            lines.append(_("For invoice %(number)s") % {"number": paper.of_invoice})
        lines.append(_("Order %(number)s of %(day)s") % {"number": paper.order_number, "day": self._day(paper.placed_on)})
        if paper.paid_on and not paper.of_invoice:
            lines.append(_("Paid %(day)s") % {"day": self._day(paper.paid_on)})
        return lines

    def row(self, line: PaperLine, *, taxed: bool) -> tuple[str, ...]:
        about = [line.options, line.sku]
        if line.hs_code:
            about.append(_("HS %(code)s") % {"code": line.hs_code})
        if line.origin:
            about.append(_("Origin %(country)s") % {"country": line.origin})
        title = "\n".join(filter(None, (line.title, " · ".join(filter(None, about)))))
        tax = (self.money(line.tax_minor),) if taxed else ()
        unit = self.money(line.unit_minor) if line.quantity else ""
        return (
            title,
            format_decimal(line.quantity, locale=self._locale) if line.quantity else "",
            unit,
            *tax,
            self.money(line.total_minor),
        )

    def sums(self) -> list[tuple[str, str, bool]]:
        paper = self._paper
        rows = [(_("Items"), self.money(paper.items_minor), False), (_("Shipping"), self.money(paper.shipping_minor), False)]
        if paper.taxes:
            rows += [(tax.name, self.money(tax.minor), False) for tax in paper.taxes]
        elif paper.tax_minor:
            rows.append((_("Tax and duty"), self.money(paper.tax_minor), False))
        total = _("Refunded") if paper.of_invoice else _("Total")
        return [*rows, (total, self.money(paper.total_minor), True)]

    def notes(self) -> list[str]:
        paper, lines = self._paper, []
        if paper.store_currency != paper.currency:
            known = {"base": paper.store_currency, "rate": paper.rate, "quote": paper.currency}
            lines.append(_("Exchange rate of this order: 1 %(base)s = %(rate)s %(quote)s") % known)
            if paper.rate_source:
                lines.append(_("Source: %(source)s, %(day)s") % {"source": paper.rate_source, "day": paper.rate_as_of})
        if paper.tax_minor or paper.taxes:
            lines.append(
                _("Tax and duty were collected by %(platform)s and are paid on by it.") % {"platform": settings.SITE_NAME}
            )
        if paper.on_arrival_minor:
            told = {"amount": self.money(paper.on_arrival_minor)}
            lines.append(_("Not part of this invoice: on delivery the carrier asks for about %(amount)s of tax and duty.") % told)
        for tax in paper.contained:
            lines.append(_("In the prices: %(tax)s, %(amount)s.") % {"tax": tax.name, "amount": self.money(tax.minor)})
        if paper.reason:
            lines.append(_("Reason: %(reason)s") % {"reason": paper.reason})
        return [*lines, paper.note] if paper.note else lines

    def money(self, minor: int) -> str:
        amount = Money(minor, self._paper.currency)
        return str(format_currency(amount.decimal, amount.currency, locale=self._locale))

    def _day(self, day: date) -> str:
        return str(format_date(day, "long", locale=self._locale))


def _columns(paper: Paper) -> list[Column]:
    tax = [Column(_("Tax"), 14, "R")] if _is_taxed(paper) else []
    return [Column(_("Item"), 44), Column(_("Pieces"), 9, "R"), Column(_("Each"), 16, "R"), *tax, Column(_("Amount"), 17, "R")]


def _is_taxed(paper: Paper) -> bool:
    return any(line.tax_minor for line in paper.lines)


def _party(party: Party) -> list[str]:
    tax = [_("Tax number %(number)s") % {"number": party.tax_number}] if party.tax_number else []
    return [party.name, *party.lines, *tax]


def _texts(paper: Paper) -> list[str]:
    return [
        *(text for line in paper.lines for text in (line.title, line.options, line.sku)), paper.seller.name, *paper.seller.lines,
        paper.buyer.name, *paper.buyer.lines, *(tax.name for tax in (*paper.taxes, *paper.contained)), paper.reason, paper.note,
        settings.SITE_NAME,
    ]  # fmt: skip

"""Invoices and credit notes: issued once, numbered per store without gaps, kept as they were issued."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

import msgspec
from django.db import transaction
from django.utils.translation import gettext as _

from caravan.kernel.errors import Conflict
from caravan.people.actions.mail import writing_in
from caravan.trade.models import Order, Paper, Refund, Series
from caravan.trade.queries.papers import issued_by_cause, printed_order
from caravan.trade.rules import papers as rules
from caravan.trade.rules.papers import IssuedPaper, PaperKind, PaperLine, TaxLine


def issue_invoice(*, order_id: UUID, at: datetime) -> IssuedPaper:
    """The order's invoice, issued now unless it was. Raises Conflict for an order that was never paid."""
    if found := issued_by_cause(order_id):
        return found
    order = Order.objects.get(pk=order_id)
    if order.paid_at is None:
        raise Conflict("paper.unpaid", _("There is no invoice yet: order %(number)s is not paid.") % {"number": order.number})
    with writing_in(order.language):
        content = printed_order(order_id)
    return _issue(order, "invoice", order_id, content, at)


def issue_credit_note(*, refund_id: UUID, at: datetime) -> IssuedPaper:
    """The note of what a refund gave back, issued now unless it was; its invoice before it."""
    if found := issued_by_cause(refund_id):
        return found
    refund = Refund.objects.select_related("order").get(pk=refund_id)
    invoice = issue_invoice(order_id=refund.order_id, at=at)
    which = {number: line.options for number, line in enumerate(invoice.paper.lines, start=1)}
    lines = tuple(
        PaperLine(
            title=part.line.title,
            sku=part.line.sku,
            quantity=part.quantity,
            unit_minor=part.line.unit_minor,
            total_minor=part.minor,
            tax_minor=part.tax_minor,
            hs_code=part.line.hs_code,
            origin=part.line.origin,
            options=which[part.line.number],
        )
        for part in refund.parts.select_related("line").order_by("line__number")
    )
    content = replace(
        invoice.paper,
        lines=lines,
        items_minor=refund.items_minor,
        shipping_minor=refund.shipping_minor,
        tax_minor=refund.tax_minor,
        total_minor=refund.total_minor,
        taxes=_given_back(invoice.paper.taxes, invoice.paper.tax_minor, refund.tax_minor),
        contained=(),
        on_arrival_minor=0,
        of_invoice=invoice.name,
        note="",
    )
    return _issue(refund.order, "credit_note", refund_id, content, at)


def _given_back(taxes: tuple[TaxLine, ...], all_minor: int, minor: int) -> tuple[TaxLine, ...]:
    """The taxes a refund gave back by their names: all of them, or the only one there is. Of several nobody says which."""
    if minor == all_minor:
        return taxes
    return (replace(taxes[0], minor=minor),) if len(taxes) == 1 and minor else ()


def _issue(order: Order, kind: PaperKind, cause: UUID, content: rules.Paper, at: datetime) -> IssuedPaper:
    with transaction.atomic():
        Series.objects.bulk_create([Series(store_id=order.store_id, kind=kind)], ignore_conflicts=True)
        series = Series.objects.select_for_update(no_key=True).get(store_id=order.store_id, kind=kind)
        # Whoever issued it meanwhile held this lock: it is seen now, and its number is not given twice.
        if found := issued_by_cause(cause):
            return found
        series.last += 1
        series.save(update_fields=["last"])
        Paper.objects.create(
            store_id=order.store_id,
            order=order,
            kind=kind,
            number=series.last,
            cause=cause,
            content=msgspec.to_builtins(content),
            issued_at=at,
        )
    return IssuedPaper(kind=kind, number=series.last, issued_at=at, paper=content)

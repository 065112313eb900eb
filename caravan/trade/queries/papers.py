"""What is printed of an order. Whoever may see the order may see its papers: it is asked for first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec

from caravan.catalog.queries import options_text
from caravan.kernel.markets import country
from caravan.kernel.money import Money
from caravan.people.rules import PostalAddress, lines_of
from caravan.stores.queries import StoreRow, legal_of, stores_by_ids
from caravan.tax.queries.words import collected_taxes, contained_taxes
from caravan.trade.models import Order, OrderLine, Paper
from caravan.trade.queries.orders import OrderRow, order_by_id
from caravan.trade.rules import papers as rules
from caravan.trade.rules.papers import IssuedPaper, PaperLine, Party, Slip, SlipLine, TaxLine


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper to choose from a list. `name` is its number as printed."""

    id: UUID
    kind: str
    name: str
    issued_at: datetime


def papers_of_order(order_id: UUID) -> list[PaperRow]:
    """The order's invoice and credit notes, oldest first."""
    rows = Paper.objects.filter(order_id=order_id).defer("content").order_by("issued_at", "id")
    return [PaperRow(row.pk, row.kind, rules.paper_name(row.kind, row.number), row.issued_at) for row in rows]


def issued_paper(order_id: UUID, paper_id: UUID) -> IssuedPaper | None:
    """That paper, if it is the order's."""
    return _issued(Paper.objects.filter(order_id=order_id, pk=paper_id).first())


def issued_by_cause(cause: UUID) -> IssuedPaper | None:
    return _issued(Paper.objects.filter(cause=cause).first())


def printed_order(order_id: UUID) -> rules.Paper:
    """What an invoice of the order says, in the buyer's language; call inside `writing_in` it."""
    order = Order.objects.get(pk=order_id)
    row = order_by_id(order_id)
    columns = ("title", "sku", "quantity", "unit_minor", "total_minor", "tax_minor", "hs_code", "origin")
    lines = OrderLine.objects.filter(order_id=order_id).order_by("number").values(*columns)
    which = [options_text(line.category, line.options, row.language) for line in row.lines]
    known = row.reckoning
    taxes = _tax_lines(collected_taxes(known.landed, known.facts.destination, row.language)) if known else ()
    contained = _tax_lines(contained_taxes(known.landed, known.facts.destination, row.language)) if known else ()
    return rules.Paper(
        order_number=row.number,
        placed_on=row.placed_at.date(),
        paid_on=row.paid_at.date() if row.paid_at else None,
        language=row.language,
        currency=order.currency,
        seller=_seller(stores_by_ids([order.store_id])[order.store_id], row.language),
        buyer=_buyer(row),
        lines=tuple(PaperLine(**line, options=options) for line, options in zip(lines, which, strict=True)),
        items_minor=order.items_minor,
        shipping_minor=order.shipping_minor,
        tax_minor=order.tax_minor,
        total_minor=order.total_minor,
        taxes=taxes if sum(tax.minor for tax in taxes) == order.tax_minor else (),
        contained=contained,
        on_arrival_minor=known.landed.on_arrival.minor if known else 0,
        store_currency=order.store_currency,
        rate=f"{order.rate.normalize():f}",
        rate_source=order.rate_source,
        rate_as_of=order.rate_as_of,
    )


def slips(orders: Sequence[OrderRow]) -> list[Slip]:
    """A packing slip for each of the orders: what is left to send, or all of it where nothing is left."""
    return [_slip(order) for order in orders]


def _slip(order: OrderRow) -> Slip:
    left = [(line, line.left) for line in order.lines if line.left]
    inside = left or [(line, line.quantity) for line in order.lines]
    return Slip(
        order_number=order.number,
        placed_on=order.placed_at.date(),
        language=order.language,
        store_name=order.store_name,
        country=order.store_country,
        to=_buyer(order),
        phone=order.address.phone if order.address else "",
        lines=tuple(
            SlipLine(
                title=line.title, sku=line.sku, quantity=n, options=options_text(line.category, line.options, order.language)
            )
            for line, n in inside
        ),
        note=order.buyer_note,
    )


def _buyer(order: OrderRow) -> Party:
    if order.address is None:
        return Party(name=order.buyer_name, lines=())
    return _party_of(order.address, order.language)


def _party_of(address: PostalAddress, language: str) -> Party:
    company = (address.company_name,) if address.company_name else ()
    lines = tuple(line for line in lines_of(address, language) if line != address.company_name)
    return Party(name=address.name, lines=(*company, *lines))


def _seller(store: StoreRow, language: str) -> Party:
    legal = legal_of(store.id)
    trading_as = (store.name,) if legal.name and legal.name != store.name else ()
    lines = (*trading_as, *legal.address_lines, country(store.country).name(language))
    return Party(name=legal.name or store.name, lines=lines, tax_number=legal.tax_number)


def _tax_lines(taxes: Iterable[tuple[str, Money]]) -> tuple[TaxLine, ...]:
    return tuple(TaxLine(name=name, minor=amount.minor) for name, amount in taxes)


def _issued(row: Paper | None) -> IssuedPaper | None:
    if row is None:
        return None
    content = msgspec.convert(row.content, rules.Paper)
    kind: rules.PaperKind = "credit_note" if row.kind == Paper.Kind.CREDIT_NOTE else "invoice"
    return IssuedPaper(kind=kind, number=row.number, issued_at=row.issued_at, paper=content)

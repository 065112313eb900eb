"""The books, for those who run the market: what each kind of account comes to, and what moved on one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from caravan.kernel.errors import NotFound
from caravan.kernel.money import Money
from caravan.kernel.sheets import csv_text
from caravan.ledger.queries import StatementPage, account_statement, statement, totals
from caravan.ledger.rules import OWNED, AccountKind
from caravan.stores.queries import store_in_any_state
from caravan.trade.queries.payouts import held_stores, numbers_of, why_failed
from caravan.web.guards import operators
from caravan.web.operator_ledger.words import kind_words, posting_words
from caravan.web.periods import Period
from caravan.web.request import PageRequest

AT_ONCE = 1_000  # rows of a file read in one statement
COLUMNS = ("at", "kind", "order", "memo", "amount", "balance", "currency", "cause", "posting")


@dataclass(frozen=True, slots=True)
class Trial:
    """The accounts of a currency; debits and credits are the same where all is well."""

    currency: str
    rows: tuple[tuple[AccountKind, Money], ...]

    @property
    def debits(self) -> Money:
        return sum((amount for _kind, amount in self.rows if amount.minor > 0), start=Money.zero(self.currency))

    @property
    def credits(self) -> Money:
        return -sum((amount for _kind, amount in self.rows if amount.minor < 0), start=Money.zero(self.currency))


@dataclass(frozen=True, slots=True)
class Account:
    """One of the market's own accounts, or a store's (`store` its slug)."""

    kind: AccountKind
    currency: str
    store: str = ""
    store_id: UUID | None = None

    def page(self, period: Period, zone: str, cursor: str, limit: int) -> StatementPage:
        """`zone` is that of the days asked for."""
        since, until = period.since(zone), period.until(zone)
        if self.store_id:
            return statement(
                self.store_id, self.currency, kinds=[self.kind], since=since, until=until, cursor=cursor, limit=limit
            )
        return account_statement(self.kind, self.currency, since=since, until=until, cursor=cursor, limit=limit)


@operators
@require_safe
def ledger(request: PageRequest) -> HttpResponse:
    """The trial balance by currency, and the stores whose money is held back."""
    order = list(AccountKind)
    found = sorted(totals(), key=lambda total: order.index(total.kind))
    currencies = sorted({total.balance.currency for total in found})
    trials = [Trial(c, tuple((t.kind, t.balance) for t in found if t.balance.currency == c)) for c in currencies]
    context = {"section": "ledger", "trials": trials, "words": kind_words(), "holds": held_stores()}
    return render(request, "operator_ledger/ledger.html", context)


@operators
@require_safe
def account(request: PageRequest, kind: str, currency: str) -> HttpResponse:
    of, period = _asked(request, kind, currency)
    base = reverse("operator-account", kwargs={"kind": kind, "currency": currency})
    is_open = of.store_id is not None or of.kind not in OWNED
    zone = request.market.country.zone
    page = of.page(period, zone, request.GET.get("after", ""), 50) if is_open else StatementPage((), None)
    context = {
        "section": "ledger",
        "account": of,
        "is_open": is_open,
        "is_of_stores": of.kind in OWNED and of.kind != AccountKind.ESCROW,
        "words": kind_words(),
        "postings": posting_words(),
        "why_failed": why_failed,
        "page": page,
        "numbers": numbers_of([row.order_id for row in page.rows if row.order_id]),
        "period": period,
        "base": f"{base}?{period.query(store=of.store)}",
        "next_url": f"{base}?{period.query(store=of.store, after=page.next_cursor)}" if page.next_cursor else "",
        "csv_url": f"{base}/statement.csv?{period.query(store=of.store)}",
        "is_first": "after" not in request.GET,
    }
    return render(request, "operator_ledger/account.html", context)


@operators
@require_safe
def account_csv(request: PageRequest, kind: str, currency: str) -> HttpResponseBase:
    of, period = _asked(request, kind, currency)
    response = StreamingHttpResponse(_file(of, period, request.market.country.zone), content_type="text/csv; charset=utf-8")
    name = "-".join(filter(None, (of.kind, of.store, of.currency)))
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _asked(request: PageRequest, kind: str, currency: str) -> tuple[Account, Period]:
    if kind not in list(AccountKind) or len(currency) != 3:
        raise NotFound("ledger.account", _("There is no such account."))
    slug = request.GET.get("store", "").strip()
    store_id = store_in_any_state(slug).id if slug and AccountKind(kind) in OWNED else None
    return Account(AccountKind(kind), currency, slug if store_id else "", store_id), Period.asked(request.GET)


def _file(of: Account, period: Period, zone: str) -> Iterator[str]:
    yield csv_text([COLUMNS])
    if of.kind in OWNED and of.store_id is None:
        return
    cursor: str | None = ""
    while cursor is not None:
        page = of.page(period, zone, cursor, AT_ONCE)
        numbers = numbers_of([row.order_id for row in page.rows if row.order_id])
        yield csv_text(
            (
                row.at.isoformat(timespec="seconds"),
                row.kind,
                numbers.get(row.order_id, "") if row.order_id else "",
                row.memo,
                row.amount.decimal,
                row.balance.decimal,
                of.currency,
                row.cause,
                row.posting_id,
            )
            for row in page.rows
        )
        cursor = page.next_cursor

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from caravan.kernel.clock import now
from caravan.kernel.errors import Invalid
from caravan.kernel.sheets import csv_text
from caravan.ledger.queries import statement
from caravan.ledger.rules import OWED_TO_STORE, AccountKind
from caravan.stores.queries import StoreRow, store_for_member
from caravan.trade.actions.payout_accounts import choose_payouts
from caravan.trade.payments.sandbox.cards import ACCOUNTS
from caravan.trade.queries.payouts import payout_terms, payouts_of_store, reserve_ends, store_money, why_failed
from caravan.web.guards import signed_in, user_id
from caravan.web.periods import Period
from caravan.web.request import PageRequest
from caravan.web.seller_money.words import Line, account_words, held_words, lines, payout_words, schedule_words

AT_ONCE = 1_000  # rows of a file read in one statement
COLUMNS = ("at", "kind", "order", "payout", "commission", "amount", "balance", "currency", "what", "posting")


@signed_in
@require_safe
def money(request: PageRequest, slug: str) -> HttpResponse:
    store = _mine(request, slug)
    at = now()
    terms = payout_terms(store.id, at)
    held = store_money(store, terms, at)
    account, currency, period = _asked(request, store)
    page = statement(
        store.id,
        currency,
        kinds=[account] if account else OWED_TO_STORE,
        since=period.since(store.zone),
        until=period.until(store.zone),
        cursor=request.GET.get("after", ""),
    )
    base = reverse("seller-money", kwargs={"slug": slug})

    def address(account: str, currency: str, after: str = "") -> str:
        return f"{base}?{period.query(account=account, currency=currency if currency != store.currency else '', after=after)}"

    context = {
        "store": store,
        "section": "money",
        "terms": terms,
        "held": held,
        "here": next((m for m in held if m.available.currency == currency), held[0]),
        "held_words": held_words(),
        "reserve_ends": reserve_ends(store.id),
        "lines": lines(store, page.rows),
        "account": account or "",
        "currency": currency,
        "currencies": [(m.available.currency, address(account or "", m.available.currency)) for m in held],
        "accounts": [("", _("Balance")), *account_words().items()],
        "address": address,
        "period": period,
        "zone": ZoneInfo(store.zone),
        "next_url": address(account or "", currency, page.next_cursor) if page.next_cursor else "",
        "is_first": "after" not in request.GET,
        "csv_url": reverse("seller-statement", kwargs={"slug": slug})
        + f"?{period.query(account=account or '', currency=currency)}",
    }
    return render(request, "seller_money/money.html", context)


@signed_in
@require_safe
def statement_csv(request: PageRequest, slug: str) -> HttpResponseBase:
    """The same rows as the page's, all of them."""
    store = _mine(request, slug)
    account, currency, period = _asked(request, store)
    response = StreamingHttpResponse(_file(store, account, currency, period), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{store.slug}-statement-{currency}.csv"'
    return response


@signed_in
@require_http_methods(["GET", "POST"])
def payouts(request: PageRequest, slug: str) -> HttpResponse:
    """What was paid out, and when and where to it goes."""
    store = _mine(request, slug)
    refused = None
    if request.method == "POST":
        try:
            choose_payouts(
                user_id=user_id(request),
                store=slug,
                schedule=request.POST.get("schedule", ""),
                destination=request.POST.get("destination", ""),
            )
        except Invalid as problem:
            refused = problem
        else:
            messages.success(request, _("Saved. The next payout goes there."))
            return redirect("seller-payouts", slug=slug)
    at = now()
    terms = payout_terms(store.id, at)
    context = {
        "store": store,
        "section": "money",
        "terms": terms,
        "held": store_money(store, terms, at),
        "page": payouts_of_store(store.id, cursor=request.GET.get("after", "")),
        "words": payout_words(),
        "why_failed": why_failed,
        "schedules": schedule_words(),
        "typed": request.POST if refused else {"schedule": terms.schedule, "destination": terms.destination},
        "errors": refused.fields if refused else {},
        "test_accounts": list(ACCOUNTS) if settings.PAYMENT_PROVIDER == "sandbox" else [],
        "is_first": "after" not in request.GET,
    }
    return render(request, "seller_money/payouts.html", context, status=refused.status if refused else 200)


def _mine(request: PageRequest, slug: str) -> StoreRow:
    """Money is the owners' alone."""
    return store_for_member(user_id=user_id(request), slug=slug, role="owner")


def _asked(request: PageRequest, store: StoreRow) -> tuple[AccountKind | None, str, Period]:
    asked = request.GET.get("account", "")
    account = AccountKind(asked) if asked in account_words() else None
    currency = request.GET.get("currency", "")
    return account, currency if len(currency) == 3 else store.currency, Period.asked(request.GET)


def _file(store: StoreRow, account: AccountKind | None, currency: str, period: Period) -> Iterator[str]:
    yield csv_text([COLUMNS])
    cursor: str | None = ""
    while cursor is not None:
        page = statement(
            store.id,
            currency,
            kinds=[account] if account else OWED_TO_STORE,
            since=period.since(store.zone),
            until=period.until(store.zone),
            cursor=cursor,
            limit=AT_ONCE,
        )
        yield csv_text(_cells(line) for line in lines(store, page.rows))
        cursor = page.next_cursor


def _cells(line: Line) -> tuple[object, ...]:
    row = line.row
    amounts = (row.commission.decimal, row.amount.decimal, row.balance.decimal, row.amount.currency)
    return (row.at.isoformat(timespec="seconds"), row.kind, line.order, line.day or "", *amounts, line.what, row.posting_id)

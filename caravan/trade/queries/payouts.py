"""Payouts as a store and the operators see them. Amounts are positive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from caravan.kernel.errors import BadRequest
from caravan.kernel.money import Money
from caravan.ledger.queries import balances
from caravan.ledger.rules import AccountKind
from caravan.stores.queries import StoreRow, stores_by_ids
from caravan.trade.models import Order, Payout, PayoutAccount, ReservePart
from caravan.trade.queries.rates import current_rates
from caravan.trade.rules.payouts import MINIMUM, Held, Schedule, Standing, held, next_payout_day


@dataclass(frozen=True, slots=True)
class PayoutRow:
    """`reason`: the provider's word on why it failed. `state` is waiting, sent, paid or failed."""

    id: UUID
    day: date
    amount: Money
    state: str
    destination: str
    provider_ref: str
    reason: str
    created_at: datetime
    settled_at: datetime | None


@dataclass(frozen=True, slots=True)
class PayoutPage:
    """Newest first. `next_cursor` fetches what follows, None at the end."""

    rows: tuple[PayoutRow, ...]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class PayoutTerms:
    """How a store is paid out. `hold_reason` is the operator's, empty while there is none; `next_on` the next day of payouts."""

    schedule: str
    destination: str
    reserve_percent: int
    reserve_days: int
    hold_reason: str
    next_on: date


@dataclass(frozen=True, slots=True)
class StoreMoney:
    """What a store has, in one currency. `held` says why the next payout will not be made as things stand."""

    earned: Money
    available: Money
    reserve: Money
    on_the_way: Money
    paid_out: Money
    minimum: Money
    held: Held | None

    @property
    def balance(self) -> Money:
        return self.earned + self.available + self.reserve


@dataclass(frozen=True, slots=True)
class HeldStore:
    slug: str
    name: str
    hold_reason: str
    reserve_percent: int
    reserve_days: int


def payout_terms(store_id: UUID, at: datetime) -> PayoutTerms:
    """As chosen, or as every store begins: weekly, to no account yet."""
    account = PayoutAccount.objects.filter(pk=store_id).first() or PayoutAccount(store_id=store_id)
    return PayoutTerms(
        schedule=account.schedule,
        destination=account.destination,
        reserve_percent=account.reserve_percent,
        reserve_days=account.reserve_days,
        hold_reason=account.hold_reason,
        next_on=next_payout_day(Schedule(account.schedule), at.date()),
    )


def store_money(store: StoreRow, terms: PayoutTerms, at: datetime) -> tuple[StoreMoney, ...]:
    """What the store has, by currency, its own first."""
    standing = {(a.balance.currency, a.kind): -a.balance for a in balances(store.id)}
    currencies = sorted({store.currency, *(currency for currency, _kind in standing)}, key=lambda c: (c != store.currency, c))
    rates = current_rates(at)

    def of(kind: AccountKind, currency: str) -> Money:
        return standing.get((currency, kind), Money.zero(currency))

    return tuple(
        StoreMoney(
            earned=of(AccountKind.STORE_EARNED, currency),
            available=(available := of(AccountKind.STORE_AVAILABLE, currency)),
            reserve=of(AccountKind.STORE_RESERVE, currency),
            on_the_way=of(AccountKind.PAYOUT_TRANSIT, currency),
            paid_out=of(AccountKind.STORE_PAID_OUT, currency),
            minimum=(minimum := rates.convert(MINIMUM, currency)),
            held=held(Standing(terms.destination, terms.hold_reason, store.status, available, minimum)),
        )
        for currency in currencies
    )


def payouts_of_store(store_id: UUID, *, cursor: str = "", limit: int = 20) -> PayoutPage:
    payouts = Payout.objects.filter(store_id=store_id).order_by("-day", "-id")
    if cursor:
        day, id = _place(cursor)
        payouts = payouts.filter(Q(day__lt=day) | Q(day=day, pk__lt=id))
    found = list(payouts[: limit + 1])
    last = found[limit - 1] if len(found) > limit else None
    return PayoutPage(tuple(map(_row, found[:limit])), f"{last.day}.{last.pk}" if last else None)


def numbers_of(order_ids: list[UUID]) -> dict[UUID, str]:
    """The numbers orders are known by."""
    return dict(Order.objects.filter(pk__in=order_ids).values_list("id", "number"))


def days_of_payouts(payout_ids: list[UUID]) -> dict[UUID, date]:
    """The days of those of the ids that are payouts."""
    return dict(Payout.objects.filter(pk__in=payout_ids).values_list("id", "day"))


def held_stores(limit: int = 200) -> list[HeldStore]:
    """Stores the operators hold back money of, wholly or in part."""
    found = list(PayoutAccount.objects.exclude(hold_reason="", reserve_percent=0)[:limit])
    stores = stores_by_ids([account.store_id for account in found])
    return [
        HeldStore(stores[a.store_id].slug, stores[a.store_id].name, a.hold_reason, a.reserve_percent, a.reserve_days)
        for a in found
        if a.store_id in stores
    ]


def why_failed(reason: str) -> str:
    """The provider's code for why a payout failed, in words; a code nobody worded as it is."""
    return {
        "account_closed": _("The account is closed."),
        "no_account": _("The payment provider knows no account of this name."),
        "not_verified": _("The payment provider has not verified the account yet."),
        "returned_by_bank": _("The bank sent it back."),
    }.get(reason, reason or _("The payment provider gave no reason."))


def reserve_ends(store_id: UUID) -> datetime | None:
    """When the next part of the store's reserve becomes available."""
    return (
        ReservePart.objects.filter(store_id=store_id, released_at=None).order_by("until").values_list("until", flat=True).first()
    )


def _place(cursor: str) -> tuple[date, UUID]:
    day, _dot, id = cursor.partition(".")
    try:
        return date.fromisoformat(day), UUID(id)
    except ValueError:
        raise BadRequest("cursor.form", "This link to a page of payouts is not complete.") from None


def _row(payout: Payout) -> PayoutRow:
    return PayoutRow(
        id=payout.pk,
        day=payout.day,
        amount=Money(payout.minor, payout.currency),
        state=payout.state,
        destination=payout.destination,
        provider_ref=payout.provider_ref,
        reason=payout.reason,
        created_at=payout.created_at,
        settled_at=payout.settled_at,
    )

"""Payouts of a made-up past: each Monday what had become available, as `payouts` would have sent it, and it arrived."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from caravan.kernel.copying import record_id
from caravan.kernel.money import Money
from caravan.ledger.rules import AccountKind, Leg, Posting
from caravan.trade.models import Payout, PayoutAccount
from caravan.trade.payments import chosen_provider
from caravan.trade.queries.rates import rates_on
from caravan.trade.rules.payouts import MINIMUM, Schedule, next_payout_day


class PastPayouts:
    """Follows postings in the order of time, and puts the payouts between them where they belong."""

    def __init__(self, destination: str) -> None:
        self._destination = destination
        self._provider = chosen_provider().name
        self._available: Counter[tuple[UUID, str]] = Counter()
        self._day: date | None = None
        self._made: list[Payout] = []

    def among(self, postings: Iterable[Posting]) -> Iterator[Posting]:
        """`postings`, the oldest first, with payouts before the first of each week."""
        for posting in postings:
            day = posting.at.date()
            self._day = self._day or next_payout_day(Schedule.WEEKLY, day)
            while self._day <= day:
                yield from self._pay(self._day)
                self._day += timedelta(days=7)
            for leg in posting.legs:
                if leg.kind == AccountKind.STORE_AVAILABLE and leg.owner_id:
                    self._available[leg.owner_id, leg.amount.currency] -= leg.amount.minor
            yield posting

    def store(self) -> None:
        """Write the payouts put in, and that each store is paid through their last day. Repeating it changes nothing."""
        Payout.objects.bulk_create(self._made, ignore_conflicts=True, batch_size=1_000)
        last = self._day - timedelta(days=7) if self._day else None
        PayoutAccount.objects.bulk_create(
            (
                PayoutAccount(store_id=store_id, destination=self._destination, paid_through=last)
                for store_id in sorted({store_id for store_id, _currency in self._available})
            ),
            ignore_conflicts=True,
        )

    def _pay(self, day: date) -> Iterator[Posting]:
        rates, at = rates_on(day), datetime.combine(day, time(0, 5), UTC)
        for (store_id, currency), minor in sorted(self._available.items()):
            amount = Money(minor, currency)
            if minor <= 0 or amount < rates.convert(MINIMUM, currency):
                continue
            self._available[store_id, currency] = 0
            payout = self._payout(store_id, day, amount, at)
            self._made.append(payout)
            yield _moved(payout, "payout", AccountKind.STORE_AVAILABLE, AccountKind.PAYOUT_TRANSIT, amount, at)
            yield _moved(payout, "payout_paid", AccountKind.PAYOUT_TRANSIT, AccountKind.STORE_PAID_OUT, amount, at)

    def _payout(self, store_id: UUID, day: date, amount: Money, at: datetime) -> Payout:
        id = record_id("payout", store_id.hex, amount.currency, day.isoformat())
        return Payout(
            id=id,
            store_id=store_id,
            day=day,
            minor=amount.minor,
            currency=amount.currency,
            state=Payout.State.PAID,
            provider=self._provider,
            provider_ref=f"past_{id.hex}",
            destination=self._destination,
            created_at=at,
            asked_at=at,
            settled_at=at,
        )


def _moved(payout: Payout, kind: str, source: AccountKind, target: AccountKind, amount: Money, at: datetime) -> Posting:
    legs = (Leg(source, payout.store_id, amount), Leg(target, payout.store_id, -amount))
    return Posting(cause=payout.pk, kind=kind, legs=legs, at=at)

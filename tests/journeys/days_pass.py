"""Days go by for an order and its store: `python -m tests.journeys.days_pass NUMBER DAYS`. Run with the market's settings.

Their instants move back by so many days, and the running worker is given the job that else comes round every five minutes:
what is due by its own clock, it does. What stands in the ledger cannot be moved, and is not.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from datetime import timedelta

import django
from django.db.models import DateField, DateTimeField, F, Model


def pass_days(number: str, days: int) -> None:
    from procrastinate.exceptions import AlreadyEnqueued

    from caravan.trade.models import Order, Payout, PayoutAccount, Purchase
    from caravan.trade.tasks import stores_money

    order, by = Order.objects.get(number=number), timedelta(days=days)
    payouts = Payout.objects.filter(store_id=order.store_id).order_by("day").values_list("pk", flat=True)
    rows = [(Order, order.pk), (Purchase, order.purchase_id), (PayoutAccount, order.store_id), *((Payout, pk) for pk in payouts)]
    for model, key in rows:
        model.objects.filter(pk=key).update(**earlier(model, by))
    with suppress(AlreadyEnqueued):  # it waits already
        stores_money.defer(timestamp=0)


def earlier(model: type[Model], by: timedelta) -> dict[str, object]:
    """Every instant and day of a row, moved."""
    return {f.name: F(f.name) - by for f in model._meta.concrete_fields if isinstance(f, DateTimeField | DateField)}


if __name__ == "__main__":
    django.setup()
    pass_days(sys.argv[1], int(sys.argv[2]))

"""Jobs of the trade room: the clocks of orders, money on its way back, and the sandbox provider's own post."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from caravan.kernel.clock import now
from caravan.trade.actions import (
    closing,
    disputes,
    lateness,
    learning,
    paying,
    payouts,
    rates,
    releasing,
    sending,
    targeting,
    timers,
)
from caravan.trade.payments import sandbox


@app.periodic(cron="* * * * *")
@app.task(name="trade.every_minute", queue="upkeep", queueing_lock="trade.every_minute")
def every_minute(timestamp: int) -> None:
    """Ask about payments first, so that money that came is heard before its purchase is closed; then the clocks of orders."""
    paying.reconcile_payments(at=now())
    closing.lapse_unpaid(at=now())
    paying.refund_unwanted(at=now())
    sending.send_waiting(at=now())
    disputes.move_expired(at=now())
    timers.grant_unanswered(at=now())
    timers.close_unshipped(at=now())
    timers.confirm_due(at=now())
    lateness.compensate_late(at=now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="trade.stores_money", queue="upkeep", queueing_lock="trade.stores_money")
def stores_money(timestamp: int) -> None:
    """What became available first, so that it goes out on the same day."""
    releasing.release_earned(at=now())
    releasing.release_reserves(at=now())
    payouts.reconcile_payouts(at=now())
    payouts.pay_stores(at=now())


@app.periodic(cron="20 16 * * *")  # the ECB publishes about 16:00 CET
@app.task(name="trade.refresh_rates", queue="upkeep", queueing_lock="trade.refresh_rates")
def refresh_rates(timestamp: int) -> None:
    rates.refresh_rates(url=settings.RATES_URL)


@app.periodic(cron="40 2 * * *")
@app.task(name="trade.learn_delivery", queue="upkeep", queueing_lock="trade.learn_delivery")
def learn_delivery(timestamp: int) -> None:
    learning.learn_delivery(at=now())


@app.periodic(cron="50 3 * * *")
@app.task(name="trade.issue_coupons", queue="upkeep", queueing_lock="trade.issue_coupons")
def issue_coupons(timestamp: int) -> None:
    targeting.issue_running(at=now())


@app.task(name=sandbox.WEBHOOK_TASK, queue="payments", retry=RetryStrategy(max_attempts=8, exponential_wait=2))
def send_sandbox_webhook(subject: str, subject_id: str) -> None:
    sandbox.send_webhook(subject=subject, subject_id=UUID(subject_id), at=now())


@app.task(name=sending.TASK, queue="payments", retry=RetryStrategy(max_attempts=8, exponential_wait=2))
def send_refund(refund_id: str) -> None:
    sending.send_refund(refund_id=UUID(refund_id), at=now())

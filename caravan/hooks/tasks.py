from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from caravan.hooks.actions import deliveries
from caravan.kernel.clock import now


@app.task(name=deliveries.TASK, queue="hooks")
def send(delivery_id: str, attempt: int) -> None:
    deliveries.send(delivery_id=UUID(delivery_id), attempt=attempt, at=now())


@app.periodic(cron="40 3 * * *")
@app.task(name="hooks.forget_old", queue="upkeep", queueing_lock="hooks.forget_old")
def forget_old(timestamp: int) -> None:
    deliveries.forget_old(at=now())

from __future__ import annotations

from procrastinate.contrib.django import app

from caravan.kernel.clock import now
from caravan.people.actions import cache, limits


@app.periodic(cron="17 * * * *")
@app.task(name="people.forget_limits", queue="upkeep", queueing_lock="people.forget_limits")
def forget_limits(timestamp: int) -> None:
    limits.forget(at=now())
    cache.forget(at=now())

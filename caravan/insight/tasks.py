from __future__ import annotations

from procrastinate.contrib.django import app

from caravan.insight import actions
from caravan.kernel.clock import now


@app.periodic(cron="* * * * *")
@app.task(name="insight.refresh", queue="insight", queueing_lock="insight.refresh", lock="insight.refresh")
def refresh(timestamp: int) -> None:
    """Every minute: the market as of now."""
    at = now()
    actions.refresh(as_of=at, at=at)

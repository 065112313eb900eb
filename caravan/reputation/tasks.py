from __future__ import annotations

from procrastinate.contrib.django import app

from caravan.kernel.clock import now
from caravan.reputation.actions import refresh_all


@app.periodic(cron="7 * * * *")
@app.task(name="reputation.refresh", queue="upkeep", queueing_lock="reputation.refresh", lock="reputation.refresh")
def refresh(timestamp: int) -> None:
    """Hourly, because windows move even where nobody leaves feedback."""
    refresh_all(at=now())

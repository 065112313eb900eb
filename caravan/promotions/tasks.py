"""Jobs of the promotions room, each a line into an action."""

from __future__ import annotations

from procrastinate.contrib.django import app

from caravan.kernel.clock import now
from caravan.promotions.actions import turning


@app.periodic(cron="* * * * *")
@app.task(name="promotions.turn", queue="upkeep", queueing_lock="promotions.turn")
def turn(timestamp: int) -> None:
    turning.turn(at=now())

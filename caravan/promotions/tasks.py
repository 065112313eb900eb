"""Jobs of the promotions room, each a line into an action."""

from __future__ import annotations

from procrastinate.contrib.django import app

from caravan.kernel.clock import now
from caravan.promotions.actions import budgets, holding, issuing, turning


@app.periodic(cron="* * * * *")
@app.task(name="promotions.turn", queue="upkeep", queueing_lock="promotions.turn")
def turn(timestamp: int) -> None:
    turning.turn(at=now())


@app.periodic(cron="* * * * *")
@app.task(name="promotions.pieces", queue="upkeep", queueing_lock="promotions.pieces")
def pieces(timestamp: int) -> None:
    """Pieces nobody ordered in time come back first, so that lists hear of them in the same minute."""
    holding.give_back_expired(at=now())
    holding.mark_sold_out(at=now())
    budgets.mark_exhausted(at=now())


@app.periodic(cron="15 * * * *")
@app.task(name="promotions.remind", queue="upkeep", queueing_lock="promotions.remind")
def remind(timestamp: int) -> None:
    issuing.remind(at=now())

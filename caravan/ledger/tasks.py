from __future__ import annotations

from procrastinate.contrib.django import app

from caravan.ledger import actions


@app.periodic(cron="* * * * *")
@app.task(name="ledger.fold", queue="upkeep", queueing_lock="ledger.fold")
def fold(timestamp: int) -> None:
    """Balances cost what was posted since; nothing is wrong where this does not run, only slower."""
    actions.fold()

from __future__ import annotations

from procrastinate.contrib.django import app

from caravan.kernel.clock import now


@app.periodic(cron="* * * * *")
@app.task(name="insight.refresh", queue="insight", queueing_lock="insight.refresh", lock="insight.refresh")
def refresh(timestamp: int) -> None:
    """Every minute: the market as of now."""
    # Ibis and DuckDB take a second and 100 MB to import: for the process that refreshes, not for every one that has a task list.
    from caravan.insight import actions

    at = now()
    actions.refresh(as_of=at, at=at)

"""The jobs every worker of the market runs for the outbox: delivery, and rescue of what a killed worker left."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from caravan.outbox import actions

RETRY = RetryStrategy(max_attempts=10, exponential_wait=3)


@app.task(name=actions.TASK, retry=RETRY, queue=actions.QUEUE)
def deliver(event_id: str, subscriber_name: str) -> None:
    actions.deliver(event_id=event_id, subscriber_name=subscriber_name)


@app.periodic(cron="* * * * * */20")
@app.task(name="outbox.rescue", queue="upkeep", queueing_lock="outbox.rescue")
async def rescue(timestamp: int) -> None:
    """Put jobs of workers that stopped beating back into the queue. Safe: every job of ours may run twice."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=30):
        await app.job_manager.retry_job(job)

"""The catalogue's background jobs, each a line into an action."""

from __future__ import annotations

from uuid import UUID

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from caravan.catalog.actions import bulk, fetch, links
from caravan.kernel.clock import now

TRIES = 4


@app.task(name=bulk.TASK, queue="imports", pass_context=True, retry=RetryStrategy(max_attempts=TRIES, exponential_wait=2))
def import_products(context: JobContext, job_id: str) -> None:
    bulk.run_import(job_id=UUID(job_id), at=now(), last_try=context.job.attempts >= TRIES)


@app.task(name=links.TASK, queue="pictures", pass_context=True, retry=RetryStrategy(max_attempts=TRIES, exponential_wait=5))
def fetch_pictures(context: JobContext, product_id: str) -> None:
    fetch.fetch_pictures(product_id=UUID(product_id), at=now(), last_try=context.job.attempts >= TRIES)

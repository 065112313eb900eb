from __future__ import annotations

from datetime import timedelta

from procrastinate.contrib.django import app

from caravan.kernel.clock import now
from caravan.people.actions import cache, limits, notice_mail, notices

NOTICES_KEPT = timedelta(days=365)


@app.periodic(cron="17 * * * *")
@app.task(name="people.forget_limits", queue="upkeep", queueing_lock="people.forget_limits")
def forget_limits(timestamp: int) -> None:
    limits.forget(at=now())
    cache.forget(at=now())
    notices.forget(before=now() - NOTICES_KEPT)


@app.periodic(cron="* * * * *")
@app.task(name="people.mail_notices", queue="upkeep", queueing_lock="people.mail_notices")
def mail_notices(timestamp: int) -> None:
    notice_mail.mail_waiting(at=now())

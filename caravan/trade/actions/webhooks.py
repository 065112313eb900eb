"""What providers tell by themselves: verified, kept as it came, heard once per event whatever the order."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from caravan.trade.actions.paying import apply_news
from caravan.trade.actions.payouts import hear_payout
from caravan.trade.actions.sending import hear_refund
from caravan.trade.models import PaymentEvent
from caravan.trade.payments import Notice, PayoutResult, RefundResult, Result, provider


def hear_webhook(*, provider_name: str, headers: Mapping[str, str], body: bytes, at: datetime) -> None:
    """Take note of what a provider says, once per event. Raises Forbidden for a signature that is not theirs.

    What is about nothing of ours raises NotFound and is not kept, so that the provider tells again later.
    """
    notice = provider(provider_name).verify(headers=headers, body=body, at=at)
    with transaction.atomic():
        _event, is_new = PaymentEvent.objects.get_or_create(
            provider=provider_name,
            event_id=notice.event_id,
            defaults={"payload": json.loads(body), "received_at": at},
        )
        if is_new:
            _hear(notice, at)


def _hear(notice: Notice, at: datetime) -> None:
    if notice.subject_id is None:
        return
    match notice.news:
        case Result():
            apply_news(payment_id=notice.subject_id, news=notice.news, at=at)
        case RefundResult():
            hear_refund(refund_id=notice.subject_id, news=notice.news, at=at)
        case PayoutResult():
            hear_payout(payout_id=notice.subject_id, news=notice.news, at=at)

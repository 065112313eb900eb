"""What the sandbox tells by webhook, how it signs it, and how such a notice is read again."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, get_args
from uuid import UUID

from django.conf import settings
from django.utils.crypto import salted_hmac
from procrastinate.contrib.django import app

from caravan.kernel.errors import BadRequest
from caravan.trade.models import SandboxCharge, SandboxPayout, SandboxRefund
from caravan.trade.payments import signature
from caravan.trade.payments.protocol import News, Notice, PayoutResult, PayoutState, RefundResult, RefundState, Result, State

Subject = Literal["payment", "refund", "payout"]
WEBHOOK_TASK = "trade.send_sandbox_webhook"
SLOW_SECONDS = 4


def defer_webhook(subject: Subject, subject_id: UUID, *, seconds: int = SLOW_SECONDS) -> None:
    """Have a worker tell of it; called in the transaction that changes the books."""
    task = app.configure_task(WEBHOOK_TASK, schedule_in={"seconds": seconds}, queue="payments")
    task.defer(subject=subject, subject_id=str(subject_id))


def send_webhook(*, subject: str, subject_id: UUID, at: datetime) -> None:
    """What was on its way arrives, and Caravan is told: in the order and as often as its card or account says."""
    for said in {"payment": _payment, "refund": _refund, "payout": _payout}[subject](subject_id):
        body = json.dumps(said).encode()
        headers = {"Content-Type": "application/json", signature.HEADER: signature.sign(secret(), body, at)}
        request = urllib.request.Request(f"{settings.SITE_URL}/webhooks/payments/sandbox", body, headers)  # noqa: S310
        with urllib.request.urlopen(request, timeout=10):  # noqa: S310 - our own address, from settings
            pass


def read(*, headers: Mapping[str, str], body: bytes, at: datetime) -> Notice:
    """Raises Forbidden for a signature that is not ours, BadRequest for a body that is no notice."""
    signature.check(secret(), headers.get(signature.HEADER, ""), body, at)
    try:
        said = json.loads(body)
        subject = next(name for name in get_args(Subject) if name in said)
        return Notice(str(said["id"]), UUID(said[subject]), _news(subject, said))
    except (ValueError, KeyError, TypeError, StopIteration) as e:
        raise BadRequest("webhook.body", "The body is not a notice of this provider.") from e


def secret() -> bytes:
    return salted_hmac("caravan.trade.sandbox", "webhooks", algorithm="sha256").digest()


def ref(row_id: UUID) -> str:
    """The sandbox's own name for something of ours."""
    return f"sb_{row_id.hex}"


def _payment(charge_id: UUID) -> list[dict[str, str]]:
    charge = SandboxCharge.objects.get(pk=charge_id)
    if charge.state == "pending":
        charge.state = "paid"
        charge.save(update_fields=["state"])
    told = [_said("payment", charge.pk, charge.state, charge.reason)]
    if charge.scenario == "twice":
        return told * 2
    return [*told, _said("payment", charge.pk, "pending", "")] if charge.scenario == "unordered" else told


def _refund(refund_id: UUID) -> list[dict[str, str]]:
    refund = SandboxRefund.objects.select_related("charge").get(pk=refund_id)
    if refund.state == "pending":
        fails = refund.charge.scenario == "refund_fails"
        refund.state, refund.reason = ("failed", "account_closed") if fails else ("done", "")
        refund.save(update_fields=["state", "reason"])
    return [_said("refund", refund.pk, refund.state, refund.reason)]


def _payout(payout_id: UUID) -> list[dict[str, str]]:
    payout = SandboxPayout.objects.get(pk=payout_id)
    payout.state = "failed" if payout.scenario in ("failing", "returned") else "paid"
    payout.save(update_fields=["state"])
    told = _said("payout", payout.pk, payout.state, payout.reason)
    return [told, told] if payout.scenario == "twice" else [told]


def _said(subject: Subject, subject_id: UUID, state: str, reason: str) -> dict[str, str]:
    return {
        "id": f"evt_{subject_id.hex}_{state}",
        subject: str(subject_id),
        "ref": ref(subject_id),
        "state": state,
        "reason": reason,
    }


def _news(subject: str, said: Mapping[str, Any]) -> News:
    state, name, reason = said["state"], str(said.get("ref", "")), str(said.get("reason", ""))
    known = {"payment": State, "refund": RefundState, "payout": PayoutState}[subject]
    if state not in get_args(known):
        raise ValueError(state)
    if subject == "payment":
        return Result(state, name, reason=reason)
    return RefundResult(state, name, reason) if subject == "refund" else PayoutResult(state, name, reason)

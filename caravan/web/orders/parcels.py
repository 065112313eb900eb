"""Parcels on the pages of both sides: what is in each, and its journey as a line of steps."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext as _

from caravan.trade.queries.parcels import ParcelRow, PieceRow, TrackingRow
from caravan.web.orders.steps import Step
from caravan.web.templating import moment


class ParcelView(NamedTuple):
    """`badge` is (text, kind); `steps` newest last, ready to show; `link` leads to the carrier or is empty."""

    number: int
    carrier: str
    tracking_code: str
    link: str
    pieces: tuple[PieceRow, ...]
    badge: tuple[str, str]
    steps: list[Step]
    delivered: bool


def parcel_views(parcels: Iterable[ParcelRow]) -> list[ParcelView]:
    return [_view(parcel) for parcel in parcels]


def tracking_words() -> dict[str, str]:
    """What each status of a parcel is called."""
    return {
        "announced": _("Announced to the carrier"),
        "accepted": _("With the carrier"),
        "on_the_way": _("On its way"),
        "customs": _("In customs"),
        "out_for_delivery": _("Out for delivery"),
        "attempted": _("Nobody was there"),
        "delivered": _("Delivered"),
        "returned": _("Goes back to the store"),
        "problem": _("Held up"),
    }


def _view(parcel: ParcelRow) -> ParcelView:
    words = tracking_words()
    told = [_step(event, words) for event in parcel.events]
    steps = [Step("done", _("Shipped"), moment(parcel.shipped_at), ""), *told]
    newest = parcel.events[-1] if parcel.events else None
    if parcel.delivered_at is None:
        steps[-1] = steps[-1]._replace(state="failed" if newest and newest.status in ("returned", "problem") else "now")
    return ParcelView(
        parcel.number, parcel.carrier, parcel.tracking_code, parcel.link, parcel.pieces, _badge(parcel, newest, words), steps,
        parcel.delivered_at is not None,
    )  # fmt: skip


def _step(event: TrackingRow, words: dict[str, str]) -> Step:
    return Step("done", words[event.status], moment(event.happened_at), " · ".join(filter(None, (event.place, event.text))))


def _badge(parcel: ParcelRow, newest: TrackingRow | None, words: dict[str, str]) -> tuple[str, str]:
    if parcel.delivered_at is not None:
        return words["delivered"], "good"
    if newest is None:
        return words["on_the_way"], "info"
    return words[newest.status], "warn" if newest.status in ("attempted", "returned", "problem") else "info"

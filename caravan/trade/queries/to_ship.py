from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from caravan.kernel.sheets import csv_text
from caravan.trade.models import OrderLine
from caravan.trade.queries.orders import unsent

COLUMNS = (
    "order_number", "carrier", "tracking_code", "sku", "quantity", "title", "ship_by", "service", "name", "street_address",
    "city", "country_area", "postal_code", "country_code", "phone", "note",
)  # fmt: skip
_ADDRESS = ("name", "street_address", "city", "country_area", "postal_code", "country_code", "phone")


def to_ship_csv(store_id: UUID) -> Iterator[str]:
    """The pieces a store still has to send, oldest first, as a file that can be filled in and sent back (`shipment_file`)."""
    yield csv_text([COLUMNS])
    lines = (
        OrderLine.objects.filter(order_id__in=unsent(store_id).values("id"))
        .order_by("order__paid_at", "order_id", "number")
        .values_list(
            "order__number", "sku", "quantity", "refunded_quantity", "shipped_quantity", "title", "order__ship_by_at",
            "order__service", "order__address", "order__buyer_note",
        )
    )  # fmt: skip
    for number, sku, ordered, back, sent, title, ship_by, service, address, note in lines.iterator(chunk_size=500):
        if (left := ordered - back - sent) > 0:
            where = [address.get(name, "") for name in _ADDRESS]
            day = ship_by.date().isoformat() if ship_by else ""
            yield csv_text([(number, "", "", sku, left, title, day, service, *where, note)])

"""Facts out of PostgreSQL into the lake: what was written since the last time, up to the oldest transaction still running."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from caravan.insight.lake import FEEDBACK, ORDER_LINES, PRODUCTS, SIGNALS, STORES, Fact, Lake, stream
from caravan.insight.models import Refresh

ORDER_LINE_ROWS = """
SELECT o.changed AS seq, o.id AS order_id, l.number::int AS line_no, o.placed_at, o.paid_at,
       CASE WHEN o.payment_state = 'refunded' OR l.refunded_quantity = l.quantity
            THEN coalesce(o.refunded_at, o.paid_at) END AS refunded_at,
       o.buyer_id, o.store_id, l.product_id, l.variant_id, c.path::text AS category_path, o.market::text AS market,
       CASE WHEN l.refunded_quantity = l.quantity THEN l.quantity ELSE l.quantity - l.refunded_quantity END AS quantity,
       l.total_minor - CASE WHEN l.refunded_quantity = l.quantity THEN 0 ELSE l.refunded_minor END AS paid_minor,
       o.currency::text AS currency,
       CASE WHEN l.refunded_quantity IN (0, l.quantity) THEN l.total_eur_minor
            ELSE l.total_eur_minor * (l.quantity - l.refunded_quantity) / l.quantity END AS paid_eur_minor,
       1.0::float8 AS trust
FROM trade_order o
JOIN trade_orderline l ON l.order_id = o.id
JOIN catalog_product p ON p.id = l.product_id
JOIN catalog_category c ON c.id = p.category_id
WHERE o.changed > {above} AND o.changed <= {upto}
"""
SIGNAL_ROWS = """
SELECT changed AS seq, id AS signal_id, at, kind::text, visitor_id, user_id, market::text, language::text, source::text,
       product_id, store_id, category_path::text, query::text, results, position
FROM signals_signal WHERE changed > {above} AND changed <= {upto}
"""
FEEDBACK_ROWS = """
SELECT changed AS seq, id AS feedback_id, created_at AS at, store_id, product_id, buyer_id, stars, described, communication,
       shipping
FROM reputation_feedback WHERE changed > {above} AND changed <= {upto}
"""
PRODUCT_ROWS = """
SELECT p.id AS product_id, p.store_id, c.path::text AS category_path, p.published_at, p.status = 'active' AS listed
FROM catalog_product p JOIN catalog_category c ON c.id = p.category_id
"""
STORE_ROWS = "SELECT id AS store_id, opened_at, status = 'open' AS listed FROM stores_store"

GROWING: tuple[tuple[Fact, str], ...] = (
    (ORDER_LINES, ORDER_LINE_ROWS),
    (SIGNALS, SIGNAL_ROWS),
    (FEEDBACK, FEEDBACK_ROWS),
)
WHOLE: tuple[tuple[Fact, str], ...] = ((PRODUCTS, PRODUCT_ROWS), (STORES, STORE_ROWS))


@dataclass(frozen=True, slots=True)
class Exported:
    """Rows added to the lake, by fact."""

    rows: tuple[tuple[str, int], ...]


def the_lake() -> Lake:
    """This database's lake, made on first use."""
    row, _ = Refresh.objects.get_or_create(pk=1)
    return Lake(Path(settings.LAKE_ROOT) / row.lake.hex)


def export(*, lake: Lake) -> Exported:
    """Bring the lake up to date. Any number may run; what one adds the others do not add again."""
    upto, url = _final(), _url()
    rows = []
    for fact, sql in GROWING:
        above = lake.watermark(fact)
        if above < upto:
            with stream(url, sql.format(above=above, upto=upto)) as batches:
                rows.append((fact.name, lake.append(fact, batches, upto_seq=upto)))
        lake.compact(fact)
    for fact, sql in WHOLE:
        with stream(url, sql) as batches:
            rows.append((fact.name, lake.replace(fact, batches)))
    return Exported(tuple(rows))


# Transaction ids are the server's, not the database's: one that runs in another database of it writes no row of ours and holds
# nothing up. One that is not to be seen any more ended after the snapshot was taken, so the next export has it.
FINAL = """
SELECT coalesce(
    (SELECT min(xid::text::bigint) FROM pg_snapshot_xip(pg_current_snapshot()) xid
     WHERE NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.backend_xid = xid::xid AND a.datname <> current_database())),
    pg_snapshot_xmax(pg_current_snapshot())::text::bigint) - 1
"""


def _final() -> int:
    """The highest transaction id up to which nothing of this database can become visible any more."""
    with connection.cursor() as cursor:
        cursor.execute(FINAL)
        return int(cursor.fetchone()[0])


def _url() -> str:
    s = connection.settings_dict
    user, password, host, name = (quote(s[part], safe="") for part in ("USER", "PASSWORD", "HOST", "NAME"))
    return f"postgresql://{user}{':' + password if password else ''}@{host}:{s['PORT'] or 5432}/{name}"

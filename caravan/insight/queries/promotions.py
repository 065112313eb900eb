"""What a promotion brought and cost, from the orders themselves: its store's own figures, which nobody else sees."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from caravan.insight.rules.uplift import Uplift, uplift
from caravan.kernel.errors import NotFound
from caravan.kernel.money import Money
from caravan.kernel.rates import RateTable
from caravan.trade.queries.rates import current_rates

BEFORE = timedelta(days=28)
LONGEST = timedelta(days=60)  # of a promotion that is looked at for its uplift
MATCHED = 5  # goods to match with, for each promoted one, at most
MOST_GOODS = 500

_PROMOTION = """
SELECT p.id, p.name, p.kind, p.store_id, coalesce(s.slug, ''), coalesce(s.name, ''), p.currency, p.since,
       least(p.until, coalesce(p.ended_at, p.until)), p.spent_minor, p.budget_minor
FROM promotions_promotion p LEFT JOIN stores_store s ON s.id = p.store_id
WHERE p.id = %s AND p.state <> 'draft'
"""
# A line with several cuts of one promotion is sold once. What went back was not sold: of a line at several prices first those at
# others, as deals have their pieces back.
_SOLD = """
WITH sold AS (
    SELECT l.id, o.id AS order_id, o.buyer_id, o.store_id, o.currency, (o.placed_at AT TIME ZONE 'UTC')::date AS day,
           CASE WHEN bool_or(c.is_price) THEN sum(c.pieces) FILTER (WHERE c.is_price) ELSE l.quantity END AS pieces,
           l.quantity, l.refunded_quantity, l.total_minor - l.refunded_minor AS paid
    FROM trade_ordercut c JOIN trade_orderline l ON l.id = c.line_id JOIN trade_order o ON o.id = l.order_id
    WHERE c.promotion_id = %(id)s AND o.payment_state IN ('paid', 'refunded') GROUP BY l.id, o.id
)
"""
_FIGURES = f"""{_SOLD}
SELECT currency, count(DISTINCT order_id) FILTER (WHERE quantity > refunded_quantity),
       sum(least(pieces, quantity - refunded_quantity))::bigint, sum(paid)::bigint
FROM sold GROUP BY currency ORDER BY currency
"""  # noqa: S608 - constants of this module
_BUYERS = f"""{_SOLD}
SELECT count(*), count(*) FILTER (WHERE NOT EXISTS (
    SELECT FROM trade_order earlier WHERE earlier.buyer_id = b.buyer_id AND earlier.payment_state IN ('paid', 'refunded')
    AND earlier.placed_at < %(since)s AND (%(store)s::uuid IS NULL OR earlier.store_id = %(store)s)
)) FROM (SELECT DISTINCT buyer_id FROM sold WHERE quantity > refunded_quantity) b
"""  # noqa: S608
_DAYS = f"""{_SOLD}
SELECT day, sum(least(pieces, quantity - refunded_quantity))::bigint, count(DISTINCT order_id) FROM sold
WHERE quantity > refunded_quantity GROUP BY day ORDER BY day
"""  # noqa: S608
# What a line gave back takes its part of the cut along.
_COST = """
SELECT c.payer, o.currency, sum(c.minor * (l.quantity - l.refunded_quantity) / l.quantity)::bigint
FROM trade_ordercut c JOIN trade_orderline l ON l.id = c.line_id JOIN trade_order o ON o.id = l.order_id
WHERE c.promotion_id = %(id)s AND o.payment_state IN ('paid', 'refunded') GROUP BY 1, 2 ORDER BY 1, 2
"""
# The goods it was about: those listed, those of its group, of its categories, else all of its store.
_GOODS = """
SELECT x.id, x.category_id FROM catalog_product x
JOIN promotions_promotion p ON p.id = %(id)s AND (p.store_id IS NULL OR x.store_id = p.store_id)
JOIN catalog_category cat ON cat.id = x.category_id
WHERE CASE
    WHEN EXISTS (SELECT FROM promotions_promotiongoods g WHERE g.promotion_id = p.id)
        THEN EXISTS (SELECT FROM promotions_promotiongoods g WHERE g.promotion_id = p.id AND g.product_id = x.id)
    WHEN p.group_id IS NOT NULL
        THEN EXISTS (SELECT FROM promotions_groupproduct m WHERE m.group_id = p.group_id AND m.product_id = x.id)
    WHEN cardinality(p.categories) > 0
        THEN EXISTS (SELECT FROM unnest(p.categories) c (path) WHERE cat.path = c.path OR starts_with(cat.path, c.path || '/'))
    ELSE p.store_id IS NOT NULL
END
ORDER BY x.id LIMIT %(most)s
"""
# Goods of other stores in the same categories that nothing was taken off meanwhile, those that sold most nearly as much before.
_MATCHED = """
WITH before AS (
    SELECT l.product_id, sum(l.quantity) AS pieces FROM trade_orderline l JOIN trade_order o ON o.id = l.order_id
    JOIN catalog_product x ON x.id = l.product_id
    WHERE x.category_id = ANY(%(categories)s) AND o.payment_state = 'paid' AND o.placed_at >= %(from)s AND o.placed_at < %(since)s
    GROUP BY 1
), mean AS (
    SELECT coalesce(sum(pieces) FILTER (WHERE product_id = ANY(%(goods)s)), 0) / %(count)s AS pieces FROM before
)
SELECT b.product_id FROM before b JOIN catalog_product x ON x.id = b.product_id CROSS JOIN mean
WHERE b.product_id <> ALL(%(goods)s) AND x.store_id <> ALL(%(stores)s) AND NOT EXISTS (
    SELECT FROM trade_ordercut c JOIN trade_orderline l ON l.id = c.line_id JOIN trade_order o ON o.id = l.order_id
    WHERE l.product_id = b.product_id AND o.placed_at >= %(from)s AND o.placed_at < %(until)s
)
ORDER BY abs(b.pieces - mean.pieces), b.product_id LIMIT %(most)s
"""
_DAILY = """
SELECT (o.placed_at AT TIME ZONE 'UTC')::date - %(first)s::date, sum(l.quantity)::int
FROM trade_orderline l JOIN trade_order o ON o.id = l.order_id
WHERE l.product_id = ANY(%(goods)s) AND o.payment_state = 'paid' AND o.placed_at >= %(from)s AND o.placed_at < %(to)s GROUP BY 1
"""


@dataclass(frozen=True, slots=True)
class DayRow:
    day: str
    units: int
    orders: int


@dataclass(frozen=True, slots=True)
class PromotionReport:
    """Amounts in the promotion's currency, of others turned at today's rates. All but `spent` is net of what went back: an order
    whose pieces all did is none, nor is its buyer one. `cost` by payer ("store", "platform", "affiliate"). `uplift` None: too
    little was sold to tell; `matched`: with how many goods it was compared. `new_buyers` had bought nothing before it, of the
    store, or for a platform's promotion at all."""

    id: UUID
    name: str
    kind: str
    store_id: UUID | None
    store_slug: str
    store_name: str
    since: datetime
    until: datetime
    orders: int
    units: int
    revenue: Money
    cost: tuple[tuple[str, Money], ...]
    buyers: int
    new_buyers: int
    days: tuple[DayRow, ...]
    uplift: Uplift | None
    matched: int
    spent: Money
    budget: Money | None


def promotion_report(id: UUID, *, store_id: UUID | None, at: datetime) -> PromotionReport:
    """The report of a promotion of that store, or with None of any. Raises NotFound."""
    row = _one(_PROMOTION, [id])
    if row is None or (store_id is not None and row[3] != store_id):
        raise NotFound("promotion.unknown", _("There is no such promotion."))
    (_id, name, kind, owner, slug, store_name, currency, since, until, spent, budget) = row
    rates = current_rates(at)
    about: dict[str, Any] = {"id": id, "since": since, "store": owner}
    figures, cost = _all(_FIGURES, about), _all(_COST, about)
    buyers, new = _one(_BUYERS, about) or (0, 0)
    found, matched = _uplift(id, owner, since, min(until, at)) if at > since else (None, 0)
    return PromotionReport(
        id=id,
        name=name,
        kind=kind,
        store_id=owner,
        store_slug=slug,
        store_name=store_name,
        since=since,
        until=until,
        orders=sum(r[1] for r in figures),
        units=sum(r[2] for r in figures),
        revenue=_sum(((r[3], r[0]) for r in figures), currency, rates),
        cost=tuple(
            (payer, _sum(((r[2], r[1]) for r in cost if r[0] == payer), currency, rates))
            for payer in sorted({r[0] for r in cost})
        ),
        buyers=buyers,
        new_buyers=new,
        days=tuple(DayRow(day.isoformat(), units, orders) for day, units, orders in _all(_DAYS, about)),
        uplift=found,
        matched=matched,
        spent=Money(spent, currency),
        budget=Money(budget, currency) if budget is not None else None,
    )


def _uplift(id: UUID, store_id: UUID | None, since: datetime, until: datetime) -> tuple[Uplift | None, int]:
    until = min(until, since + LONGEST)
    rows = _all(_GOODS, {"id": id, "most": MOST_GOODS})
    goods, categories = [row[0] for row in rows], list({row[1] for row in rows})
    if not goods:
        return None, 0
    begins = since - BEFORE
    matched = [
        row[0]
        for row in _all(
            _MATCHED,
            {
                "goods": goods, "categories": categories, "stores": [store_id] if store_id else [], "from": begins,
                "since": since, "until": until, "count": len(goods), "most": min(MOST_GOODS, MATCHED * len(goods)),
            },
        )
    ]  # fmt: skip
    found = uplift(
        during=_daily(goods, since, until),
        before=_daily(goods, begins, since),
        matched_during=_daily(matched, since, until),
        matched_before=_daily(matched, begins, since),
    )
    return found, len(matched)


def _daily(goods: Sequence[UUID], since: datetime, until: datetime) -> list[int]:
    """Units a day, days without any among them."""
    days = [0] * max(1, -(-(until - since) // timedelta(days=1)))
    for day, units in _all(_DAILY, {"goods": list(goods), "first": since, "from": since, "to": until}):
        days[min(day, len(days) - 1)] += units
    return days


def _sum(amounts: Iterable[tuple[int, str]], currency: str, rates: RateTable) -> Money:
    return sum((rates.convert(Money(minor, theirs), currency) for minor, theirs in amounts), start=Money.zero(currency))


def _all(sql: str, params: dict[str, Any] | list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _one(sql: str, params: dict[str, Any] | list[Any]) -> tuple[Any, ...] | None:
    found = _all(sql, params)
    return found[0] if found else None

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from caravan.kernel.errors import Conflict
from caravan.promotions.actions.stamps import touch
from caravan.promotions.models import Promotion

# Only what has a budget is counted: others' rows would make every order of the store wait for one another for nothing.
_CHARGE = """
WITH spent (id, minor) AS (SELECT * FROM unnest(%(ids)s::uuid[], %(minors)s::bigint[])), locked AS (
    SELECT p.id FROM promotions_promotion p WHERE p.id = ANY(%(ids)s::uuid[]) AND p.budget_minor IS NOT NULL
    ORDER BY p.id FOR NO KEY UPDATE
), charged AS (
    UPDATE promotions_promotion p SET spent_minor = greatest(0, p.spent_minor + spent.minor) FROM spent, locked
    WHERE p.id = spent.id AND p.id = locked.id AND p.spent_minor + spent.minor <= p.budget_minor RETURNING p.id
)
SELECT id FROM locked EXCEPT SELECT id FROM charged
"""

_MARK = """
WITH changed AS (
    SELECT id FROM promotions_promotion WHERE budget_minor IS NOT NULL AND state <> 'draft'
    AND until > %(at)s::timestamptz - interval '366 days' -- coupons are good for so long
    AND (exhausted_at IS NOT NULL) <> (budget_minor - spent_minor < ceil(budget_minor / 20.0)) ORDER BY id FOR NO KEY UPDATE
)
UPDATE promotions_promotion p SET exhausted_at = CASE WHEN p.exhausted_at IS NULL THEN %(at)s::timestamptz END
FROM changed WHERE p.id = changed.id RETURNING p.store_id
"""


def charge_budgets(*, spent: Mapping[UUID, int]) -> None:
    """What an order costs the owners of promotions, in minor units of each one's currency, inside the caller's transaction, which
    is given up when one has not so much left: Conflict("promotion.exhausted") names it. Prices are without such a one already,
    unless another order was faster. Where there is no budget, nothing is counted.

    The last lock but the stamps: orders of a promotion with a budget wait for one another from here to the commit.
    """
    _move(spent)


def refund_budgets(*, spent: Mapping[UUID, int]) -> None:
    """The same amounts back, where the order is off. The caller sees to it that this happens once."""
    _move({id: -minor for id, minor in spent.items()})


def mark_exhausted(*, at: datetime) -> int:
    """Have lists and claims leave out those of which all but a twentieth of the budget is spent, and no longer those that got
    some back. Whatever is left, an order that would cost more is priced without. Returns how many have changed."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_MARK, {"at": at})
            stores = [store_id for (store_id,) in cursor.fetchall()]
        if stores:
            touch(store_ids=stores)
    return len(stores)


def _move(spent: Mapping[UUID, int]) -> None:
    if not spent:
        return
    ids = sorted(spent)
    with connection.cursor() as cursor:
        cursor.execute(_CHARGE, {"ids": ids, "minors": [spent[id] for id in ids]})
        short = [id for (id,) in cursor.fetchall()]
    if short:
        names = ", ".join(Promotion.objects.filter(pk__in=short).order_by("name").values_list("name", flat=True))
        text = _("%(name)s is used up. Look at the new total.") % {"name": names}
        raise Conflict("promotion.exhausted", text, promotion=",".join(map(str, sorted(short))))

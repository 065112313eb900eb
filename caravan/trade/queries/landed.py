"""What a product costs where it lands, before it lies in any cart."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from caravan.kernel.errors import NotFound
from caravan.kernel.markets import Market
from caravan.trade.queries.carts import VARIANT, line_of, priced, stamps_of
from caravan.trade.queries.offered import offered
from caravan.trade.rules.basket import Basket


def basket_of_one(*, variant_id: UUID, quantity: int, market: Market, at: datetime, region: str | None = None) -> Basket:
    """A variant of a listed product as if it alone lay in a cart. Raises NotFound."""
    where: dict[str, str | int | UUID] = {
        "variant_id": variant_id, "quantity": quantity, "language": market.language, "market": market.code,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(VARIANT, where)
        found = cursor.fetchone()
    if found is None:
        raise NotFound("cart.no_variant", _("There is no such article."))
    line = line_of(found)
    offers = offered([line], stamps_of(line, found), user_id=None, at=at)
    return priced([line], offers, market=market, at=at, region=region)

"""Offers applied to a basket by django-oscar's own applicator, timed. Run by the Python of its virtual environment:

    python -m bench.oscar.apply SECONDS < equal.json

Twice: as it comes, which is what a request pays (lines, offers, conditions, benefits, ranges read from a database in memory), and
with all of that read beforehand and kept, ranges as sets of ids, so that nothing but the rules is timed. Only the applicator is:
the sums of the basket, which it leaves to whoever asks, are not. Prints JSON: of each way what `bench.oscar.Way` has.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from bench.timing import timed

LEAST = 5  # times, however long one takes


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.oscar.settings"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    given, seconds = json.load(sys.stdin), float(sys.argv[1])
    basket, user = _basket(given)
    ways = {"as it comes": _as_it_comes, "rules alone": _kept_in_memory}
    promotions = {f"Offer {n}": offer["promotion"] for n, offer in enumerate(given["offers"])}
    json.dump(
        [{"name": name, **_measured(basket, way(basket, user), seconds, promotions)} for name, way in ways.items()], sys.stdout
    )


def _basket(given: dict[str, Any]) -> tuple[Any, Any]:
    from django.contrib.auth import get_user_model
    from oscar.apps.basket.models import Basket
    from oscar.apps.catalogue.models import Product, ProductClass
    from oscar.apps.partner.models import Partner, StockRecord
    from oscar.apps.partner.strategy import Default

    user = get_user_model().objects.create_user("buyer", "buyer@example.test", "a-long-password")
    kind = ProductClass.objects.create(name="Goods", track_stock=False)
    partner = Partner.objects.create(name="Stores")
    products = {id: Product.objects.create(title=id, upc=id, product_class=kind) for id in given["products"]}
    basket = Basket.objects.create(owner=user)
    basket.strategy = Default()
    for id, quantity, price in given["lines"]:
        product = products[id]
        StockRecord.objects.create(product=product, partner=partner, partner_sku=id, price=Decimal(price), price_currency="BRL")
        basket.add_product(product, quantity)
    for n, offer in enumerate(given["offers"]):
        _offer(n, offer, products, basket)
    return basket, user


def _offer(n: int, offer: dict[str, Any], products: dict[str, Any], basket: Any) -> None:
    from datetime import timedelta

    from django.utils.timezone import now
    from oscar.apps.offer.models import Benefit, Condition, ConditionalOffer
    from oscar.apps.voucher.models import Voucher

    (asked, value), (benefit, off) = offer["condition"], offer["benefit"]
    begins, ends = now() - timedelta(days=1), now() + timedelta(days=1)
    about = _range(f"About {n}", [products[id] for id in offer["about"]])
    made = ConditionalOffer.objects.create(
        name=f"Offer {n}",
        offer_type=ConditionalOffer.VOUCHER if offer["voucher"] else ConditionalOffer.SITE,
        start_datetime=begins,
        end_datetime=ends,
        exclusive=False,
        condition=Condition.objects.create(range=about, type=asked, value=Decimal(value)),
        benefit=Benefit.objects.create(
            range=_range(f"Off {n}", [products[id] for id in offer["off"]]) if offer["off"] else None,
            type=benefit,
            value=Decimal(off) if off is not None else None,
            max_affected_items=offer["most_pieces"],
        ),
        max_basket_applications=1,
    )
    if offer["voucher"]:
        voucher = Voucher.objects.create(name=f"V{n}", code=f"V{n}", start_datetime=begins, end_datetime=ends)
        voucher.offers.add(made)
        basket.vouchers.add(voucher)


def _range(name: str, products: Iterable[Any]) -> Any:
    from oscar.apps.offer.models import Range

    made = Range.objects.create(name=name)
    for product in products:
        made.add_product(product)
    return made


def _as_it_comes(basket: Any, user: Any) -> Callable[[], None]:
    from oscar.apps.offer.applicator import Applicator

    def apply() -> None:
        basket.reset_offer_applications()
        Applicator().apply(basket, user)

    return apply


def _kept_in_memory(basket: Any, user: Any) -> Callable[[], None]:
    from oscar.apps.offer.applicator import Applicator
    from oscar.apps.offer.models import ConditionalOffer

    offers = Applicator().get_offers(basket, user)
    ConditionalOffer.combinations = _NoCombinations()  # each is asked for its own anew wherever two offers meet on a line
    for offer in offers:
        offer.condition, offer.benefit = offer.condition.proxy(), offer.benefit.proxy()
        for one in (offer.condition, offer.benefit):
            if one.range is not None:
                one.range.__dict__["proxy"] = _Kept(one.range)
    basket.reset_offer_applications()
    lines = list(basket.all_lines())

    def apply() -> None:
        for line in lines:
            line.clear_discount()
        Applicator().apply_offers(basket, offers)

    return apply


class _Kept:
    """A range of the project's own, as django-oscar lets one have: it knows its products."""

    def __init__(self, range: Any) -> None:
        self._ids = frozenset(range.all_products().values_list("id", flat=True))

    def contains_product(self, product: Any) -> bool:
        return product.id in self._ids


class _NoCombinations:
    """No offer restricts which others it combines with."""

    def count(self) -> int:
        return 0


def _measured(basket: Any, apply: Callable[[], None], seconds: float, promotions: dict[str, str]) -> dict[str, Any]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    apply()  # what is kept for good is kept from here on
    with CaptureQueriesContext(connection) as queries:
        apply()
    total, off = str(basket.total_incl_tax), dict[str, Decimal]()
    for applied in basket.offer_applications:
        promotion = promotions[applied["offer"].name]
        off[promotion] = off.get(promotion, Decimal(0)) + applied["discount"]
    return {
        "milliseconds": timed(apply, seconds, least=LEAST),
        "total": total,
        "off": {promotion: str(amount) for promotion, amount in off.items()},
        "statements": len(queries),
    }


if __name__ == "__main__":
    main()

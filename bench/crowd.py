"""The people who press, and what they press for, in the market the environment names. `bench.grab` calls it.

python -m bench.crowd people 20000                     so many accounts, each a buyer with a token of the API
python -m bench.crowd coupons 5000                     so many coupons to collect: prints the promotion's id
python -m bench.crowd pieces 5000                      so many pieces of a deal: prints the id of its goods
python -m bench.crowd press coupons ID 0 10000 8 START   people 0 to 9999 press through the actions, in 8 threads, from the
                                                         instant START (seconds of the epoch) on: prints what came of it as JSON
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import django
from django.db import connection, transaction

PER_BUYER = 1
RUNS = timedelta(days=7)


def buyer_id(n: int) -> UUID:
    """As bench/grab_*.sql count them."""
    return UUID(f"00000000-0000-7000-8000-{n + 1:012x}")


def user_id(n: int) -> UUID:
    return UUID(f"00000000-0000-7000-9000-{n + 1:012x}")


def token(n: int) -> str:
    return f"cvn_bench-{n}"


def people(number: int) -> None:
    """Written as rows: nobody signs in, so nobody needs a password."""
    from caravan.kernel.copying import copy_rows
    from caravan.people.queries.tokens import digest_of

    now = datetime.now(UTC)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM people_apitoken WHERE name = 'bench'")
        cursor.execute("DELETE FROM people_buyer WHERE source = 'grab'")
        cursor.execute("DELETE FROM people_user WHERE email LIKE 'bench-%%@example.test'")
        columns, values = _user_columns(now)
        rows = [(user_id(n), f"bench-{n}@example.test", *values) for n in range(number)]
        copy_rows(cursor, "people_user", ("id", "email", *columns), rows)
        buyers = [(buyer_id(n), user_id(n), "", "", "US", "grab", str(n), now) for n in range(number)]
        copy_rows(cursor, "people_buyer", _BUYER, buyers)
        tokens = [(user_id(n), user_id(n), "bench", digest_of(token(n)), now, now) for n in range(number)]
        copy_rows(cursor, "people_apitoken", ("id", "user_id", "name", "digest", "created_at", "last_used_at"), tokens)
        cursor.execute("CREATE SEQUENCE IF NOT EXISTS bench_buyer")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE people_user, people_buyer, people_apitoken")


_BUYER = ("id", "user_id", "email", "name", "country", "source", "external_ref", "created_at")


def _user_columns(now: datetime) -> tuple[list[str], list[object]]:
    """The other columns of an account, as a new one has them."""
    from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX

    from caravan.people.models import User

    fresh = User(password=UNUSABLE_PASSWORD_PREFIX, is_active=True)
    fields = [field for field in User._meta.concrete_fields if field.name not in ("id", "email")]
    return [field.column for field in fields], [_stored(field.value_from_object(fresh), field, now) for field in fields]


def _stored(value: object, field: object, now: datetime) -> object:
    return now if value is None and not field.null else value  # type: ignore[attr-defined] # dates that are set when saved


def coupons(number: int) -> UUID:
    from caravan.promotions.actions.buckets import fill_buckets
    from caravan.promotions.models import Promotion

    now = datetime.now(UTC)
    with transaction.atomic():
        made = Promotion.objects.create(
            kind="coupon", means="collect", name="Grab", state="on", currency="USD", since=now, until=now + RUNS,
            amount_minor=500, total=number, per_buyer=PER_BUYER,
        )  # fmt: skip
        fill_buckets(subject_id=made.pk, pieces=number)
    return made.pk


def pieces(number: int) -> UUID:
    from caravan.catalog.actions.stock import set_aside
    from caravan.catalog.models import Variant
    from caravan.promotions.actions.buckets import fill_buckets
    from caravan.promotions.actions.stamps import touch
    from caravan.promotions.models import Promotion, PromotionGoods

    now = datetime.now(UTC)
    with transaction.atomic():
        variant = Variant.objects.select_related("product").filter(is_active=True, product__status="active").earliest("id")
        Variant.objects.filter(pk=variant.pk).update(stock=10 * number, set_aside=0)
        promotion = Promotion.objects.create(
            kind="limited", name="Grab", state="on", currency=variant.currency, since=now, until=now + RUNS,
            store_id=variant.product.store_id,
        )  # fmt: skip
        made = PromotionGoods.objects.create(
            promotion=promotion, product=variant.product, variant=variant, percent=50, quantity=number, per_buyer=PER_BUYER,
            is_set_aside=True,
        )  # fmt: skip
        set_aside(wanted=[(variant.pk, number)])
        fill_buckets(subject_id=made.pk, pieces=number)
        touch(store_ids=[promotion.store_id])
    return made.pk


def press(kind: str, prize: UUID, first: int, last: int, threads: int, start: float) -> dict[str, float]:
    """Everybody presses once. Returns how many won, and the seconds from `start` to the last answer."""
    from caravan.kernel.clock import now
    from caravan.kernel.errors import Conflict
    from caravan.promotions.actions.claiming import claim_coupon
    from caravan.promotions.actions.holding import hold_pieces

    def claim(n: int) -> None:
        claim_coupon(promotion_id=prize, buyer_id=buyer_id(n), market="US", at=now())

    def hold(n: int) -> None:
        hold_pieces(goods_id=prize, buyer_id=buyer_id(n), market="US", at=now())

    left = _turns(first, last)
    told: Counter[str] = Counter()
    ready = threading.Barrier(threads)

    def run(one: Callable[[int], None]) -> None:
        mine: Counter[str] = Counter()
        connection.ensure_connection()
        ready.wait()
        time.sleep(max(0.0, start - time.time()))
        for n in left:
            try:
                one(n)
                mine["won"] += 1
            except Conflict as refused:
                mine[refused.code] += 1
        connection.close()
        told.update(mine)

    crowd = [threading.Thread(target=run, args=(claim if kind == "coupons" else hold,)) for _ in range(threads)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    return {"won": told["won"], "presses": sum(told.values()), "seconds": time.time() - start}


def _turns(first: int, last: int) -> Iterator[int]:
    """Numbers that several threads may take from, each once."""
    lock, numbers = threading.Lock(), iter(range(first, last))

    class Turns:
        def __iter__(self) -> Turns:
            return self

        def __next__(self) -> int:
            with lock:
                return next(numbers)

    return Turns()


def main() -> None:
    match sys.argv[1:]:
        case ["people", number]:
            people(int(number))
        case ["coupons", number]:
            print(coupons(int(number)))
        case ["pieces", number]:
            print(pieces(int(number)))
        case ["press", kind, prize, first, last, threads, start]:
            print(json.dumps(press(kind, UUID(prize), int(first), int(last), int(threads), float(start))))
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    django.setup()
    main()

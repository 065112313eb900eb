"""Coupons by a code: one for all, or one of many that are good once each."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from caravan.kernel.errors import Conflict, Invalid, NotFound
from caravan.promotions.actions.claiming import Claimed, WhoAsks, claim, nobody_known
from caravan.promotions.models import Coupon, CouponCode, Promotion
from caravan.promotions.queries.owners import owner_for
from caravan.promotions.queries.promotions import own_promotion
from caravan.promotions.rules.claims import new_code, typed_code

MOST_CODES = 100_000  # of one promotion
MOST_AT_ONCE = 10_000


def enter_code(*, buyer_id: UUID, text: str, market: str, at: datetime, who: WhoAsks = nobody_known) -> Claimed:
    """The coupon for which `text`, as somebody typed it, is the code. The same code again answers with the same coupon, as long
    as it can be used. Guessing is for the caller to limit. `market` and `who` as in `claim_coupon`.

    Raises Invalid for a code that does not exist, Conflict for one that was used, or as `claim_coupon`.
    """
    common = Promotion.objects.filter(kind=Promotion.Kind.COUPON, means=Promotion.Means.CODE, code__in=_readings(text)).first()
    try:
        if common:
            means = Promotion.Means.CODE
            return claim(promotion_id=common.pk, buyer_id=buyer_id, means=means, at=at, market=market, who=who)
        return _single(typed_code(text), buyer_id, market, at, who)
    except NotFound as e:
        wrong = _("There is no such code. Look at it once more: capitals and spaces make no difference.")
        raise Invalid("code.unknown", wrong, coupon_code=wrong) from e


def _readings(text: str) -> set[str]:
    """As its owner may have written it: with hyphens or without."""
    return {text.strip().upper(), typed_code(text)} - {""} if text.isprintable() else set()


def _single(code: str, buyer_id: UUID, market: str, at: datetime, who: WhoAsks) -> Claimed:
    with transaction.atomic():
        row = CouponCode.objects.select_for_update(no_key=True).filter(code=code).first()
        if row is None:
            raise NotFound("code.unknown", _("There is no such code."))
        if row.coupon_id and not Coupon.objects.filter(pk=row.coupon_id, buyer_id=buyer_id).exists():
            raise Conflict("code.used", _("This code was used already. It is good once."))
        got = claim(
            promotion_id=row.promotion_id, buyer_id=buyer_id, means=Promotion.Means.CODE, at=at, market=market, who=who,
            cause=f"code:{code}",
        )  # fmt: skip
        CouponCode.objects.filter(pk=row.pk, coupon=None).update(coupon=got.coupon_id)
        return got


def make_codes(*, user_id: UUID, slug: str | None, promotion_id: UUID, number: int) -> int:
    """That many more single-use codes for a promotion of the store (None: of the platform) the user works for; nobody can guess
    them. `queries.codes` has them. Returns how many there are now. Raises NotFound, Invalid."""
    promotion = own_promotion(owner_for(user_id=user_id, slug=slug), promotion_id)
    if promotion.means != Promotion.Means.CODE:
        raise Invalid("codes.means", _("Only coupons that come by a code have codes."))
    with transaction.atomic():
        there = Promotion.objects.select_for_update(no_key=True).get(pk=promotion.pk).codes.count()
        if not 1 <= number <= MOST_AT_ONCE or there + number > MOST_CODES:
            text = _("Make 1 to %(most)d codes at once, and %(all)d in all.") % {"most": MOST_AT_ONCE, "all": MOST_CODES}
            raise Invalid("codes.number", text, number=text)
        rows = [CouponCode(code=new_code(), promotion=promotion) for _n in range(number)]
        CouponCode.objects.bulk_create(rows, batch_size=1_000)
    return there + number

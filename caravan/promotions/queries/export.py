"""An owner's promotions as lines of a file."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from caravan.kernel.sheets import csv_text
from caravan.promotions.models import MarketingGroup, Promotion
from caravan.promotions.queries.drafts import draft_of
from caravan.promotions.queries.goods import goods_by_id
from caravan.promotions.queries.owners import Owner
from caravan.promotions.rules.drafts import named_products
from caravan.promotions.rules.sheet import sheet_rows


def promotions_csv(owner: Owner, at: datetime) -> str:
    """What is a draft, planned or live at `at`; to be read back it needs no change. Those without an id of their owner's get
    ours."""
    states = [Promotion.State.DRAFT, Promotion.State.ON]
    there = Promotion.objects.filter(Q(state__in=states, until__gt=at) & owner.owns).order_by("pk")
    drafts = [(p.external_ref or str(p.pk), p.state, draft_of(p)) for p in there]
    named = {id for _, _, draft in drafts for id in named_products(draft)}
    goods = goods_by_id(owner.store_id, named) if owner.store_id else {}
    groups = dict(MarketingGroup.objects.filter(store_id=owner.store_id).values_list("pk", "name")) if owner.store_id else {}
    return csv_text(sheet_rows(drafts, goods, groups, owner.zone))

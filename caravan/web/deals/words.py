"""What is on offer, in words: the same on product pages, cards, carts and lists of deals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caravan.kernel.errors import Invalid
from caravan.kernel.money import Money
from caravan.promotions.rules import Audience, Benefit, BuyGet, Conditions, Deal, SpendSave, Step, Terms, Tier, unit_price
from caravan.web.exchange import rate_words
from caravan.web.templating import money, percent


@dataclass(frozen=True, slots=True)
class DealView:
    """`left` of so many (`of`) pieces, both None where there is no end of them. `id` is that of the deal's goods."""

    id: UUID
    name: str
    until: datetime | None
    left: int | None
    of: int | None
    per_buyer: int | None
    audience: str


def deal_view(deal: Deal) -> DealView:
    return DealView(
        id=deal.id,
        name=deal.name,
        until=deal.when.until,
        left=deal.left,
        of=deal.of,
        per_buyer=deal.per_buyer,
        audience=audience_words(deal.when),
    )


def audience_words(when: Conditions, *, is_platforms: bool = False) -> str:
    """Whom it is for, where that is not everybody."""
    first = _("for your first order here") if is_platforms else _("for your first order from this store")
    return {
        Audience.EVERYONE: "",
        Audience.NEW_BUYERS: first,
        Audience.FOLLOWERS: _("for followers of the store"),
        Audience.SEGMENT: _("for you"),
    }[when.audience]


def step_rows(steps: Iterable[Step]) -> list[tuple[str, str]]:
    """How a price on a card came about, step by step."""
    return [(_step(step), rate_words(step.rate) if step.rate else money(step.amount)) for step in steps]


def _step(step: Step) -> str:
    label = {
        "list": _("The store's price"),
        "campaign": _("Campaign price"),
        "limited": _("Deal"),
        "store_wide": _("Discount of the store"),
        "rate": _("Exchange rate"),
    }[step.code]
    return f"{label}: {step.name}" if step.name else label


def tier_texts(offer: SpendSave, terms: Terms, currency: str) -> list[str]:
    """ "Spend $50.00, save $5.00", a line a tier, in the buyer's currency."""
    return [_("%(reach)s, save %(benefit)s") % _tier(tier, terms, currency) for tier in offer.tiers]


def _tier(tier: Tier, terms: Terms, currency: str) -> dict[str, str]:
    if tier.min_amount is not None:
        reach = _("Spend %(amount)s") % {"amount": money(shown(tier.min_amount, terms, currency))}
    else:
        reach = ngettext("Buy %(count)s piece", "Buy %(count)s pieces", tier.min_items) % {"count": tier.min_items}
    return {"reach": reach, "benefit": benefit_text(tier.benefit, terms, currency)}


def benefit_text(benefit: Benefit, terms: Terms, currency: str) -> str:
    """ "$5.00", or "10% (at most $20.00)"."""
    if benefit.amount is not None:
        return money(shown(benefit.amount, terms, currency))
    share = percent(benefit.percent / 100)
    if benefit.cap is None:
        return share
    return _("%(share)s (at most %(cap)s)") % {"share": share, "cap": money(shown(benefit.cap, terms, currency))}


def buy_get_text(offer: BuyGet) -> str:
    """ "Buy 2, get 1 free"."""
    counts = {"buy": offer.buy, "get": offer.get, "share": percent(offer.percent / 100)}
    if offer.percent == 100:
        return _("Buy %(buy)s, get %(get)s free") % counts
    return _("Buy %(buy)s, get %(get)s at %(share)s off") % counts


def shown(amount: Money, terms: Terms, currency: str) -> Money:
    """In the buyer's currency; as it is where there is no rate."""
    try:
        return unit_price(amount, currency, terms)
    except Invalid:
        return amount

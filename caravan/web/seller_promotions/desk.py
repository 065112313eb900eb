"""At whose desk a page is: a store's, or the platform's. The same pages stand at both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from django.urls import reverse

from caravan.promotions.queries.owners import Owner, owner_for
from caravan.promotions.rules.drafts import Kind
from caravan.web.guards import user_id
from caravan.web.market import current
from caravan.web.request import PageRequest
from caravan.web.seller_promotions.words import kind_name, status_badge

STORES_KINDS = tuple(Kind)
PLATFORMS_KINDS = (Kind.SPEND_SAVE, Kind.COUPON)


@dataclass(frozen=True, slots=True)
class Desk:
    owner: Owner
    slug: str | None

    @classmethod
    def of(cls, request: PageRequest, slug: str | None) -> Desk:
        """Raises NotFound to those who have no business there."""
        return cls(owner_for(user_id=user_id(request), slug=slug), slug)

    @property
    def kinds(self) -> tuple[Kind, ...]:
        return STORES_KINDS if self.slug is not None else PLATFORMS_KINDS

    @property
    def layout(self) -> str:
        return "layouts/seller.html" if self.slug is not None else "layouts/operator.html"

    def url(self, name: str, **kwargs: Any) -> str:
        """The address of the page `name` ("promotions", "promotion", "promotion-terms") at this desk."""
        if self.slug is None:
            return reverse(f"operator-{name}", kwargs=kwargs or None)
        return reverse(f"seller-{name}", kwargs={"slug": self.slug, **kwargs})

    def moment(self, at: datetime) -> str:
        """An instant by the owner's clock."""
        return moment_in(self.owner.zone, at)

    def day(self, at: datetime) -> str:
        """A day by the owner's clock."""
        return format_date(at.astimezone(ZoneInfo(self.owner.zone)), "medium", locale=current.get().locale)

    def context(self) -> dict[str, Any]:
        """What every page at it shows."""
        return {
            "store": self.owner.store,
            "section": "promotions",
            "layout": self.layout,
            "desk": self,
            "kind_name": kind_name,
            "status_badge": status_badge,
            "page_url": self.url,
        }


def moment_in(zone: str, at: datetime) -> str:
    """An instant by the clock of `zone`."""
    local, locale = at.astimezone(ZoneInfo(zone)), current.get().locale
    return f"{format_date(local, 'medium', locale=locale)}, {format_time(local, 'short', locale=locale)}"

"""Fields of a form as what they mean. What cannot be read is noted under its field and taken as not given."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from caravan.catalog.rules import one_line
from caravan.kernel.errors import Invalid
from caravan.kernel.money import Money
from caravan.web.seller_promotions.forms.typed import Typed

NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # stands for an instant nobody gave: told under its field already


@dataclass(slots=True)
class Fields:
    """`typed` of an owner whose amounts are in `currency` and whose clock is that of `zone`."""

    typed: Typed
    currency: str
    zone: str
    errors: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        return one_line(self.typed[name])

    def whole(self, name: str) -> int | None:
        text = self.typed[name].replace(" ", "").removesuffix("%")
        if not text:
            return None
        if text.isascii() and text.isdecimal() and len(text) < 9:
            return int(text)
        self.errors[name] = _("Write a whole number.")
        return None

    def money(self, name: str) -> Money | None:
        text = self.typed[name].replace(" ", "").replace("\u00a0", "").replace(",", ".")
        if not text:
            return None
        try:
            return Money.parse(f"{text} {self.currency}")
        except Invalid:
            self.errors[name] = _("Write an amount like 12.34.")
            return None

    def moment(self, name: str) -> datetime | None:
        """By the owner's clock."""
        text = self.typed[name]
        if not text:
            return None
        try:
            return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC)
        except (ValueError, OverflowError):
            self.errors[name] = _("Choose a day and a time.")
            return None

    def asked_moment(self, name: str) -> datetime:
        """One that has to be given."""
        found = self.moment(name)
        if found is None:
            self.errors.setdefault(name, _("Choose a day and a time."))
        return found or NEVER


def local(at: datetime, zone: str) -> str:
    """An instant as a field of day and time shows it, by the clock of `zone`."""
    return at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M")

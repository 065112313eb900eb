"""What an owner typed about a store, as facts, and back into the form."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from caravan.kernel import markets
from caravan.kernel.markets import Market
from caravan.stores.queries import StoreRow
from caravan.stores.rules import OpeningFacts, StoreFacts
from caravan.stores.rules.legal import LegalFacts


@dataclass(frozen=True, slots=True)
class StoreForm:
    """The fields as text, so that a form keeps what was typed; `everywhere` says that `ships_to` does not count."""

    name: str = ""
    description: str = ""
    country: str = ""
    currency: str = ""
    language: str = "en"
    zone: str = "UTC"
    everywhere: bool = True
    ships_to: tuple[str, ...] = ()
    handling_days: str = "2"

    @classmethod
    def empty(cls, market: Market) -> StoreForm:
        return cls(country=market.code, currency=market.currency, language=market.language, zone=market.country.zone)

    @classmethod
    def of(cls, store: StoreRow) -> StoreForm:
        return cls(
            name=store.name,
            description=store.description,
            country=store.country,
            currency=store.currency,
            language=store.language,
            zone=store.zone,
            everywhere=not store.ships_to,
            ships_to=store.ships_to,
            handling_days=str(store.handling_days),
        )

    @classmethod
    def typed(cls, posted: QueryDict) -> StoreForm:
        def text(name: str) -> str:
            return str(posted.get(name, ""))

        return cls(
            name=text("name"),
            description=text("description"),
            country=text("country"),
            currency=text("currency"),
            language=text("language"),
            zone=text("zone") or _zone_of(text("country")),
            everywhere=text("reach") != "chosen",
            ships_to=tuple(posted.getlist("ships_to")),
            handling_days=text("handling_days"),
        )

    def facts(self) -> StoreFacts:
        return StoreFacts(
            name=self.name,
            description=self.description,
            language=self.language,
            zone=self.zone,
            ships_to=self._reach(),
            handling_days=self._days(),
        )

    def opening(self) -> OpeningFacts:
        return OpeningFacts(
            name=self.name,
            description=self.description,
            language=self.language,
            zone=self.zone,
            ships_to=self._reach(),
            handling_days=self._days(),
            country=self.country,
            currency=self.currency,
        )

    def _reach(self) -> tuple[str, ...]:
        # Nothing ticked under "only these" would mean everywhere: an unknown code is refused by the rules instead.
        return () if self.everywhere else self.ships_to or ("",)

    def _days(self) -> int:
        return int(self.handling_days) if self.handling_days.isdecimal() and len(self.handling_days) < 4 else -1


def typed_legal(posted: QueryDict) -> LegalFacts:
    return LegalFacts(
        name=str(posted.get("legal_name", "")),
        address=str(posted.get("legal_address", "")),
        tax_number=str(posted.get("tax_number", "")),
    )


def zone_options() -> tuple[tuple[str, str], ...]:
    zones = sorted({zone for place in markets.countries().values() for zone in place.zones} | {"UTC"})
    return tuple((zone, zone.replace("_", " ")) for zone in zones)


def _zone_of(country: str) -> str:
    return markets.country(country).zone if country in markets.countries() else "UTC"

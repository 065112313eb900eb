from __future__ import annotations

from uuid import UUID

from caravan.stores.models import Legal
from caravan.stores.rules.legal import LegalFacts


def legal_of(store_id: UUID) -> LegalFacts:
    """What the store stated; empty where it stated nothing."""
    found = Legal.objects.filter(store_id=store_id).first()
    return LegalFacts(name=found.name, address=found.address, tax_number=found.tax_number) if found else LegalFacts()

"""The companies behind the demo stores, for their invoices."""

from __future__ import annotations

from random import Random

from caravan.project.demo.content.text import document
from caravan.stores.rules.legal import LegalFacts


def company(name: str, country: str, number: int) -> LegalFacts | None:
    """Who sells in store `number`, always the same; None for a country nothing is written of."""
    written = document("legal").get(country)
    if written is None:
        return None
    form, street, town, tax_number = (part.strip() for part in written.split("|"))
    rng = Random(f"company {number}")
    digits = "".join(str(rng.randint(1, 9)) if sign == "#" else sign for sign in tax_number)
    return LegalFacts(name=form % name, address=f"{street.replace('#', str(rng.randint(2, 180)))}\n{town}", tax_number=digits)

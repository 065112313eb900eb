"""What a store's invoices say of the seller beside the name of its shop. All of it may be left empty."""

from __future__ import annotations

from dataclasses import dataclass

from caravan.kernel.errors import Invalid

LONGEST_NAME = 120
LONGEST_ADDRESS = 400
MOST_LINES = 6
LONGEST_TAX_NUMBER = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalFacts:
    """`address` in lines, without the country; `tax_number` a VAT, GST or tax number as the seller writes it."""

    name: str = ""
    address: str = ""
    tax_number: str = ""

    @property
    def address_lines(self) -> tuple[str, ...]:
        return tuple(self.address.splitlines())

    @property
    def missing(self) -> tuple[str, ...]:
        """The fields left empty."""
        return tuple(field for field in ("name", "address", "tax_number") if not getattr(self, field))


def check_legal(facts: LegalFacts) -> LegalFacts:
    """The facts, tidied. Raises Invalid("store.legal") whose `fields` map a field to "too_long" or "too_many"."""
    lines = [" ".join(line.split()) for line in facts.address.splitlines()]
    tidy = LegalFacts(
        name=" ".join(facts.name.split()),
        address="\n".join(line for line in lines if line),
        tax_number=" ".join(facts.tax_number.split()),
    )
    wrong = {
        "name": "too_long" if len(tidy.name) > LONGEST_NAME else "",
        "address": "too_long" if len(tidy.address) > LONGEST_ADDRESS else "",
        "tax_number": "too_long" if len(tidy.tax_number) > LONGEST_TAX_NUMBER else "",
    }
    if len(tidy.address_lines) > MOST_LINES:
        wrong["address"] = "too_many"
    if any(wrong.values()):
        raise Invalid("store.legal", "The legal data need another look.", **{k: v for k, v in wrong.items() if v})
    return tidy

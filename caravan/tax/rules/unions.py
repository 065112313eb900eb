"""Countries that are one to customs: goods go between them without duty and without a border."""

from __future__ import annotations

EU, EAEU = "EU", "EAEU"

_WRITTEN = {
    EU: "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK",
    EAEU: "AM BY KG KZ RU",
}
_MEMBERS = {union: frozenset(codes.split(" ")) for union, codes in _WRITTEN.items()}
_UNION = {country: union for union, members in _MEMBERS.items() for country in members}


def union_of(country: str) -> str:
    """The name of the union the country is in, or empty."""
    return _UNION.get(country, "")


def members(union: str) -> frozenset[str]:
    """The countries of a union; none for anything else."""
    return _MEMBERS.get(union, frozenset())

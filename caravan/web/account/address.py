"""An address form as pages need it: each country's own lines, worded, filled with what was typed, with what is wrong.

    form = AddressForm.typed(request.POST, request.market)        # or .of(row.address, market), or .empty(market, name=...)
    if form.wants_update: redraw the page with the form           # the country changed and there is no JavaScript
    try: add_address(user_id=..., typed=form.values, ...)
    except Invalid as refused: redraw with form.refused(refused)

The macro `address_fields(form, csrf_token)` of `account/_address_fields.html` draws it, inside any <form>.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from caravan.kernel.errors import Invalid
from caravan.kernel.markets import Market
from caravan.people.rules import PostalAddress, fields_for
from caravan.web.market_choice.options import country_options

NAMES = tuple(PostalAddress.__dataclass_fields__)
_AUTOCOMPLETE = {
    "name": "name", "company_name": "organization", "street_address": "street-address", "city": "address-level2",
    "city_area": "address-level3", "country_area": "address-level1", "postal_code": "postal-code", "phone": "tel",
    "country_code": "country",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FieldView:
    """One drawn field; `options` are (value, text) pairs, empty for free text; `decides` others (choosing redraws the form)."""

    name: str
    label: str
    required: bool
    value: str
    error: str
    help: str
    autocomplete: str
    type: str
    options: tuple[tuple[str, str], ...]
    decides: bool


@dataclass(frozen=True, slots=True)
class AddressForm:
    values: Mapping[str, str]
    market: Market
    errors: Mapping[str, str] = field(default_factory=dict)
    wants_update: bool = False

    @classmethod
    def typed(cls, posted: Mapping[str, str], market: Market) -> AddressForm:
        values = {name: posted.get(name, "") for name in NAMES}
        country = values["country_code"].upper()
        known = any(country == code for code, _name in country_options(market.language))
        return cls({**values, "country_code": country if known else market.code}, market, wants_update="update_address" in posted)

    @classmethod
    def of(cls, address: PostalAddress, market: Market) -> AddressForm:
        return cls({name: str(value) for name, value in asdict(address).items()}, market)

    @classmethod
    def empty(cls, market: Market, name: str = "") -> AddressForm:
        return cls({**dict.fromkeys(NAMES, ""), "country_code": market.code, "name": name}, market)

    def refused(self, problem: Invalid) -> AddressForm:
        """The same form showing what was wrong."""
        return replace(self, errors=problem.fields)

    @property
    def country(self) -> FieldView:
        options = country_options(self.market.language)
        return self._view("country_code", _("Country or region"), True, options, decides=True)

    @property
    def lines(self) -> tuple[tuple[FieldView, ...], ...]:
        place, language = self.values["country_code"], self.market.language
        drawn = fields_for(place, language, self.values["country_area"], self.values["city"])
        return tuple(
            tuple(
                self._view(f.name, label(f.name, f.kind), f.required, f.choices, decides=bool(f.choices), example=f.example)
                for f in line
            )
            for line in drawn
        )

    @property
    def wrong(self) -> list[tuple[str, str]]:
        """(field id, what is wrong) of each error, for the summary."""
        return [(f"id_{name}", text) for name, text in self.errors.items() if name in NAMES]

    def _view(
        self,
        name: str,
        text: str,
        required: bool,
        options: tuple[tuple[str, str], ...],
        *,
        decides: bool,
        example: str = "",
    ) -> FieldView:
        if options and name != "country_code":
            options = (("", _("Choose…")), *options)
        help_text = _("For example %(example)s") % {"example": example} if example else ""
        if name == "phone":
            help_text = _("Only for the carrier, about this delivery.")
        kind = "tel" if name == "phone" else "text"
        return FieldView(
            name, text, required, self.values[name], self.errors.get(name, ""), help_text, _AUTOCOMPLETE.get(name, ""), kind,
            options, decides,
        )  # fmt: skip


def label(name: str, kind: str) -> str:
    """What a field is called where the address is: "State" in the US, "Oblast" in Russia, "ZIP code", "Post town"."""
    words = {
        "name": _("Full name"), "company_name": _("Company"), "street_address": _("Street, house, flat"),
        "sorting_code": _("Sorting code"), "phone": _("Phone"), "city_area": _("District"),
        "state": pgettext("address", "State"), "province": _("Province"), "oblast": _("Region (oblast)"), "area": _("Area"),
        "county": _("County"),
        "prefecture": _("Prefecture"), "emirate": _("Emirate"), "department": _("Department"), "district": _("District"),
        "do_si": _("Do/Si"), "island": _("Island"), "parish": _("Parish"), "city": _("City or town"), "suburb": _("Suburb"),
        "post_town": _("Post town"), "neighborhood": _("Neighbourhood"), "townland": _("Townland"),
        "village_township": _("Village or township"), "zip": _("ZIP code"), "postal": _("Postal code"), "pin": _("PIN code"),
        "eircode": _("Eircode"),
    }  # fmt: skip
    return words.get(kind) or words.get(name) or name

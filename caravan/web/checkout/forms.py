"""What a buyer types at the checkout, kept as typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.utils.translation import gettext as _

from caravan.kernel.errors import Invalid
from caravan.kernel.ids import uuid7
from caravan.kernel.markets import Market
from caravan.kernel.money import Money
from caravan.people.actions.addresses import check_address
from caravan.people.queries.addresses import AddressRow
from caravan.people.rules import PostalAddress
from caravan.web.account.address import AddressForm


@dataclass(frozen=True, slots=True)
class CheckoutForm:
    """`chosen` is an entry of the address book, empty for one typed in `address`. `key` makes sending it twice one order.

    `services` are the shipping services chosen, by the store's slug; `wants_update`: the buyer asks what they come to.
    """

    address: AddressForm
    email: str = ""
    chosen: str = ""
    save: bool = True
    key: str = ""
    note: str = ""
    services: Mapping[str, str] = field(default_factory=dict)
    wants_update: bool = False
    errors: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def empty(cls, market: Market, name: str, book: list[AddressRow], *, typed: bool) -> CheckoutForm:
        """For a first look: the default entry of the book, unless the buyer asked to type another address."""
        chosen = "" if typed or not book else str(book[0].id)
        return cls(AddressForm.empty(market, name), chosen=chosen, key=str(uuid7()))

    @classmethod
    def typed(cls, posted: Mapping[str, str], market: Market) -> CheckoutForm:
        return cls(
            AddressForm.typed(posted, market),
            email=posted.get("email", "").strip(),
            chosen=posted.get("address", ""),
            save="save" in posted,
            key=posted.get("key", ""),
            note=posted.get("note", ""),
            services=chosen_services(posted),
            wants_update="update_services" in posted,
        )

    def seen(self, asked: Mapping[str, str], book: list[AddressRow]) -> CheckoutForm:
        """The form with the address the page was asked about: another entry of the book, or the state typed so far."""
        if any(str(row.id) == asked.get("address") for row in book):
            return replace(self, chosen=asked["address"])
        values = {**self.address.values, "country_area": asked.get("country_area", "")[:120]}
        return replace(self, address=replace(self.address, values=values))

    def region(self, book: list[AddressRow]) -> str | None:
        """The state or province it goes to, None while that is not known."""
        entry = next((row for row in book if str(row.id) == self.chosen), None)
        return (entry.address.country_area if entry else self.address.values["country_area"]) or None

    def delivery_address(self, book: list[AddressRow]) -> PostalAddress:
        """The chosen entry, else what was typed. Raises Invalid, worded by field."""
        if not self.chosen:
            return check_address(typed=self.address.values)
        entry = next((row for row in book if str(row.id) == self.chosen), None)
        if entry is None:
            raise Invalid("checkout.address", _("This address is not in your address book any more. Choose another."))
        return entry.address

    def refused(self, problem: Invalid) -> CheckoutForm:
        return replace(self, address=self.address.refused(problem), errors=problem.fields)


def chosen_services(sent: Mapping[str, str]) -> dict[str, str]:
    """The shipping service of each store that one was chosen for: fields service-<slug>."""
    prefix = "service-"
    return {name.removeprefix(prefix): value[:20] for name, value in sent.items() if name.startswith(prefix) and value}


def expected_total(posted: Mapping[str, str]) -> Money:
    """The total the page showed. Raises Invalid for anything else."""
    return Money.parse(posted.get("total", ""))


def cart_id(posted: Mapping[str, str]) -> UUID:
    try:
        return UUID(posted.get("cart", ""))
    except ValueError as e:
        raise Invalid("checkout.cart", _("This form is not complete. Go back to the cart and start again.")) from e

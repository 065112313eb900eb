"""What is wrong with a draft, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from caravan.catalog.rules import FieldError
from caravan.kernel.errors import Invalid


def say(error: FieldError) -> str:
    """A sentence on what is wrong and what to do. `about` is the limit, the value or the other line, as the code has it."""
    return _sentences().get(error.code, error.code) % {"about": error.about}


def refusal(errors: Iterable[FieldError]) -> Invalid:
    """The errors as one refusal, for a form: each under its field."""
    fields: dict[str, str] = {}
    for error in errors:
        fields.setdefault(error.field, say(error))
    return Invalid("product.invalid", _("The product was not saved. Correct what is marked and send it again."), **fields)


def _sentences() -> dict[str, str]:
    return {
        "ref.length": _("Give the product an id of your own, of at most %(about)s characters."),
        "ref.taken": _("You already list a product with this id. Choose another."),
        "title.missing": _("Give the product a title."),
        "title.long": _("The title may have %(about)s characters at most."),
        "description.long": _("The description may have %(about)s characters at most."),
        "brand.long": _("The brand may have %(about)s characters at most."),
        "language.unknown": _("Write in one of these languages: %(about)s."),
        "gtin.form": _("A GTIN has 8, 12, 13 or 14 digits and nothing else. Leave it out if the goods have none."),
        "gtin.check": _("The last digit of this GTIN does not fit the others. Look for a typing mistake."),
        "category.missing": _("Say which category it belongs to (product_type)."),
        "category.unknown": _("There is no category “%(about)s”. Use one of the market's own."),
        "attribute.required": _("Goods of this category need the attribute “%(about)s”."),
        "attribute.choice": _("Choose one of: %(about)s."),
        "attribute.number": _("“%(about)s” is not a number."),
        "attribute.long": _("A value may have %(about)s characters at most."),
        "detail.form": _("Write details like “:Voltage:230 V”, several of them with commas between: “%(about)s” is not that."),
        "variants.none": _("Offer at least one variant, with its price and stock."),
        "variants.many": _("A product may have %(about)s variants at most."),
        "sku.length": _("Each variant needs an id of its own (SKU), of one to 64 characters on one line."),
        "sku.twice": _("The SKU “%(about)s” stands twice. Give each variant its own."),
        "sku.taken": _("Your product “%(about)s” already uses this id. Each may be used once in a store."),
        "options.twice": _("Nothing tells this variant from another one. Give it another colour, size or the like."),
        "id.twice": _("The same id stands on line %(about)s too. Each id may stand once in a file."),
        "id.is_group": _("“%(about)s” is the item_group_id of other rows. Give this row an id of its own, or the group."),
        "price.currency": _("Your store trades in %(about)s: give the price in it."),
        "price.range": _("A price is more than zero."),
        "price.locked": _("This price stays as it is until %(about)s: the goods are in a deal or a bundle. Stop that first."),
        "money.form": _("“%(about)s” is not a price. Write it like 12.34 USD."),
        "money.decimals": _("“%(about)s” has more decimals than its currency."),
        "stock.range": _("The stock is a whole number from 0 to %(about)s."),
        "quantity.form": _("“%(about)s” is not a whole number of pieces."),
        "availability.unknown": _("Availability is in_stock, out_of_stock, preorder or backorder, not “%(about)s”."),
        "market.unknown": _("“%(about)s” is not the code of a country."),
        "market.twice": _("A country stands twice in “%(about)s”."),
        "pictures.many": _("A product may have %(about)s pictures at most."),
        "pictures.unknown": _("A picture is no longer there. Upload it again."),
        "link.form": _("“%(about)s” is not the web address of a picture."),
        "weight.form": _("“%(about)s” is not a weight. Write it like 1.5 kg, 300 g, 2 lb or 10 oz."),
        "weight.range": _("The weight is not plausible. Write it like 1.5 kg."),
        "side.form": _("“%(about)s” is not a length. Write it like 20 cm, 205 mm or 8 in."),
        "side.range": _("The length is not plausible. Write it like 20 cm."),
        "origin.unknown": _("“%(about)s” is not the two-letter code of a country."),
        "hs_code.form": _("An HS code has 6 to 10 digits."),
        "number.form": _("“%(about)s” is not a number."),
    }

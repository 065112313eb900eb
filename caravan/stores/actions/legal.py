from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caravan.kernel.errors import Invalid
from caravan.stores.models import Legal
from caravan.stores.queries.members import store_for_member
from caravan.stores.rules import legal as rules
from caravan.stores.rules.legal import LegalFacts, check_legal


def state_legal(*, user_id: UUID, slug: str, facts: LegalFacts) -> None:
    """The owner says who sells, for papers issued from now on. Raises Invalid, NotFound, Forbidden."""
    store = store_for_member(user_id=user_id, slug=slug, role="owner")
    try:
        tidy = check_legal(facts)
    except Invalid as refused:
        words = {name: _words(name, code) for name, code in refused.fields.items()}
        raise Invalid(refused.code, _("The legal data need another look."), **words) from refused
    stated = {"name": tidy.name, "address": tidy.address, "tax_number": tidy.tax_number}
    Legal.objects.update_or_create(store_id=store.id, defaults=stated)


def _words(name: str, code: str) -> str:
    if code == "too_many":
        told = ngettext("Write at most %(most)s line.", "Write at most %(most)s lines.", rules.MOST_LINES)
        return told % {"most": rules.MOST_LINES}
    longest = {"name": rules.LONGEST_NAME, "address": rules.LONGEST_ADDRESS, "tax_number": rules.LONGEST_TAX_NUMBER}[name]
    return _("Shorten this to %(length)d characters.") % {"length": longest}

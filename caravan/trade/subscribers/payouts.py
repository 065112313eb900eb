from __future__ import annotations

from babel.numbers import format_currency
from django.conf import settings
from django.utils.translation import gettext as _

from caravan.kernel.markets import LANGUAGES
from caravan.kernel.money import Money
from caravan.people.actions.mail import send_mail, writing_in
from caravan.stores.queries import members_of, stores_by_ids
from caravan.trade.events import PayoutFailed
from caravan.trade.queries.payouts import why_failed


def mail_payout_failed(event: PayoutFailed) -> None:
    """To the store's owners, in the store's language: staff have nothing to do with money."""
    store = stores_by_ids([event.store_id])[event.store_id]
    amount = Money(event.minor, event.currency)
    with writing_in(store.language):
        subject = _("A payout to %(store)s failed") % {"store": store.name}
        text = "\n\n".join(
            (
                _("%(amount)s did not reach your account: %(reason)s")
                % {
                    "amount": format_currency(amount.decimal, amount.currency, locale=LANGUAGES[store.language]),
                    "reason": why_failed(event.reason),
                },
                _("The money is in your balance again and goes out on the next day of payouts. Check where it goes to: %(url)s")
                % {"url": f"{settings.SITE_URL}/seller/{store.slug}/money"},
                settings.SITE_NAME,
            )
        )
    for member in members_of(event.store_id):
        if member.role == "owner":
            send_mail(to=member.email, subject=subject, text=text + "\n")

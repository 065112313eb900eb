"""A server that answers like Stripe: `python -m tests.trade.payments.stand_in PORT`.

localstripe answers for payment intents, cards that need 3-D Secure, charges, refunds and signed webhooks. It knows neither
Checkout nor Connect, so those two resources are added here on top of its own, with the hosted page a buyer would see, the
refusal of refunds beyond what was paid, and idempotency keys. What it is told apart from Stripe's API stands under /_config.
"""

from __future__ import annotations

import sys
from html import escape

from aiohttp import web
from localstripe import resources, server, webhooks
from localstripe.errors import UserError
from localstripe.resources import Charge, Event, List, PaymentIntent, PaymentMethod, Refund, StripeObject

PORT = int(sys.argv[1])
FORM = '<h1>Pay</h1><p>{said}</p><form method="post"><input name="number" aria-label="Card number"><button>Pay</button></form>'
YES, NO = (f'<button name="answer" value="{answer}">{answer}</button>' for answer in ("yes", "no"))
ASK = f'<h1>Confirm</h1><form method="post">{YES}{NO}</form>'


class Session(StripeObject):
    object = "checkout.session"
    _id_prefix = "cs_test_"

    def __init__(
        self, mode, line_items, success_url, cancel_url, client_reference_id=None, metadata=None, payment_intent_data=None
    ):
        super().__init__()
        price = line_items[0]["price_data"]
        self.mode, self.success_url, self.cancel_url = mode, success_url, cancel_url
        self.client_reference_id, self.metadata = client_reference_id, metadata or {}
        self.amount_total, self.currency = int(price["unit_amount"]), price["currency"]
        self.url = f"http://127.0.0.1:{PORT}/_config/pay/{self.id}"
        self.payment_intent = None
        self._intent_metadata = (payment_intent_data or {}).get("metadata") or {}
        self._expired = False

    @property
    def payment_status(self):
        return "paid" if self._intent_status == "succeeded" else "unpaid"

    @property
    def status(self):
        if self._intent_status in ("succeeded", "processing", "requires_capture"):
            return "complete"
        return "expired" if self._expired else "open"

    @property
    def _intent_status(self):
        return PaymentIntent._api_retrieve(self.payment_intent).status if self.payment_intent else ""

    def _pay(self, number, capture="automatic"):
        card = {"number": number.replace(" ", ""), "exp_month": "8", "exp_year": "2040", "cvc": "123"}
        intent = PaymentIntent(
            amount=self.amount_total,
            currency=self.currency,
            metadata=self._intent_metadata,
            payment_method=PaymentMethod(type="card", card=card).id,
            capture_method=capture,
        )
        self.payment_intent = intent.id
        intent._confirm(on_failure_now=intent._report_failure)
        return intent


class Transfer(StripeObject):
    object = "transfer"
    _id_prefix = "tr_"

    def __init__(self, amount, currency, destination, transfer_group=None, metadata=None):
        if destination == "acct_unknown":
            error = {"code": "resource_missing", "message": "No such destination"}
            raise UserError(400, contents=error)
        super().__init__()
        self.amount, self.currency, self.destination = int(amount), currency, destination
        self.transfer_group, self.metadata, self.reversed = transfer_group, metadata or {}, False

    @classmethod
    def _api_list_all(cls, url, transfer_group=None, limit=None):
        found = List(url, limit=limit)
        found._list = [
            made for made in resources.store.values() if isinstance(made, cls) and made.transfer_group == transfer_group
        ]
        return found


_refund = Refund.__init__


def _refund_within(self, payment_intent=None, amount=None, **rest):
    charge = PaymentIntent._api_retrieve(payment_intent).latest_charge
    given = sum(r.amount for r in resources.store.values() if isinstance(r, Refund) and r.charge == charge.id)
    if given + int(amount) > Charge._api_retrieve(charge.id).amount:
        raise UserError(400, contents={"code": "charge_already_refunded", "message": "Already refunded"})
    _refund(self, payment_intent=payment_intent, amount=amount, **rest)


Refund.__init__ = _refund_within
resources.Store.dump_to_disk = lambda self: None


def tell(kind, about):
    webhooks.schedule_webhook(Event(kind, about))


def page(html):
    return web.Response(text=html, content_type="text/html")


async def pay(request):
    session, typed = Session._api_retrieve(request.match_info["id"]), await request.post()
    intent = PaymentIntent._api_retrieve(session.payment_intent) if session.payment_intent else None
    try:
        if request.method == "POST" and "answer" in typed:
            PaymentIntent._api_authenticate(intent.id, intent.client_secret, success=typed["answer"] == "yes")
        elif request.method == "POST":
            intent = session._pay(typed["number"], typed.get("capture", "automatic"))
    except UserError:
        return page(FORM.format(said="Declined"))
    if intent and intent.status == "requires_action":
        return page(ASK)
    if session.status != "complete":
        said = (intent.last_payment_error or {}).get("message", "") if intent else ""
        return page(FORM.format(said=escape(said)))
    tell("checkout.session.completed", session)
    raise web.HTTPSeeOther(session.success_url)


async def expire(request):
    session = Session._api_retrieve(request.match_info["id"])
    session._expired = True
    tell("checkout.session.expired", session)
    return web.Response()


async def fail_refund(request):
    refund = Refund._api_retrieve(request.match_info["id"])
    refund.status, refund.failure_reason = "failed", "lost_or_stolen_card"
    tell("refund.failed", refund)
    return web.Response()


async def reverse(request):
    transfer = Transfer._api_retrieve(request.match_info["id"])
    transfer.reversed = True
    tell("transfer.reversed", transfer)
    return web.Response()


_answers = {}


@web.middleware
async def once(request, handler):
    key = request.headers.get("Idempotency-Key")
    if key is None or request.path.startswith("/_config"):
        return await handler(request)
    if key not in _answers:
        answer = await handler(request)
        _answers[key] = (answer.status, answer.text)
    status, text = _answers[key]
    return web.Response(status=status, text=text, content_type="application/json")


app = server.app
app.middlewares.append(once)
for resource, at in ((Session, "/v1/checkout/sessions"), (Transfer, "/v1/transfers")):
    app.router.add_route("POST", at, server.api_create(resource, at))
    app.router.add_route("GET", at, server.api_list_all(resource, at))
    app.router.add_route("GET", at + "/{id}", server.api_retrieve(resource, at))
app.router.add_route("*", "/_config/pay/{id}", pay)
app.router.add_post("/_config/sessions/{id}/expire", expire)
app.router.add_post("/_config/refunds/{id}/fail", fail_refund)
app.router.add_post("/_config/transfers/{id}/reverse", reverse)

if __name__ == "__main__":
    web.run_app(app, host="127.0.0.1", port=PORT, print=None)

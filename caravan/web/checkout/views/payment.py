from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from caravan.kernel.clock import now
from caravan.kernel.errors import Conflict, Invalid, Problem
from caravan.kernel.ids import uuid7
from caravan.people.rules.limits import PAYMENTS
from caravan.trade.actions.paying import Attempt, pay_purchase, settle_payment
from caravan.trade.actions.webhooks import hear_webhook
from caravan.trade.payments import Card, Provider, Unreachable, chosen_provider
from caravan.trade.payments.sandbox import at_bank, decide
from caravan.trade.payments.sandbox.cards import CARDS, TestCard
from caravan.trade.queries.purchases import PurchaseRow, purchase_for
from caravan.web.checkout.viewer import keyed, viewer_of
from caravan.web.exchange import unique
from caravan.web.guards import limited
from caravan.web.middleware.security import POLICY
from caravan.web.request import PageRequest

# States of an attempt in which only the provider can say more; "started": it did not answer yet.
WAITING = ("started", "pending", "authorised")


@sensitive_post_parameters("card_number", "card_expiry", "card_code")
@require_http_methods(["GET", "POST"])
@limited("payment", PAYMENTS)
def payment(request: PageRequest, purchase: UUID) -> HttpResponse:
    """A card form, or a button to the provider's own page; while the bank thinks, the page asks again by itself."""
    viewer = viewer_of(request)
    if request.method == "GET":
        return _page(request, purchase_for(viewer=viewer, purchase_id=purchase))
    typed = request.POST
    try:
        card = Card(typed.get("card_number", ""), typed.get("card_expiry", ""), typed.get("card_code", ""))
        attempt = pay_purchase(
            viewer=viewer,
            purchase_id=purchase,
            card=None if chosen_provider().hosted_at else card,
            attempt=typed.get("attempt", "")[:64],
            return_url=keyed("payment-return", viewer.key, purchase=purchase),
            at=now(),
        )
    except Invalid as refused:
        return _page(request, purchase_for(viewer=viewer, purchase_id=purchase), refused)
    except Conflict as refused:
        messages.error(request, refused.detail)
        return redirect(keyed("payment", viewer.key, purchase=purchase))
    except Unreachable:
        return _unheard(request, purchase)
    return _onward(request, attempt)


@require_safe
def payment_return(request: PageRequest, purchase: UUID) -> HttpResponse:
    """Back from the bank: ask how it went, whoever is quicker, the buyer or the webhook."""
    viewer = viewer_of(request)
    try:
        attempt = settle_payment(viewer=viewer, purchase_id=purchase, at=now())
    except Unreachable:
        return _unheard(request, purchase)
    return _onward(request, attempt) if attempt else redirect(keyed("payment", viewer.key, purchase=purchase))


@require_safe
def thanks(request: PageRequest, purchase: UUID) -> HttpResponse:
    viewer = viewer_of(request)
    row = purchase_for(viewer=viewer, purchase_id=purchase)
    if row.state != "paid":
        return redirect(keyed("payment", viewer.key, purchase=purchase))
    return render(request, "checkout/thanks.html", {"purchase": row, "key": viewer.key})


@require_http_methods(["GET", "POST"])
def bank(request: PageRequest, charge: UUID) -> HttpResponse:
    """The sandbox's "bank", where a buyer confirms or refuses."""
    if request.method == "POST":
        return HttpResponseRedirect(decide(charge_id=charge, confirmed=request.POST.get("answer") == "confirm"))
    asked = at_bank(charge_id=charge)
    return render(request, "checkout/bank.html", {"asked": asked}) if asked.waiting else HttpResponseRedirect(asked.return_url)


@csrf_exempt
@require_POST
def webhook(request: PageRequest, provider: str) -> HttpResponse:
    hear_webhook(provider_name=provider, headers=request.headers, body=request.body, at=now())
    return HttpResponse(status=204)


def _onward(request: PageRequest, attempt: Attempt) -> HttpResponse:
    if attempt.state == "confirming" and attempt.url:
        # The sandbox's own bank stands in this market; a real one names its whole address.
        here = f"/{request.market.prefix}" if attempt.url.startswith("/") else ""
        return HttpResponseRedirect(here + attempt.url)
    page = "thanks" if attempt.state == "paid" else "payment"
    return redirect(keyed(page, viewer_of(request).key, purchase=attempt.purchase_id))


def _unheard(request: PageRequest, purchase: UUID) -> HttpResponse:
    messages.error(request, _("The payment provider does not answer. We ask it every minute; nothing is charged twice."))
    return redirect(keyed("payment", viewer_of(request).key, purchase=purchase))


def _page(request: PageRequest, row: PurchaseRow, refused: Invalid | None = None) -> HttpResponse:
    key = viewer_of(request).key
    if row.state == "paid":
        onward = keyed("thanks", key, purchase=row.id)
        return HttpResponse(headers={"HX-Redirect": onward}) if request.htmx else redirect(onward)
    taker, here = _taker(), keyed("payment", key, purchase=row.id)
    context = {
        "purchase": row,
        "taker": taker,
        # A form that asks again by itself would lose what is typed, so it does one or the other.
        "waiting": row.payment_state in WAITING and "again" not in request.GET and not refused,
        "rates": unique(order.exchange for order in row.orders),
        "key": key,
        "here": here,
        "again": f"{here}{'&' if key else '?'}again=1",
        "attempt": uuid7(),
        "errors": refused.fields if refused else {},
        "wrong": [(f"id_{name}", text) for name, text in refused.fields.items()] if refused else [],
        "declined": decline_text(row.payment_reason) if row.payment_state == "declined" and not refused else "",
        "cards": [(card.number, _card_text(card)) for card in CARDS.values()],
    }
    response = render(request, "checkout/payment.html", context, status=refused.status if refused else 200)
    if taker and taker.hosted_at:  # the form's answer sends the buyer there, which browsers count as the form's target
        response.headers["Content-Security-Policy"] = f"{POLICY} {taker.hosted_at}"
    return response


def _taker() -> Provider | None:
    """None where the market cannot take money: the page says so instead of failing."""
    try:
        return chosen_provider()
    except Problem:
        return None


def decline_text(reason: str) -> str:
    """A decline's code, worded with what to do."""
    words = {
        "insufficient_funds": _("There is not enough money on the card. Try another one."),
        "expired_card": _("The bank says this card has expired. Try another one."),
        "wrong_code": _("The security code is not right. Look at the back of the card and try again."),
        "not_confirmed": _("The payment was not confirmed at the bank. Try again when you are ready."),
        "interrupted": _("The payment was interrupted before it reached the bank. Nothing was charged; try again."),
        "expired": _("The payment page was open too long. Nothing was charged; try again."),
        "amount_not_taken": _("The payment provider cannot take this amount in this currency. Order in another currency."),
    }
    return words.get(reason) or _("The bank refused the card without saying why. Try another one, or ask the bank.")


def _card_text(card: TestCard) -> str:
    if card.scenario == "declined":
        return _("declined: %(why)s") % {"why": decline_text(card.reason)}
    return {
        "paid": _("paid at once"),
        "confirm": _("the bank asks you to confirm"),
        "authorised": _("set aside first, then taken"),
        "slow": _("paid, told a few seconds later"),
        "twice": _("paid, told twice"),
        "unordered": _("paid, older news told afterwards"),
        "never": _("nobody ever tells; the order closes after 24 hours"),
        "refund_slow": _("paid; a refund arrives a few seconds later"),
        "refund_fails": _("paid; a refund fails after a few seconds"),
    }[card.scenario]

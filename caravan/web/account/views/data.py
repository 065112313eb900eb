from __future__ import annotations

import json
from dataclasses import asdict

from django.contrib import messages
from django.contrib.auth import logout
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from caravan.catalog.actions.wishes import MOST as MOST_WISHES
from caravan.catalog.queries import wishes_of
from caravan.kernel.clock import now
from caravan.kernel.errors import Conflict
from caravan.people.actions.accounts import close_account
from caravan.people.queries.accounts import account
from caravan.people.queries.addresses import addresses_of
from caravan.people.queries.notices import mail_choices
from caravan.people.queries.tokens import tokens_of
from caravan.people.rules.limits import per_hour
from caravan.promotions.queries.wallet import Shelf, WalletCoupon, wallet
from caravan.stores.actions.follows import MOST as MOST_FOLLOWED
from caravan.stores.queries import follows_of, stores_of
from caravan.web.guards import limited, signed_in, user_id
from caravan.web.request import PageRequest

MOST_COUPONS = 10_000


@signed_in
@require_safe
def data(request: PageRequest) -> HttpResponse:
    return render(request, "account/data.html", {"error": ""})


@signed_in
@require_POST
def file(request: PageRequest) -> HttpResponse:
    """What the market keeps about the person, as JSON."""
    me = user_id(request)
    kept = {
        "account": asdict(account(user_id=me)),
        "addresses": [asdict(row) for row in addresses_of(user_id=me)],
        "following": [row.store.slug for row in follows_of(user_id=me, limit=MOST_FOLLOWED).rows],
        "wishes": [asdict(row) for row in wishes_of(user_id=me, limit=MOST_WISHES).rows],
        "coupons": [
            _coupon(row) for shelf in Shelf for row in wallet(user_id=me, shelf=shelf, at=now(), limit=MOST_COUPONS).coupons
        ],
        "letters": mail_choices(user_id=me),
        "api_tokens": [asdict(row) for row in tokens_of(user_id=me)],
        "stores": [{"slug": held.store.slug, "name": held.store.name, "role": held.role} for held in stores_of(me)],
    }
    response = HttpResponse(json.dumps(kept, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2), "application/json")
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


def _coupon(row: WalletCoupon) -> dict[str, object]:
    return {
        "name": row.name,
        "store": row.store_slug or None,
        "state": row.standing,
        "valid_since": row.valid_since,
        "valid_until": row.valid_until,
        "used_at": row.used_at,
    }


@signed_in
@require_http_methods(["POST"])
@limited("deletion", per_hour(10))
def deletion(request: PageRequest) -> HttpResponse:
    if not request.user.check_password(request.POST.get("password", "")):
        wrong = _("This is not your password. Nothing was deleted.")
        return render(request, "account/data.html", {"error": wrong}, status=422)
    owned = any(held.role == "owner" for held in stores_of(user_id(request)))
    try:
        close_account(user_id=user_id(request), runs_stores=owned, at=now())
    except Conflict as refused:
        return render(request, "account/data.html", {"error": refused.detail}, status=refused.status)
    logout(request)
    messages.success(request, _("Your account is deleted. Thank you for having been here."))
    return redirect("sign-in")

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from caravan.kernel.errors import Invalid
from caravan.people.actions.accounts import rename
from caravan.people.queries import accounts
from caravan.people.queries.addresses import addresses_of
from caravan.people.rules import lines_of
from caravan.stores.queries import stores_of
from caravan.web.guards import signed_in, user_id
from caravan.web.request import PageRequest


@signed_in
@require_safe
def account(request: PageRequest) -> HttpResponse:
    me = user_id(request)
    book = addresses_of(user_id=me)
    default = book[0] if book else None
    context = {
        "person": accounts.account(user_id=me),
        "is_proven": EmailAddress.objects.filter(user_id=me, verified=True).exists(),
        "default": default,
        "default_lines": lines_of(default.address, request.market.language) if default else (),
        "stores": stores_of(me),
    }
    return render(request, "account/overview.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def profile(request: PageRequest) -> HttpResponse:
    person = accounts.account(user_id=user_id(request))
    context = {"person": person, "name": person.name, "errors": {}}
    if request.method == "POST":
        context["name"] = request.POST.get("name", "")
        try:
            rename(user_id=user_id(request), name=request.POST.get("name", ""))
        except Invalid as refused:
            context["errors"] = refused.fields
            return render(request, "account/profile.html", context, status=refused.status)
        messages.success(request, _("Saved."))
        return redirect("profile")
    return render(request, "account/profile.html", context)

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from caravan.kernel.clock import now
from caravan.kernel.errors import Conflict, Invalid
from caravan.people.actions.tokens import create_token, revoke_token
from caravan.people.queries.tokens import tokens_of
from caravan.people.rules.limits import per_hour
from caravan.web.guards import limited, signed_in, user_id
from caravan.web.request import PageRequest


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
@limited("token", per_hour(20))
def tokens(request: PageRequest) -> HttpResponse:
    """A made token is in the answer to its own POST only: never in an address, a session or a log."""
    status, made, name, errors = 200, "", "", {}
    if request.method == "POST":
        name = request.POST.get("name", "")
        try:
            made, name = create_token(user_id=user_id(request), name=name, at=now()), ""
        except (Invalid, Conflict) as refused:
            status, errors = refused.status, refused.fields or {"name": refused.detail}
    context = {"tokens": tokens_of(user_id=user_id(request)), "made": made, "name": name, "errors": errors}
    return render(request, "account/tokens.html", context, status=status)


@signed_in
@require_POST
def revocation(request: PageRequest, id: UUID) -> HttpResponse:
    revoke_token(user_id=user_id(request), token_id=id, at=now())
    messages.success(request, _("Revoked. Whatever used the token gets no answer any more."))
    return redirect("tokens")

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from caravan.people.actions.accounts import end_sessions
from caravan.web.guards import signed_in, user_id
from caravan.web.request import PageRequest


@signed_in
@require_safe
def security(request: PageRequest) -> HttpResponse:
    kinds = {held.type: held for held in Authenticator.objects.filter(user_id=user_id(request))}
    codes = kinds.get(Authenticator.Type.RECOVERY_CODES)
    context = {
        "has_app": Authenticator.Type.TOTP in kinds,
        "codes_left": len(codes.wrap().get_unused_codes()) if codes else 0,
        "is_proven": EmailAddress.objects.filter(user_id=user_id(request), verified=True).exists(),
    }
    return render(request, "account/security.html", context)


@signed_in
@require_POST
def everywhere(request: PageRequest) -> HttpResponse:
    """End every session but this one, which is given the new number."""
    end_sessions(user_id=user_id(request))
    if request.user.is_authenticated:
        request.user.refresh_from_db()
        update_session_auth_hash(request, request.user)
    messages.success(request, _("You are signed out on every other device."))
    return redirect("security")

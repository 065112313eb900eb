"""What a guest presses waits until they have signed in, and is done for them then: nobody has to find the button again."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.views.decorators.http import require_safe

from caravan.web.guards import View, signed_in
from caravan.web.request import PageRequest

_KEPT = "pressed"
_presses: set[Callable[..., HttpResponseBase]] = set()


def done_when_signed_in(view: View) -> View:
    """A guest's POST is kept in their session, and they are asked to sign in. The outermost decorator of a view that changes
    something, above `require_POST`. The view answers with a redirect to where the button was (`safe_next`)."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated or request.method != "POST":
            return view(request, *args, **kwargs)
        request.session[_KEPT] = {"path": request.path_info, "form": request.POST.urlencode()}
        return HttpResponseRedirect(f"{reverse('sign-in')}?{urlencode({'next': reverse('pressed')})}")

    _presses.add(guarded)
    return guarded


@signed_in
@require_safe
def pressed(request: PageRequest) -> HttpResponseBase:
    """Do what was pressed before signing in: it was posted with its token by the same visitor, and happens once."""
    kept = request.session.pop(_KEPT, None)
    if kept is None:
        return redirect("account")
    try:
        match = resolve(kept["path"])
    except Resolver404:
        return redirect("account")
    if match.func not in _presses:
        return redirect("account")
    request.method, request.POST = "POST", QueryDict(kept["form"])
    answer: HttpResponse = match.func(request, *match.args, **match.kwargs)
    return answer

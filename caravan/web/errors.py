"""Error pages: what happened and what to do, in the market's own look."""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from caravan.kernel.errors import Broken, Forbidden, NotFound, Problem, RateLimited

# The titles of the kernel's problems, which knows no gettext, listed for the translators.
TITLES = (
    gettext_noop("Something went wrong"), gettext_noop("Please check what you entered"), gettext_noop("Not found"),
    gettext_noop("The request could not be read"), gettext_noop("Please sign in"), gettext_noop("Not allowed"),
    gettext_noop("This has changed meanwhile"), gettext_noop("Too many requests"),
)  # fmt: skip


BARE = '<!doctype html><meta charset="utf-8"><title>{heading}</title><h1>{heading}</h1><p>{detail}</p>'
log = logging.getLogger("django.request")


def page(request: HttpRequest, problem: Problem) -> HttpResponse:
    context = {"problem": problem, "heading": _(problem.title)}
    response = render(request, "errors/problem.html", context, status=problem.status)
    if isinstance(problem, RateLimited):
        response["Retry-After"] = str(problem.retry_after)
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, NotFound("page.unknown", _("There is nothing at this address. Search, or start from the home page.")))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, Forbidden("page.forbidden", _("Your account may not open this page.")))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return page(request, Forbidden("csrf", _("This form has expired. Go back, reload the page and send it again.")))


def broken(request: HttpRequest) -> HttpResponse:
    """In the market's own look while that can be drawn: what broke may be what every page needs, or came before it was there."""
    problem = Broken("server", _("Something broke on our side. Nothing you entered was charged. Please try again."))
    try:
        return page(request, problem)
    except Exception:
        log.exception("the error page of %s", request.path)
        words = {"heading": _(problem.title), "detail": problem.detail}
        return HttpResponse(format_html(BARE, **words), status=problem.status)

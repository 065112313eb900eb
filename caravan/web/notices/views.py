"""What the market has to tell a person: read here, and what of it comes by mail is chosen here."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import get_script_prefix, reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from caravan.kernel.clock import now
from caravan.people.actions.notices import choose_mail, read_all, read_notice, refuse_mail
from caravan.people.queries.notice_words import Words, kind_words, words_of
from caravan.people.queries.notices import NoticeRow, mail_choices, notice_of, notices_of, refusal_of
from caravan.people.rules.notices import KINDS
from caravan.web.guards import signed_in, user_id
from caravan.web.request import PageRequest

ICONS = {"price_drop": "fall", "back_in_stock": "box", "coupon_ending": "clock", "coupon_given": "tag", "store_offer": "store"}


@dataclass(frozen=True, slots=True)
class NoticeView:
    row: NoticeRow
    words: Words
    icon: str
    href: str


@signed_in
@require_safe
def notices(request: PageRequest) -> HttpResponse:
    page = notices_of(user_id=user_id(request), cursor=request.GET.get("after", ""))
    chosen = mail_choices(user_id=user_id(request))
    context = {
        "notices": [_view(row, request) for row in page.rows],
        "next_cursor": page.next_cursor,
        "is_first": "after" not in request.GET,
        "kinds": [(code, kind_words(code), by_mail) for code, by_mail in chosen.items()],
    }
    return render(request, "notices/notices.html", context)


@signed_in
@require_safe
def notice(request: PageRequest, id: UUID) -> HttpResponse:
    """Leads on to what it is about; that it was opened is noted."""
    row = notice_of(user_id=user_id(request), notice_id=id)
    if request.method == "GET":
        read_notice(user_id=user_id(request), notice_id=id, at=now())
    return HttpResponseRedirect(_below(row.url) if row.url else reverse("notices"))


@signed_in
@require_POST
def reading(request: PageRequest) -> HttpResponse:
    read_all(user_id=user_id(request), at=now())
    return redirect("notices")


@signed_in
@require_POST
def letters(request: PageRequest) -> HttpResponse:
    """The form has a box for every kind: what is not ticked is refused."""
    choose_mail(user_id=user_id(request), choices={code: code in request.POST for code in KINDS}, at=now())
    messages.success(request, _("Saved."))
    return redirect("notices")


@csrf_exempt  # a mail program presses it for its reader, with the signed token as the only key (RFC 8058)
@require_http_methods(["GET", "HEAD", "POST"])
def refusal(request: PageRequest, token: str) -> HttpResponse:
    _whose, code = refusal_of(token)
    if request.method == "POST":
        refuse_mail(token=token, at=now())
    context = {"kind": kind_words(code), "is_refused": request.method == "POST"}
    return render(request, "notices/refusal.html", context)


def _view(row: NoticeRow, request: PageRequest) -> NoticeView:
    href = reverse("notice", kwargs={"id": row.id}) if row.url else ""
    return NoticeView(row, words_of(row.code, row.about, request.market), ICONS[row.code], href)


def _below(path: str) -> str:
    """The stored path, in the market the page is read in."""
    return get_script_prefix() + path.lstrip("/")

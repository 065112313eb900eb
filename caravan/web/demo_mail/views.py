from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from caravan.web.demo_mail import letters
from caravan.web.request import PageRequest

A_PAGE = 30


@require_safe
def inbox(request: PageRequest) -> HttpResponse:
    number = request.GET.get("page", "1")
    page = max(1, int(number)) if number.isdecimal() and len(number) < 6 else 1
    found = letters.newest(_folder(), offset=(page - 1) * A_PAGE, limit=A_PAGE)
    more = len(found) >= A_PAGE
    here = reverse("mail")
    context = {
        "letters": found,
        "prev_url": f"{here}?page={page - 1}" if page > 1 else "",
        "next_url": f"{here}?page={page + 1}" if more else "",
        "status": str(page),
    }
    return render(request, "mail/inbox.html", context)


@require_safe
def letter(request: PageRequest, key: str) -> HttpResponse:
    found = letters.letter(_folder(), key)
    return render(request, "mail/letter.html", {"letter": found, "paragraphs": letters.paragraphs(found.text)})


def _folder() -> Path:
    """Other people's letters are nobody's business: outside the demo there is no such page."""
    if settings.MODE != "demo":
        raise Http404
    return Path(settings.EMAIL_FILE_PATH)

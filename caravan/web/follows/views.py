from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from caravan.insight.queries import volumes_of
from caravan.kernel.clock import now
from caravan.kernel.errors import Conflict
from caravan.reputation.queries import credits_of
from caravan.stores.actions import follow_store, unfollow_store
from caravan.stores.queries import follows_of, store_by_slug, store_in_any_state
from caravan.web.addresses import store_url
from caravan.web.guards import safe_next, signed_in, user_id
from caravan.web.home.stores import store_view
from caravan.web.pressing import done_when_signed_in
from caravan.web.request import PageRequest


@signed_in
@require_safe
def following(request: PageRequest) -> HttpResponse:
    page = follows_of(user_id=user_id(request), cursor=request.GET.get("after", ""))
    ids = [row.store.id for row in page.rows]
    credits, volumes = credits_of(ids), volumes_of(ids)
    context = {
        "stores": [
            (row, store_view(row.store, credits[row.store.id], volumes.get(row.store.id), request.market)) for row in page.rows
        ],
        "next_cursor": page.next_cursor,
        "is_first": "after" not in request.GET,
    }
    return render(request, "follows/following.html", context)


@done_when_signed_in
@require_POST
def followed(request: PageRequest, slug: str) -> HttpResponse:
    """Whether the person follows the store from now on: the form says `wanted` "1" or "0". One may leave a closed one, too."""
    if request.POST.get("wanted") != "1":
        unfollow_store(user_id=user_id(request), store_id=store_in_any_state(slug).id)
        messages.success(request, _("You do not follow this store any more."))
        return redirect(safe_next(request, "following"))
    store = store_by_slug(slug)
    try:
        follow_store(user_id=user_id(request), store_id=store.id, at=now())
    except Conflict as refused:
        messages.error(request, refused.detail)
    else:
        messages.success(request, _("You follow %(store)s now.") % {"store": store.name})
    return redirect(safe_next(request, store_url(slug)))

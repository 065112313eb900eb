"""Groups of products that a store promotes together."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from caravan.kernel.clock import now
from caravan.kernel.errors import Conflict, Invalid
from caravan.people.rules.limits import per_hour
from caravan.promotions.actions.groups import remove_group, save_group
from caravan.promotions.queries.goods import goods_by_id
from caravan.promotions.queries.groups import group_of, groups_of, products_in
from caravan.web.guards import limited, signed_in, user_id
from caravan.web.request import PageRequest
from caravan.web.seller_promotions.desk import Desk
from caravan.web.seller_promotions.editing import choosing
from caravan.web.seller_promotions.forms import Typed


@signed_in
@require_safe
def groups(request: PageRequest, slug: str) -> HttpResponse:
    desk = Desk.of(request, slug)
    assert desk.owner.store_id is not None
    return render(request, "promotions/groups.html", desk.context() | {"groups": groups_of(desk.owner.store_id)})


@signed_in
@require_http_methods(["GET", "POST"])
@limited("promotion", per_hour(300))
def new_group(request: PageRequest, slug: str) -> HttpResponse:
    desk = Desk.of(request, slug)
    return _saved(request, desk, None) if request.method == "POST" else _page(request, desk, Typed())


@signed_in
@require_http_methods(["GET", "POST"])
@limited("promotion", per_hour(300))
def group(request: PageRequest, slug: str, id: UUID) -> HttpResponse:
    desk = Desk.of(request, slug)
    if request.method == "POST":
        return _saved(request, desk, id)
    assert desk.owner.store_id is not None
    row = group_of(desk.owner.store_id, id)
    typed = Typed({"name": row.name}, {"goods": tuple(map(str, products_in(id)))})
    return _page(request, desk, typed, id)


@signed_in
@require_POST
def group_removal(request: PageRequest, slug: str, id: UUID) -> HttpResponse:
    try:
        remove_group(user_id=user_id(request), slug=slug, group_id=id)
    except Conflict as refused:
        messages.error(request, refused.detail)
    else:
        messages.success(request, _("The group is forgotten. Its products stay on sale."))
    return redirect("seller-promotion-groups", slug=slug)


def _saved(request: PageRequest, desk: Desk, id: UUID | None) -> HttpResponse:
    typed = Typed.posted(request.POST)
    if "redraw" in request.POST or desk.slug is None:
        return _page(request, desk, typed, id)
    chosen = typed.chosen("goods")
    try:
        save_group(
            user_id=user_id(request), slug=desk.slug, name=typed["name"], product_ids=chosen, at=now(), group_id=id
        )  # fmt: skip
    except Invalid as refused:
        named = {f"goods.{i}": f"goods-{product}" for i, product in enumerate(chosen)}
        errors = {named.get(field, field): text for field, text in refused.fields.items()}
        return _page(request, desk, typed, id, errors, refused.status)
    messages.success(request, _("Saved. Discounts on the group follow at once."))
    return redirect("seller-promotion-groups", slug=desk.slug)


def _page(
    request: PageRequest,
    desk: Desk,
    typed: Typed,
    id: UUID | None = None,
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    assert desk.owner.store_id is not None
    goods = goods_by_id(desk.owner.store_id, typed.chosen("goods"))
    context = desk.context() | choosing(desk, typed, goods, now()) | {
        "typed": typed,
        "errors": errors or {},
        "error_rows": [(f"id_{name}", text) for name, text in (errors or {}).items()],
        "id": id,
        "form_url": desk.url("promotion-group", id=id) if id else desk.url("promotion-group-new"),
    }  # fmt: skip
    return render(request, "promotions/group.html", context, status=status)

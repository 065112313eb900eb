"""A seller's goods: the list, the form, and what becomes of a listing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from caravan.catalog.actions import (
    create_product,
    edit_product,
    publish_product,
    restore_product,
    store_picture,
    translate_product,
    withdraw_product,
)
from caravan.catalog.queries.categories import AttributeRow
from caravan.catalog.queries.goods import PAGE, STATUSES, EditRow, goods, goods_counts, product_to_edit
from caravan.catalog.queries.pictures import pictures
from caravan.catalog.rules.pictures import MOST_BYTES
from caravan.kernel.clock import now
from caravan.kernel.errors import Conflict, Invalid, NotFound, Problem
from caravan.kernel.markets import LANGUAGES
from caravan.people.rules.limits import per_hour
from caravan.stores.queries import StoreRow, store_for_member
from caravan.web.guards import limited, signed_in, user_id
from caravan.web.market_choice.options import country_options, language_options
from caravan.web.request import PageRequest
from caravan.web.seller_goods.forms import (
    BLANK_ROWS,
    ProductFields,
    VariantFields,
    category_levels,
    detail_fields,
    option_columns,
)


@signed_in
@require_safe
def goods_list(request: PageRequest, slug: str) -> HttpResponse:
    store = store_for_member(user_id=user_id(request), slug=slug)
    query, status = request.GET.get("q", "").strip()[:80], request.GET.get("status", "")
    status = status if status in STATUSES else ""
    rows = goods(store.id, query=query, status=status, before=_uuid(request.GET.get("before", "")))
    counts = goods_counts(store.id)
    here = {"q": query, "status": status}
    context = {
        "store": store,
        "section": "products",
        "rows": rows[:PAGE],
        "query": query,
        "status": status,
        "counts": counts,
        "total": sum(counts.values()),
        "tab_url": lambda chosen: f"?{urlencode({'q': query, 'status': chosen})}",
        "first_url": f"?{urlencode(here)}" if "before" in request.GET else "",
        "next_url": f"?{urlencode({**here, 'before': rows[PAGE - 1].id})}" if len(rows) > PAGE else "",
    }
    return render(request, "seller_goods/list.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
@limited("listing", per_hour(600))
def new(request: PageRequest, slug: str) -> HttpResponse:
    store = store_for_member(user_id=user_id(request), slug=slug)
    if request.method == "GET":
        return _form(request, store, ProductFields.empty(store))
    typed, wrong = _with_uploads(request, ProductFields.typed(request.POST))
    if wrong or _only_redraw(request):
        return _form(request, store, typed, errors=wrong)
    try:
        draft = typed.draft(store.currency)
        create_product(user_id=user_id(request), store=slug, draft=draft, at=now(), publish="keep-draft" not in request.POST)
    except Invalid as refused:
        return _form(request, store, typed, problem=refused)
    messages.success(request, _("Saved as a draft.") if "keep-draft" in request.POST else _("Your product is on sale."))
    return redirect("seller-products", slug=slug)


@signed_in
@require_http_methods(["GET", "POST"])
@limited("listing", per_hour(600))
def edit(request: PageRequest, slug: str, id: UUID) -> HttpResponse:
    store = store_for_member(user_id=user_id(request), slug=slug)
    row = product_to_edit(store.id, id)
    if request.method == "GET":
        return _form(request, store, ProductFields.of(row), row)
    typed, wrong = _with_uploads(request, ProductFields.typed(request.POST))
    if wrong or _only_redraw(request):
        return _form(request, store, typed, row, errors=wrong)
    try:
        draft = typed.draft(store.currency)
        saved = edit_product(user_id=user_id(request), store=slug, product_id=id, draft=draft, seen_at=typed.seen(), at=now())
    except (Invalid, Conflict) as refused:
        return _form(request, store, typed, row, problem=refused)
    messages.success(request, _("Saved.") if saved.changed else _("Nothing had changed."))
    return redirect("seller-product", slug=slug, id=id)


@signed_in
@require_http_methods(["GET", "POST"])
@limited("listing", per_hour(600))
def words(request: PageRequest, slug: str, id: UUID, language: str) -> HttpResponse:
    """What the product is called in another language."""
    store = store_for_member(user_id=user_id(request), slug=slug)
    row = product_to_edit(store.id, id)
    if language not in LANGUAGES or language == row.stored.draft.language:
        raise NotFound("language.unknown", _("The product is not translated into this language."))
    title, description = row.translations.get(language, ("", ""))
    errors: dict[str, str] = {}
    if request.method == "POST":
        title, description = request.POST.get("title", ""), request.POST.get("description", "")
        try:
            translate_product(
                user_id=user_id(request),
                store=slug,
                product_id=id,
                language=language,
                title=title,
                description=description,
                at=now(),
            )
        except Invalid as refused:
            errors = refused.fields
        else:
            messages.success(request, _("Saved."))
            return redirect("seller-product-words", slug=slug, id=id, language=language)
    context = {
        "store": store,
        "section": "products",
        "row": row,
        "language": language,
        "language_links": [
            (name, reverse("seller-product-words", kwargs={"slug": slug, "id": id, "language": tag}), tag == language)
            for tag, name, _told in _other_languages(row)
        ],
        "title": title,
        "description": description,
        "errors": errors,
    }
    return render(request, "seller_goods/words.html", context, status=422 if errors else 200)


@signed_in
@require_POST
def publication(request: PageRequest, slug: str, id: UUID) -> HttpResponse:
    return _moved(request, slug, id, publish_product, _("Your product is on sale."))


@signed_in
@require_POST
def withdrawal(request: PageRequest, slug: str, id: UUID) -> HttpResponse:
    return _moved(request, slug, id, withdraw_product, _("Withdrawn. You can restore it at any time."))


@signed_in
@require_POST
def restoration(request: PageRequest, slug: str, id: UUID) -> HttpResponse:
    return _moved(request, slug, id, restore_product, _("Back on sale."))


def _moved(request: PageRequest, slug: str, id: UUID, move: Callable[..., None], done: str) -> HttpResponse:
    try:
        move(user_id=user_id(request), store=slug, product_id=id, at=now())
    except Conflict as refused:
        messages.error(request, refused.detail)
    else:
        messages.success(request, done)
    return redirect("seller-product", slug=slug, id=id)


def _only_redraw(request: PageRequest) -> bool:
    """Whether the seller asked for more rows, or for the attributes of another category, and not yet to save."""
    return "redraw" in request.POST


def _with_uploads(request: PageRequest, typed: ProductFields) -> tuple[ProductFields, dict[str, str]]:
    """Keep uploaded pictures at once, so that a form refused for something else does not lose them."""
    added: list[UUID] = []
    wrong: dict[str, str] = {}
    for file in request.FILES.getlist("uploads"):
        try:
            added.append(store_picture(content=file.read(MOST_BYTES + 1)).id)
        except Invalid as refused:
            wrong["pictures"] = f"{file.name}: {refused.detail}"
    return typed.with_pictures(added), wrong


def _form(
    request: PageRequest,
    store: StoreRow,
    typed: ProductFields,
    row: EditRow | None = None,
    *,
    problem: Problem | None = None,
    errors: dict[str, str] | None = None,
) -> HttpResponse:
    language = request.market.language
    errors = errors or (problem.fields if problem else {})
    shown = pictures(typed.pictures) if typed.pictures else {}
    blank = BLANK_ROWS if not row or _only_redraw(request) else 0
    context: dict[str, Any] = {
        "store": store,
        "section": "products",
        "row": row,
        "typed": typed,
        "rows": (*typed.variants, *[VariantFields()] * max(blank, 1 - len(typed.variants))),
        "columns": option_columns(typed.category, language, [code for v in typed.variants for code in v.options]),
        "details": detail_fields(typed.category, language, list(typed.attributes)),
        "pictures": [shown[id] for id in typed.pictures if id in shown],
        "category_levels": category_levels(typed.category, language),
        "countries": country_options(language),
        "languages": language_options(),
        "other_languages": _other_languages(row) if row else [],
        "choice_pairs": _choice_pairs,
        "errors": errors,
        "error_rows": [(f"id_{_field_id(name)}", text) for name, text in errors.items()],
        "problem": problem,
        # Saving again after a conflict is a decision: by then the seller has been told.
        "seen_at": row.stored.updated_at.isoformat() if row and isinstance(problem, Conflict) else typed.seen_at,
        "form_url": reverse("seller-product", kwargs={"slug": store.slug, "id": row.stored.id})
        if row
        else reverse("seller-product-new", kwargs={"slug": store.slug}),
    }
    status = problem.status if problem else 422 if errors else 200
    return render(request, "seller_goods/form.html", context, status=status)


def _choice_pairs(attribute: AttributeRow) -> list[tuple[str, str]]:
    return [("", "–"), *((choice.value, choice.name) for choice in attribute.choices)]


def _field_id(name: str) -> str:
    """The form control an error is about: "variants.0.price" is told under variant-0-price."""
    parts = name.split(".")
    if parts[0] == "attributes":
        return f"attribute-{parts[1]}"
    return f"variant-{parts[1]}-{parts[2]}" if parts[0] == "variants" and len(parts) == 3 else name


def _other_languages(row: EditRow) -> list[tuple[str, str, bool]]:
    """The languages the product may also be told in, and whether it is."""
    return [(tag, name, tag in row.translations) for tag, name in language_options() if tag != row.stored.draft.language]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None

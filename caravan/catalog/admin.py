"""The operator's view of the catalogue: the tree to edit, goods to read, and to block with a reason the seller sees."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import action, display

from caravan.catalog.actions import block_product, unblock_product
from caravan.catalog.models import Attribute, AttributeName, Category, CategoryName, ImportJob, Product, Variant
from caravan.catalog.queries.categories import forget
from caravan.kernel.clock import now
from caravan.kernel.errors import Problem

MOST_AT_ONCE = 200


def user_id(request: HttpRequest) -> UUID:
    """Who is signed in: an operator, or the admin would not have let them in."""
    if request.user.pk is None:
        raise PermissionDenied
    return request.user.pk


class ReadOnly:
    """Rows that only the catalogue's own actions may change."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class Names(TabularInline):  # type: ignore[misc]
    model = CategoryName
    extra = 0


class AttributesOfCategory(TabularInline):  # type: ignore[misc]
    model = Attribute
    extra = 0
    show_change_link = True


@admin.register(Category)
class CategoryAdmin(ModelAdmin):  # type: ignore[misc]
    list_display = ["path", "position"]
    search_fields = ["path", "names__name"]
    autocomplete_fields = ["parent"]
    exclude = ["path"]
    inlines = [Names, AttributesOfCategory]

    def save_model(self, request: HttpRequest, obj: Category, form: Any, change: bool) -> None:
        before = Category.objects.get(pk=obj.pk).path if change else ""
        obj.path = f"{obj.parent.path}/{obj.slug}" if obj.parent else obj.slug
        super().save_model(request, obj, form, change)
        if before and before != obj.path:
            for below in Category.objects.filter(path__startswith=f"{before}/"):
                below.path = obj.path + below.path.removeprefix(before)
                below.save(update_fields=["path"])
        forget()


class AttributeNames(TabularInline):  # type: ignore[misc]
    model = AttributeName
    extra = 0


@admin.register(Attribute)
class AttributeAdmin(ModelAdmin):  # type: ignore[misc]
    list_display = ["code", "category", "kind", "required", "is_option"]
    list_select_related = ["category"]
    list_filter = ["kind", "required", "is_option"]
    search_fields = ["code", "names__name", "category__path"]
    autocomplete_fields = ["category"]
    inlines = [AttributeNames]

    def save_model(self, request: HttpRequest, obj: Attribute, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        forget()


class VariantsOfProduct(ReadOnly, TabularInline):  # type: ignore[misc]
    model = Variant
    fields = ["sku", "options", "price_minor", "currency", "stock", "is_active"]
    extra = 0


@admin.register(Product)
class ProductAdmin(ReadOnly, ModelAdmin):  # type: ignore[misc]
    list_display = ["title", "store", "category", "shown_status", "published_at"]
    list_select_related = ["version", "store", "category"]
    list_filter = ["status"]
    search_fields = ["external_ref", "version__title", "store__slug"]
    show_full_result_count = False
    actions = ["block", "unblock"]
    inlines = [VariantsOfProduct]

    def title(self, product: Product) -> str:
        return product.version.title if product.version else product.slug

    @display(description=_("Status"), label={"active": "success", "blocked": "danger", "withdrawn": "warning"})  # type: ignore[untyped-decorator]
    def shown_status(self, product: Product) -> str:
        return product.status

    @action(description=_("Block, with a reason"))  # type: ignore[untyped-decorator]
    def block(self, request: HttpRequest, chosen: QuerySet[Product]) -> HttpResponse | None:
        """Asks for the reason first; then each product is blocked by the catalogue's own action."""
        products = list(chosen.select_related("version")[:MOST_AT_ONCE])
        if "reason" not in request.POST:
            context = {"products": products, "back_url": reverse("admin:catalog_product_changelist")}
            return render(request, "operator/block_products.html", context)
        reason = request.POST["reason"]
        return self._each(
            request, products, lambda p: block_product(operator_id=user_id(request), product_id=p.pk, reason=reason, at=now())
        )

    @action(description=_("Lift the block"))  # type: ignore[untyped-decorator]
    def unblock(self, request: HttpRequest, chosen: QuerySet[Product]) -> HttpResponse | None:
        return self._each(
            request,
            list(chosen[:MOST_AT_ONCE]),
            lambda p: unblock_product(operator_id=user_id(request), product_id=p.pk, at=now()),
        )

    def _each(self, request: HttpRequest, products: list[Product], act: Any) -> HttpResponseRedirect:
        done = 0
        for product in products:
            try:
                act(product)
                done += 1
            except Problem as problem:
                self.message_user(request, f"{product.slug}: {problem.detail}", messages.ERROR)
        if done:
            self.message_user(request, _("%(n)d products changed.") % {"n": done}, messages.SUCCESS)
        return redirect("admin:catalog_product_changelist")


@admin.register(ImportJob)
class ImportJobAdmin(ReadOnly, ModelAdmin):  # type: ignore[misc]
    list_display = ["filename", "store", "state", "rows_total", "rows_created", "rows_updated", "rows_refused", "created_at"]
    list_select_related = ["store"]
    list_filter = ["state"]
    show_full_result_count = False

"""The operator's tables by date, zones, platform-paid free shipping, and what was learned."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin, TabularInline

from caravan.shipping.models import FreeShipping, LearnedRoute, Rate, Table, ZoneSet
from caravan.shipping.queries.books import forget_books


class Forgetting:
    """What is kept in this process is read anew after a change; other processes do so within a minute."""

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        forget_books()
        return super().log_addition(request, obj, message)  # type: ignore[misc]

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        forget_books()
        return super().log_change(request, obj, message)  # type: ignore[misc]

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)  # type: ignore[misc]
        forget_books()


class Rates(TabularInline):  # type: ignore[misc]
    model = Rate
    extra = 3


@admin.register(Table)
class Tables(Forgetting, ModelAdmin):  # type: ignore[misc]
    """Leave the store empty for a table of the platform. A new day is a new table; those of the past stay as evidence."""

    list_display = ("effective_from", "store", "currency", "source")
    list_filter = (("store", admin.EmptyFieldListFilter),)
    raw_id_fields = ("store",)
    inlines = (Rates,)
    show_full_result_count = False


@admin.register(ZoneSet)
class Zones(Forgetting, ModelAdmin):  # type: ignore[misc]
    list_display = ("code", "name", "store", "countries", "origins")
    list_filter = (("store", admin.EmptyFieldListFilter),)
    raw_id_fields = ("store",)
    show_full_result_count = False


@admin.register(FreeShipping)
class FreeRules(Forgetting, ModelAdmin):  # type: ignore[misc]
    list_display = ("least_minor", "currency", "zone", "service", "payer", "store", "starts_on", "ends_on")
    list_filter = ("payer", "service")
    raw_id_fields = ("store",)
    show_full_result_count = False


@admin.register(LearnedRoute)
class Routes(ModelAdmin):  # type: ignore[misc]
    """Computed nightly from delivered parcels; not to be edited."""

    list_display = ("origin", "destination", "service", "parcels", "p10", "p50", "p90", "as_of")
    list_filter = ("service", "origin")
    search_fields = ("origin", "destination")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

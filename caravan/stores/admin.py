from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin, TabularInline

from caravan.kernel.clock import now
from caravan.stores.actions import reopen_store, suspend_store
from caravan.stores.models import Membership, Store


class Members(TabularInline):  # type: ignore[misc]
    model = Membership
    extra = 0
    raw_id_fields = ("user",)


@admin.register(Store)
class Stores(ModelAdmin):  # type: ignore[misc]
    """A store's state is changed by the actions below, which tell the rest of the market, not by editing the field."""

    list_display = ("name", "slug", "country", "currency", "status", "source", "opened_at")
    list_filter = ("status", "country", "source")
    search_fields = ("name", "slug", "external_ref")
    ordering = ("-opened_at",)
    readonly_fields = ("status", "status_reason", "source", "external_ref", "currency", "logo")
    inlines = (Members,)
    actions = ("suspend", "reopen")
    show_full_result_count = False

    @admin.action(description="Suspend: hide from shoppers")
    def suspend(self, request: HttpRequest, chosen: QuerySet[Store]) -> None:
        for store in chosen:
            suspend_store(operator_id=request.user.pk, store_id=store.pk, reason="Suspended by the operators", at=now())  # type: ignore[arg-type]
        self.message_user(request, "Suspended. Shoppers no longer find them.", messages.SUCCESS)

    @admin.action(description="Reopen")
    def reopen(self, request: HttpRequest, chosen: QuerySet[Store]) -> None:
        for store in chosen:
            reopen_store(operator_id=request.user.pk, store_id=store.pk, at=now())  # type: ignore[arg-type]
        self.message_user(request, "Reopened.", messages.SUCCESS)

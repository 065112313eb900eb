"""The operators' tables of the trade room. What moves money is done by actions, so most of it is for reading."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from caravan.kernel.clock import now
from caravan.trade.actions.payout_accounts import hold_payouts, keep_reserve
from caravan.trade.actions.sending import paid_by_hand
from caravan.trade.models import Payout, PayoutAccount, Refund


@admin.register(PayoutAccount)
class PayoutAccounts(ModelAdmin):  # type: ignore[misc]
    """A reason written here holds a store's payouts until it is taken away. Schedule and account are the store's choice."""

    list_display = ("store", "schedule", "hold_reason", "reserve_percent", "reserve_days", "paid_through")
    list_filter = ("schedule", ("hold_reason", admin.EmptyFieldListFilter))
    search_fields = ("store__name", "store__slug")
    list_select_related = ("store",)
    raw_id_fields = ("store",)
    readonly_fields = ("paid_through",)
    show_full_result_count = False

    def get_readonly_fields(self, request: HttpRequest, obj: PayoutAccount | None = None) -> tuple[str, ...]:
        return ("store", "schedule", "destination", "paid_through") if obj else ("schedule", "destination", "paid_through")

    def save_model(self, request: HttpRequest, obj: PayoutAccount, form: Any, change: bool) -> None:
        operator_id = request.user.pk
        hold_payouts(operator_id=operator_id, store_id=obj.store_id, reason=obj.hold_reason)  # type: ignore[arg-type]
        keep_reserve(
            operator_id=operator_id,  # type: ignore[arg-type]
            store_id=obj.store_id,
            percent=obj.reserve_percent,
            days=obj.reserve_days,
        )

    def has_delete_permission(self, request: HttpRequest, obj: PayoutAccount | None = None) -> bool:
        return False


@admin.register(Payout)
class Payouts(ModelAdmin):  # type: ignore[misc]
    list_display = ("day", "store", "minor", "currency", "state", "destination", "reason", "provider_ref", "asked_at")
    list_filter = ("state", "provider", "currency")
    search_fields = ("store__slug", "provider_ref")
    list_select_related = ("store",)
    ordering = ("-id",)
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Payout | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Payout | None = None) -> bool:
        return False


@admin.register(Refund)
class Refunds(ModelAdmin):  # type: ignore[misc]
    """One that its provider refused waits here: give the money back in another way, and write into `problem` how."""

    list_display = ("order", "total_minor", "currency", "reason", "state", "problem", "created_at", "paid_at")
    list_filter = ("state", "reason")
    search_fields = ("order__number",)
    list_select_related = ("order",)
    ordering = ("-id",)
    show_full_result_count = False

    @admin.display(ordering="order__currency")
    def currency(self, refund: Refund) -> str:
        return refund.order.currency

    def get_readonly_fields(self, request: HttpRequest, obj: Refund | None = None) -> tuple[str, ...]:
        shown = tuple(field.name for field in Refund._meta.fields)
        failed = obj is not None and obj.state == Refund.State.FAILED
        return tuple(name for name in shown if not (failed and name == "problem"))

    def save_model(self, request: HttpRequest, obj: Refund, form: Any, change: bool) -> None:
        if "problem" in form.changed_data:
            paid_by_hand(refund_id=obj.pk, note=obj.problem, at=now())

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Refund | None = None) -> bool:
        return False

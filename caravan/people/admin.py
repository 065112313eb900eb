from __future__ import annotations

from django.contrib import admin
from unfold.admin import ModelAdmin, TabularInline

from caravan.people.models import Address, ApiToken, Buyer, User


class Addresses(TabularInline):  # type: ignore[misc]
    model = Address
    extra = 0
    fields = ("name", "street_address", "city", "postal_code", "country_code", "phone", "is_default")


@admin.register(User)
class Users(ModelAdmin):  # type: ignore[misc]
    list_display = ("email", "name", "country", "is_staff", "is_active", "created_at")
    list_filter = ("is_staff", "is_active")
    search_fields = ("email", "name")
    ordering = ("-created_at",)
    exclude = ("password", "user_permissions", "groups")
    readonly_fields = ("created_at", "last_login", "session_epoch")
    inlines = (Addresses,)
    show_full_result_count = False


@admin.register(Buyer)
class Buyers(ModelAdmin):  # type: ignore[misc]
    list_display = ("name", "email", "country", "source", "external_ref", "created_at")
    list_filter = ("source",)
    search_fields = ("email", "name", "external_ref")
    raw_id_fields = ("user",)
    ordering = ("-created_at",)
    show_full_result_count = False


@admin.register(ApiToken)
class ApiTokens(ModelAdmin):  # type: ignore[misc]
    """To see and to revoke; what a token says is kept nowhere."""

    list_display = ("name", "user", "created_at", "last_used_at", "revoked_at")
    list_select_related = ("user",)
    search_fields = ("name", "user__email")
    fields = ("user", "name", "created_at", "last_used_at", "revoked_at")
    readonly_fields = ("user", "name", "created_at", "last_used_at")
    show_full_result_count = False

    def has_add_permission(self, request: object) -> bool:
        return False

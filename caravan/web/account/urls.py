"""Account pages. The library's views stand under names of our own making, one by one: what it offers beyond is not reachable.

A name that begins with `account_` or `mfa_` is one the library looks up; some of them are ours by another name as well.
"""

from __future__ import annotations

from allauth.account import views as library
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import path, re_path

from caravan.web.account.views import addresses, data, overview, security, tokens

urlpatterns = [
    path("sign-in", library.login, name="account_login"),
    path("sign-in", library.login, name="sign-in"),
    path("sign-in/code", mfa.authenticate, name="mfa_authenticate"),
    path("sign-up", library.signup, name="account_signup"),
    path("sign-out", library.logout, name="account_logout"),
    path("sign-out", library.logout, name="sign-out"),
    path("sign-in/inactive", library.account_inactive, name="account_inactive"),
    path("confirmation", library.email_verification_sent, name="account_email_verification_sent"),
    path("confirmation/<str:key>", library.confirm_email, name="account_confirm_email"),
    path("password", library.password_reset, name="account_reset_password"),
    path("password/sent", library.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)$",
        library.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("password/changed", library.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("account", overview.account, name="account"),
    path("account/profile", overview.profile, name="profile"),
    path("account/addresses", addresses.book, name="addresses"),
    path("account/addresses/new", addresses.new, name="address-new"),
    path("account/addresses/fields", addresses.fields, name="address-fields"),
    path("account/addresses/<uuid:id>", addresses.edit, name="address"),
    path("account/addresses/<uuid:id>/default", addresses.default, name="address-default"),
    path("account/addresses/<uuid:id>/removal", addresses.removal, name="address-removal"),
    path("account/security", security.security, name="security"),
    path("account/security/everywhere", security.everywhere, name="sessions-end"),
    path("account/security/proof", library.reauthenticate, name="account_reauthenticate"),
    path("account/security/proof/code", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("account/security/email", library.email, name="account_email"),
    path("account/security/password", library.password_change, name="account_change_password"),
    path("account/security/password/first", library.password_set, name="account_set_password"),
    path("account/security", security.security, name="mfa_index"),
    path("account/security/app", totp.activate_totp, name="mfa_activate_totp"),
    path("account/security/app/removal", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/security/codes", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/security/codes/new", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/security/codes/file", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("account/tokens", tokens.tokens, name="tokens"),
    path("account/tokens/<uuid:id>/revocation", tokens.revocation, name="token-revocation"),
    path("account/data", data.data, name="own-data"),
    path("account/data/file", data.file, name="own-data-file"),
    path("account/data/deletion", data.deletion, name="account-deletion"),
]

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from caravan.kernel.clock import now
from caravan.people.actions.accounts import confirm_email
from caravan.web import market
from caravan.web.guards import client_ip

# The page itself shows that one is signed in or out.
_NEEDLESS = {"account/messages/logged_in.txt", "account/messages/logged_out.txt"}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in and sign-up as the market does them."""

    def save_user(self, request: HttpRequest, user: AbstractBaseUser, form: BaseForm, commit: bool = True) -> AbstractBaseUser:
        """The market one signs up in is the account's market from then on."""
        chosen = market.current.get()
        user.country, user.language, user.currency = chosen.code, chosen.language, chosen.currency  # type: ignore[attr-defined]
        saved: AbstractBaseUser = super().save_user(request, user, form, commit)
        return saved

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return f"/{market.guess(request).prefix}/"

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return f"/{market.current.get().prefix}/"

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return f"/{market.current.get().prefix}/"

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        return reverse("account" if self.request.user.is_authenticated else "account_login")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("security")

    def is_safe_url(self, url: str) -> bool:
        return bool(url) and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_ip(request)

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        if message_template not in _NEEDLESS:
            super().add_message(request, level, message_template, *args, **kwargs)

    def confirm_email(self, request: HttpRequest, email_address: Any) -> bool:
        """The one way an address becomes proven here; hooked rather than heard by signal, so that it commits with its event."""
        with transaction.atomic():
            proven = bool(super().confirm_email(request, email_address))
            if proven:
                confirm_email(user_id=email_address.user_id, email=email_address.email, at=now())
        return proven

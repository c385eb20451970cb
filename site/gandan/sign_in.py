"""Sign-in of the commune's people, on django-allauth: accounts are made in the admin, never by visitors.

Wrong passwords are counted per account *and* address, so that a stranger who keeps guessing is stopped and the
account's owner, who sits elsewhere, still gets in. A count over all addresses is far wider and stands for an hour:
it bounds what many machines together may guess. Nothing locks an account for good.
"""

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gandan.crypto import box
from gandan.proxies import client_address

EVERYWHERE = {"sign_in": "200/h/key"}  # wrong passwords for one account, from all addresses together
CONFIRM_BY = {
    "reauthenticate": _("Confirm with the password"),
    "mfa_reauthenticate": _("Confirm with a code from the app"),
}
WORKS_ON_CASES = "feedback.change_case"
HELPS = "guides.add_helper"


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_code": _("This code is not right. Take the one the app shows now."),
        "incorrect_password": _("This password is not right."),
        "invalid_password_reset": _("This link has been used or is too old. Ask for a new one."),
        "rate_limited": _("Too many tries. Wait five minutes, then try again."),
        "too_many_login_attempts": _("Too many tries. Wait five minutes, then try again."),
        "username_password_mismatch": _("The account name or the password is not right."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """The password typed a moment ago at the door need not be typed again to set up the second factor."""
        return super().is_reauthentication_required(app=app, **kwargs) and not has_just_signed_in(
            context.request
        )

    def get_reauthentication_methods(self, user: AbstractBaseUser) -> list[dict[str, Any]]:
        methods = super().get_reauthentication_methods(user)
        return [{**method, "description": CONFIRM_BY[method["id"]]} for method in methods]

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return first_room(request.user)

    def pre_authenticate(self, request: HttpRequest, **credentials: object) -> None:
        super().pre_authenticate(request, **credentials)
        everywhere = ratelimit.consume(
            request, app="gandan", action="sign_in", config=EVERYWHERE, key=account_name(credentials)
        )
        if everywhere is None:
            self._rollback_login_failed_rl_usage()
            raise self.validation_error("too_many_login_attempts")
        self._login_failed_rl_usage.usage.extend(everywhere.usage)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: object) -> str:
        return f"{account_name(credentials)} {client_address(request)}"


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of authenticator apps and recovery codes lie encrypted in the database."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right. Take the one the app shows now."),
    }

    def encrypt(self, text: str) -> str:
        return box().encrypt(text.encode()).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        return box().decrypt(encrypted_text.encode("ascii")).decode()


def has_just_signed_in(request: HttpRequest) -> bool:
    steps = get_authentication_records(request, request.user)
    return bool(steps) and time.time() - steps[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT


def account_name(credentials: dict[str, object]) -> str:
    return str(credentials.get("username", "")).strip().lower()


def works_on_cases(user: AbstractUser) -> bool:
    """Whether the desk is somebody's room; who may see which case is for the desk to decide."""
    return hasattr(user, "official") or (user.has_perm(WORKS_ON_CASES) and not user.is_superuser)


def first_room(user: AbstractBaseUser | AnonymousUser) -> str:
    """Where someone goes after signing in: to the desk to answer, to the admin to edit, to the room to help."""
    if not isinstance(user, AbstractUser):
        return "/"
    if works_on_cases(user):
        return reverse("desk:cases")
    if user.has_perm("wagtailadmin.access_admin"):
        return reverse("wagtailadmin_home")
    if user.has_perm(HELPS):
        return reverse("helping:room")
    return "/"

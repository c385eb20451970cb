"""Our words on allauth's forms; it has no Vietnamese of its own."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.utils.translation import gettext_lazy as _

NEW_PASSWORD_HINT = _(
    "Nine characters or more, not a common word and not your name. Three words make a good one."
)
CODE_HINT = _("Six digits from the app, or a recovery code.")


class Worded(forms.Form):
    """Takes allauth's placeholders away and puts label and hint of `wording` in their place."""

    wording: dict[str, tuple[Any, Any]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        for name, (label, hint) in self.wording.items():
            self.fields[name].label = label
            self.fields[name].help_text = hint


class SignInForm(Worded, account.LoginForm):
    wording = {"login": (_("Account name"), ""), "password": (_("Password"), "")}


class ConfirmPasswordForm(Worded, account.ReauthenticateForm):
    wording = {"password": (_("Password"), "")}


class ChangePasswordForm(Worded, account.ChangePasswordForm):
    wording = {
        "oldpassword": (_("Present password"), ""),
        "password1": (_("New password"), NEW_PASSWORD_HINT),
        "password2": (_("New password once more"), ""),
    }


class ForgottenPasswordForm(Worded, account.ResetPasswordForm):
    wording = {"email": (_("E-mail address"), _("The one the commune has for your account."))}


class NewPasswordForm(Worded, account.ResetPasswordKeyForm):
    wording = {
        "password1": (_("New password"), NEW_PASSWORD_HINT),
        "password2": (_("New password once more"), ""),
    }


class CodeForm(Worded, mfa.AuthenticateForm):
    wording = {"code": (_("Code"), CODE_HINT)}


class ConfirmCodeForm(Worded, mfa.ReauthenticateForm):
    wording = {"code": (_("Code"), CODE_HINT)}


class ActivateForm(Worded, totp.ActivateTOTPForm):
    wording = {"code": (_("Code"), _("Six digits; the app shows a new code every 30 seconds."))}

    @property
    def readable_secret(self) -> str:
        """The secret in groups of four, for typing it into the app."""
        return " ".join(self.secret[i : i + 4] for i in range(0, len(self.secret), 4))

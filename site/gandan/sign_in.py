from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedSignUpAdapter(DefaultAccountAdapter):
    """Accounts are made by the commune in the admin, never by visitors."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

"""How allauth is used here: no open sign-up of unknown persons beyond name and address, our mails, our words."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Codes by e-mail and passkeys; never a password."""

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return "/"

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        user.email = form.cleaned_data["email"].strip().lower()
        user.name = form.cleaned_data.get("name", "").strip()
        user.set_unusable_password()
        if commit:
            user.save()
        return user

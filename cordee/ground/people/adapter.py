"""How allauth is used here: no open sign-up of unknown persons beyond name and address, our mails, our words."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Codes by e-mail and passkeys; never a password. What goes wrong is said with what to do."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _("Ce code n’est pas le bon. Recopiez celui du dernier e-mail, ou demandez-en un autre."),
        "too_many_login_attempts": _("Trop d’essais à la suite. Attendez quelques minutes, puis demandez un code."),
        "rate_limited": _("Trop de demandes à la suite. Attendez quelques minutes avant de recommencer."),
        "email_taken": _("Cette adresse a déjà un compte. Entrez avec un code."),
    }

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return "/"

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        user.email = form.cleaned_data["email"].strip().lower()
        user.name = form.cleaned_data.get("name", "").strip()
        user.set_unusable_password()
        if commit:
            user.save()
        return user

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        words = {
            "mfa_reauthenticate:webauthn": _("Utiliser ma clé d’accès"),
            "mfa_reauthenticate": _("Taper un code de secours"),
        }
        known = {way["id"]: way for way in super().get_reauthentication_methods(user)}
        return [{**known[name], "description": word} for name, word in words.items() if name in known]

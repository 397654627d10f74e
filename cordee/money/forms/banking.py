"""The account on which one is paid; a bank statement."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cordee.ground.kit.forms import Form


class AccountForm(Form):
    """An IBAN, its holder, its bank."""

    holder = forms.CharField(label=_("Titulaire du compte"), max_length=70)
    iban = forms.CharField(label=_("IBAN"), max_length=45, help_text=_("Il commence par FR et compte 27 signes."))
    bic = forms.CharField(label=_("BIC"), max_length=14, required=False)


class StatementForm(Form):
    """A statement, as the bank gives it."""

    statement = forms.FileField(
        label=_("Relevé bancaire, camt.053 ou CSV"),
        help_text=_("Seuls les mouvements reconnus sont gardés ; les autres sont oubliés aussitôt."),
    )

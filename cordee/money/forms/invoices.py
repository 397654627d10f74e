"""What a company prints, a draft invoice, a mandate, a file to check."""

from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from stdnum import iban
from stdnum.fr import siren, tva

from cordee.ground.kit.forms import Form
from cordee.ground.kit.money import CentsField
from cordee.groupings.models import Seat
from cordee.money.forms.ledger import DayInput
from cordee.money.models import Invoice, InvoiceLine

LINES = 4
CELLS = ("label", "quantity", "price", "vat", "rate")
RATES = [("2000", "20 %"), ("1000", "10 %"), ("550", "5,5 %"), ("210", "2,1 %"), ("850", "8,5 %")]


class IdentityForm(Form):
    """What figures on the invoices of a company."""

    street = forms.CharField(label=_("Adresse"), max_length=200)
    postcode = forms.CharField(label=_("Code postal"), max_length=10)
    city = forms.CharField(label=_("Ville"), max_length=120)
    legal = forms.CharField(
        label=_("Forme, capital, immatriculation"),
        max_length=200,
        help_text=_("Par exemple : SARL au capital de 20 000 €, RCS Montpellier 123 456 782."),
    )
    vat_number = forms.CharField(
        label=_("Numéro de TVA"), max_length=18, required=False, help_text=_("Vide si vous êtes en franchise.")
    )
    iban = forms.CharField(label=_("IBAN"), max_length=42, required=False)
    penalty = forms.CharField(
        label=_("Pénalités de retard"),
        max_length=80,
        required=False,
        help_text=_("Vide : trois fois le taux d’intérêt légal."),
    )
    on_debits = forms.BooleanField(label=_("J’ai opté pour la TVA d’après les débits"), required=False)
    issues_here = forms.BooleanField(
        label=_("J’émets mes factures ici, dans une série à moi"),
        required=False,
        help_text=_("Sinon, vos brouillons partent vers votre logiciel ou votre plateforme agréée."),
    )

    def clean_vat_number(self) -> str:
        value = str(self.cleaned_data["vat_number"]).replace(" ", "").upper()
        if value and not tva.is_valid(value):
            raise forms.ValidationError(
                _("« %(value)s » n’est pas un numéro de TVA français."), params={"value": value}
            )
        return value if not value or value.startswith("FR") else f"FR{value}"

    def clean_iban(self) -> str:
        value = str(self.cleaned_data["iban"])
        if value and not iban.is_valid(value):
            raise forms.ValidationError(_("Cet IBAN ne tombe pas juste : relisez-le."))
        return iban.compact(value) if value else ""


class InvoiceForm(Form):
    """A draft: who pays, what for, by when."""

    buyer_name = forms.CharField(label=_("Client"), max_length=160)
    buyer_siren = forms.CharField(label=_("SIREN du client"), max_length=14)
    buyer_street = forms.CharField(label=_("Adresse du client"), max_length=160, required=False)
    buyer_postcode = forms.CharField(label=_("Code postal"), max_length=10)
    buyer_city = forms.CharField(label=_("Ville"), max_length=100)
    kind = forms.ChoiceField(label=_("Ce que c’est"), choices=[one for one in Invoice.Kind.choices if one[0] != "381"])
    case = forms.ChoiceField(label=_("À quel titre"), choices=Invoice.Case.choices, initial="6")
    nature = forms.ChoiceField(label=_("Nature"), choices=Invoice.Nature.choices)
    due = forms.DateField(label=_("Échéance"), widget=DayInput())
    delivered = forms.DateField(label=_("Date d’exécution ou de livraison"), widget=DayInput(), required=False)
    contract = forms.CharField(label=_("Numéro du marché"), max_length=60, required=False)
    order = forms.CharField(label=_("Bon de commande"), max_length=60, required=False)
    about = forms.ChoiceField(label=_("Facture d’acompte à déduire"), required=False)
    prepaid_cents = CentsField(label=_("Déjà payé, TVA comprise"), required=False)
    retention_cents = CentsField(label=_("Retenue de garantie"), required=False, help_text=_("5 % au plus."))

    def __init__(self, *args: Any, earlier: list[Invoice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.earlier = {one.public_id: one for one in earlier}
        self.fields["about"].choices = [("", "–"), *((key, str(one)) for key, one in self.earlier.items())]  # type: ignore[attr-defined]
        for number in range(LINES):
            needed = number == 0
            self.fields[f"label_{number}"] = forms.CharField(label=_("Désignation"), max_length=200, required=needed)
            self.fields[f"quantity_{number}"] = forms.DecimalField(
                label=_("Quantité"), initial=1, required=False, max_digits=12, decimal_places=3, localize=True
            )
            self.fields[f"price_{number}"] = CentsField(label=_("Prix hors taxes"), required=needed)
            self.fields[f"vat_{number}"] = forms.ChoiceField(label=_("TVA"), choices=InvoiceLine.Vat.choices)
            self.fields[f"rate_{number}"] = forms.ChoiceField(label=_("Taux"), choices=RATES)
            for name in CELLS:
                look = "form-select" if name in ("vat", "rate") else "form-control"
                self.fields[f"{name}_{number}"].widget.attrs.setdefault("class", look)

    def clean_buyer_siren(self) -> str:
        value: str = self.cleaned_data["buyer_siren"]
        if not siren.is_valid(value):
            raise forms.ValidationError(_("« %(value)s » n’est pas un SIREN : neuf chiffres."), params={"value": value})
        return str(siren.compact(value))

    def head(self) -> list[forms.BoundField]:
        """Everything but the lines."""
        return [self[name] for name in self.fields if name.rpartition("_")[0] not in CELLS]

    def rows(self) -> list[tuple[forms.BoundField, ...]]:
        """The fields of each line."""
        return [tuple(self[f"{name}_{number}"] for name in CELLS) for number in range(LINES)]

    def draft(self) -> dict[str, Any]:
        """What the act takes, lines apart."""
        data = self.cleaned_data
        names = ("kind", "case", "nature", "due", "delivered", "contract", "order")
        buyer = {name: data[f"buyer_{name}"] for name in ("name", "siren", "street", "postcode", "city")}
        amounts = {name: data[name] or 0 for name in ("prepaid_cents", "retention_cents")}
        return {
            **{name: data[name] for name in names},
            **amounts,
            "buyer": buyer,
            "about": self.earlier.get(data["about"]),
        }

    def lines(self) -> list[dict[str, Any]]:
        """The lines that were filled."""
        data, told = self.cleaned_data, []
        for number in range(LINES):
            if not data.get(f"label_{number}"):
                continue
            quantity = data.get(f"quantity_{number}")
            told.append(
                {
                    "label": data[f"label_{number}"],
                    "quantity": int(Fraction(quantity if quantity is not None else 1) * 1000),
                    "price": (data[f"price_{number}"] or 0) * 100,
                    "vat": data[f"vat_{number}"],
                    "rate": int(data[f"rate_{number}"]),
                }
            )
        return told


class MandateForm(Form):
    """To whom one gives a mandate."""

    holder = forms.ChoiceField(label=_("À qui ?"))

    def __init__(self, *args: Any, seats: tuple[Seat, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = {seat.public_id: seat for seat in seats}
        self.fields["holder"].choices = [(key, str(seat)) for key, seat in self.seats.items()]  # type: ignore[attr-defined]


class CheckForm(Form):
    """A file to check."""

    file = forms.FileField(label=_("Facture ou avoir, PDF ou XML"))

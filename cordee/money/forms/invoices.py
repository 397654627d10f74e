"""What a company prints, a draft invoice, a mandate, a file to check."""

from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from stdnum import iban
from stdnum.fr import siren, tva

from cordee.ground.kit.forms import Form
from cordee.ground.kit.money import CentsField, euros
from cordee.groupings.models import Seat
from cordee.money.forms.keys import CountField
from cordee.money.forms.ledger import DayInput
from cordee.money.models import Invoice, InvoiceLine, VatRate
from cordee.money.reads import PostStanding

LINES = 4
CELLS = ("label", "quantity", "price", "vat", "rate")


class IdentityForm(Form):
    """What figures on the invoices of a company."""

    street = forms.CharField(label=_("Adresse"), max_length=200)
    postcode = forms.CharField(label=_("Code postal"), max_length=10)
    city = forms.CharField(label=_("Ville"), max_length=120)
    legal = forms.CharField(
        label=_("Forme, capital, immatriculation"),
        max_length=200,
        help_text=_("Par exemple : SARL au capital de 20 000 €, RCS Montpellier 123 456 782."),
    )
    vat_number = forms.CharField(
        label=_("Numéro de TVA"), max_length=18, required=False, help_text=_("Vide si vous êtes en franchise.")
    )
    iban = forms.CharField(label=_("IBAN"), max_length=42, required=False)
    penalty = forms.CharField(
        label=_("Pénalités de retard"),
        max_length=80,
        required=False,
        help_text=_("Vide : trois fois le taux d’intérêt légal."),
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
                _("« %(value)s » n’est pas un numéro de TVA français."), params={"value": value}
            )
        return value if not value or value.startswith("FR") else f"FR{value}"

    def clean_iban(self) -> str:
        value = str(self.cleaned_data["iban"])
        if value and not iban.is_valid(value):
            raise forms.ValidationError(_("Cet IBAN ne tombe pas juste : relisez-le."))
        return iban.compact(value) if value else ""


class LinesForm(Form):
    """The lines of an invoice, each with its VAT: a few rows, the first of which is needed."""

    def __init__(self, *args: Any, rates: list[tuple[str, str]], rows: int = LINES, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.count = rows
        for number in range(rows):
            needed = number == 0
            self.fields[f"label_{number}"] = forms.CharField(label=_("Désignation"), max_length=200, required=needed)
            self.fields[f"quantity_{number}"] = forms.DecimalField(
                label=_("Quantité"), initial=1, required=False, max_digits=12, decimal_places=3, localize=True
            )
            self.fields[f"price_{number}"] = CentsField(label=_("Prix hors taxes"), required=needed)
            self.fields[f"vat_{number}"] = forms.ChoiceField(label=_("TVA"), choices=InvoiceLine.Vat.choices)
            self.fields[f"rate_{number}"] = forms.ChoiceField(label=_("Taux"), choices=rates)
            for name in CELLS:
                look = "form-select" if name in ("vat", "rate") else "form-control"
                self.fields[f"{name}_{number}"].widget.attrs.setdefault("class", look)

    def rows(self) -> list[tuple[forms.BoundField, ...]]:
        """The fields of each line."""
        return [tuple(self[f"{name}_{number}"] for name in CELLS) for number in range(self.count)]

    def lines(self) -> list[dict[str, Any]]:
        """The lines that were filled."""
        data, told = self.cleaned_data, []
        for number in range(self.count):
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


class BuyerForm(Form):
    """Who pays, as printed."""

    buyer_name = forms.CharField(label=_("Client"), max_length=160)
    buyer_siren = forms.CharField(
        label=_("SIREN du client"), max_length=14, required=False, help_text=_("Vide pour un particulier.")
    )
    buyer_endpoint = forms.EmailField(
        label=_("E-mail du client"), required=False, help_text=_("Pour un particulier seulement.")
    )
    buyer_street = forms.CharField(label=_("Adresse du client"), max_length=160, required=False)
    buyer_postcode = forms.CharField(label=_("Code postal"), max_length=10)
    buyer_city = forms.CharField(label=_("Ville"), max_length=100)

    def clean_buyer_siren(self) -> str:
        value: str = self.cleaned_data["buyer_siren"]
        if not value:
            return ""
        if not siren.is_valid(value):
            raise forms.ValidationError(_("« %(value)s » n’est pas un SIREN : neuf chiffres."), params={"value": value})
        return str(siren.compact(value))

    def buyer(self) -> dict[str, str]:
        """The client, as the act takes it."""
        names = ("name", "siren", "street", "postcode", "city")
        told = {name: self.cleaned_data[f"buyer_{name}"] for name in names}
        private = not told["siren"] and self.cleaned_data["buyer_endpoint"]
        return {**told, "endpoint": self.cleaned_data["buyer_endpoint"]} if private else told


def _told(down: Invoice) -> str:
    """A down payment as one chooses it: its number, its client, its amount."""
    words = {"number": down.number, "buyer": down.buyer_name, "amount": euros(down.gross_cents)}
    return gettext("%(number)s, %(buyer)s : %(amount)s") % words


class InvoiceForm(BuyerForm, LinesForm):
    """A draft: who pays, what for, by when; then what only some invoices need."""

    kind = forms.ChoiceField(label=_("Ce que c’est"))
    case = forms.ChoiceField(
        label=_("À quel titre"),
        choices=Invoice.Case.choices,
        initial="6",
        help_text=_("Un sous-traitant du bâtiment facture sans TVA : choisissez l’autoliquidation."),
    )
    nature = forms.ChoiceField(label=_("Nature"), choices=Invoice.Nature.choices)
    due = forms.DateField(label=_("Échéance"), widget=DayInput())
    contract = forms.CharField(label=_("Numéro du marché"), max_length=60, required=False)
    order = forms.CharField(label=_("Bon de commande"), max_length=60, required=False)
    delivered = forms.DateField(label=_("Date d’exécution ou de livraison"), widget=DayInput(), required=False)
    deducts = forms.MultipleChoiceField(
        label=_("Factures d’acompte à déduire"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Leurs montants sont déduits, leur TVA aussi. La facture devient « finale, après acompte »."),
    )
    prepaid_cents = CentsField(
        label=_("Déjà payé, TVA comprise"), required=False, help_text=_("En tout, acomptes cochés compris.")
    )
    retention_cents = CentsField(label=_("Retenue de garantie"), required=False, help_text=_("5 % au plus."))
    retention_until = forms.DateField(label=_("Retenue rendue au plus tard le"), widget=DayInput(), required=False)
    direct_payer = forms.CharField(label=_("Qui paie directement le sous-traitant"), max_length=160, required=False)
    deliver_street = forms.CharField(label=_("Lieu de livraison, s’il est ailleurs"), max_length=160, required=False)
    deliver_postcode = forms.CharField(label=_("Code postal du lieu"), max_length=10, required=False)
    deliver_city = forms.CharField(label=_("Ville du lieu"), max_length=100, required=False)
    profile = forms.TypedChoiceField(
        label=_("Profil de la facture électronique"),
        choices=Invoice.Profile.choices,
        required=False,
        empty_value=Invoice.Profile.EN16931,
    )

    FIRST = ("kind", "case", "nature", "due", "contract")

    def __init__(self, *args: Any, earlier: list[Invoice], mandated: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.earlier = {one.public_id: one for one in earlier}
        if earlier:
            self.fields["deducts"].choices = [(key, _told(one)) for key, one in self.earlier.items()]  # type: ignore[attr-defined]
        else:
            del self.fields["deducts"]
        credits = {Invoice.Kind.CREDIT, Invoice.Kind.SELF_BILLED_CREDIT}
        hidden = credits if mandated else {*credits, Invoice.Kind.SELF_BILLED}
        self.fields["kind"].choices = [one for one in Invoice.Kind.choices if one[0] not in hidden]  # type: ignore[attr-defined]

    def first(self) -> list[forms.BoundField]:
        """What every invoice says."""
        return [self[name] for name in self.fields if name.startswith("buyer_") or name in self.FIRST]

    def more(self) -> list[forms.BoundField]:
        """What only some say."""
        rows = {field.name for row in self.rows() for field in row}
        said = {field.name for field in self.first()} | rows
        return [self[name] for name in self.fields if name not in said]

    @property
    def asks_more(self) -> bool:
        """Whether something is wrong or filled where one would not look."""
        plain = ("", None, Invoice.Profile.EN16931)
        return self.is_bound and any(field.errors or field.value() not in plain for field in self.more())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        given = [data.get(f"deliver_{name}") for name in ("street", "postcode", "city")]
        if any(given) and not (given[1] and given[2]):
            self.add_error("deliver_postcode", _("Le lieu de livraison a un code postal et une ville."))
        return data

    def draft(self) -> dict[str, Any]:
        """What the act takes, lines apart."""
        data = self.cleaned_data
        names = ("kind", "case", "nature", "due", "delivered", "contract", "order", "direct_payer", "profile")
        deliver = {name: data[f"deliver_{name}"] for name in ("street", "postcode", "city")}
        return {
            **{name: data[name] for name in names},
            "buyer": self.buyer(),
            "deducts": [self.earlier[key] for key in data.get("deducts", ())],
            "prepaid_cents": data["prepaid_cents"] or 0,
            "retention_cents": data["retention_cents"] or 0,
            "retention_until": data["retention_until"],
            "deliver_to": {"name": data["buyer_name"], **deliver} if deliver["city"] else {},
        }


class WorksForm(BuyerForm):
    """A contract followed in progress claims: its client, its posts, what is held back."""

    POSTS = 6

    title = forms.CharField(label=_("Nom du marché"), max_length=120)
    contract = forms.CharField(label=_("Numéro du marché"), max_length=60, required=False)
    case = forms.ChoiceField(
        label=_("À quel titre"),
        choices=[one for one in Invoice.Case.choices if one[0] != Invoice.Case.AFTER_DOWN_PAYMENT],
        initial="6",
    )
    retention = CountField(label=_("Retenue de garantie, en %"), required=False, help_text=_("5 % au plus."))
    retention_until = forms.DateField(label=_("Retenue rendue au plus tard le"), widget=DayInput(), required=False)
    profile = forms.TypedChoiceField(
        label=_("Profil de la facture électronique"),
        choices=Invoice.Profile.choices,
        required=False,
        empty_value=Invoice.Profile.EN16931,
    )

    def __init__(self, *args: Any, rates: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(self.POSTS):
            needed = number == 0
            made: dict[str, forms.Field] = {
                "label": forms.CharField(label=_("Poste"), max_length=160, required=needed),
                "cents": CentsField(label=_("Prix hors taxes"), required=needed, min_cents=1),
                "vat": forms.ChoiceField(label=_("TVA"), choices=InvoiceLine.Vat.choices),
                "rate": forms.ChoiceField(label=_("Taux"), choices=rates),
            }
            for name, field in made.items():
                field.widget.attrs["class"] = "form-select" if name in ("vat", "rate") else "form-control"
                self.fields[f"post_{name}_{number}"] = field

    def head(self) -> list[forms.BoundField]:
        """Everything but the posts."""
        return [self[name] for name in self.fields if not name.startswith("post_")]

    def rows(self) -> list[tuple[forms.BoundField, ...]]:
        """The fields of each post."""
        cells = ("label", "cents", "vat", "rate")
        return [tuple(self[f"post_{name}_{n}"] for name in cells) for n in range(self.POSTS)]

    def clean_retention(self) -> int:
        value = self.cleaned_data["retention"] or 0
        if value > 500:
            raise forms.ValidationError(_("La retenue de garantie est de 5 % au plus."))
        return int(value)

    def facts(self) -> dict[str, Any]:
        """What the act takes, posts apart."""
        names = ("title", "contract", "case", "retention", "retention_until", "profile")
        return {**{name: self.cleaned_data[name] for name in names}, "buyer": self.buyer()}

    def posts(self) -> list[dict[str, Any]]:
        """The posts that were filled."""
        data = self.cleaned_data
        return [
            {
                "label": data[f"post_label_{n}"],
                "cents": data[f"post_cents_{n}"] or 0,
                "vat": data[f"post_vat_{n}"],
                "rate": int(data[f"post_rate_{n}"]),
            }
            for n in range(self.POSTS)
            if data.get(f"post_label_{n}")
        ]


class ClaimForm(Form):
    """How far each post is, since the beginning."""

    due = forms.DateField(label=_("Échéance"), widget=DayInput())

    def __init__(self, *args: Any, posts: tuple[PostStanding, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.posts = posts
        for one in posts:
            self.fields[f"done_{one.post.pk}"] = CountField(
                label=_("%(post)s, fait en %%") % {"post": one.post.label}, initial=one.done
            )
            self.fields[f"done_{one.post.pk}"].widget.attrs["class"] = "form-control"

    def rows(self) -> list[tuple[PostStanding, forms.BoundField]]:
        """Each post with its box."""
        return [(one, self[f"done_{one.post.pk}"]) for one in self.posts]

    def done(self) -> dict[int, int]:
        """What the act takes."""
        return {one.post.pk: self.cleaned_data[f"done_{one.post.pk}"] for one in self.posts}


class PaidForm(Form):
    """When, and how much came for an invoice."""

    on = forms.DateField(label=_("Reçu le"), widget=DayInput())
    cents = CentsField(
        label=_("Somme reçue"), min_cents=1, help_text=_("Moins que le reste à payer ? Ce sera un paiement partiel.")
    )


class LegalRateForm(Form):
    """The rate of late-payment penalties from a day on."""

    since = forms.DateField(label=_("À partir du"), widget=DayInput())
    hundredths = CountField(label=_("Taux des pénalités, en % par an"), help_text=_("Trois fois le taux légal."))
    source = forms.CharField(label=_("Source"), max_length=200)


class VatRateForm(Form):
    """A rate of VAT."""

    hundredths = CountField(label=_("Taux, en %"))
    where = forms.ChoiceField(label=_("Où"), choices=VatRate.Where.choices)
    label = forms.CharField(label=_("Pour quoi"), max_length=160)
    since = forms.DateField(label=_("À partir du"), widget=DayInput())
    until = forms.DateField(label=_("Jusqu’au"), widget=DayInput(), required=False)
    source = forms.CharField(label=_("Source"), max_length=200)


class MandateForm(Form):
    """To whom one gives a mandate."""

    holder = forms.ChoiceField(label=_("À qui ?"))

    def __init__(self, *args: Any, seats: tuple[Seat, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = {seat.public_id: seat for seat in seats}
        self.fields["holder"].choices = [(key, str(seat)) for key, seat in self.seats.items()]  # type: ignore[attr-defined]


class CheckForm(Form):
    """A file to check."""

    file = forms.FileField(label=_("Facture ou avoir, PDF ou XML"))

"""What one fills in about a joint bid."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cordee.ground.kit.forms import Form, VersionedForm
from cordee.ground.kit.money import CentsField, read_cents
from cordee.groupings.models import Seat
from cordee.offers.models import Bid, BidPart, BidRequirement

VAT = ((2000, "20 %"), (1000, "10 %"), (550, "5,5 %"), (0, _("sans TVA")))


def _date() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class OpenOfferForm(Form):
    """An offer to a private client."""

    title = forms.CharField(label=_("Ce que vous proposez"), max_length=200)
    client = forms.CharField(label=_("Client"), max_length=200, required=False)


class TermsForm(VersionedForm):
    """The terms of a bid."""

    title = forms.CharField(label=_("Titre"), max_length=200)
    client = forms.CharField(label=_("Client ou acheteur"), max_length=200, required=False)
    client_address = forms.CharField(label=_("Adresse du client"), max_length=300, required=False)
    reference = forms.CharField(label=_("Référence de la consultation"), max_length=80, required=False)
    deadline = forms.DateTimeField(
        label=_("Date limite de remise"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M"],
    )
    nature = forms.ChoiceField(label=_("Nature"), choices=Bid.Nature.choices)
    liability = forms.ChoiceField(label=_("Forme du groupement"), choices=Bid.Liability.choices)
    lead_liable = forms.BooleanField(label=_("Le mandataire répond pour tous (mandataire solidaire)"), required=False)
    single_account = forms.BooleanField(label=_("Un seul compte reçoit les paiements"), required=False)
    negotiated = forms.BooleanField(label=_("Procédure avec négociation"), required=False)
    brand = forms.CharField(label=_("Nom commun sur l’offre"), max_length=120, required=False)
    starts_on = forms.DateField(label=_("Début des travaux"), required=False, widget=_date())
    valid_days = forms.IntegerField(label=_("Offre valable (jours)"), min_value=1, max_value=365)
    conditions = forms.CharField(label=_("Conditions"), widget=forms.Textarea(attrs={"rows": 4}), required=False)
    mission = forms.CharField(
        label=_("Mission du mandataire"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    building = forms.BooleanField(label=_("Ce sont des travaux de bâtiment"), required=False)
    new_house = forms.BooleanField(label=_("C’est une maison neuve"), required=False)
    plan_by_group = forms.BooleanField(label=_("Le plan vient du groupement"), required=False)
    cooperative = forms.BooleanField(
        label=_("Une coopérative avec garantie de livraison signe le contrat"), required=False
    )
    direction = forms.BooleanField(label=_("Le mandataire conçoit ou dirige le chantier"), required=False)

    PRIVATE = ("client_address", "starts_on", "valid_days", "conditions", "mission", "building", "new_house", "plan_by_group", "cooperative", "direction")  # fmt: skip  # noqa: E501
    PUBLIC = ("reference", "negotiated", "deadline")

    def __init__(self, *args: Any, bid: Bid, **kwargs: Any) -> None:
        names = [name for name in self.base_fields if name != "version"]
        kwargs.setdefault("initial", {"version": bid.version, **{name: getattr(bid, name) for name in names}})
        super().__init__(*args, **kwargs)
        for name in self.PRIVATE if bid.kind == Bid.Kind.TENDER else self.PUBLIC:
            del self.fields[name]

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class RolesForm(Form):
    """Who leads, assembles, speaks to the client."""

    lead = forms.ChoiceField(label=_("Mandataire"), required=False)
    assembler = forms.EmailField(
        label=_("Qui assemble les prix (adresse)"),
        required=False,
        help_text=_(
            "Une personne neutre, ou un membre. Elle seule voit les prix de tous, et chaque lecture est notée."
        ),
    )
    contact = forms.ChoiceField(label=_("Interlocuteur du client"), required=False)
    deputy = forms.ChoiceField(label=_("Son suppléant"), required=False)

    def __init__(self, *args: Any, bid: Bid, seats: Sequence[Seat], **kwargs: Any) -> None:
        kwargs.setdefault(
            "initial",
            {
                "lead": bid.lead.public_id if bid.lead else "",
                "contact": bid.contact.public_id if bid.contact else "",
                "deputy": bid.deputy.public_id if bid.deputy else "",
                "assembler": bid.assembler.email if bid.assembler else "",
            },
        )
        super().__init__(*args, **kwargs)
        self.seats = {seat.public_id: seat for seat in seats}
        choices = [("", _("à choisir")), *((seat.public_id, str(seat.company)) for seat in seats)]
        for name in ("lead", "contact", "deputy"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {name: self.seats.get(data[name]) for name in ("lead", "contact", "deputy")} | {
            "assembler": data["assembler"]
        }


class PartForm(Form):
    """What one's company does."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    lot = forms.ChoiceField(label=_("Lot"), required=False)
    title = forms.CharField(label=_("Ce que fait votre entreprise"), max_length=200, required=False)
    tasks = forms.CharField(label=_("Prestations, en détail"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    days = forms.IntegerField(label=_("Durée (jours ouvrés)"), min_value=0, max_value=2000, required=False)
    after = forms.MultipleChoiceField(
        label=_("Après quelles parts ?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    vat = forms.TypedChoiceField(label=_("TVA"), choices=VAT, coerce=int, initial=2000)
    optional = forms.BooleanField(label=_("C’est une option"), required=False)
    bundle = forms.CharField(label=_("Dans le lot commercial"), max_length=80, required=False)

    def __init__(
        self, *args: Any, bid: Bid, part: BidPart | None = None, lots: Sequence[Any] = (), **kwargs: Any
    ) -> None:
        if part is not None:
            names = ("title", "tasks", "days", "after", "vat", "optional", "bundle", "version")
            kwargs.setdefault("initial", {name: getattr(part, name) for name in names})
        super().__init__(*args, **kwargs)
        self.lots = {str(lot.rank): lot for lot in lots}
        if part is not None or not lots:
            del self.fields["lot"]
        else:
            self.fields["lot"].choices = [(rank, str(lot)) for rank, lot in self.lots.items()]  # type: ignore[attr-defined]
        others = [each for each in bid.parts.all() if part is None or each.pk != part.pk]
        self.fields["after"].choices = [(each.public_id, each.title) for each in others]  # type: ignore[attr-defined]
        if not others:
            del self.fields["after"]
        if bid.kind == Bid.Kind.TENDER:
            for name in ("optional", "bundle"):
                del self.fields[name]

    def values(self) -> dict[str, Any]:
        kept = ("title", "tasks", "days", "after", "vat", "optional", "bundle")
        found = {name: value for name, value in self.cleaned_data.items() if name in kept}
        if not found.get("title"):
            found.pop("title", None)
        return found


class PriceForm(Form):
    """The priced lines of a part: what, unit, quantity, unit price; empty lines are left out."""

    LINES = 8

    def __init__(self, *args: Any, lines: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.count = min(max(self.LINES, len(lines) + 3), 200)
        for number in range(self.count):
            line = lines[number] if number < len(lines) else None
            self.fields[f"label_{number}"] = forms.CharField(
                label=_("Désignation"), max_length=200, required=False, initial=line.label if line else ""
            )
            self.fields[f"unit_{number}"] = forms.CharField(
                label=_("Unité"), max_length=20, required=False, initial=line.unit if line else ""
            )
            self.fields[f"quantity_{number}"] = CentsField(
                label=_("Quantité"), required=False, initial=line.quantity if line else None
            )
            self.fields[f"price_{number}"] = CentsField(
                label=_("Prix unitaire HT"), required=False, initial=line.unit_cents if line else None
            )
        for field in self.fields.values():
            field.widget.attrs.setdefault("class", "form-control")

    def rows(self) -> list[tuple[Any, Any, Any, Any]]:
        names = ("label", "unit", "quantity", "price")
        return [tuple(self[f"{name}_{number}"] for name in names) for number in range(self.count)]  # type: ignore[misc]

    def lines(self) -> list[tuple[str, str, int, int]]:
        data, found = self.cleaned_data, []
        for number in range(self.count):
            label, price = data.get(f"label_{number}") or "", data.get(f"price_{number}")
            if label.strip() or price is not None:
                quantity = data.get(f"quantity_{number}")
                found.append(
                    (label, data.get(f"unit_{number}") or "", 100 if quantity is None else quantity, price or 0)
                )
        return found


SAID = (("unknown", _("à dire")), ("yes", _("oui")), ("no", _("non")))


class NoteForm(VersionedForm):
    """The twelve points."""

    market = forms.CharField(label=_("1. Le marché et son territoire"), max_length=300, required=False)
    competitors = forms.ChoiceField(
        label=_("2. Des membres sont-ils concurrents pour ce marché ?"),
        choices=(
            ("unknown", _("à dire")),
            ("none", _("non, métiers différents")),
            ("some", _("oui, ceux cochés plus bas")),
        ),
    )
    smaller = forms.ChoiceField(label=_("4. Un groupe plus petit suffirait-il ?"), choices=SAID)
    smaller_why = forms.CharField(label=_("Pourquoi"), max_length=500, required=False)
    share = forms.DecimalField(label=_("5. Part de marché ensemble (%)"), min_value=0, max_value=100, required=False)
    bidders = forms.DecimalField(
        label=_("Part des candidats connus que vous réunissez (%)"), min_value=0, max_value=100, required=False
    )
    rivals_left = forms.IntegerField(label=_("Concurrents crédibles qui restent"), min_value=0, required=False)
    gains = forms.CharField(
        label=_("6. Ce que le client y gagne"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    information = forms.CharField(
        label=_("7. Informations échangées, au plus juste"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    free = forms.ChoiceField(label=_("8. Chacun reste-t-il libre de répondre seul ailleurs ?"), choices=SAID)
    limited = forms.ChoiceField(label=_("9. L’exclusivité se limite-t-elle à cette offre ?"), choices=SAID)
    lawyer = forms.CharField(label=_("11. Avis du juriste (nom, date, conclusion)"), max_length=500, required=False)

    def __init__(self, *args: Any, answers: dict[str, Any], seats: Sequence[Seat], **kwargs: Any) -> None:
        first = dict(answers)
        pairs = answers.get("competitors")
        first["competitors"] = "unknown" if pairs is None else "some" if pairs else "none"
        for name in ("share", "bidders"):
            first[name] = None if answers.get(name) is None else Decimal(answers[name]) / 100
        for seat in seats:
            said = answers.get("members", {}).get(seat.public_id, {})
            first[f"alone_{seat.public_id}"] = said.get("alone", "unknown")
            first[f"why_{seat.public_id}"] = said.get("why", "")
            first[f"rival_{seat.public_id}"] = any(seat.public_id in pair for pair in pairs or ())
        kwargs.setdefault("initial", {"version": kwargs.pop("version", 1), **first})
        super().__init__(*args, **kwargs)
        self.seats = list(seats)
        for seat in seats:
            names = {"company": str(seat.company)}
            self.fields[f"alone_{seat.public_id}"] = forms.ChoiceField(
                label=_("3. %(company)s pourrait-elle répondre seule ?") % names, choices=SAID
            )
            self.fields[f"why_{seat.public_id}"] = forms.CharField(
                label=_("Pourquoi (taille, moyens, garanties)"), max_length=300, required=False
            )
            self.fields[f"rival_{seat.public_id}"] = forms.BooleanField(
                label=_("%(company)s est concurrente d’un autre membre coché") % names, required=False
            )
        for field in self.fields.values():
            field.widget.attrs.setdefault(
                "class",
                "form-check-input" if isinstance(field.widget, forms.CheckboxInput) else
                "form-select" if isinstance(field.widget, forms.Select) else "form-control",
            )  # fmt: skip

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        ids = [seat.public_id for seat in self.seats]
        rivals = [each for each in ids if data.get(f"rival_{each}")]
        pairs = None if data["competitors"] == "unknown" else []
        if data["competitors"] == "some":
            pairs = [[one, other] for place, one in enumerate(rivals) for other in rivals[place + 1 :]]
        plain = ("market", "smaller", "smaller_why", "gains", "information", "free", "limited", "lawyer", "rivals_left")
        return {
            **{name: data[name] for name in plain},
            "competitors": pairs,
            "share": None if data["share"] is None else int(data["share"] * 100),
            "bidders": None if data["bidders"] is None else int(data["bidders"] * 100),
            "members": {
                each: {"alone": data.get(f"alone_{each}", "unknown"), "why": data.get(f"why_{each}", "")}
                for each in ids
            },
        }


class RequirementForm(Form):
    """One thing the buyer asks."""

    kind = forms.ChoiceField(label=_("L’acheteur demande"), choices=BidRequirement.Kind.choices)
    minimum = forms.CharField(label=_("Au moins (montant ou nombre)"), required=False, max_length=20)
    label = forms.CharField(label=_("Nom du certificat"), required=False, max_length=160)
    each = forms.BooleanField(label=_("À chaque membre, pas à l’équipe"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        text, kind = data.get("minimum", ""), data.get("kind")
        data["minimum"] = 1
        if text.strip():
            try:
                cents = read_cents(text)
            except ValueError:
                self.add_error("minimum", _("Écrivez un nombre, par exemple 150 000."))
                return data
            data["minimum"] = cents if kind in ("turnover", "insurance") else cents // 100
            if data["minimum"] < 1:
                self.add_error("minimum", _("Écrivez un nombre plus grand que zéro."))
        return data


class CatalogueForm(Form):
    """One item of the catalogue."""

    title = forms.CharField(label=_("Ce que fait votre entreprise"), max_length=200)
    tasks = forms.CharField(label=_("En détail"), widget=forms.Textarea(attrs={"rows": 2}), required=False)
    days = forms.IntegerField(label=_("Durée (jours ouvrés)"), min_value=0, max_value=2000, required=False)
    vat = forms.TypedChoiceField(label=_("TVA"), choices=VAT, coerce=int, initial=2000)
    optional = forms.BooleanField(label=_("C’est une option"), required=False)
    bundle = forms.CharField(label=_("Dans le lot commercial"), max_length=80, required=False)


class VariantForm(Form):
    """Which parts are in a variant."""

    title = forms.CharField(label=_("Nom de la variante"), max_length=120)
    parts = forms.MultipleChoiceField(label=_("Parts comprises"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, parts: Sequence[BidPart], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"parts": [part.public_id for part in parts if not part.optional]})
        super().__init__(*args, **kwargs)
        self.fields["parts"].choices = [(part.public_id, f"{part.title} – {part.seat.company}") for part in parts]  # type: ignore[attr-defined]


class SendForm(Form):
    """To whom the offer is sent."""

    name = forms.CharField(label=_("Nom du client"), max_length=120)
    email = forms.EmailField(label=_("Son adresse e-mail"))
    knowing = forms.BooleanField(label=_("Envoyer quand même"), required=False)

    def __init__(self, *args: Any, warned: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not warned:
            del self.fields["knowing"]


class VolumeForm(Form):
    """A common purchase with its tiers: « 1 : 12,50 » a line."""

    title = forms.CharField(label=_("Ce que vous achetez ensemble"), max_length=160)
    unit = forms.CharField(label=_("Unité"), max_length=30)
    tiers = forms.CharField(
        label=_("Paliers du fournisseur"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Une ligne par palier : quantité, deux-points, prix unitaire. Exemple : 100 : 8,50"),
    )
    per_day = forms.IntegerField(label=_("Livré par jour ouvré"), min_value=1, required=False)
    lead_days = forms.IntegerField(
        label=_("Délai avant la première livraison (jours ouvrés)"), min_value=0, max_value=400, required=False
    )
    most = forms.IntegerField(label=_("Le fournisseur livre au plus"), min_value=1, required=False)
    closes_on = forms.DateField(label=_("Clôture"), required=False, widget=_date())

    def clean_lead_days(self) -> int:
        return self.cleaned_data["lead_days"] or 0

    def clean_tiers(self) -> list[tuple[int, int]]:
        found = []
        for number, line in enumerate(filter(str.strip, self.cleaned_data["tiers"].splitlines()), 1):
            quantity, _colon, price = line.partition(":")
            try:
                found.append((int("".join(quantity.split())), read_cents(price)))
            except ValueError:
                raise forms.ValidationError(
                    _("Ligne %(number)s : écrivez par exemple 100 : 8,50") % {"number": number}
                ) from None
        return found

"""What one fills in: an exchange to open, a leader to invite, an answer, the purpose, a role."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cordee.directory.models import Company, Representative
from cordee.ground.kit.forms import Form, VersionedForm
from cordee.ground.people.models import Person
from cordee.groupings.acts import Invitee
from cordee.groupings.models import Motive, Office
from cordee.groupings.reads import Member

OTHER = "other"


def _text(label: str | Promise, most: int, *, required: bool = True, help: str | Promise = "", **attrs: str) -> Any:
    return forms.CharField(
        label=label, max_length=most, required=required, help_text=help, widget=forms.TextInput(attrs=attrs)
    )


def _long(label: str | Promise, *, required: bool = True, help: str | Promise = "", rows: int = 3) -> Any:
    return forms.CharField(
        label=label,
        max_length=4000,
        required=required,
        help_text=help,
        widget=forms.Textarea(attrs={"rows": str(rows)}),
    )


class AddressForm(Form):
    """The address that was missing, or another one; left empty, the invitation leaves again to the same."""

    email = forms.EmailField(label=_("Adresse e-mail"), required=False)
    name = _text(_("Prénom et nom"), 120, required=False)


class ExchangeForm(Form):
    """What to talk about, and with whom: three lines, or as many as asked for."""

    template_name = "groupings/_exchange_form.html"

    name = _text(_("De quoi voulez-vous parler ?"), 120, help=_("Par exemple : un stand commun au salon de Béziers."))
    purpose = _long(_("Ce que vous avez en tête"), required=False, help=_("Deux phrases que les invités liront."))
    motives = forms.MultipleChoiceField(
        label=_("Ce qui vous y pousse"),
        choices=Motive.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, companies: Iterable[Company], lines: int = 3, **kwargs: Any) -> None:
        self.companies = {company.public_id: company for company in companies}
        self.lines = range(1, lines + 1)
        own: dict[str, forms.Field] = {}
        if len(self.companies) > 1:
            choices = [(key, str(company)) for key, company in self.companies.items()]
            own["company"] = forms.ChoiceField(label=_("Pour quelle entreprise ?"), choices=choices)
        elif not self.companies:
            own["company_text"] = _text(
                _("Votre entreprise"), 200, help=_("Son nom suffit ; ou son SIREN."), autocomplete="organization"
            )
        for number in self.lines:
            own[f"name_{number}"] = _text(_("Prénom et nom"), 120, required=False, autocomplete="off")
            own[f"email_{number}"] = forms.EmailField(
                label=_("Adresse e-mail"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "off"})
            )
            own[f"company_{number}"] = _text(_("Entreprise"), 200, required=False, autocomplete="off")
        self.base_fields = {**self.base_fields, **own}
        super().__init__(*args, **kwargs)

    @property
    def subject(self) -> list[BoundField]:
        """The fields above the lines."""
        return [self[name] for name in ("name", "purpose", "motives", "company", "company_text") if name in self.fields]

    @property
    def people(self) -> list[tuple[int, list[BoundField]]]:
        """The lines: a name, an address, a company."""
        return [(n, [self[f"{part}_{n}"] for part in ("name", "email", "company")]) for n in self.lines]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for number in self.lines:
            if data.get(f"name_{number}") and not data.get(f"email_{number}") and f"email_{number}" not in self.errors:
                self.add_error(f"email_{number}", _("Il manque l’adresse e-mail de cette personne."))
        if not self.errors and not self.invitees():
            self.add_error("email_1", _("Invitez au moins une personne."))
        return data

    def invitees(self) -> list[Invitee]:
        """Those who were written down; empty lines count for nothing."""
        data = self.cleaned_data
        found = [
            Invitee(
                email=data.get(f"email_{n}") or "",
                name=data.get(f"name_{n}") or "",
                company_name=data.get(f"company_{n}") or "",
            )
            for n in self.lines
        ]
        return [each for each in found if each.email or each.company_name]

    def host(self) -> Company | None:
        """The company one speaks for, where it is already known."""
        if not self.companies:
            return None
        return self.companies.get(self.cleaned_data.get("company", "")) or next(iter(self.companies.values()))


class InviteForm(Form):
    """One more leader."""

    email = forms.EmailField(label=_("Adresse e-mail"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    name = _text(_("Prénom et nom"), 120, required=False, autocomplete="off")
    company_name = _text(_("Entreprise"), 200, required=False, autocomplete="off")


class AcceptForm(Form):
    """For which company one comes in, and by what right."""

    def __init__(self, *args: Any, companies: list[Company], known: Company | None, text: str, **kwargs: Any) -> None:
        self.companies = {company.public_id: company for company in companies}
        own: dict[str, forms.Field] = {}
        if self.companies:
            choices = [(key, str(company)) for key, company in self.companies.items()]
            own["company"] = forms.ChoiceField(
                label=_("Pour quelle entreprise ?"),
                choices=[*choices, (OTHER, _("Une autre entreprise"))],
                widget=forms.RadioSelect,
                initial=choices[0][0],
            )
        if known is None:
            own["company_text"] = _text(
                _("Une autre entreprise") if self.companies else _("Votre entreprise"),
                200,
                required=not self.companies,
                help=_("Son nom suffit ; ou son SIREN."),
                autocomplete="organization",
            )
            own["company_text"].initial = text
        own["capacity"] = forms.ChoiceField(
            label=_("Vous répondez comme"),
            choices=[
                (Representative.Capacity.LEGAL, _("dirigeant de l’entreprise")),
                (Representative.Capacity.DELEGATE, _("délégataire, avec un écrit de la direction")),
            ],
        )
        self.base_fields = {**self.base_fields, **own}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("company") == OTHER and not data.get("company_text"):
            self.add_error("company_text", _("Écrivez le nom de l’entreprise."))
        return data

    def chosen(self) -> Company | None:
        """The company that was picked among one's own, if any."""
        return self.companies.get(self.cleaned_data.get("company", ""))


class PurposeForm(VersionedForm):
    """What the grouping is for."""

    name = _text(_("Nom"), 120)
    purpose = _long(_("Le but"), required=False, help=_("Que faites-vous ensemble ? Une phrase suffit."))
    end_condition = _text(
        _("La fin"), 300, required=False, help=_("À quoi saurez-vous que c’est fini ? Une date, un chantier livré…")
    )
    necessity = _long(
        _("Ce qu’aucun ne peut seul"),
        required=False,
        help=_("La raison d’être ensemble plutôt que chacun de son côté."),
    )
    motives = forms.MultipleChoiceField(
        label=_("Ce qui vous y pousse"), choices=Motive.choices, required=False, widget=forms.CheckboxSelectMultiple
    )


class PersonForm(Form):
    """Somebody of the same company, as substitute or to take over."""

    person = forms.ChoiceField(label=_("Personne"))

    def __init__(self, *args: Any, people: list[Person], nobody: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.public_id: person for person in people}
        choices = [(key, str(person)) for key, person in self.people.items()]
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("aucun")), *choices] if nobody else choices
        field.required = not nobody

    def chosen(self) -> Person | None:
        """Who was picked."""
        return self.people.get(self.cleaned_data["person"])


class OfficeForm(Form):
    """A role, and the member who takes it."""

    role = forms.ChoiceField(label=_("Rôle"), choices=Office.Role.choices)
    seat = forms.ChoiceField(label=_("Entreprise"))

    def __init__(self, *args: Any, members: list[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = {member.seat.public_id: member.seat for member in members}
        field = self.fields["seat"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(key, str(seat.company)) for key, seat in self.seats.items()]


class DeclineForm(Form):
    """A reason, for those who want to give one."""

    reason = _text(_("Votre raison"), 300, required=False, help=_("Seuls les membres la lisent."))

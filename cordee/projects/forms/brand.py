"""What is asked about a brand: what it is, its rules, an application, an audit, a sanction."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cordee.ground.kit.forms import Form, VersionedForm
from cordee.projects.acts import NewCriterion
from cordee.projects.models import AuditPoint, Brand, BrandAsset, BrandRules

SPARE = 4
FIRST_POINTS = (
    (_("Le logo est celui de la bibliothèque, ni déformé ni recoloré"), 1, False, True),
    (_("Un devis écrit avant tout travail"), 2, True, False),
    (_("Assurances en cours de validité, montrées au client"), 3, True, False),
    (_("Le chantier est rendu propre, chaque soir"), 1, False, True),
    (_("Une réclamation reçoit une réponse sous deux jours ouvrés"), 2, False, False),
)
"""A checklist to begin with; the members write their own."""


def day_box(**attrs: str) -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date", **attrs}, format="%Y-%m-%d")


class BrandForm(VersionedForm):
    """What the brand is, and the days that the trade mark office knows."""

    name = forms.CharField(label=_("Nom de la marque"), max_length=120)
    owner = forms.CharField(
        label=_("Propriétaire"),
        help_text=_("Une association, un GIE ou une coopérative plutôt qu’un seul membre."),
        max_length=160,
        required=False,
    )
    kind = forms.ChoiceField(label=_("Statut"), choices=Brand.Kind.choices)
    classes = forms.CharField(label=_("Classes"), help_text=_("Par exemple : 19, 37."), max_length=120, required=False)
    number = forms.CharField(label=_("Numéro à l’INPI"), max_length=40, required=False)
    filed_on = forms.DateField(label=_("Déposée le"), required=False, widget=day_box())
    published_on = forms.DateField(label=_("Dépôt publié au BOPI le"), required=False, widget=day_box())
    registered_on = forms.DateField(label=_("Enregistrée le"), required=False, widget=day_box())

    def __init__(self, *args: Any, brand: Brand | None, name: str, **kwargs: Any) -> None:
        first: dict[str, Any] = {"name": name, "version": 0}
        if brand is not None:
            first = {each: getattr(brand, each) for each in self.base_fields}
        super().__init__(*args, initial=first, **kwargs)


class BrandDateForm(VersionedForm):
    """A date of the mark, corrected."""

    due = forms.DateField(label=_("Avant le"), widget=day_box())


class RulesForm(Form):
    """The rules of use and the checklist, one point a row."""

    text = forms.CharField(
        label=_("Règlement d’usage"),
        help_text=_("La promesse au client, ce que le signe couvre, ce qui est interdit, la redevance."),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=20_000,
    )
    wanted = forms.IntegerField(label=_("Note d’un audit réussi, sur 100"), min_value=1, max_value=100, initial=80)
    every = forms.IntegerField(label=_("Mois entre deux audits"), min_value=1, max_value=60, initial=12)
    appeal_days = forms.IntegerField(label=_("Jours pour un recours"), min_value=1, max_value=180, initial=30)
    removal_days = forms.IntegerField(
        label=_("Jours pour retirer le signe partout"), min_value=1, max_value=365, initial=60
    )

    def __init__(self, *args: Any, rules: BrandRules | None, **kwargs: Any) -> None:
        first: dict[str, Any] = {}
        rows: Sequence[tuple[Any, int, bool, bool]] = FIRST_POINTS
        if rules is not None:
            first = {name: getattr(rules, name) for name in ("text", "wanted", "every", "appeal_days", "removal_days")}
            rows = [(one.label, one.weight, one.essential, one.photo) for one in rules.criteria.all()]
        super().__init__(*args, initial=first, **kwargs)
        self.rows = min(len(rows) + SPARE, 60)
        for place in range(self.rows):
            label, weight, essential, photo = rows[place] if place < len(rows) else ("", 1, False, False)
            number = place + 1
            fields: dict[str, forms.Field] = {
                "label": forms.CharField(
                    label=_("Point %(number)s") % {"number": number}, max_length=160, required=False, initial=label
                ),
                "weight": forms.TypedChoiceField(
                    label=_("Compte, point %(number)s") % {"number": number},
                    choices=[(1, "1"), (2, "2"), (3, "3")],
                    coerce=int,
                    initial=weight,
                    empty_value=1,
                    required=False,
                ),
                "essential": forms.BooleanField(label=_("Essentiel"), required=False, initial=essential),
                "photo": forms.BooleanField(label=_("Avec photo"), required=False, initial=photo),
            }
            for name, field in fields.items():
                look = {"weight": "form-select w-auto", "label": "form-control"}.get(name, "form-check-input")
                field.widget.attrs["class"] = look
                self.fields[f"{name}_{place}"] = field

    @property
    def heads(self) -> list[Any]:
        """The fields of the rules themselves."""
        return [self[name] for name in ("text", "wanted", "every", "appeal_days", "removal_days")]

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The boxes of the checklist, row by row."""
        return [
            {name: self[f"{name}_{place}"] for name in ("label", "weight", "essential", "photo")}
            for place in range(self.rows)
        ]

    def criteria(self) -> list[NewCriterion]:
        """The points that were written."""
        data = self.cleaned_data
        return [
            NewCriterion(
                data[f"label_{place}"],
                data[f"weight_{place}"],
                data[f"essential_{place}"],
                data[f"photo_{place}"],
            )
            for place in range(self.rows)
            if data[f"label_{place}"].strip()
        ]


class LicenceForm(Form):
    """An application: for what, why, for how long. Its documents come beside it."""

    scope = forms.CharField(
        label=_("Pour quoi voulez-vous porter la marque ?"),
        help_text=_("Produits, services, lieux."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    why = forms.CharField(
        label=_("Comment tenez-vous déjà la promesse ?"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    months = forms.IntegerField(label=_("Durée, en mois"), min_value=1, max_value=120, initial=36)


class FileForm(Form):
    """A file of the library."""

    title = forms.CharField(
        label=_("Titre"), help_text=_("Un titre qui existe déjà reçoit une version de plus."), max_length=120
    )
    kind = forms.ChoiceField(label=_("Ce que c’est"), choices=BrandAsset.Kind.choices)
    note = forms.CharField(label=_("Ce qui change"), max_length=200, required=False)
    file = forms.FileField(label=_("Fichier"), help_text=_("PNG, JPEG, PDF, ou un ZIP pour un logo vectoriel."))


class PointForm(Form):
    """What one sees on one point of the checklist, on a phone."""

    verdict = forms.ChoiceField(label=_("Ce que vous voyez"), choices=AuditPoint.Verdict.choices)
    note = forms.CharField(max_length=300, required=False)
    photo = forms.FileField(required=False)
    fix = forms.CharField(max_length=300, required=False)
    fix_by = forms.DateField(required=False)


class CloseForm(Form):
    """The end of an audit."""

    summary = forms.CharField(
        label=_("En deux phrases"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    again_on = forms.DateField(
        label=_("Revenir voir le"), help_text=_("Si l’audit n’est pas réussi."), required=False, widget=day_box()
    )


class SanctionForm(Form):
    """What a company is reproached with, and when it is heard."""

    why = forms.CharField(
        label=_("Ce qui est reproché"),
        help_text=_("Les faits, les dates, le point du règlement."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
    )
    hearing_at = forms.DateTimeField(
        label=_("Entendue le"),
        help_text=_("Quinze jours au moins, pour préparer sa réponse."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    days = forms.IntegerField(label=_("Jours de suspension"), min_value=1, max_value=365, initial=60)

    def __init__(self, *args: Any, step: str, at: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"hearing_at": at + timedelta(days=16)}, **kwargs)
        if step != "suspension":
            del self.fields["days"]


class WordsForm(Form):
    """An answer, an appeal, what was put right."""

    text = forms.CharField(max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))

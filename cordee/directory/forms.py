"""Searching, the five fields of a card, trades, certificates, ties, lists to import."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cordee.directory.models import Event, Tie
from cordee.directory.reads import RADII, places_named, trades_meant
from cordee.ground.kit.forms import Form, VersionedForm


def _place(label: Any, help_text: Any = "") -> forms.CharField:
    field = forms.CharField(label=label, max_length=80, required=False, help_text=help_text)
    field.widget.attrs["autocomplete"] = "address-level2"
    return field


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Cette date n’est pas comprise. Écrivez par exemple 31/12/2027.")},
    )


def _long(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=2000, required=False, help_text=help_text, widget=forms.Textarea(attrs={"rows": 3})
    )


class SearchForm(Form):
    """What one looks for."""

    q = forms.CharField(label=_("Nom, SIREN ou dirigeant"), max_length=120, required=False)
    metier = forms.CharField(label=_("Métier"), max_length=120, required=False)
    lieu = forms.CharField(label=_("Ville, code postal ou département"), max_length=80, required=False)
    rayon = forms.TypedChoiceField(
        label=_("Autour, en km"),
        choices=[(radius, str(radius)) for radius in RADII],
        coerce=int,
        required=False,
        empty_value=25,
        initial=25,
    )
    taille = forms.ChoiceField(
        label=_("Taille"),
        choices=[
            ("", _("Toutes")),
            ("1", _("Moins de 10 personnes")),
            ("10", _("De 10 à 49")),
            ("50", _("De 50 à 249")),
            ("250", _("250 et plus")),
            ("unknown", _("À confirmer")),
        ],
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["metier"].widget.attrs.update({"list": "metiers", "autocomplete": "off"})
        self.fields["q"].widget.attrs.update({"type": "search", "autocomplete": "off"})


class _WithPlace(Form):
    def clean_lieu(self) -> str:
        """The INSEE code of the commune that was meant; nothing where it was left empty or as it stood."""
        text = self.cleaned_data.get("lieu", "").strip()
        if text in ("", self.initial.get("lieu", "")):
            return ""
        if "(" in text:  # « Lodève (34700) », as the page itself writes it
            name, _bracket, code = text.partition("(")
            for one in places_named(code.rstrip(") ")):
                if one.name == name.strip():
                    return one.insee
            text = name
        found = places_named(text)
        if not found:
            raise forms.ValidationError(
                _("Nous ne trouvons pas « %(text)s ». Écrivez une commune ou un code postal."), params={"text": text}
            )
        return found[0].insee


class CreateForm(_WithPlace):
    """A company that the register does not know: a name is enough."""

    name = forms.CharField(label=_("Nom de votre entreprise"), max_length=200)
    lieu = _place(_("Commune"), _("Par exemple : Lodève, ou 34700."))


class CardForm(_WithPlace, VersionedForm):
    """The card of one's own company."""

    brings = _long(_("Ce que j’apporte"), _("Deux phrases suffisent : votre métier, ce que vous faites mieux."))
    looks_for = _long(_("Ce que je cherche"), _("Un savoir-faire, une taille, un marché, un employé à partager…"))
    capacity_left = forms.CharField(
        label=_("Capacité encore libre"),
        max_length=200,
        required=False,
        help_text=_("Par exemple : deux équipes à partir de septembre."),
    )
    area = forms.CharField(
        label=_("Où nous travaillons"), max_length=200, required=False, help_text=_("Par exemple : 80 km autour.")
    )
    proofs = _long(_("Nos références"), _("Deux ou trois chantiers, clients, labels."))
    name = forms.CharField(label=_("Nom"), max_length=200)
    brand_name = forms.CharField(label=_("Nom connu des clients"), max_length=200, required=False)
    lieu = _place(_("Commune"))


def _level(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=[
            ("all", _("Tous ceux qui sont connectés")),
            ("groupings", _("Mes groupements")),
            ("me", _("Moi seul")),
        ],
        initial="all",
        error_messages={"invalid_choice": _("Choisissez une des réponses proposées.")},
    )


class SightForm(Form):
    """Who reads which field; whether the name is kept back."""

    brings = _level(_("Ce que j’apporte"))
    looks_for = _level(_("Ce que je cherche"))
    capacity = _level(_("Capacité encore libre"))
    area = _level(_("Où nous travaillons"))
    proofs = _level(_("Nos références"))
    turnover = _level(_("Chiffre d’affaires"))
    contracts = _level(_("Marchés publics gagnés"))
    leaders = _level(_("Qui dirige"))
    blind_name = forms.CharField(
        label=_("Profil discret : les mots à lire au lieu de votre nom"),
        max_length=120,
        required=False,
        help_text=_(
            "Par exemple : « Menuiserie, Hérault ». Vide : votre nom se lit. Sinon, nom, SIREN et commune restent "
            "cachés jusqu’à un accord de confidentialité, ou jusqu’à un groupement commun."
        ),
    )


class TradeForm(Form):
    """One trade of the table, by its name."""

    metier = forms.CharField(label=_("Ajouter un métier"), max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["metier"].widget.attrs.update({"list": "metiers", "autocomplete": "off"})

    def clean_metier(self) -> str:
        """The slug of the trade that was meant."""
        text = self.cleaned_data["metier"]
        found = trades_meant(text)
        if not found:
            raise forms.ValidationError(
                _("Nous ne connaissons pas le métier « %(text)s ». Choisissez dans la liste."), params={"text": text}
            )
        return found[0].slug


class CertificateForm(Form):
    """A qualification, with its end."""

    label = forms.CharField(label=_("Certificat"), max_length=160, help_text=_("Par exemple : Qualibat 2111."))
    valid_to = forms.DateField(
        label=_("Valable jusqu’au"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Cette date n’est pas comprise. Écrivez par exemple 31/12/2027.")},
    )


class TieForm(Form):
    """A tie: what it is, how much one trusts."""

    kind = forms.ChoiceField(label=_("Votre lien"), choices=Tie.Kind.choices)
    trust = forms.IntegerField(
        label=_("Votre confiance, de 0 à 100"),
        min_value=0,
        max_value=100,
        initial=50,
        error_messages={
            "invalid": _("Écrivez un nombre de 0 à 100."),
            "min_value": _("Écrivez un nombre de 0 à 100."),
            "max_value": _("Écrivez un nombre de 0 à 100."),
        },
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": "0", "max": "100"}),
    )
    offered = forms.BooleanField(
        label=_("Montrer ce lien sur nos deux fiches"),
        required=False,
        help_text=_("Seulement si l’autre entreprise le demande aussi. La confiance reste à vous."),
    )


class ImportForm(Form):
    """A list of companies; the Sirene stock comes as two files."""

    file = forms.FileField(
        label=_("Fichier"),
        help_text=_("CSV, XLSX, ou stock Sirene (établissements ou unités légales)."),
        error_messages={"empty": _("Ce fichier est vide."), "required": _("Choisissez un fichier.")},
    )
    second = forms.FileField(
        label=_("Second fichier Sirene"),
        required=False,
        help_text=_("Les unités légales donnent les noms, les établissements donnent les lieux."),
        error_messages={"empty": _("Ce fichier est vide.")},
    )

    def uploads(self) -> list[tuple[str, bytes]]:
        """The files, by name."""
        given = [self.cleaned_data["file"], self.cleaned_data.get("second")]
        return [(each.name, each.read()) for each in given if each]


class EventForm(Form):
    """A fair, an evening of the union: announced by who hosts it."""

    name = forms.CharField(
        label=_("Nom"), max_length=120, help_text=_("Par exemple : Salon du bâtiment de Montpellier.")
    )
    kind = forms.ChoiceField(label=_("Quoi"), choices=Event.Kind.choices)
    city = forms.CharField(label=_("Commune"), max_length=120, required=False)
    starts_on = _day(_("Premier jour"))
    ends_on = _day(_("Dernier jour"))

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        data = super().clean() or self.cleaned_data
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", _("Le dernier jour est avant le premier."))
        return data

"""What one fills in: a notice to bring, a need to write, a lot to correct, how teams are to be."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cordee.directory.models import Company
from cordee.ground.kit.clock import PARIS
from cordee.ground.kit.forms import Form, VersionedForm
from cordee.ground.kit.money import CentsField
from cordee.offers.acts import HandLot
from cordee.offers.models import NeedLot
from cordee.offers.reads import find_place, trade_choices

NOBODY = ("", _("à préciser"))


def _text(label: str | Promise, most: int, *, required: bool = False, help: str | Promise = "") -> Any:
    return forms.CharField(label=label, max_length=most, required=required, help_text=help)


def _count(label: str | Promise, least: int, most: int, *, required: bool = False, help: str | Promise = "") -> Any:
    errors = {
        "invalid": _("Écrivez un nombre entier."),
        "min_value": _("Au moins %(limit_value)s."),
        "max_value": _("Au plus %(limit_value)s."),
    }
    return forms.IntegerField(
        label=label, min_value=least, max_value=most, required=required, help_text=help, error_messages=errors
    )


class PlaceField(forms.CharField):
    """A postcode or the name of a commune; `found` is the place it names."""

    default_error_messages = {
        "unknown": _("Nous ne connaissons pas « %(value)s ». Écrivez un code postal ou le nom d’une commune."),
    }


class _ForCompany(Form):
    """A form that is filled in for one of one's companies, named where there is none yet."""

    def __init__(self, *args: Any, companies: Iterable[Company], **kwargs: Any) -> None:
        self.companies = {company.public_id: company for company in companies}
        own: dict[str, forms.Field] = {}
        if len(self.companies) > 1:
            choices = [(key, str(company)) for key, company in self.companies.items()]
            own["company"] = forms.ChoiceField(label=_("Pour quelle entreprise ?"), choices=choices)
        elif not self.companies:
            own["company_text"] = _text(
                _("Votre entreprise"), 200, required=True, help=_("Son nom suffit ; ou son SIREN.")
            )
        self.base_fields = {**self.base_fields, **own}
        super().__init__(*args, **kwargs)

    def company(self) -> Company | None:
        """The company one acts for, where it is already known."""
        if not self.companies:
            return None
        return self.companies.get(self.cleaned_data.get("company", "")) or next(iter(self.companies.values()))


class NoticeForm(_ForCompany):
    """The file of a notice."""

    notice = forms.FileField(
        label=_("Le fichier de l’avis"),
        help_text=_("Le XML de la page de l’avis, sur TED ou au BOAMP ; ou un fichier OCDS."),
        error_messages={"empty": _("Ce fichier est vide. Téléchargez de nouveau l’avis.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["notice"].error_messages["required"] = _("Choisissez le fichier de l’avis.")


class NeedForm(_ForCompany):
    """A need without any notice: an object, and three lots or as many as asked for."""

    template_name = "offers/_need_form.html"

    title = _text(_("Que demande le client ?"), 300, required=True, help=_("Par exemple : rénover une école."))
    client = _text(_("Pour quel client ?"), 300)
    place = PlaceField(label=_("Où ?"), max_length=120, required=False, help_text=_("Code postal ou commune."))
    day = forms.DateField(
        label=_("Réponse avant le"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Écrivez une date, par exemple 30/03/2026.")},
    )
    hour = forms.TimeField(
        label=_("À quelle heure ?"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Écrivez une heure, par exemple 12:00.")},
    )
    description = forms.CharField(
        label=_("En quelques mots"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": "3"})
    )

    def __init__(self, *args: Any, lines: int = 3, **kwargs: Any) -> None:
        self.lines = range(1, lines + 1)
        choices = [NOBODY, *trade_choices()]
        own: dict[str, forms.Field] = {}
        for number in self.lines:
            own[f"lot_{number}"] = _text(_("Travail ou lot"), 400)
            own[f"trade_{number}"] = forms.ChoiceField(label=_("Métier"), choices=choices, required=False)
            own[f"value_{number}"] = CentsField(label=_("Valeur hors taxes"), required=False)
        self.base_fields = {**self.base_fields, **own}
        super().__init__(*args, **kwargs)

    @property
    def subject(self) -> list[BoundField]:
        """The fields above the lots."""
        names = ("title", "client", "place", "day", "hour", "description", "company", "company_text")
        return [self[name] for name in names if name in self.fields]

    @property
    def rows(self) -> list[tuple[int, list[BoundField]]]:
        """The lots: a name, a trade, a value."""
        return [(n, [self[f"{part}_{n}"] for part in ("lot", "trade", "value")]) for n in self.lines]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.where = _placed(self, data.get("place", ""))
        for number in self.lines:
            if (data.get(f"value_{number}") is not None or data.get(f"trade_{number}")) and not data.get(
                f"lot_{number}"
            ):
                data[f"lot_{number}"] = dict(self._labels()).get(data.get(f"trade_{number}") or "", "")
        if not self.errors and not self.lots():
            self.add_error("lot_1", _("Écrivez au moins un travail, ou choisissez un métier."))
        return data

    def _labels(self) -> list[tuple[str, str]]:
        return [pair for _family, rows in trade_choices() for pair in rows]

    def lots(self) -> list[HandLot]:
        """The lots that were written down; empty lines count for nothing."""
        data = self.cleaned_data
        found = [
            HandLot(data.get(f"lot_{n}") or "", data.get(f"trade_{n}") or "", data.get(f"value_{n}"))
            for n in self.lines
        ]
        return [lot for lot in found if lot.title]

    def deadline(self) -> tuple[datetime | None, bool]:
        """The limit, and whether its hour is known; a day alone lasts until its end."""
        day, hour = self.cleaned_data.get("day"), self.cleaned_data.get("hour")
        return (datetime.combine(day, hour or time(23, 59), tzinfo=PARIS), hour is not None) if day else (None, False)


def _placed(form: Form, text: str) -> Any:
    """The place somebody typed; an error on its field when we do not know it."""
    found = find_place(text) if text.strip() else None
    if text.strip() and found is None:
        field = form.fields["place"]
        form.add_error("place", ValidationError(field.error_messages["unknown"], params={"value": text}))
    return found


class LotForm(VersionedForm):
    """Correcting one lot."""

    title = _text(_("Intitulé"), 400)
    place = PlaceField(label=_("Lieu"), max_length=200, required=False, help_text=_("Code postal ou commune."))
    radius_km = _count(
        _("Chercher jusqu’à combien de kilomètres ?"), 1, 20_000, help=_("Vide : la distance ne compte pas.")
    )
    value_cents = CentsField(label=_("Valeur hors taxes"), required=False)
    months = _count(_("Durée en mois"), 1, 600)
    certificates = _text(_("Certificats exigés"), 400, help=_("Séparés par des virgules : Qualibat 2111, ISO 9001…"))
    turnover_cents = CentsField(label=_("Chiffre d’affaires exigé"), required=False)
    essential = forms.BooleanField(
        label=_("Ce lot est indispensable"), required=False, help_text=_("Décochez-le si l’équipe peut s’en passer.")
    )

    def __init__(self, *args: Any, lot: NeedLot, **kwargs: Any) -> None:
        self.lot = lot
        kept = sorted(lot.trades, key=lambda slug: (-lot.trades[slug], slug))
        choices = [NOBODY, *trade_choices()]
        own: dict[str, forms.Field] = {}
        for number in range(1, max(3, len(kept) + 1) + 1):
            own[f"trade_{number}"] = forms.ChoiceField(
                label=_("Métier") if number == 1 else _("Autre métier accepté"),
                choices=choices,
                required=False,
                initial=kept[number - 1] if number <= len(kept) else "",
            )
        self.base_fields = {"version": self.base_fields["version"], "title": self.base_fields["title"], **own} | {
            name: field for name, field in self.base_fields.items() if name not in ("version", "title")
        }
        initial = {name: getattr(lot, name) for name in self.base_fields if hasattr(lot, name)}
        initial["certificates"] = ", ".join(lot.certificates)
        super().__init__(*args, initial=initial, **kwargs)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        text = data.get("place", "")
        self.where = None if text == self.lot.place else _placed(self, text)
        return data

    def values(self) -> dict[str, Any]:
        """What the lot becomes, field by field; a trade that was there keeps how well it answers."""
        data, lot = self.cleaned_data, self.lot
        chosen = [data[name] for name in self.fields if name.startswith("trade_") and data.get(name)]
        values = {
            "title": data["title"],
            "trades": {slug: lot.trades.get(slug, 100) for slug in dict.fromkeys(chosen)},
            "radius_km": data["radius_km"],
            "value_cents": data["value_cents"],
            "currency": (lot.currency or "EUR") if data["value_cents"] is not None else "",
            "months": data["months"],
            "certificates": [one for part in data["certificates"].split(",") if (one := " ".join(part.split()))],
            "turnover_cents": data["turnover_cents"],
            "essential": data["essential"],
        }
        if data["place"] != lot.place:
            where = self.where
            values["place"] = where.name if where else ""
            values["lon"] = where.point.lon if where else None
            values["lat"] = where.point.lat if where else None
        return values


class FindForm(Form):
    """How the teams are to be."""

    members = _count(_("Combien d’entreprises au plus ?"), 3, 12, required=True)
    max_km = _count(
        _("À combien de kilomètres au plus ?"), 1, 20_000, help=_("Vide : selon ce que l’avis dit du lieu.")
    )
    around = forms.BooleanField(label=_("Avec mon entreprise"), required=False)
    competitors = forms.BooleanField(
        label=_("Des concurrents peuvent se partager un lot"),
        required=False,
        help_text=_("Utile quand une seule entreprise est trop petite."),
    )

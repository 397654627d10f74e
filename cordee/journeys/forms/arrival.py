"""An existing groupement, on one page: what it is, who is in it, what is signed, its rules, who owes what."""

import csv
import io
from dataclasses import replace
from fractions import Fraction
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.forms.boundfield import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from stdnum.fr import siren as siren_number

from cordee.agreements.reads import kinds
from cordee.directory.models import Company
from cordee.engines.voting import Rule
from cordee.governance.forms import MAJORITIES, SHARES
from cordee.governance.models import DecisionType
from cordee.governance.reads import LEGAL_FORMS, proposed
from cordee.ground.kit.forms import Form
from cordee.ground.kit.money import CentsField, euros, read_cents
from cordee.groupings.acts import DeclaredMember
from cordee.groupings.models import Arrival
from cordee.journeys.acts import Existing, PaperSigned

MOST_MEMBERS, MOST_PAPERS, LARGEST = 60, 3, 200_000
USUAL = ("", _("celle de la forme"))


def _day(label: Any, help: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(
        label=label, required=False, help_text=help, widget=widget, input_formats=["%Y-%m-%d", "%d/%m/%Y"]
    )


def _long(label: Any, rows: int, *, required: bool = False, help: Any = "", most: int = 4000) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": str(rows)})
    return forms.CharField(label=label, required=required, help_text=help, max_length=most, widget=widget)


class ArrivalForm(Form):
    """Five parts, one page; what is missing can come later, but the members and the balances come together."""

    name = forms.CharField(label=_("Nom du groupement"), max_length=120)
    purpose = _long(_("Ce que vous faites ensemble"), 3, required=True)
    end_condition = forms.CharField(
        label=_("La fin"), max_length=300, required=False, help_text=_("À quoi saurez-vous que c’est fini ?")
    )
    stage = forms.ChoiceField(label=_("Où il en est"), choices=Arrival.Stage.choices, widget=forms.RadioSelect)
    form = forms.ChoiceField(
        label=_("Forme juridique"), choices=[("", _("Aucune, ou une autre")), *LEGAL_FORMS], required=False
    )
    founded_on = _day(_("Existe depuis le"))
    company = forms.ChoiceField(label=_("Votre entreprise"))
    members = _long(
        _("Les autres membres"), 6, most=40_000,
        help=_("Une ligne par entreprise : SIREN ou nom ; prénom et nom ; e-mail ; solde s’il y en a un."),
    )  # fmt: skip
    table = forms.FileField(
        label=_("Ou un tableau (CSV)"), required=False, help_text=_("Les mêmes colonnes, dans cet ordre.")
    )
    rules_form = forms.ChoiceField(
        label=_("Partir des règles d’usage de"),
        choices=[("", _("Cordée, à défaut d’autres")), *LEGAL_FORMS],
        required=False,
    )
    notice_days = forms.IntegerField(label=_("Convocation, jours avant"), min_value=0, max_value=60, required=False)
    delay_days = forms.IntegerField(
        label=_("Vote sans réunion : jours ouverts au moins"), min_value=0, max_value=60, required=False
    )
    rules_from = forms.CharField(
        label=_("D’où viennent ces règles"), max_length=160, required=False,
        help_text=_("Le document et l’article : « Convention du 12 mars 2021, article 9 »."),
    )  # fmt: skip
    own_balance = CentsField(
        label=_("Solde de votre entreprise"), required=False, min_cents=None,
        help_text=_("Au-dessus de zéro : on lui doit. Avec un signe moins : elle doit. La somme de tous fait zéro."),
    )  # fmt: skip
    balances_on = _day(_("Soldes arrêtés au"))
    vouch = forms.BooleanField(
        label=_(
            "J’atteste que ces scans sont ceux des documents que tous ont signés, et que ces règles y sont écrites"
        ),
        required=False,
    )

    def __init__(self, *args: Any, companies: list[Company], **kwargs: Any) -> None:
        kwargs["initial"] = {"stage": Arrival.Stage.COMMITTED, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.companies = {company.public_id: company for company in companies}
        self.fields["company"].choices = [(key, str(one)) for key, one in self.companies.items()]  # type: ignore[attr-defined]
        types = [("", _("aucun")), *((kind.slug, kind.label) for kind in kinds())]
        look = {"class": "form-select"}
        for place in range(MOST_PAPERS):
            self.fields[f"scan_{place}"] = forms.FileField(label=_("Le scan, en PDF"), required=False)
            self.fields[f"kind_{place}"] = forms.ChoiceField(
                label=_("Type de document"), choices=types, required=False, widget=forms.Select(attrs=look)
            )
            self.fields[f"signed_{place}"] = _day(_("Signé le"))
            for name in ("scan", "signed"):
                self.fields[f"{name}_{place}"].widget.attrs["class"] = "form-control"
        for kind in DecisionType:
            self.fields[f"majority_{kind}"] = forms.ChoiceField(
                label=_("Majorité"), choices=[USUAL, *MAJORITIES], required=False, widget=forms.Select(attrs=look)
            )
            self.fields[f"quorum_{kind}"] = forms.ChoiceField(
                label=_("Quorum"), choices=[USUAL, *SHARES], required=False, widget=forms.Select(attrs=look)
            )
        self.declared: list[DeclaredMember] = []

    def _some(self, *names: str) -> list[BoundField]:
        return [self[name] for name in names]

    @property
    def what(self) -> list[BoundField]:
        return self._some("name", "purpose", "stage", "form", "founded_on", "end_condition")

    @property
    def papers(self) -> list[tuple[int, list[BoundField]]]:
        return [(n + 1, self._some(f"kind_{n}", f"signed_{n}", f"scan_{n}")) for n in range(MOST_PAPERS)]

    @property
    def voting(self) -> list[BoundField]:
        return self._some("rules_form", "notice_days", "delay_days", "rules_from")

    @property
    def each_rule(self) -> list[tuple[str, list[BoundField]]]:
        return [(str(kind.label), self._some(f"majority_{kind}", f"quorum_{kind}")) for kind in DecisionType]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        text = data.get("members") or ""
        if data.get("table"):
            text = "\n".join(part for part in (text.rstrip(), self._read(data["table"])) if part)
        if not self.errors:
            self._lines(text, data)
        for place in range(MOST_PAPERS):
            given = [data.get(f"{name}_{place}") for name in ("scan", "kind", "signed")]
            if any(given) and not all(given):
                missing = next(n for n, value in zip(("scan", "kind", "signed"), given, strict=True) if not value)
                self.add_error(f"{missing}_{place}", gettext("Donnez le scan, son type et le jour de la signature."))
        if any(data.get(f"scan_{place}") for place in range(MOST_PAPERS)) and not data.get("vouch"):
            self.add_error("vouch", gettext("Cochez pour attester de ce que vous joignez."))
        return data

    def _read(self, upload: Any) -> str:
        content = upload.read(LARGEST + 1)
        if len(content) > LARGEST:
            self.add_error("table", gettext("Ce tableau est trop lourd : 60 lignes suffisent."))
            return ""
        for coding in ("utf-8-sig", "cp1252"):
            try:
                return str(content.decode(coding))
            except UnicodeDecodeError:
                continue
        self.add_error("table", gettext("Ce fichier n’est pas un tableau CSV."))
        return ""

    def _lines(self, text: str, data: dict[str, Any]) -> None:
        """Read one member a line; every wrong line is said, with its number."""
        wrong: list[str] = []
        for number, line in enumerate(text.replace("\x00", "").splitlines(), 1):
            if not line.strip():
                continue
            try:
                self.declared.append(self._member(line))
            except ValueError as reason:
                if number == 1 and "@" not in line:  # the heads of the columns
                    continue
                wrong.append(gettext("Ligne %(number)s : %(reason)s") % {"number": number, "reason": reason})
        for name, said in (
            ("email", gettext("deux fois la même adresse")),
            ("siren", gettext("deux fois le même SIREN")),
        ):
            values = [getattr(one, name) for one in self.declared if getattr(one, name)]
            wrong += [f"{said} ({value})." for value in sorted({each for each in values if values.count(each) > 1})]
        if len(self.declared) > MOST_MEMBERS:
            wrong.append(gettext("60 entreprises au plus à la fois."))
        if not self.declared and not wrong:
            wrong.append(gettext("Écrivez au moins une autre entreprise."))
        total = (data.get("own_balance") or 0) + sum(one.cents for one in self.declared)
        if total and not wrong:
            gap = gettext("Les soldes ne s’équilibrent pas : il y a %(gap)s d’écart.") % {"gap": euros(total)}
            self.add_error("own_balance", gap)
        for each in wrong:
            self.add_error("members", each)

    def _member(self, line: str) -> DeclaredMember:
        mark = ";" if ";" in line else "\t" if "\t" in line else ","
        cells = [cell.strip() for cell in next(csv.reader(io.StringIO(line), delimiter=mark))] + [""] * 4
        who, holder, email, money = cells[:4]
        digits = "".join(who.split())
        siren, name = (digits, "") if digits.isdigit() else ("", who)
        if not siren and (first := who.partition(" ")[0]).isdigit() and len(first) == 9:
            siren, name = first, who.partition(" ")[2].strip()
        if siren and not siren_number.is_valid(siren):
            raise ValueError(gettext("« %(siren)s » n’est pas un SIREN (9 chiffres).") % {"siren": siren})
        if not siren and not name:
            raise ValueError(gettext("il manque l’entreprise, son SIREN ou son nom."))
        if siren and not name and not Company.objects.filter(siren=siren).exists():
            raise ValueError(
                gettext("ce SIREN nous est inconnu : ajoutez le nom derrière, « %(siren)s Nom ».") % {"siren": siren}
            )
        try:
            validate_email(email)
        except ValidationError:
            raise ValueError(gettext("il manque une adresse e-mail en troisième colonne.")) from None
        try:
            cents = read_cents(money) if money else 0
        except ValueError:
            raise ValueError(gettext("« %(money)s » n’est pas un montant.") % {"money": money}) from None
        return DeclaredMember(
            email=email.lower(), holder=holder[:120], company_name=name[:200], siren=siren, cents=cents
        )

    def existing(self) -> Existing:
        """As the act takes it."""
        data = self.cleaned_data
        names = ("name", "purpose", "stage", "end_condition", "form", "founded_on", "rules_from", "balances_on")
        return Existing(**{name: data[name] for name in names}, rules=self._rules())

    def _rules(self) -> dict[str, Rule]:
        data, found = self.cleaned_data, {}
        for kind in DecisionType:
            rule = proposed(kind, data["rules_form"])
            majority, quorum = data[f"majority_{kind}"], data[f"quorum_{kind}"]
            if majority:
                everybody = majority == "everybody"
                rule = replace(rule, majority="unanimity" if everybody else majority, of_all=everybody, threshold=None)
            if quorum:
                rule = replace(rule, quorum=Fraction(quorum))
            if data["notice_days"] is not None:
                urgent = min(rule.urgent_notice_days, data["notice_days"])
                rule = replace(rule, notice_days=data["notice_days"], urgent_notice_days=urgent)
            if data["delay_days"] is not None:
                rule = replace(rule, delay_days=data["delay_days"])
            found[str(kind)] = rule
        return found

    def signed(self) -> list[PaperSigned]:
        """The documents that were joined."""
        data = self.cleaned_data
        return [
            PaperSigned(data[f"kind_{n}"], data[f"signed_{n}"], data[f"scan_{n}"])
            for n in range(MOST_PAPERS)
            if data.get(f"scan_{n}")
        ]

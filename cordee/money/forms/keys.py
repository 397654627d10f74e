"""The figures that keys read, and the short form of each ready-made cost."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cordee.ground.kit.forms import Form, VersionedForm
from cordee.ground.kit.money import CentsField, hundredths, read_cents
from cordee.groupings.models import Seat
from cordee.money.models import CostPool, PoolShare
from cordee.money.reads import MEASURES, MOST_STOPS, PRIVATE

PARTS, TIERS = 4, 3


class CountField(forms.Field):
    """Something counted, with two decimals at most: 12,5; its value is in hundredths."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        try:
            number = read_cents(str(value))
        except ValueError:
            number = -1
        if number < 0:
            raise ValidationError(
                _("« %(value)s » n’est pas un nombre. Écrivez par exemple 12,5.") % {"value": value}, code="invalid"
            )
        return number

    def prepare_value(self, value: Any) -> Any:
        return hundredths(value) if isinstance(value, int) else value


class FiguresForm(VersionedForm):
    """For each member, the figures that the keys read; turnover and benefit for oneself only."""

    def __init__(self, *args: Any, members: Sequence[PoolShare], seat: Seat, pool: CostPool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members, self.seat = members, seat
        for member in members:
            key, name = member.seat.public_id, str(member.seat)
            for measure, (label, money) in MEASURES.items():
                if measure in PRIVATE and member.seat_id != seat.pk:
                    continue
                kind = CentsField if money else CountField
                self.fields[f"{measure}_{key}"] = kind(
                    label=_("%(company)s : %(measure)s") % {"company": name, "measure": str(label).lower()},
                    required=False,
                    initial=member.figures.get(measure),
                )
                self.fields[f"{measure}_{key}"].widget.attrs.setdefault("class", "form-control")
        for name, label, help_text in (
            ("fixed", _("Socle à parts égales (en tout)"), _("Pour la clé « un socle à parts égales ».")),
            ("floor", _("Minimum par entreprise, en % du total"), _("Pour la clé avec un minimum et un maximum.")),
            ("cap", _("Maximum par entreprise, en % du total"), ""),
        ):
            kind = CentsField if name == "fixed" else CountField
            self.fields[name] = kind(
                label=label, required=False, initial=pool.key_values.get(name), help_text=help_text
            )
            self.fields[name].widget.attrs.setdefault("class", "form-control")

    def rows(self) -> dict[str, dict[str, int | None]]:
        """By seat, then by measure."""
        return {
            member.seat.public_id: {
                measure: self.cleaned_data.get(f"{measure}_{member.seat.public_id}") for measure in MEASURES
            }
            for member in self.members
        }

    def settings(self) -> dict[str, int | None]:
        """The fixed part and the bounds."""
        return {name: self.cleaned_data[name] for name in ("fixed", "floor", "cap")}

    def bounds(self) -> list[Any]:
        """The fields that are not a member's."""
        return [self[name] for name in ("fixed", "floor", "cap")]

    def table(self) -> list[tuple[PoolShare, list[tuple[str, Any, bool]]]]:
        """Each member with, for each measure, its name, its field (none where private) and whether it is given."""
        return [
            (
                member,
                [
                    (
                        str(label),
                        self[name] if (name := f"{measure}_{member.seat.public_id}") in self.fields else None,
                        member.figures.get(measure) is not None,
                    )
                    for measure, (label, _money) in MEASURES.items()
                ],
            )
            for member in self.members
        ]


class GameForm(Form):
    """The parameters of a ready-made cost; which ones depends on what is shared."""

    game = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, pool: CostPool, game: str, members: Sequence[PoolShare], **kwargs: Any) -> None:
        known = pool.game_values if pool.game == game else {}
        super().__init__(*args, **kwargs)
        self.kind, self.members = game, members
        self.fields["game"].initial = game
        {
            CostPool.Game.STAND: self._by_unit,
            CostPool.Game.EMPLOYEE: self._by_unit,
            CostPool.Game.PURCHASE: self._purchase,
            CostPool.Game.STUDY: self._study,
            CostPool.Game.TOUR: self._tour,
        }[CostPool.Game(game)](known)
        for field in self.fields.values():
            if not isinstance(field.widget, (forms.HiddenInput, forms.CheckboxSelectMultiple)):
                field.widget.attrs.setdefault("class", "form-control")

    def _by_unit(self, known: dict[str, Any]) -> None:
        stand = self.kind == CostPool.Game.STAND
        self.fields["price"] = CentsField(
            label=_("Prix du m²") if stand else _("Coût d’une journée"), initial=known.get("price"), min_cents=1
        )
        self._fixed(known, _("Frais fixes, quelle que soit la taille") if stand else _("Frais fixes d’embauche"))
        self.fields["minimum"] = CountField(
            label=_("Plus petite surface louée (m²)") if stand else _("Moins de jours que l’on puisse embaucher"),
            required=False,
            initial=known.get("minimum"),
        )

    def _fixed(self, known: dict[str, Any], label: Any) -> None:
        self.fields["fixed"] = CentsField(label=label, required=False, initial=known.get("fixed"))

    def _purchase(self, known: dict[str, Any]) -> None:
        tiers = known.get("tiers", [])
        for number in range(TIERS):
            given = tiers[number] if number < len(tiers) else {}
            if number:
                self.fields[f"from_{number}"] = CountField(
                    label=_("À partir de (quantité, palier %(number)s)") % {"number": number + 1},
                    required=False,
                    initial=given.get("from"),
                )
            self.fields[f"price_{number}"] = CentsField(
                label=_("Prix d’une unité, palier %(number)s") % {"number": number + 1},
                required=not number,
                initial=given.get("price"),
            )
        self._fixed(known, _("Livraison, par commande"))

    def _study(self, known: dict[str, Any]) -> None:
        choices = [(member.seat.public_id, str(member.seat)) for member in self.members]
        parts = known.get("parts", [])
        for number in range(PARTS):
            given = parts[number] if number < len(parts) else {}
            words = {"number": number + 1}
            self.fields[f"label_{number}"] = forms.CharField(
                label=_("Partie %(number)s") % words, required=not number, max_length=80, initial=given.get("label")
            )
            self.fields[f"cents_{number}"] = CentsField(
                label=_("Son coût") if number == 0 else _("Coût de la partie %(number)s") % words,
                required=not number,
                initial=given.get("cents"),
            )
            self.fields[f"users_{number}"] = forms.MultipleChoiceField(
                label=_("À qui sert la partie %(number)s") % words,
                choices=choices,
                required=not number,
                initial=given.get("users"),
                widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
            )

    def _tour(self, known: dict[str, Any]) -> None:
        self.fields["per_km"] = CentsField(label=_("Coût d’un kilomètre"), initial=known.get("per_km"), min_cents=1)
        self._fixed(known, _("Sortir le véhicule"))
        metres = known.get("metres", {})
        for name, one, two in self.roads():
            distance = metres.get(f"{one}|{two}")
            self.fields[f"km_{one}_{two}"] = CountField(
                label=name, initial=distance // 10 if distance is not None else None
            )

    def roads(self) -> list[tuple[str, str, str]]:
        """Every pair of stops, the depot included, once."""
        if self.kind != CostPool.Game.TOUR or len(self.members) > MOST_STOPS:
            return []
        stops = [("depot", _now("dépôt")), *((one.seat.public_id, str(one.seat)) for one in self.members)]
        return [
            (_now("De %(one)s à %(two)s (km)") % {"one": stops[i][1], "two": stops[j][1]}, stops[i][0], stops[j][0])
            for i in range(len(stops))
            for j in range(i + 1, len(stops))
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.kind == CostPool.Game.TOUR and not self.roads():
            raise ValidationError(_("Au-delà de huit arrêts, la tournée se calcule par « cordee share »."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """The parameters, as they are kept: cents, hundredths, metres."""
        data = self.cleaned_data
        match self.kind:
            case CostPool.Game.PURCHASE:
                tiers = [
                    {"from": data[f"from_{number}"] if number else 0, "price": data[f"price_{number}"]}
                    for number in range(TIERS)
                    if data[f"price_{number}"] is not None and (not number or data[f"from_{number}"])
                ]
                return {"tiers": tiers, "fixed": data["fixed"] or 0}
            case CostPool.Game.STUDY:
                rows = [(data[f"label_{n}"], data[f"cents_{n}"], data[f"users_{n}"]) for n in range(PARTS)]
                parts = [{"label": a, "cents": b, "users": c} for a, b, c in rows if a and b and c]
                return {"parts": parts}
            case CostPool.Game.TOUR:
                metres = {}
                for _name, one, two in self.roads():
                    metres[f"{one}|{two}"] = metres[f"{two}|{one}"] = data[f"km_{one}_{two}"] * 10
                return {"per_km": data["per_km"], "fixed": data["fixed"] or 0, "metres": metres}
        return {"price": data["price"], "fixed": data["fixed"] or 0, "minimum": data["minimum"] or 0}

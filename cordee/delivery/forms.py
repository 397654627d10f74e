"""What one fills in while delivering."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from stdnum.fr import siren

from cordee.delivery.models import ClientVerdict, Deliverable, Delivery, MemberVerdict, WorkItem, WorkLot
from cordee.ground.kit.forms import Form, VersionedForm
from cordee.ground.kit.money import CentsField
from cordee.groupings.models import Seat

VAT = ((2000, "20 %"), (1000, "10 %"), (550, "5,5 %"), (0, _("sans TVA")))


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _moment() -> forms.DateTimeInput:
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


def _text(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class OpenForm(Form):
    """What is delivered, to whom, with whom."""

    title = forms.CharField(label=_("Ce que vous faites ensemble"), max_length=200)
    client = forms.CharField(label=_("Client"), max_length=200)
    works = forms.BooleanField(label=_("Ce sont des travaux de bâtiment : une réception sera signée"), required=False)
    starts_on = forms.DateField(label=_("Début"), widget=_day())
    seats = forms.MultipleChoiceField(
        label=_("Avec qui"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Au moins une autre entreprise."),
    )

    def __init__(self, *args: Any, members: Sequence[Seat], fixed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {seat.public_id: seat for seat in members}
        self.fields["seats"].choices = [(key, str(seat.company)) for key, seat in self.members.items()]  # type: ignore[attr-defined]
        if fixed:  # the team of an offer or of a project is known
            del self.fields["seats"]

    def values(self) -> dict[str, Any]:
        """What the act takes."""
        data = dict(self.cleaned_data)
        return {**data, "seats": [self.members[key] for key in data.get("seats", ())]}


class ClientForm(VersionedForm):
    """Who the client is; the address is what invoices carry."""

    client = forms.CharField(label=_("Client"), max_length=200)
    name = forms.CharField(label=_("Qui reçoit le lien"), max_length=120, required=False)
    email = forms.EmailField(label=_("Son adresse e-mail"), required=False)
    client_siren = forms.CharField(
        label=_("SIREN"), max_length=14, required=False, help_text=_("Vide pour un particulier.")
    )
    client_street = forms.CharField(label=_("Adresse"), max_length=160, required=False)
    client_postcode = forms.CharField(label=_("Code postal"), max_length=10, required=False)
    client_city = forms.CharField(label=_("Ville"), max_length=100, required=False)

    def __init__(self, *args: Any, delivery: Delivery, **kwargs: Any) -> None:
        names = ("client", "client_siren", "client_street", "client_postcode", "client_city", "version")
        kwargs["initial"] = {name: getattr(delivery, name) for name in names}
        if delivery.client_person:
            kwargs["initial"] |= {"name": delivery.client_person.name, "email": delivery.client_person.email}
        super().__init__(*args, **kwargs)

    def clean_client_siren(self) -> str:
        value: str = self.cleaned_data["client_siren"]
        if value and not siren.is_valid(value):
            raise forms.ValidationError(_("« %(value)s » n’est pas un SIREN : neuf chiffres."), params={"value": value})
        return str(siren.compact(value)) if value else ""

    def values(self) -> dict[str, Any]:
        """What the act takes, the version apart."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class LotForm(Form):
    """A lot: for the team, for the client, and when it is done."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)
    title = forms.CharField(label=_("Nom du lot"), max_length=200)
    client_title = forms.CharField(label=_("Comment le client l’appelle"), max_length=200, required=False)
    told = forms.CharField(
        label=_("Où nous en sommes, dit au client"), max_length=300, required=False,
        help_text=_("Une phrase. Le client la lit."),
    )  # fmt: skip
    done_when = forms.CharField(
        label=_("C’est fini quand"),
        widget=_text(5),
        required=False,
        help_text=_("Un point par ligne, que chacun peut vérifier."),
    )

    def __init__(self, *args: Any, lot: WorkLot | None, **kwargs: Any) -> None:
        if lot is not None:
            names = ("title", "client_title", "told", "done_when", "version")
            kwargs["initial"] = {name: getattr(lot, name) for name in names}
        super().__init__(*args, **kwargs)


class ItemForm(Form):
    """A card: what, of which lot, how long, after what."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)
    title = forms.CharField(label=_("Ce qu’il y a à faire"), max_length=160)
    lot = forms.ChoiceField(label=_("Lot"))
    days = forms.IntegerField(label=_("Jours ouvrés"), min_value=1, max_value=400, initial=1)
    due_on = forms.DateField(label=_("Pour le"), widget=_day(), required=False)
    after = forms.MultipleChoiceField(label=_("Après"), widget=forms.CheckboxSelectMultiple, required=False)
    details = forms.CharField(label=_("Détails, pour l’équipe"), widget=_text(), required=False)

    def __init__(self, *args: Any, delivery: Delivery, item: WorkItem | None, **kwargs: Any) -> None:
        if item is not None:
            names = ("title", "days", "due_on", "after", "details", "version")
            kwargs["initial"] = {name: getattr(item, name) for name in names} | {"lot": item.lot.public_id}
        super().__init__(*args, **kwargs)
        others = delivery.items.exclude(pk=item.pk) if item else delivery.items.all()
        self.fields["lot"].choices = [(lot.public_id, lot.title) for lot in delivery.lots.all()]  # type: ignore[attr-defined]
        self.fields["after"].choices = [(one.public_id, one.title) for one in others]  # type: ignore[attr-defined]
        if not self.fields["after"].choices:  # type: ignore[attr-defined]
            del self.fields["after"]


class SprintForm(Form):
    """A goal, a start, two to four weeks."""

    goal = forms.CharField(label=_("Ce que nous voulons montrer au client"), max_length=300)
    starts_on = forms.DateField(label=_("Début"), widget=_day())
    weeks = forms.TypedChoiceField(
        label=_("Durée"), coerce=int, choices=[(2, _("2 semaines")), (3, _("3 semaines")), (4, _("4 semaines"))]
    )
    review_at = forms.DateTimeField(label=_("Revue avec le client"), widget=_moment(), required=False)


class DeliverableForm(Form):
    """What the client will be handed, in their words."""

    title = forms.CharField(label=_("Ce que le client recevra"), max_length=160)
    lot = forms.ChoiceField(label=_("Lot"))
    words = forms.CharField(label=_("En une ou deux phrases, pour lui"), widget=_text(2), required=False)
    expected_on = forms.DateField(label=_("Prévu le"), widget=_day(), required=False)

    def __init__(self, *args: Any, lots: Sequence[WorkLot], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lot"].choices = [(lot.public_id, lot.title) for lot in lots]  # type: ignore[attr-defined]


class BillingForm(Form):
    """What one's own company will invoice."""

    label = forms.CharField(label=_("Désignation"), max_length=200)
    cents = CentsField(label=_("Montant hors taxes"))
    rate = forms.TypedChoiceField(label=_("TVA"), coerce=int, choices=VAT)
    deliverable = forms.ChoiceField(label=_("Une fois validé"), required=False)

    def __init__(self, *args: Any, delivery: Delivery, deliverables: Sequence[Deliverable], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        last = _("À la réception des travaux") if delivery.works else _("À la fin")
        made: list[tuple[str, Any]] = [(one.public_id, one.title) for one in deliverables]
        self.fields["deliverable"].choices = [*made, ("", last)] if delivery.works else made  # type: ignore[attr-defined]


class DepositForm(Form):
    """How much is asked before the reserves are lifted."""

    cents = CentsField(label=_("Acompte hors taxes"), help_text=_("Le reste se facture une fois les réserves levées."))


class VisitForm(Form):
    """When the works are visited to be received."""

    visit_at = forms.DateTimeField(label=_("Visite"), widget=_moment())


class PriceForm(Form):
    """One's own share of a change."""

    lot = forms.ChoiceField(label=_("Votre lot"))
    cents = CentsField(
        label=_("Votre prix hors taxes"), min_cents=None, help_text=_("Avec un moins s’il y a moins à faire.")
    )
    days = forms.IntegerField(label=_("Jours ouvrés de plus"), min_value=0, max_value=400, initial=0)

    def __init__(self, *args: Any, lots: Sequence[WorkLot], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lot"].choices = [(lot.public_id, lot.title) for lot in lots]  # type: ignore[attr-defined]


class DefaultForm(Form):
    """Which company no longer delivers, what was seen, until when it answers."""

    failing = forms.ChoiceField(label=_("Entreprise"))
    what = forms.CharField(label=_("Ce qui n’est pas fait, depuis quand"), widget=_text())
    answer_by = forms.DateField(label=_("Elle répond avant le"), widget=_day())

    def __init__(self, *args: Any, members: Sequence[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {seat.public_id: seat for seat in members}
        self.fields["failing"].choices = [(key, str(seat.company)) for key, seat in self.members.items()]  # type: ignore[attr-defined]


class TakeOverForm(Form):
    """What taking over costs."""

    cost_cents = CentsField(label=_("Surcoût hors taxes"), help_text=_("Au-delà de ce qui reste à payer sur le lot."))
    days = forms.IntegerField(label=_("Jours ouvrés de plus"), min_value=0, max_value=400, initial=0)


class PartForm(Form):
    """Which lots one passes on, or one’s whole part; why."""

    lots = forms.MultipleChoiceField(
        label=_("Ce que vous confiez"), widget=forms.CheckboxSelectMultiple, required=False
    )
    leaves = forms.BooleanField(label=_("Tout confier, et quitter le chantier"), required=False)
    why = forms.CharField(
        label=_("Pourquoi"), widget=_text(2), help_text=_("Les autres entreprises le lisent, pas le client.")
    )

    def __init__(self, *args: Any, lots: Sequence[WorkLot], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lots"].choices = [(lot.public_id, lot.title) for lot in lots]  # type: ignore[attr-defined]
        if not lots:
            del self.fields["lots"]


class VoiceForm(Form):
    """Who speaks to the client next, and what they have to know."""

    taker = forms.ChoiceField(label=_("À quelle entreprise"))
    note = forms.CharField(
        label=_("Ce qu’elle doit savoir"), widget=_text(4),
        help_text=_("Ce qui est promis, ce qui est en cours. Le client ne le lit pas."),
    )  # fmt: skip

    def __init__(self, *args: Any, members: Sequence[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {seat.public_id: seat for seat in members}
        self.fields["taker"].choices = [(key, str(seat.company)) for key, seat in self.members.items()]  # type: ignore[attr-defined]


class ReserveForm(Form):
    """A point to put right; up to four photos."""

    text = forms.CharField(label=_("Le point à corriger"), max_length=300)
    lot = forms.ChoiceField(label=_("Où"), required=False)
    due_on = forms.DateField(label=_("Avant le"), widget=_day(), required=False)

    def __init__(self, *args: Any, lots: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if lots:
            self.fields["lot"].choices = [("", "–"), *lots]  # type: ignore[attr-defined]
        else:
            del self.fields["lot"]


class ClientVerdictForm(Form):
    """The three questions."""

    simpler = forms.ChoiceField(
        label=_("Était-ce plus simple qu’avec chacun de son côté ?"),
        widget=forms.RadioSelect,
        choices=ClientVerdict.Answer.choices,
    )
    on_time = forms.ChoiceField(
        label=_("Était-ce à l’heure ?"), widget=forms.RadioSelect, choices=ClientVerdict.Answer.choices
    )
    again = forms.ChoiceField(
        label=_("Le referiez-vous avec eux ?"), widget=forms.RadioSelect, choices=ClientVerdict.Answer.choices
    )
    text = forms.CharField(label=_("Un mot pour eux"), widget=_text(2), required=False)


class VerdictForm(Form):
    """« Est-ce que cela a marché ? »"""

    answer = forms.ChoiceField(
        label=_("Cela a-t-il marché, pour votre entreprise ?"),
        widget=forms.RadioSelect,
        choices=MemberVerdict.Answer.choices,
    )
    text = forms.CharField(label=_("Pourquoi"), widget=_text(2), required=False)

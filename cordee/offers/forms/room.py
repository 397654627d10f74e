"""What one fills in about the restricted room."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cordee.ground.kit.forms import Form
from cordee.offers.models import RoomPiece


class PieceForm(Form):
    """Sensitive information, put in the room."""

    title = forms.CharField(label=_("De quoi il s’agit"), max_length=160)
    text = forms.CharField(label=_("Ce que l’équipe restreinte doit savoir"), widget=forms.Textarea(attrs={"rows": 4}))
    level = forms.ChoiceField(label=_("Qui le lit"), choices=RoomPiece.Level.choices, initial=RoomPiece.Level.C4)


class NameForm(Form):
    """One person of the clean team."""

    name = forms.CharField(label=_("Nom"), max_length=120)
    email = forms.EmailField(label=_("Adresse e-mail"))
    why = forms.CharField(
        label=_("Pourquoi cette personne"),
        max_length=200,
        help_text=_("Elle est neutre, ou ne vend rien sur ce marché : expert-comptable, juriste, animateur."),
    )


class ReleaseForm(Form):
    """What comes out of the room."""

    text = forms.CharField(
        label=_("La synthèse, pour tous les membres"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Personne ne s’y reconnaît : des fourchettes, des moyennes, pas un chiffre d’une pièce."),
    )


class ExchangeForm(Form):
    """Sensitive information that passed between members, outside the room."""

    what = forms.CharField(label=_("Quoi"), max_length=300)
    to = forms.CharField(label=_("À qui"), max_length=200)
    why = forms.CharField(label=_("Pourquoi c’était nécessaire"), max_length=300)
    level = forms.ChoiceField(
        label=_("Niveau"),
        choices=(("C2", _("C2 · membres du groupement")), ("C3", _("C3 · cette offre seulement"))),
        initial="C3",
    )

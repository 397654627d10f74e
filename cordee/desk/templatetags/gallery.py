"""What the component gallery shows: every component, every variant, with plain values of an invented groupement."""

from datetime import datetime
from typing import Any

from django import forms

from cordee.ground.kit.forms import Form
from cordee.ground.kit.money import CentsField

NAMES = ("Menuiserie Fabrègues", "Charpente Roques", "Pierres du Larzac", "Nouvel Électricité", "Couverture Saltel")
TRADES = (
    "Vous, mandataire",
    "Charpente, Lodève",
    "Maçonnerie, Le Caylar",
    "Électricité, Clermont",
    "Couverture, Bédarieux",
)

BADGES = (
    ("", "", "Proposée par vous"),
    ("ok", "check", "Adoptée"),
    ("warn", "clock", "À confirmer"),
    ("bad", "x", "Refusée"),
    ("ice", "info-circle", "Pour information"),
    ("rope", "clock", "Demain, 18 h"),
)


class ExampleForm(Form):
    """One field of each sort."""

    email = forms.EmailField(label="Adresse e-mail", help_text="Celle que vous lisez chaque jour.")
    amount = CentsField(label="Montant en euros")
    reason = forms.CharField(label="Motif", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    side = forms.ChoiceField(
        label="Camp", choices=[("a", "Le premier"), ("b", "Le second")], widget=forms.RadioSelect(attrs={})
    )
    where = forms.ChoiceField(label="Lieu", choices=[("", "Choisir…"), ("lodeve", "Lodève")])
    told = forms.BooleanField(label="J’ai prévenu mes associés", required=False)


def examples(at: datetime) -> dict[str, Any]:
    """Everything the gallery's page needs; nothing is read from the database."""
    members = [
        {"name": name, "note": trade, "key": number, "me": number == 0, "off": number == 4}
        for number, (name, trade) in enumerate(zip(NAMES, TRADES, strict=True))
    ]
    voters = [
        {"name": name, "key": number, "done": number in {1, 2, 3}, "me": number == 0, "mark": number == 0}
        for number, name in enumerate(NAMES)
    ]
    return {
        "at": at,
        "steps": _steps("done", "now", "", ""),
        "steps_over": _steps("done", "done", "done", "now"),
        "members": members,
        "voters": sorted(voters, key=lambda voter: not voter["done"]),
        "points": _points(),
        "teams": [_team(members, best=True), _team(members[:3], best=False), _team(members[:2], best=False)],
        "entries": [
            {"text": "Pierres du Larzac a voté", "when": "hier, 19 h 42", "seal": "a41f9c2e70be51d3"},
            {"text": "Vote ouvert par Menuiserie Fabrègues", "when": "lundi, 8 h 15", "seal": "c9d02a7f5e08b7c4"},
        ],
        "figures": [("À recevoir", "3 912,00 €"), ("À payer", "1 284,50 €")],
        "keys": _keys(),
        "choices": [
            {"value": "for", "kind": "for", "label": "Pour", "note": "Je suis d’accord", "chosen": True},
            {"value": "against", "kind": "against", "label": "Contre", "note": "Je préfère un autre contrat"},
            {"value": "abst", "kind": "abst", "label": "Je m’abstiens", "note": "Je compte comme votant"},
        ],
        "inbox": _inbox(),
        "dates": [
            {
                "weekday": "ven.",
                "day": 13,
                "title": "Clôture du vote",
                "note": "18 h · Bois & Pierre",
                "url": "#contenu",
            },
            {"weekday": "lun.", "day": 16, "title": "Visite de la halle de Gignac", "note": "8 h · sur place"},
        ],
        "said": [{"name": "Yann Nouvel", "key": 3, "when": "mardi, 18 h 20", "text": "La franchise me paraît haute."}],
        "badges": BADGES,
        "rows": [("Menuiserie Fabrègues", True, 287500, 293333), ("Charpente Roques", False, 287500, 466667)],
        "total": (575000, 760000),
        "form": ExampleForm({"wrong-email": "claire@", "wrong-amount": "douze"}, prefix="wrong"),
        "fresh_form": ExampleForm(prefix="fresh"),
    }


def _steps(*states: str) -> list[dict[str, str]]:
    words = (("Échange", "8 janvier"), ("Collectif", "22 janvier"), ("Engagé", "4 points sur 7"), ("Clos", ""))
    return [{"label": label, "note": note, "state": state} for (label, note), state in zip(words, states, strict=True)]


def _points() -> list[dict[str, Any]]:
    vote = {
        "label": "Choisir l’assurance décennale",
        "soon": "Vote jusqu’à demain, 18 h",
        "note": "il manque votre voix",
    }
    paper = {"label": "Mettre les attestations à jour", "note": "Il manque celle de Couverture Saltel"}
    return [
        {**vote, "icon": "thumb-up", "url": "#contenu", "button": "Voter", "primary": True},
        {**paper, "icon": "file-text", "url": "/apparence", "button": "Relancer", "post": True},
        {"label": "L’objet du groupement est écrit", "note": "5 voix sur 5", "ok": True},
    ]


def _team(members: list[dict[str, Any]], *, best: bool) -> dict[str, Any]:
    return {
        "best": best,
        "badge": "Notre conseil" if best else "Groupement existant",
        "badge_icon": "check" if best else "link",
        "title": "L’équipe complète" if best else "Bois & Pierre du Lodévois",
        "lots": [{"mark": mark, "done": mark <= len(members)} for mark in range(1, 6)],
        "figures": [("Lots couverts", f"{len(members)} sur 5"), ("Distance moyenne", "16 km")],
        "members": members,
        "names": ", ".join(member["name"] for member in members),
        "lead": "Personne ne manque." if best else "Il manque la peinture.",
        "note": "La seule à couvrir les 5 lots sans sous-traiter." if best else "",
        "url": "#contenu",
        "button": "Ouvrir un échange avec cette équipe" if best else "Voir cette équipe",
    }


def _keys() -> list[dict[str, Any]]:
    return [
        {"value": "equal", "label": "Parts égales", "note": "Chacun un quart", "figure": "2 875,00 €"}
        | {"verdict": "Trois sous-groupes feraient mieux seuls", "fine": False},
        {"value": "shapley", "label": "Selon l’apport", "note": "Ce que chacun fait gagner", "figure": "2 933,33 €"}
        | {"verdict": "Chacun y gagne", "fine": True, "checked": True},
    ]


def _inbox() -> list[dict[str, Any]]:
    return [
        {"icon": "thumb-up", "tone": "rope", "kind": "Vote · Bois & Pierre du Lodévois", "url": "#contenu"}
        | {"title": "Choisir l’assurance décennale du groupement", "soon": "Clôture demain, 18 h"}
        | {"note": "3 votants sur 5, il en faut 4", "button": "Voter"},
        {"icon": "writing-sign", "kind": "Signature · QSE partagé Cœur d’Hérault", "url": "#contenu"}
        | {"title": "Convention de partage du poste QSE", "note": "Avant lundi 16 mars", "button": "Lire et signer"},
        {"icon": "coin-euro", "tone": "warn", "kind": "Paiement · QSE partagé", "url": "#contenu"}
        | {"title": "Votre part de février : 1 284,50 €", "note": "Avant vendredi 20 mars", "button": "Voir et payer"},
    ]

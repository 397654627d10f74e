"""The tables inside an article: what each company brings, does, owns or insures."""

from collections.abc import Callable, Mapping
from fractions import Fraction

from cordee.engines.assembly.answers import Answers
from cordee.engines.assembly.words import day, money, percent, typeset

Rows = tuple[tuple[str, ...], ...]

# What a table has to know of every company: the field, and the question in French and English.
NEEDED: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "tasks": {"task": (typeset("De quoi {name} se charge-t-elle ?"), "What does {name} take care of?")},
    "shares": {"share": (typeset("Quelle part pour {name}, en pourcentage ?"), "What share for {name}, in percent?")},
    "contributions": {
        "contribution": (typeset("Combien {name} apporte-t-elle, en euros ?"), "How much does {name} bring, in euros?")
    },
    "alone": {
        "alone": (typeset("{name} pourrait-elle réaliser ce marché seule ?"), "Could {name} do this contract alone?"),
        "alone_why": (typeset("Pour quelles raisons, concernant {name} ?"), "For what reasons, for {name}?"),
    },
}


def _insurance(known: Answers) -> Rows:
    rows = (
        (party.name, party.insurer, party.policy, day(party.insured_until) if party.insured_until else "")
        for party in known.parties
        if party.insurer or party.policy
    )
    return (("Entreprise", "Assureur", "Police", "Valable jusqu’au"), *rows)


def _tasks(known: Answers) -> Rows:
    return (("Entreprise", "Ce dont elle se charge"), *((p.name, p.task or "⟦tâche⟧") for p in known.parties))


def _shares(known: Answers) -> Rows:
    rows = [(p.name, percent(p.share) if p.share is not None else "⟦part⟧") for p in known.parties]
    total = sum((p.share or Fraction(0) for p in known.parties), Fraction(0))
    return (("Entreprise", "Part"), *rows, ("Total", percent(total))) if rows else (("Entreprise", "Part"),)


def _contributions(known: Answers) -> Rows:
    head = ("Entreprise", "Montant")
    rows = [(p.name, money(p.contribution) if p.contribution is not None else "⟦montant⟧") for p in known.parties]
    total = sum(p.contribution or 0 for p in known.parties)
    return (head, *rows, ("Total", money(total))) if rows else (head,)


def _alone(known: Answers) -> Rows:
    said = {True: "Oui", False: "Non", None: "⟦oui ou non⟧"}
    rows = ((p.name, said[p.alone], p.alone_why or "⟦raisons⟧") for p in known.parties)
    return (("Entreprise", typeset("Seule, le pourrait-elle ?"), "Raisons et pièces"), *rows)


def _guarantees(known: Answers) -> Rows:
    """What the client is guaranteed, by whom, and how it is proven."""
    each, works = "Chaque entreprise, pour sa part", known.values.get("building_works") is True
    rows = [("Prix de chaque lot", each, "Tableau des lots et des prix")]
    if works:
        rows += [
            ("Parfait achèvement, un an", each, "Procès-verbal de réception"),
            ("Bon fonctionnement, deux ans", each, "Procès-verbal de réception"),
            ("Responsabilité décennale, dix ans", each, "Attestation d’assurance en cours à l’ouverture du chantier"),
            ("Dommages-ouvrage", typeset("Souscrite par le client avant l'ouverture du chantier"), "Police du client"),
        ]
    lead = str(known.values.get("lead_name", ""))
    who = f"{lead}, interlocuteur" if lead else "L’interlocuteur"
    return (("Garantie", "Qui la doit", "Ce qui la prouve"), *rows, ("Un seul guichet", who, "Le présent document"))


TABLES: Mapping[str, Callable[[Answers], Rows]] = {
    "insurance": _insurance,
    "tasks": _tasks,
    "shares": _shares,
    "contributions": _contributions,
    "alone": _alone,
    "guarantees": _guarantees,
}

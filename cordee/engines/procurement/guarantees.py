# ruff: noqa: E501 — tables of sentences are easier to read on one line
"""What the client is guaranteed, by whom and until when, beside what a house builder's contract (CCMI) gives."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from cordee.engines.sentences import Lang, typeset

State = Literal["covered", "partly", "missing"]
Kind = Literal[
    "fixed-price",
    "fixed-date",
    "completion",
    "refund",
    "damage",
    "ten-year",
    "one-year",
    "two-year",
    "contact",
    "subcontractors",
]
ROWS: tuple[tuple[Kind, bool, str, str, str, str], ...] = (
    ("fixed-price", False, "Prix ferme", "Fixed price", "Le prix convenu ne change pas.", "The agreed price does not change."),
    ("fixed-date", False, "Date ferme et pénalités", "Fixed date and penalties", "Un retard vous est payé.", "You are paid for a delay."),
    ("completion", False, "Achèvement garanti", "Completion guaranteed", "Si une entreprise s’arrête, le chantier finit, au prix convenu.", "If a company stops, the work is finished, at the agreed price."),
    ("refund", False, "Acompte remboursable", "Deposit refunded", "L’argent versé avant les travaux est garanti.", "Money paid before the works is guaranteed."),
    ("damage", False, "Dommages-ouvrage", "Structural damage insurance", "Vous êtes indemnisé sans attendre de savoir qui a tort. C’est vous qui la souscrivez, avant le chantier.", "You are paid without waiting to know who is at fault. You take it out yourself, before the works."),
    ("ten-year", True, "Garantie décennale", "Ten-year guarantee", "Dix ans sur la solidité, entreprise par entreprise.", "Ten years on solidity, company by company."),
    ("two-year", True, "Bon fonctionnement, deux ans", "Two-year working order", "Deux ans sur les équipements.", "Two years on equipment."),
    ("one-year", True, "Parfait achèvement, un an", "One-year completion", "Un an sur tout ce que vous signalez.", "One year on all that you report."),
    ("contact", False, "Interlocuteur unique", "Single contact", "Une personne nommée répond pour tous.", "A named person answers for all."),
    ("subcontractors", False, "Paiement des sous-traitants", "Subcontractors paid", "Un sous-traitant impayé ne se retourne pas contre vous.", "An unpaid subcontractor cannot turn to you."),
)  # fmt: skip
"""Kind, whether each company must have its own, names and plain words. A CCMI builder gives every one of them, the
damage insurance excepted, which the owner takes out (C. ass. L242-1)."""
BY_LAW: frozenset[Kind] = frozenset({"one-year", "two-year"})
"""Every builder owes them without any paper (C. civ. 1792-3, 1792-6)."""


@dataclass(frozen=True, slots=True)
class Cover:
    """One proof: of what, by whom, for which trade, from when until when, whether its paper is there."""

    kind: str
    company: str
    start: date | None
    end: date | None
    proven: bool
    insurer: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the matrix. `who`: those who cover; `until`: the first end; `lacking`: companies without it."""

    kind: str
    state: State
    who: tuple[str, ...]
    until: date | None
    lacking: tuple[str, ...]
    unproven: tuple[str, ...]
    ccmi: bool
    name: str
    words: str


def matrix(
    companies: Sequence[str], covers: Sequence[Cover], *, start: date, end: date, lang: Lang = "fr"
) -> tuple[Row, ...]:
    """Say for each guarantee whether the client has it: covered, by whom, until when, missing.

    Shape   start, end: of the works; a cover counts when it runs at the start of the works (a ten-year guarantee) or
            all along them (everything else); one without dates runs always.
    Holds   a guarantee that each company must have is covered only when every company has it.
    """
    return tuple(_row(spec, companies, covers, start, end, lang) for spec in ROWS)


def _row(
    spec: tuple[Kind, bool, str, str, str, str],
    companies: Sequence[str],
    covers: Sequence[Cover],
    start: date,
    end: date,
    lang: Lang,
) -> Row:
    kind, each, name_fr, name_en, words_fr, words_en = spec
    last = start if kind == "ten-year" else end
    running = [one for one in covers if one.kind == kind and _runs(one, start, last)]
    who = tuple(dict.fromkeys(one.company for one in running))
    lacking = tuple(name for name in companies if name not in who) if each and kind not in BY_LAW else ()
    if kind in BY_LAW:
        who = tuple(companies)
    state: State = "missing" if not who else "partly" if lacking else "covered"
    ends = [one.end for one in running if one.end is not None]
    unproven = tuple(dict.fromkeys(one.company for one in running if not one.proven))
    name, words = (name_en, words_en) if lang == "en" else (typeset(name_fr), typeset(words_fr))
    return Row(kind, state, who, min(ends, default=None), lacking, unproven, kind != "damage", name, words)


def _runs(one: Cover, start: date, end: date) -> bool:
    return (one.start is None or one.start <= start) and (one.end is None or one.end >= end)

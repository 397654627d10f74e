"""The legal guarantees of building works: they run from the reception (réception), and from nothing else."""

from dataclasses import dataclass
from datetime import date

from cordee.engines.sentences import Lang

YEARS = {"one-year": 1, "two-year": 2, "ten-year": 10}
"""Parfait achèvement, bon fonctionnement, décennale: Code civil, articles 1792-6, 1792-3 and 1792-4-1."""

_WORDS: dict[str, dict[Lang, tuple[str, str]]] = {
    "one-year": {
        "fr": ("Parfait achèvement", "Tout défaut signalé est corrigé."),
        "en": ("Perfect completion", "Every defect reported is put right."),
    },
    "two-year": {
        "fr": ("Bon fonctionnement", "Les équipements : portes, volets, appareillage."),
        "en": ("Proper functioning", "Equipment: doors, shutters, fittings."),
    },
    "ten-year": {
        "fr": ("Décennale", "La solidité de l’ouvrage, et qu’il serve à son usage."),
        "en": ("Ten-year", "The solidity of the work, and its fitness for use."),
    },
}


@dataclass(frozen=True, slots=True)
class LegalGuarantee:
    """One legal guarantee: its kind, in years, the last day on which it may be called upon."""

    kind: str
    years: int
    starts_on: date
    ends_on: date

    def label(self, lang: Lang = "fr") -> str:
        """Its name."""
        return _WORDS[self.kind][lang][0]

    def covers(self, lang: Lang = "fr") -> str:
        """What it covers, in plain words."""
        return _WORDS[self.kind][lang][1]


def years_after(day: date, years: int) -> date:
    """The same day some years later; 29 February gives 28 February in a plain year.

    >>> years_after(date(2024, 2, 29), 1)
    datetime.date(2025, 2, 28)
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def legal_guarantees(received_on: date) -> tuple[LegalGuarantee, ...]:
    """The three guarantees that a reception starts, and until when each runs.

    Holds   each ends on the day and month of the reception, one, two and ten years later.
    Source  Code civil, articles 1792-3, 1792-4-1, 1792-6.

    >>> [str(each.ends_on) for each in legal_guarantees(date(2026, 3, 17))]
    ['2027-03-17', '2028-03-17', '2036-03-17']
    """
    return tuple(
        LegalGuarantee(kind, years, received_on, years_after(received_on, years)) for kind, years in YEARS.items()
    )

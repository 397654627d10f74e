"""Two questionnaires: six questions a quarter on management, and the practice of working together once a year.

The second follows the path that ISO 44001 draws for a collaborative relationship, from knowing why one cooperates to
leaving well; its wording is ours, and it certifies nothing.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Lang = Literal["fr", "en"]


@dataclass(frozen=True, slots=True)
class Question:
    """One question, answered from 1 (not at all) to 5 (entirely)."""

    slug: str
    fr: str
    en: str
    tip_fr: str = ""
    tip_en: str = ""

    def asked(self, lang: Lang = "fr") -> str:
        return self.fr if lang == "fr" else self.en

    def tip(self, lang: Lang = "fr") -> str:
        """What one could do first where the answer is low."""
        return self.tip_fr if lang == "fr" else self.tip_en


BAROMETER = (
    Question("time", "Je garde du temps pour réfléchir à la suite, pas seulement pour l’urgence.",
             "I keep time to think ahead, not only for what is urgent."),
    Question("delegate", "Mon équipe avance sans moi quand je m’absente une semaine.",
             "My team goes on without me when I am away for a week."),
    Question("goals", "Chacun chez nous sait ce que nous visons cette année.",
             "Everybody here knows what we aim at this year."),
    Question("talk", "Les difficultés se disent tôt, sans crainte.",
             "Difficulties are told early, without fear."),
    Question("learn", "Nous tirons une leçon écrite de ce qui a raté.",
             "We draw a written lesson from what went wrong."),
    Question("energy", "Je finis la plupart de mes semaines avec de l’énergie.",
             "I end most of my weeks with energy left."),
)  # fmt: skip
"""The barometer of a quarter."""

PRACTICES = (
    Question("why", "Nous savons dire pourquoi nous coopérons, et ce que nous ne ferons pas à plusieurs.",
             "We can say why we cooperate, and what we will not do together.",
             "Écrivez en une phrase ce qu’aucun de vous ne peut seul.",
             "Write in one sentence what none of you can do alone."),
    Question("know", "Nous connaissons les forces et les limites de nos partenaires, et eux les nôtres.",
             "We know our partners’ strengths and limits, and they know ours.",
             "Visitez-vous : une demi-journée chez chacun.",
             "Visit each other: half a day at each place."),
    Question("self", "Dans notre entreprise, quelqu’un a le temps et le droit de s’occuper du groupement.",
             "In our company, somebody has the time and the right to look after the grouping.",
             "Nommez un suppléant, et réservez deux heures par mois.",
             "Name a substitute, and set two hours a month aside."),
    Question("choose", "Nous choisissons nos partenaires sur des critères écrits, pas seulement par affinité.",
             "We choose partners by written criteria, not only by affinity.",
             "Écrivez trois critères avant la prochaine entrée.",
             "Write three criteria before the next company comes in."),
    Question("together", "Nos règles de décision, de partage et de départ sont écrites et comprises de tous.",
             "Our rules for deciding, sharing and leaving are written and understood by all.",
             "Relisez la charte à voix haute, notez ce qui surprend.",
             "Read the charter aloud, note what surprises."),
    Question("value", "Nous mesurons ce que la coopération rapporte à chacun, et ce qu’elle lui coûte.",
             "We measure what cooperation brings to each, and what it costs.",
             "Ouvrez le tableau de bord ensemble, une fois par trimestre.",
             "Open the dashboard together, once a quarter."),
    Question("alive", "Les désaccords se traitent tôt, et la confiance s’entretient.",
             "Disagreements are dealt with early, and trust is looked after.",
             "Commencez chaque réunion par un tour de table de cinq minutes.",
             "Begin each meeting with a round of five minutes."),
    Question("leave", "Nous saurions nous séparer sans dommage : préavis, comptes, clients, données.",
             "We could part without damage: notice, accounts, clients, data.",
             "Jouez un départ sur le papier, avec ses comptes.",
             "Play a departure through on paper, accounts included."),
)  # fmt: skip
"""The practice of working together, in the order of a relationship's life."""


def quarter_of(day: date) -> str:
    """The quarter of a day, as answers are filed.

    >>> quarter_of(date(2026, 5, 3))
    '2026-T2'
    """
    return f"{day.year}-T{(day.month + 2) // 3}"

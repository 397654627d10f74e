# ruff: noqa: E501 — tables of sentences are easier to read on one line
"""What the law demands of companies that build together for a private owner: blocked when it lacks, with the way out.

Source  Code de la construction et de l'habitation, art. L124-3 (ex L111-3-2), L230-1 to L232-2 (CCMI).
"""

from dataclasses import dataclass
from typing import Literal

from cordee.engines.sentences import Lang, typeset
from cordee.engines.units import Cents

L124_3_UP_TO = Cents(10_000_000)
"""Up to 100 000 € before tax (CCH L124-3, in force in 2026)."""

Solidarity = Literal["yes", "no", "unsaid"]


@dataclass(frozen=True, slots=True)
class Work:
    """What is offered. `direction`: the lead's mission goes as far as designing or directing the site."""

    building: bool
    total: Cents
    owner: str
    parts_named: bool
    parts_priced: bool
    solidarity: Solidarity
    lead_named: bool
    lead_mission: str
    direction: bool = False
    new_house: bool = False
    plan_by_group: bool = False
    cooperative: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Why this offer cannot leave, and the way out."""

    code: str
    why: str
    way_out: str


_WORDS: dict[str, tuple[str, str, str, str]] = {
    "ccmi": (
        "Une maison neuve sur un plan fourni par votre groupement relève du contrat de construction (CCMI, CCH L231-1) : "
        "il faut un seul constructeur et une garantie de livraison. À plusieurs entreprises, le contrat serait nul et la "
        "faute pénale.",
        "Faites porter le contrat par une coopérative qui a la garantie de livraison, ou bâtissez sur le plan de "
        "l’architecte du client, en lots séparés.",
        "A new house on a plan that your grouping supplies is a house-building contract (CCMI, CCH L231-1): it takes one "
        "builder and a completion guarantee. With several companies the contract would be void, and a criminal offence.",
        "Let a cooperative that holds the completion guarantee sign the contract, or build on the plan of the client’s "
        "own architect, in separate lots.",
    ),
    "owner": (
        "L’identité du client manque. Jusqu’à 100 000 € HT, elle est exigée à peine de nullité (CCH L124-3).",
        "Écrivez le nom et l’adresse du client.",
        "The client’s identity is missing. Up to €100,000 before tax it is demanded on pain of nullity (CCH L124-3).",
        "Write the client’s name and address.",
    ),
    "parts": (
        "La loi exige la nature et le prix détaillé de la part de chaque entreprise (CCH L124-3).",
        "Chaque entreprise décrit et chiffre sa part.",
        "The law demands the nature and the detailed price of each company’s part (CCH L124-3).",
        "Each company describes and prices its part.",
    ),
    "solidarity": (
        "Le contrat doit dire s’il y a solidarité ou non (CCH L124-3).",
        "Choisissez « chacun pour sa part » ou « chacun pour tout ».",
        "The contract must say whether the companies are jointly liable or not (CCH L124-3).",
        "Choose “each for its part” or “each for all”.",
    ),
    "lead": (
        "Le contrat doit nommer le mandataire et dire sa mission (CCH L124-3).",
        "Nommez l’interlocuteur du client et écrivez ce qu’il transmet et coordonne.",
        "The contract must name the lead and its mission (CCH L124-3).",
        "Name the client’s contact and write what it passes on and coordinates.",
    ),
    "direction": (
        "La mission du mandataire ne peut pas aller jusqu’à la conception ou la direction du chantier (CCH L124-3) : ce "
        "serait une maîtrise d’œuvre, sans l’assurance qui va avec.",
        "Limitez-la à transmettre et coordonner, ou faites appel à un maître d’œuvre.",
        "The lead’s mission may not go as far as designing or directing the site (CCH L124-3): that would be the work of "
        "an architect, without the insurance for it.",
        "Limit it to passing on and coordinating, or call in a project architect.",
    ),
}


def blocks(work: Work, lang: Lang = "fr") -> tuple[Block, ...]:
    """List what keeps an offer from leaving; nothing for what is no building work.

    Holds   the CCMI trap blocks whatever the price; the demands of L124-3 up to and including 100 000 €.
    """
    found = []
    if work.new_house and work.plan_by_group and not work.cooperative:
        found.append("ccmi")
    if work.building and work.total <= L124_3_UP_TO:
        checks = (
            ("owner", bool(work.owner.strip())),
            ("parts", work.parts_named and work.parts_priced),
            ("solidarity", work.solidarity != "unsaid"),
            ("lead", work.lead_named and bool(work.lead_mission.strip())),
            ("direction", not work.direction),
        )
        found += [code for code, held in checks if not held]
    return tuple(_block(code, lang) for code in found)


def _block(code: str, lang: Lang) -> Block:
    words = _WORDS[code]
    if lang == "en":
        return Block(code, words[2], words[3])
    return Block(code, typeset(words[0]), typeset(words[1]))

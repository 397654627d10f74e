# ruff: noqa: E501 — tables of sentences are easier to read on one line
"""When the members of a joint answer may still change (CCP R2142-26, R2142-3)."""

from dataclasses import dataclass
from typing import Literal

from cordee.engines.sentences import Lang, typeset

Stage = Literal["before", "frozen", "signed"]
CASES: dict[str, tuple[str, str]] = {
    "restructuring": (
        "Restructuration de l’entreprise (rachat, fusion, liquidation)",
        "Restructuring of the company (takeover, merger, liquidation)",
    ),
    "impossible": (
        "Impossibilité prouvée, qui ne vient pas du membre",
        "Proven impossibility that is not the member’s doing",
    ),
    "negotiation": (
        "Procédure avec négociation ou dialogue",
        "Procedure with negotiation or dialogue",
    ),
}


@dataclass(frozen=True, slots=True)
class Change:
    """Whether it may change, why, and what to do."""

    allowed: bool
    ask_buyer: bool
    why: str


_WORDS = {
    "before": ("Avant la date limite, l’équipe change librement.", "Before the deadline, the team changes freely."),
    "frozen": (
        "L’équipe est figée de la date limite à la signature (CCP R2142-26). Trois cas seulement permettent de changer, "
        "et l’acheteur doit l’accepter après avoir revu les capacités.",
        "The team is frozen from the deadline to the signature (CCP R2142-26). Only three cases let it change, "
        "and the buyer must agree after looking at the capacities again.",
    ),
    "open-tender": (
        "Dans un appel d’offres, la négociation n’existe pas : ce cas ne s’applique pas.",
        "In an open or restricted procedure there is no negotiation: this case does not apply.",
    ),
    "signed": (
        "Le marché est signé : remplacer un membre est une modification du contrat (avenant), avec l’accord de l’acheteur.",
        "The contract is signed: replacing a member is a change of the contract, with the buyer’s agreement.",
    ),
}


def may_change(stage: Stage, case: str = "", *, negotiated: bool = False, lang: Lang = "fr") -> Change:
    """Say whether a member may still be replaced, in this stage and this case.

    >>> may_change("before").allowed, may_change("frozen").allowed, may_change("frozen", "impossible").allowed
    (True, False, True)
    """

    def words(code: str) -> str:
        said = _WORDS[code][lang == "en"]
        return typeset(said) if lang == "fr" else said

    if stage == "before":
        return Change(True, False, words("before"))
    if stage == "signed":
        return Change(False, True, words("signed"))
    if case == "negotiation" and not negotiated:
        return Change(False, False, words("open-tender"))
    return Change(case in CASES, case in CASES, words("frozen"))

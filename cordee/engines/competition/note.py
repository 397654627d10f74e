"""The twelve-point note: why these companies bid together, and whether they may.

Source  ADLC 09-D-18 and 22-D-04; EU Horizontal Guidelines 2023, section on bidding consortia; C. com. L420-1. The
        thresholds of `LAWYER_SHARE` and `LAWYER_BIDDERS` are the house's own caution, not law.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations
from typing import Literal

from cordee.engines.sentences import Lang, Reason, Table, reason
from cordee.engines.sentences import say as _say

Said = Literal["yes", "no", "unknown"]
LAWYER_SHARE, LAWYER_BIDDERS, LAWYER_TIMES = Fraction(10, 100), Fraction(1, 2), 3

POINTS: dict[int, tuple[str, str]] = {
    1: ("Le marché concerné et son territoire", "The market and its area"),
    2: ("Qui est concurrent de qui", "Who competes with whom"),
    3: ("Chacun pourrait-il répondre seul ?", "Could each answer alone?"),
    4: ("Un groupe plus petit suffirait-il ?", "Would a smaller group do?"),
    5: ("Part de marché ensemble, et concurrents qui restent", "Joint market share, and rivals left"),
    6: ("Ce que le client y gagne", "What the client gains"),
    7: ("Les informations strictement nécessaires", "Only the information that is needed"),
    8: ("Chacun reste libre ailleurs", "Each stays free elsewhere"),
    9: ("Exclusivité limitée à cette offre", "Exclusivity limited to this bid"),
    10: ("Chacun chiffre seul, un neutre assemble", "Each prices alone, a neutral assembles"),
    11: ("Avis d’un juriste", "A lawyer’s opinion"),
    12: ("Signée par chaque dirigeant", "Signed by each leader"),
}


@dataclass(frozen=True, slots=True)
class Rival:
    """One member: on which lots it works, whether it could do each of them alone, and why not."""

    id: str
    name: str
    lots: tuple[str, ...]
    alone: Said = "unknown"
    why: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """What the note says. `share` and `bidders`: of the members together, as fractions; None where unknown."""

    market: str = ""
    members: tuple[Rival, ...] = ()
    competitors: tuple[tuple[str, str], ...] | None = None  # pairs of ids; None: nobody has said
    smaller: Said = "unknown"
    smaller_why: str = ""
    share: Fraction | None = None
    bidders: Fraction | None = None
    rivals_left: int | None = None
    gains: str = ""
    information: str = ""
    free_elsewhere: Said = "unknown"
    limited: Said = "unknown"
    assembler: str = ""
    lawyer: str = ""
    times_this_year: int = 0
    signed: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Verdict:
    """`missing`: points not answered; `stops`: what forbids; `cautions`: what asks for care; `lawyer`: asked for."""

    colour: Literal["green", "amber", "red"]
    missing: tuple[int, ...]
    stops: tuple[Reason, ...]
    cautions: tuple[Reason, ...]
    lawyer: bool
    unsigned: tuple[str, ...]

    @property
    def open(self) -> bool:
        """Prices may be entered and the bid go on: all is answered, nothing forbids, everybody signed."""
        return self.colour != "red" and not self.missing and not self.unsigned


def judge(answers: Answers) -> Verdict:
    """Weigh the note.

    Holds   red when every member could bid alone and none shows a gain, when an answer is a plain no to freedom or to
            limits, or when a smaller group would do without a reason; green only when nobody competes with anybody.
    """
    pairs = _pairs(answers)
    alone = [one for one in answers.members if one.alone == "yes"]
    rivals = {name for pair in pairs for name in pair}
    stops: list[Reason] = []
    cautions: list[Reason] = []
    free = [one.name for one in alone if one.id in rivals]
    if len(free) >= 2 and not answers.gains.strip():
        stops.append(reason("alone", names=", ".join(free)))
    elif len(free) >= 2:
        cautions.append(reason("alone-but", names=", ".join(free)))
    if answers.smaller == "yes" and not answers.smaller_why.strip():
        stops.append(reason("smaller"))
    if answers.free_elsewhere == "no":
        stops.append(reason("not-free"))
    if answers.limited == "no":
        stops.append(reason("unlimited"))
    if answers.competitors is None:
        cautions.append(reason("unknown"))
    same = [one for one in _same_lot(answers) if one in pairs]
    names = {one.id: one.name for one in answers.members}
    cautions += [reason("same-lot", one=names[one], other=names[other]) for one, other in same]
    lawyer = _lawyer(answers, bool(same))
    missing = _missing(answers, lawyer)
    unsigned = tuple(one.name for one in answers.members if one.id not in answers.signed)
    colour: Literal["green", "amber", "red"] = "red" if stops else "amber" if pairs or cautions or lawyer else "green"
    return Verdict(colour, missing, tuple(stops), tuple(cautions), lawyer, unsigned)


def _pairs(answers: Answers) -> set[tuple[str, str]]:
    """Who competes with whom: as said; as long as nobody has said, everybody who works on the same lot."""
    if answers.competitors is None:
        return set(_same_lot(answers))
    return {(min(pair), max(pair)) for pair in answers.competitors}


def _same_lot(answers: Answers) -> list[tuple[str, str]]:
    return [
        (min(one.id, other.id), max(one.id, other.id))
        for one, other in combinations(answers.members, 2)
        if set(one.lots) & set(other.lots)
    ]


def _lawyer(answers: Answers, same_lot: bool) -> bool:
    return (
        same_lot
        or (answers.share is not None and answers.share > LAWYER_SHARE)
        or (answers.bidders is not None and answers.bidders > LAWYER_BIDDERS)
        or answers.times_this_year >= LAWYER_TIMES
    )


def _missing(answers: Answers, lawyer: bool) -> tuple[int, ...]:
    held: Mapping[int, bool] = {
        1: bool(answers.market.strip()),
        2: answers.competitors is not None,
        3: all(one.alone != "unknown" and (one.alone == "yes" or one.why.strip()) for one in answers.members),
        4: answers.smaller != "unknown" and (answers.smaller == "yes" or bool(answers.smaller_why.strip())),
        5: answers.share is not None and answers.rivals_left is not None,
        6: bool(answers.gains.strip()),
        7: bool(answers.information.strip()),
        8: answers.free_elsewhere != "unknown",
        9: answers.limited != "unknown",
        10: bool(answers.assembler),
        11: bool(answers.lawyer.strip()) or not lawyer,
    }
    return tuple(point for point, done in held.items() if not done)


_WORDS: Table = {
    "alone": (
        "{names} pourraient chacune répondre seules, et rien ne montre ce que le client gagne à les voir ensemble : "
        "c’est une entente. Répondez séparément, ou gardez la plus utile avec des entreprises complémentaires.",
        "{names} could each bid alone, and nothing shows what the client gains from seeing them together: "
        "this is a cartel. Bid apart, or keep the most useful one with complementary companies.",
    ),
    "alone-but": (
        "{names} pourraient répondre seules : la note doit prouver le gain du client, et un juriste la relire.",
        "{names} could bid alone: the note must prove the client’s gain, and a lawyer read it.",
    ),
    "smaller": (
        "un groupe plus petit suffirait : réduisez-le, ou dites pourquoi chacun est nécessaire.",
        "a smaller group would do: make it smaller, or say why each is needed.",
    ),
    "not-free": (
        "chacun doit rester libre de répondre seul ailleurs : retirez toute promesse de ne pas répondre.",
        "each must stay free to bid alone elsewhere: drop any promise not to bid.",
    ),
    "unlimited": (
        "l’exclusivité doit se limiter à ce lot et à la durée de cette offre.",
        "exclusivity must be limited to this lot and to the time of this bid.",
    ),
    "unknown": (
        "tant que vous ne dites pas qui est concurrent, nous tenons pour concurrents ceux du même lot.",
        "as long as you do not say who competes, we take those on the same lot for competitors.",
    ),
    "same-lot": (
        "{one} et {other} sont concurrents et travaillent sur le même lot : un juriste doit relire.",
        "{one} and {other} compete and work on the same lot: a lawyer must read this.",
    ),
}


def say(what: Reason, lang: Lang = "fr") -> str:
    """A reason as a sentence."""
    said = _say(what, _WORDS, lang)
    return said[:1].upper() + said[1:]


def point_label(point: int, lang: Lang = "fr") -> str:
    """The title of one of the twelve points."""
    return POINTS[point][lang == "en"].replace(" ?", "\u202f?")

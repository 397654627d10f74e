"""Signs that a grouping drifts: said early, gently, and first to the company concerned."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from cordee.engines.sentences import Lang, Reason, Table, reason, say

Code = Literal["absent", "silent", "unpaid", "quiet", "few_votes", "undone"]

SILENT_DAYS = 60
"""How long a member may do nothing while the others go on."""
QUIET_DAYS = 90
"""How long a whole grouping may do nothing."""
UNPAID_DAYS = 30
UNDONE_DAYS = 14
LEAST_VOTES = 3
"""Fewer votes than that say nothing of somebody's participation."""


@dataclass(frozen=True, slots=True)
class MemberLife:
    """What the register shows of one company.

    Shape   joined, last_act: days; last_act is None for one that has done nothing yet. asked, answered: among the last
            votes. unpaid_since: since when the oldest payment that it owes waits.
    """

    id: str
    joined: date
    last_act: date | None = None
    asked: int = 0
    answered: int = 0
    unpaid_since: date | None = None


@dataclass(frozen=True, slots=True)
class Life:
    """What the register shows of a grouping. undone: since when each adopted decision waits to be carried out."""

    members: tuple[MemberLife, ...]
    last_act: date
    undone: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing worth a word. `member`: the company concerned, empty when it is everybody."""

    code: Code
    member: str
    words: Reason


def signs(life: Life, today: date) -> tuple[Sign, ...]:
    """List what shows that the grouping drifts, of each member first, then of all.

    Holds   a grouping that rests as a whole is not the fault of one: no member is called silent then. Three votes at
            least say something of participation. More of what is good never adds a sign.
    Errors  ValueError for more votes answered than asked.

    >>> quiet = Life((MemberLife("A", date(2026, 1, 1)),), date(2026, 1, 2))
    >>> [sign.code for sign in signs(quiet, date(2026, 6, 1))]
    ['quiet']
    """
    found: list[Sign] = []
    rests = (today - life.last_act).days
    for member in life.members:
        if member.answered > member.asked:
            raise ValueError("more votes answered than asked")
        idle = (today - (member.last_act or member.joined)).days
        if rests < QUIET_DAYS and idle >= SILENT_DAYS:
            found.append(Sign("silent", member.id, reason("silent", days=idle)))
        if member.asked >= LEAST_VOTES and 2 * member.answered < member.asked:
            words = reason("absent", answered=member.answered, asked=member.asked)
            found.append(Sign("absent", member.id, words))
        late = (today - member.unpaid_since).days if member.unpaid_since else 0
        if late >= UNPAID_DAYS:
            found.append(Sign("unpaid", member.id, reason("unpaid", days=late)))
    if rests >= QUIET_DAYS:
        found.append(Sign("quiet", "", reason("quiet", days=rests)))
    asked, answered = sum(each.asked for each in life.members), sum(each.answered for each in life.members)
    if asked >= LEAST_VOTES * len(life.members) > 0 and 2 * answered < asked:
        found.append(Sign("few_votes", "", reason("few_votes", answered=answered, asked=asked)))
    old = [(today - since).days for since in life.undone if (today - since).days >= UNDONE_DAYS]
    if old:
        found.append(Sign("undone", "", reason("undone", n=len(old), days=max(old))))
    return tuple(found)


_WORDS: Table = {
    "silent": (
        "Rien depuis {days} jours, alors que le groupement avance : un appel suffit souvent.",
        "Nothing for {days} days, while the grouping moves on: a call is often enough.",
    ),
    "absent": (
        "{answered} {answered:réponse|réponses} sur les {asked} derniers votes : un suppléant aiderait peut-être.",
        "{answered} {answered:answer|answers} in the last {asked} votes: a substitute might help.",
    ),
    "unpaid": (
        "Un paiement attend depuis {days} jours : un oubli, ou une difficulté à dire ?",
        "A payment has been waiting for {days} days: forgotten, or something to talk about?",
    ),
    "quiet": (
        "Plus rien ne se passe depuis {days} jours : se revoir, mettre en pause, ou finir ?",
        "Nothing has happened for {days} days: meet again, pause, or end?",
    ),
    "few_votes": (
        "Moins de la moitié des voix se sont exprimées ({answered} sur {asked}) : trop de questions, ou mal choisies ?",
        "Fewer than half of the voices were heard ({answered} of {asked}): too many questions, or the wrong ones?",
    ),
    "undone": (
        "{n} {n:décision adoptée attend|décisions adoptées attendent}, la plus ancienne depuis {days} jours.",
        "{n} adopted {n:decision waits|decisions wait} to be carried out, the oldest for {days} days.",
    ),
}


def say_sign(sign: Sign, lang: Lang = "fr") -> str:
    """Say one sign, without blame."""
    return say(sign.words, _WORDS, lang)

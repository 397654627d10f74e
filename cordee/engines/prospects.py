"""Whose opportunity it is, when several companies share a sales person: by the order of rules that they agreed on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from cordee.engines.sentences import Lang, Reason, Table, listed, reason, say

Rule = Literal["first", "zone", "trade", "turn"]
RULES: tuple[Rule, ...] = ("first", "zone", "trade", "turn")

SENTENCES: Table = {
    "asked": ("Dit à la saisie : elle concerne {names}.", "Said when it was noted: it is about {names}."),
    "first": ("Premier contact : {names} suivait déjà ce client.", "First contact: {names} knew this client already."),
    "zone": ("Territoire : {place} est à {names}.", "Territory: {place} belongs to {names}."),
    "trade": ("Métier : {names} fait « {trade} ».", "Trade: {names} does “{trade}”."),
    "turn": (
        "À tour de rôle : {names} en avait reçu {had}, aucune autre n’en avait moins.",
        "Each in turn: {names} had been given {had}, none of the others fewer.",
    ),
    "together": ("Gagnée ensemble : {names}.", "For several together: {names}."),
}


@dataclass(frozen=True, slots=True)
class Field:
    """What a member covers: the beginnings of its postcodes, its trades. Nothing said: everything."""

    zones: tuple[str, ...] = ()
    trades: tuple[str, ...] = ()

    def reaches(self, postcode: str) -> bool:
        return not self.zones or any(postcode.startswith(zone) for zone in self.zones)

    def does(self, trade: str) -> bool:
        return not self.trades or trade.casefold() in [each.casefold() for each in self.trades]


@dataclass(frozen=True, slots=True)
class Prospect:
    """An opportunity: where, for what trade, whom it is about, who knew this client before."""

    postcode: str = ""
    trade: str = ""
    about: tuple[str, ...] = ()
    known_by: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """To whom it goes, and the rules that said so, in order."""

    member: str
    why: tuple[Reason, ...]


def attribute(
    prospect: Prospect, members: Mapping[str, Field], order: tuple[Rule, ...], already: Mapping[str, int] | None = None
) -> Given:
    """Give an opportunity to one member: each rule in turn narrows who may have it; the least served settles the rest.

    A rule that would leave nobody is passed over. Whatever the order says, « each in turn » ends it.

    Shape   members: in the order that settles ties, at least one; already: how many each was given before.
    Holds   the member is one of those the opportunity is about; without any rule, it goes to the least served.
    Errors  ValueError without members.

    >>> fields = {"A": Field(("34",)), "B": Field(("30",)), "C": Field()}
    >>> found = attribute(Prospect(postcode="30100"), fields, ("zone", "turn"), {"B": 1})
    >>> found.member, [why.code for why in found.why]
    ('C', ['zone', 'turn'])
    """
    if not members:
        raise ValueError("nobody to give it to")
    left = tuple(member for member in members if member in prospect.about) or tuple(members)
    why = [reason("asked", names=left)] if len(left) < len(members) else []
    for rule in order:
        if len(left) == 1 or rule == "turn":
            break
        kept = _kept(rule, prospect, {member: members[member] for member in left})
        if kept and len(kept) < len(left):
            left = kept
            why.append(reason(rule, names=left, place=prospect.postcode, trade=prospect.trade))
    if len(left) > 1 or not why:
        has = {member: (already or {}).get(member, 0) for member in left}
        left = (min(left, key=lambda member: has[member]),)
        why.append(reason("turn", names=left, had=has[left[0]]))
    return Given(left[0], tuple(why))


def _kept(rule: Rule, prospect: Prospect, members: Mapping[str, Field]) -> tuple[str, ...]:
    """Those whom one rule leaves; nobody where it has nothing to say."""
    if rule == "first":
        return (prospect.known_by,) if prospect.known_by in members else ()
    if rule == "zone":
        return tuple(name for name, one in members.items() if prospect.postcode and one.reaches(prospect.postcode))
    return tuple(name for name, one in members.items() if prospect.trade and one.does(prospect.trade))


def say_why(why: Reason, names: Mapping[str, str], lang: Lang = "fr") -> str:
    """One of the reasons in a sentence; `names` is how each member is called."""
    facts = dict(why.facts)
    who = facts.get("names", ())
    shown = tuple(names.get(each, each) for each in who) if isinstance(who, tuple) else ()
    return say(reason(why.code, **{**facts, "names": listed(shown, lang)}), SENTENCES, lang)

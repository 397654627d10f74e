"""Who gets a contact: whom the visitor asked for, then who received it, then each in turn."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from cordee.engines.sentences import Lang, Reason, Table, reason, say

Rule = Literal["origin", "turns", "keep"]

SENTENCES: Table = {
    "alone": (
        "Le visiteur n’a pas accepté que son contact soit partagé : il reste à {member}.",
        "The visitor did not agree to be shared: the contact stays with {member}.",
    ),
    "asked": ("{member} est la seule que ce contact concerne.", "{member} is the only one this contact is about."),
    "received": (
        "{member} l’a reçu et fait partie de celles qu’il concerne.",
        "{member} received it, and is one of those it is about.",
    ),
    "kept": ("La règle le laisse à qui l’a reçu : {member}.", "The rule leaves it to who received it: {member}."),
    "turn": (
        "À tour de rôle : {member} en avait {had}, personne de concerné n’en avait moins.",
        "Each in turn: {member} had {had}, none of those it is about had fewer.",
    ),
}


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact: who received it, whom it concerns (nobody said: everybody), whether it may be shared."""

    key: str
    received_by: str
    about: tuple[str, ...] = ()
    shared: bool = True


@dataclass(frozen=True, slots=True)
class Dealt:
    """To whom a contact goes, and why."""

    key: str
    member: str
    why: Reason


def deal(
    contacts: Iterable[Contact], members: tuple[str, ...], rule: Rule, already: Mapping[str, int] | None = None
) -> tuple[Dealt, ...]:
    """Give each contact to one member by the agreed rule, in the order given.

    "origin": the only member concerned, else who received it when concerned, else each in turn. "turns": each in turn
    among those concerned. "keep": who received it. Nothing is shared without the visitor's agreement.

    Shape   members: at least one, in the order that settles ties; already: contacts that each has from before.
    Holds   each contact goes to one member; without agreement, to who received it; in turn among the same members, two
            of them never differ by more than one if they were level.
    Errors  ValueError without members.

    >>> found = deal([Contact("1", "A", ("B", "C")), Contact("2", "A", ("B", "C"))], ("A", "B", "C"), "origin")
    >>> [one.member for one in found]
    ['B', 'C']
    """
    if not members:
        raise ValueError("nobody to give contacts to")
    has = {member: (already or {}).get(member, 0) for member in members}
    found = []
    for one in contacts:
        about = tuple(member for member in members if member in one.about) or members
        if not one.shared:
            member, code = one.received_by, "alone"
        elif rule == "keep":
            member, code = one.received_by, "kept"
        elif rule == "origin" and len(about) == 1:
            member, code = about[0], "asked"
        elif rule == "origin" and one.received_by in about:
            member, code = one.received_by, "received"
        else:
            member, code = min(about, key=lambda each: has[each]), "turn"
        found.append(Dealt(one.key, member, reason(code, member=member, had=has.get(member, 0))))
        has[member] = has.get(member, 0) + 1
    return tuple(found)


def say_why(why: Reason, name: str, lang: Lang = "fr") -> str:
    """Why it goes to this member, in a sentence; `name` is how the member is called."""
    return say(reason(why.code, **{**dict(why.facts), "member": name}), SENTENCES, lang)

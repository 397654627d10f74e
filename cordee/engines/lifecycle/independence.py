"""Are these companies really several? What ties two of them into one, and what is only worth noting."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations
from typing import Literal

from cordee.engines.sentences import Fact, Lang, Reason, Table, reason, say

LinkKind = Literal["leader", "owner", "holding", "group", "address", "minority", "supply"]

CONTROL = Fraction(1, 2)
"""From half of the shares on, nothing can be decided in the company without their holder."""


@dataclass(frozen=True, slots=True)
class Company:
    """What is declared of one company.

    Shape   owners: who holds it (a person or a company, by its id) and which share; None when the share is unknown.
            group: the id of the corporate group. supplies: ids of companies that it sells to regularly.
    """

    id: str
    leaders: frozenset[str] = frozenset()
    owners: Mapping[str, Fraction | None] = field(default_factory=dict)
    group: str = ""
    address: str = ""
    supplies: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Override:
    """The written reason for which two linked companies count as two all the same, and who gave it."""

    first: str
    second: str
    why: str
    by: str


@dataclass(frozen=True, slots=True)
class Link:
    """One tie between two companies. `refused`: they count as one, unless `justified` says why not."""

    kind: LinkKind
    first: str
    second: str
    refused: bool
    words: Reason
    justified: str = ""


@dataclass(frozen=True, slots=True)
class Independence:
    """How many companies count as distinct, which count together, and every tie found, refused ones first."""

    count: int
    together: tuple[tuple[str, ...], ...]
    links: tuple[Link, ...]


def independence(companies: tuple[Company, ...], overrides: tuple[Override, ...] = ()) -> Independence:
    """Count the companies that are independent of one another.

    Holds   a shared leader, a common owner in control, control of one by the other and the same group make one of two;
            a shared address, a minority holding and a supply tie never do. An owner whose share is unknown counts as
            in control. The count does not depend on the order given; an override never lowers it.
    Errors  ValueError for a company twice, an override without a reason or of no known company.

    >>> a, b = Company("A", frozenset({"Aude"})), Company("B", frozenset({"Aude"}))
    >>> independence((a, b)).count, independence((a, b), (Override("B", "A", "bénévole", "Bruno"),)).count
    (1, 2)
    """
    ids = [company.id for company in companies]
    if len(set(ids)) != len(ids):
        raise ValueError("a company is listed twice")
    excused: dict[frozenset[str], str] = {}
    for override in overrides:
        if not override.why.strip() or not override.by.strip():
            raise ValueError("an override needs a reason and somebody who gives it")
        if not {override.first, override.second} <= set(ids):
            raise ValueError("an override names a company that is not there")
        excused[frozenset((override.first, override.second))] = override.why
    links: list[Link] = []
    root = {name: name for name in ids}
    for one, two in combinations(sorted(companies, key=lambda company: company.id), 2):
        why = excused.get(frozenset((one.id, two.id)), "")
        for kind, refused, facts in _ties(one, two):
            words = reason(kind, first=one.id, second=two.id, **facts)
            links.append(Link(kind, one.id, two.id, refused, words, why if refused else ""))
            if refused and not why:
                kept, gone = sorted((root[one.id], root[two.id]))
                root = {name: kept if head == gone else head for name, head in root.items()}
    heads = sorted(set(root.values()))
    groups = (tuple(sorted(name for name in ids if root[name] == head)) for head in heads)
    together = tuple(group for group in groups if len(group) > 1)
    links.sort(key=lambda link: (not link.refused, bool(link.justified), link.first, link.second))
    return Independence(len(heads), together, tuple(links))


def _ties(one: Company, two: Company) -> Iterator[tuple[LinkKind, bool, dict[str, Fact]]]:
    for leader in sorted(one.leaders & two.leaders):
        yield "leader", True, {"name": leader}
    if one.group and one.group == two.group:
        yield "group", True, {"name": one.group}
    for owner in sorted(set(one.owners) & set(two.owners)):
        both = _controls(one.owners[owner]) and _controls(two.owners[owner])
        yield "owner" if both else "minority", both, {"name": owner}
    for holder, held in ((one, two), (two, one)):
        if holder.id in held.owners:
            control = _controls(held.owners[holder.id])
            yield "holding" if control else "minority", control, {"name": holder.id}
        if held.id in holder.supplies:
            yield "supply", False, {"name": holder.id}
    if one.address and one.address.casefold().split() == two.address.casefold().split():
        yield "address", False, {"name": one.address}


def _controls(share: Fraction | None) -> bool:
    return share is None or share >= CONTROL


_WORDS: Table = {
    "leader": (
        "{first} et {second} ont le même dirigeant ({name}).",
        "{first} and {second} have the same leader ({name}).",
    ),
    "owner": (
        "{first} et {second} sont aux mains du même propriétaire ({name}).",
        "{first} and {second} are in the hands of the same owner ({name}).",
    ),
    "holding": (
        "{name} détient la moitié ou plus de l’autre entreprise ({first}, {second}), ou une part inconnue.",
        "{name} holds half or more of the other company ({first}, {second}), or an unknown share.",
    ),
    "group": (
        "{first} et {second} font partie du même groupe ({name}).",
        "{first} and {second} belong to the same group ({name}).",
    ),
    "address": (
        "{first} et {second} ont la même adresse : c’est noté, sans conséquence.",
        "{first} and {second} share an address: noted, without effect.",
    ),
    "minority": (
        "{name} détient une part minoritaire qui relie {first} et {second} : c’est noté, sans conséquence.",
        "{name} has a minority share that ties {first} and {second}: noted, without effect.",
    ),
    "supply": (
        "{name} fournit l’autre entreprise ({first}, {second}) : c’est noté, sans conséquence.",
        "{name} supplies the other company ({first}, {second}): noted, without effect.",
    ),
    "refused": ("Elles comptent pour une seule.", "They count as one."),
    "justified": (
        "Elles comptent pour deux, avec cette raison : {why}",
        "They count as two, for this reason: {why}",
    ),
}


def say_link(link: Link, lang: Lang = "fr") -> str:
    """Say one tie and its effect."""
    text = say(link.words, _WORDS, lang)
    if not link.refused:
        return text
    effect = reason("justified", why=link.justified) if link.justified else reason("refused")
    return f"{text} {say(effect, _WORDS, lang)}"

"""The criteria of the ESPD as facts: their identifiers, how their questions hang together, the code lists."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

_EXCLUSION = (
    "crime-org corruption fraud terr-offence finan-laund human-traffic tax-pay socsec-pay envir-law socsec-law "
    "labour-law bankruptcy insolvency cred-arran bankr-nat liq-admin susp-act prof-misconduct distorsion "
    "partic-confl prep-confl sanction misinterpr nati-ground"
)
_SELECTION = (
    "prof-regist trade-regist autorisation membership gen-year-to aver-year-to spec-aver-to spec-year-to finan-rat "
    "indem-insu finan-requ work-perform supply-perform service-perform qual-cont-tech work-tech qual-facil "
    "research-fac chain-manage qualification envir-measure tech-equip spec-req-check manage-staff year-manpower "
    "suncont-port wo-autent w-autent qa-certif-inst qu-certif-indep envir-certif-indep"
)
EXCLUSION, SELECTION = _EXCLUSION.split(), _SELECTION.split()
"""The codes as the official rules name them, slips of the pen included: a file is judged by those very names."""
COMPULSORY = EXCLUSION[:8]
"""What every request must ask."""


@dataclass(frozen=True, slots=True)
class Property:
    """A question, a requirement or a caption; `answer` names the kind of value it waits for."""

    id: str
    type: str
    answer: str


@dataclass(slots=True)
class Group:
    """Questions that go together: always (« ON* »), or when the question above is answered yes or no."""

    id: str
    kind: str
    properties: list[Property] = field(default_factory=list)
    groups: list["Group"] = field(default_factory=list)

    def walk(self) -> Iterator["Group"]:
        yield self
        for each in self.groups:
            yield from each.walk()


@dataclass(slots=True)
class Criterion:
    """One criterion: its identifier in e-Certis, its code, its groups of questions."""

    id: str
    code: str
    groups: list[Group] = field(default_factory=list)


@cache
def criteria() -> tuple[Criterion, ...]:
    """Every criterion of the model, in its order.

    >>> len(criteria()), criteria()[0].code
    (62, 'crime-org')
    """
    found: list[Criterion] = []
    path: list[Group] = []
    for line in (files(__package__) / "criteria.txt").read_text(encoding="utf-8").splitlines():
        kind, *rest = line.split(" ", 3)
        if kind == "C":
            found.append(Criterion(rest[0], rest[1]))
        elif kind == "G":
            depth, group = int(rest[0]), Group(rest[1], rest[2])
            path[depth - 1 :] = [group]
            (found[-1].groups if depth == 1 else path[depth - 2].groups).append(group)
        else:
            path[-1].properties.append(Property(*rest))
    return tuple(found)


@cache
def by_id() -> Mapping[str, Criterion]:
    """Criteria by their identifier."""
    return {each.id: each for each in criteria()}


@cache
def by_code() -> Mapping[str, Criterion]:
    """Criteria by their code."""
    return {each.code: each for each in criteria()}


@cache
def groups() -> Mapping[tuple[str, str], tuple[Group, bool]]:
    """(identifier of what it hangs on, its own) → the group, and whether it hangs directly on a criterion."""
    found: dict[tuple[str, str], tuple[Group, bool]] = {}
    for criterion in criteria():
        for top in criterion.groups:
            found[criterion.id, top.id] = (top, True)
            for group in top.walk():
                found |= {(group.id, each.id): (each, False) for each in group.groups}
    return found


@cache
def group_by_id() -> Mapping[str, Group]:
    """Groups by their own identifier."""
    return {own: group for (_parent, own), (group, _top) in groups().items()}


@cache
def code_lists() -> tuple[Mapping[str, frozenset[str]], Mapping[str, tuple[tuple[str, str], ...]]]:
    """Where a value must come from a list: its values in small letters; and what the list must be called there.

    Under « # » stand the names of the elements that are identifiers.
    """
    values: dict[str, frozenset[str]] = {}
    names: dict[str, list[tuple[str, str]]] = {}
    for line in (files(__package__) / "codes.txt").read_text(encoding="utf-8").splitlines():
        kind, where, *rest = line.split("\t")
        if kind == "I":
            values["#"] = frozenset(rest[0].split(" "))
        elif kind == "V":
            values[where] = frozenset(rest[0].lower().split(" "))
        else:
            names.setdefault(where, []).append((rest[0], rest[1]))
    return values, {where: tuple(pairs) for where, pairs in names.items()}

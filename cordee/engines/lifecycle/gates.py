"""What each step of a grouping's life needs: from facts to a list of what holds and what is missing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from cordee.engines.lifecycle.facts import CHECKLIST, STAGES, Facts, Kind, Stage
from cordee.engines.sentences import Reason, reason

Role = Literal["anyone", "every_leader", "facilitator", "coordinator", "treasurer", "winding_up_lead"]


@dataclass(frozen=True, slots=True)
class Point:
    """One thing a gate looks at.

    Shape   code: what it is. state: how it stands, in words (`say_point`). who: the role that can do it.
            where: the name of the place where it is done, which pages turn into a link. required: without it the gate
            stays shut; otherwise it is advice.
    """

    code: str
    holds: bool
    state: Reason
    who: Role
    where: str
    required: bool = True


@dataclass(frozen=True, slots=True)
class GateReport:
    """What the next step needs, missing things first."""

    origin: Stage
    to: Stage
    points: tuple[Point, ...]
    kind: Kind

    @property
    def open(self) -> bool:
        return all(point.holds for point in self.points if point.required)

    @property
    def missing(self) -> tuple[Point, ...]:
        return tuple(point for point in self.points if point.required and not point.holds)


def to_collective(facts: Facts) -> GateReport:
    """Say what an exchange needs to become a collective: companies, a purpose, somebody who carries it. No paper.

    Holds   two companies pass as a partenariat, three as a groupement; one alone never does.
    """
    return _report(
        facts,
        "collective",
        _companies(facts, at_least=2),
        _plain("purpose", facts.purpose, "coordinator", "groupings.purpose"),
        _plain("facilitator", facts.facilitator, "anyone", "groupings.roles"),
        _plain("necessity", facts.necessity, "coordinator", "groupings.purpose", required=False),
    )


def to_committed(facts: Facts) -> GateReport:
    """Say what a collective needs to commit: enough independent companies, rules, and every signature.

    Holds   a sharing key is asked for only where something is shared.
    """
    signatures = facts.to_sign > 0 and facts.signed == facts.to_sign and facts.to_sign >= facts.companies
    code = "signatures_none" if facts.to_sign == 0 else "signatures"
    if 0 < facts.to_sign < facts.companies:
        code = "signatures_parties"
    if signatures:
        code = "signatures_done"
    facts_of = {"signed": facts.signed, "to_sign": facts.to_sign, "left": facts.to_sign - facts.signed}
    return _report(
        facts,
        "committed",
        _companies(facts, at_least=facts.minimum),
        _plain("purpose", facts.purpose, "coordinator", "groupings.purpose"),
        _plain("end_condition", facts.end_condition, "coordinator", "groupings.purpose"),
        _plain("lead", facts.lead_decided, "coordinator", "governance.resolution.new"),
        _plain("rules", facts.rules_chosen, "coordinator", "governance.rules"),
        *([_plain("sharing_key", facts.sharing_key, "coordinator", "money.key")] if facts.shared else []),
        Point(
            "signatures",
            signatures,
            reason(code, companies=facts.companies, **facts_of),
            "every_leader" if facts.to_sign else "coordinator",
            "agreements.sign" if facts.to_sign else "agreements.new",
        ),
        _plain("necessity", facts.necessity, "coordinator", "groupings.purpose", required=False),
    )


def to_winding_up(facts: Facts) -> GateReport:
    """Say what a committed grouping needs to start its end: a vote, and somebody in charge."""
    return _report(
        facts,
        "winding_up",
        _plain("winding_up_vote", facts.winding_up_voted, "anyone", "journeys.wind_up"),
        _plain("winding_up_lead", facts.winding_up_lead, "coordinator", "journeys.wind_up"),
    )


def to_closed(facts: Facts) -> GateReport:
    """Say what is left before the archive. An informal grouping just stops, once no common money is left."""
    money = _plain("no_common_money", not facts.common_money, "treasurer", "money.settle")
    ballots = Point(
        "no_open_ballot",
        facts.open_ballots == 0,
        reason("no_open_ballot" if facts.open_ballots == 0 else "open_ballots", n=facts.open_ballots),
        "coordinator",
        "governance.ballots",
    )
    papers = Point(
        "no_open_paper",
        facts.open_papers == 0,
        reason("no_open_paper" if facts.open_papers == 0 else "open_papers", n=facts.open_papers),
        "coordinator",
        "agreements.sign",
    )
    if facts.stage in ("exchange", "collective"):
        return _report(facts, "closed", money, ballots, papers)
    items = [
        Point(
            f"settled.{item}",
            item in facts.settled,
            reason(f"{item}.{'done' if item in facts.settled else 'todo'}"),
            "winding_up_lead",
            f"groupings.winding_up.{item}",
        )
        for item in CHECKLIST
    ]
    left = facts.companies - facts.statements_accepted
    statements = Point(
        "statements",
        left <= 0,
        reason("statements_left" if left > 0 else "statements_done", left=left, n=facts.companies),
        "every_leader" if left > 0 else "treasurer",
        "money.statements",
    )
    vote = _plain("closing_vote", facts.closing_voted, "winding_up_lead", "journeys.closing")
    return _report(facts, "closed", *items, statements, money, ballots, papers, vote)


def step_back(facts: Facts) -> GateReport:
    """Say what going back one stage needs: nothing for an informal one, a vote once committed.

    Errors  ValueError from the first stage, and from the last, which is an archive.
    """
    if facts.stage in ("exchange", "closed"):
        raise ValueError(f"no way back from {facts.stage}")
    to = STAGES[STAGES.index(facts.stage) - 1]
    points = []
    if facts.stage != "collective":
        points.append(_plain("step_back_vote", facts.step_back_voted, "anyone", "journeys.step_back"))
    if facts.stage == "winding_up":
        points.append(_companies(facts, at_least=facts.minimum))
    return _report(facts, to, *points)


_GATES: dict[tuple[Stage, Stage], Callable[[Facts], GateReport]] = {
    ("exchange", "collective"): to_collective,
    ("collective", "committed"): to_committed,
    ("committed", "winding_up"): to_winding_up,
    ("winding_up", "closed"): to_closed,
    ("exchange", "closed"): to_closed,
    ("collective", "closed"): to_closed,
    ("collective", "exchange"): step_back,
    ("committed", "collective"): step_back,
    ("winding_up", "committed"): step_back,
}


def ways(stage: Stage) -> tuple[Stage, ...]:
    """List the stages one can go to from a stage, the next one first.

    >>> ways("collective")
    ('committed', 'closed', 'exchange')
    """
    return tuple(to for origin, to in _GATES if origin == stage)


def gate(facts: Facts, to: Stage) -> GateReport:
    """Say what going from the present stage to another one needs.

    Holds   a paused grouping goes nowhere before it resumes.
    Errors  ValueError when there is no such way (`ways` lists them).
    """
    look = _GATES.get((facts.stage, to))
    if look is None:
        raise ValueError(f"no way from {facts.stage} to {to}")
    return look(facts)


def _companies(facts: Facts, *, at_least: int) -> Point:
    have = facts.independent
    code = "companies" if have >= at_least else "companies_missing"
    if at_least <= have < 3:
        code = "companies_two" if facts.companies == have else "companies_two_apart"
    if have < at_least <= facts.companies:
        code = "companies_linked"
    words = reason(code, have=have, missing=max(at_least - have, 0), companies=facts.companies, at_least=at_least)
    where = "groupings.independence" if code == "companies_linked" else "groupings.invite"
    return Point("companies", have >= at_least, words, "anyone", where)


def _plain(code: str, holds: bool, who: Role, where: str, *, required: bool = True) -> Point:
    return Point(code, holds, reason(f"{code}.{'yes' if holds else 'no'}"), who, where, required)


def _report(facts: Facts, to: Stage, *points: Point) -> GateReport:
    resumed = _plain("resumed", not facts.paused, "coordinator", "groupings.pause")
    all_points = (resumed, *points) if facts.paused else points
    order = sorted(all_points, key=lambda point: (point.holds, not point.required))
    return GateReport(facts.stage, to, tuple(order), facts.kind)

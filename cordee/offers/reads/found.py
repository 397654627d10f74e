"""What a search found: kept as plain values, and said again in the reader's language."""

from collections.abc import Mapping, Sequence
from typing import Any

from cordee.engines import teaming
from cordee.engines.teaming import Answer, Company, Reason, Team, reason
from cordee.engines.trades import all_trades
from cordee.ground.kit.words import language

SCHEMA = "cordee.teams/1"


def found_as_json(answer: Answer, need: teaming.Need, companies: Sequence[Company], *, me: str) -> dict[str, Any]:
    """The answer of the engine as text, integers, booleans, lists and dictionaries.

    Holds   only the companies of the teams, and those named by what is missing, are in it.
    """
    people = {one.id: one for one in companies}
    shown = dict.fromkeys(member for team in answer.teams for member in team.ids)
    shown |= dict.fromkeys(one.company_id for one in _changes(answer) if one.company_id)
    return {
        "schema": SCHEMA,
        "me": me,
        "compared": len(companies),
        "companies": {one: people[one].name for one in shown if one in people},
        "candidates": dict(answer.candidates),
        "capable": {
            lot.id: [one for one in shown if one in people and set(people[one].trades) & set(lot.trades)]
            for lot in need.lots
        },
        "teams": [_team(team) for team in answer.teams],
        "infeasible": None
        if answer.infeasible is None
        else {
            "proven": answer.infeasible.proven,
            "changes": [_reason(change.reason) for change in answer.infeasible.changes],
        },
        "notes": [_reason(note) for note in answer.notes],
    }


def _changes(answer: Answer) -> tuple[teaming.Change, ...]:
    return answer.infeasible.changes if answer.infeasible else ()


def _reason(reason: Reason) -> dict[str, Any]:
    params = {key: list(value) if isinstance(value, tuple) else value for key, value in reason.facts}
    return {"code": reason.code, "params": params}


def _team(team: Team) -> dict[str, Any]:
    return {
        "members": [
            {"id": one.company_id, "role": one.role, "reasons": [_reason(reason) for reason in one.reasons]}
            for one in team.members
        ],
        "coverage": {lot: list(who) for lot, who in team.coverage.items()},
        "gaps": [{"lot": gap.lot_id, "share": gap.share, "reason": _reason(gap.reason)} for gap in team.gaps],
        "to_confirm": [_reason(reason) for reason in team.to_confirm],
        "cost": team.cost,
        "bound": team.bound,
        "proven": team.proven,
    }


class Saying:
    """Saying reasons again: companies, trades and lots by the names their reader knows."""

    def __init__(self, companies: Mapping[str, str], lots: Mapping[str, str]) -> None:
        self.lang = language()
        trades = {one.slug: one.label(self.lang).lower() for one in all_trades()}
        self.names, self.lots = trades | dict(companies), lots

    def __call__(self, kept: Mapping[str, Any]) -> str:
        """One reason as a sentence, with its capital and its full stop."""
        params = {key: tuple(value) if isinstance(value, list) else value for key, value in kept["params"].items()}
        said = teaming.say(reason(kept["code"], **params), self.lang, self.names, self.lots)
        return f"{said[:1].upper()}{said[1:]}."

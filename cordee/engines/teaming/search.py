"""The search itself: candidates, the best team, others that really differ, what is missing when none does it all."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from cordee.engines.sentences import Reason, reason
from cordee.engines.teaming import explain, shortage
from cordee.engines.teaming.best import Cut, Searcher
from cordee.engines.teaming.index import Index
from cordee.engines.teaming.lanes import Lanes, find_lanes
from cordee.engines.teaming.model import Answer, Company, Need, Options, Shortage, Team
from cordee.engines.teaming.picks import Picks

LEAST = 0.3
"""Seconds the search for what is missing may take even when the search for teams took everything."""


def find_teams(need: Need, companies: Iterable[Company] | Index, options: Options | None = None) -> Answer:
    """The best teams of companies for a need, each explained; and what is missing when no team does it all.

    Shape   companies: the companies themselves, or an `Index` of them (for many searches or many companies).
    Units   cost and bound in points (see docs/teaming.md).
    Holds   bound <= cost; proven == (cost == bound); two teams differ by at least two members on each side;
            adding a company, capacity or radius never costs more; the order of companies changes nothing;
            supplying `infeasible` makes it None.
    Errors  ValueError when the need or the options contradict themselves.
    """
    options = options or Options()
    check(need, options)
    index = companies if isinstance(companies, Index) else Index.build(companies)
    absent = sorted(set(options.around) - set(index.rows(options.around)))
    if absent:
        raise ValueError(f"unknown company: {', '.join(absent)}")
    lanes = find_lanes(need, index, options)
    notes = list(explain.notes(need, lanes))
    counts = {lot.id: int(np.unique(lanes.who[lanes.lot == k]).size) for k, lot in enumerate(need.lots)}
    clash = shortage.contradictions(need, index, options)
    if clash:
        return Answer((), clash, tuple(notes), counts)
    searcher = Searcher(lanes, index, options)
    found, lacking = _all(searcher, lanes, index, options, notes)
    teams = tuple(_explained(searcher, number, one, lanes, index) for number, one in enumerate(found))
    return Answer(teams, lacking, tuple(notes), counts)


def check(need: Need, options: Options) -> None:
    """Refuse what contradicts itself."""
    if not need.lots:
        raise ValueError("the need has no lot")
    names = [lot.id for lot in need.lots]
    if len(set(names)) < len(names):
        raise ValueError("two lots have the same identifier")
    if any(lot.volume is not None and lot.volume < 1 for lot in need.lots):
        raise ValueError("the volume of a lot is at least 1, or not stated")
    if not 1 <= options.min_members <= options.max_members:
        raise ValueError("the fewest members must be at least 1 and at most the most members")
    if options.count < 1:
        raise ValueError("at least one team must be asked for")
    both = sorted(set(options.around) & set(options.excluded))
    if both:
        raise ValueError(f"company both wanted and excluded: {', '.join(both)}")


def _all(
    searcher: Searcher, lanes: Lanes, index: Index, options: Options, notes: list[Reason]
) -> tuple[list[tuple[Picks, int]], Shortage | None]:
    """The teams one after the other, each differing from all before."""
    found: list[tuple[Picks, int]] = []
    lacking: Shortage | None = None
    cuts: list[Cut] = []
    while len(found) < options.count:
        picks, bound = searcher.best(tuple(cuts))
        if not found and (picks is None or picks.lots_short(lanes)):
            lacking = shortage.smallest(lanes.need, index, options, seconds=max(LEAST, searcher.left))
            if lacking is None and picks is not None:
                picks, bound = searcher.best((), hard=True)
        if picks is None or (found and picks.lots_short(lanes) > found[0][0].lots_short(lanes)):
            break
        found.append((picks, bound))
        if searcher.left <= 0:
            notes.append(reason("shortened"))
            break
        cuts.append(Cut(picks.members))
    if not found:
        notes.append(reason("too_few", count=lanes.size, asked=options.min_members))
        lacking = lacking or Shortage((), 0, False)
    elif len(found) < options.count and searcher.left > 0:
        notes.append(reason("fewer_teams", count=len(found), asked=options.count))
    return found, lacking


def _explained(searcher: Searcher, number: int, one: tuple[Picks, int], lanes: Lanes, index: Index) -> Team:
    picks, bound = one
    team = explain.team(picks, bound, lanes, index, searcher.options)
    team = replace(team, certificate=searcher.certificate(picks))
    if number == 0 and searcher.options.explain and searcher.left > 0:
        team = explain.without_each(team, picks, lanes, index, searcher)
    return team

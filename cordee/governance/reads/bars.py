"""The result of a vote as a picture, with the figures of its table."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from cordee.engines import voting
from cordee.engines.sentences import number
from cordee.governance.models import Ballot
from cordee.governance.reads.votes import figures_of, votes_of
from cordee.ground.kit.words import language


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of the picture of a result, and of its table."""

    label: str
    style: str
    figure: str
    share: int  # of the longest possible bar, in hundredths
    won: bool = False


_SIDES = {
    "majority": (gettext_noop("Pour"), gettext_noop("Contre")),
    "consent": (gettext_noop("Consentements"), gettext_noop("Objections")),
    "gradients": (gettext_noop("Soutiens"), gettext_noop("Sans soutien")),
}


def bars_of(ballot: Ballot, most: int) -> tuple[Bar, ...]:
    """The result as a picture: sides, or options by their points; nothing where the numbers are withheld."""
    if ballot.withheld:
        return ()
    figures = ballot.figures if not ballot.is_open else figures_of(voting.count(votes_of(ballot), ballot.rule_in_force))
    if ballot.options and ballot.rule["method"] != "sociocratic":
        return _option_bars(ballot, figures)
    yes, no = _SIDES.get(ballot.rule["method"], _SIDES["consent"])
    values = [(yes, "is-calm", "for"), (no, "is-mute", "against"), (gettext_noop("Abstention"), "is-mute", "abstain")]
    total = Fraction(figures.get("entitled", most) or 1) or Fraction(1)
    found = []
    for label, style, name in values:
        votes = Fraction(figures.get(name, "0"))
        found.append(Bar(_(label), style, number(votes, language()), int(votes * 100 / total)))
    return tuple(found)


def _option_bars(ballot: Ballot, figures: Mapping[str, Any]) -> tuple[Bar, ...]:
    winners, scores = figures.get("winners", []), {name: Fraction(text) for name, text in figures.get("scores", [])}
    ranking = [name for group in figures.get("ranking", []) for name in group] or list(ballot.options)
    top = max(scores.values(), default=Fraction(0)) or Fraction(1)
    place = {name: at for at, group in enumerate(figures.get("ranking", []), 1) for name in group}
    found = []
    for name in ranking:
        share = int(scores[name] * 100 / top) if name in scores else 100 * (len(ranking) - place.get(name, 1) + 1)
        share = share if name in scores else share // len(ranking)
        figure = number(scores[name], language()) if name in scores else _("rang %(n)s") % {"n": place.get(name, "")}
        found.append(Bar(name, "is-calm" if name in winners else "is-mute", figure, share, name in winners))
    return tuple(found)

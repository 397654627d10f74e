"""What a vote received, as plain values: what is handed over to the engine, and what is kept of its answer."""

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Literal

from django.db.models import Exists, Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.engines import lifecycle, voting
from cordee.governance.models import Attendance, Ballot, DecisionType, HouseRule, Voter, rule_from_json
from cordee.groupings.models import Grouping, Office, Seat

CHOOSING = ("approval", "schulze", "irv", "condorcet", "score", "majority_judgment", "stv", "sociocratic")
"""Ways of voting that choose among options."""

METHODS = (
    ("majority", gettext_lazy("Pour, contre ou abstention")),
    ("consent", gettext_lazy("Consentement : adopté si personne n’a d’objection")),
    ("gradients", gettext_lazy("Degrés d’accord, du soutien au refus")),
    ("approval", gettext_lazy("Approbation : cocher tout ce qui convient")),
    ("schulze", gettext_lazy("Classement (Schulze)")),
    ("irv", gettext_lazy("Classement par tours éliminatoires")),
    ("score", gettext_lazy("Notes de 0 à 10")),
    ("majority_judgment", gettext_lazy("Mentions (jugement majoritaire)")),
    ("sociocratic", gettext_lazy("Élection sans candidat")),
)
"""The ways of voting, everyday ones first."""


MENTIONS = (
    (5, gettext_lazy("Très bien")),
    (4, gettext_lazy("Bien")),
    (3, gettext_lazy("Assez bien")),
    (2, gettext_lazy("Passable")),
    (1, gettext_lazy("Insuffisant")),
    (0, gettext_lazy("À rejeter")),
)
"""The grades of a majority judgment, best first."""

_ONE_WORD = {"for": gettext_lazy("pour"), "against": gettext_lazy("contre"), "abstain": gettext_lazy("abstention")}


def said_on_paper(paper: Mapping[str, Any]) -> str:
    """What stands on one paper of a secret vote, in words; nothing where the numbers are withheld."""
    choice, answer = paper.get("choice", ""), paper.get("answer", {})
    if choice != "cast":
        return str(_ONE_WORD.get(choice, ""))
    if "scores" in answer:
        return ", ".join(f"{name} {points}" for name, points in answer["scores"].items())
    if "approved" in answer:
        return ", ".join(answer["approved"])
    return " > ".join(" = ".join(level) for level in answer.get("ranking", []))


def rule_and_weights(grouping: Grouping, decision_type: str) -> tuple[voting.Rule, dict[str, str]]:
    """The rule in force, and the number of votes of each seat where it weighs them."""
    adopted = rule_in_force(grouping, decision_type)
    if adopted is not None:
        return rule_from_json(adopted.rule), dict(adopted.weights)
    return lifecycle.proposed_rule(DecisionType(decision_type).value), {}  # type: ignore[arg-type]


def tally_under(grouping: Grouping, decision_type: str, said: Mapping[int, str]) -> voting.Tally | None:
    """What answers given elsewhere amount to under the rule in force; None where that rule asks for a vote of its own.

    Shape  said: "for", "against" or "abstain", by seat. A secret vote, or one by another method, is a vote of its own.
    """
    rule, weights = rule_and_weights(grouping, decision_type)
    if rule.secret or rule.method != "majority":
        return None
    seats = list(Seat.objects.filter(grouping=grouping, state=Seat.State.MEMBER))
    cast = tuple(voting.Vote(seat.public_id, said[seat.pk]) for seat in seats if seat.pk in said)
    known = {seat.public_id: Fraction(weights.get(seat.public_id, "1")) for seat in seats}
    return voting.count(voting.Votes(tuple(known), cast, weights=known if rule.weighted else {}), rule)


def rule_in_force(grouping: Grouping, decision_type: str) -> HouseRule | None:
    """The rule that the members adopted last, if they did."""
    known = HouseRule.objects.filter(grouping=grouping, decision_type=decision_type)
    return known.order_by("-since", "-id").first()


def choice_of(method: str, choice: str, answer: Mapping[str, Any]) -> voting.Choice:
    """An answer, as the engine reads it. KeyError when it is not the answer that this way of voting asks for."""
    if choice != "cast":
        return choice
    if method == "approval":
        return frozenset(answer["approved"])
    if method in ("score", "majority_judgment"):
        return dict(answer["scores"])
    return tuple(tuple(level) for level in answer["ranking"])


def votes_of(ballot: Ballot, papers: Mapping[int, Mapping[str, Any]] | None = None) -> voting.Votes:
    """Everything a ballot received, as plain values; a seat is called by its company's name.

    Shape  papers: what the urn of a secret vote held, by voter. Without them, a secret vote has no votes.
    """
    voters = list(ballot.voters.select_related("seat__company", "proxy_to__company").order_by("id"))
    names = _names(voters)
    method, cast, proxies = ballot.rule["method"], [], []
    for voter in voters:
        paper = papers.get(voter.pk) if papers is not None else {"choice": voter.choice, "answer": voter.answer}
        if voter.choice and not voter.withdrawn_at:
            said = paper if paper and (papers is not None or not ballot.rule["secret"]) else None
            if said is not None and not (method == "sociocratic" and said["choice"] == "cast"):
                what = choice_of(method, said["choice"], said["answer"])
                cast.append(voting.Vote(names[voter.seat_id], what, why=str(said["answer"].get("why", ""))))
        elif voter.proxy_to_id in names and not voter.withdrawn_at:
            proxies.append(voting.Proxy(names[voter.seat_id], names[voter.proxy_to_id]))
    by_key = {voter.seat.public_id: names[voter.seat_id] for voter in voters}
    return voting.Votes(
        seats=tuple(names.values()),
        cast=tuple(cast),
        weights={by_key[key]: Fraction(votes) for key, votes in ballot.weights.items() if key in by_key},
        proxies=tuple(proxies),
        present=_around_the_table(ballot, voters, names),
        withdrawn=frozenset(names[voter.seat_id] for voter in voters if voter.withdrawn_at),
        call=ballot.call,
        chair=_chair(ballot, names) if ballot.rule["tie"] == "chair" else "",
        options=tuple(ballot.options),
        rounds=_rounds(voters, names) if method == "sociocratic" else (),
        proposed=ballot.proposed,
    )


def still_missing(ballot: Ballot) -> QuerySet[Voter]:
    """Those whose voice is awaited before the vote may close early.

    Around a table, those present who have not confirmed; in a meeting, those who are there; else everybody on the roll.
    """
    silent = ballot.voters.filter(choice="", withdrawn_at=None, proxy_to=None)
    if ballot.in_room:
        return silent.exclude(phoned="")
    sheet = Attendance.objects.filter(meeting__items__ballot=ballot)
    there = sheet.filter(state=Attendance.State.PRESENT, left_at=None)
    return silent.filter(Q(~Exists(sheet)) | Q(seat__in=there.values("seat")))


def _around_the_table(ballot: Ballot, voters: list[Voter], names: Mapping[int, str]) -> frozenset[str]:
    """Who is at the meeting in which this is voted: present, whether they vote or not."""
    there = Attendance.objects.filter(meeting__items__ballot=ballot, state=Attendance.State.PRESENT, left_at=None)
    in_room = set(there.values_list("seat_id", flat=True))
    return frozenset(names[voter.seat_id] for voter in voters if voter.seat_id in in_room and not voter.withdrawn_at)


def _rounds(voters: list[Voter], names: Mapping[int, str]) -> tuple[tuple[voting.Vote, ...], ...]:
    return (tuple(voting.Vote(names[voter.seat_id], voter.named) for voter in voters if voter.named),)


def _chair(ballot: Ballot, names: Mapping[int, str]) -> str:
    """The coordinator, where the rules let it decide between equal votes."""
    held = Office.objects.filter(grouping=ballot.grouping_id, role=Office.Role.COORDINATOR, until=None).first()
    return names.get(held.seat_id, "") if held else ""


def _names(voters: list[Voter]) -> dict[int, str]:
    """A name for each seat, told apart where two companies have the same."""
    plain = {voter.seat_id: str(voter.seat.company) for voter in voters}
    often = Counter(plain.values())
    return {key: name if often[name] == 1 else f"{name} ({key})" for key, name in plain.items()}


def figures_of(tally: voting.Tally) -> dict[str, Any]:
    """What is kept of a count: exact numbers as text, the ranking where there is one."""
    figures: dict[str, Any] = {
        "for": str(tally.in_favour),
        "against": str(tally.against),
        "abstain": str(tally.abstain),
        "present": str(tally.present),
        "entitled": str(tally.entitled),
        "quorum_needed": str(tally.quorum_needed),
        "needed": str(tally.needed),
        "cast": str(tally.cast),
    }
    if tally.winners:
        figures["winners"] = list(tally.winners)
    if tally.ranking:
        figures["ranking"] = [list(group) for group in tally.ranking]
    if tally.scores:
        figures["scores"] = [[name, str(points)] for name, points in tally.scores]
    return figures


def said_without_numbers(ballot: Ballot, lang: Literal["fr", "en"]) -> str:
    """The result of a secret vote whose numbers would give somebody away."""
    with translation.override(lang):
        names = ballot.figures.get("winners", [])
        chosen = _("Choix retenu : %(names)s.") % {"names": ", ".join(names)} if names else ""
        ending = "" if names else voting.say_outcome(ballot.outcome, lang)
        why = _("Si peu de votants : les chiffres révéleraient un vote, ils ne sont montrés à personne.")
        parts = [each for each in (chosen, ending) if each]
        return " ".join([*parts, why] if ballot.outcome != Ballot.Outcome.NO_QUORUM else parts)


def seats_of_roll(ballot: Ballot) -> list[Seat]:
    """The seats on the roll, in the order of their companies’ names."""
    return sorted((voter.seat for voter in ballot.voters.select_related("seat__company")), key=str)

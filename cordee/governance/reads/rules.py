"""The house rules, as the members read them: one card for each type of decision."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.engines import voting
from cordee.governance.models import Ballot, DecisionType, HouseRule, Resolution, rule_from_json
from cordee.governance.reads.ballots import proposed, rule_sentences
from cordee.groupings.models import Grouping, Seat


@dataclass(frozen=True, slots=True)
class RuleCard:
    """The rule for one type of decision, where it comes from, and whether another one is being voted."""

    kind: DecisionType
    lines: tuple[str, ...]
    adopted: HouseRule | None
    decision: Ballot | None  # the vote that adopted it
    asked: Ballot | None  # a vote under way that would change it

    @property
    def label(self) -> str:
        return str(self.kind.label)


EVERYDAY = (DecisionType.ORDINARY, DecisionType.BUDGET, DecisionType.ADMISSION)


@dataclass(frozen=True, slots=True)
class RulesPage:
    """All the rules of a grouping, and how they came to be."""

    grouping: Grouping
    everyday: tuple[RuleCard, ...]
    others: tuple[RuleCard, ...]
    history: tuple[HouseRule, ...]

    @property
    def adopted(self) -> bool:
        return any(card.adopted for card in (*self.everyday, *self.others))


def rules_page(grouping: Grouping) -> RulesPage:
    """Every type of decision with the rule in force: three queries, whatever the history."""
    history = list(HouseRule.objects.filter(grouping=grouping).order_by("-since", "-id"))
    in_force: dict[str, HouseRule] = {}
    for each in history:
        in_force.setdefault(each.decision_type, each)
    seats = list(Seat.objects.filter(grouping=grouping, state=Seat.State.MEMBER).select_related("company"))
    votes = _votes_about_rules(grouping)
    decided = {f"governance/resolution/{each.resolution.public_id}": each for each in votes if each.went_through}
    asked = {each.resolution.effect_data.get("type"): each for each in votes if each.is_open}
    cards = {}
    for kind in DecisionType:
        adopted = in_force.get(kind.value)
        rule = rule_from_json(adopted.rule) if adopted else proposed(kind)
        lines = tuple(rule_text(rule, seats, adopted.weights if adopted else {}))
        found = decided.get(adopted.by_decision) if adopted else None
        cards[kind] = RuleCard(kind, lines, adopted, found, asked.get(kind.value))
    others = tuple(card for kind, card in cards.items() if kind not in EVERYDAY)
    return RulesPage(grouping, tuple(cards[kind] for kind in EVERYDAY), others, tuple(history))


def _votes_about_rules(grouping: Grouping) -> QuerySet[Ballot]:
    effects = [Resolution.Effect.RULE, Resolution.Effect.RULES]
    return Ballot.objects.filter(grouping=grouping, resolution__effect__in=effects).select_related("resolution")


def rule_text(rule: voting.Rule, seats: Sequence[Seat], weights: Mapping[str, str]) -> list[str]:
    """A rule in full: who has how many votes, quorum, majority, proxies, notice, second call, ties, secrecy."""
    lines = rule_sentences(rule, len(seats))
    if rule.weighted and weights:
        each = (f"{seat.company} {weights.get(seat.public_id, '1')}" for seat in seats)
        lines[0] = _("Voix : %(list)s") % {"list": ", ".join(each)}
    if rule.abstentions_count:
        lines.append(_("Une abstention compte comme une voix exprimée"))
    lines.append(
        ngettext(
            "Convocation %(days)s jour avant (%(urgent)s en urgence)",
            "Convocation %(days)s jours avant (%(urgent)s en urgence)",
            rule.notice_days,
        )
        % {"days": rule.notice_days, "urgent": rule.urgent_notice_days}
    )
    if rule.delay_days:
        lines.append(
            ngettext(
                "Vote sans réunion ouvert %(days)s jour au moins",
                "Vote sans réunion ouvert %(days)s jours au moins",
                rule.delay_days,
            )
            % {"days": rule.delay_days}
        )
    lines.append(_second_call(rule))
    if rule.method in ("majority", "gradients"):
        lines.append(_("À égalité, le mandataire tranche") if rule.tie == "chair" else _("À égalité, c’est non"))
    if rule.each_signs:
        lines.append(_("Chacun ne s’engage qu’en signant lui-même"))
    return lines


def _second_call(rule: voting.Rule) -> str:
    if not rule.quorum:
        return _("Pas de second vote : aucun quorum n’est demandé")
    if rule.second_quorum is None:
        return _("Sans quorum, pas de second vote")
    if rule.second_quorum == 0:
        return _("Sans quorum, second vote %(days)s jours après, sans quorum") % {"days": rule.second_call_days}
    return _("Sans quorum, second vote %(days)s jours après, quorum %(share)s") % {
        "days": rule.second_call_days,
        "share": rule.second_quorum,
    }

"""The house rules change only by a vote; the new one has a version, a date, and the decision it comes from."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cordee.engines.voting import Rule
from cordee.governance import acts
from cordee.governance.models import Ballot, HouseRule
from cordee.governance.reads import draft_question, rule_for, rules_page
from cordee.ground.kit.refusals import NotYours
from cordee.ground.people.models import Clockwork
from cordee.ground.register.models import Entry
from cordee.journeys.acts import apply_decision
from tests.factories import AT
from tests.governance.test_ballots import CLOSES, vote
from tests.people import World, browser_of

pytestmark = pytest.mark.django_db
NEW = Rule(majority="three_quarters", quorum=Fraction(2, 3), notice_days=10, hidden_until_closed=True)


def ask(world: World, rule: Rule = NEW, kind: str = "budget", who: str = "aude") -> Ballot:
    return acts.propose_rule(
        world.grouping, kind, rule, why="Nos dépenses montent.", closes_at=CLOSES, by=world.actor(who), at=AT
    )


def test_a_rule_changes_by_a_vote_and_from_then_on(world: World) -> None:
    ballot = ask(world)
    assert ballot.resolution.decision_type == "rules_amendment"
    assert "majorité des trois quarts" in ballot.resolution.text
    assert ballot.resolution.text.startswith("Nos dépenses montent.")
    assert rule_for(world.grouping, "budget").majority == "two_thirds"  # nothing changes before
    vote(world, ballot, aude="for", bruno="for", denis="for")
    closed = acts.close_ballot(ballot, by=Clockwork(), at=CLOSES)
    apply_decision(closed.resolution, at=CLOSES)
    assert rule_for(world.grouping, "budget") == NEW
    made = HouseRule.objects.get()
    assert (made.version, made.since, made.by_decision) == (
        1, CLOSES, f"governance/resolution/{ballot.resolution.public_id}",
    )  # fmt: skip
    line = Entry.objects.of(world.grouping.book).filter(act="governance.rule.adopted").get()
    assert (line.facts["type"], line.facts["version"]) == ("budget", 1)
    card = next(card for card in rules_page(world.grouping).everyday if card.kind == "budget")
    assert card.decision == closed
    assert "Résultat caché jusqu’à la clôture" in card.lines


def test_a_rejected_rule_changes_nothing(world: World) -> None:
    ballot = ask(world)
    vote(world, ballot, aude="for", bruno="against", denis="against")
    assert acts.close_ballot(ballot, by=Clockwork(), at=CLOSES).outcome == "rejected"
    assert not HouseRule.objects.exists()


def test_a_rule_is_versioned_and_the_old_one_stays(world: World) -> None:
    acts.adopt_rule(world.grouping, "budget", NEW, by=Clockwork(), at=AT)
    acts.adopt_rule(world.grouping, "budget", replace(NEW, proxies=2), by=Clockwork(), at=AT + timedelta(days=1))
    assert list(HouseRule.objects.order_by("version").values_list("version", flat=True)) == [1, 2]
    assert rule_for(world.grouping, "budget").proxies == 2
    with pytest.raises(acts.NothingChanges):
        ask(world, replace(NEW, proxies=2))


def test_no_vote_binds_a_company_to_the_debts_of_others(world: World) -> None:
    with pytest.raises(acts.NobodyIsBound):
        ask(world, Rule(majority="two_thirds"), "solidarity")
    with pytest.raises(NotYours):
        ask(world, who="chloe")


def test_the_usual_rules_of_a_legal_form_are_adopted_as_voted(world: World) -> None:
    draft = draft_question(world.grouping, "rules", form="gie")
    assert "unanimité" in draft.initial["text"]
    ballot = acts.propose_resolution(
        world.grouping, title=draft.initial["title"], text=draft.initial["text"], decision_type="rules_amendment",
        closes_at=CLOSES, effect="rules", effect_data=draft.data, by=world.actor("aude"), at=AT,
    )  # fmt: skip
    vote(world, ballot, aude="for", bruno="for", denis="for")
    apply_decision(acts.close_ballot(ballot, by=Clockwork(), at=CLOSES).resolution, at=CLOSES)
    assert rule_for(world.grouping, "budget").majority == "unanimity"


def test_the_page_shows_every_rule_and_proposes_another(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(6):
        acts.adopt_rule(world.grouping, "budget", NEW, by=Clockwork(), at=AT + timedelta(days=number))
    browser = browser_of(world.bruno)
    with django_assert_max_num_queries(12):
        page = browser.get(reverse("governance:rules", args=[world.grouping.public_id])).content.decode()
    assert "Version 6" in page
    address = reverse("governance:change_rule", args=[world.grouping.public_id, "budget"])
    filled = {
        "majority": "simple", "quorum": "1/2", "proxies": "1", "notice_days": "8", "urgent_notice_days": "3",
        "closes_at": "2100-01-01T18:00", "method": "consent", "secrecy": "open", "tie": "rejected",
        "second_quorum": "", "second_call_days": "8", "why": "",
    }  # fmt: skip
    votes = {f"votes_{seat.public_id}": "1" for seat in world.seats.values()}
    assert browser.post(address, {**filled, **votes}).status_code == 409  # too far away
    from django.utils import timezone

    soon = (timezone.localtime() + timedelta(days=5)).strftime("%Y-%m-%dT%H:%M")
    assert browser.post(address, {**filled, **votes, "closes_at": soon}).status_code == 302
    asked = Ballot.objects.latest("pk").resolution.effect_data
    assert (asked["type"], asked["rule"]["method"], asked["rule"]["second_quorum"]) == ("budget", "consent", None)
    assert browser.post(address, {"majority": "simple"}).status_code == 422


def test_a_rule_may_leave_time_to_think(world: World) -> None:
    """The delay of one type of decision: a date that is too near is refused, an act with its own length waits."""
    acts.adopt_rule(world.grouping, "budget", Rule(delay_days=12), by=Clockwork(), at=AT)
    asked = {"title": "Une benne", "text": "Achetons.", "decision_type": "budget", "by": world.actor("aude"), "at": AT}
    with pytest.raises(acts.BadDeadline, match="12 jours"):
        acts.propose_resolution(world.grouping, **asked, closes_at=AT + timedelta(days=11))
    assert acts.propose_resolution(world.grouping, **asked, closes_at=AT + timedelta(days=12)).is_open
    later = acts.propose_resolution(world.grouping, **asked, effect="key", closes_at=AT + timedelta(days=10))
    assert later.closes_at == AT + timedelta(days=12)
    page = browser_of(world.bruno).get(f"/groupements/{world.grouping.public_id}/regles").content.decode()
    assert "ouvert 12 jours au moins" in page

"""A project: who takes part, what it asks for, how it moves; each refusal."""

from datetime import timedelta

import pytest

from cordee.governance.acts import cast_vote, close_ballot
from cordee.governance.models import Ballot
from cordee.ground.kit.clock import now
from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal, Stale
from cordee.ground.people.models import Clockwork
from cordee.ground.register.models import Entry
from cordee.groupings.reads import actor_for
from cordee.projects import acts, reads
from cordee.projects.models import Participant, Project
from tests.people import World
from tests.projects.doors import project

pytestmark = pytest.mark.django_db


def told(project: Project) -> Entry:
    return Entry.objects.filter(book=project.grouping.book).latest("number")


def test_opening_writes_the_first_budget_of_the_kind(world: World) -> None:
    made = project(world)
    assert told(made).act == "projects.project.opened"
    assert told(made).facts == {"kind": "shared_stand", "members": 3, "budget": 2_590_000}
    assert made.budget.count() == 10


@pytest.mark.parametrize("given", [{"kind": "unheard"}, {"name": "  "}])
def test_a_project_has_a_name_and_a_known_kind(world: World, given: dict[str, str]) -> None:
    with pytest.raises(acts.KnowWhat):
        acts.open_project(world.grouping, **{"kind": "free", "name": "x", **given}, by=world.actor("aude"), at=now())


def test_a_project_is_carried_by_two_members_at_least(world: World) -> None:
    for seats in ([world.seats["aude"]], [world.seats["aude"], world.seats["chloe"]]):
        with pytest.raises(Refusal):
            acts.open_project(world.grouping, kind="free", name="x", seats=seats, by=world.actor("aude"), at=now())


def test_a_stranger_opens_nothing(world: World) -> None:
    with pytest.raises(NotYours):
        acts.open_project(world.grouping, kind="free", name="x", by=world.actor("chloe"), at=now())


def test_one_joins_until_the_budget_is_decided(world: World) -> None:
    made = project(world, names=("aude", "bruno"))
    denis = world.seats["denis"]
    by = world.actor("aude")
    with pytest.raises(NotYours):
        reads.project_of(denis.holder, made.public_id)
    acts.join_project(made, brings="Un camion", by=actor_for(denis.holder, denis), at=now())
    assert told(made).act == "projects.participant.joined"
    assert reads.project_of(denis.holder, made.public_id)[0] == made
    for slug in ("need", "fair", "budget", "surface"):
        acts.note_checkpoint(made, slug=slug, note="Réglé en réunion.", by=by, at=now())
    for _step in range(2):
        acts.enter_next_stage(made, by=by, at=now())
    emma = world.seats["emma"]
    with pytest.raises(NotAllowed):
        acts.join_project(made, by=actor_for(emma.holder, emma), at=now())


def test_leaving_releases_the_roles_and_the_last_one_stays(world: World) -> None:
    made = project(world, names=("aude", "bruno"))
    acts.take_role(made, role="treasurer", by=world.actor("bruno"), at=now())
    acts.leave_project(made, by=world.actor("bruno"), at=now())
    assert told(made).act == "projects.participant.left"
    assert not made.roles.filter(until=None).exists()
    assert Participant.objects.get(project=made, seat=world.seats["bruno"]).left_at
    with pytest.raises(Refusal):
        acts.leave_project(made, by=world.actor("aude"), at=now())


def test_a_stale_change_shows_both_values(world: World) -> None:
    made = project(world)
    values = {"name": "Salon d’hiver", "surface": 27}
    acts.change_project(made, version=1, values=values, by=world.actor("bruno"), at=now())
    assert told(made).facts == {"changed": "name surface"}
    with pytest.raises(Stale) as refused:
        acts.change_project(made, version=1, values={"name": "Autre"}, by=world.actor("aude"), at=now())
    assert refused.value.differences == [("Nom", "Salon d’hiver", "Autre")]
    with pytest.raises(acts.KnowWhat):
        acts.change_project(made, version=2, values={"name": " "}, by=world.actor("aude"), at=now())


def test_a_role_is_taken_from_whoever_held_it(world: World) -> None:
    made = project(world)
    acts.take_role(made, role="lead", by=world.actor("aude"), at=now())
    acts.take_role(made, role="lead", by=world.actor("bruno"), at=now())
    assert [str(role.seat_id) for role in made.roles.filter(until=None)] == [str(world.seats["bruno"].pk)]
    assert told(made).facts == {"role": "lead", "seat": world.seats["bruno"].public_id}
    with pytest.raises(NotYours):
        acts.take_role(made, role="king", by=world.actor("bruno"), at=now())


def test_a_stage_waits_for_what_it_asks_and_a_vote_settles_it(world: World) -> None:
    made, by, at = project(world), world.actor("aude"), now()
    with pytest.raises(acts.GateClosed, match="Quel salon"):
        acts.enter_next_stage(made, by=by, at=at)
    acts.note_checkpoint(made, slug="need", note="Dit par chacun le 3 mars.", by=by, at=at)
    assert told(made).act == "projects.checkpoint.noted"
    ballot = acts.put_to_vote(made, slug="fair", text="Montpellier, en mars.", by=by, at=at)
    assert told(made).act == "projects.checkpoint.voted"
    assert reads.checks_of(made)["fair"].state == "voting"
    with pytest.raises(Refusal):
        acts.put_to_vote(made, slug="fair", text="Lyon.", by=by, at=at)
    with pytest.raises(Refusal):
        acts.note_checkpoint(made, slug="fair", note="Réglé.", by=by, at=at)
    for name in ("aude", "bruno"):
        cast_vote(ballot, seat=world.seats[name], choice="for", by=world.actor(name), at=at)
    for name in ("denis", "emma"):
        seat = world.seats[name]
        cast_vote(ballot, seat=seat, choice="for", by=actor_for(seat.holder, seat), at=at)
    close_ballot(Ballot.objects.get(pk=ballot.pk), by=Clockwork(), at=at + timedelta(days=8))
    assert reads.checks_of(made)["fair"].holds
    moved = acts.enter_next_stage(made, by=by, at=at)
    assert told(made).facts == {"from": "idea", "to": "fair"}
    back = acts.step_back(moved, reason="Le salon est annulé.", by=by, at=at)
    assert (back.stage, told(made).act) == ("idea", "projects.stage.left")
    with pytest.raises(Refusal):
        acts.step_back(back, reason="Encore.", by=by, at=at)


def test_only_whoever_leads_moves_the_project(world: World) -> None:
    made = project(world)
    for slug in ("need", "fair"):
        acts.note_checkpoint(made, slug=slug, note="Réglé.", by=world.actor("bruno"), at=now())
    with pytest.raises(NotAllowed):
        acts.enter_next_stage(made, by=world.actor("bruno"), at=now())
    acts.take_role(made, role="lead", by=world.actor("bruno"), at=now())
    assert acts.enter_next_stage(made, by=world.actor("bruno"), at=now()).stage == "fair"


@pytest.mark.parametrize("slug", ["king", "scan_notice"])
def test_what_is_voted_is_a_decision_of_the_playbook(world: World, slug: str) -> None:
    with pytest.raises(Refusal):
        acts.put_to_vote(project(world), slug=slug, text="Oui.", by=world.actor("aude"), at=now())


def test_words_are_asked_for(world: World) -> None:
    made, by = project(world), world.actor("aude")
    with pytest.raises(acts.KnowWhat):
        acts.put_to_vote(made, slug="fair", text=" ", by=by, at=now())
    with pytest.raises(acts.KnowWhat):
        acts.note_checkpoint(made, slug="fair", note=" ", by=by, at=now())


def test_the_budget_is_written_again_whole(world: World) -> None:
    made, by = project(world), world.actor("bruno")
    acts.write_budget(made, rows=[("Emplacement", 700_000), ("", 0), ("Décor", 300_050)], version=1, by=by, at=now())
    assert [(line.label, line.cents) for line in made.budget.all()] == [("Emplacement", 700_000), ("Décor", 300_050)]
    assert told(made).facts == {"lines": 2, "total": 1_000_050}
    with pytest.raises(Stale):
        acts.write_budget(made, rows=[("Autre", 1)], version=1, by=by, at=now())
    with pytest.raises(Refusal):
        acts.write_budget(made, rows=[("Rabais", -1)], version=2, by=by, at=now())


def test_a_measure_is_noted_at_its_date(world: World) -> None:
    made, by, at = project(world), world.actor("bruno"), now()
    acts.note_measure(made, indicator="leads", hundredths=4_000, on=at.date() - timedelta(days=9), by=by, at=at)
    acts.note_measure(made, indicator="leads", hundredths=5_200, on=at.date(), by=by, at=at)
    assert told(made).facts["hundredths"] == 5_200
    row = reads.project_page(*reads.project_of(world.aude, made.public_id)).followed[0]
    assert (row.change, row.improved) == (1_200, True)
    with pytest.raises(Refusal):
        acts.note_measure(made, indicator="leads", hundredths=1, on=at.date() + timedelta(days=1), by=by, at=at)
    with pytest.raises(NotYours):
        acts.note_measure(made, indicator="luck", hundredths=1, on=at.date(), by=by, at=at)


def test_a_tool_nobody_knows_is_not_switched(world: World) -> None:
    with pytest.raises(NotYours):
        acts.switch_tool(project(world), tool="crystal_ball", wanted=True, by=world.actor("aude"), at=now())


def test_an_end_is_said_truly_and_then_nothing_changes(world: World) -> None:
    made, by = project(world), world.actor("aude")
    with pytest.raises(acts.GateClosed):
        acts.end_project(made, outcome="reached", by=by, at=now())
    with pytest.raises(acts.KnowWhat):
        acts.end_project(made, outcome="glory", by=by, at=now())
    acts.end_project(made, outcome="dropped", lessons="Trop tard.", by=by, at=now())
    assert told(made).facts == {"outcome": "dropped", "stage": "idea"}
    with pytest.raises(acts.AlreadyEnded):
        acts.take_role(made, role="lead", by=by, at=now())

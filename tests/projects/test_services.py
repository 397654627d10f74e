"""A service drawn by those who give it: moments in order, what each takes for itself, the pilot client."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cordee.ground.kit.clock import now
from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal, Stale
from cordee.ground.register.models import Entry
from cordee.projects.acts import KnowWhat, ToolAway, switch_tool
from cordee.projects.acts import blueprint as acts
from cordee.projects.models import ServiceStep
from tests.people import World, browser_of
from tests.projects.branding import actor_of
from tests.projects.doors_of_services import a_service

pytestmark = pytest.mark.django_db


def said(world: World, name: str) -> list[dict[str, object]]:
    return list(Entry.objects.filter(book=world.grouping.book, act=name).values_list("facts", flat=True))


def test_moments_keep_their_order_and_are_corrected(world: World) -> None:
    made, by = a_service(world), world.actor("bruno")
    first = made.service_steps.get()
    acts.write_step(made, title="Visite", seen="Deux métiers ensemble", by=by, at=now())
    devis = acts.write_step(made, title="Devis", seen="Un seul papier", promise="En dix jours", by=by, at=now())
    acts.write_step(made, devis, title="Devis unique", seen="Un papier", position=1, version=1, by=by, at=now())
    assert list(made.service_steps.values_list("title", "position")) == [
        ("Devis unique", 1), ("Premier appel", 2), ("Visite", 3),
    ]  # fmt: skip
    with pytest.raises(Stale):
        acts.write_step(made, devis, title="Autre", seen="Un papier", version=1, by=by, at=now())
    with pytest.raises(KnowWhat):
        acts.write_step(made, title="Pose", seen=" ", by=by, at=now())
    with pytest.raises(NotYours):
        acts.write_step(made, title="Pose", seen="Un chantier", by=world.actor("chloe"), at=now())
    acts.remove_step(first, by=by, at=now())
    assert said(world, "projects.service_step.removed") == [{}]
    assert said(world, "projects.service_step.written")[-1] == {"place": 1, "new": False}
    switch_tool(made, tool="blueprint", wanted=False, by=by, at=now())
    with pytest.raises(ToolAway):
        acts.write_step(made, title="Pose", seen="Un chantier", by=by, at=now())
    assert ServiceStep.objects.count() == 2


def test_each_takes_what_it_does_and_nobody_gives_it_to_another(world: World) -> None:
    made = a_service(world)
    step, task = made.service_steps.get(), made.service_steps.get().acts.get()
    acts.hold_service_act(task, taken=True, by=world.actor("bruno"), at=now())
    for verb in (lambda by: acts.hold_service_act(task, taken=True, by=by, at=now()),
                 lambda by: acts.remove_service_act(task, by=by, at=now())):  # fmt: skip
        with pytest.raises(NotAllowed):
            verb(world.actor("aude"))
    with pytest.raises(NotAllowed):
        acts.remove_step(step, by=world.actor("aude"), at=now())
    acts.hold_service_act(task, taken=False, by=world.actor("bruno"), at=now())
    acts.remove_service_act(task, by=world.actor("aude"), at=now())
    mine = acts.add_service_act(
        step, words="Relever les cotes", front=False, mine=True, by=world.actor("aude"), at=now()
    )
    assert mine.seat == world.seats["aude"]
    with pytest.raises(KnowWhat):
        acts.add_service_act(step, words="", front=True, by=world.actor("aude"), at=now())
    bruno = world.seats["bruno"].public_id
    assert said(world, "projects.service_act.held") == [
        {"taken": True, "seat": bruno}, {"taken": False, "seat": bruno},
    ]  # fmt: skip
    assert said(world, "projects.service_act.added")[-1] == {"front": False, "taken": True}
    assert said(world, "projects.service_act.removed") == [{}]


def test_a_pilot_client_is_tried_and_what_came_of_it_is_said_once(world: World) -> None:
    made, by, day = a_service(world), actor_of(world, "denis"), now().date()
    before = day - timedelta(days=1)
    with pytest.raises(Refusal, match="avant de commencer"):
        acts.open_pilot(made, client="Mme Serra", tried="Un devis", starts=day, ends=before, by=by, at=now())
    with pytest.raises(KnowWhat):
        acts.open_pilot(made, client="", tried="Un devis", starts=day, ends=day, by=by, at=now())
    pilot = acts.open_pilot(made, client="Mme Serra", tried="Un seul devis", starts=day, ends=day, by=by, at=now())
    with pytest.raises(KnowWhat):
        acts.close_pilot(pilot, verdict="maybe", learned="Rien", by=by, at=now())
    acts.close_pilot(pilot, verdict="fix", said="Trop long.", learned="Deux visites suffisent.", by=by, at=now())
    with pytest.raises(Refusal, match="déjà noté"):
        acts.close_pilot(pilot, verdict="go", learned="Rien", by=by, at=now())
    assert said(world, "projects.pilot.closed") == [{"verdict": "fix"}]
    assert said(world, "projects.pilot.opened") == [{"starts": day.isoformat(), "ends": day.isoformat()}]


def test_the_page_says_what_lacks_and_asks_little(world: World, django_assert_max_num_queries: object) -> None:
    made = a_service(world)
    browser, address = browser_of(world.bruno), reverse("projects:blueprint", args=[made.public_id])
    for number in range(6):
        answer = browser.post(
            reverse("projects:service_step_add", args=[made.public_id]),
            {"title": f"Moment {number}", "seen": "Un chantier propre", "promise": "Balayé chaque soir"},
        )
        assert answer.status_code == 302
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        page = browser.get(address).content.decode()
    assert "une tâche que personne n’a prise" in page
    assert "Je le fais" in page
    wrong = browser.post(
        reverse("projects:service_step_add", args=[made.public_id]), {"title": "", "position": "mille"}
    )
    assert wrong.status_code == 422
    wrong = browser.post(reverse("projects:pilot_open", args=[made.public_id]), {"client": "X", "starts": "demain"})
    assert wrong.status_code == 422
    shown = browser.get(reverse("projects:project", args=[made.public_id])).content.decode()
    assert "7 moments" in shown

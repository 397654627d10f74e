"""The pages of projects: their queries, their nonsense, what is offered to whom."""

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cordee.ground.kit.clock import now
from cordee.projects import acts
from cordee.projects.kinds import KINDS
from tests.people import World, browser_of
from tests.projects.doors import project

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
def test_each_kind_opens_from_its_page(world: World, kind: object) -> None:
    browser = browser_of(world.bruno)
    address = reverse("projects:new_of_kind", args=[world.grouping.public_id, kind.slug])  # type: ignore[attr-defined]
    page = browser.get(address)
    assert page.status_code == 200
    given = {"name": "Essai", "seats": [seat.public_id for name, seat in world.seats.items() if name != "chloe"]}
    fields = page.context["form"].fields
    given |= {name: field.initial for name, field in fields.items() if name not in given and field.initial is not None}
    answer = browser.post(address, given, follow=True)
    assert answer.status_code == 200
    assert "Essai" in answer.content.decode()


def test_nonsense_gets_a_sentence_and_keeps_what_was_typed(world: World) -> None:
    browser, made = browser_of(world.aude), project(world)
    address = reverse("projects:new_of_kind", args=[world.grouping.public_id, "shared_stand"])
    answer = browser.post(address, {"name": "", "surface": "énorme", "fair": "Batimat"})
    assert answer.status_code == 422
    assert "À remplir" in answer.content.decode()
    assert "Batimat" in answer.content.decode()
    answer = browser.post(reverse("projects:measure", args=[made.public_id, "leads"]), {"value": "plein", "on": ""})
    assert answer.status_code == 422
    assert "n’est pas un nombre" in answer.content.decode()
    answer = browser.post(
        reverse("projects:budget", args=[made.public_id]), {"version": "1", "label_0": "Décor", "cents_0": "beaucoup"}
    )
    assert answer.status_code == 422
    assert "beaucoup" in answer.content.decode()
    for wrong in ("projects:vote", "projects:note"):
        assert browser.post(reverse(wrong, args=[made.public_id, "fair"]), {}).status_code == 422


def test_the_budget_is_written_from_the_page(world: World) -> None:
    made, browser = project(world), browser_of(world.bruno)
    address = reverse("projects:budget", args=[made.public_id])
    assert browser.post(address, {"version": "1", "label_0": "Décor", "cents_0": "1 200,50"}).status_code == 302
    assert [(line.label, line.cents) for line in made.budget.all()] == [("Décor", 120_050)]
    assert browser.post(address, {"version": "1", "label_0": "Autre", "cents_0": "1"}).status_code == 409


def test_members_outside_a_project_see_that_it_exists_and_may_join(world: World) -> None:
    made = project(world, names=("aude", "denis"))
    browser = browser_of(world.bruno)
    page = browser.get(reverse("projects:list", args=[world.grouping.public_id])).content.decode()
    assert made.name in page
    assert "En être" in page
    assert browser.get(reverse("projects:project", args=[made.public_id])).status_code == 404


@pytest.mark.parametrize("rows", [1, 12])
def test_pages_stay_within_their_budget_of_queries(
    world: World, rows: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    by, at = world.actor("aude"), now()
    for _row in range(rows):
        made = project(world)
        for slug in ("need", "fair"):
            acts.note_checkpoint(made, slug=slug, note="Réglé.", by=by, at=at)
            acts.note_measure(made, indicator="leads", hundredths=100, on=at.date(), by=by, at=at)
    browser = browser_of(world.aude)
    for address in (
        reverse("projects:list", args=[world.grouping.public_id]),
        reverse("projects:project", args=[made.public_id]),
        reverse("projects:budget", args=[made.public_id]),
    ):
        with django_assert_max_num_queries(14):
            assert browser.get(address).status_code == 200

"""Search over everything one may see: each kind is found by who may, never by who may not, within a few queries."""

from typing import Any

import pytest
from django.urls import reverse

from cordee.agreements.models import Agreement
from cordee.desk.reads import search_everything
from cordee.directory.acts import choose_sight, hide_from
from cordee.governance.models import Meeting
from cordee.ground.messages.models import Message, Thread
from cordee.ground.people.models import Actor, Person
from cordee.ground.register.acts import address
from cordee.offers.models import Need
from cordee.projects.models import Participant, Project
from tests.factories import AT
from tests.people import World, browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(world: World) -> World:
    """Everywhere the word « grenouille », in what Aude and Bruno share; Chloé has none of it."""
    here, aude = world.grouping, world.seats["aude"]
    here.purpose = "Restaurer la mare aux grenouilles"
    here.save()
    Agreement.objects.create(grouping=here, kind="nda", title="Accord Grenouille", prepared_by=aude, prepared_at=AT)
    Meeting.objects.create(grouping=here, title="Réunion grenouille", called_by=aude, made_at=AT)
    thread = Thread.objects.create(book=here.book, subject=address(here), created_at=AT)
    Message.objects.create(thread=thread, by=world.aude, at=AT, text="La grenouillé a sauté")
    Message.objects.create(thread=thread, by=world.aude, at=AT, text="Rien de neuf")
    project = Project.objects.create(
        grouping=here, kind="free", name="Projet grenouille", stage="idea", stage_since=AT, opened_by=aude, opened_at=AT
    )
    for name in ("aude", "bruno"):
        Participant.objects.create(project=project, seat=world.seats[name], joined_at=AT)
    Need.objects.create(
        company=aude.company, brought_by=world.aude, title="Marché grenouille", source="hand", created_at=AT
    )
    company = aude.company
    company.brand_name = "Grenouille Bois"
    company.save()
    return world


def found(person: Person, text: str = "GRENOUILLE") -> dict[str, int]:
    return {part.name: len(part.hits) for part in search_everything(text, person).parts}


def test_each_finds_what_they_may_open_and_nothing_else(full: World) -> None:
    everything = {"Groupements", "Décisions et réunions", "Documents", "Projets", "Messages", "Entreprises"}
    assert set(found(full.aude)) == {*everything, "Occasions et offres"}
    assert set(found(full.bruno)) == everything  # the need is Aude's company's
    denis = full.seats["denis"].holder
    assert set(found(denis)) == everything - {"Projets"}  # it does not take part
    assert set(found(full.chloe)) == {"Entreprises"}
    hide_from(full.seats["aude"].company, full.seats["chloe"].company, by=Actor(full.aude), at=AT)
    assert found(full.chloe) == {}


def test_every_line_opens(full: World) -> None:
    browser = browser_of(full.aude)
    for part in search_everything("grenouille", full.aude).parts:
        for hit in part.hits:
            assert browser.get(hit.url).status_code == 200, hit


def test_who_left_finds_nothing_more(full: World) -> None:
    seat = full.seats["bruno"]
    seat.state = "left"
    seat.save()
    assert set(found(full.bruno)) == {"Entreprises"}


def test_a_discreet_company_is_not_found_by_its_name(full: World) -> None:
    choose_sight(full.seats["aude"].company, levels={}, blind_name="Menuiserie, Hérault", by=Actor(full.aude), at=AT)
    assert found(full.chloe) == {}
    assert found(full.bruno)["Entreprises"] == 1


@pytest.mark.parametrize("text", ["", "   ", "%", "«»", "grenouille zébulon", "a" * 500])
def test_nothing_found_says_so(full: World, text: str) -> None:
    page = browser_of(full.aude).get(reverse("desk:search"), {"q": text}).content.decode()
    assert "Rien ne contient ces mots" in page or "Que cherchez-vous" in page


def test_the_page_keeps_to_its_budget(full: World, django_assert_max_num_queries: Any) -> None:
    browser = browser_of(full.aude)
    browser.get(reverse("desk:search"))
    with django_assert_max_num_queries(12):
        page = browser.get(reverse("desk:search"), {"q": "grenouille"}).content.decode()
    assert "La grenouillé a sauté" in page

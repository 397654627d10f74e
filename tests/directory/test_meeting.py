"""Events, introductions, suggestions: what is private stays so; what both sides show serves."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from cordee.directory import acts, reads
from cordee.directory.models import Company, CompanyTrade, Event, Introduction, Presence, Tie
from cordee.ground.kit.refusals import NotYours
from cordee.ground.messages.acts import tell
from cordee.ground.messages.models import Letter
from cordee.ground.people.models import Actor, Person
from cordee.ground.register.models import Entry
from cordee.groupings.models import Grouping
from cordee.journeys import acts as journeys
from cordee.journeys.tasks import LETTERS
from tests import factories
from tests.factories import AT
from tests.people import World, browser_of

pytestmark = pytest.mark.django_db


def firm(name: str, trade: str, person: Person | None = None) -> Company:
    made = factories.company(name, leader=person or factories.person())
    CompanyTrade.objects.create(company=made, trade=trade, declared=True)
    return made


def tied(one: Company, two: Company, kind: str = "client", *, shared: bool = True) -> None:
    for here, there in ((one, two), (two, one)):
        Tie.objects.create(company=here, other=there, kind=kind, offered=shared, shared=shared)


def advice(person: Person) -> tuple[reads.Advice, ...]:
    page = reads.ties_page(person)
    return reads.suggestions(page, person, at=AT) if page else ()


def leader(company: Company) -> Actor:
    return Actor(company.representatives.get().person)


def fair(world: World, days: int = 0) -> Event:
    day = (AT + timedelta(days=days)).date()
    host = world.seats["aude"].company
    said: dict[str, Any] = {"name": "Salon du bois", "kind": "fair", "city": "Lodève", "starts_on": day, "ends_on": day}
    return acts.create_event(host, **said, by=Actor(world.aude), at=AT)


def main(answer: Any) -> str:
    return str(answer.content.decode().partition("<main")[2].partition("</main>")[0])


def test_at_an_event_only_those_who_are_there_see_each_other(world: World) -> None:
    event, bruno, chloe = fair(world), world.seats["bruno"].company, world.seats["chloe"].company
    assert Entry.objects.latest("pk").act == "directory.event.created"
    acts.join_event(event, bruno, by=Actor(world.bruno), at=AT)
    page = reads.event_page(world.chloe, event.code, at=AT)
    assert (page.present, page.others, page.code) == (False, (), None)
    acts.join_event(event, chloe, by=Actor(world.chloe), at=AT)
    page = reads.event_page(world.chloe, event.code, at=AT)
    assert page.others == (bruno,)
    assert page.code is not None
    acts.leave_event(event, bruno, by=Actor(world.bruno), at=AT)
    assert reads.event_page(world.chloe, event.code, at=AT).others == ()
    with pytest.raises(NotYours):
        acts.leave_event(event, bruno, by=Actor(world.bruno), at=AT)
    with pytest.raises(acts.EventOver):
        acts.join_event(fair(world, days=30), bruno, by=Actor(world.bruno), at=AT)
    with pytest.raises(acts.EventUnnamed):
        acts.create_event(
            bruno, name=" ", kind="fair", city="", starts_on=AT.date(), ends_on=AT.date(), by=Actor(world.bruno), at=AT
        )


def test_a_code_scanned_at_the_event_opens_an_exchange(world: World) -> None:
    day = AT.date()
    event = fair(world)
    Event.objects.update(starts_on=day - timedelta(days=3000), ends_on=day + timedelta(days=3000))
    browser, bruno = browser_of(world.chloe), world.seats["bruno"].company
    acts.join_event(Event.objects.get(), bruno, by=Actor(world.bruno), at=AT)
    address = reverse("directory:event", args=[event.code])
    assert "J’y suis" in main(browser.get(address, {"avec": bruno.public_id}))
    answer = browser.post(reverse("directory:presence", args=[event.code]), {"avec": bruno.public_id}, follow=True)
    assert "Charpente Masson" in main(answer)
    assert "checked" in main(answer)
    answer = browser.post(reverse("directory:exchange", args=[event.code]), {"avec": [bruno.public_id]}, follow=True)
    assert "Rencontre\u00a0: Salon du bois" in main(answer)
    made = Grouping.objects.latest("pk")
    assert made.invitations.get().person == world.bruno
    with pytest.raises(journeys.NotThere):
        journeys.open_exchange_at(
            event, world.seats["chloe"].company, [world.seats["aude"].company], by=Actor(world.chloe), at=AT
        )
    with pytest.raises(journeys.NobodyChosen):
        journeys.open_exchange_at(event, world.seats["chloe"].company, [], by=Actor(world.chloe), at=AT)


def test_the_poster_is_for_its_host_and_shows_the_code(world: World) -> None:
    event = fair(world)
    page = main(browser_of(world.aude).get(reverse("directory:poster", args=[event.public_id])))
    assert event.code in page
    assert "<svg" in page
    assert "Salon du bois" in main(browser_of(world.aude).get(reverse("directory:events")))
    wrong = {"name": "x", "kind": "fair", "starts_on": "2026-05-02", "ends_on": "2026-05-01"}
    assert "avant le premier" in main(browser_of(world.aude).post(reverse("directory:events"), wrong))
    right = {**wrong, "ends_on": "2026-05-03"}
    assert browser_of(world.aude).post(reverse("directory:events"), right).status_code == 302


def test_an_introduction_goes_through_a_common_tie(world: World) -> None:
    me, middle, far = world.seats["aude"].company, firm("Vitrerie Sud", "vitrerie"), firm("Levage 34", "levage")
    tied(me, middle)
    with pytest.raises(acts.NoCommonTie):
        acts.ask_introduction(me, middle, far, why="Une grue", by=Actor(world.aude), at=AT)
    tied(middle, far, "neighbour")
    asked = acts.ask_introduction(me, middle, far, why="Une grue en mai", by=Actor(world.aude), at=AT)
    assert Entry.objects.latest("pk").act == "directory.introduction.asked"
    with pytest.raises(acts.AlreadyAsked):
        acts.ask_introduction(me, middle, far, why="Encore", by=Actor(world.aude), at=AT)
    assert reads.introductions([far]) == ()
    with pytest.raises(NotYours):
        acts.answer_introduction(asked, yes=True, by=leader(far), at=AT)  # not its turn
    passed = acts.answer_introduction(asked, yes=True, word="Sérieux", by=leader(middle), at=AT)
    assert passed.state == "passed"
    assert [one.role for one in reads.introductions([far])] == ["target"]
    with pytest.raises(journeys.NobodyChosen):
        journeys.open_exchange_introduced(asked, by=Actor(world.aude), at=AT)
    assert acts.answer_introduction(asked, yes=True, by=leader(far), at=AT).state == "accepted"
    with pytest.raises(acts.AlreadyAnswered):
        acts.answer_introduction(asked, yes=False, by=leader(far), at=AT)
    made = journeys.open_exchange_introduced(asked, by=Actor(world.aude), at=AT)
    assert made.invitations.count() == 2
    tell(LETTERS, at=AT)
    told = Letter.objects.filter(kind="directory.introduction").order_by("pk").values_list("subject", flat=True)
    assert sorted(subject.split()[0] for subject in told) == ["Levage", "Menuiserie", "Vitrerie"]
    with pytest.raises(NotYours):
        journeys.open_exchange_introduced(asked, by=Actor(world.chloe), at=AT)


def test_declined_in_the_middle_the_other_hears_nothing(world: World) -> None:
    me, middle, far = world.seats["aude"].company, firm("Vitrerie Sud", "vitrerie"), firm("Levage 34", "levage")
    tied(me, middle)
    tied(middle, far)
    asked = acts.ask_introduction(me, middle, far, why="", by=Actor(world.aude), at=AT)
    browser = browser_of(leader(middle).person)
    assert "vous demande de le présenter" in main(browser.get(reverse("directory:ties")))
    browser.post(reverse("directory:introduction", args=[asked.public_id]), {"choix": "non"})
    assert Introduction.objects.get().state == "declined"
    assert reads.introductions([far]) == ()


def test_suggestions_say_why_and_name_nobody_who_hides(world: World) -> None:
    me = world.seats["aude"].company
    Company.objects.filter(pk=me.pk).update(looks_for="Une grue, du levage pour nos charpentes")
    me.refresh_from_db()
    middle, far = firm("Vitrerie Sud", "vitrerie"), firm("Levage 34", "levage")
    Tie.objects.create(company=me, other=middle, kind="supplier")
    tied(middle, far, "neighbour")
    (one,) = advice(world.aude)
    assert one.text.startswith("Vitrerie Sud, votre fournisseur, connaît Levage 34 (son voisin)")
    assert (one.companies, one.through) == ((far,), middle)
    page = main(browser_of(world.aude).get(reverse("directory:ties")))
    assert "Demander une présentation" in page
    assert "Levage 34" in page
    acts.hide_from(far, me, by=leader(far), at=AT)
    assert advice(world.aude) == ()
    assert "Levage 34" not in main(browser_of(world.aude).get(reverse("directory:ties")))
    acts.hide_from(far, me, hidden=False, by=leader(far), at=AT)
    acts.choose_sight(far, levels={}, blind_name="Hérault, engins", by=leader(far), at=AT)
    assert advice(world.aude) == ()
    assert "Levage 34" not in main(browser_of(world.aude).get(reverse("directory:ties")))


def test_four_at_the_same_fair_who_complete_each_other(world: World, django_assert_max_num_queries: Any) -> None:
    event, me = fair(world), world.seats["aude"].company
    for company in (me, firm("A", "plomberie"), firm("B", "electricite"), firm("C", "peinture")):
        Presence.objects.create(event=event, company=company, person=world.aude, at=AT)
    (one,) = [each for each in advice(world.aude) if len(each.companies) > 1]
    assert "d’entre vous étaient à" in one.text
    browser = browser_of(world.aude)
    browser.get(reverse("directory:ties"))
    with django_assert_max_num_queries(12):
        browser.get(reverse("directory:ties"))

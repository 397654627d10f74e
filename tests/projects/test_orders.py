"""Capacity that nobody else learns, orders shared by the voted rule, parts accepted or not, a balance for all."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from cordee.directory.models import Place
from cordee.ground.kit.clock import now
from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal
from cordee.ground.people.models import Actor, Person
from cordee.ground.register.models import Entry
from cordee.projects import acts
from cordee.projects.models import CapacityLine, CapacityPool, ClientOrder, OrderPart, Project
from cordee.projects.reads import start_of
from cordee.projects.tasks import LETTERS, lapse_orders
from tests.people import World, browser_of
from tests.projects.branding import a_pool, actor_of, an_order_rule, decided

pytestmark = pytest.mark.django_db
SECRET = {"aude": 40417, "bruno": 30313, "denis": 20219}


def week(pool: CapacityPool) -> date:
    return start_of(pool, now().date())


def declared(world: World, pool: CapacityPool, **figures: int) -> None:
    for name, figure in figures.items():
        acts.declare_capacity(pool, figures={week(pool): figure}, by=actor_of(world, name), at=now())


def entered(pool: CapacityPool, by: Any, quantity: int = 9, **words: Any) -> ClientOrder:
    return acts.enter_order(pool, title="Palettes", quantity=quantity, on=now().date(), **words, by=by, at=now())


def parts(order: ClientOrder, state: str = "offered") -> dict[str, int]:
    found = order.parts.filter(state=state).select_related("seat__company")
    return {str(part.seat).split()[-1]: part.quantity for part in found}


def part_for(world: World, order: ClientOrder, name: str) -> OrderPart:
    return order.parts.get(seat=world.seats[name], state="offered")


def everything_read_by(person: Person, pool: CapacityPool) -> str:
    """All that somebody's pages, exports and books say, in one text without spaces."""
    browser, project = browser_of(person), pool.project
    said = [browser.get(reverse("projects:capacity", args=[project.public_id])).content.decode()]
    said.append(browser.get(reverse("projects:project", args=[project.public_id])).content.decode())
    said.append(browser.get(f"/groupements/{project.grouping.public_id}/registre").content.decode())
    said += [json.dumps(facts) for facts in Entry.objects.values_list("facts", flat=True)]
    said += list(CapacityLine.objects.values_list("sealed", flat=True))
    return "".join(said).replace("\u202f", "").replace("\u00a0", "").replace(" ", "")


def test_a_member_never_learns_the_capacity_of_another(world: World) -> None:
    pool, neutral = a_pool(world)
    declared(world, pool, **SECRET)
    an_order_rule(world, pool.project)
    acts.tell_total(pool, start=week(pool), by=Actor(neutral), at=now())
    order = entered(pool, Actor(neutral), quantity=90_949)  # all of it: each part is the whole capacity of a company
    assert sorted(parts(order).values()) == sorted(SECRET.values())
    acts.answer_part(part_for(world, order, "denis"), accept=True, by=actor_of(world, "denis"), at=now())
    for name in ("aude", "bruno", "denis"):
        read = everything_read_by(world.seats[name].holder, pool)
        assert str(SECRET[name]) in read
        assert not [figure for other, figure in SECRET.items() if other != name and str(figure) in read]
        assert "90949" in read  # the total was told
        for letter in LETTERS["projects.order.entered"](Entry.objects.get(act="projects.order.entered"), now()):
            if letter.to == world.seats[name].holder:
                assert str(SECRET[name]) in " ".join(letter.lines)
                assert not [f for other, f in SECRET.items() if other != name and str(f) in " ".join(letter.lines)]
    emma = browser_of(world.seats["emma"].holder)
    assert emma.get(reverse("projects:capacity", args=[pool.project.public_id])).status_code == 404
    mine = OrderPart.objects.get(seat=world.seats["aude"])
    answer = browser_of(world.bruno).post(reverse("projects:order_answer", args=[mine.public_id]), {"accept": "1"})
    assert answer.status_code == 404
    page = browser_of(neutral).get(reverse("projects:capacity", args=[pool.project.public_id])).content.decode()
    assert all(str(figure) in page for figure in SECRET.values())
    Project.objects.filter(pk=pool.project_id).update(ended_at=now())  # sealed: nobody reads it any more
    assert browser_of(neutral).get(reverse("projects:capacity", args=[pool.project.public_id])).status_code == 404
    assert (
        str(SECRET["aude"])
        not in (
            browser_of(world.aude).get(reverse("projects:capacity", args=[pool.project.public_id])).content.decode()
        )
        .split('id="orders"')[0]
        .split('id="mine"')[1]
    )


def test_a_total_is_told_once_by_the_neutral_one(world: World) -> None:
    pool, neutral = a_pool(world)
    with pytest.raises(acts.NotNeutral):
        acts.name_neutral(pool, email=world.bruno.email, by=world.actor("aude"), at=now())
    declared(world, pool, aude=40, bruno=30)
    with pytest.raises(NotAllowed):
        acts.tell_total(pool, start=week(pool), by=world.actor("aude"), at=now())
    with pytest.raises(acts.GivesAway):
        acts.tell_total(pool, start=week(pool), by=Actor(neutral), at=now())
    declared(world, pool, denis=20)
    with pytest.raises(acts.KnowWhat):
        declared(world, pool, denis=-1)
    assert acts.tell_total(pool, start=week(pool), by=Actor(neutral), at=now()).total == 90
    with pytest.raises(acts.Frozen):
        declared(world, pool, denis=25)  # told again, the total would give the change away
    with pytest.raises(Refusal, match="déjà dit"):
        acts.tell_total(pool, start=week(pool), by=Actor(neutral), at=now())
    with pytest.raises(Refusal, match="déjà déclarées"):
        acts.open_pool(pool.project, unit="heures", by=world.actor("aude"), at=now())
    following = week(pool) + timedelta(days=7)
    assert acts.declare_capacity(pool, figures={following: 5}, by=world.actor("bruno"), at=now()) == 1
    assert acts.declare_capacity(pool, figures={following: None}, by=world.actor("bruno"), at=now()) == 1
    with pytest.raises(acts.Frozen):
        past = {week(pool) - timedelta(days=7): 5}
        acts.declare_capacity(pool, figures=past, by=world.actor("bruno"), at=now())


def test_the_rule_changes_only_by_a_decision(world: World) -> None:
    pool, neutral = a_pool(world)
    with pytest.raises(acts.NoRule):
        entered(pool, Actor(neutral))
    first = an_order_rule(world, pool.project, "turns")
    second = acts.propose_order_rule(pool.project, rule="first", by=world.actor("aude"), at=now())
    with pytest.raises(acts.BeingVoted):
        acts.propose_order_rule(pool.project, rule="first", by=world.actor("aude"), at=now())
    with pytest.raises(NotYours):
        acts.settle_order_rule(second, at=now())
    decided(second.ballot, choice="against")
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("in_force", "refused")
    with pytest.raises(NotAllowed):
        entered(pool, world.actor("bruno"))


def test_what_is_declined_or_late_goes_to_the_others(world: World) -> None:
    pool, neutral = a_pool(world)
    declared(world, pool, aude=30, bruno=30, denis=30)
    an_order_rule(world, pool.project)
    order = entered(pool, Actor(neutral), quantity=30)
    assert parts(order) == {"Lambert": 10, "Masson": 10, "Roux": 10}
    bruno = part_for(world, order, "bruno")
    with pytest.raises(NotYours):
        acts.answer_part(bruno, accept=True, by=world.actor("aude"), at=now())
    acts.answer_part(bruno, accept=False, by=world.actor("bruno"), at=now())
    with pytest.raises(acts.TooLateToAnswer):
        acts.answer_part(bruno, accept=True, by=world.actor("bruno"), at=now())
    acts.answer_part(part_for(world, order, "aude"), accept=True, by=world.actor("aude"), at=now())
    with pytest.raises(NotYours):
        acts.lapse_order(order, at=now())
    later = now() + timedelta(hours=49)
    assert lapse_orders(at=later) == 1  # Denis did not answer: his part and Bruno's go to Aude
    assert parts(order) == {"Lambert": 20}
    part = order.parts.get(state="offered")
    acts.answer_part(part, accept=False, by=world.actor("aude"), at=later)
    order.refresh_from_db()
    assert order.left == 20
    told = Entry.objects.filter(act__startswith="projects.order").values_list("facts", flat=True)
    assert not any(value in (10, 20) for facts in told for value in facts.values())


def test_turns_nearest_and_first(world: World) -> None:
    pool, neutral = a_pool(world)
    an_order_rule(world, pool.project, "turns")
    went = [next(iter(parts(entered(pool, Actor(neutral))))) for _order in range(4)]
    assert went == ["Lambert", "Masson", "Roux", "Lambert"]
    page = browser_of(world.bruno).get(reverse("projects:capacity", args=[pool.project.public_id])).content.decode()
    assert "Atelier Roux" in page.split('id="fair"')[1]  # no capacity in it: the whole balance is told
    an_order_rule(world, pool.project, "first")
    order = entered(pool, Actor(neutral))
    acts.answer_part(part_for(world, order, "denis"), accept=True, by=actor_of(world, "denis"), at=now())
    assert parts(order, "taken") == {"Lambert": 9, "Masson": 9}
    an_order_rule(world, pool.project, "nearest")
    with pytest.raises(acts.KnowWhat, match="distance"):
        entered(pool, Actor(neutral))  # nothing says where it goes
    Place.objects.all().delete()
    for name, (lon, lat) in {"aude": (2.35, 48.86), "bruno": (3.9, 43.6)}.items():
        Place.objects.create(company=world.seats[name].company, lon=lon, lat=lat)
    assert parts(entered(pool, Actor(neutral), postcode="34000")) == {"Masson": 9}


def test_the_page_asks_little_and_shares(world: World, django_assert_max_num_queries: object) -> None:
    pool, _neutral = a_pool(world)
    project, browser = pool.project, browser_of(world.bruno)
    day = f"q_{week(pool).isoformat()}"
    for name in ("aude", "bruno", "denis"):
        own = browser_of(world.seats[name].holder)
        assert own.post(reverse("projects:capacity_declare", args=[project.public_id]), {day: "30"}).status_code == 302
    assert (
        browser.post(
            reverse("projects:order_rule", args=[project.public_id]), {"rule": "capacity", "hours": "24"}
        ).status_code
        == 302
    )
    decided(project.order_rules.get().ballot)
    order = {"title": "Palettes de tuiles", "quantity": "20", "on": now().date().isoformat()}
    aude = browser_of(world.aude)
    assert aude.post(reverse("projects:order_enter", args=[project.public_id]), order).status_code == 302
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        page = browser.get(reverse("projects:capacity", args=[project.public_id])).content.decode()
    assert "Les autres ensemble" in page
    assert "Selon la capacité déclarée" in page
    mine = OrderPart.objects.get(seat=world.seats["bruno"])
    assert browser.post(reverse("projects:order_answer", args=[mine.public_id]), {"accept": "1"}).status_code == 302
    mine.refresh_from_db()
    assert mine.state == "accepted"


def test_a_full_page_asks_no_more(world: World, django_assert_max_num_queries: object) -> None:
    """A rule in force, another one at the vote, orders: for a member and for the neutral person."""
    pool, neutral = a_pool(world)
    project = pool.project
    declared(world, pool, aude=30, bruno=30, denis=30)
    an_order_rule(world, project)
    for _order in range(3):
        entered(pool, Actor(neutral), quantity=30)
    acts.propose_order_rule(project, rule="turns", hours=24, by=world.actor("bruno"), at=now())
    for person in (world.aude, world.bruno, neutral):
        browser = browser_of(person)
        with django_assert_max_num_queries(12):  # type: ignore[operator]
            assert browser.get(reverse("projects:capacity", args=[project.public_id])).status_code == 200

"""« Aujourd’hui »: what awaits each, in what order; and what a stranger reads."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localtime
from pytest_django import DjangoAssertNumQueries

from cordee.desk.reads import greeting, my_week, today, waiting_for
from cordee.governance import acts as governance
from cordee.governance.models import Ballot, FollowUp
from cordee.ground.kit.clock import now
from cordee.ground.people.models import Actor, Link
from cordee.ground.register.acts import address
from cordee.groupings.models import Grouping, Invitation, Seat
from cordee.learning import models as learning
from cordee.money import acts as money_acts
from cordee.money.models import CostPool, Transfer
from cordee.offers.models import Need
from tests import factories
from tests.money.doors import invoice
from tests.people import World, browser_of

pytestmark = pytest.mark.django_db
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def ask(grouping: Grouping, seat: Seat, title: str = "Choisir l’assurance", days: float = 7) -> Ballot:
    """A vote opened now by a seat of the grouping."""
    by = Actor(seat.holder, address(seat))
    return governance.propose_resolution(
        grouping,
        title=title,
        text="Retenir le contrat proposé.",
        decision_type="ordinary",
        closes_at=now() + days * DAY,
        by=by,
        at=now(),
    )


def owe(debtor: Seat, creditor: Seat, cents: int = 128_450, **fields: Any) -> Transfer:
    """A payment between two members, not made yet."""
    pool = CostPool.objects.create(grouping=debtor.grouping, title="Stand", opened_by=creditor, opened_at=now())
    return Transfer.objects.create(pool=pool, debtor=debtor, creditor=creditor, cents=cents, made_at=now(), **fields)


def invite(world: World) -> Invitation:
    """Chloé is asked to join Aude's groupement."""
    return Invitation.objects.create(
        grouping=world.grouping,
        person=world.chloe,
        company_name="Maçonnerie Petit",
        state=Invitation.State.SENT,
        invited_by=world.seats["aude"],
        sent_at=now(),
        expires_at=now() + 10 * DAY,
    )


def page_of(person: Any) -> str:
    return browser_of(person).get("/").content.decode()


def test_a_vote_awaits_those_who_have_not_voted(world: World) -> None:
    ballot = ask(world.grouping, world.seats["aude"])
    seat = world.seats["bruno"]
    page = page_of(world.bruno)
    assert "Bonjour Bruno, une chose vous attend" in page
    assert "Choisir l’assurance" in page
    assert reverse("governance:ballot", args=[ballot.public_id]) in page
    assert page.count("btn-primary") == 1
    governance.cast_vote(ballot, seat=seat, choice="for", by=world.actor("bruno"), at=now())
    after = page_of(world.bruno)
    assert "rien ne vous attend" in after
    assert "Clôture du vote" in after  # still a date to come
    assert "Choisir l’assurance" not in page_of(world.chloe)


def test_what_is_urgent_comes_first_then_what_others_wait_for(world: World) -> None:
    ask(world.grouping, world.seats["aude"], "Plus tard", days=9)
    owe(world.seats["bruno"], world.seats["aude"])
    owe(world.seats["denis"], world.seats["bruno"], 500, paid_at=now())
    ask(world.grouping, world.seats["aude"], "Demain", days=1)
    items = today(world.bruno, at=now()).items
    assert [item.title.replace("\u202f", " ").replace("\xa0", " ") for item in items] == [
        "Demain",
        "Plus tard",
        "1 284,50 € à verser à Menuiserie Lambert",
        "Atelier Roux vous a versé 5,00 €",
    ]
    assert [bool(item.soon) for item in items] == [True, False, False, False]


def test_the_accounts_are_those_of_my_companies(world: World) -> None:
    owe(world.seats["bruno"], world.seats["aude"], 1000)
    owe(world.seats["denis"], world.seats["aude"], 500)
    accounts = today(world.aude, at=now()).accounts
    assert accounts is not None
    assert (accounts.to_receive, accounts.to_pay, accounts.balance) == (1500, 0, 1500)
    assert today(world.chloe, at=now()).accounts is None


def test_an_invitation_is_answered_from_the_page_before_its_mail_is_written(world: World) -> None:
    asked = invite(world)
    page = page_of(world.chloe)
    mine = reverse("desk:invitation", args=[asked.public_id])
    assert f'action="{mine}"' in page
    assert not Link.objects.exists()  # reading makes nothing
    answer = browser_of(world.chloe).post(mine)
    assert "/invitation/" in answer["Location"]
    assert answer["Location"].rpartition("/")[2] in page_of(world.chloe)
    assert browser_of(world.bruno).post(mine).status_code == 404
    assert browser_of(world.chloe).get(mine).status_code == 405


def test_a_step_that_is_ready_shows_to_who_leads(world: World) -> None:
    exchange = factories.grouping("Salon", stage="exchange", end_condition="Le salon est passé.", necessity="Payer.")
    for name in ("aude", "bruno", "denis"):
        factories.seat(exchange, world.seats[name].holder, company=world.seats[name].company)
    factories.office(exchange.seats.get(holder=world.aude), "facilitator")
    assert [item.title for item in today(world.aude, at=now()).ahead] == ["Tout est prêt pour devenir un collectif"]
    assert today(world.bruno, at=now()).ahead == []


def test_an_occasion_shows_when_its_deadline_is_near(world: World) -> None:
    common = {"source": "hand", "company": world.seats["aude"].company, "brought_by": world.aude, "created_at": now()}
    Need.objects.create(title="Groupe scolaire", deadline=now() + 5 * DAY, **common)
    Need.objects.create(title="Chai à étendre", deadline=now() + 40 * DAY, **common)
    Need.objects.create(title="Trop tard", deadline=now() - DAY, **common)
    found = today(world.aude, at=now())
    assert [item.title for item in found.ahead] == ["Groupe scolaire"]
    assert [need.title for need in found.needs] == ["Chai à étendre"]
    assert today(world.chloe, at=now()).ahead == []


def test_the_menu_counts_the_same_on_every_page(world: World) -> None:
    ask(world.grouping, world.seats["aude"])
    owe(world.seats["bruno"], world.seats["aude"])
    waiting = waiting_for(world.bruno, at=now())
    assert waiting == today(world.bruno, at=now()).waiting
    assert (waiting.count, waiting.company) == (2, "Charpente Masson")
    assert '<span class="cd-count">2<' in browser_of(world.bruno).get("/a-propos").content.decode()
    assert waiting_for(world.chloe, at=now()).count == 0


def test_the_page_costs_the_same_with_many_rows(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    groupings = [world.grouping]
    for number in range(7):
        made = factories.grouping(f"Groupement {number}", stage="exchange")
        for name in ("aude", "bruno", "denis"):
            factories.seat(made, world.seats[name].holder, company=world.seats[name].company)
        groupings.append(made)
    for number in range(20):
        grouping = groupings[number % 8]
        ask(grouping, grouping.seats.get(holder=world.aude), f"Question {number}", days=1 + number)
    for number in range(6):
        owe(world.seats["bruno"], world.seats["aude"], 100 + number)
    invite(world)
    client = browser_of(world.bruno)
    with django_assert_max_num_queries(12):
        page = client.get("/").content.decode()
    assert page.count("Question ") >= 20
    assert "Bonjour Bruno, 26 choses vous attendent" in page


def test_the_overview_costs_the_same_with_many_rows(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(6):
        ask(world.grouping, world.seats["aude"], f"Question {number}", days=2 + number)
        owe(world.seats["bruno"], world.seats["aude"], 100 + number)
    client = browser_of(world.bruno)
    address_of = reverse("groupings:grouping", args=[world.grouping.public_id])
    client.get(address_of)  # the book is verified, and remembered for a while
    with django_assert_max_num_queries(12):
        page = client.get(address_of).content.decode()
    assert "Clôture du vote" in page
    assert "a posé une question\u00a0: Question 5" in page


def test_my_actions_of_the_week_are_those_i_took_on(world: World) -> None:
    late, later = now().date() - 2 * DAY, now().date() + 30 * DAY
    for title, owner, due in (
        ("Louer la salle", "bruno", late),
        ("Plus tard", "bruno", later),
        ("À Aude", "aude", None),
    ):
        ballot = ask(world.grouping, world.seats["aude"], title)
        FollowUp.objects.create(
            grouping=world.grouping, resolution=ballot.resolution, owner=world.seats[owner], due_on=due
        )
    session = learning.PeerSession.objects.create(
        grouping=world.grouping, client=world.seats["bruno"], facilitator=world.seats["aude"], starts_at=now(),
        planned_by=world.seats["bruno"], planned_at=now(), state="closed",
    )  # fmt: skip
    session.actions.create(text="Écrire la fiche de poste")
    learning.Testimony.objects.create(
        grouping=world.grouping, seat=world.seats["bruno"], occasion="anniversary", asked_at=now()
    )
    aude = invoice(world, issued=True)
    late_day = now() + 3 * DAY
    assert my_week(world.aude, at=late_day)[0].url == reverse("money:invoice", args=[aude.public_id])
    money_acts.mark_paid(aude, on=localtime(now()).date(), by=world.actor("aude"), at=now())
    assert [item.title for item in my_week(world.aude, at=late_day)] == ["À Aude"]
    week = my_week(world.bruno, at=now())
    assert [item.title.replace("\u202f", " ") for item in week] == [
        "Louer la salle", "Écrire la fiche de poste", "Cela a-t-il marché pour vous ?",
    ]  # fmt: skip
    assert week[0].soon.startswith("En retard")
    assert reverse("delivery:week") in page_of(world.bruno)
    assert "Louer la salle" in browser_of(world.bruno).get(reverse("delivery:week")).content.decode()
    assert my_week(world.chloe, at=now()) == []


def test_nothing_awaits_somebody_who_has_just_come(db: Any) -> None:
    page = page_of(factories.person("Gaël Martin"))
    assert "Rien ne vous attend." in page
    assert "Pas encore de groupement." in page
    assert reverse("groupings:new") in page


def test_the_greeting_counts_in_words(world: World) -> None:
    assert greeting(world.aude, 4) == "Bonjour Aude, quatre choses vous attendent"
    assert greeting(world.aude, 12) == "Bonjour Aude, 12 choses vous attendent"


def test_a_stranger_reads_what_cordee_is_for(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client = Client()
    with django_assert_num_queries(0):
        page = client.get("/").content.decode()
    assert "À plusieurs, sans cesser d’être vous" in page
    assert page.count("<h3>") == 13  # four things done together, five steps, four things protected
    for name in ("account_signup", "account_request_login_code", "desk:about", "desk:self_test"):
        assert reverse(name) in page
    assert "cd-side" not in page
    client.post("/langue", {"language": "en", "next": "/"})
    assert "Together, and still your own company" in client.get("/").content.decode()

"""Searching for teams, and opening an exchange with one."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cordee.directory.models import Company, CompanyTrade, Representative, Tie
from cordee.ground.kit.clock import now
from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal
from cordee.ground.messages.acts import tell
from cordee.ground.messages.models import Letter
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import address
from cordee.ground.register.models import Entry
from cordee.groupings.models import Invitation
from cordee.offers import acts
from cordee.offers.acts.needs import NeedDropped
from cordee.offers.acts.teams import ExchangeAlreadyOpen, NothingToSearch, SearchOver, SearchUnderWay
from cordee.offers.models import Pursuit, TeamSearch
from cordee.offers.reads import occasion_of, search_of, teams_page
from cordee.offers.reads.asked import companies_for
from cordee.offers.tasks import LETTERS, catch_up, find_teams
from tests import factories
from tests.offers import bidding
from tests.offers.small import directory, found, need, search, shared_need
from tests.people import World, browser_of

pytestmark = pytest.mark.django_db


def test_the_best_teams_cover_every_lot_and_say_why(world: World) -> None:
    done = found(world)
    page = teams_page(world.aude, done.public_id)
    best = page.cards[0]
    assert done.state == "done"
    assert (best.best, best.covered, best.lead) == (True, 3, "Personne ne manque.")
    assert {mate.me for mate in best.members} == {True, False}
    assert all(mate.reasons for mate in best.members if not mate.me)
    assert all(reason[0].isupper() and reason.endswith(".") for mate in best.members for reason in mate.reasons)
    others = [{mate.public_id for mate in card.members} for card in page.cards]
    assert all(len(one - two) >= 2 for one in others for two in others if one is not two)
    line = Entry.objects.get(act="offers.search.done")
    assert line.by == "cordee"
    assert line.facts["teams"] == len(page.cards)
    assert line.facts["compared"] == Company.objects.count()
    assert Entry.objects.get(act="offers.search.asked").facts["around"] is True


def test_without_my_company_it_need_not_be_in_the_team(world: World) -> None:
    done = found(world, around=False)
    members = {member["id"] for team in done.result["teams"] for member in team["members"]}
    assert world.seats["aude"].company.public_id not in members


def test_who_is_missing_is_said_and_what_would_make_it_possible(world: World) -> None:
    directory()
    CompanyTrade.objects.filter(trade="plomberie").delete()
    done = acts.find_teams_now(search(world), at=now())
    page = teams_page(world.aude, done.public_id)
    assert any("Plomberie" in sentence or "plomberie" in sentence for sentence in page.infeasible)
    assert all(card.lead != "Personne ne manque." for card in page.cards)
    assert page.rows[2].missing


def test_an_empty_directory_gives_no_team_and_a_sentence(world: World) -> None:
    done = acts.find_teams_now(search(world), at=now())
    page = teams_page(world.aude, done.public_id)
    assert done.state == "done"
    assert page.infeasible


def test_private_ties_of_others_are_never_read(world: World) -> None:
    mine, friend, other = (world.seats[name].company for name in ("aude", "bruno", "chloe"))
    second = factories.company("La seconde entreprise", leader=world.aude)
    Tie.objects.create(company=mine, other=friend, kind="project", trust=80)
    Tie.objects.create(company=second, other=friend, kind="project", trust=90)
    Tie.objects.create(company=friend, other=other, kind="client", trust=90)
    Tie.objects.create(company=other, other=mine, kind="union", trust=70)
    known = {one.id: dict(one.ties) for one in companies_for(search(world), at=now()) if one.ties}
    assert known == {mine.public_id: {friend.public_id: 80}}


def test_unknown_stays_unknown(world: World) -> None:
    bruno = world.seats["bruno"].company.public_id
    one = next(each for each in companies_for(search(world), at=now()) if each.id == bruno)
    assert (one.capacity, one.turnover, one.certificates, one.headcount) == (None, None, None, None)


def test_a_search_needs_a_trade_and_a_living_need(world: World) -> None:
    vague = acts.write_need(
        title="Un projet",
        lots=[acts.HandLot("On verra")],
        company=world.seats["aude"].company,
        by=Actor(world.aude),
        at=now(),
    )
    with pytest.raises(NothingToSearch):
        search(world, vague)
    made = need(world)
    acts.drop_need(made, by=Actor(world.aude), at=now())
    with pytest.raises(NeedDropped):
        search(world, made)


def test_a_search_is_done_once_whoever_takes_it(world: World) -> None:
    directory()
    asked = search(world)
    assert find_teams.func(asked.public_id) == "done"
    acts.find_teams_now(asked, at=now())
    assert Entry.objects.filter(act="offers.search.done").count() == 1


def test_a_search_that_nobody_took_is_done_and_one_that_broke_is_given_up(world: World) -> None:
    directory()
    late = search(world)
    assert catch_up(at=now()) == 0
    assert catch_up(at=now() + timedelta(minutes=1)) == 1
    late.refresh_from_db()
    assert late.state == "done"
    broken = search(world)
    TeamSearch.objects.filter(pk=broken.pk).update(state="running", started_at=now() - timedelta(hours=1))
    assert catch_up(at=now()) == 1
    assert teams_page(world.aude, broken.public_id).problem
    assert Entry.objects.get(act="offers.search.stopped").facts == {"was": "running"}
    told = Entry.objects.count()
    with pytest.raises(SearchOver):
        acts.give_up_search(late, at=now())
    assert Entry.objects.count() == told
    late.refresh_from_db()
    assert late.state == "done"


def test_only_the_company_that_searched_sees_the_teams(world: World) -> None:
    asked = search(world, shared_need(world))
    assert search_of(world.aude, asked.public_id)
    for person in (world.bruno, world.chloe):
        with pytest.raises(NotYours):
            search_of(person, asked.public_id)


def test_an_exchange_opens_with_a_team_and_its_need(world: World) -> None:
    done = found(world)
    members = [member["id"] for member in done.result["teams"][0]["members"]]
    grouping = acts.open_exchange_with(done, team=1, by=Actor(world.aude), at=now())
    invited = Invitation.objects.filter(grouping=grouping)
    assert {each.company.public_id for each in invited} == set(members) - {world.seats["aude"].company.public_id}
    assert {each.state for each in invited} == {"sent"}
    assert grouping.need == address(done.need)
    assert "École de Paulhan" in grouping.purpose
    assert "Lot de electricite" in grouping.purpose
    assert occasion_of(grouping).need == done.need
    assert Entry.objects.get(act="offers.need.pursued").facts == {
        "grouping": grouping.public_id,
        "companies": len(members),
        "search": done.public_id,
    }
    assert teams_page(world.aude, done.public_id).cards[0].grouping == grouping.public_id


def test_a_company_without_a_known_leader_is_noted_for_its_address(world: World) -> None:
    directory(leaders=False)
    done = acts.find_teams_now(search(world), at=now())
    grouping = acts.open_exchange_with(done, team=1, by=Actor(world.aude), at=now())
    assert {(each.state, each.person) for each in Invitation.objects.filter(grouping=grouping)} == {("waiting", None)}


def test_two_taps_open_one_exchange(world: World) -> None:
    done = found(world)
    acts.open_exchange_with(done, team=1, by=Actor(world.aude), at=now())
    with pytest.raises(ExchangeAlreadyOpen):
        acts.open_exchange_with(done, team=1, by=Actor(world.aude), at=now())
    assert Pursuit.objects.count() == 1


def test_who_may_not_open_it(world: World) -> None:
    done = found(world)
    helper = factories.person("Inès")
    Representative.objects.create(
        company=world.seats["aude"].company, person=helper, capacity="assistant", since=factories.AT
    )
    with pytest.raises(NotAllowed):
        acts.open_exchange_with(done, team=1, by=Actor(helper), at=now())
    with pytest.raises(NotYours):
        acts.open_exchange_with(done, team=1, by=Actor(world.chloe), at=now())
    with pytest.raises(SearchUnderWay):
        acts.open_exchange_with(done, team=9, by=Actor(world.aude), at=now())
    with pytest.raises(SearchUnderWay):
        acts.open_exchange_with(search(world), team=1, by=Actor(world.aude), at=now())
    assert not Pursuit.objects.exists()


def test_an_occasion_is_brought_to_a_grouping_that_exists(world: World) -> None:
    made, by = need(world), bidding.actor(world, "aude")
    with pytest.raises(Refusal):
        acts.look_together(made, world.grouping, by=bidding.actor(world, "bruno"), at=now())
    acts.look_together(made, world.grouping, by=by, at=now())
    with pytest.raises(Refusal):
        acts.look_together(made, world.grouping, by=by, at=now())
    page = browser_of(world.bruno).get(reverse("groupings:grouping", args=[world.grouping.public_id]))
    assert "Préparer la réponse ensemble" in page.content.decode()
    assert Entry.objects.get(act="offers.need.shared").facts == {"need": made.public_id}
    tell(LETTERS, at=now())
    told = set(Letter.objects.filter(kind="offers.need.shared").values_list("to__name", flat=True))
    assert "Bruno Masson" in told
    assert "Aude Lambert" not in told


def test_a_company_that_hid_itself_since_is_no_longer_named(world: World) -> None:
    done = found(world)
    page = teams_page(world.aude, done.public_id)
    mate = next(mate for mate in page.cards[0].members if not mate.me)
    hidden = Company.objects.get(public_id=mate.public_id)
    assert (mate.new, page.cards[0].to_invite) == (False, 0)
    Representative.objects.filter(company=hidden).update(until=now())
    assert teams_page(world.aude, done.public_id).cards[0].to_invite == 1
    Company.objects.filter(pk=hidden.pk).update(listed=False)
    page = teams_page(world.aude, done.public_id)
    later = next(one for one in page.cards[0].members if one.public_id == mate.public_id)
    assert (later.name, later.reasons, later.key) == ("une entreprise qui s’est retirée", [], 0)
    told = browser_of(world.aude).get(reverse("offers:teams", args=[done.public_id])).content.decode()
    assert hidden.name not in told
    grouping = acts.open_exchange_with(done, team=1, by=Actor(world.aude), at=now())
    assert not Invitation.objects.filter(grouping=grouping, company=hidden).exists()

"""A company asks to come in: answered at once while one exchanges, voted afterwards; its accession is recorded."""

import pytest

from cordee.ground.kit.refusals import NotAllowed, NotYours
from cordee.ground.messages.models import Letter
from cordee.ground.people.models import Actor, Clockwork
from cordee.groupings.acts import ask_to_join, decline_request, open_door, shut_door, withdraw_request
from cordee.groupings.acts.at_the_table import DecidedTogether, GroupingClosed
from cordee.groupings.acts.invitations import AlreadyThere
from cordee.groupings.acts.joining import DoorShut, RequestAnswered
from cordee.groupings.models import Grouping, JoinRequest, Seat
from cordee.journeys import tasks
from cordee.journeys.acts import accept_request, admit, note_refused_request, put_request_to_vote
from cordee.journeys.acts.joining import NoLongerWaiting
from tests.factories import AT
from tests.journeys.together import again, last_act, vote_all
from tests.people import World, browser_of, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["committed"])
def world(request: pytest.FixtureRequest) -> World:
    return make_world(stage=request.param)


def asked(world: World) -> JoinRequest:
    grouping = open_door(world.grouping, by=world.actor("aude"), at=AT)
    company = world.seats["chloe"].company
    return ask_to_join(grouping, company, "Nous posons.", door=grouping.door, by=Actor(world.chloe), at=AT)


def test_the_members_vote_and_the_company_comes_in(world: World) -> None:
    request = asked(world)
    tasks.tick(at=AT)
    assert Letter.objects.get(kind="journeys.request").to == world.aude
    ballot = put_request_to_vote(request, by=world.actor("bruno"), at=AT)
    assert ballot.resolution.decision_type == "admission"
    assert "Nous posons." in ballot.resolution.text
    vote_all(world, ballot)
    seat = Seat.objects.get(grouping=world.grouping, holder=world.chloe)
    assert seat.state == "member"
    told = last_act(world.grouping, "journeys.accession.recorded")
    assert (told["stage"], told["agreements"]) == ("committed", [])
    assert told["by_decision"]
    request.refresh_from_db()
    assert (request.state, request.seat) == ("accepted", seat)
    assert admit(request, by=Clockwork(), at=AT) is None
    assert "avenant" in Letter.objects.filter(kind="journeys.accession").first().text


def test_the_members_refuse_and_the_company_hears_of_it(world: World) -> None:
    request = asked(world)
    vote_all(world, put_request_to_vote(request, by=world.actor("bruno"), at=AT), "against")
    request.refresh_from_db()
    assert request.state == "declined"
    assert Letter.objects.get(kind="journeys.answer").to == world.chloe
    assert last_act(world.grouping, "journeys.request.refused") == {}
    with pytest.raises(NoLongerWaiting):
        note_refused_request(request, by=Clockwork(), at=AT)


def test_in_an_exchange_whoever_leads_answers() -> None:
    world = make_world(stage="exchange")
    request = asked(world)
    with pytest.raises(NotAllowed):
        accept_request(request, by=world.actor("bruno"), at=AT)
    with pytest.raises(NoLongerWaiting):
        put_request_to_vote(request, by=world.actor("bruno"), at=AT)
    seat = accept_request(request, by=world.actor("aude"), at=AT)
    assert seat is not None
    assert seat.company == world.seats["chloe"].company
    assert last_act(world.grouping, "journeys.request.accepted") == {}
    with pytest.raises(RequestAnswered):
        decline_request(request, by=world.actor("aude"), at=AT)


def test_refusals(world: World) -> None:
    company = world.seats["chloe"].company
    with pytest.raises(NotYours):
        ask_to_join(world.grouping, company, "", door="", by=Actor(world.chloe), at=AT)
    with pytest.raises(NotAllowed):
        open_door(world.grouping, by=world.actor("bruno"), at=AT)
    request = asked(world)
    door = again(world.grouping).door
    with pytest.raises(AlreadyThere):
        ask_to_join(world.grouping, company, "", door=door, by=Actor(world.chloe), at=AT)
    with pytest.raises(NotAllowed):
        ask_to_join(world.grouping, world.seats["bruno"].company, "", door=door, by=Actor(world.chloe), at=AT)
    for answer in (accept_request, decline_request):
        with pytest.raises(DecidedTogether):
            answer(request, by=world.actor("aude"), at=AT)
    with pytest.raises(NotYours):
        withdraw_request(request, by=Actor(world.bruno), at=AT)
    assert withdraw_request(request, by=Actor(world.chloe), at=AT).state == "withdrawn"
    shut_door(world.grouping, by=world.actor("aude"), at=AT)
    with pytest.raises(NotYours):
        ask_to_join(world.grouping, company, "", door=door, by=Actor(world.chloe), at=AT)
    open_door(world.grouping, by=world.actor("aude"), at=AT)
    Grouping.objects.filter(pk=world.grouping.pk).update(stage="winding_up")
    with pytest.raises(DoorShut):
        ask_to_join(world.grouping, company, "", door=again(world.grouping).door, by=Actor(world.chloe), at=AT)
    with pytest.raises(GroupingClosed):
        open_door(world.grouping, by=world.actor("aude"), at=AT)


def test_declined_in_an_exchange() -> None:
    world = make_world(stage="exchange")
    request = decline_request(asked(world), by=world.actor("aude"), at=AT)
    assert request.state == "declined"


def test_the_page_shows_a_stranger_the_purpose_and_no_names(world: World) -> None:
    door = open_door(world.grouping, by=world.actor("aude"), at=AT).door
    browser = browser_of(world.chloe)
    page = browser.get(f"/rejoindre/{door}").content.decode()
    assert world.grouping.purpose in page
    assert "Menuiserie Lambert" not in page
    company = world.seats["chloe"].company.public_id
    answer = browser.post(f"/rejoindre/{door}", {"company": company, "words": "Bonjour"}, follow=True)
    assert "Demande envoyée" in answer.content.decode()
    members = browser_of(world.bruno)
    address = f"/groupements/{world.grouping.public_id}/demandes"
    assert "Bonjour" in members.get(address).content.decode()
    request = JoinRequest.objects.get()
    members.post(address, {"do": "vote", "demande": request.public_id})
    request.refresh_from_db()
    assert request.state == "voting"
    assert "Les membres votent" in browser.get(f"/rejoindre/{door}").content.decode()

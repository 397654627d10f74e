"""The restricted room: who is named, who reads what, what comes out; sealed at the end."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cordee.desk.reads.books import TABLES
from cordee.ground.kit.clock import now
from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.ground.messages.acts import tell
from cordee.ground.messages.models import Letter
from cordee.ground.people.models import Actor
from cordee.ground.register.models import Entry
from cordee.offers import acts
from cordee.offers.acts.bids import TwoHats
from cordee.offers.acts.prices import RoomSealed
from cordee.offers.acts.room import Recognised
from cordee.offers.models import Bid, RoomMember, RoomRead
from cordee.offers.reads.room import room_page
from cordee.offers.tasks import LETTERS
from tests import factories
from tests.offers import bidding
from tests.offers.bidding import actor
from tests.people import World, browser_of

pytestmark = pytest.mark.django_db
SECRET = "Notre marge est de 837 194 € sur ce lot."


@pytest.fixture
def bid(world: World) -> Bid:
    found = bidding.tender(world)
    bidding.team(world, found)
    bidding.roles(world, found)
    return Bid.objects.get(pk=found.pk)


def filled(world: World, bid: Bid) -> RoomMember:
    """The assembler inside, a secret of each of three companies in the room."""
    inside = acts.enter_room(bid, by=Actor(bid.assembler), at=now())
    for name, text in (("aude", SECRET), ("bruno", "Marge : 120 000."), ("denis", "Marge : 95 500,00 €")):
        acts.put_in_room(bid, title="Marge", text=text, by=actor(world, name), at=now())
    return inside


def test_the_clean_team_reads_and_lets_a_summary_out(world: World, bid: Bid) -> None:
    filled(world, bid)
    neutral = room_page(bid.assembler, bid.public_id)
    assert neutral.pieces[0].text == SECRET
    acts.read_room(neutral.opened, neutral.piece_reads, person=bid.assembler, at=now())
    acts.read_room(neutral.opened, RoomRead.objects.all(), person=bid.assembler, at=now())
    assert RoomRead.objects.count() == 3
    bruno = room_page(world.bruno, bid.public_id)
    assert [line.text for line in bruno.pieces] == [None, "Marge : 120 000.", None]
    by = Actor(bid.assembler)
    for told in ("La plus forte est 837 194.", "De 95500 à plus.", "837194,00"):
        with pytest.raises(Recognised):
            acts.release_summary(bid, told, by=by, at=now())
    acts.release_summary(bid, "Les marges vont de 7 à 12 % ; rien n’empêche un prix commun.", by=by, at=now())
    assert len(room_page(world.bruno, bid.public_id).releases) == 1
    with pytest.raises(NotAllowed):
        acts.release_summary(bid, "À moi.", by=actor(world, "bruno"), at=now())
    with pytest.raises(Refusal):
        acts.release_summary(bid, " ", by=by, at=now())
    facts = [entry.facts for entry in Entry.objects.filter(act__startswith="offers.room")]
    assert facts[-1] == {"companies": 3}
    assert "837194" not in str(facts).replace(" ", "")


def test_two_companies_are_too_few_for_a_summary(world: World, bid: Bid) -> None:
    acts.enter_room(bid, by=Actor(bid.assembler), at=now())
    for name in ("aude", "bruno"):
        acts.put_in_room(bid, title="Marge", text="12 %", by=actor(world, name), at=now())
    with pytest.raises(Recognised):
        acts.release_summary(bid, "Rien à dire.", by=Actor(bid.assembler), at=now())


def test_who_is_named_and_who_is_not(world: World, bid: Bid) -> None:
    lead = actor(world, "aude")
    acts.name_to_room(bid, email="juriste@exemple.fr", name="Nora Petit", why="Juriste", by=lead, at=now())
    tell(LETTERS, at=now())
    assert Letter.objects.filter(kind="offers.room.named", to__email="juriste@exemple.fr").exists()
    named = RoomMember.objects.get().person
    assert browser_of(named).get(reverse("offers:room", args=[bid.public_id])).status_code == 200
    sent = browser_of(named).get(reverse("offers:bid", args=[bid.public_id]))
    assert sent.headers["Location"] == reverse("offers:room", args=[bid.public_id])
    assert browser_of(named).get(reverse("offers:note", args=[bid.public_id])).status_code == 404
    assert acts.enter_room(bid, by=Actor(named), at=now()).entered_at
    for wrong in (
        {"email": "x@exemple.fr", "why": " ", "by": lead},
        {"email": "x@exemple.fr", "why": "Neutre", "by": actor(world, "bruno")},
    ):
        with pytest.raises(Refusal):
            acts.name_to_room(bid, **wrong, at=now())  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        acts.enter_room(bid, by=actor(world, "bruno"), at=now())
    for wrong in ({"title": "", "text": "x"}, {"title": "x", "text": "x", "level": "C5"}):
        with pytest.raises(Refusal):
            acts.put_in_room(bid, **wrong, by=lead, at=now())
    with pytest.raises(NotAllowed):
        acts.put_in_room(bid, title="x", text="x", by=Actor(world.chloe), at=now())


def test_nobody_wears_two_hats_in_one_tender(world: World, bid: Bid) -> None:
    rival = factories.grouping("Un autre")
    seat = factories.seat(rival, factories.person("Zoé"))
    Bid.objects.create(
        grouping=rival, need=bid.need, kind="tender", title="x", opened_by=seat, opened_at=now(),
        assembler=world.chloe,
    )  # fmt: skip
    with pytest.raises(TwoHats):
        acts.name_to_room(bid, email=world.chloe.email, why="Neutre", by=actor(world, "aude"), at=now())
    with pytest.raises(TwoHats):
        bidding.roles(world, bid, assembler=world.chloe.email)


def test_the_room_is_sealed_with_the_end_of_the_bid(
    world: World, bid: Bid, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    filled(world, bid)
    address = reverse("offers:room", args=[bid.public_id])
    for person in (bid.assembler, world.aude, world.bruno):
        browser = browser_of(person)
        with django_assert_max_num_queries(12):
            page = browser.get(address).content.decode()
        assert (SECRET in page) == (person in (bid.assembler, world.aude))
    acts.close_bid(bid, result="abandoned", why="Trop loin", by=actor(world, "aude"), at=now())
    for person in (bid.assembler, world.aude, world.bruno):
        page = browser_of(person).get(address).content.decode()
        assert SECRET not in page
        assert "Salle scellée" in page
    with pytest.raises(RoomSealed):
        acts.put_in_room(bid, title="x", text="y", by=actor(world, "aude"), at=now())
    with pytest.raises(RoomSealed):
        acts.enter_room(bid, by=Actor(bid.assembler), at=now())


def test_a_copy_of_the_database_holds_no_word_of_it(world: World, bid: Bid, capsys: pytest.CaptureFixture[str]) -> None:
    filled(world, bid)
    call_command("dumpdata", "offers.RoomPiece", "offers.RoomRead", "register.Entry")
    out = capsys.readouterr().out
    assert "837194" not in out.replace(" ", "")
    assert "Notre marge" not in out


def test_the_forms_of_the_room(world: World, bid: Bid) -> None:
    browser, here = browser_of(world.aude), [bid.public_id]
    assert browser.post(reverse("offers:room", args=here), {"title": "", "text": ""}).status_code == 422
    assert browser.post(reverse("offers:room_name", args=here), {"name-email": "non"}).status_code == 422
    data = {"name-name": "Nora", "name-email": "nora@exemple.fr", "name-why": "Juriste"}
    assert browser.post(reverse("offers:room_name", args=here), data).status_code == 302
    inside = browser_of(bid.assembler)
    inside.post(reverse("offers:room_enter", args=here))
    assert RoomMember.objects.get(person=bid.assembler).entered_at
    assert inside.post(reverse("offers:room_release", args=here), {"out-text": "Tout va."}).status_code == 409
    data = {"x-what": "Le planning", "x-to": "Bruno", "x-why": "Coordonner", "x-level": "C3"}
    browser.post(reverse("offers:exchange", args=here), data)
    assert "Le planning" in browser.get(reverse("offers:room", args=here)).content.decode()
    assert "Le planning" not in inside.get(reverse("offers:room", args=here)).content.decode()


def test_every_act_of_the_room_has_its_sentence() -> None:
    from tests.house.test_acts import acts as every_act

    told = {name for table in TABLES for name in table}
    assert [name for name in every_act() if name.startswith("offers.") and name not in told] == []

"""A joint bid: opened, its team, its note, its prices, frozen, submitted, closed."""

import io
import re
import zipfile
from datetime import timedelta

import pytest
from django.urls import reverse

from cordee.engines import espd
from cordee.governance.acts import cast_vote, close_ballot
from cordee.ground.kit.clock import now
from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal, Stale
from cordee.ground.register.models import Entry
from cordee.offers import acts
from cordee.offers.acts.bids import BidFrozen, BidOver, OneBidPerLot
from cordee.offers.acts.prices import CompetitionStop, Priced, RoomSealed
from cordee.offers.acts.workspace import CompositionFrozen, NotReady
from cordee.offers.models import Bid, BidMember, BidStep, PriceLine, PriceRead
from cordee.offers.reads.bids import bid_of, bid_page
from cordee.offers.reads.checklist import missing_to_submit
from cordee.offers.reads.prices import readable_parts, total_of
from cordee.offers.reads.submission import submission_zip
from tests import factories
from tests.offers import bidding
from tests.offers.bidding import actor
from tests.offers.test_price_wall import pdf_text
from tests.people import World, browser_of

pytestmark = pytest.mark.django_db


def test_a_tender_opens_with_its_planning_and_what_the_notice_asks(world: World) -> None:
    bid = bidding.tender(world)
    assert (bid.title, bid.client, bid.lead) == ("École de Paulhan", "Commune de Paulhan", world.seats["aude"])
    assert BidStep.objects.filter(bid=bid).first().code == "go"
    assert Entry.objects.get(act="offers.bid.opened").facts["kind"] == "tender"
    with pytest.raises(Refusal):
        acts.open_bid(world.grouping, kind="tender", need=bid.need, by=actor(world, "bruno"), at=now())
    with pytest.raises(NotYours):
        acts.open_bid(world.grouping, kind="offer", title="x", by=actor(world, "chloe"), at=now())
    with pytest.raises(Refusal):
        acts.open_bid(world.grouping, kind="offer", title=" ", by=actor(world, "aude"), at=now())


def test_terms_are_changed_once_at_a_time(world: World) -> None:
    bid = bidding.tender(world)
    deadline = now() + timedelta(days=60)
    acts.set_terms(
        bid, values={"deadline": deadline, "nature": "services"}, version=1, by=actor(world, "bruno"), at=now()
    )
    assert bid.steps.get(code="submit").day >= (deadline - timedelta(days=4)).date()
    with pytest.raises(Stale):
        acts.set_terms(bid, values={"nature": "works"}, version=1, by=actor(world, "aude"), at=now())


def test_one_bid_per_company_per_lot_and_one_lead_per_tender(world: World) -> None:
    bid = bidding.tender(world)
    bidding.team(world, bid)
    lot = bid.need.lots.get(rank=1)
    with pytest.raises(OneBidPerLot):
        acts.take_part(bid, title="", lot=lot, by=actor(world, "aude"), at=now())
    other = factories.grouping("Autre cordée")
    seat = factories.seat(other, world.aude, company=world.seats["aude"].company)
    world.seats["elsewhere"] = seat
    from cordee.offers.models import Pursuit

    Pursuit.objects.create(need=bid.need, grouping=other, since=now())
    rival = acts.open_bid(other, kind="tender", need=bid.need, by=actor(world, "elsewhere"), at=now())
    with pytest.raises(OneBidPerLot) as refusal:
        acts.take_part(rival, title="", lot=lot, by=actor(world, "elsewhere"), at=now())
    assert "une offre par lot" in refusal.value.why
    with pytest.raises(OneBidPerLot):
        acts.name_roles(
            rival, lead=seat, assembler="", contact=None, deputy=None, by=actor(world, "elsewhere"), at=now()
        )


def test_a_part_is_its_company_s(world: World) -> None:
    bid = bidding.tender(world)
    parts = bidding.team(world, bid)
    with pytest.raises(NotAllowed):
        acts.change_part(parts["aude"], values={"title": "Volée"}, version=1, by=actor(world, "bruno"), at=now())
    acts.change_part(parts["aude"], values={"title": "Murs", "days": 12}, version=1, by=actor(world, "aude"), at=now())
    with pytest.raises(Stale):
        acts.change_part(parts["aude"], values={"title": "Autre"}, version=1, by=actor(world, "aude"), at=now())
    acts.drop_part(parts["aude"], by=actor(world, "aude"), at=now())
    parts["bruno"].refresh_from_db()
    assert parts["bruno"].after == []
    assert not BidMember.objects.filter(bid=bid, seat=world.seats["aude"]).exists()
    assert Entry.objects.get(act="offers.part.dropped")


def test_nobody_prices_before_the_note_is_signed_by_all(world: World) -> None:
    bid = bidding.tender(world)
    parts = bidding.team(world, bid)
    line = [Priced("Mur", "m", 100, 5)]
    with pytest.raises(CompetitionStop):
        acts.price_part(parts["aude"], lines=line, by=actor(world, "aude"), at=now())
    with pytest.raises(CompetitionStop):
        acts.sign_note(bid, by=actor(world, "aude"), at=now())
    bidding.roles(world, bid)
    bidding.cleared(world, bid)
    acts.price_part(parts["aude"], lines=line, by=actor(world, "aude"), at=now())
    note = bid.note
    acts.write_note(
        bid, answers={**note.answers, "free": "no"}, version=note.version, by=actor(world, "bruno"), at=now()
    )
    assert Entry.objects.filter(act="offers.note.written").last().facts["verdict"] == "red"
    with pytest.raises(CompetitionStop):
        acts.price_part(parts["aude"], lines=line, by=actor(world, "aude"), at=now())
    with pytest.raises(CompetitionStop):
        acts.sign_note(bid, by=actor(world, "denis"), at=now())


def test_prices_are_encrypted_and_stay_behind_the_wall(world: World) -> None:
    bid = bidding.tender(world)
    parts = bidding.ready(world, bid)
    assert str(bidding.PRICES["bruno"]) not in " ".join(PriceLine.objects.values_list("sealed", flat=True))
    assert [one.part.pk for one in readable_parts(bid, world.bruno)] == [parts["bruno"].pk]
    bid.refresh_from_db()
    assert len(readable_parts(bid, bid.assembler)) == 3
    with pytest.raises(NotAllowed):
        acts.note_read(bid, [parts["bruno"]], person=world.aude, at=now())
    acts.note_read(bid, list(parts.values()), person=bid.assembler, at=now())
    assert PriceRead.objects.filter(bid=bid, person=bid.assembler).count() == 3
    with pytest.raises(NotAllowed):
        acts.price_part(parts["bruno"], lines=[], by=actor(world, "aude"), at=now())
    assert total_of(bid) == sum(10 * price + price // 7 for price in bidding.PRICES.values())
    told = " ".join(str(entry.facts) for entry in Entry.objects.all())
    assert all(str(price) not in told for price in bidding.PRICES.values())


def test_the_go_vote_goes_through_governance(world: World) -> None:
    bid = bidding.tender(world)
    ballot = acts.call_go(bid, by=actor(world, "bruno"), at=now())
    with pytest.raises(Refusal):
        acts.call_go(bid, by=actor(world, "aude"), at=now())
    for name in ("aude", "bruno", "denis", "emma"):
        cast_vote(ballot, seat=world.seats[name], choice="for", by=actor(world, name), at=now())
    close_ballot(ballot, by=actor(world, "aude"), at=now())
    assert bid_page(world.aude, bid.public_id, at=now()).vote.outcome == "Adoptée"


def test_requirements_questions_steps_and_exchanges_are_kept(world: World) -> None:
    bid = bidding.tender(world)
    bidding.team(world, bid)
    asked = acts.ask_requirement(bid, kind="staff", minimum=20, by=actor(world, "aude"), at=now())
    with pytest.raises(Refusal):
        acts.ask_requirement(bid, kind="certificate", by=actor(world, "aude"), at=now())
    page = bid_page(world.bruno, bid.public_id, at=now())
    assert page.capacity[-1].unknown
    acts.drop_requirement(asked, by=actor(world, "bruno"), at=now())
    question = acts.ask_question(bid, "Le site est-il occupé ?", by=actor(world, "denis"), at=now())
    acts.answer_question(question, "Oui, l’été excepté.", by=actor(world, "aude"), at=now())
    assert bid.questions.get().answer.startswith("Oui")
    acts.finish_step(bid, "go", by=actor(world, "bruno"), at=now())
    with pytest.raises(Refusal):
        acts.finish_step(bid, "dance", by=actor(world, "bruno"), at=now())
    acts.log_exchange(bid, level="C3", what="Planning", to="Bruno", why="Enchaîner", by=actor(world, "aude"), at=now())
    with pytest.raises(CompetitionStop):
        acts.log_exchange(bid, level="C4", what="Prix", to="B", why="x", by=actor(world, "aude"), at=now())
    assert Entry.objects.get(act="offers.exchange.logged").facts == {"level": "C3"}


def test_the_contact_hands_over_to_the_deputy(world: World) -> None:
    bid = bidding.tender(world)
    with pytest.raises(Refusal):
        acts.hand_over(bid, until=now().date(), by=actor(world, "aude"), at=now())
    bidding.roles(world, bid)
    acts.hand_over(bid, until=now().date() + timedelta(days=3), by=actor(world, "aude"), at=now())
    with pytest.raises(NotAllowed):
        acts.hand_over(bid, until=None, by=actor(world, "denis"), at=now())
    assert Entry.objects.get(act="offers.contact.handed_over").facts["until"]
    address = reverse("offers:bid", args=[bid.public_id])
    said = {name: browser_of(world.seats[name].holder).get(address).content.decode() for name in ("aude", "denis")}
    assert all("Bruno Masson répond au client" in page for page in said.values())
    assert ["Reprendre le client" in page for page in said.values()] == [True, False]
    back = browser_of(world.aude).post(reverse("offers:relay", args=[bid.public_id]), {"until": ""}, follow=True)
    assert "reprend le client" in back.content.decode()
    assert "Absence jusqu’au" in back.content.decode()


def test_the_team_freezes_when_nothing_lacks_and_only_the_lead_freezes_it(world: World) -> None:
    bid = bidding.tender(world)
    with pytest.raises(NotReady) as refusal:
        acts.freeze_bid(bid, by=actor(world, "aude"), at=now())
    assert "note de concurrence" in refusal.value.why or "part" in refusal.value.why
    bidding.ready(world, bid)
    with pytest.raises(NotReady):
        acts.freeze_bid(bid, by=actor(world, "aude"), at=now())  # nobody has stated its honour
    for name in ("aude", "bruno", "denis"):
        acts.declare_honour(bid, by=actor(world, name), at=now())
    with pytest.raises(NotAllowed):
        acts.declare_honour(bid, by=actor(world, "emma"), at=now())
    with pytest.raises(NotAllowed):
        acts.freeze_bid(bid, by=actor(world, "bruno"), at=now())
    done = acts.freeze_bid(bid, by=actor(world, "aude"), at=now())
    assert (done.state, done.total_cents) == ("frozen", total_of(bid))
    with pytest.raises(BidFrozen):
        acts.take_part(bid, title="Plus tard", by=actor(world, "emma"), at=now())
    with pytest.raises(Refusal):
        acts.declare_honour(bid, iban="FR00", by=actor(world, "aude"), at=now())


def test_a_frozen_team_changes_only_as_the_law_lets_it(world: World) -> None:
    bid = bidding.frozen(world)
    seat = world.seats["denis"]
    with pytest.raises(CompositionFrozen):
        acts.replace_member(bid, leaving=seat, case="", evidence="x", by=actor(world, "aude"), at=now())
    with pytest.raises(CompositionFrozen):
        acts.replace_member(bid, leaving=seat, case="negotiation", evidence="x", by=actor(world, "aude"), at=now())
    with pytest.raises(Refusal):
        acts.replace_member(bid, leaving=seat, case="impossible", evidence=" ", by=actor(world, "aude"), at=now())
    acts.replace_member(
        bid, leaving=seat, case="impossible", evidence="Jugement du 3", by=actor(world, "aude"), at=now()
    )
    bid.refresh_from_db()
    assert (bid.state, bid.parts.count()) == ("preparing", 2)
    assert Entry.objects.get(act="offers.composition.reopened").facts["case"] == "impossible"


def test_a_submission_is_complete_and_its_espd_answers_hold(world: World) -> None:
    bid = bidding.frozen(world)
    acts.submit_bid(bid, by=actor(world, "aude"), at=now())
    bid.refresh_from_db()
    assert bid.state == "submitted"
    with zipfile.ZipFile(io.BytesIO(bid.submission.read())) as pack:
        names = pack.namelist()
        answers = [espd.check(pack.read(name)) for name in names if name.endswith(".xml")]
    assert all(report.valid for report in answers)
    assert sorted(report.role for report in answers) == ["group-lead", "group-mem", "group-mem"]
    assert sum("DC2-" in name for name in names) == 3
    assert sum("ATTRI1" in name for name in names) == 3
    assert "candidature/DC1.pdf" in names
    assert sum(name.startswith("offre/prix/") for name in names) == 3
    assert sum(name.startswith("pieces/") for name in names) == 6
    again = submission_zip(bid, at=bid.submitted_at, reader=None)  # whoever guesses every price lacks the reference
    assert set(names) - set(again.names) == {"REFERENCE.txt"}
    line = Entry.objects.get(act="offers.bid.submitted")
    assert line.facts == {"digest": bid.submission.digest, "pieces": len(names)}


def test_late_papers_keep_it_from_leaving(world: World) -> None:
    bid = bidding.tender(world)
    bidding.ready(world, bid)
    for name in ("aude", "bruno", "denis"):
        acts.declare_honour(bid, by=actor(world, name), at=now())
    acts.freeze_bid(bid, by=actor(world, "aude"), at=now())
    assert any("décennale" in line for line in missing_to_submit(Bid.objects.get(pk=bid.pk), on=now().date()))
    with pytest.raises(NotReady):
        acts.submit_bid(bid, by=actor(world, "aude"), at=now())
    bidding.papers(world)
    with pytest.raises(NotReady):
        acts.submit_bid(bid, by=actor(world, "aude"), at=now() + timedelta(days=41))


def test_the_end_says_why_and_seals_the_prices(world: World) -> None:
    bid = bidding.frozen(world)
    with pytest.raises(Refusal):
        acts.close_bid(bid, result="won", why="Moins chers", by=actor(world, "aude"), at=now())
    acts.submit_bid(bid, by=actor(world, "aude"), at=now())
    with pytest.raises(Refusal):
        acts.close_bid(bid, result="lost", why=" ", by=actor(world, "aude"), at=now())
    acts.close_bid(bid, result="lost", why="Prix", lessons="Visiter le site", by=actor(world, "aude"), at=now())
    bid.refresh_from_db()
    assert (bid.state, bid.lessons) == ("lost", "Visiter le site")
    assert readable_parts(bid, bid.assembler) == []
    with pytest.raises(RoomSealed):
        acts.note_read(bid, [], person=bid.assembler, at=now())
    with pytest.raises(BidOver):
        acts.ask_question(bid, "Encore ?", by=actor(world, "aude"), at=now())
    acts.seal_room(bid, by=actor(world, "aude"), at=now())
    assert Entry.objects.filter(act="offers.room.sealed").count() == 2


def test_a_subcontractor_is_no_member(world: World) -> None:
    bid = bidding.tender(world)
    bidding.team(world, bid)
    acts.declare_subcontractor(
        bid,
        siren="552100554",
        name="Échafaudages Sud",
        work="Échafaudage",
        cents=500_000,
        by=actor(world, "aude"),
        at=now(),
    )
    with pytest.raises(Refusal):
        acts.declare_subcontractor(
            bid, siren="552100554", name="x", work="y", cents=1, by=actor(world, "aude"), at=now()
        )
    member = world.seats["bruno"].company.siren
    with pytest.raises(Refusal) as refusal:
        acts.declare_subcontractor(
            bid, siren=member, name="Masson", work="y", cents=1, by=actor(world, "aude"), at=now()
        )
    assert "cotraitant" in refusal.value.what
    for siren, cents, said in (("banane", 1, "SIREN"), ("", 1, "SIREN"), ("732829320", -100, "montant")):
        with pytest.raises(Refusal) as refusal:
            acts.declare_subcontractor(
                bid, siren=siren, name="x", work="y", cents=cents, by=actor(world, "aude"), at=now()
            )
        assert said in refusal.value.what


def test_the_dc4_is_in_the_file_its_amount_for_whom_may_read_it(world: World) -> None:
    bid = bidding.tender(world)
    bidding.team(world, bid)
    bidding.roles(world, bid)
    values = {"address": "4 quai Vauban, Sète", "representative": "Léa Roux"}
    acts.declare_subcontractor(
        bid, siren="552100554", name="Échafaudages Sud", work="Montage", cents=1_234_500, values=values,
        by=actor(world, "aude"), at=now(),
    )  # fmt: skip
    bid = Bid.objects.get(pk=bid.pk)
    said = {}
    for reader in (None, world.aude, world.bruno):
        with zipfile.ZipFile(io.BytesIO(submission_zip(bid, at=now(), reader=reader).content)) as pack:
            (name,) = [each for each in pack.namelist() if "DC4" in each]
            paper = pack.read(name)
        assert paper.startswith(b"%PDF")
        said[reader] = pdf_text(paper).decode()
        for words in ("Échafaudages Sud", "552100554", "4 quai Vauban", "Léa Roux", "Montage", "Menuiserie Lambert"):
            assert words in said[reader]
        for letter in "ABCDEFGHIJKL":
            assert re.search(rf"^{letter} – ", said[reader], re.MULTILINE), letter
    assert ["345,00" in each for each in said.values()] == [True, True, False]


def test_a_stranger_finds_no_bid(world: World) -> None:
    bid = bidding.tender(world)
    with pytest.raises(NotYours):
        bid_of(world.chloe, bid.public_id)

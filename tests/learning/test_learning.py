"""What the groupement brought, sessions between peers, questionnaires, the library, testimonies, the public page."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localtime
from openpyxl import load_workbook
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from cordee.delivery.models import ClientVerdict, Deliverable, MemberVerdict
from cordee.governance import acts as governance
from cordee.governance.models import Ballot, FollowUp
from cordee.ground.files.acts import FileNotTaken
from cordee.ground.kit.clock import now
from cordee.ground.kit.refusals import NotAllowed, NotYours
from cordee.ground.people.models import Actor, Clockwork
from cordee.ground.register.acts import address
from cordee.ground.register.models import Entry
from cordee.groupings.models import Grouping
from cordee.groupings.reads import membership
from cordee.journeys.tasks import LETTERS
from cordee.learning import acts, models, reads, tasks
from cordee.learning.models import Answering, PeerSession, PublicPage
from cordee.money import acts as money
from cordee.money.models import PoolShare, Transfer
from cordee.offers.models import Bid
from tests import factories
from tests.delivery.building import lot, site
from tests.factories import AT
from tests.learning.doors import asked, page_of, planned, told
from tests.money.doors import BUYER, invoice
from tests.people import World, browser_of

pytestmark = pytest.mark.django_db


def actor(world: World, name: str) -> Actor:
    """Any member, also those whom the world does not name."""
    seat = world.seats[name]
    return Actor(seat.holder, address(seat))


# --- The dashboard ---


def lived(world: World) -> None:
    """A vote that three of four took part in, a cost with what each would pay alone, a bid won, an action done."""
    ballot = governance.propose_resolution(
        world.grouping, title="Prendre un stand", text="Oui.", decision_type="ordinary",
        closes_at=now() + timedelta(days=7), by=world.actor("aude"), at=now(),
    )  # fmt: skip
    for name in ("aude", "bruno", "denis"):
        governance.cast_vote(ballot, seat=world.seats[name], choice="for", by=actor(world, name), at=now())
    Ballot.objects.filter(pk=ballot.pk).update(closed_at=now(), outcome="adopted")
    yesterday = (now() - timedelta(days=1)).date()
    FollowUp.objects.create(
        grouping=world.grouping, resolution=ballot.resolution, owner=world.seats["bruno"], due_on=yesterday,
        done_at=now() - timedelta(days=3),
    )  # fmt: skip
    pool = money.open_pool(world.grouping, title="Stand", by=world.actor("aude"), at=now())
    PoolShare.objects.filter(pool=pool).update(alone_cents=50_000)
    parts = {world.seats[name].public_id: 2500 for name in ("aude", "bruno", "denis", "emma")}
    money.add_line(
        pool, label="Location", cents=100_000, paid_by=world.seats["aude"], split="percent", parts=parts,
        by=world.actor("aude"), at=now(),
    )  # fmt: skip
    Transfer.objects.create(
        pool=pool, debtor=world.seats["bruno"], creditor=world.seats["aude"], cents=25_000, made_at=now()
    )
    for state, cents in (("won", 12_000_000), ("lost", 5_000_000)):
        Bid.objects.create(
            grouping=world.grouping, kind="tender", state=state, title="École", total_cents=cents,
            opened_by=world.seats["aude"], opened_at=now(),
        )  # fmt: skip


def test_the_dashboard_counts_what_happened(world: World) -> None:
    lived(world)
    board = reads.dashboard(membership(world.aude, world.grouping.public_id), at=now())
    said = {one.slug: one.value.replace("\u202f", " ").replace("\xa0", " ") for one in board.figures}
    assert said == {
        "won": "120 000,00 €", "saved": "1 000,00 €", "part": "75 %", "decided": "1", "time": "100 %",
        "due": "250,00 €", **dict.fromkeys(("delivered", "again", "worked"), "pas encore mesuré"),
    }  # fmt: skip
    mine = next(one for one in board.given if one.seat.pk == world.seats["aude"].pk)
    assert (mine.paid, mine.owes, mine.saved, mine.votes, mine.asked) == (100_000, 25_000, 25_000, 1, 1)
    assert board.quarters[-1].decisions == 1
    assert board.quarters[-1].cents == 100_000


def test_on_time_is_what_the_client_accepted_by_its_day(world: World) -> None:
    delivery = site(world)
    where = {"delivery": delivery, "lot": lot(world, delivery, "bruno", "Menuiseries")}
    day, soon = AT.date(), AT.date() + timedelta(days=9)
    for title, state, expected, shown_at in (
        ("À l’heure", "accepted", day, AT), ("En retard", "reserved", day - timedelta(days=2), AT),
        ("Oublié", "preparing", day - timedelta(days=2), None), ("Pas encore", "preparing", soon, None),
    ):  # fmt: skip
        Deliverable.objects.create(title=title, state=state, expected_on=expected, shown_at=shown_at, **where)
    board = reads.dashboard(membership(world.aude, world.grouping.public_id), at=AT)
    figure = next(one for one in board.figures if one.slug == "delivered")
    assert (figure.value.replace("\u202f", " "), figure.note) == ("33 %", "1 sur 3")


def test_what_clients_and_members_said_afterwards_is_counted(world: World) -> None:
    for again, answers in (("yes", ("yes", "not_yet")), ("no", ("yes", "no"))):
        delivery = site(world)
        ClientVerdict.objects.create(delivery=delivery, simpler="yes", on_time="partly", again=again, at=AT)
        for name, answer in zip(("aude", "bruno"), answers, strict=True):
            MemberVerdict.objects.create(delivery=delivery, seat=world.seats[name], answer=answer, at=AT)
    board = reads.dashboard(membership(world.aude, world.grouping.public_id), at=AT)
    said = {one.slug: (one.value, one.note.replace("\u00a0", " ")) for one in board.figures}
    assert said["again"] == ("1 sur 2", "plus simple : 2, à l’heure : 0, sur 2")
    assert said["worked"] == ("2 sur 4", "pas encore : 1, la question leur revient")
    assert said["delivered"][0] == "pas encore mesuré"


def test_what_nothing_measures_is_not_zero(world: World) -> None:
    board = reads.dashboard(membership(world.aude, world.grouping.public_id), at=now())
    assert [one.value for one in board.figures if one.slug != "due"] == ["pas encore mesuré"] * 8


def test_the_dashboard_costs_the_same_with_many_rows(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _round in range(2):
        lived(world)
    client = browser_of(world.aude)
    with django_assert_max_num_queries(12):
        page = client.get(reverse("learning:board", args=[world.grouping.public_id])).content.decode()
    assert "Ce que chacun donne et reçoit" in page
    sheet = client.get(reverse("learning:board_sheet", args=[world.grouping.public_id])).content
    assert load_workbook(io.BytesIO(sheet)).sheetnames == ["Chiffres", "Donné et reçu", "Trimestres"]


def test_my_balance_is_mine_and_says_what_it_does_not_know(world: World) -> None:
    lived(world)
    company = world.seats["aude"].company
    found = reads.balance(company, at=now())
    assert found.autonomy[0].value == "à confirmer"
    company.turnover_cents = 10_000_000
    company.save()
    assert reads.balance(company, at=now()).autonomy[0].value.startswith("0")
    assert found.belonging[0].value == "1 sur 1"
    page = browser_of(world.aude).get(reverse("learning:balance")).content.decode()
    assert "Menuiserie Lambert" in page
    other = reverse("learning:balance") + f"?entreprise={company.public_id}"
    assert browser_of(world.bruno).get(other).status_code == 404


# --- Peer sessions ---


def test_a_session_goes_through_six_steps_and_keeps_only_the_plan(world: World) -> None:
    session = planned(world)
    question = session.subject
    with pytest.raises(NotAllowed):
        acts.move_on(session, to=1, by=world.actor("aude"), at=now())  # the client does not lead
    for step in (1, 2, 3, 4, 5, 6):
        acts.move_on(session, to=step, by=world.actor("bruno"), at=now())
        if step == 3:
            with pytest.raises(acts.SessionNotOpen):
                acts.close_session(session, actions=[("Trop tôt", None)], by=world.actor("aude"), at=now())
    inside, outside = browser_of(world.seats["denis"].holder), browser_of(world.seats["emma"].holder)
    where = reverse("learning:session", args=[session.public_id])
    assert question in inside.get(where).content.decode()
    assert question not in outside.get(where).content.decode()
    with pytest.raises(NotAllowed):
        acts.close_session(session, actions=[("Pas à lui", None)], by=world.actor("bruno"), at=now())
    due = (now() + timedelta(days=30)).date()
    acts.close_session(session, actions=[("Écrire la fiche", due), ("", None)], by=world.actor("aude"), at=now())
    session.refresh_from_db()
    assert (session.state, session.subject, [one.text for one in session.actions.all()]) == (
        "closed", "", ["Écrire la fiche"],
    )  # fmt: skip
    assert question not in str(list(Entry.objects.values()))
    assert "Écrire la fiche" not in outside.get(where).content.decode()
    with pytest.raises(acts.SessionNotOpen):
        acts.join_session(session, by=actor(world, "emma"), at=now())


def test_the_plan_is_followed_up_at_the_next_session(world: World) -> None:
    first = planned(world)
    acts.move_on(first, to=5, by=world.actor("bruno"), at=now())
    acts.close_session(first, actions=[("Écrire la fiche", None)], by=world.actor("aude"), at=now())
    action = first.actions.get()
    PeerSession.objects.filter(pk=first.pk).update(starts_at=now() - timedelta(days=60))
    second = planned(world)
    page = reads.session_page(second, membership(world.aude, world.grouping.public_id), at=now())
    assert [one.text for one in page.previous] == ["Écrire la fiche"]
    with pytest.raises(NotAllowed):
        acts.follow_action(action, done=True, said="", by=world.actor("bruno"), at=now())
    acts.follow_action(action, done=True, said="Embauché en mai", by=world.actor("aude"), at=now())
    assert (
        "Embauché en mai"
        in browser_of(world.aude).get(reverse("learning:session", args=[second.public_id])).content.decode()
    )
    acts.cancel_session(second, by=world.actor("aude"), at=now())
    second.refresh_from_db()
    assert (second.state, second.subject) == ("cancelled", "")


def test_a_session_needs_two_roles_and_three_companies(world: World) -> None:
    common = {"subject": "?", "starts_at": now(), "by": world.actor("aude"), "at": now()}
    with pytest.raises(acts.TwoRoles):
        acts.plan_session(world.grouping, client=world.seats["aude"], facilitator=world.seats["aude"], **common)
    with pytest.raises(NotAllowed):
        acts.plan_session(world.grouping, client=world.seats["chloe"], facilitator=world.seats["aude"], **common)
    alone = acts.plan_session(world.grouping, client=world.seats["aude"], facilitator=world.seats["bruno"], **common)
    with pytest.raises(acts.TooFewAround):
        acts.move_on(alone, to=1, by=world.actor("bruno"), at=now())
    entry = Entry.objects.filter(act="learning.session.planned").last()
    assert entry is not None
    drafts = list(LETTERS["learning.session.planned"](entry, now()))
    assert {draft.to.name for draft in drafts} == {"Bruno Masson", "Denis Roux", "Emma Blanc"}


# --- Questionnaires ---


def others_answer(count: int, value: int, period: str) -> None:
    for _number in range(count):
        company = factories.company()
        answers = {question.slug: value for question in reads.questions_of("barometer")}
        Answering.objects.create(company=company, kind="barometer", period=period, answers=answers, at=now())


def test_answers_are_compared_without_names_and_never_under_five(world: World) -> None:
    company, period = world.seats["aude"].company, reads.period_of("barometer", now())
    mine = {question.slug: 2 for question in reads.questions_of("barometer")}
    others_answer(4, 5, period)
    given = {"kind": "barometer", "period": period, "by": Actor(world.aude), "at": now()}
    with pytest.raises(acts.NotAnswered):
        acts.give_answers(company, answers={"time": 3}, **given)
    with pytest.raises(NotAllowed):
        acts.give_answers(company, answers=mine, **{**given, "by": Actor(world.bruno)})
    acts.give_answers(company, answers=mine, **given)
    assert reads.answers_page(company, "barometer", at=now()).lines[0].others is None
    others_answer(1, 5, period)
    page = reads.answers_page(company, "barometer", at=now())
    assert page.others == 5
    assert page.lines[0].others is not None
    assert page.lines[0].others.halves == (10, 10, 10)
    unanswered = reads.answers_page(world.seats["bruno"].company, "barometer", at=now())
    assert unanswered.lines[0].others is None  # who has not answered reads nothing of the others
    facts = Entry.objects.filter(act="learning.answers.given").values_list("facts", flat=True)
    assert list(facts) == [{"kind": "barometer", "period": period}]


def test_the_questionnaire_is_answered_from_its_page(world: World) -> None:
    client, where = browser_of(world.bruno), reverse("learning:practices")
    assert client.post(where, {"why": "3"}).status_code == 422
    everything = {question.slug: "2" for question in reads.questions_of("practices")}
    assert client.post(where, everything).status_code == 302
    page = client.get(where).content.decode()
    assert "rien n’est comparé" in page
    assert "Visitez-vous" in page  # a low answer gets a tip


# --- The library ---


def test_a_case_is_told_once_all_agree_without_a_name(world: World) -> None:
    case = told(world)
    assert case.about not in {one.about for one in reads.tellable(world.grouping)}
    with pytest.raises(NotYours):
        acts.propose_case(world.elsewhere, about=case.about, lesson="", by=world.actor("chloe"), at=now())
    for name in ("bruno", "denis"):
        assert acts.consent_to_case(case, by=actor(world, name), at=now()).published_at is None
    published = acts.consent_to_case(case, by=actor(world, "emma"), at=now())
    assert published.published_at
    there = browser_of(world.chloe).get(reverse("learning:library", args=[world.elsewhere.public_id])).content.decode()
    assert "2 à 5 entreprises" in there
    for word in ("Bois &amp; Pierre", "Menuiserie Lambert", "Prendre un stand"):
        assert word not in there
    acts.withdraw_case(case, by=actor(world, "denis"), at=now())
    after = browser_of(world.chloe).get(reverse("learning:library", args=[world.elsewhere.public_id])).content.decode()
    assert "2 à 5 entreprises" not in after


# --- Testimonies and the public page ---


def picture() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (40, 40), "green").save(out, "JPEG", exif=b"Exif\x00\x00secret-place")
    return SimpleUploadedFile("moi.jpg", out.getvalue(), content_type="image/jpeg")


def test_a_testimony_is_public_by_consent_and_gone_when_withdrawn(world: World) -> None:
    found, by = asked(world), world.actor("aude")
    with pytest.raises(NotAllowed):
        acts.give_testimony(found, worked="yes", by=world.actor("bruno"), at=now())
    with pytest.raises(acts.ConsentWithoutWords):
        acts.give_testimony(found, worked="yes", public=True, by=by, at=now())
    with pytest.raises(FileNotTaken):
        acts.give_testimony(found, worked="yes", photo=SimpleUploadedFile("x.pdf", b"%PDF-1.4 x"), by=by, at=now())
    words = {"worked": "yes", "words": "Nous avons gagné une école.", "signed": "Aude Lambert, menuisière"}
    given = acts.give_testimony(found, **words, public=True, photo=picture(), by=by, at=now())
    assert given.photo is not None
    assert b"secret-place" not in given.photo.read()
    page = page_of(world, opened_at=now())
    where = reverse("learning:public", args=[page.public_id])
    assert "Nous avons gagné une école." in Client().get(where).content.decode()
    assert Client().get(reverse("learning:photo", args=[found.public_id])).status_code == 200
    assert "école" not in str(list(Entry.objects.values()))
    acts.withdraw_testimony(found, by=by, at=now())
    assert "gagné une école" not in Client().get(where).content.decode()
    assert Client().get(reverse("learning:photo", args=[found.public_id])).status_code == 404
    found.refresh_from_db()
    assert (found.words, found.signed, found.photo) == ("", "", None)


def test_testimonies_are_asked_once_after_a_success(world: World) -> None:
    assert tasks.ask_testimonies(at=now()) == 0
    pool = money.open_pool(world.grouping, title="Stand", by=world.actor("aude"), at=now())
    move = Transfer.objects.create(
        pool=pool, debtor=world.seats["bruno"], creditor=world.seats["aude"], cents=100, made_at=now()
    )
    assert tasks.ask_testimonies(at=now()) == 0  # not paid yet
    Transfer.objects.filter(pk=move.pk).update(paid_at=now(), received_at=now())
    assert tasks.ask_testimonies(at=now()) == 4
    Grouping.objects.filter(pk=world.grouping.pk).update(stage="committed", stage_since=now() - timedelta(days=366))
    assert tasks.ask_testimonies(at=now()) == 0  # not twice within two months
    later = now() + timedelta(days=61)
    assert tasks.ask_testimonies(at=later) == 4
    assert set(models.Testimony.objects.values_list("occasion", flat=True)) == {"paid", "anniversary"}
    entry = Entry.objects.filter(act="learning.testimony.asked").first()
    assert entry is not None
    draft = next(iter(LETTERS[entry.act](entry, now())))
    assert "Bois & Pierre" in draft.subject
    assert acts.ask_testimony(world.seats["aude"], occasion="paid", by=Clockwork(), at=later) is not None
    assert models.Testimony.objects.filter(seat=world.seats["aude"], occasion="paid").count() == 1


def test_a_client_who_pays_an_invoice_is_a_success_a_member_is_not(world: World) -> None:
    first = invoice(world, issued=True)
    day, by = localtime(now()).date(), world.actor("aude")
    own = {**BUYER, "siren": world.seats["bruno"].company.siren}
    lines = [money.DraftLine("Part de stand", 1_000_000)]
    inside = money.draft_invoice(world.seats["aude"], lines=lines, buyer=own, due=day, by=by, at=now())
    inside = money.issue_invoice(inside, by=by, at=now())
    money.mark_paid(inside, on=day, by=by, at=now())
    assert tasks.ask_testimonies(at=now()) == 0, "what members invoice each other"
    money.mark_paid(first, on=day, cents=100, by=by, at=now())
    assert tasks.ask_testimonies(at=now()) == 0, "a part only"
    money.mark_paid(first, on=day, by=by, at=now())
    assert tasks.ask_testimonies(at=now()) == 4
    assert set(models.Testimony.objects.values_list("occasion", flat=True)) == {"invoice"}


def test_a_page_opens_once_voted_and_is_good_to_share(world: World) -> None:
    page = page_of(world)
    with pytest.raises(acts.AlreadyVoting):
        page_of(world)
    where = reverse("learning:public", args=[page.public_id])
    assert Entry.objects.filter(act="learning.page.proposed", book=world.grouping.book).count() == 1
    with pytest.raises(acts.NotVoted):
        acts.open_page(page, by=world.actor("aude"), at=now())
    assert Client().get(where).status_code == 404
    ballot = Ballot.objects.get(public_id=page.decision.rpartition("/")[2])
    for name in ("aude", "bruno", "denis", "emma"):
        governance.cast_vote(ballot, seat=world.seats[name], choice="for", by=actor(world, name), at=now())
    Ballot.objects.filter(pk=ballot.pk).update(closed_at=now(), outcome="adopted")
    assert tasks.open_voted_pages(at=now()) == 1
    assert tasks.open_voted_pages(at=now()) == 0
    shown = Client().get(where).content.decode()
    for part in ('property="og:title" content="Les Bâtisseurs"', 'property="og:image"', "Menuiserie Lambert"):
        assert part in shown
    assert Client().get(reverse("learning:public_card", args=[page.public_id])).content.startswith(b"\x89PNG")
    with pytest.raises(NotAllowed):
        acts.close_page(page, by=actor(world, "emma"), at=now())
    acts.close_page(page, by=world.actor("aude"), at=now())
    assert Client().get(where).status_code == 404
    assert PublicPage.objects.filter(closed_at=None).count() == 0


def test_the_self_test_answers_without_an_account() -> None:
    where = reverse("desk:self_test")
    assert "Sept questions" in Client().get(where).content.decode()
    some = Client().get(where, {"lost": "often", "missing": "spiders"}).content.decode()
    assert "Il reste 6 questions." in some
    every = {"lost": "often", "missing": "trade", "pressure": "clients", "known": "several", "where": "union",
             "time": "two", "fear": "clients"}  # fmt: skip
    answer = Client().get(where, every).content.decode()
    assert "Faire une offre commune à un de vos clients" in answer
    assert reverse("account_signup") in answer

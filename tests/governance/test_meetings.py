"""A meeting from its dates to its signed minutes; each refusal; what the book says."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cordee.governance import acts
from cordee.governance.models import Attendance, Meeting
from cordee.governance.reads import calendar_of, meeting_page, minutes_of, minutes_pdf
from cordee.governance.tasks import LETTERS, follow_minutes, remind_meetings
from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal, Stale
from cordee.ground.messages.acts import tell
from cordee.ground.messages.models import Letter
from cordee.ground.people.models import Clockwork
from cordee.ground.register.models import Entry
from cordee.ground.signing import acts as signing
from cordee.ground.signing.models import Signatory
from cordee.ground.signing.reads import code_for
from cordee.ground.signing.tasks import seal_due
from cordee.groupings.reads import actor_for
from tests import factories
from tests.factories import AT
from tests.people import World, browser_of

pytestmark = pytest.mark.django_db
EVENING = AT + timedelta(days=16, hours=8)


def plan(world: World, *dates: datetime) -> Meeting:
    return acts.plan_meeting(
        world.grouping,
        title="Préparer le salon",
        dates=dates or (EVENING, EVENING + timedelta(days=1)),
        place="Salle des fêtes, Lodève",
        by=world.actor("aude"),
        at=AT,
    )


def who(world: World, name: str) -> Any:
    return actor_for(world.seats[name].holder, world.seats[name])


def called(world: World) -> Meeting:
    meeting = plan(world)
    acts.add_item(meeting, title="Le point sur le stand", kind="inform", by=world.actor("bruno"), at=AT)
    acts.add_item(
        meeting, title="Prendre 36 m²", text="Prendre 36 m² pour 5 400 €.", kind="decide", decision_type="budget",
        by=world.actor("aude"), at=AT,
    )  # fmt: skip
    return acts.call_meeting(meeting, starts_at=EVENING, by=world.actor("aude"), at=AT)


def opened(world: World) -> Meeting:
    meeting = called(world)
    acts.answer_call(meeting, coming=False, proxy_to=world.seats["bruno"], by=who(world, "emma"), at=AT)
    meeting = acts.open_meeting(meeting, by=world.actor("aude"), at=EVENING)
    for name in ("aude", "bruno"):
        acts.note_presence(meeting, seat=world.seats[name], present=True, by=who(world, name), at=EVENING)
    return meeting


def held(world: World) -> Meeting:
    meeting = opened(world)
    first, second = meeting.items.all()
    acts.note_outcome(first, said="Le stand est dessiné.", by=world.actor("aude"), at=EVENING)
    ballot = acts.open_item_vote(second, by=world.actor("aude"), at=EVENING)
    for name in ("aude", "bruno"):
        acts.cast_vote(ballot, seat=world.seats[name], choice="for", by=who(world, name), at=EVENING)
    acts.close_ballot(ballot, by=world.actor("aude"), at=EVENING)
    return acts.close_meeting(meeting, by=world.actor("aude"), at=EVENING + timedelta(hours=1))


def last(world: World) -> Entry:
    return Entry.objects.of(world.grouping.book).last()


def test_a_date_is_found_together(world: World) -> None:
    meeting = plan(world)
    first, second = meeting.dates.all()
    for name, answers in (("bruno", ("no", "yes")), ("denis", ("maybe", "yes")), ("emma", ("yes", "huit"))):
        given = dict(zip((first.pk, second.pk), answers, strict=True))
        acts.answer_dates(meeting, answers=given, by=who(world, name), at=AT)
    acts.answer_dates(meeting, answers={first.pk: "maybe"}, by=who(world, "bruno"), at=AT)
    lines = meeting_page(meeting, world.seats["bruno"], at=AT).dates
    assert [(line.yes, line.maybe, line.no, line.best, line.mine) for line in lines] == [
        (1, 2, 0, False, "maybe"),
        (2, 0, 0, True, "yes"),
    ]
    assert last(world).act == "governance.date.answered"
    with pytest.raises(NotYours):
        acts.answer_dates(meeting, answers={}, by=world.actor("chloe"), at=AT)


def test_dates_are_to_come(world: World) -> None:
    with pytest.raises(Refusal, match="à venir"):
        plan(world, AT)
    with pytest.raises(Refusal, match="à venir"):
        plan(world, *(EVENING + timedelta(days=n) for n in range(9)))


def test_the_notice_leaves_in_time_or_not_at_all(world: World) -> None:
    soon = plan(world, AT + timedelta(days=9))
    with pytest.raises(acts.NoticeTooShort, match="15 jours") as refused:
        acts.call_meeting(soon, starts_at=AT + timedelta(days=9), by=world.actor("aude"), at=AT)
    assert "25 mars 2026" in refused.value.why
    with pytest.raises(NotAllowed):
        acts.call_meeting(soon, starts_at=AT + timedelta(days=9), by=world.actor("bruno"), at=AT)
    urgent = acts.call_meeting(soon, starts_at=AT + timedelta(days=9), urgent=True, by=world.actor("aude"), at=AT)
    assert (urgent.state, urgent.attendances.count()) == ("called", 4)
    assert last(world).facts["urgent"] is True
    with pytest.raises(Refusal):
        acts.call_meeting(plan(world), starts_at=AT + timedelta(days=40), by=world.actor("aude"), at=AT)


def test_after_the_notice_nothing_more_is_put_up_for_decision(world: World) -> None:
    meeting = called(world)
    acts.add_item(meeting, title="Divers", kind="discuss", by=world.actor("bruno"), at=AT)
    with pytest.raises(acts.NotThatMoment, match="convocation"):
        acts.add_item(meeting, title="Emprunter", kind="decide", by=world.actor("bruno"), at=AT)
    with pytest.raises(Refusal):
        acts.add_item(meeting, title="  ", kind="discuss", by=world.actor("bruno"), at=AT)


def test_proxies_for_a_meeting_keep_to_the_rule(world: World) -> None:
    meeting = called(world)
    acts.answer_call(meeting, coming=False, proxy_to=world.seats["bruno"], by=who(world, "emma"), at=AT)
    assert meeting.attendances.get(seat=world.seats["emma"]).state == "represented"
    with pytest.raises(acts.TooManyProxies):
        acts.answer_call(meeting, coming=False, proxy_to=world.seats["bruno"], by=who(world, "denis"), at=AT)
    with pytest.raises(Refusal):
        acts.answer_call(meeting, coming=False, proxy_to=world.seats["denis"], by=who(world, "denis"), at=AT)
    acts.answer_call(meeting, coming=True, by=who(world, "emma"), at=AT)
    assert meeting.attendances.get(seat=world.seats["emma"]).proxy_to is None


def test_the_sheet_is_signed_by_each_or_by_who_holds_the_pen(world: World) -> None:
    meeting = opened(world)
    with pytest.raises(NotAllowed):
        acts.note_presence(meeting, seat=world.seats["denis"], present=True, by=world.actor("bruno"), at=EVENING)
    acts.note_presence(meeting, seat=world.seats["denis"], present=True, by=world.actor("aude"), at=EVENING)
    assert last(world).facts["itself"] is False
    acts.note_presence(meeting, seat=world.seats["denis"], present=False, by=world.actor("aude"), at=EVENING)
    page = meeting_page(meeting, world.seats["aude"], at=EVENING)
    assert (page.here, page.represented, page.quorum) == (2, 1, 2)
    with pytest.raises(acts.NotThatMoment):
        acts.open_meeting(meeting, by=world.actor("aude"), at=EVENING)


def test_a_vote_in_the_meeting_counts_those_who_are_there(world: World) -> None:
    meeting = opened(world)
    acts.note_presence(meeting, seat=world.seats["denis"], present=True, by=world.actor("aude"), at=EVENING)
    point = meeting.items.get(kind="decide")
    with pytest.raises(NotAllowed):
        acts.open_item_vote(point, by=world.actor("bruno"), at=EVENING)
    ballot = acts.open_item_vote(point, by=world.actor("aude"), at=EVENING)
    with pytest.raises(acts.NotThatMoment):
        acts.open_item_vote(point, by=world.actor("aude"), at=EVENING)
    with pytest.raises(acts.NotThatMoment, match="ouvert"):
        acts.close_meeting(meeting, by=world.actor("aude"), at=EVENING)
    acts.cast_vote(ballot, seat=world.seats["bruno"], choice="for", by=world.actor("bruno"), at=EVENING)
    closed = acts.close_ballot(ballot, by=Clockwork(), at=ballot.closes_at)
    # Bruno voted for himself and for Emma; Aude and Denis are there without having voted: all four are in the quorum.
    assert (closed.figures["for"], closed.figures["present"], closed.outcome) == ("2", "4", "adopted")


def test_minutes_come_from_what_happened(world: World) -> None:
    meeting = held(world)
    text = minutes_of(meeting)
    assert meeting.minutes == text
    for words in (
        "2 entreprises présentes, 1 représentées, sur 4.",
        "Atelier Blanc a donné son pouvoir à Charpente Masson.",
        "# 1. Le point sur le stand",
        "Le stand est dessiné.",
        "Prendre 36 m² pour 5 400 €.",
        "3 voix pour",
    ):
        assert words in text
    pdf, fingerprint = minutes_pdf(meeting, at=EVENING)
    assert pdf.startswith(b"%PDF")
    assert len(fingerprint) == 64
    assert minutes_pdf(meeting, at=EVENING) == (pdf, fingerprint)


def test_minutes_are_corrected_approved_and_signed(world: World) -> None:
    meeting = held(world)
    by = world.actor("aude")
    with pytest.raises(NotAllowed):
        acts.correct_minutes(meeting, text="x", version=meeting.version, by=world.actor("bruno"), at=EVENING)
    fixed = acts.correct_minutes(meeting, text="# Salon\nTout va bien.", version=meeting.version, by=by, at=EVENING)
    with pytest.raises(Stale):
        acts.correct_minutes(meeting, text="Autre", version=meeting.version, by=by, at=EVENING)
    with pytest.raises(acts.NotThatMoment):
        acts.sign_minutes(fixed, by=by, at=EVENING)
    approved = acts.approve_minutes(fixed, by=by, at=EVENING)
    with pytest.raises(acts.NotThatMoment):
        acts.correct_minutes(approved, text="Trop tard", version=approved.version, by=by, at=EVENING)
    sent = acts.sign_minutes(approved, by=by, at=EVENING)
    assert sent.ceremony is not None
    with pytest.raises(acts.NotThatMoment):
        acts.note_minutes_signed(sent, by=Clockwork(), at=EVENING)
    for signatory in Signatory.objects.filter(ceremony=sent.ceremony):
        link = signing.link_of(signatory, at=EVENING)
        signing.send_code(link, at=EVENING)
        signatory.refresh_from_db()
        signing.sign(link, code=code_for(signatory), consent="oui", at=EVENING)
    seal_due(at=EVENING)
    assert follow_minutes(at=EVENING) == 1
    meeting.refresh_from_db()
    assert meeting.minutes_state == "signed"
    line = Entry.objects.of(world.grouping.book).filter(act="governance.minutes.settled").get()
    assert line.facts == {"signed": True}


def test_a_cancelled_meeting_is_over(world: World) -> None:
    meeting = called(world)
    with pytest.raises(NotAllowed):
        acts.cancel_meeting(meeting, by=world.actor("bruno"), at=AT)
    cancelled = acts.cancel_meeting(meeting, by=world.actor("aude"), at=AT)
    assert "STATUS:CANCELLED" in calendar_of(cancelled, at=AT)
    with pytest.raises(acts.NotThatMoment):
        acts.answer_call(cancelled, coming=True, by=world.actor("bruno"), at=AT)


def test_pages_of_a_meeting_at_each_moment(world: World, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(5):
        factories.seat(world.grouping, factories.person(f"Reste{number} Voisin"))
    browser = browser_of(world.aude)
    for make in (plan, called, opened, held):
        meeting = make(world)
        with django_assert_max_num_queries(14):
            page = browser.get(reverse("governance:meeting", args=[meeting.public_id]))
        assert "Préparer le salon" in page.content.decode()
    ics = browser.get(reverse("governance:meeting_calendar", args=[meeting.public_id]))
    assert ics["Content-Type"].startswith("text/calendar")
    pdf = browser.get(reverse("governance:minutes", args=[meeting.public_id]))
    assert b"".join(pdf).startswith(b"%PDF")
    assert Attendance.objects.filter(state="present").exists()
    unknown = reverse("governance:meeting_deed", args=[meeting.public_id, "danser"])
    assert browser.post(unknown).status_code == 404


def test_only_who_said_nothing_is_reminded_and_not_at_week_ends(world: World) -> None:
    meeting = plan(world)
    acts.answer_dates(meeting, answers={meeting.dates.first().pk: "yes"}, by=who(world, "bruno"), at=AT)
    days = [AT + timedelta(days=n, minutes=1) for n in (1, 2, 2, 4, 5)]
    assert [remind_meetings(at=day) for day in days] == [0, 1, 0, 0, 0]
    tell(LETTERS, at=AT)
    reminded = Letter.objects.filter(kind__startswith="governance.meeting_reminder")
    assert set(reminded.values_list("to__name", flat=True)) == {"Denis Roux", "Emma Blanc"}
    with pytest.raises(acts.NotThatMoment):
        acts.note_meeting_reminder(meeting, count=1, by=Clockwork(), at=AT)
    acts.call_meeting(meeting, starts_at=EVENING, by=world.actor("aude"), at=AT + timedelta(minutes=1))
    tell(LETTERS, at=AT)
    notices = Letter.objects.filter(kind__startswith="governance.notice")
    assert notices.count() == 4
    assert "Salle des fêtes, Lodève" in notices.first().text
    assert remind_meetings(at=AT + timedelta(days=3)) == 1  # now for the notice, to those who have not answered it

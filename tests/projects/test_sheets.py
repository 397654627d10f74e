"""Hours of a shared person: said by link, validated by each company for itself, closed once, hidden from others."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from cordee.ground.kit.refusals import NotYours, Refusal, Stale
from cordee.ground.people.models import Actor, Link
from cordee.ground.people.reads import token
from cordee.ground.register.acts import address
from cordee.ground.register.models import Entry
from cordee.journeys.tasks import LETTERS
from cordee.projects import acts, reads
from cordee.projects.models import Project, SharedPerson, SheetClosing, Timetable, TimetableVisit, WorkEntry
from cordee.projects.tasks.sheets import CLOCK, remind_hours
from tests import factories
from tests.people import World, browser_of

pytestmark = pytest.mark.django_db
MONDAY = date(2027, 3, 1)
PARIS = ZoneInfo("Europe/Paris")


def at(day: int, hour: int = 18, month: int = 3) -> datetime:
    return datetime(2027, month, day, hour, tzinfo=PARIS)


def shared(world: World, names: tuple[str, ...] = ("aude", "bruno", "denis")) -> tuple[Project, SharedPerson, Link]:
    """A person shared by three companies, with a week planned: Lambert, then Masson on the same day; Masson; Roux."""
    made = acts.open_project(
        world.grouping, kind="shared_employee", name="QHSE à trois", seats=[world.seats[name] for name in names],
        by=world.actor("aude"), at=at(1, 8),
    )  # fmt: skip
    person = acts.add_person(made, name="Léa Roux", contract=2100, by=world.actor("aude"), at=at(1, 8))
    plan = Timetable.objects.create(
        project=made, start=MONDAY, weeks=4, state="done", asked_by=world.seats["aude"], asked_at=at(1, 8)
    )
    for week in range(4):
        for slot, name in ((0, "aude"), (1, "bruno"), (2, "bruno"), (3, "bruno"), (4, "denis")):
            TimetableVisit.objects.create(timetable=plan, person=person, seat=world.seats[name], slot=14 * week + slot)
    link = acts.give_sheet_link(person, email="lea@exemple.fr", by=world.actor("aude"), at=at(1, 8))
    return made, SharedPerson.objects.get(), link


def speaking(world: World, name: str) -> Actor:
    seat = world.seats[name]
    return Actor(seat.holder, address(seat))


def facts(world: World, name: str) -> list[dict[str, object]]:
    return list(Entry.objects.filter(book=world.grouping.book, act=name).values_list("facts", flat=True))


def test_a_day_is_confirmed_in_one_tap_on_the_phone(world: World) -> None:
    _made, person, link = shared(world)
    door, page = browser_of(None), reverse("projects:sheet", args=[token(link)])
    with time_machine.travel(at(2, 9), tick=False):
        shown = door.get(page).content.decode()
        assert "C’est bien cela" in shown
        assert "Charpente Masson" in shown
        door.post(reverse("projects:sheet_do", args=[token(link), "confirmer"]), {"day": "2027-03-01"})
        door.post(reverse("projects:sheet_do", args=[token(link), "confirmer"]), {"day": "2027-03-02"})
        rows = list(WorkEntry.objects.values_list("day", "seat", "starts", "ends", "pause"))
        aude, bruno = world.seats["aude"].pk, world.seats["bruno"].pk
        assert rows == [
            (MONDAY, aude, 540, 750, 0), (MONDAY, bruno, 810, 1020, 0), (date(2027, 3, 2), bruno, 540, 1020, 60),
        ]  # fmt: skip
        again = door.post(reverse("projects:sheet_do", args=[token(link), "confirmer"]), {"day": "2027-03-01"})
        assert again.status_code == 409
        assert "déjà noté" in again.content.decode()
        late = door.post(reverse("projects:sheet_do", args=[token(link), "confirmer"]), {"day": "2027-03-03"})
        assert late.status_code == 409
        assert door.get(f"{page}?mois=2027-02").status_code == 200
    assert facts(world, "projects.hours.said") == [{}, {}]  # the book says that, never what nor where
    with pytest.raises(Refusal):
        acts.confirm_day(person, link, day=date(2027, 3, 6), at=at(7))


def test_other_hours_are_written_changed_taken_back(world: World) -> None:
    _made, person, link = shared(world)
    door, where = browser_of(None), reverse("projects:sheet_do", args=[token(link), "ecrire"])
    told = {"day": "2027-03-01", "seat": world.seats["aude"].public_id, "starts": "7:00", "ends": "18:30", "pause": "0"}
    with time_machine.travel(at(2), tick=False):
        assert door.post(where, told).status_code == 302
        entry = WorkEntry.objects.get()
        shown = door.get(reverse("projects:sheet", args=[token(link)])).content.decode()
        assert "11\u00a0h\u00a030 dans la journée" in shown or "11 h 30 dans la journée" in shown
        wrong = door.post(where, {**told, "starts": "soon"})
        assert wrong.status_code == 422
        assert door.post(where, {**told, "ends": "6:00"}).status_code == 409
        clash = door.post(where, {**told, "seat": world.seats["bruno"].public_id, "starts": "18:00", "ends": "19:00"})
        assert "7:00 à 18:30" in clash.content.decode()
        assert door.post(where, {**told, "ends": "15:00", "entry": entry.public_id}).status_code == 302
        assert WorkEntry.objects.get().ends == 900
        assert door.post(where, {**told, "seat": world.seats["emma"].public_id}).status_code == 422
    with pytest.raises(NotYours):
        acts.say_hours(person, link, day=MONDAY, seat=world.seats["emma"], starts=0, ends=9, at=at(2))
    with pytest.raises(Refusal):
        acts.say_hours(person, link, day=MONDAY, seat=world.seats["aude"], starts=960, ends=980, at=at(28, month=6))
    acts.take_back_hours(person, link, entry=entry, at=at(2))
    assert not WorkEntry.objects.exists()
    assert [row.absent for row in acts.say_absent(person, link, day=MONDAY, at=at(2))] == [True, True]
    back = acts.say_hours(person, link, day=MONDAY, seat=world.seats["aude"], starts=540, ends=600, at=at(2))
    assert [one.absent for one in WorkEntry.objects.all()] == [False, True]
    assert back.minutes == 60


def test_the_link_is_withdrawn_and_never_another_ones(world: World) -> None:
    made, person, link = shared(world)
    other = acts.add_person(made, name="Max Petit", contract=600, by=world.actor("bruno"), at=at(1))
    theirs = acts.give_sheet_link(other, email="max@exemple.fr", by=world.actor("bruno"), at=at(1))
    for wrong, whose in ((theirs, person), (link, other)):
        with pytest.raises(NotYours):
            acts.confirm_day(whose, wrong, day=MONDAY, at=at(2))
    entry = Entry.objects.filter(act="projects.sheet_link.given").latest("pk")
    (draft,) = LETTERS["projects.sheet_link.given"](entry, at(1))
    assert draft.to.email == "max@exemple.fr"
    assert token(theirs) in draft.url
    acts.give_sheet_link(person, email="lea.roux@exemple.fr", by=world.actor("bruno"), at=at(2))
    door = browser_of(None)
    assert door.get(reverse("projects:sheet", args=[token(link)])).status_code == 404
    assert acts.shut_sheet_link(other, by=world.actor("aude"), at=at(3)) == 1
    assert door.get(reverse("projects:sheet", args=[token(theirs)])).status_code == 404
    acts.end_person(other, by=world.actor("aude"), at=at(3))
    with pytest.raises(Refusal):
        acts.give_sheet_link(other, email="max@exemple.fr", by=world.actor("aude"), at=at(3))
    assert facts(world, "projects.sheet_link.shut") == [{"links": 1}]


def test_each_company_validates_or_corrects_its_own_and_the_person_answers(world: World) -> None:
    made, person, link = shared(world)
    entry, theirs = acts.confirm_day(person, link, day=MONDAY, at=at(1))
    ids = [entry.public_id, theirs.public_id]
    assert acts.agree_hours(made, entries=ids, by=world.actor("aude"), at=at(2)) == 1
    entry.refresh_from_db()
    theirs.refresh_from_db()
    assert (entry.state, theirs.state) == ("agreed", "said")
    words = {"starts": 810, "ends": 960, "pause": 0, "road": 0, "version": 1, "at": at(3)}
    with pytest.raises(NotYours):
        acts.correct_hours(theirs, **words, why="Non", by=world.actor("aude"))
    with pytest.raises(acts.KnowWhat):
        acts.correct_hours(theirs, **words, why=" ", by=world.actor("bruno"))
    with pytest.raises(acts.KnowWhat):
        acts.object_to_hours(person, link, entry=theirs, why="Pourquoi ?", at=at(3))
    acts.correct_hours(theirs, **words, why="Partie à 16 h", by=world.actor("bruno"))
    with pytest.raises(Stale):
        acts.correct_hours(theirs, **{**words, "ends": 970}, why="Encore", by=world.actor("bruno"))
    with pytest.raises(Refusal):
        acts.take_back_hours(person, link, entry=theirs, at=at(3))
    acts.object_to_hours(person, link, entry=theirs, why="Restée jusqu’à 17 h", at=at(4))
    theirs.refresh_from_db()
    assert (theirs.minutes, theirs.told_minutes, theirs.version) == (150, 210, 3)
    shown = browser_of(None).get(f"{reverse('projects:sheet', args=[token(link)])}?mois=2027-03").content.decode()
    assert "Corrigé" in shown
    assert "Partie à 16" in shown
    with pytest.raises(acts.NotSettled):
        acts.close_sheets(person, month=MONDAY, by=world.actor("aude"), at=at(20, month=4))
    acts.correct_hours(theirs, **{**words, "version": 3, "ends": 1020}, why="D’accord", by=world.actor("bruno"))
    found = acts.close_sheets(person, month=MONDAY, by=world.actor("aude"), at=at(20, month=4))
    assert found == {world.seats["aude"].pk: 210, world.seats["bruno"].pk: 210}
    for again in (
        lambda: acts.close_sheets(person, month=MONDAY, by=world.actor("aude"), at=at(20, month=4)),
        lambda: acts.confirm_day(person, link, day=MONDAY + timedelta(days=1), at=at(20, month=4)),
        lambda: acts.correct_hours(theirs, **{**words, "version": 4}, why="Non", by=world.actor("bruno")),
    ):
        with pytest.raises(acts.SheetsClosed):
            again()
    assert facts(world, "projects.sheets.closed") == [{"month": "2027-03-01", "minutes": 420}]


def test_a_month_waits_a_week_for_an_answer_then_what_was_said_holds(world: World) -> None:
    _made, person, link = shared(world)
    acts.confirm_day(person, link, day=date(2027, 3, 24), at=at(29))
    with pytest.raises(Refusal):
        acts.close_sheets(person, month=MONDAY, by=world.actor("aude"), at=at(31))
    with pytest.raises(acts.NotSettled):
        acts.close_sheets(person, month=MONDAY, by=world.actor("aude"), at=at(2, month=4))
    assert acts.close_sheets(person, month=MONDAY, by=world.actor("aude"), at=at(6, month=4)) == {
        world.seats["denis"].pk: 210
    }
    row = WorkEntry.objects.get()
    assert (row.state, row.settled_by, row.days_late) == ("agreed", None, 5)
    assert SheetClosing.objects.count() == 1


def test_a_hostile_member_reads_nothing_of_the_others(world: World) -> None:
    """Bruno knows every address: he reads his own hours, free or busy, never where nor how long elsewhere."""
    made, person, link = shared(world)
    aude_entry, _bruno = acts.confirm_day(person, link, day=MONDAY, at=at(1))
    denis_entry = acts.say_hours(
        person, link, day=date(2027, 3, 3), seat=world.seats["denis"], starts=437, ends=1391, at=at(3)
    )
    with time_machine.travel(at(10), tick=False):
        bruno, month = browser_of(world.bruno), "?mois=2027-03"
        own = bruno.get(reverse("projects:sheets", args=[made.public_id]) + month).content.decode()
        table = bruno.get(reverse("projects:sheets_csv", args=[made.public_id]) + month).content.decode()
        for text in (own, table):
            assert "13:30" in text
            for secret in ("7:17", "23:11", "15\u202fh\u202f54", "Atelier Roux", "Menuiserie Lambert"):
                assert secret not in text, secret
        assert "Totaux, pour la trésorerie" not in own
        for other in (aude_entry, denis_entry):
            assert (
                bruno.get(reverse("projects:sheet_correct", args=[made.public_id, other.public_id])).status_code == 404
            )
        bruno.post(
            reverse("projects:sheets_agree", args=[made.public_id]),
            {"entry": [aude_entry.public_id, denis_entry.public_id]},
        )
        assert not WorkEntry.objects.filter(state="agreed").exists()
        for voice in (world.seats["aude"].public_id, world.seats["denis"].public_id):
            assert bruno.get(reverse("projects:sheets", args=[made.public_id]) + f"?voix={voice}").status_code == 404
        plan = Timetable.objects.get()
        for name in ("aude", "bruno", "denis"):
            acts.agree_share(made, halves=3, by=speaking(world, name), at=at(9))
        planning = bruno.get(reverse("projects:planning", args=[plan.public_id])).content.decode()
        assert "occupé" in planning
        assert "Atelier Roux" not in planning.split("<main", 1)[1]
        assert "Menuiserie Lambert" not in planning.split("<main", 1)[1]
        chloe = browser_of(world.chloe)
        assert chloe.get(reverse("projects:sheets", args=[made.public_id])).status_code == 404
    book = str(list(Entry.objects.filter(book=world.grouping.book, act__startswith="projects.hours").values("facts")))
    assert "1391" not in book


def test_the_treasurer_reads_totals_without_days(world: World) -> None:
    made, person, link = shared(world)
    acts.confirm_day(person, link, day=date(2027, 3, 2), at=at(2))
    factories.office(world.seats["denis"], "treasurer")
    with time_machine.travel(at(10), tick=False):
        denis = browser_of(world.seats["denis"].holder)
        shown = denis.get(reverse("projects:sheets", args=[made.public_id])).content.decode()
        own = browser_of(world.aude).get(reverse("projects:sheets", args=[made.public_id])).content.decode()
    assert "Charpente Masson" in shown
    assert "7\u202fh" in shown
    assert "17:00" not in shown
    assert "Charpente Masson" not in own.split("<main", 1)[1]  # the coordinator, where there is a treasurer


def test_pages_hold_in_few_queries(world: World, django_assert_max_num_queries: object) -> None:
    made, person, link = shared(world)
    for day in (1, 2, 3, 8, 9, 10):
        acts.confirm_day(person, link, day=date(2027, 3, day), at=at(11))
    with time_machine.travel(at(12), tick=False):
        for who, where in (
            (world.bruno, reverse("projects:sheets", args=[made.public_id])),
            (None, reverse("projects:sheet", args=[token(link)])),
        ):
            door = browser_of(who)
            door.get(where)
            with django_assert_max_num_queries(12):  # type: ignore[operator]
                assert door.get(where).status_code == 200
    assert reads.planned_days(person, MONDAY, MONDAY)[MONDAY][0].seat == world.seats["aude"]


def test_a_person_is_reminded_once_a_week_of_what_is_not_noted(world: World) -> None:
    _made, person, link = shared(world)
    friday, monday = at(5, 9), at(8, 9)
    assert remind_hours(at=at(2, 9)) == 0  # yesterday may still be noted
    assert remind_hours(at=at(7, 9)) == 0  # a Sunday
    assert remind_hours(at=friday.replace(hour=22)) == 0
    assert (remind_hours(at=friday), remind_hours(at=monday)) == (1, 0)
    entry = Entry.objects.get(act="projects.sheet.reminded")
    assert entry.facts == {"days": 3}
    (draft,) = LETTERS[entry.act](entry, friday)
    assert (draft.to.email, draft.group) == ("lea@exemple.fr", "reminders")  # it can be stopped
    assert "3 jours" in draft.subject
    assert draft.lines[0] == "lundi 1 mars, mardi 2 mars, mercredi 3 mars."
    assert token(link) in draft.url
    with pytest.raises(Refusal):
        acts.note_sheet_reminder(person, days=1, by=CLOCK, at=monday)
    for day in (1, 2, 3):
        acts.confirm_day(person, link, day=date(2027, 3, day), at=monday)
    assert list(LETTERS[entry.act](entry, monday)) == []  # noted in between
    for day in (8, 9, 10):
        acts.say_absent(person, link, day=date(2027, 3, day), at=at(11))
    assert remind_hours(at=at(16, 9)) == 0
    assert remind_hours(at=at(18, 9)) == 1
    acts.shut_sheet_link(person, by=world.actor("aude"), at=at(19))
    assert remind_hours(at=at(31, 9)) == 0

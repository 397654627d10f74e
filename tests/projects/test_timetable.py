"""Shared employees: the timetable is worked out aside, holds the law, says what clashes, and is changed by hand."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from cordee.engines.staffing import violations
from cordee.ground.kit.clock import now
from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal, Stale
from cordee.ground.register.models import Entry
from cordee.projects import acts, tasks
from cordee.projects.models import Project, SharedPerson, TimeApart, Timetable, TimetableVisit, TimeWish
from cordee.projects.reads import asked_of
from tests import factories
from tests.people import World, browser_of

pytestmark = pytest.mark.django_db
MONDAY = date(2027, 3, 1)


def said(world: World, name: str) -> list[dict[str, object]]:
    return list(Entry.objects.filter(book=world.grouping.book, act=name).values_list("facts", flat=True))


def shared(world: World, *, halves: int = 5, names: tuple[str, ...] = ("aude", "bruno")) -> Project:
    """A shared employee of 35 h, and what two companies need of them."""
    made = acts.open_project(
        world.grouping, kind="shared_employee", name="QHSE à deux", seats=[world.seats[name] for name in names],
        by=world.actor("aude"), at=now(),
    )  # fmt: skip
    acts.add_person(made, name="Léa Roux", contract=2100, by=world.actor("aude"), at=now())
    for name in ("aude", "bruno"):
        acts.agree_share(made, halves=halves, by=world.actor(name), at=now())
    return made


def solved(world: World, made: Project, weeks: int = 1) -> Timetable:
    asked = acts.ask_timetable(made, start=MONDAY, weeks=weeks, by=world.actor("bruno"), at=now())
    return acts.solve_timetable(asked, at=now())


def test_a_timetable_is_worked_out_once_and_proven(world: World) -> None:
    made = shared(world)
    done = solved(world, made, weeks=2)
    assert (done.state, done.proven, done.clash, done.step) == ("done", True, False, "moved")
    rows = TimetableVisit.objects.filter(timetable=done)
    assert [rows.filter(seat=world.seats[name]).count() for name in ("aude", "bruno")] == [10, 10]
    assert acts.solve_timetable(done, at=now()).finished_at == done.finished_at
    assert said(world, "projects.timetable.solved") == [{"halves": 20, "proven": True, "clash": False}]
    assert "Menuiserie Lambert : 5 jours sur 5." in done.said["fr"] or any("Lambert" in one for one in done.said["fr"])
    with pytest.raises(Refusal):
        acts.give_up_timetable(done, at=now())


def test_wishes_that_clash_are_named_and_a_leave_is_held(world: World) -> None:
    made = shared(world, halves=2)
    person, aude = SharedPerson.objects.get(), world.seats["aude"]
    words = {"half": 0, "firm": True, "at": now()}
    acts.add_time_wish(made, kind="need", by=world.actor("aude"), **words)
    acts.add_time_wish(made, kind="need", by=world.actor("bruno"), **words)
    wish = acts.add_time_wish(made, kind="free", person=person, by=world.actor("bruno"), **{**words, "half": 4})
    acts.note_leave(person, first=MONDAY + timedelta(3), last=MONDAY + timedelta(4), by=world.actor("aude"), at=now())
    done = solved(world, made)
    assert done.clash
    assert any(one.startswith("Ne tiennent pas ensemble") and "Lambert" in one for one in done.said["fr"])
    slots = set(TimetableVisit.objects.filter(timetable=done).values_list("slot", flat=True))
    assert not slots & {4, 6, 7, 8, 9}
    with pytest.raises(NotAllowed):
        acts.drop_time_wish(wish, by=world.actor("aude"), at=now())
    acts.drop_time_wish(wish, by=world.actor("bruno"), at=now())
    with pytest.raises(acts.KnowWhat):
        acts.add_time_wish(made, kind="at", person=person, by=world.actor("aude"), **words)
    with pytest.raises(NotYours):
        acts.add_time_wish(made, kind="at", person=person, seat=world.seats["emma"], by=world.actor("aude"), **words)
    one_day = acts.add_time_wish(
        made, kind="at", person=person, seat=aude, on=MONDAY + timedelta(2), by=world.actor("aude"), **words
    )
    assert one_day.half == 4
    assert said(world, "projects.time_wish.dropped") == [{"kind": "free"}]
    assert said(world, "projects.leave.noted") == [{"days": 2}]


def test_companies_kept_apart_never_share_a_person(world: World) -> None:
    made = shared(world)
    bruno = world.seats["bruno"]
    acts.keep_apart(made, other=bruno, wanted=True, by=world.actor("aude"), at=now())
    done = solved(world, made)
    assert len(set(TimetableVisit.objects.filter(timetable=done).values_list("seat", flat=True))) == 1
    acts.keep_apart(made, other=world.seats["aude"], wanted=False, by=world.actor("bruno"), at=now())
    assert not TimeApart.objects.exists()
    with pytest.raises(NotYours):
        acts.keep_apart(made, other=world.seats["emma"], wanted=True, by=world.actor("aude"), at=now())
    assert len(said(world, "projects.companies.kept_apart")) == 2


def test_a_change_by_hand_names_what_it_breaks(world: World) -> None:
    made = shared(world, halves=3)
    done, person = solved(world, made), SharedPerson.objects.get()
    browser, address = browser_of(world.bruno), reverse("projects:planning", args=[done.public_id])
    assert "Prouvé" in browser.get(address).content.decode()
    bruno, aude = {"by": world.actor("bruno"), "at": now()}, {"by": world.actor("aude"), "at": now()}
    sunday = {"person": person, "slot": 12, "seat": world.seats["bruno"]}
    fresh = acts.set_half(done, **sunday, version=done.version, **bruno)
    page = browser.get(address).content.decode()
    assert "Léa Roux, dimanche 7 mars au matin\u00a0: indisponible." in page
    with pytest.raises(Stale):
        acts.set_half(done, **sunday, version=done.version, **bruno)
    visits = TimetableVisit.objects.filter(timetable=done, person=person)
    theirs = visits.filter(seat=world.seats["aude"]).earliest("slot").slot
    free = next(slot for slot in range(10) if not visits.filter(slot=slot).exists())
    for slot, to in ((12, theirs), (theirs, free)):  # nobody takes, or moves, the half-day of another
        with pytest.raises(NotAllowed):
            acts.move_half(done, person=person, slot=slot, to=to, version=fresh.version, **bruno)
    with pytest.raises(NotAllowed):
        acts.set_half(done, person=person, slot=theirs, seat=None, version=fresh.version, **bruno)
    moved = acts.move_half(done, person=person, slot=12, to=free, version=fresh.version, **bruno)
    assert set(visits.filter(slot__in=(12, free)).values_list("slot", flat=True)) == {free}
    with pytest.raises(NotYours):
        acts.move_half(done, person=person, slot=0, to=99, version=moved.version, **aude)
    with pytest.raises(NotYours):
        acts.set_half(done, **sunday, version=moved.version, **aude)
    acts.set_half(done, person=person, slot=free, seat=None, version=moved.version, **bruno)
    page = browser.get(address).content.decode()
    assert "dimanche 7 mars" not in page
    assert "Menuiserie Lambert" not in page.split("<main", 1)[1]  # occupied elsewhere, without saying where
    assert said(world, "projects.timetable.moved") == [{}]
    assert len(said(world, "projects.timetable.changed")) == 2


def test_what_is_missing_or_nonsense_is_refused(world: World) -> None:
    made, by, at = shared(world, halves=0), world.actor("aude"), now()
    with pytest.raises(acts.NotReady, match="Aucune entreprise"):
        acts.ask_timetable(made, start=MONDAY, weeks=4, by=by, at=at)
    with pytest.raises(acts.KnowWhat):
        acts.ask_timetable(made, start=MONDAY + timedelta(1), weeks=4, by=by, at=at)
    with pytest.raises(acts.KnowWhat):
        acts.agree_share(made, halves=61, by=by, at=at)
    with pytest.raises(Refusal, match="48 heures"):
        acts.add_person(made, name="Max", contract=2400, overtime=600, by=by, at=at)
    with pytest.raises(acts.KnowWhat):
        acts.add_person(made, name=" ", contract=2100, by=by, at=at)
    person = SharedPerson.objects.get()
    with pytest.raises(acts.KnowWhat):
        acts.note_leave(person, first=MONDAY, last=MONDAY - timedelta(1), by=by, at=at)
    acts.end_person(person, by=by, at=at)
    with pytest.raises(acts.NotReady, match="personne à partager"):
        acts.ask_timetable(made, start=MONDAY, weeks=4, by=by, at=at)
    assert len(said(world, "projects.shared_person.left")) == len(said(world, "projects.shared_person.added")) == 1
    assert said(world, "projects.time_share.agreed") == [{"halves": 0}] * 2


def test_those_that_nobody_took_are_worked_out_and_those_that_stopped_are_said(world: World) -> None:
    made, at = shared(world), now()
    asked = acts.ask_timetable(made, start=MONDAY, weeks=1, by=world.actor("aude"), at=at)
    stuck = acts.ask_timetable(made, start=MONDAY, weeks=1, by=world.actor("aude"), at=at)
    Timetable.objects.filter(pk=stuck.pk).update(state="running", started_at=at - timedelta(minutes=6))
    assert (tasks.finish_timetables(at=at), tasks.finish_timetables(at=at + timedelta(minutes=1))) == (1, 1)
    asked.refresh_from_db()
    stuck.refresh_from_db()
    assert (asked.state, stuck.state) == ("done", "failed")
    assert said(world, "projects.timetable.stopped") == [{"was": "running"}]
    page = browser_of(world.aude).get(reverse("projects:planning", args=[stuck.public_id])).content.decode()
    assert "s’est arrêté" in page


def test_eight_companies_three_employees_four_weeks(world: World) -> None:
    """Within the law, proven or with its gap said, in less than the seconds that the planner is given."""
    leaders = [factories.person(f"Dirigeant {number}") for number in range(6)]
    for number, leader in enumerate(leaders):
        world.seats[f"s{number}"] = factories.seat(
            world.grouping, leader, company=factories.company(f"Atelier {number}", leader=leader)
        )
        setattr(world, f"s{number}", leader)
    names = ("aude", "bruno", *(f"s{number}" for number in range(6)))
    made = shared(world, halves=4, names=names)
    for name in names[2:]:
        acts.agree_share(made, halves=3 + int(name[1]) % 2, by=world.actor(name), at=now())
    for name in ("Max Petit", "Zoé Blanc"):
        acts.add_person(made, name=name, contract=2100, by=world.actor("aude"), at=now())
    for person, half in zip(SharedPerson.objects.all(), (4, 5, 9), strict=True):
        acts.add_time_wish(made, kind="free", person=person, half=half, by=world.actor("aude"), at=now())
    began = now()
    done = solved(world, made, weeks=4)
    assert (now() - began).total_seconds() < acts.timetable.SECONDS + 10
    assert done.state == "done"
    asked = asked_of(done)
    visits = asked.visits(done)
    assert violations(asked.problem, visits) == ()
    assert len(visits) == 4 * (4 + 4 + 3 + 4 + 3 + 4 + 3 + 4)
    assert done.proven or any("au mieux" in text for text in done.said["fr"])


def test_the_pages(world: World) -> None:
    made, browser = shared(world), browser_of(world.bruno)
    address = reverse("projects:timetable", args=[made.public_id])
    page = browser.get(address).content.decode()
    assert "Léa Roux" in page
    assert "les contrats en permettent 10" in page
    person = SharedPerson.objects.get()
    for name, good, wrong in (
        ("staff_person", {"name": "Max", "hours": "20", "available": ["0", "1"]}, {"hours": "plein"}),
        ("staff_leave", {"person": person.public_id, "first": "2027-03-01", "last": "2027-03-05"}, {}),
        ("staff_share", {"halves": "4", "open_on": ["0", "3"]}, {"halves": "-1"}),
        ("staff_wish", {"kind": "free", "person": person.public_id, "half": "3", "firm": "on"}, {"half": "99"}),
    ):
        there = reverse(f"projects:{name}", args=[made.public_id])
        assert browser.post(there, wrong).status_code == 422, name
        assert browser.post(there, good).status_code == 302, name
    wish = TimeWish.objects.get()
    assert (wish.firm, wish.half) == (True, 3)
    ask = reverse("projects:timetable_ask", args=[made.public_id])
    assert browser.post(ask, {"start": "bientôt"}).status_code == 422
    answer = browser.post(ask, {"start": "2027-03-01", "weeks": "1"}, follow=True)
    assert "Le planning va commencer." in answer.content.decode()
    done = acts.solve_timetable(Timetable.objects.get(), at=now())
    fragment = browser.get(reverse("projects:planning", args=[done.public_id]), headers={"HX-Request": "true"})
    assert fragment["HX-Redirect"].endswith(done.public_id)
    mine = TimetableVisit.objects.filter(timetable=done, seat=world.seats["aude"]).earliest("slot").slot
    change = {"person": person.public_id, "slot": str(mine), "seat": "", "version": done.version}
    set_ = reverse("projects:planning_set", args=[done.public_id])
    assert browser.post(set_, change).status_code == 302
    assert browser.post(set_, change).status_code == 409

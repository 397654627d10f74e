"""The stand: its plan and calendar; the turns of presence, planned, wished for, changed by hand."""

from datetime import date

import pytest
from django.urls import reverse

from cordee.ground.kit.clock import now
from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal, Stale
from cordee.ground.register.models import Entry
from cordee.projects import acts
from cordee.projects.models import PresenceHand, PresencePlan, PresenceTurn, Project, StandDate
from tests.people import World, browser_of
from tests.projects.tools import project, taken

pytestmark = pytest.mark.django_db
DAY = date(2027, 3, 16)


def said(world: World, name: str) -> list[dict[str, object]]:
    return list(Entry.objects.filter(book=world.grouping.book, act=name).values_list("facts", flat=True))


def opened(world: World, **words: int) -> Project:
    made = project(world)
    given = {"days": 2, "opens": 540, "closes": 1080, "length": 120, "need": 1, **words}
    acts.open_stand(made, first=DAY, **given, by=world.actor("aude"), at=now())
    return made


def test_the_stand_is_cut_by_what_each_asked_for_and_corrected(world: World) -> None:
    made, seats = project(world), world.seats
    asked = {seats["aude"]: 9, seats["bruno"]: 6}
    sketch = acts.cut_stand(made, width=60, depth=30, asked=asked, common=3, by=world.actor("bruno"), at=now())
    drawn = [(area.seat, area.label, area.x, area.width) for area in sketch.areas.all()]
    assert drawn == [(seats["aude"], "", 0, 30), (None, "Accueil commun", 30, 10), (seats["bruno"], "", 40, 20)]
    rows = [acts.NewArea(0, 0, 40, 30, seats["aude"]), acts.NewArea(30, 0, 40, 30, seats["bruno"], "Bar")]
    acts.draw_stand(made, width=60, depth=30, rows=rows, version=1, by=world.actor("aude"), at=now())
    page = browser_of(world.aude).get(reverse("projects:stand", args=[made.public_id])).content.decode()
    assert "Menuiserie Lambert et Bar se recouvrent." in page
    assert "Bar sort du stand." in page
    with pytest.raises(Stale):
        acts.draw_stand(made, width=60, depth=30, rows=rows, version=1, by=world.actor("aude"), at=now())
    with pytest.raises(NotYours):
        other = [acts.NewArea(0, 0, 10, 10, seats["emma"])]
        acts.draw_stand(made, width=60, depth=30, rows=other, version=2, by=world.actor("aude"), at=now())
    with pytest.raises(acts.KnowWhat):
        acts.draw_stand(made, width=60, depth=30, rows=[], version=2, by=world.actor("aude"), at=now())
    with pytest.raises(acts.KnowWhat):
        acts.cut_stand(made, width=60, depth=30, asked={}, by=world.actor("aude"), at=now())
    assert said(world, "projects.sketch.cut") == [{"surface": 1800, "areas": 3}]
    assert said(world, "projects.sketch.drawn") == [{"surface": 1800, "areas": 2}]


def test_the_sketch_is_corrected_from_its_page(world: World) -> None:
    made, browser = project(world), browser_of(world.bruno)
    acts.cut_stand(made, width=60, depth=30, asked={world.seats["aude"]: 9}, common=9, by=world.actor("aude"), at=now())
    address = reverse("projects:stand_draw", args=[made.public_id])
    form = browser.get(address).context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    assert (data["width"], data["x_1"], data["depth_0"]) == ("6", "3", "3")
    assert browser.post(address, {**data, "width_0": "beaucoup"}).status_code == 422
    assert browser.post(address, {**data, "width_0": "2,5"}).status_code == 302
    assert [area.width for area in made.sketch.areas.all()] == [25, 30]
    assert browser.post(address, data).status_code == 409


def test_the_calendar_is_counted_back_from_the_fair(world: World) -> None:
    made = project(world)
    assert acts.propose_dates(made, opens_on=DAY, by=world.actor("bruno"), at=now()) == 10
    with pytest.raises(Refusal, match="déjà"):
        acts.propose_dates(made, opens_on=DAY, by=world.actor("bruno"), at=now())
    first = StandDate.objects.filter(project=made).first()
    assert first is not None
    assert first.due == date(2026, 6, 19)
    done = acts.tick_date(first, done=True, by=world.actor("bruno"), at=now())
    assert done.done_by == world.seats["bruno"]
    assert acts.tick_date(first, done=False, by=world.actor("aude"), at=now()).done_at is None
    acts.add_date(made, label="Traiteur", due=DAY, by=world.actor("aude"), at=now())
    with pytest.raises(acts.KnowWhat):
        acts.add_date(made, label=" ", due=DAY, by=world.actor("aude"), at=now())
    assert said(world, "projects.stand_dates.proposed") == [{"dates": 10, "opens_on": "2027-03-16"}]
    assert said(world, "projects.stand_date.ticked") == [{"done": True}, {"done": False}]
    assert said(world, "projects.stand_date.added") == [{"due": "2027-03-16"}]


def test_going_again_is_voted_with_the_figures(world: World) -> None:
    made = project(world)
    lead = taken(world, made)
    acts.follow_lead(lead, state="order", order_cents=900_000, version=1, by=world.actor("aude"), at=now())
    browser = browser_of(world.bruno)
    page = browser.get(reverse("projects:stand", args=[made.public_id])).content.decode()
    assert "Contacts\xa0: 1, 25\u202f900,00\xa0€ chacun. Commandes à ce jour\xa0: 9\u202f000,00\xa0€." in page
    browser.post(reverse("projects:vote", args=[made.public_id, "again"]), {"text": "Y retourner."})
    page = browser.get(reverse("projects:stand", args=[made.public_id])).content.decode()
    assert "Au vote." in page


def test_turns_are_planned_by_the_parts_and_the_wishes(world: World) -> None:
    made = opened(world)
    plan = PresencePlan.objects.get(project=made)
    assert [(slot.start, slot.end) for slot in plan.slots.all()][:5] == [
        (540, 660), (660, 780), (780, 900), (900, 1020), (1020, 1080)
    ]  # fmt: skip
    with pytest.raises(acts.NobodyYet):
        acts.plan_presence(made, by=world.actor("bruno"), at=now())
    hands = {
        name: acts.add_hand(made, name=f"{name} D.", by=actor, at=now())
        for name, actor in (("Anne", world.actor("aude")), ("Bob", world.actor("bruno")))
    }
    slots = [slot.public_id for slot in plan.slots.all()]
    acts.wish_presence(hands["Anne"], away=slots[:2], rather_not=slots[5:6], by=world.actor("aude"), at=now())
    done = acts.plan_presence(made, by=world.actor("bruno"), at=now())
    held = {turn.slot.public_id: turn.hand.name for turn in PresenceTurn.objects.select_related("slot", "hand")}
    assert {held[slots[0]], held[slots[1]]} == {"Bob D."}
    assert done.proved[0] == {"name": "missing", "value": 0, "bound": 0}
    assert said(world, "projects.presence.planned")[0]["proven"] is True
    page = browser_of(world.aude).get(reverse("projects:presence", args=[made.public_id])).content.decode()
    assert "on ne peut pas mieux" in page
    slot = plan.slots.get(public_id=slots[0])
    fresh = PresencePlan.objects.get(project=made)
    acts.set_turn(slot, hand=hands["Anne"], wanted=True, version=fresh.version, by=world.actor("aude"), at=now())
    page = browser_of(world.bruno).get(reverse("projects:presence", args=[made.public_id])).content.decode()
    assert "Anne D. a dit ne pas pouvoir être là mardi 16 mars, de 9 h à 11 h." in page
    assert "1 personne de trop" in page
    assert "on ne peut pas mieux" not in page
    with pytest.raises(Stale):
        acts.set_turn(slot, hand=hands["Bob"], wanted=False, version=fresh.version, by=world.actor("bruno"), at=now())
    with pytest.raises(NotAllowed):
        acts.set_turn(slot, hand=hands["Anne"], wanted=False, version=99, by=world.actor("bruno"), at=now())
    assert said(world, "projects.presence.changed") == [{"on": True}]
    assert said(world, "projects.presence_hand.wished") == [{"away": 2, "rather_not": 1}]


def test_hours_and_people_are_written_by_those_who_may(world: World) -> None:
    made = opened(world, length=480)
    plan = PresencePlan.objects.get(project=made)
    assert [slot.end for slot in plan.slots.all()] == [1020, 1080] * 2
    with pytest.raises(NotAllowed):
        acts.open_stand(
            made, first=DAY, days=1, opens=540, closes=600, length=60, need=1, by=world.actor("bruno"), at=now()
        )
    with pytest.raises(acts.KnowWhat):
        acts.open_stand(
            made, first=DAY, days=1, opens=600, closes=540, length=60, need=1, by=world.actor("aude"), at=now()
        )
    with pytest.raises(Refusal, match="Trop"):
        acts.open_stand(
            made, first=DAY, days=20, opens=540, closes=1080, length=30, need=1, by=world.actor("aude"), at=now()
        )
    hand = acts.add_hand(made, name="Bob", by=world.actor("bruno"), at=now())
    with pytest.raises(acts.KnowWhat):
        acts.add_hand(made, name=" ", by=world.actor("bruno"), at=now())
    with pytest.raises(NotAllowed):
        acts.remove_hand(hand, by=world.actor("aude"), at=now())
    acts.remove_hand(hand, by=world.actor("bruno"), at=now())
    assert not PresenceHand.objects.exists()
    assert said(world, "projects.presence_hand.removed") == said(world, "projects.presence_hand.added")
    empty = project(world)
    with pytest.raises(acts.NobodyYet):
        acts.add_hand(empty, name="Anne", by=world.actor("aude"), at=now())


def test_the_pages_of_presence(world: World) -> None:
    made, browser = project(world), browser_of(world.aude)
    address = reverse("projects:presence", args=[made.public_id])
    assert "Écrire les heures" in browser.get(address).content.decode()
    hours = {"first": "2027-03-16", "days": "2", "opens": "9:00", "closes": "18:00", "length": "180", "need": "1"}
    hours |= {"in_row": "240", "day_most": "480"}
    opening = reverse("projects:presence_open", args=[made.public_id])
    assert browser.post(opening, {**hours, "opens": "tôt"}).status_code == 422
    assert browser.post(opening, hours).status_code == 302
    browser.post(reverse("projects:presence_hand", args=[made.public_id]), {"name": "Anne"})
    hand = PresenceHand.objects.get()
    own = reverse("projects:hand", args=[hand.public_id])
    slot = PresencePlan.objects.get().slots.first()
    assert slot is not None
    assert browser.post(own, {f"slot_{slot.public_id}": "away"}).status_code == 302
    assert browser.post(reverse("projects:presence_plan", args=[made.public_id])).status_code == 302
    assert "il manque 1 personne" in browser.get(address).content.decode()
    assert browser_of(world.bruno).get(own).status_code == 404

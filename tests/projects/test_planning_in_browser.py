"""A half-day of the timetable is dragged to another, and the page names what that breaks."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Browser, expect, sync_playwright

from cordee.ground.kit.clock import now
from cordee.projects import acts
from cordee.projects.models import SharedPerson, TimetableVisit
from tests.browser import CHROMIUM, FLAGS
from tests.people import browser_of, make_world
from tests.projects.test_timetable import shared, solved

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: the pages cannot be looked at")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def test_a_half_day_is_dragged(browser: Browser, live_server: Any) -> None:
    world = make_world()
    made = shared(world, halves=3)
    done, person = solved(world, made), SharedPerson.objects.get()
    first = TimetableVisit.objects.filter(timetable=done, seat=world.seats["bruno"]).earliest("slot").slot
    acts.note_leave(person, first=done.start, last=done.start, by=world.actor("aude"), at=now())
    free = next(slot for slot in range(9, 0, -1) if not TimetableVisit.objects.filter(slot=slot).exists())
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    session = browser_of(world.bruno).cookies["cordee_session"].value
    context.add_cookies([{"name": "cordee_session", "value": session, "url": live_server.url}])
    page = context.new_page()
    page.goto(live_server.url + reverse("projects:planning", args=[done.public_id]))
    expect(page.get_by_text("Avec une souris")).to_be_visible()
    page.locator(f"[data-slot='{first}']").drag_to(page.locator(f"[data-slot='{free}']"))
    expect(page.get_by_text("Changé à la main depuis le calcul")).to_be_visible()
    slots = set(TimetableVisit.objects.filter(timetable=done).values_list("slot", flat=True))
    assert free in slots
    assert first not in slots
    for name, where in (("planning", done.public_id), ("timetable", made.public_id)):
        page.goto(live_server.url + reverse(f"projects:{name}", args=[where]))
        assert [(each["id"], each["nodes"][0]["html"]) for each in Axe().run(page).response["violations"]] == []
        page.set_viewport_size({"width": 360, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, name
        page.set_viewport_size({"width": 1280, "height": 900})
    context.close()

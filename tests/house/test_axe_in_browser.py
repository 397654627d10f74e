"""Axe before the pages of the table of doors, on a telephone, light or dark: a new door is taken in by itself.

Each run looks at the same part of the pages, drawn by their names; `CORDEE_ALL_AXE=1` looks at all of them, both ways
and at both widths (some minutes). The markup of every page is read at each run by test_doors.py.
"""

import os
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.core.signals import request_finished
from django.db import close_old_connections, transaction
from django.urls import reverse
from playwright.sync_api import Page, Route, sync_playwright

from tests.browser import CHROMIUM, FLAGS
from tests.doors import Door
from tests.house.test_doors import all_doors
from tests.people import browser_of, make_world

pytestmark = pytest.mark.django_db
EVERYTHING = bool(os.environ.get("CORDEE_ALL_AXE"))
ONE_IN = 20
SITE = "http://testserver"
RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
LOOKS = [("light", 390), ("dark", 390), ("light", 1280), ("dark", 1280)]


def number(door: Door) -> int:
    return zlib.crc32(door.url.encode())


def drawn() -> list[Door]:
    """The pages that members see: all of them, or one in so many."""
    pages = [door for door in all_doors() if door.method == "get" and door.expect[0] == 200]
    return [door for door in pages if EVERYTHING or number(door) % ONE_IN == 0]


class Screen:
    """A page of Chromium that shows what the test client was answered, with our styles and no server."""

    def __init__(self, page: Page) -> None:
        self.page, self.body = page, b""
        page.route("**/*", self._answer)

    def _answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(SITE).partition("?")[0]
        if route.request.resource_type == "document":
            route.fulfill(body=self.body, content_type="text/html; charset=utf-8")
        elif path.startswith("/static/") and (found := finders.find(path.removeprefix("/static/"))):
            route.fulfill(path=Path(str(found)))
        else:
            route.fulfill(status=404, body="")

    def faults(self, body: bytes, theme: str, width: int) -> list[str]:
        """What axe says of a page, and whether it is wider than the screen."""
        self.body = body
        self.page.set_viewport_size({"width": width, "height": 844})
        self.page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
        self.page.goto(SITE)
        told = Axe().run(self.page, options={"runOnly": RULES, "resultTypes": ["violations"]}).response["violations"]
        found = [f"{theme} {width}: {each['id']}: {each['nodes'][0]['html'][:200]}" for each in told]
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        return found + ([f"{wide} px wide at {width} px"] if wide > width else [])


@pytest.fixture
def kept_open() -> Iterator[None]:
    """A file that is handed over ends a request when it is dropped; the connection stays for the next door."""
    request_finished.disconnect(close_old_connections)
    yield
    request_finished.connect(close_old_connections)


@pytest.fixture(scope="module")
def screen() -> Iterator[Screen]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: the pages cannot be looked at")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield Screen(browser.new_page())
        browser.close()


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_axe_has_nothing_to_say(screen: Screen, kept_open: None) -> None:
    wrong = []
    for door in drawn():
        with transaction.atomic():
            world = make_world()
            answer = browser_of(world.aude).get(reverse(door.url, args=door.make(world)))
            transaction.set_rollback(True)
        if not answer.get("Content-Type", "").startswith("text/html"):
            continue
        looks = LOOKS if EVERYTHING else [LOOKS[number(door) // ONE_IN % 2]]
        for theme, width in looks:
            wrong += [f"{door.url} {each}" for each in screen.faults(answer.content, theme, width)]
    assert wrong == []

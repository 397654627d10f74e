"""The gallery and the doors in a real browser: nothing for axe to say, no sideways scroll, a focus one can see."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

from tests.browser import CHROMIUM, FLAGS
from tests.desk.test_today import ask, owe
from tests.people import browser_of, make_world

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = ("/", "/dev/galerie", "/compte/login/", "/nulle-part")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: the pages cannot be looked at")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 360)])
def test_pages_are_accessible_and_fit(
    browser: Browser, live_server: Any, settings: Any, theme: str, width: int
) -> None:
    settings.MAILBOX_OPEN = True
    context = browser.new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce")
    context.add_cookies([{"name": "cordee_theme", "value": theme, "url": live_server.url}])
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    for address in PAGES:
        page.goto(live_server.url + address)
        found = Axe().run(page).response["violations"]
        assert [(address, each["id"], each["nodes"][0]["html"]) for each in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    assert [line for line in said if "404" not in line] == []
    context.close()


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 360)])
def test_today_is_accessible_and_fits(browser: Browser, live_server: Any, theme: str, width: int) -> None:
    world = make_world()
    ask(world.grouping, world.seats["aude"], "Choisir l’assurance décennale du groupement", days=1)
    owe(world.seats["bruno"], world.seats["aude"])
    session = browser_of(world.bruno).cookies["cordee_session"].value
    context = browser.new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce")
    cookies = {"cordee_theme": theme, "cordee_session": session}
    context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()])
    page = context.new_page()
    for address in ("/", f"/groupements/{world.grouping.public_id}/", "/decisions/", "/engagements/", "/comptes/"):
        page.goto(live_server.url + address)
        found = Axe().run(page).response["violations"]
        assert [(address, each["id"], each["nodes"][0]["html"]) for each in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    context.close()


def test_the_keyboard_skips_to_the_content_and_shows_where_it_is(browser: Browser, live_server: Any) -> None:
    page = browser.new_page()
    page.goto(f"{live_server.url}/compte/login/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "cd-skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "id_email"
    outline = page.evaluate("getComputedStyle(document.querySelector('#id_email')).outlineStyle")
    ring = page.evaluate("getComputedStyle(document.querySelector('#id_email')).boxShadow")
    assert outline != "none" or ring != "none"
    page.close()


def test_a_refused_fragment_and_a_cut_line_are_said_and_the_page_stays(browser: Browser, live_server: Any) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{live_server.url}/compte/login/")
    page.fill("#id_email", "claire@")
    page.evaluate("htmx.ajax('GET', '/nulle-part', '#contenu h1')")
    page.wait_for_selector("#notes [role=alert]")
    assert "n’existe pas" in page.inner_text("#notes")
    context.set_offline(True)
    page.evaluate("htmx.ajax('GET', '/a-propos', '#contenu h1').catch(() => null)")
    page.wait_for_selector("#notes [data-again]")
    assert "Rien n’est perdu" in page.inner_text("#notes")
    assert page.input_value("#id_email") == "claire@"
    context.close()

"""At the fair, on a phone, with the network cut: nothing is lost, nothing is counted twice."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Browser, expect, sync_playwright

from cordee.projects.models import Lead
from tests.browser import CHROMIUM, FLAGS
from tests.people import browser_of, make_world
from tests.projects.tools import project

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: the pages cannot be looked at")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def test_contacts_are_noted_without_network_and_sent_once(browser: Browser, live_server: Any) -> None:
    world = make_world()
    made = project(world)
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    session = browser_of(world.bruno).cookies["cordee_session"].value
    context.add_cookies([{"name": "cordee_session", "value": session, "url": live_server.url}])
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(live_server.url + reverse("projects:fair", args=[made.public_id]))
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.locator("[data-ready]")).to_be_visible()

    def note(name: str, about: str = "") -> None:
        page.locator("#id_name").fill(name)
        page.locator("#id_reach").fill("06 12 34 56 78")
        if about:
            page.get_by_label(about).check()
        page.locator("#id_shared").check()
        page.get_by_role("button", name="Noter ce contact").click()

    waiting = page.locator("[data-waiting]")
    note("Anne Soler")
    expect(page.get_by_text("C’est noté et envoyé")).to_be_visible()
    expect(waiting).to_be_hidden()

    context.set_offline(True)
    page.reload()  # the whole page, without network
    for number in range(3):
        note(f"Visiteur {number}", about="Menuiserie Lambert")
    expect(waiting).to_contain_text("3")
    page.reload()
    expect(waiting).to_contain_text("3")  # the phone was put away and taken out again
    assert Lead.objects.count() == 1

    # The answer is lost on the way: the device sends again, and the site knows the keys.
    lost = {"left": 1}

    def drop(route: Any) -> None:
        if lost["left"]:
            lost["left"] -= 1
            route.fetch()
            route.abort()
        else:
            route.continue_()

    context.route("**/contacts/recevoir", drop)
    with page.expect_event("requestfailed", lambda request: request.url.endswith("recevoir")):
        context.set_offline(False)
    expect(waiting).to_contain_text("3")
    assert Lead.objects.count() == 4
    page.get_by_role("button", name="Envoyer").click()
    expect(waiting).to_be_hidden()
    assert Lead.objects.count() == 4
    about = {lead.name: [seat.pk for seat in lead.about.all()] for lead in Lead.objects.all()}
    assert about == {"Anne Soler": [], **{f"Visiteur {number}": [world.seats["aude"].pk] for number in range(3)}}

    # Signed out meanwhile: said, and kept.
    context.clear_cookies()
    note("Dernier visiteur")
    expect(page.get_by_text("Vous n’êtes plus connecté")).to_be_visible()
    expect(waiting).to_contain_text("1")
    assert wrong == []
    context.close()

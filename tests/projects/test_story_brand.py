"""On a phone: a company is looked at point by point with a photo, and takes its part of an order."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect, sync_playwright

from cordee.ground.kit.clock import now
from cordee.ground.people.models import Person
from cordee.projects import acts
from cordee.projects.reads import start_of
from tests.browser import CHROMIUM, FLAGS
from tests.people import browser_of, make_world
from tests.projects.branding import a_brand, a_pool, actor_of, an_order_rule, photo, rules_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: the pages cannot be looked at")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def phone_of(browser: Browser, person: Person, url: str) -> Page:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    session = browser_of(person).cookies["cordee_session"].value
    context.add_cookies([{"name": "cordee_session", "value": session, "url": url}])
    return context.new_page()


def looked_at(page: Page, address: str, *, axe: bool = True) -> None:
    page.goto(address)
    if axe:
        wrong = Axe().run(page).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"][:200]) for each in wrong] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_brand_is_audited_and_an_order_shared(browser: Browser, live_server: Any) -> None:
    world, site = make_world(), live_server.url
    made = a_brand(world)
    rules_of(world, made)
    acts.add_brand_file(made, title="Logo", kind="logo", upload=photo("logo.jpg"), by=world.actor("aude"), at=now())
    filed = {"name": "Pierre & Bois d’Oc", "kind": "collective", "filed_on": now().date()}
    acts.describe_brand(made, values=filed, version=0, by=world.actor("aude"), at=now())
    licence = acts.ask_licence(made, scope="Toitures en tuiles", by=world.actor("bruno"), at=now())

    aude = phone_of(browser, world.aude, site)
    for end in ("", "_rules", "_propose", "_files", "_sign", "_apply"):
        looked_at(aude, site + reverse(f"projects:brand{end}", args=[made.public_id]), axe=end in ("_sign", "_propose"))
    looked_at(aude, site + reverse("projects:licence", args=[licence.public_id]))
    aude.get_by_role("button", name="Commencer un audit").click()
    for point in ("Devis écrit", "Logo de la bibliothèque", "Chantier propre"):
        card = aude.locator("section").filter(has=aude.get_by_role("heading", name=point))
        card.get_by_label("Tenu", exact=True).check()
        card.locator("input[type=file]").set_input_files(
            {"name": "vue.jpg", "mimeType": "image/jpeg", "buffer": photo().read()}
        )
        card.get_by_role("button", name="Noter ce point").click()
        expect(card.locator(".cd-verdict")).to_be_visible()
    looked_at(aude, aude.url)
    aude.get_by_role("button", name="Clore l’audit").click()
    expect(aude.get_by_text("100\u202f%")).to_be_visible()

    pool, neutral = a_pool(world)
    for name, figure in (("aude", 60), ("bruno", 40), ("denis", 20)):
        day = start_of(pool, now().date())
        acts.declare_capacity(pool, figures={day: figure}, by=actor_of(world, name), at=now())
    an_order_rule(world, pool.project)
    for person in (neutral, world.aude):
        page = phone_of(browser, person, site)
        looked_at(page, site + reverse("projects:capacity", args=[pool.project.public_id]))
        if person == neutral:
            page.get_by_role("button", name="Dire à tous").first.click()
            expect(page.get_by_role("cell", name="120")).to_be_visible()
            page.get_by_text("Entrer une commande").click()
            page.get_by_label("Commande", exact=True).fill("Palettes de tuiles")
            page.get_by_label("Quantité").fill("30")
            page.get_by_label("À faire le").fill(now().date().isoformat())
            page.get_by_role("button", name="Partager par la règle").click()
    bruno = phone_of(browser, world.bruno, site)
    looked_at(bruno, site + reverse("projects:capacity", args=[pool.project.public_id]))
    bruno.get_by_role("button", name="Accepter").click()
    expect(bruno.get_by_text("Vous · acceptée")).to_be_visible()
    expect(bruno.get_by_text("Les autres ensemble").last).to_be_visible()

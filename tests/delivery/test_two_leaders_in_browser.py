"""Two leaders move the same card at once, each in their own browser: one is told, with both versions and a way on."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect, sync_playwright

from cordee.delivery.models import WorkItem
from cordee.ground.kit.clock import now
from cordee.ground.people.acts import make_link
from cordee.ground.people.reads import link_address, token
from tests.browser import CHROMIUM, FLAGS
from tests.delivery.building import card, link_to, lot, shown, site
from tests.people import World, make_world

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: two leaders need two browsers")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def entering(browser: Browser, person: Any, width: int) -> Page:
    """A browser of one's own, signed in by a link."""
    page = browser.new_context(viewport={"width": width, "height": 850}, locale="fr-FR").new_page()
    page.goto(link_address(make_link(person, purpose="sign_in", subject=person, at=now()), "people:enter"))
    page.get_by_role("button", name=re.compile("Entrer")).first.click()
    page.wait_for_url(re.compile(r"/$"))
    return page


def test_two_leaders_one_card_then_the_client_answers(browser: Browser, live_server: Any, settings: Any) -> None:
    settings.SITE_URL = live_server.url
    world: World = make_world()
    made = site(world, at=now())
    walls = lot(world, made, "bruno", "Murs", client_title="Vos murs")
    item = card(world, walls, None, "Monter le pignon")
    board = live_server.url + reverse("delivery:board", args=[made.public_id])
    bruno, denis = entering(browser, world.bruno, 1280), entering(browser, world.seats["denis"].holder, 390)
    for page in (bruno, denis):  # both look at the same board
        page.goto(board)
    bruno.get_by_role("button", name=re.compile("Je m’en charge")).click()
    expect(bruno.get_by_text("Votre entreprise porte cette carte.")).to_be_visible()
    denis.get_by_role("button", name=re.compile("Je m’en charge")).click()
    expect(denis.get_by_text(re.compile("Charpente Masson vient de changer cette carte"))).to_be_visible()
    expect(denis.get_by_text("Rien de ce que vous avez fait n’a été enregistré")).to_be_visible()
    told = denis.get_by_role("table", name="Les deux versions")
    expect(told).to_contain_text("Charpente Masson")
    denis.get_by_role("link", name="Revenir").click()
    expect(denis.get_by_role("region", name="Le tableau")).to_contain_text("Charpente Masson")
    assert WorkItem.objects.get(pk=item.pk).seat == world.seats["bruno"]

    # With the mouse, from column to column; a second window that still shows the old board is told.
    stale = bruno.context.new_page()
    for page in (bruno, stale):
        page.goto(board)
        expect(page.get_by_text("Avec une souris, faites glisser")).to_be_visible()
    kard = f"[data-card='{item.public_id}']"
    bruno.locator(kard).drag_to(bruno.locator("[data-column=done]"))  # one column at a time: nothing is sent
    assert bruno.locator("[data-column=planned]").locator(kard).count() == 1
    bruno.locator(kard).drag_to(bruno.locator("[data-column=doing]"))
    expect(bruno.locator("[data-column=doing]").locator(kard)).to_be_visible()
    stale.locator(kard).drag_to(stale.locator("[data-column=doing]"))
    expect(stale.get_by_text(re.compile("vient de changer cette carte"))).to_be_visible()
    bruno.get_by_label("Déplacer vers").select_option("planned")  # the same by the keyboard, back too
    bruno.get_by_role("button", name="Déplacer").click()
    expect(bruno.locator("[data-column=planned]").locator(kard)).to_be_visible()

    shown(world, walls, "bruno", "Le pignon")
    client = browser.new_context(viewport={"width": 390, "height": 850}, locale="fr-FR").new_page()
    client.goto(f"{live_server.url}{reverse('delivery:portal', args=[token(link_to(made, now()))])}")
    expect(client.get_by_text("Ce n’est pas la réception des travaux")).to_be_visible()
    client.get_by_role("button", name="Valider sans réserve").click()
    expect(client.get_by_text("Votre réponse est notée.")).to_be_visible()
    assert made.deliverables.get().state == "accepted"
    assert client.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")

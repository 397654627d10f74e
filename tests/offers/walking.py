"""Leaders in their browsers, for the stories of joint bids."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import CHROMIUM, FLAGS
from tests.people import World, browser_of

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


@dataclass
class Walk:
    """The site, who walks in it, and what was noticed on the way."""

    site: str
    browser: Browser
    pages: dict[str, Page] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def enter(self, name: str, person: Any, *, phone: bool = False) -> Page:
        """Somebody who is signed in already."""
        context = self.browser.new_context(viewport=PHONE if phone else WIDE, locale="fr-FR")
        cookie = browser_of(person).cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": self.site}])
        page = context.new_page()
        page.on("console", lambda message: self.wrong.append(message.text) if message.type == "error" else None)
        self.pages[name] = page
        return page

    def stranger(self, name: str) -> Page:
        """Somebody without an account."""
        self.pages[name] = self.browser.new_context(viewport=PHONE, locale="fr-FR").new_page()
        return self.pages[name]

    def go(self, name: str, path: str) -> Page:
        page = self.pages[name]
        page.goto(path if path.startswith("http") else self.site + path)
        return page

    def look(self, name: str, what: str) -> None:
        """Nothing for axe to say, nothing that scrolls sideways on a phone."""
        page = self.pages[name]
        for each in Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]:
            self.wrong.append(f"{what}: {each['id']}: {each['nodes'][0]['html'][:200]}")
        size = page.viewport_size
        page.set_viewport_size({"width": 360, "height": 800})
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > 360:
            self.wrong.append(f"{what}: {wide} px wide at 360 px")
        page.set_viewport_size(size or WIDE)  # type: ignore[arg-type]

    def press(self, name: str, words: str) -> Page:
        page = self.pages[name]
        page.get_by_role("button", name=re.compile(re.escape(words))).first.click()
        return page


def walk_in(site: str) -> Iterator[Walk]:
    """A browser for one story."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: the story is told in a browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield Walk(site, browser)
        browser.close()


def answer_note(walk: Walk, name: str, world: World, path: str, members: tuple[str, ...]) -> None:
    """Fill in the twelve points, as three complementary companies do."""
    page = walk.go(name, path + "/note")
    page.get_by_label("1. Le marché").fill("Collecte et travaux, Hérault et Gard")
    page.get_by_label("2. Des membres").select_option("none")
    page.get_by_label("4. Un groupe plus petit").select_option("no")
    page.locator("[name=smaller_why]").fill("Trois métiers différents.")
    page.locator("[name=share]").fill("3")
    page.locator("[name=rivals_left]").fill("9")
    page.locator("[name=gains]").fill("Un seul interlocuteur, deux mois de moins.")
    page.locator("[name=information]").fill("Les plannings ; les prix, à l’assembleur seul.")
    page.locator("[name=free]").select_option("yes")
    page.locator("[name=limited]").select_option("yes")
    for member in members:
        seat = world.seats[member].public_id
        page.locator(f"[name=alone_{seat}]").select_option("no")
        page.locator(f"[name=why_{seat}]").fill("Trop petite.")
    walk.press(name, "Enregistrer la note")


def sign_notes(walk: Walk, path: str, members: tuple[str, ...]) -> None:
    for member in members:
        walk.go(member, path + "/note")
        walk.press(member, "Signer la note")


def price(walk: Walk, name: str, lines: list[tuple[str, str, str]]) -> None:
    """From the page of the bid: my prices, line by line."""
    page = walk.pages[name]
    page.get_by_role("link", name=re.compile("Mes prix")).first.click()
    for number, (label, quantity, unit) in enumerate(lines):
        page.locator(f"[name=label_{number}]").fill(label)
        page.locator(f"[name=quantity_{number}]").fill(quantity)
        page.locator(f"[name=price_{number}]").fill(unit)
    walk.press(name, "Garder ces prix")

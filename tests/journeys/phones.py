"""Telephones around a groupement: what a page refuses, in words and with a way out, and what it lets one do."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from playwright.sync_api import Page, expect

from cordee.ground.kit.clock import now
from cordee.groupings.models import Grouping
from tests import factories
from tests.journeys.story import PHONE
from tests.journeys.together import again
from tests.offers.walking import Walk
from tests.people import World


@dataclass
class Phones:
    """Aude leads, Bruno is a member, Chloé is elsewhere: each with a telephone; one groupement after the other."""

    walk: Walk
    world: World
    refused: list[str] = field(default_factory=list)

    def table(self, stage: str, *names: str, **fields: Any) -> World:
        """The same people around another groupement."""
        grouping = factories.grouping(stage=stage, end_condition="En 2030.", necessity="Le volume.", **fields)
        Grouping.objects.filter(pk=grouping.pk).update(stage_since=now() - timedelta(days=30))
        seats = {"chloe": self.world.seats["chloe"]}
        for name in names or ("aude", "bruno", "denis", "emma"):
            seat = self.world.seats[name]
            seats[name] = factories.seat(grouping, seat.holder, company=seat.company)
        factories.office(seats["aude"], "facilitator")
        return replace(self.world, grouping=again(grouping), seats=seats)

    def at(self, name: str, world: World, page: str = "etapes") -> Page:
        """A page of the groupement, on somebody's telephone."""
        opened = self.walk.go(name, f"/groupements/{world.grouping.public_id}/{page}")
        assert opened.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], opened.url
        return opened

    def reads(self, name: str, *words: str) -> None:
        for each in words:
            expect(self.walk.pages[name].locator("main")).to_contain_text(each)

    def press(self, name: str, words: str, *read: str) -> None:
        """Press a button, then read what the page says."""
        self.walk.pages[name].get_by_role("button", name=words, exact=True).first.click()
        self.reads(name, *read)

    def told_no(self, name: str, what: str, *words: str) -> None:
        """The page says no: a sentence, and a way out that opens."""
        page = self.walk.pages[name]
        self.reads(name, *words)
        expect(page.locator("[role=alert]").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], what
        way = page.get_by_role("link", name="Revenir", exact=True)
        if way.count():
            way.click()
            expect(page.locator("main h1")).not_to_have_text("Page introuvable")
        else:  # a form that keeps what was typed
            expect(page.locator("main form").first).to_be_visible()
        self.refused.append(what)

    def waits(self, name: str, what: str, *words: str, button: str) -> None:
        """The page says what is missing and where it is done, and shows no button that would be refused."""
        page = self.walk.pages[name]
        self.reads(name, *words)
        expect(page.get_by_role("button", name=button, exact=True)).to_have_count(0)
        self.refused.append(what)

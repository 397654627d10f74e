"""From a notice to a signed, settled, verified groupement: five leaders, each in their own browser, one by phone."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser import CHROMIUM, FLAGS
from tests.conftest import SHARED_DATA
from tests.journeys.story import Story, directory, gather, notice, post, press, sees, work

pytestmark = pytest.mark.django_db(transaction=True)
MEMBERS = ("Claire", "Yann", "Nadia", "Daniel")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: the story is told in a browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def story(browser: Browser, live_server: Any, settings: Any, mailbox: None) -> Iterator[Story]:
    settings.SITE_URL = live_server.url
    directory()
    yield from gather(browser, live_server.url)


def test_from_a_notice_to_a_verified_groupement(story: Story, tmp_path: Path) -> None:
    claire_enters_with_a_code(story)
    claire_brings_a_notice(story)
    claire_finds_teams(story)
    claire_opens_an_exchange_with_the_best(story)
    three_accept_and_marc_declines(story)
    assert story.said == []
    assert story.wrong == []


def claire_enters_with_a_code(story: Story) -> None:
    (claire,) = story.who("Claire")
    page = story.go(claire, "/compte/login/")
    story.look(claire, "login")
    page.get_by_label("Adresse e-mail").fill(claire.email)
    press(claire, "Recevoir")
    code = re.search(r"^\d{6}$", story.mail(claire, "").text, flags=re.M)
    assert code
    page.get_by_label("Code").fill(code[0])
    press(claire, "Valider le code")
    page.wait_for_url(f"{story.site}/")
    story.look(claire, "today")


def claire_brings_a_notice(story: Story) -> None:
    (claire,) = story.who("Claire")
    page = story.go(claire, "/occasions/")
    story.look(claire, "occasions, none")
    story.go(claire, "/occasions/nouvelle")
    story.look(claire, "bring a notice")
    name, content = notice(SHARED_DATA)
    page.locator("input[type=file]").set_input_files([{"name": name, "mimeType": "text/xml", "buffer": content}])
    press(claire, "Lire cet avis")
    sees(claire, "L’avis est lu.", "Avec qui répondre ?")
    expect(page.get_by_role("heading", name=re.compile(r"Les \d+ lots"))).to_be_visible()
    story.look(claire, "need")


def claire_finds_teams(story: Story) -> None:
    (claire,) = story.who("Claire")
    press(claire, "Chercher des équipes")
    sees(claire, "Votre recherche va commencer.")
    story.look(claire, "search under way")
    work()
    expect(claire.page.get_by_role("heading", name=re.compile("possible"))).to_be_visible()  # by itself
    story.look(claire, "teams")


def claire_opens_an_exchange_with_the_best(story: Story) -> None:
    (claire,) = story.who("Claire")
    print(claire.page.inner_text("main"))
    press(claire, "Ouvrir un échange avec cette équipe")
    sees(claire, "L’échange est ouvert.")
    found = re.search(r"/groupements/([^/]+)/membres", claire.page.url)
    assert found
    story.grouping = found[1]
    print(claire.page.inner_text("main"))
    story.look(claire, "members")


def three_accept_and_marc_declines(story: Story) -> None:
    post()
    for leader in story.who("Marc", "Yann", "Nadia", "Daniel"):
        print(leader.name, story.link(leader, "vous invite"))

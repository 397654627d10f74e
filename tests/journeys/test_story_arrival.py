"""On a telephone: an existing groupement comes in, each confirms by a link; mandates are given, used and refused."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from cordee.governance.acts import propose_resolution
from cordee.ground.kit.clock import now
from cordee.ground.people.acts import make_link
from cordee.ground.people.models import Person
from cordee.ground.people.reads import link_address
from cordee.groupings.models import Grouping, Seat
from cordee.groupings.reads import actor_for
from cordee.journeys.tasks import tick
from tests import factories
from tests.browser import CHROMIUM, FLAGS
from tests.groupings.invited import link_of
from tests.journeys.test_arrival import LINES, a_pdf

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: the story is told in a browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def signed_in(browser: Browser, site: str, person: Person) -> Page:
    page = browser.new_context(viewport=PHONE, locale="fr-FR").new_page()  # type: ignore[arg-type]
    page.goto(link_address(make_link(person, purpose="sign_in", subject=person, at=now()), "people:enter"))
    page.get_by_role("button", name="Entrer").click()
    page.wait_for_url(f"{site}/")
    return page


def fits(page: Page) -> None:
    """Nothing is wider than the telephone."""
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], page.url


def test_a_groupement_comes_in_and_its_mandates_hold(
    browser: Browser, live_server: Any, settings: Any, tmp_path: Path
) -> None:
    settings.SITE_URL = live_server.url
    claire = factories.person("Claire Fabrègues")
    factories.company("Menuiserie Fabrègues", leader=claire)
    scan = tmp_path / "convention.pdf"
    scan.write_bytes(a_pdf())
    page = signed_in(browser, live_server.url, claire)
    comes_in(page, live_server.url, scan)
    grouping = Grouping.objects.get()
    each_confirms(browser, live_server.url, grouping)
    tick(at=now())
    assert Grouping.objects.get().stage == "committed"
    page.goto(f"{live_server.url}/comptes/")
    page.get_by_text("Soldes repris").first.wait_for()
    gives_a_mandate(page, f"{live_server.url}/groupements/{grouping.public_id}", scan)
    the_substitute_votes_within_it(browser, live_server.url, grouping, claire)


def comes_in(page: Page, site: str, scan: Path) -> None:
    page.goto(f"{site}/groupements/")
    page.get_by_role("link", name="Reprendre un groupement qui existe").click()
    fits(page)
    page.get_by_label("Nom du groupement").fill("Bois & Pierre")
    page.get_by_label("Ce que vous faites ensemble").fill("Répondre ensemble aux chantiers anciens.")
    members = LINES.format(roques=factories.siren(552_100))
    page.get_by_label("Les autres membres").fill(members.replace("marc@larzac.example", "marc chez larzac"))
    page.get_by_label("Solde de votre entreprise").fill("1 000")
    page.get_by_label("D’où viennent ces règles").fill("Convention, article 9")
    page.get_by_role("button", name="Reprendre ce groupement").click()
    page.get_by_text("Ligne 3").first.wait_for()  # the wrong line is said; what was typed is still there
    fits(page)
    page.get_by_label("Les autres membres").fill(members)
    page.get_by_role("button", name="Reprendre ce groupement").click()
    page.get_by_text("Joignez-la, ou choisissez").wait_for()  # committed, and nothing signed is joined
    page.get_by_label("Type de document").first.select_option("gme_conjoint")
    page.get_by_label("Signé le").first.fill("2021-03-12")
    page.get_by_label("Le scan, en PDF").first.set_input_files(scan)
    page.get_by_label("J’atteste que").check()
    page.get_by_role("button", name="Reprendre ce groupement").click()
    page.get_by_text("Chaque dirigeant reçoit un lien").wait_for()


def each_confirms(browser: Browser, site: str, grouping: Grouping) -> None:
    for asked in grouping.invitations.order_by("pk"):
        page = browser.new_context(viewport=PHONE, locale="fr-FR").new_page()  # type: ignore[arg-type]
        page.goto(link_address(link_of(asked), "groupings:invitation"))
        page.get_by_text("Ce qui est déclaré").wait_for()
        fits(page)
        page.get_by_role("button", name="Confirmer").click()
        page.get_by_text("C’est noté").wait_for()


def gives_a_mandate(page: Page, home: str, scan: Path) -> None:
    page.goto(f"{home}/membres")
    page.get_by_role("link", name="Suppléants et mandats").click()
    fits(page)

    def give(paper: Path | None) -> None:
        page.get_by_label("Adresse e-mail").fill("sophie@menuiserie.example")
        page.get_by_label("Prénom et nom").fill("Sophie Arnal")
        page.get_by_label("Jusqu’à combien d’euros").fill("5 000")
        if paper:
            page.get_by_label("La délégation écrite").set_input_files(paper)
        page.get_by_role("button", name="Donner ce mandat").click()

    give(None)
    page.get_by_text("Il manque l’écrit.").wait_for()
    page.goto(f"{home}/mandats")
    give(scan)
    page.get_by_text("Le mandat est donné").wait_for()
    fits(page)


def the_substitute_votes_within_it(browser: Browser, site: str, grouping: Grouping, claire: Person) -> None:
    seat = Seat.objects.get(grouping=grouping, holder=claire)
    sophie = Person.objects.get(email="sophie@menuiserie.example")
    page, by, at = signed_in(browser, site, sophie), actor_for(claire, seat), now()
    closes = at.replace(hour=12) + (factories.AT - factories.AT.replace(day=3))
    for title, cents in (("Une benne", 400_000), ("Un camion", 900_000)):
        made = propose_resolution(
            grouping, title=title, text="Achetons.", decision_type="budget", closes_at=closes, cents=cents, by=by, at=at
        )
        page.goto(f"{site}/decisions/{made.public_id}")
        fits(page)
        page.get_by_role("button", name="Pour Je suis d’accord").click()
        said = "C’est noté" if cents < 500_000 else "Votre mandat s’arrête à"
        page.get_by_text(said).first.wait_for()

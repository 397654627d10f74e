"""On a phone: a study is promised and launched, an opportunity noted in seconds; every page is light and readable."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect, sync_playwright

from cordee.ground.kit.clock import now
from cordee.projects import acts
from cordee.projects.models import StudyFund, Tranche
from tests.browser import CHROMIUM, FLAGS
from tests.people import browser_of, make_world
from tests.projects.studying import (
    PLEDGED,
    a_call,
    a_fund,
    a_prospect,
    a_sale,
    a_study,
    a_tranche,
    last_month,
    released,
)

pytestmark = pytest.mark.django_db(transaction=True)
MOST = 12


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: the pages cannot be looked at")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def good(page: Page) -> None:
    """Readable by all, nothing beyond the edge of a phone."""
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_study_and_a_sale_are_walked_on_a_phone(browser: Browser, live_server: Any) -> None:
    world = make_world()
    study, sale = a_study(world), a_sale(world)
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    session = browser_of(world.aude).cookies["cordee_session"].value
    context.add_cookies([{"name": "cordee_session", "value": session, "url": live_server.url}])
    page = context.new_page()

    def go(name: str, public_id: str) -> None:
        page.goto(live_server.url + reverse(f"projects:{name}", args=[public_id]))

    go("providers", study.public_id)
    page.get_by_label("Ce que vous demandez").fill("Essais de collage à froid.")
    page.get_by_label("Réponses jusqu’au").fill("2090-01-01")
    page.get_by_role("button", name="Enregistrer").click()
    for provider, price in (("Labo Sud", "24 000"), ("Cetim", "31 000")):
        page.get_by_label("Prestataire", exact=True).fill(provider)
        page.get_by_label("Prix hors taxes").fill(price)
        page.get_by_label("Durée en semaines").fill("12")
        page.get_by_role("button", name="Ajouter").click()
    expect(page.get_by_text("+29")).to_be_visible()
    page.get_by_label("Labo Sud", exact=True).select_option("4")
    page.get_by_role("button", name="Noter : Labo Sud".replace(" :", "\u00a0:")).click()
    good(page)
    page.get_by_role("button", name="Mettre au vote").click()
    expect(page.get_by_text("Les offres sont au vote")).to_be_visible()

    go("pledges", study.public_id)
    page.get_by_label("Seuil, hors taxes").fill("20 000")
    page.get_by_label("Promesses jusqu’au").fill("2090-01-01")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_label("Votre promesse, hors taxes").fill("20 000")
    page.get_by_role("button", name="Promettre").click()
    expect(page.get_by_text("chaque promesse engage")).to_be_visible()
    page.get_by_text("Prévoir une tranche").click()
    page.get_by_label("Tranche", exact=True).fill("Essais")
    page.get_by_label("Montant hors taxes").fill("15 000")
    page.get_by_label("Ce qu’elle livre").fill("Un rapport")
    page.get_by_label("Livré le").fill("2090-02-01")
    page.get_by_role("button", name="Ajouter").click()
    page.get_by_role("button", name="Mettre au vote").click()
    expect(page.get_by_role("link", name="Voter")).to_be_visible()
    good(page)
    assert Tranche.objects.get().state == Tranche.State.VOTING
    assert StudyFund.objects.get().state == StudyFund.State.REACHED
    go("results", study.public_id)
    good(page)

    go("opportunity_new", sale.public_id)
    page.get_by_label("Client").fill("Mairie de Soubès")
    page.get_by_label("Montant espéré").fill("12 000")
    page.get_by_role("button", name="Noter", exact=True).click()
    expect(page.get_by_text("C’est noté")).to_be_visible()
    page.get_by_role("link", name="Ouvrir").click()
    good(page)
    page.get_by_label("Étape").select_option("won")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("region", name="Le tableau")).to_contain_text("Mairie de Soubès")
    good(page)
    go("sales", sale.public_id)
    page.get_by_label("Combien de temps").select_option("120")
    page.get_by_role("button", name="Noter", exact=True).click()
    expect(page.get_by_text("Temps noté")).to_be_visible()
    good(page)
    context.close()


def test_the_pages_ask_little_of_the_database() -> None:
    at, world = now(), make_world()
    fund = a_fund(world, PLEDGED, at=at)
    for _each in range(3):
        a_tranche(world, fund, 500_000, at=at)
    released(world, fund.tranches.select_related("fund__project__grouping").first(), at=at)  # type: ignore[arg-type]
    call = a_call(world, fund.project, at=at)
    for number in range(4):
        acts.note_offer(call, provider=f"P{number}", cents=100, weeks=2, by=world.actor("aude"), at=at)
    sale = a_sale(world, at=at)
    for number in range(6):
        a_prospect(world, sale, client=f"C{number}", cents=100, at=at)
    client = browser_of(world.aude)
    wanted = [("providers", fund.project), ("pledges", fund.project), ("results", fund.project), ("pipeline", sale)]
    addresses = [reverse(f"projects:{name}", args=[made.public_id]) for name, made in wanted]
    addresses += [f"{reverse('projects:sales', args=[sale.public_id])}?mois={last_month(at):%Y-%m}"]
    addresses += [reverse("projects:opportunity", args=[sale.opportunities.first().public_id])]
    addresses += [reverse("money:project_costs", args=[world.grouping.public_id])]
    asked = {}
    for address in addresses:
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        asked[address.split("/")[-1]] = len(found)
    assert {name: count for name, count in asked.items() if count > MOST} == {}

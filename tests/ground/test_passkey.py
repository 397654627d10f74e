"""The way in through a real browser: an account, a wrong code, the right one, a passkey, out, and in by passkey."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright

from cordee.ground.messages.models import MailboxItem
from tests.browser import CHROMIUM, FLAGS

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page() -> Iterator[Page]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: the passkey flow needs one")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 390, "height": 800})
        page.set_default_timeout(15_000)
        wires = page.context.new_cdp_session(page)
        wires.send("WebAuthn.enable")
        device = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
        device |= {"isUserVerified": True, "automaticPresenceSimulation": True}
        wires.send("WebAuthn.addVirtualAuthenticator", {"options": device})
        yield page
        browser.close()


def last_code() -> str:
    found = re.search(r"^\d{6}$", MailboxItem.objects.latest("pk").text, flags=re.M)
    assert found, "no code in the last mail"
    return found[0]


def test_an_account_then_a_passkey(page: Page, live_server: Any, settings: Any) -> None:
    settings.EMAIL_BACKEND = "cordee.ground.messages.mailbox.MailboxBackend"
    site = live_server.url.replace("127.0.0.1", "localhost")  # a passkey wants a name, not a number
    page.goto(f"{site}/compte/signup/")
    page.get_by_label("Prénom et nom").fill("Claire Fabrègues")
    page.get_by_label("Adresse e-mail").fill("claire@fabregues.example")
    page.get_by_role("button", name="Créer mon compte").click()
    page.wait_for_url(f"{site}/compte/confirm-email/")
    code = last_code()
    page.get_by_label("Code").fill("000000" if code != "000000" else "111111")
    page.get_by_role("button", name="Valider le code").click()
    assert "demandez-en un autre" in page.get_by_role("alert").inner_text()
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Valider le code").click()
    page.wait_for_url(f"{site}/")

    page.goto(f"{site}/compte/")
    page.get_by_role("link", name="Ajouter", exact=True).click()
    page.get_by_label("Nom de la clé").fill("Téléphone de Claire")
    page.get_by_role("button", name="Créer la clé").click()
    page.get_by_role("button", name="Utiliser ma clé d’accès").click()  # the spare codes are shown to the key only
    page.wait_for_url(re.compile("recovery-codes/$"))
    assert page.get_by_role("heading", name="Codes de secours").is_visible()
    page.goto(f"{site}/compte/")
    assert "1 clé" in page.locator("main").inner_text()

    page.get_by_role("button", name="Se déconnecter").click()
    page.goto(f"{site}/compte/login/")
    page.get_by_role("button", name="Entrer avec ma clé d’accès").click()
    page.wait_for_url(f"{site}/")
    assert page.get_by_role("link", name="Mon compte, Claire Fabrègues").is_visible()

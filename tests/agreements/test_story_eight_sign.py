"""A convention of eight companies: signed by all eight from their telephone, sealed, verified by three readers."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import pem, x509
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from cordee.agreements import acts
from cordee.agreements.models import Agreement
from cordee.cli import main
from cordee.engines.sealing import make_authority, seal_pdf, verify_pdf
from cordee.ground.kit.clock import now
from cordee.ground.messages.models import MailboxItem
from cordee.ground.people.models import Person
from cordee.ground.signing.keys import trusted
from cordee.journeys.tasks import tick
from tests import factories
from tests.agreements.answers import CONTRACT, fill
from tests.browser import CHROMIUM, FLAGS
from tests.people import World

pytestmark = pytest.mark.django_db(transaction=True)
LEADERS = (
    "Aude Carrère", "Bruno Salles", "Chloé Vidal", "Denis Roux",
    "Élise Cazals", "Farid Benali", "Gaëlle Pons", "Hugo Mas",
)  # fmt: skip
PHONE = {"width": 390, "height": 844}


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser for as long as it is needed: the libraries that verify do not run beside it in one thread."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: the eight sign in a browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def eight() -> World:
    """Eight companies in one groupement; the first leads."""
    grouping, seats, people = factories.grouping("Les Bâtisseurs du Larzac", stage="collective"), {}, {}
    for number, name in enumerate(LEADERS):
        person = factories.person(name, email=f"signe{number}@exemple.fr")
        company = factories.company(f"Atelier {name.split()[1]}", leader=person)
        seats[name], people[name] = factories.seat(grouping, person, company=company), person
    for role in ("coordinator", "facilitator"):
        factories.office(seats[LEADERS[0]], role)
    return World(grouping, people[LEADERS[0]], people[LEADERS[1]], people[LEADERS[2]], seats, grouping)


def convention_of(world: World) -> Agreement:
    """Their convention, a lot each, nothing missing."""
    from cordee.ground.people.models import Actor
    from cordee.ground.register.acts import address

    by = Actor(world.aude, address(world.seats[LEADERS[0]]))
    lots = [
        {"id": str(n), "title": f"Lot {n}", "member": seat.public_id, "amount": 1_000_000 * n}
        for n, seat in enumerate(world.seats.values(), 1)
    ]
    made = acts.prepare_agreement(
        world.grouping, kind="gme_conjoint", answers={**CONTRACT, "lots": lots}, by=by, at=now()
    )
    return fill(made, by)


def mail_to(person: Person, words: str) -> MailboxItem:
    found = MailboxItem.objects.filter(to__contains=person.email, subject__contains=words).order_by("pk").last()
    assert found is not None, f"no mail « {words} » for {person}"
    return found


def sign_by_phone(page: Page, site: str, person: Person) -> None:
    """From the mail: read, ask for the code, type it, agree, sign."""
    link = re.search(rf"^{re.escape(site)}/signer/\S+$", mail_to(person, "À signer").text, flags=re.M)
    assert link
    page.goto(link[0])
    expect(page.locator("main")).to_contain_text(f"{person.name}, représentant légal, vous signez")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_role("button", name="Recevoir mon code").tap()
    expect(page.locator("main")).to_contain_text("Un code à six chiffres vient de partir")
    tick(at=now())
    page.get_by_label("Code reçu").first.fill(mail_to(person, "votre code pour signer").subject[:7])
    page.get_by_label("J’ai lu ce document").check()
    page.get_by_role("button", name="Signer", exact=True).tap()
    expect(page.locator("main")).to_contain_text(re.compile("C’est signé|Signé par tous"))


@pytest.mark.usefixtures("mailbox")
def test_a_convention_of_eight_is_signed_by_all_eight(
    live_server: Any, settings: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.SITE_URL = live_server.url
    world, sealed = eight(), tmp_path / "convention.pdf"
    agreement = convention_of(world)
    with chromium() as browser:
        send_in_order(browser, live_server.url, world, agreement)
        page = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True, locale="fr-FR").new_page()
        page.set_default_timeout(15_000)
        for number, name in enumerate(LEADERS, 1):  # each receives the link when their turn has come, and not before
            tick(at=now())
            assert MailboxItem.objects.filter(subject__contains="À signer").count() == number
            sign_by_phone(page, live_server.url, Person.objects.get(name=name))
        expect(page.locator("main")).to_contain_text("Signé par tous")
        tick(at=now())
        client = Person.objects.get(email="mairie@exemple.fr")
        copy = re.search(r"^http\S+/copie/\S+$", mail_to(client, "la copie").text, re.M)
        assert copy
        sealed.write_bytes(page.request.get(copy[0]).body())
    agreement.refresh_from_db()
    assert agreement.state == "signed"
    holds_for_three_readers(sealed, tmp_path, capsys)


def send_in_order(browser: Browser, site: str, world: World, agreement: Agreement) -> None:
    """The lead chooses the order, and that the client receives a copy."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}, locale="fr-FR").new_page()
    enter(page, site, world.aude)
    page.goto(f"{site}/engagements/{agreement.public_id}/signature")
    page.get_by_label("L’un après l’autre").check()
    page.locator("[name=email-1]").fill("mairie@exemple.fr")
    page.locator("[name=why-1]").fill("le client")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.locator("main")).to_contain_text("Le document est parti")


def enter(page: Page, site: str, person: Person) -> None:
    """Somebody who is signed in already."""
    from tests.people import browser_of

    cookie = browser_of(person).cookies["cordee_session"]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site}])


def holds_for_three_readers(sealed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Ours, pyHanko's own validation, and poppler's; then one byte changed, then a signature added."""
    data, root = sealed.read_bytes(), trusted(at=now())[0]
    (tmp_path / "root.pem").write_bytes(root)
    assert main(["verify", str(sealed), "--trust", str(tmp_path / "root.pem")]) == 0
    said = capsys.readouterr().out
    assert all(f"{name}, représentant légal, a signé pour" in said for name in LEADERS)
    with sealed.open("rb") as file:
        signature = PdfFileReader(file).embedded_signatures[-1]
        context = ValidationContext(
            trust_roots=[x509.Certificate.load(pem.unarmor(root)[2])],
            allow_fetching=False,
            moment=signature.self_reported_timestamp,
        )
        status = validate_pdf_signature(signature, context, context)
    assert status.bottom_line
    assert status.timestamp_validity.valid
    if shutil.which("pdfsig"):
        tool = subprocess.run(["pdfsig", "-nocert", str(sealed)], capture_output=True, text=True, timeout=20)
        assert "Signature is Valid" in tool.stdout
    changed = bytearray(data)
    changed[len(data) // 3] ^= 1
    (tmp_path / "changed.pdf").write_bytes(bytes(changed))
    assert main(["verify", str(tmp_path / "changed.pdf")]) == 1
    stranger = make_authority("Quelqu’un", entropy=b"a stranger with a key of their own..", at=now())
    with pytest.raises(ValueError, match="sealed"):
        seal_pdf(
            data, key=stranger.seal.key, certificate=stranger.seal.certificate, at=now(), reason="ajout", final=False
        )
    assert not verify_pdf(data + b"\n% un ajout", trusted=[root]).ok

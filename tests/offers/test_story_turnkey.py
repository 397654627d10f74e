"""A turnkey offer to a private client: three companies, one price, accepted by the client from the link in a mail."""

import re
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from cordee.ground.kit.clock import now
from cordee.ground.messages.models import Letter
from cordee.ground.people.models import Person
from cordee.ground.signing.reads import code_for
from cordee.journeys.tasks import tick
from cordee.offers.models import Bid, Variant
from tests.offers.walking import Walk, answer_note, price, sign_notes, walk_in
from tests.people import World, make_world

pytestmark = pytest.mark.django_db(transaction=True)
THREE = ("aude", "bruno", "denis")
TITLES = {"aude": ("Murs et toit", "1000"), "bruno": ("Charpente", "1000"), "denis": ("Électricité", "2000")}
UNIT = 1_284_50
EXTRA = 6 * 215_00


@pytest.fixture
def walk(live_server: Any, settings: Any) -> Iterator[Walk]:
    settings.SITE_URL = live_server.url
    yield from walk_in(live_server.url)


def test_a_turnkey_offer_is_accepted_by_its_client(walk: Walk) -> None:
    world = make_world()
    for name in THREE:
        walk.enter(name, world.seats[name].holder, phone=name == "denis")
    path = aude_opens_the_offer(walk, world)
    for name in THREE:
        takes_a_part(walk, name, path)
    an_option_from_the_catalogue(walk, world, path)
    answer_note(walk, "aude", world, path, THREE)
    sign_notes(walk, path, THREE)
    for name in THREE:
        walk.go(name, path)
        price(walk, name, [(TITLES[name][0], "10", "1 284,50")])
    denis = walk.go("denis", path)
    denis.get_by_role("link", name=re.compile("Mes prix : Éclairage")).click()
    for field, value in (("label_0", "Borne"), ("quantity_0", "6"), ("price_0", "215")):
        denis.locator(f"[name={field}]").fill(value)
    walk.press("denis", "Garder ces prix")
    variants_side_by_side(walk, path)
    the_assembler_reads_the_one_pdf(walk, path)
    aude_sends_and_writes(walk, path)
    the_client_answers_the_deputy(walk, path)
    the_client_accepts(walk)
    page = walk.go("bruno", path)
    expect(page.get_by_text("Acceptée par le client.")).to_be_visible()
    page = walk.go("bruno", path + "/salle")
    expect(page.get_by_text("Salle scellée")).to_be_visible()
    walk.look("bruno", "room")
    assert walk.wrong == []


def aude_opens_the_offer(walk: Walk, world: World) -> str:
    page = walk.go("aude", f"/offres/ouvrir/{world.grouping.public_id}")
    page.locator("[name=title]").fill("Extension clé en main")
    page.locator("[name=client]").fill("Mme Serra")
    walk.press("aude", "Ouvrir l’offre")
    path = f"/offres/{Bid.objects.get().public_id}"
    page = walk.go("aude", path + "/termes")
    for name, value in (
        ("client_address", "3 rue Haute, Sète"),
        ("mission", "Transmettre et coordonner."),
        ("starts_on", "2027-03-01"),
        ("brand", "Les Bâtisseurs du bassin"),
        ("conditions", "30 % à la commande, le solde à la réception."),
    ):
        page.locator(f"[name={name}]").fill(value)
    page.locator("[name=liability]").select_option("conjoint")
    page.locator("[name=building]").check()
    walk.press("aude", "Enregistrer")
    page = walk.go("aude", path + "/roles")
    page.locator("[name=assembler]").fill("neutre@exemple.fr")
    for name, company in (
        ("lead", "Menuiserie Lambert"),
        ("contact", "Menuiserie Lambert"),
        ("deputy", "Charpente Masson"),
    ):
        page.locator(f"[name={name}]").select_option(label=company)
    walk.press("aude", "Enregistrer")
    return path


def takes_a_part(walk: Walk, name: str, path: str) -> None:
    title, vat = TITLES[name]
    page = walk.go(name, path + "/part")
    page.locator("[name=title]").fill(title)
    page.locator("[name=tasks]").fill("Fourniture et pose")
    page.locator("[name=days]").fill("10")
    page.locator("[name=vat]").select_option(vat)
    for box in page.locator("[name=after]").all():
        box.check()
    walk.press(name, "Enregistrer")


def an_option_from_the_catalogue(walk: Walk, world: World, path: str) -> None:
    page = walk.go("denis", f"/offres/catalogue/{world.grouping.public_id}")
    page.locator("[name=title]").fill("Éclairage de la terrasse")
    page.locator("[name=days]").fill("2")
    page.locator("[name=bundle]").fill("Confort")
    page.locator("[name=optional]").check()
    walk.press("denis", "Mettre au catalogue")
    walk.go("denis", path + "/variantes")
    walk.press("denis", "Mettre dans l’offre")


def variants_side_by_side(walk: Walk, path: str) -> None:
    page = walk.go("aude", path + "/variantes")
    page.locator("[name=title]").fill("La base")
    walk.press("aude", "Garder cette variante")
    page.locator("[name=title]").fill("Avec l’éclairage")
    page.get_by_label("Éclairage de la terrasse").check()
    walk.press("aude", "Garder cette variante")
    expect(page.get_by_text("Un seul calendrier : 30 jours ouvrés")).to_be_visible()
    expect(page.get_by_role("heading", name="La base")).to_be_visible()
    expect(page.get_by_text("chez l’assembleur").first).to_be_visible()
    walk.look("aude", "variants")


def the_assembler_reads_the_one_pdf(walk: Walk, path: str) -> None:
    page = walk.enter("neutral", Person.objects.get(email="neutre@exemple.fr"))
    walk.go("neutral", path + "/assemblage")
    expect(page.get_by_text("Murs et toit").first).to_be_visible()
    walk.look("neutral", "assembly")
    assert page.request.get(walk.site + path + "/variantes").status == 404


def aude_sends_and_writes(walk: Walk, path: str) -> None:
    page = walk.go("aude", path + "/variantes")
    page.get_by_text("Envoyer « Avec l’éclairage » au client").click()
    form = page.locator("details[open]")
    form.locator("[name=name]").fill("Odile Serra")
    form.locator("[name=email]").fill("odile@exemple.fr")
    form.get_by_role("button", name="Envoyer l’offre").click()
    expect(page.get_by_text("L’offre est partie.").first).to_be_visible()
    variant = Variant.objects.get(state="sent")
    net = 3 * 10 * UNIT + EXTRA
    low, high = 2 * 10 * UNIT, 10 * UNIT + EXTRA
    assert variant.figures["net"] == net
    assert variant.figures["rates"] == [[1000, low, low // 10], [2000, high, high // 5]]
    assert variant.figures["days"] == 30
    assert variant.pdf is not None
    said = subprocess.run(["pdftotext", "-layout", "-", "-"], input=variant.pdf.read(), capture_output=True, check=True)
    paper = said.stdout.decode().replace("\u202f", " ").replace("\u00a0", " ")
    for words in ("Les Bâtisseurs du bassin", "Avec l’éclairage", "Menuiserie Lambert", "12 845,00", "30 jours ouvrés"):
        assert words in paper
    walk.go("aude", path + "/garanties")
    walk.look("aude", "guarantees")
    page = walk.go("aude", path + "/client")
    page.locator("[name=subject]").fill("Une visite ?")
    page.locator("[name=text]").fill("Jeudi à 9 h, pour mesurer ?")
    walk.press("aude", "Écrire au client")
    page = walk.go("aude", path)
    page.locator("[name=until]").fill("2030-01-01")
    walk.press("aude", "Passer le relais")
    expect(page.get_by_text("Le relais est passé.").first).to_be_visible()


def letter_to(email: str, kind: str) -> str:
    """The address of the button in a letter."""
    tick(at=now())
    text = Letter.objects.filter(to__email=email, kind__startswith=kind).order_by("-id")[0].text
    return str(re.search(r"https?://\S+", text)[0])  # type: ignore[index]


def the_client_answers_the_deputy(walk: Walk, path: str) -> None:
    page = walk.stranger("client")
    page.goto(letter_to("odile@exemple.fr", "offers.client"))
    expect(page.get_by_text("Jeudi à 9 h")).to_be_visible()
    page.locator("[name=text]").fill("Parfait, à jeudi.")
    page.get_by_role("button", name=re.compile("Répondre|Envoyer")).first.click()
    page = walk.go("bruno", path + "/client")
    expect(page.get_by_text("Parfait, à jeudi.")).to_be_visible()
    expect(page.get_by_text("une seule voix lui parle : Bruno Masson")).to_be_visible()
    assert letter_to(Person.objects.get(name="Bruno Masson").email, "offers.client.in")


def the_client_accepts(walk: Walk) -> None:
    (signatory,) = Variant.objects.get(state="sent").ceremony.signatories.all()
    page = walk.pages["client"]
    page.goto(letter_to("odile@exemple.fr", "signing"))
    page.get_by_role("button", name="code").first.click()
    signatory.refresh_from_db()
    page.locator("input[name=code]").fill(code_for(signatory))
    for box in page.locator("input[type=checkbox]").all():
        box.check()
    page.get_by_role("button", name="Signer").first.click()
    tick(at=now())
    bid = Bid.objects.get()
    assert (bid.state, bid.total_cents) == ("won", 3 * 10 * UNIT + EXTRA)
    assert [one.state for one in bid.variants.all()] == ["draft", "accepted"]

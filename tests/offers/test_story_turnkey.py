"""A turnkey offer to a private client: three companies, one price, accepted by the client from a link."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from cordee.ground.kit.clock import now
from cordee.ground.people.reads import link_address
from cordee.ground.signing.acts import link_of
from cordee.ground.signing.reads import code_for
from cordee.journeys.tasks import tick
from cordee.offers.models import Bid, Variant
from tests.offers.walking import Walk, answer_note, price, sign_notes, walk_in
from tests.people import make_world

pytestmark = pytest.mark.django_db(transaction=True)
THREE = ("aude", "bruno", "denis")
TITLES = {"aude": "Murs et toit", "bruno": "Charpente", "denis": "Électricité"}


@pytest.fixture
def walk(live_server: Any, settings: Any) -> Iterator[Walk]:
    settings.SITE_URL = live_server.url
    yield from walk_in(live_server.url)


def test_a_turnkey_offer_is_accepted_by_its_client(walk: Walk) -> None:
    world = make_world()
    for name in THREE:
        walk.enter(name, world.seats[name].holder, phone=name == "denis")
    page = walk.go("aude", f"/offres/ouvrir/{world.grouping.public_id}")
    page.locator("[name=title]").fill("Extension clé en main")
    page.locator("[name=client]").fill("Mme Serra")
    walk.press("aude", "Ouvrir l’offre")
    path = f"/offres/{Bid.objects.get().public_id}"
    page = walk.go("aude", path + "/termes")
    page.locator("[name=client_address]").fill("3 rue Haute, Sète")
    page.locator("[name=liability]").select_option("conjoint")
    page.locator("[name=mission]").fill("Transmettre et coordonner.")
    page.locator("[name=starts_on]").fill("2027-03-01")
    page.locator("[name=conditions]").fill("30 % à la commande, le solde à la réception.")
    page.locator("[name=building]").check()
    walk.press("aude", "Enregistrer")
    page = walk.go("aude", path + "/roles")
    page.locator("[name=assembler]").fill("neutre@exemple.fr")
    page.locator("[name=lead]").select_option(label="Menuiserie Lambert")
    page.locator("[name=contact]").select_option(label="Menuiserie Lambert")
    walk.press("aude", "Enregistrer")
    for name in THREE:
        page = walk.go(name, path + "/part")
        page.locator("[name=title]").fill(TITLES[name])
        page.locator("[name=tasks]").fill("Fourniture et pose")
        page.locator("[name=days]").fill("10")
        page.locator("[name=vat]").select_option("1000")
        for box in page.locator("[name=after]").all():
            box.check()
        walk.press(name, "Enregistrer")
    answer_note(walk, "aude", world, path, THREE)
    sign_notes(walk, path, THREE)
    for name in THREE:
        walk.go(name, path)
        price(walk, name, [(TITLES[name], "10", "1 284,50")])
    page = walk.go("aude", path + "/variantes")
    page.locator("[name=title]").fill("Tout compris")
    walk.press("aude", "Garder cette variante")
    expect(page.get_by_text("Un seul calendrier : 30 jours ouvrés")).to_be_visible()
    page.get_by_text("Envoyer « Tout compris » au client").click()
    page.locator("[name=name]").fill("Odile Serra")
    page.locator("[name=email]").fill("odile@exemple.fr")
    walk.look("aude", "variants")
    walk.press("aude", "Envoyer l’offre")
    expect(page.get_by_text("L’offre est partie.").first).to_be_visible()
    walk.go("aude", path + "/garanties")
    walk.look("aude", "guarantees")
    the_client_accepts(walk)
    walk.go("aude", path)
    expect(walk.pages["aude"].get_by_text("Acceptée par le client.")).to_be_visible()
    assert walk.wrong == []


def the_client_accepts(walk: Walk) -> None:
    variant = Variant.objects.select_related("ceremony").get()
    assert variant.figures["net"] == 3 * 1_284_500
    assert variant.figures["gross"] == 3 * 1_284_500 * 110 // 100
    (signatory,) = variant.ceremony.signatories.all()
    page = walk.stranger("client")
    page.goto(link_address(link_of(signatory, at=now()), "signing:sign"))
    page.get_by_role("button", name="code").first.click()
    signatory.refresh_from_db()
    page.locator("input[name=code]").fill(code_for(signatory))
    for box in page.locator("input[type=checkbox]").all():
        box.check()
    page.get_by_role("button", name="Signer").first.click()
    tick(at=now())
    assert Bid.objects.get().state == "won"

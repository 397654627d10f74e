"""From a real notice to a complete joint submission file, by three leaders in their browsers."""

import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from cordee.cli import main
from cordee.engines import espd
from cordee.ground.kit.clock import now
from cordee.offers.models import Bid
from tests.offers import bidding
from tests.offers.walking import Walk, answer_note, price, sign_notes, walk_in
from tests.people import World, make_world

pytestmark = pytest.mark.django_db(transaction=True)
NOTICE = "ted-r209-fr/multilot-avis/645537-2021_F01_2014.xml"
THREE = ("aude", "bruno", "denis")


@pytest.fixture
def walk(live_server: Any) -> Iterator[Walk]:
    yield from walk_in(live_server.url)


def test_from_a_notice_to_the_joint_file(walk: Walk, shared_data: Path, tmp_path: Path) -> None:
    world = make_world()
    for name in THREE:
        walk.enter(name, world.seats[name].holder, phone=name == "denis")
    bid = aude_opens_the_answer(walk, world, shared_data)
    path = f"/offres/{bid.public_id}"
    terms_and_roles(walk, path)
    for rank, name in enumerate(THREE, 1):
        takes_a_lot(walk, name, path, rank)
    answer_note(walk, "aude", world, path, THREE)
    walk.look("aude", "note")
    sign_notes(walk, path, THREE)
    for name in THREE:
        walk.go(name, path)
        price(walk, name, [(f"Ouvrage de {name}", "10", "1 284,50"), ("Installation", "1", "600")])
        walk.press(name, "Je déclare")
    bidding.papers(world)
    walk.go("aude", path)
    walk.press("aude", "Figer l’équipe et les prix")
    expect(walk.pages["aude"].get_by_text("L’équipe et les prix sont figés.").first).to_be_visible()
    walk.press("aude", "Faire le dossier commun")
    expect(walk.pages["aude"].get_by_text("Le dossier commun est complet.").first).to_be_visible()
    walk.look("aude", "bid")
    the_file_is_complete(Bid.objects.get(pk=bid.pk), tmp_path)
    assert walk.wrong == []


def aude_opens_the_answer(walk: Walk, world: World, shared_data: Path) -> Bid:
    page = walk.go("aude", "/occasions/nouvelle")
    page.locator("input[type=file]").set_input_files(shared_data / "notices" / NOTICE)
    walk.press("aude", "Lire cet avis")
    expect(page.get_by_text("L’avis est lu.").first).to_be_visible()
    walk.press("aude", world.grouping.name)
    expect(page.get_by_text("Les membres voient l’occasion.").first).to_be_visible()
    walk.press("aude", "Préparer la réponse ensemble")
    expect(page.get_by_role("heading", name="Qui fait quoi")).to_be_visible()
    return Bid.objects.get()


def terms_and_roles(walk: Walk, path: str) -> None:
    page = walk.go("aude", path + "/termes")
    soon = (now() + timedelta(days=40)).strftime("%Y-%m-%dT12:00")  # the real notice is of 2021
    page.locator("[name=deadline]").fill(soon)
    page.locator("[name=liability]").select_option("conjoint")
    page.locator("[name=nature]").select_option("works")
    walk.press("aude", "Enregistrer")
    page = walk.go("aude", path + "/roles")
    page.locator("[name=assembler]").fill("neutre@exemple.fr")
    for name, company in (
        ("lead", "Menuiserie Lambert"),
        ("contact", "Menuiserie Lambert"),
        ("deputy", "Charpente Masson"),
    ):
        page.locator(f"[name={name}]").select_option(label=company)
    walk.look("aude", "roles")
    walk.press("aude", "Enregistrer")


def takes_a_lot(walk: Walk, name: str, path: str, rank: int) -> None:
    page = walk.go(name, path + "/part")
    page.locator("[name=lot]").select_option(str(rank))
    page.locator("[name=tasks]").fill(f"Ce que fait {name}")
    page.locator("[name=days]").fill("20")
    walk.press(name, "Enregistrer")
    expect(page.get_by_text("Votre part est notée.").first).to_be_visible()


def the_file_is_complete(bid: Bid, folder: Path) -> None:
    assert bid.state == "submitted"
    assert bid.submission is not None
    pack = folder / "reponse.zip"
    pack.write_bytes(bid.submission.read())
    with zipfile.ZipFile(pack) as archive:
        archive.extractall(folder)
    answers = sorted(folder.glob("candidature/DUME-*.xml"))
    assert [main(["espd", "check", str(each)]) for each in answers] == [0, 0, 0]
    assert sorted(espd.check(each.read_bytes()).role for each in answers) == ["group-lead", "group-mem", "group-mem"]
    assert (folder / "candidature/DC1.pdf").exists()
    assert len(list(folder.glob("candidature/DC2-*.pdf"))) == 3
    assert len(list(folder.glob("offre/ATTRI1-*.pdf"))) == 3
    assert len(list(folder.glob("pieces/*/*.pdf"))) == 6
    assert (folder / "MANIFESTE.txt").read_text().count("\n") == len(bid_names(pack)) - 1


def bid_names(pack: Path) -> list[str]:
    with zipfile.ZipFile(pack) as archive:
        return archive.namelist()

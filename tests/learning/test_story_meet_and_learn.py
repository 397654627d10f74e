"""On a phone: a hesitant leader becomes one of an ecosystem, meets others at a fair, steps back with peers, tells."""

import re
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from cordee.directory.models import Company, Event, Presence, Tie
from cordee.ground.kit.clock import now
from cordee.groupings.models import Grouping
from cordee.learning import acts
from cordee.learning.models import PeerSession
from tests import factories
from tests.learning.doors import asked, page_of
from tests.offers.walking import Walk, walk_in
from tests.people import World, make_world

pytestmark = pytest.mark.django_db(transaction=True)
PHONES = ("aude", "bruno", "gaelle")


@pytest.fixture
def walk(live_server: Any) -> Iterator[Walk]:
    yield from walk_in(live_server.url)


def around(world: World) -> Company:
    """What others did before: a client tied on both sides, who knows a neighbour; a company nobody holds yet."""
    me, client = world.seats["aude"].company, factories.company("Vitrerie Sud", leader=factories.person())
    far = factories.company("Levage 34", leader=factories.person())
    for one, other, kind in ((me, client, "client"), (client, far, "neighbour")):
        for here, there in ((one, other), (other, one)):
            Tie.objects.create(company=here, other=there, kind=kind, offered=True, shared=True)
    return factories.company("Plomberie Vidal", city="Lodève", postcode="34700")


def test_from_hesitation_to_a_public_page(walk: Walk) -> None:
    world = make_world()
    own = around(world)
    gaelle = factories.person("Gaëlle Vidal")
    for name, person in zip(PHONES, (world.aude, world.bruno, gaelle), strict=True):
        walk.enter(name, person, phone=True)
    hesitates(walk)
    makes_her_card(walk, own)
    meets(walk, world)
    steps_back(walk, world)
    measures(walk, world)
    tells(walk, world)
    opens(walk, world)
    assert walk.wrong == []


def hesitates(walk: Walk) -> None:
    """No account: the home, then two minutes of questions that end in a first step."""
    walk.stranger("stranger")
    page = walk.go("stranger", "/")
    walk.look("stranger", "home")
    page.get_by_role("link", name="Est-ce pour moi").click()
    for question in page.locator("fieldset").all():
        question.get_by_role("radio").first.check()
    page.get_by_role("button", name="Voir ma réponse").click()
    expect(page.locator("#reponse")).to_contain_text("Le premier pas")
    walk.look("stranger", "the self-test")


def makes_her_card(walk: Walk, own: Company) -> None:
    """Typed with a mistake, picked, five answers."""
    page = walk.go("gaelle", reverse("directory:mine"))
    page.get_by_label("Nom ou SIREN").fill("Plomberi Vidall")
    walk.press("gaelle", "Chercher")
    expect(page.get_by_text("Plomberie Vidal").first).to_be_visible()
    walk.look("gaelle", "which one is yours")
    walk.press("gaelle", "C’est mon entreprise")
    page.get_by_label("Ce que j’apporte").fill("Réseaux d’eau, dépannage.")
    page.get_by_label("Ce que je cherche").fill("Une grue en mai.")
    page.get_by_label("Capacité encore libre").fill("Une équipe dès juin")
    page.get_by_label("Où nous travaillons").fill("60 km autour")
    page.get_by_label("Nos références").fill("École de Soubès")
    walk.look("gaelle", "the five answers")
    walk.press("gaelle", "Enregistrer")
    expect(page.get_by_text("Une équipe dès juin")).to_be_visible()
    walk.look("gaelle", "her card")
    assert own.representatives.get().person.name == "Gaëlle Vidal"


def meets(walk: Walk, world: World) -> None:
    """The picture and its table; a fair announced, its code scanned, an exchange opened; found again by a word."""
    page = walk.go("aude", reverse("directory:ties"))
    expect(page.locator("svg.cd-chart")).to_be_visible()
    expect(page.get_by_role("table")).to_contain_text("Vitrerie Sud")
    expect(page.get_by_role("main")).to_contain_text("Levage 34")
    walk.look("aude", "my ecosystem")
    page.get_by_role("link", name="Salons et rencontres").click()
    today = f"{now():%Y-%m-%d}"
    page.get_by_label("Nom", exact=True).fill("Soirée du syndicat")
    page.get_by_label("Premier jour").fill(today)
    page.get_by_label("Dernier jour").fill(today)
    walk.look("aude", "events")
    walk.press("aude", "Créer son code")
    walk.look("aude", "the poster")
    event = Event.objects.get()
    Presence.objects.create(event=event, company=world.seats["aude"].company, person=world.aude, at=now())
    scanned = reverse("directory:event", args=[event.code])
    page = walk.go("gaelle", f"{scanned}?avec={world.seats['aude'].company.public_id}")
    walk.press("gaelle", "J’y suis")
    expect(page.get_by_label("Menuiserie Lambert").first).to_be_checked()
    walk.look("gaelle", "who is there")
    walk.press("gaelle", "Ouvrir un échange")
    expect(page.get_by_role("main")).to_contain_text("Rencontre\u00a0: Soirée du syndicat")
    assert Grouping.objects.latest("pk").invitations.get().person == world.aude
    page = walk.go("gaelle", reverse("desk:search") + "?q=soiree")
    expect(page.get_by_role("status").first).to_contain_text("résultat")
    expect(page.get_by_role("main")).to_contain_text("Soirée du syndicat")
    walk.look("gaelle", "search everywhere")
    page = walk.go("gaelle", reverse("directory:list") + "?q=masson")
    expect(page.get_by_role("main")).to_contain_text("Charpente Masson")
    walk.look("gaelle", "the directory")


def steps_back(walk: Walk, world: World) -> None:
    """A session between peers: three promise, Bruno leads, the time runs out second by second, a plan stays."""
    page = walk.go("aude", reverse("learning:sessions", args=[world.grouping.public_id]))
    page.get_by_label("La question, en une phrase").fill("Faut-il embaucher un chef d’atelier ?")
    page.get_by_label("Qui anime").select_option(label=str(world.seats["bruno"]))
    walk.look("aude", "planning a session")
    page.locator("main form button.btn-primary").first.click()
    session = PeerSession.objects.get()
    session.seats.create(seat=world.seats["denis"], promised_at=now())
    page = walk.go("bruno", reverse("learning:session", args=[session.public_id]))
    expect(page.get_by_text("chef d’atelier")).to_have_count(0)
    walk.press("bruno", "Je le promets")
    walk.press("bruno", "Commencer")
    timer = page.get_by_role("timer")
    expect(timer).to_contain_text(re.compile(r"encore (10:00|9:5\d)"))
    expect(timer).to_contain_text(re.compile(r"encore 9:5[0-8]"))  # it counts down
    walk.look("bruno", "the session")
    acts.move_on(session, to=5, by=world.actor("bruno"), at=now())
    page = walk.go("aude", reverse("learning:session", args=[session.public_id]))
    page.get_by_label("Action 1").fill("Écrire la fiche de poste")
    page.get_by_label("Pour le").first.fill(f"{now() + timedelta(days=5):%Y-%m-%d}")
    walk.press("aude", "Finir la séance")
    expect(page.get_by_text("Il n’en reste que votre plan")).to_be_visible()
    walk.look("aude", "the plan")
    page = walk.go("aude", reverse("delivery:week"))
    expect(page.get_by_role("main")).to_contain_text("Écrire la fiche de poste")
    walk.look("aude", "my actions this week")


def measures(walk: Walk, world: World) -> None:
    """The dashboard, one's own balance, what waits today."""
    page = walk.go("aude", reverse("learning:board", args=[world.grouping.public_id]))
    expect(page.get_by_role("heading", name="Ce que chacun donne et reçoit")).to_be_visible()
    walk.look("aude", "the dashboard")
    page = walk.go("aude", reverse("learning:balance"))
    expect(page.get_by_role("heading", name="Autonomie")).to_be_visible()
    walk.look("aude", "my balance")
    page = walk.go("aude", reverse("desk:today"))
    expect(page.get_by_role("region", name="Ce qui vous attend")).to_contain_text("Rencontre")
    walk.look("aude", "today")


def tells(walk: Walk, world: World) -> None:
    """A testimony, read by all on the page that the members voted, gone as soon as it is withdrawn."""
    shown = reverse("learning:public", args=[page_of(world, opened_at=now()).public_id])
    page = walk.go("aude", reverse("learning:testimony", args=[asked(world).public_id]))
    page.get_by_role("radio").first.check()
    page.get_by_label("En quelques mots").fill("Trois chantiers que seuls nous n’aurions pas eus.")
    page.get_by_label("J’accepte").check()
    walk.look("aude", "a testimony")
    walk.press("aude", "Enregistrer")
    read = walk.go("stranger", shown)
    expect(read.get_by_role("blockquote")).to_contain_text("Trois chantiers")
    assert read.locator("meta[property='og:image']").count() == 1
    walk.look("stranger", "the public page")
    walk.press("aude", "Retirer mon témoignage")
    expect(page.get_by_text("Votre témoignage est retiré")).to_be_visible()
    walk.go("stranger", shown)
    expect(read.get_by_role("blockquote")).to_have_count(0)


def opens(walk: Walk, world: World) -> None:
    """A key for a program, which works; everything that is kept of my company, in one file."""
    page = walk.go("aude", reverse("desk:my_data"))
    page.get_by_text("Faire une clé").click()
    page.get_by_label("Pour quel logiciel").fill("Compta")
    page.get_by_label("Lire mes groupements et leurs membres").check()
    walk.look("aude", "my data")
    walk.press("aude", "Faire la clé")
    secret = page.locator("[role=status] code").first.inner_text()
    walk.look("aude", "the key")
    told = walk.pages["stranger"].request
    assert told.get(walk.site + "/api/v1/groupings").status == 401
    heard = told.get(walk.site + "/api/v1/groupings", headers={"Authorization": f"Bearer {secret}"})
    assert world.grouping.public_id in heard.text()
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger mes données").click()
    assert zipfile.ZipFile(download.value.path()).testzip() is None

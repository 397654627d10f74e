"""Three years of a groupement on telephones, from the first exchange to the archive: the clock moves on."""

import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Browser, sync_playwright

from cordee.governance.models import Ballot
from cordee.ground.kit.clock import now
from cordee.ground.people.acts import make_link
from cordee.ground.people.models import Person
from cordee.ground.people.reads import link_address
from cordee.groupings.models import Departure, Grouping, Review, Seat
from cordee.journeys.tasks import tick
from tests.browser import CHROMIUM, FLAGS
from tests.journeys.story import (
    FIVE,
    PHONE,
    Leader,
    Story,
    accepts,
    directory,
    gather,
    press,
    sees,
    signed_by_all,
    votes,
)  # fmt: skip

pytestmark = pytest.mark.django_db(transaction=True)


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
    yield from gather(browser, live_server.url, on_phones=tuple(name.split()[0] for name, *_rest in FIVE))


@pytest.fixture
def travel() -> Iterator[Callable[..., datetime]]:
    """The clock: it starts now and moves on, days at a time, with one round of the ticker after each move."""
    with time_machine.travel(now(), tick=True) as clock:

        def on(**by: int) -> datetime:
            clock.shift(timedelta(**by))
            tick(at=now())
            return now()

        yield on


def enters(story: Story, leader: Leader) -> None:
    """Sessions end in weeks, and this story lasts years: a fresh link each time."""
    person = Person.objects.get(email=leader.email)
    link = make_link(person, purpose="sign_in", subject=person, at=now())
    story.go(leader, link_address(link, "people:enter"))
    press(leader, "Entrer")
    leader.page.wait_for_url(f"{story.site}/")


def grouping(story: Story) -> Grouping:
    return Grouping.objects.get(public_id=story.grouping)


def all_vote(story: Story, choice: str = "Pour", *names: str) -> Ballot:
    """Each who may votes from their mail, on the page of one button; the vote closes at its hour."""
    tick(at=now())
    for leader in story.who(*names):
        votes(story, leader, story.links(leader, "À voter avant")[-1], choice)
    return Ballot.objects.order_by("pk").last()  # type: ignore[return-value]


def test_three_years(story: Story, travel: Callable[..., datetime], tmp_path: Path) -> None:
    (yann,) = story.who("Yann")
    began = now()
    story.looked |= {"accepted", "enter", "vote from a mail", "voted"}  # another story looks at these
    an_exchange(story)
    a_collective(story)
    signed_and_committed(story, travel)
    year_one(story, travel)
    a_company_asks_to_come_in(story, travel)
    one_leaves_with_its_notice(story, travel)
    year_two_a_new_purpose(story, travel)
    a_pause(story, travel)
    year_three_the_end(story, travel)
    the_last_vote(story, travel)
    the_archive(story, tmp_path)
    assert [leader.name for leader in story.leaders.values() if leader.page.viewport_size != PHONE] == []
    assert now() - began > timedelta(days=3 * 365)
    assert grouping(story).stage == "closed"
    assert story.said == []
    assert story.wrong == []
    story.go(yann, story.home)
    sees(yann, "Ce groupement est clos")


def an_exchange(story: Story) -> None:
    claire = story.leaders["Claire"]
    enters(story, claire)
    page = story.go(claire, "/groupements/nouveau")
    page.get_by_label("De quoi voulez-vous parler").fill("Chantiers anciens")
    page.get_by_label("Ce que vous avez en tête").fill("Rénover ensemble des bâtiments anciens.")
    page.get_by_label("Il nous manque des moyens").check()
    for number, leader in enumerate(story.who("Yann", "Nadia"), 1):
        page.locator(f"[name=name_{number}]").fill(leader.name)
        page.locator(f"[name=email_{number}]").fill(leader.email)
    press(claire, "Ouvrir l’échange")
    sees(claire, "L’échange est ouvert.")
    story.grouping = page.url.rstrip("/").rpartition("/")[2]
    tick(at=now())
    for leader in story.who("Yann", "Nadia"):
        accepts(story, leader)


def a_collective(story: Story) -> None:
    claire = story.leaders["Claire"]
    page = story.go(claire, story.home + "etapes")
    sees(claire, "Tout est prêt pour devenir un collectif", "Vous pouvez vous arrêter là, sans papier")
    story.look(claire, "stages of an exchange")
    press(claire, "Devenir un collectif")
    sees(claire, "Nouvelle étape")
    story.go(claire, story.home + "presentation")
    page.get_by_label("La fin").fill("Quand le pays n’aura plus de bâtiment à rénover")
    press(claire, "Enregistrer")
    sees(claire, "C’est enregistré.")


def signed_and_committed(story: Story, travel: Callable[..., datetime]) -> None:
    """Rules and lead are voted; the convention is signed elsewhere in the stories: here, its state is set."""
    claire = story.leaders["Claire"]
    page = claire.page
    for effect in ("rules", "coordinator"):
        story.go(claire, story.home)
        page.locator(f"a[href*='effet={effect}']").click()
        press(claire, "Ouvrir le vote")
        sees(claire, "Le vote est ouvert.")
        all_vote(story, "Pour", "Claire", "Yann", "Nadia")
        travel(days=8)
    enters(story, claire)
    story.go(claire, story.home)
    sees(claire, "Préparez la convention à signer")
    signed_by_all(grouping(story))
    story.go(claire, story.home + "etapes")
    sees(claire, "Tout est prêt pour s’engager")
    press(claire, "S’engager", exact=True)
    sees(claire, "Nouvelle étape")


def year_one(story: Story, travel: Callable[..., datetime]) -> None:
    """The question of the year comes by itself; all say to go on."""
    travel(days=366)
    for leader in story.who("Claire", "Yann", "Nadia"):
        enters(story, leader)
        story.go(leader, story.link(leader, "La question de l’année"))
        leader.page.get_by_label("Continuer").check()
        press(leader, "Répondre")
        sees(leader, "C’est noté.")
    story.look(story.leaders["Yann"], "question of the year")
    travel(hours=1)
    assert Review.objects.get().outcome == "continue"


def a_company_asks_to_come_in(story: Story, travel: Callable[..., datetime]) -> None:
    claire, daniel = story.who("Claire", "Daniel")
    story.go(claire, story.home + "demandes")
    press(claire, "Ouvrir la page")
    address = claire.page.get_by_label("L’adresse à donner").input_value()
    enters(story, daniel)
    story.go(daniel, address)
    sees(daniel, "Rénover ensemble des bâtiments anciens.")
    story.look(daniel, "asking to come in")
    daniel.page.get_by_label("Ce que vous apportez").fill("Les enduits à la chaux.")
    press(daniel, "Demander à entrer")
    sees(daniel, "Demande envoyée pour Piémont Finitions")
    story.go(claire, story.home + "demandes")
    story.look(claire, "requests")
    press(claire, "Mettre au vote")
    sees(claire, "C’est fait.")
    all_vote(story, "Pour", "Claire", "Yann", "Nadia")
    travel(days=11)
    assert Seat.objects.filter(grouping=grouping(story), state="member").count() == 4
    story.mail(daniel, "entre dans")


def one_leaves_with_its_notice(story: Story, travel: Callable[..., datetime]) -> None:
    nadia = story.leaders["Nadia"]
    enters(story, nadia)
    story.go(nadia, story.home + "membres/quitter")
    sees(nadia, "Le préavis est de 3 mois", "Aucun compte commun")
    story.look(nadia, "leaving")
    press(nadia, "Annoncer mon départ")
    sees(nadia, "Le départ prend effet le")
    story.look(nadia, "departure")
    travel(days=95)
    assert Departure.objects.get().state == "gone"
    story.mail(nadia, "a quitté")


def year_two_a_new_purpose(story: Story, travel: Callable[..., datetime]) -> None:
    claire, daniel = story.who("Claire", "Daniel")
    travel(days=240)
    enters(story, claire)
    page = story.go(claire, story.home + "but")
    story.look(claire, "a new purpose")
    page.get_by_label("Le but", exact=True).fill("Former et rénover ensemble.")
    press(claire, "Mettre au vote")
    sees(claire, "Chaque membre reçoit un lien pour voter.")
    all_vote(story, "Pour", "Claire", "Yann", "Daniel")
    travel(days=15)
    assert grouping(story).purpose == "Former et rénover ensemble."
    enters(story, daniel)
    story.go(daniel, story.home + "independance")
    sees(daniel, "comptent comme indépendantes")
    story.look(daniel, "independence")


def a_pause(story: Story, travel: Callable[..., datetime]) -> None:
    claire = story.leaders["Claire"]
    enters(story, claire)
    story.go(claire, story.home + "etapes")
    press(claire, "Mettre en pause")
    sees(claire, "en pause")
    travel(days=60)
    enters(story, claire)
    story.go(claire, story.home + "etapes")
    story.look(claire, "a paused grouping")
    press(claire, "Reprendre")
    sees(claire, "Le groupement reprend.")


def year_three_the_end(story: Story, travel: Callable[..., datetime]) -> None:
    """Most answers ask to end, and their rule says that this is enough: the winding-up starts by itself."""
    claire = story.leaders["Claire"]
    travel(days=340)
    for leader, word in zip(story.who("Claire", "Yann", "Daniel"), ("Terminer", "Terminer", "Continuer"), strict=True):
        enters(story, leader)
        story.go(leader, story.home + "bilan-du-but")
        leader.page.get_by_label(word).check()
        press(leader, "Répondre")
        sees(leader, "C’est noté.")
    travel(hours=1)
    story.go(claire, story.home + "bilan-du-but")
    sees(claire, "Terminer")
    story.look(claire, "answers to the question")
    claire.page.get_by_role("link", name="Voir la décision").click()
    sees(claire, "2 entreprises sur 3")
    story.look(claire, "the end is decided")
    travel(days=15)
    assert grouping(story).stage == "winding_up"


def the_last_vote(story: Story, travel: Callable[..., datetime]) -> None:
    claire = story.leaders["Claire"]
    enters(story, claire)
    page = story.go(claire, story.home + "cloture")
    for _item in range(7):
        row = page.locator("li", has=page.locator(".badge", has_text="à faire")).first
        row.locator("summary").click()
        row.get_by_label("Où en est-on").select_option("none")
        row.get_by_label("Ce qui a été fait").fill("Rien de tel entre nous")
        row.get_by_role("button", name="Enregistrer").click()
        sees(claire, "C’est enregistré.")
    press(claire, "Établir les décomptes")
    sees(claire, "C’est enregistré.", "à accepter")
    story.look(claire, "winding up")
    for leader in story.who("Claire", "Yann", "Daniel"):
        enters(story, leader)
        story.go(leader, story.home + "cloture")
        press(leader, "Accepter mon décompte")
        sees(leader, "C’est enregistré.")
    story.go(claire, story.home + "cloture")
    claire.page.get_by_role("link", name="Proposer de clore").click()
    press(claire, "Mettre au vote")
    sees(claire, "Chaque membre reçoit un lien pour voter.")
    all_vote(story, "Pour", "Claire", "Yann", "Daniel")
    travel(days=15)


def the_archive(story: Story, tmp_path: Path) -> None:
    (yann,) = story.who("Yann")
    enters(story, yann)
    story.go(yann, story.home)
    story.look(yann, "closed")
    file = tmp_path / "archive.zip"
    story.download(yann, yann.page.get_by_role("link", name="Télécharger l’archive").first, file)
    empty = tmp_path / "empty"
    empty.mkdir()
    with zipfile.ZipFile(file) as archive:
        (empty / "chain.py").write_bytes(archive.read("chain.py"))
        page = archive.read("index.html").decode()
    for words in ("Former et rénover ensemble.", "Vidourle Bennes", "Terminer", "Accueillir Piémont Finitions"):
        assert words in page
    words = [sys.executable, "-I", "-S", "chain.py", str(file)]
    done = subprocess.run(words, cwd=empty, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout
    story.go(yann, story.home + "membres")
    assert not yann.page.get_by_role("button", name="Inviter").count()

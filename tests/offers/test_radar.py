"""The radar: hits with reasons and partners, stopped and resumed, answers that teach, awards."""

import zipfile
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.urls import reverse
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from cordee.cli import main
from cordee.directory.models import CompanyTrade, Place
from cordee.engines.procurement.radar import Asked, Radar, Watcher, say_reason
from cordee.ground.kit.clock import now
from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.ground.messages.acts import tell
from cordee.ground.messages.models import Letter
from cordee.ground.people.models import Actor
from cordee.ground.register.models import Entry
from cordee.offers import acts
from cordee.offers.models import Award, RadarHit, RadarNotice, RadarProfile, RadarSweep
from cordee.offers.reads.awards import awards_page
from cordee.offers.reads.radar import asked_of, radar_page, watchers
from cordee.offers.tasks import LETTERS, radar_due
from cordee.offers.tasks import sweep as sweep_task
from tests import factories
from tests.offers.small import BOAMP
from tests.people import World, browser_of

LOTS = [Asked("Murs", {"gros-oeuvre": 100}, frozenset({"34"})), Asked("Fils", {"electricite": 100}, frozenset({"34"}))]


def test_the_engine_says_who_why_and_with_whom() -> None:
    radar = Radar(
        [
            Watcher("a", "Murs Sud", {"gros-oeuvre": 100}, "34"),
            Watcher("b", "Fils Sud", {"electricite": 100}, "34"),
            Watcher("c", "Fils Nord", {"electricite": 100}, "59"),
            Watcher("d", "Peinture", {"peinture": 100}, "34"),
        ]
    )
    found = {hit.watcher: hit for hit in radar.hits(LOTS)}
    assert set(found) == {"a", "b"}
    assert (found["a"].score, found["a"].lots, found["a"].partners) == (85, (0,), (("b", 1),))
    assert all(say_reason(each, lang).endswith(".") for each in found["a"].reasons for lang in ("fr", "en"))


def swept(world: World, folder: Path, notice: str = BOAMP) -> RadarSweep:
    company = world.seats["aude"].company
    CompanyTrade.objects.get_or_create(company=company, trade="gros-oeuvre", defaults={"declared": True})
    CompanyTrade.objects.get_or_create(
        company=world.seats["bruno"].company, trade="electricite", defaults={"declared": True}
    )
    if not RadarProfile.objects.filter(company=company).exists():
        acts.set_profile(company, values={"trades": []}, by=Actor(world.aude), at=now())
    (folder / "avis.xml").write_text(notice, encoding="utf-8")
    (folder / "autre.xml").write_text("<a/>", encoding="utf-8")
    sweep = acts.start_sweep(str(folder), at=now())
    radar, profiles = watchers()
    while acts.sweep_next(sweep, radar, profiles, at=now()) is not None:
        pass
    return acts.finish_sweep(sweep, at=now())


@pytest.mark.django_db
def test_a_leader_gets_a_short_list_once_and_its_answer_teaches(world: World, tmp_path: Path) -> None:
    done = swept(world, tmp_path)
    assert (done.state, done.total, len(done.refused)) == ("done", 1, 1)
    page = radar_page(world.seats["aude"].company, at=now())
    (card,) = page.cards
    assert [name for _id, name, _lot in card.partners] == ["Charpente Masson"]
    tell(LETTERS, at=now())
    tell(LETTERS, at=now())
    assert Letter.objects.filter(kind__startswith="offers.radar", to=world.aude).count() == 1
    with pytest.raises(NotAllowed):
        acts.answer_hit(card.hit, yes=True, by=Actor(world.bruno), at=now())
    acts.answer_hit(card.hit, yes=False, by=Actor(world.aude), at=now())
    assert radar_page(world.seats["aude"].company, at=now()).cards == []
    swept(world, tmp_path, BOAMP.replace("Les Amandiers", "Les Oliviers"))
    again = RadarHit.objects.get(answer="")
    assert again.score < card.hit.score
    assert Entry.objects.get(act="offers.hit.answered").facts == {"yes": False}
    assert asked_of(again.notice)[0].trades


@pytest.mark.django_db
def test_a_sweep_stops_resumes_and_finds_nothing_twice(world: World, tmp_path: Path, shared_data: Path) -> None:
    swept(world, tmp_path)
    for number in range(45):
        text = BOAMP.replace("Les Amandiers", f"École {number}")
        (tmp_path / f"{number}.xml").write_text(text, encoding="utf-8")
    assert main(["radar", str(tmp_path), "--slices", "1"]) == 1
    first = RadarHit.objects.count()
    assert main(["radar", "--resume", "--json"]) == 0
    assert RadarHit.objects.count() > first
    assert main(["radar", "--resume"]) == 2
    assert main(["radar", str(tmp_path)]) == 0
    assert RadarHit.objects.count() == 46
    assert main(["radar", str(tmp_path / "nowhere")]) == 2
    with pytest.raises(Refusal):
        acts.stop_sweep(RadarSweep.objects.first(), at=now())
    assert main(["radar", "--awards", str(shared_data / "decp" / "decp_2024S2_travaux_cpv4521_a.csv")]) == 0
    assert main(["radar", "--awards", str(shared_data / "decp" / "exemples/json/marches_concessions.json")]) == 0
    assert main(["radar", "--awards", str(tmp_path / "0.xml")]) == 2
    assert main(["radar", "--awards", str(shared_data / "decp" / "exemples/xml/Marche.xml")]) == 0
    official = Award.objects.get(ident="21750001630040TEST2022")
    assert (official.title, official.cpv, official.department, official.together) == (
        "envoi pour Json test", "45000000", "75", False,
    )  # fmt: skip
    assert Award.objects.filter(together=True).count() > 100
    page = awards_page("4521", "59")
    assert 0 < page.together < page.count
    assert awards_page(page.rows[0].winners[0][0], "").count
    assert acts.take_awards([{"id": "x", "titulaire_id": "552100554"}], source="decp", at=now()) == 1


@pytest.mark.django_db
def test_one_finds_a_company_by_its_name_and_how_it_wins(world: World) -> None:
    namesake = {"titulaire_id": "44117720500019", "titulaire_nom": "SARL BATI ELAN"}
    rows = [
        {"uid": "1", "titulaire_id": "55210055400011", "titulaire_nom": "Bâti-Élan SAS", "objet": "École"},
        {"uid": "2", "titulaire_id": "55210055400029", "titulaire_nom": "Bâti-Élan SAS", "objet": "Halle"},
        {"uid": "2", "titulaire_id": "73282932000074", "titulaire_nom": "Toits du Lac", "objet": "Halle"},
        {"uid": "3", "titulaire_id": "73282932000074", "titulaire_nom": "Toits du Lac", "objet": "Gare"},
        {"uid": "4", **namesake, "objet": "Crèche"},
        {"uid": "5", "titulaire_id": "1", "titulaire_nom": "Bati Elan", "objet": "Stade"},
        {"uid": "6", "titulaire_id": "32445457800012", "titulaire_nom": "Rabati Elanor", "objet": "Pont"},
    ]
    acts.take_awards(rows, source="decp", at=now())
    page = awards_page("bati elan", "")
    assert (page.count, page.together, page.by_name) == (4, 1, True)
    assert [(one.name, one.siren, one.alone, one.together) for one in page.named] == [
        ("Bâti-Élan SAS", "552100554", 1, 1),
        ("Bati Elan", "", 1, 0),
        ("SARL BATI ELAN", "441177205", 1, 0),
    ]
    assert page.named == awards_page("S.A.R.L. Bâti-Élan", "").named
    browser, address = browser_of(world.aude), reverse("offers:radar_awards")
    shown = browser.get(address, {"q": "Bâti Elan"}).content.decode()
    assert "Trouvées par leur nom" in shown
    assert "d’après son nom seul" in shown
    assert "Gare" not in shown
    alone = awards_page("552 100 554", "")
    assert (alone.count, alone.by_name, alone.beside) == (2, False, [("Toits du Lac", 1)])
    assert "comment elle gagne" in browser.get(address, {"q": "552100554"}).content.decode()
    for odd in ("%", "_", "'", "|", "9" * 80, "sas", "🙂"):
        assert browser.get(address, {"q": odd, "dep": odd[:3]}).status_code == 200


@pytest.mark.django_db
def test_a_lot_that_says_no_place_is_where_its_notice_is(tmp_path: Path, shared_data: Path) -> None:
    name = "2024-OJS017-00047522.xml"
    (tmp_path / name).write_bytes((shared_data / "notices/eforms-published" / name).read_bytes())
    acts.start_sweep(str(tmp_path), at=now())
    assert [lot["departments"] for lot in RadarNotice.objects.get().lots] == [["30"], ["30"]]


GROUPS = "ted-r209-fr/groupement"


@pytest.mark.django_db
def test_award_notices_say_who_wins_alone_or_together(shared_data: Path) -> None:
    sweep = acts.start_sweep(str(shared_data / "notices" / GROUPS), at=now())
    assert sweep.state == "running"
    assert Award.objects.filter(source="ted").count() > 40
    one = Award.objects.filter(together=True).first()
    assert one is not None
    assert len(one.winners) > 1
    before = Award.objects.count()
    acts.start_sweep(str(shared_data / "notices" / GROUPS), at=now())
    assert Award.objects.count() == before
    assert Entry.objects.filter(act="offers.sweep.started").first().facts["awards"] == before


@pytest.mark.django_db
def test_the_short_list_says_what_this_buyer_does(world: World, tmp_path: Path) -> None:
    swept(world, tmp_path)
    company = world.seats["aude"].company
    buyer = radar_page(company, at=now()).cards[0].hit.notice.buyer
    for number in range(5):
        Award.objects.create(source="decp", ident=str(number), buyer=buyer.upper(), together=number < 3)
    reasons = radar_page(company, at=now()).cards[0].reasons
    assert "Cet acheteur a confié 3 de ses 5 derniers marchés à des groupements." in reasons
    Award.objects.update(together=False)
    assert any("aucun de ses 5" in each for each in radar_page(company, at=now()).cards[0].reasons)


@pytest.mark.django_db
def test_interested_brings_the_notice_as_an_occasion(world: World, tmp_path: Path) -> None:
    swept(world, tmp_path)
    hit = RadarHit.objects.get()
    browser, address = browser_of(world.aude), reverse("offers:radar_answer", args=[hit.public_id])
    page = browser.post(address, {"answer": "yes"}, follow=True).content.decode()
    assert "Groupe scolaire Les Amandiers" in page
    assert "Chercher des équipes" in page
    browser.post(address, {"answer": "yes"})
    hit.refresh_from_db()
    assert hit.need is not None
    assert type(hit.need).objects.count() == 1
    assert hit.notice.title in browser.get(reverse("offers:radar")).content.decode()


@pytest.mark.django_db
def test_one_likes_to_win_with_whom_one_knows(world: World, tmp_path: Path) -> None:
    company, liked = world.seats["aude"].company, world.seats["bruno"].company
    rival = factories.company("Aardvark Électricité", listed=True)
    for each in (liked, rival):
        CompanyTrade.objects.create(company=each, trade="electricite", declared=True)
        Place.objects.get_or_create(company=each, defaults={"department": "34", "is_head": True})
    browser, address = browser_of(world.aude), reverse("offers:radar_profile", args=[company.public_id])
    assert "Charpente Masson" in browser.get(address).content.decode()
    assert "Aardvark" not in browser.get(address).content.decode()
    data = {"partners": [liked.public_id], "by_mail": "on", "active": "on", "departments": "34"}
    assert browser.post(address, data).status_code == 302
    assert RadarProfile.objects.get().partners == [liked.public_id]
    swept(world, tmp_path)
    assert [name for _id, name, _lot in radar_page(company, at=now()).cards[0].partners] == ["Charpente Masson"]


@pytest.fixture
def feed(tmp_path: Path) -> Iterator[str]:
    """A source of notices at an address: one archive, served from this machine."""
    with zipfile.ZipFile(tmp_path / "avis.zip", "w") as archive:
        for number in range(3):
            archive.writestr(f"{number}.xml", BOAMP.replace("Les Amandiers", f"École {number}"))
    handler = partial(Quiet, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/avis.zip"
        server.shutdown()


def work() -> int:
    """Do the sweep that waits, as a worker does; how many waited."""
    waiting = list(DBTaskResult.objects.filter(task_path=sweep_task.module_path, status=TaskResultStatus.READY))
    for each in waiting:
        sweep_task.call(*each.args_kwargs["args"])
    DBTaskResult.objects.update(status=TaskResultStatus.SUCCESSFUL)
    return len(waiting)


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """Nothing."""


@pytest.mark.django_db
def test_the_feed_of_the_day_is_swept_by_itself_once(world: World, feed: str, settings: Any) -> None:
    acts.set_profile(world.seats["aude"].company, values={"trades": ["gros-oeuvre"]}, by=Actor(world.aude), at=now())
    assert radar_due(at=now()) == 0
    settings.RADAR_SOURCE = feed
    assert radar_due(at=now()) == 1
    assert radar_due(at=now()) == 0  # it waits for its worker
    assert work() == 1
    assert (RadarSweep.objects.get().state, RadarSweep.objects.get().total) == ("done", 3)
    assert RadarHit.objects.count() == 3
    assert radar_due(at=now()) == 0
    assert "Avis lus\u00a0: 3." in browser_of(world.aude).get(reverse("offers:radar")).content.decode()
    tomorrow = now() + timedelta(days=1)
    assert radar_due(at=tomorrow) == 1
    settings.RADAR_SOURCE = feed.replace("avis.zip", "rien.zip")
    assert work() == 1
    assert RadarSweep.objects.first().refused
    assert Entry.objects.filter(act="offers.sweep.missed").exists()
    page = browser_of(world.aude).get(reverse("offers:radar")).content.decode()
    assert "n’a pas répondu" in page


@pytest.mark.django_db
def test_a_sweep_whose_worker_was_lost_is_taken_up(world: World, feed: str, settings: Any) -> None:
    settings.RADAR_SOURCE = feed
    acts.start_sweep(feed, at=now())
    assert radar_due(at=now()) == 0
    assert radar_due(at=now() + timedelta(minutes=11)) == 1
    assert work() == 1
    assert RadarSweep.objects.get().state == "done"

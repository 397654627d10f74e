"""The radar: hits with reasons and partners, stopped and resumed, answers that teach, awards."""

from pathlib import Path

import pytest

from cordee.cli import main
from cordee.directory.models import CompanyTrade
from cordee.engines.procurement.radar import Asked, Radar, Watcher, say_reason
from cordee.ground.kit.clock import now
from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.ground.messages.acts import tell
from cordee.ground.messages.models import Letter
from cordee.ground.people.models import Actor
from cordee.ground.register.models import Entry
from cordee.offers import acts
from cordee.offers.models import Award, RadarHit, RadarProfile, RadarSweep
from cordee.offers.reads.radar import asked_of, awards_page, radar_page, watchers
from cordee.offers.tasks import LETTERS
from tests.offers.small import BOAMP
from tests.people import World

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
    while (one := acts.take_slice(sweep, at=now())) is not None:
        acts.sweep_slice(one, radar, profiles, at=now())
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
    assert Award.objects.filter(together=True).count() > 100
    assert awards_page("4521", "59")
    assert acts.take_awards([{"id": "x", "titulaire_id": "552100554"}], source="decp", at=now()) == 1

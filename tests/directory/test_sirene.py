"""The national register: loaded from the official files, searched, taken from; never a way around a hidden card."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from bench.country_world import SITES, UNITS
from cordee.cli import main
from cordee.directory import acts, reads
from cordee.directory.models import Company
from cordee.engines.companies import FileRefused
from cordee.engines.places import commune
from cordee.ground.kit.refusals import NotAllowed, NotYours
from cordee.ground.people.models import Actor, Clockwork
from cordee.ground.register.models import Entry
from tests import factories
from tests.factories import AT
from tests.people import World, browser_of

pytestmark = pytest.mark.django_db
JOINERY, PAINTER, ALONE, GONE, SHY = (factories.siren(90_000_000 + each) for each in range(5))


def line(columns: list[str], **said: str) -> str:
    return ",".join(
        said.get(column.removesuffix("UniteLegale").removesuffix("Etablissement"), "") for column in columns
    )


def unit(siren: str, name: str = "", naf: str = "43.32A", **said: str) -> str:
    known = {"siren": siren, "statutDiffusion": "O", "etatAdministratif": "A", "denomination": name}
    known |= {"activitePrincipale": naf, "nomenclatureActivitePrincipale": "NAFRev2", "trancheEffectifs": "11"}
    return line(UNITS, **{**known, **said})


def site(siren: str, insee: str, naf: str = "43.32A", **said: str) -> str:
    known = {"siren": siren, "siret": f"{siren}00011", "statutDiffusion": "O", "etatAdministratif": "A"}
    known |= {"activitePrincipale": naf, "nomenclatureActivitePrincipale": "NAFRev2", "codeCommune": insee}
    return line(SITES, **{**known, "etablissementSiege": "true", "codePostal": "34700", **said})


@pytest.fixture
def stocks(tmp_path: Path, settings: Any) -> tuple[Path, Path]:
    settings.DATA_DIR = tmp_path
    units, sites = tmp_path / "StockUniteLegale.csv", tmp_path / "StockEtablissement.zip"
    rows = [
        unit(JOINERY, "MENUISERIE DU LARZAC"),
        unit(PAINTER, "PEINTURE SANCHIS", "43.34Z", trancheEffectifs="NN"),
        unit(ALONE, nom="FABREGUES", prenomUsuel="CLAIRE"),
        unit(GONE, "MENUISERIE PARTIE", etatAdministratif="C"),
        unit(SHY, "MENUISERIE CACHEE", statutDiffusion="P"),
        "ceci,n’est pas une ligne",
    ]
    units.write_text("\n".join([",".join(UNITS), *rows]), encoding="utf-8")
    rows = [
        site(JOINERY, "34142"),
        site(JOINERY, "75056", siret=f"{JOINERY}00029", etablissementSiege="false", codePostal="75001"),
        site(PAINTER, "34172", "43.34Z", enseigne1="LE PINCEAU"),
        site(ALONE, "34142"),
        site(GONE, "34142"),
        site(SHY, "34142", statutDiffusion="P"),
    ]
    with zipfile.ZipFile(sites, "w") as pack:
        pack.writestr("StockEtablissement_utf8.csv", "\n".join([",".join(SITES), *rows]))
    return units, sites


@pytest.fixture
def country(stocks: tuple[Path, Path]) -> dict[str, int]:
    return acts.load_sirene(*stocks, by=Clockwork(), at=AT)


def names(**asked: Any) -> list[str]:
    question = reads.asked_of(**{"text": "", "trade": "", "place": "", "radius": 25, "size": "", **asked})
    return [one.name for one in reads.search_register(question)] if question else []


def test_the_country_is_loaded_and_the_closed_and_withheld_stay_out(country: dict[str, int]) -> None:
    assert country == {"companies": 3, "establishments": 5, "closed": 1, "withheld": 2, "unreadable": 1}
    assert Entry.objects.latest("pk").act == "directory.register.loaded"
    assert names(text="menuiserie") == ["MENUISERIE DU LARZAC"]
    assert names(text="cachee") == names(text="partie") == []


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"text": f"{JOINERY[:3]} {JOINERY[3:6]} {JOINERY[6:]}"}, ["MENUISERIE DU LARZAC"]),
        ({"text": "larzca"}, ["MENUISERIE DU LARZAC"]),
        ({"text": "menuisrei du larzca"}, ["MENUISERIE DU LARZAC"]),
        ({"text": "enuiserie"}, ["MENUISERIE DU LARZAC"]),
        ({"text": "menuis lar"}, ["MENUISERIE DU LARZAC"]),
        ({"text": "larzca", "place": "Lodève", "radius": 10}, ["MENUISERIE DU LARZAC"]),
        ({"text": "larzac", "place": "34", "size": "10"}, ["MENUISERIE DU LARZAC"]),
        ({"text": "larzac", "place": "34", "size": "50"}, []),
        ({"text": "larzac", "trade": "peinture"}, []),
        ({"text": "claire fabrègues"}, ["CLAIRE FABREGUES"]),
        ({"text": "pinceau"}, ["PEINTURE SANCHIS"]),
        ({"trade": "menuiserie-bois", "place": "Lodève"}, ["MENUISERIE DU LARZAC", "CLAIRE FABREGUES"]),
        ({"trade": "menuiserie-bois", "place": "75"}, ["MENUISERIE DU LARZAC"]),
        ({"trade": "peinture", "place": "Lodève", "radius": 10}, []),
        ({"text": "peinture", "place": "Lodève", "radius": 100}, ["PEINTURE SANCHIS"]),
        ({"place": "Lodève", "size": "10"}, ["MENUISERIE DU LARZAC", "CLAIRE FABREGUES"]),
        ({"trade": "peinture", "place": "34", "size": "10"}, []),
        ({"text": "zzzzzz"}, []),
        ({}, []),
    ],
    ids=lambda value: "+".join(map(str, value)) if isinstance(value, dict) else None,
)
def test_it_is_searched_by_name_trade_place_and_size(
    country: dict[str, int], asked: dict[str, Any], found: list[str]
) -> None:
    assert sorted(names(**asked)) == sorted(found)


def test_a_line_of_the_register_becomes_a_card_once(country: dict[str, int], world: World) -> None:
    browser = browser_of(world.chloe)
    page = browser.get(reverse("directory:list"), {"q": "larzac"}).content.decode()
    assert "Dans le répertoire national" in page
    answer = browser.post(reverse("directory:take", args=[int(JOINERY)]), follow=True)
    assert "MENUISERIE DU LARZAC" in answer.content.decode()
    made = Company.objects.get(siren=JOINERY)
    assert (made.headcount_low, made.places.get().city) == (10, "Lodève")
    assert made.trades.filter(trade="menuiserie-bois").exists()
    assert acts.take_from_register(JOINERY, by=Actor(world.bruno), at=AT) == made
    assert reads.register_lines(reads.Query(text="larzac")) == ()
    answer = browser.post(reverse("directory:take", args=[int(ALONE)]), {"mienne": "1"}, follow=True)
    assert "Votre fiche" in answer.content.decode()
    with pytest.raises(NotYours):
        acts.take_from_register("732829320", by=Actor(world.chloe), at=AT)


def test_a_hidden_company_is_not_found_around_its_card(country: dict[str, int], world: World) -> None:
    hidden = factories.company("Menuiserie du Larzac", siren=JOINERY, listed=False)
    assert reads.register_lines(reads.Query(text="larzac")) == ()
    with pytest.raises(NotYours):
        acts.take_from_register(JOINERY, by=Actor(world.chloe), at=AT)
    assert hidden.public_id not in browser_of(world.chloe).get(reverse("directory:list")).content.decode()


def test_a_search_for_teams_brings_the_nearest_in(country: dict[str, int]) -> None:
    here = commune("34142")
    assert here is not None
    assert acts.bring_near([(["menuiserie-bois"], here.point, 30), (["peinture"], None, None)], at=AT) == 2
    assert Entry.objects.latest("pk").act == "directory.register.searched"
    assert acts.bring_near([(["menuiserie-bois"], here.point, 30)], at=AT) == 0


NEED = """{"schema": "cordee.need/1", "title": "École", "lots": [
 {"id": "1", "title": "Menuiseries", "trades": ["menuiserie-bois"], "place": {"lon": 3.31, "lat": 43.73}},
 {"id": "2", "title": "Peinture", "trades": ["peinture"], "place": {"lon": 3.31, "lat": 43.73}}]}"""


def test_the_command_finds_teams_in_the_register(
    country: dict[str, int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    need, own = tmp_path / "need.json", tmp_path / "own.csv"
    need.write_text(NEED, encoding="utf-8")
    assert main(["team", str(need), "--register", "--json", "--around", JOINERY]) == 0
    best = json.loads(capsys.readouterr().out)["teams"][0]
    assert {one["name"] for one in best["members"]} == {"MENUISERIE DU LARZAC", "PEINTURE SANCHIS", "CLAIRE FABREGUES"}
    own.write_text(f"siren;nom;naf;code postal\n{PAINTER};Mon peintre;43.34Z;34000\n", encoding="utf-8")
    assert main(["team", str(need), "--register", "--companies", str(own)]) == 0
    said = capsys.readouterr().out
    assert "Mon peintre" in said
    assert "SANCHIS" not in said
    assert main(["team", str(need)]) == 2
    (tmp_path / "sirene.sqlite3").unlink()
    assert main(["team", str(need), "--register"]) == 2
    assert "cordee import sirene" in capsys.readouterr().err


def test_without_a_register_nothing_comes_and_nothing_breaks(tmp_path: Path, settings: Any, world: World) -> None:
    settings.DATA_DIR = tmp_path
    here = commune("34142")
    assert acts.bring_near([(["menuiserie-bois"], here.point if here else None, 30)], at=AT) == 0
    assert reads.register_lines(reads.Query(text="larzac")) == ()


def test_a_wrong_file_gets_a_sentence_and_leaves_the_old_register(
    country: dict[str, int], stocks: tuple[Path, Path], world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(FileRefused):
        acts.load_sirene(stocks[1], stocks[0], by=Clockwork(), at=AT)
    assert names(text="larzac")
    with pytest.raises(NotAllowed):
        acts.load_sirene(*stocks, by=Actor(world.bruno), at=AT)
    with pytest.raises(FileRefused):
        list(reads_units(b""))
    capsys.readouterr()


def reads_units(data: bytes) -> Any:
    from collections import Counter

    from cordee.engines.companies import read_units

    return read_units(io.BytesIO(data), Counter())

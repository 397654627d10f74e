"""The pages of the occasions."""

from pathlib import Path

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cordee.ground.kit.clock import now
from cordee.ground.messages.acts import tell
from cordee.ground.messages.models import Letter
from cordee.ground.people.models import Actor
from cordee.offers import acts
from cordee.offers.models import Need, TeamSearch
from cordee.offers.tasks import LETTERS
from tests import factories
from tests.offers import bidding
from tests.offers.small import TRADES, directory, found, need, notice_file, search, shared_need
from tests.people import World, browser_of

pytestmark = pytest.mark.django_db


def test_from_the_notice_to_the_exchange(world: World) -> None:
    directory()
    browser = browser_of(world.aude)
    assert "Apporter une occasion" in browser.get(reverse("offers:list")).content.decode()
    page = browser.post(reverse("offers:new"), {"notice": notice_file()}, follow=True).content.decode()
    assert "Groupe scolaire Les Amandiers" in page
    assert "186\u202f400\xa0€" in page
    made = Need.objects.get()
    answer = browser.post(reverse("offers:find", args=[made.public_id]), {"members": "12", "around": "on"})
    waiting = browser.get(answer["Location"])
    assert "Votre recherche va commencer" in waiting.content.decode()
    acts.find_teams_now(TeamSearch.objects.get(), at=now())
    teams = browser.get(answer["Location"]).content.decode()
    assert "Ouvrir un échange avec cette équipe" in teams
    assert "Qui peut faire quoi" in teams
    opened = browser.post(reverse("offers:open", args=[TeamSearch.objects.get().public_id, 1]), follow=True)
    assert "attend une réponse" in opened.content.decode()


def test_the_progress_follows_to_the_result_by_itself(world: World) -> None:
    asked = search(world)
    address, browser = reverse("offers:teams", args=[asked.public_id]), browser_of(world.aude)
    htmx = {"HX-Request": "true", "HX-Target": "progress"}
    fragment = browser.get(address, headers=htmx)
    assert fragment.status_code == 200
    assert "<html" not in fragment.content.decode()
    assert fragment.content.decode().strip() in browser.get(address).content.decode()
    acts.find_teams_now(asked, at=now())
    assert browser.get(address, headers=htmx)["HX-Redirect"] == address


def test_a_need_is_typed_line_by_line_without_script(world: World) -> None:
    browser, address = browser_of(world.aude), reverse("offers:write")
    typed = {"title": "Une école", "lot_1": "Murs", "trade_1": "gros-oeuvre", "lines": "3"}
    more = browser.post(address, {**typed, "more": "1"}).content.decode()
    assert 'name="lot_6"' in more
    assert 'value="Murs"' in more
    data = {**typed, "lines": "6", "trade_5": "electricite", "value_5": "1 284,5", "place": "Sète", "day": "2099-03-30"}
    answer = browser.post(address, data, follow=True)
    assert "Une école" in answer.content.decode()
    lots = list(Need.objects.get().lots.all())
    assert [(lot.title, lot.place, lot.value_cents) for lot in lots] == [
        ("Murs", "Sète", None),
        ("Électricité du bâtiment", "Sète", 128_450),
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "À remplir"),
        ({"title": "x"}, "Écrivez au moins un travail"),
        ({"title": "x", "lot_1": "y", "place": "Zzyzx"}, "Nous ne connaissons pas"),
        ({"title": "x", "lot_1": "y", "place": "99999"}, "Nous ne connaissons pas"),
        ({"title": "x", "lot_1": "y", "day": "hier"}, "Écrivez une date"),
        ({"title": "x", "lot_1": "y", "hour": "midi"}, "Écrivez une heure"),
        ({"title": "x", "lot_1": "y", "value_1": "beaucoup"}, "n’est pas un montant"),
        ({"title": "x", "lot_1": "y", "trade_1": "magicien"}, "choix valide"),
        ({"title": "x", "lot_1": "y", "lines": "999999999"}, ""),
    ],
)
def test_nonsense_in_a_need_gets_a_sentence(world: World, data: dict[str, str], said: str) -> None:
    answer = browser_of(world.aude).post(reverse("offers:write"), data)
    assert answer.status_code in (302, 422)
    if said:
        assert answer.status_code == 422
        assert said in answer.content.decode()


def test_a_wrong_file_gets_the_reader_s_sentence(world: World) -> None:
    browser, address = browser_of(world.aude), reverse("offers:new")
    for file, said in (
        (notice_file("%PDF-1.4 ...", "avis.pdf"), "C’est un PDF"),
        (notice_file("<a/>"), "Ce XML n’est pas un avis"),
        (notice_file(""), "Ce fichier est vide"),
    ):
        answer = browser.post(address, {"notice": file})
        assert answer.status_code == 422
        assert said in answer.content.decode()
    assert "Choisissez le fichier" in browser.post(address, {}).content.decode()


def test_somebody_without_a_company_names_it(world: World) -> None:
    person = factories.person("Nadia")
    answer = browser_of(person).post(
        reverse("offers:new"), {"notice": notice_file(), "company_text": "Atelier Nadia"}, follow=True
    )
    assert answer.status_code == 200
    assert Need.objects.get().company.name == "Atelier Nadia"


@pytest.mark.parametrize(
    ("data", "status", "said"),
    [
        ({"members": "2"}, 422, "Au moins 3"),
        ({"members": "many"}, 422, "nombre entier"),
        ({"members": "5", "max_km": "-1"}, 422, "Au moins 1"),
        ({}, 422, "À remplir"),
    ],
)
def test_nonsense_in_a_search_gets_a_sentence(world: World, data: dict[str, str], status: int, said: str) -> None:
    answer = browser_of(world.aude).post(reverse("offers:find", args=[need(world).public_id]), data)
    assert (answer.status_code, said in answer.content.decode()) == (status, True)


def test_two_tabs_correct_a_lot_and_the_second_is_told(world: World) -> None:
    made = need(world)
    browser, address = browser_of(world.aude), reverse("offers:lot", args=[made.public_id, 1])
    form = {"version": "1", "place": "34230", "trade_1": "gros-oeuvre", "essential": "on"}
    assert browser.post(address, {**form, "title": "Le sien", "radius_km": "250"}).status_code == 302
    answer = browser.post(address, {**form, "title": "Le mien", "radius_km": "250"})
    assert answer.status_code == 409
    assert "Le sien" in answer.content.decode()
    assert "Le mien" in answer.content.decode()
    lot = made.lots.get(rank=1)
    assert (lot.trades, lot.radius_km, lot.lon is not None) == ({"gros-oeuvre": 100}, 250, True)


def test_a_trade_to_specify_is_chosen_by_the_leader(world: World) -> None:
    made = need(world, lots=("gros-oeuvre",))
    made.lots.update(trades={})
    browser = browser_of(world.aude)
    address = reverse("offers:need", args=[made.public_id])
    assert "métier à préciser" in browser.get(address).content.decode()
    data = {"version": "1", "title": "Murs", "trade_2": "platrerie", "place": ""}
    browser.post(reverse("offers:lot", args=[made.public_id, 1]), data)
    page = browser.get(address).content.decode()
    assert "métier à préciser" not in page
    assert "Plâtrerie" in page
    assert made.lots.get().lon is None


def test_pages_stay_within_their_budget_of_queries(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    done = found(world, of=need(world, lots=TRADES * 4))
    acts.open_exchange_with(done, team=1, by=Actor(world.aude), at=now())
    for _each in range(5):
        shared_need(world)
    browser = browser_of(world.aude)
    for url, args in (
        ("offers:list", []),
        ("offers:new", []),
        ("offers:write", []),
        ("offers:need", [done.need.public_id]),
        ("offers:lot", [done.need.public_id, 1]),
        ("offers:teams", [done.public_id]),
    ):
        with django_assert_max_num_queries(12):
            assert browser.get(reverse(url, args=args)).status_code == 200


@pytest.mark.parametrize("kind", ["tender", "offer"])
def test_pages_of_a_bid_stay_within_their_budget_of_queries(
    world: World, kind: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    bid = bidding.frozen(world) if kind == "tender" else bidding.offer(world)
    if kind == "offer":
        parts = bidding.ready(world, bid)
        ids = [part.public_id for part in parts.values()]
        acts.make_variant(bid, title="Tout", parts=ids, by=bidding.actor(world, "aude"), at=now())
    else:
        bidding.actor(world, "aude")
        acts.ask_question(bid, "Le site est-il occupé ?", by=bidding.actor(world, "bruno"), at=now())
    browser = browser_of(world.aude)
    for name in ("bid", "room", "note", "terms", "roles", "variants", "guarantees", "client"):
        with django_assert_max_num_queries(12):
            assert browser.get(reverse(f"offers:{name}", args=[bid.public_id])).status_code == 200, name


def test_nonsense_in_addresses_is_not_found(world: World) -> None:
    browser, made = browser_of(world.aude), need(world)
    for address in (
        "/occasions/zzz",
        "/occasions/zzz/lots/1",
        f"/occasions/{made.public_id}/lots/99",
        f"/occasions/{made.public_id}/lots/99999999999999999999",
        f"/occasions/{made.public_id}/avis",
        "/occasions/equipes/zzz",
    ):
        assert browser.get(address).status_code == 404, address
    assert browser.get(f"/occasions/{made.public_id}?page=banane").status_code == 200


def test_the_members_of_the_exchange_hear_that_a_lot_changed(world: World) -> None:
    made = shared_need(world)
    acts.change_lot(made.lots.get(rank=1), version=1, values={"title": "Murs"}, by=Actor(world.aude), at=now())
    tell(LETTERS, at=now())
    told = set(Letter.objects.values_list("to__name", flat=True))
    assert "Bruno Masson" in told
    assert "Aude Lambert" not in told


def test_pages_in_english(world: World) -> None:
    world.aude.language = "en"
    world.aude.save()
    done = found(world)
    browser = browser_of(world.aude)
    assert (
        "Open an exchange with this team"
        in browser.get(reverse("offers:teams", args=[done.public_id])).content.decode()
    )


def test_real_notices_are_read_and_shown(world: World, shared_data: Path) -> None:
    browser = browser_of(world.aude)
    for name in (
        "eforms-sdk/cn_24_maximal_100_lots.xml",
        "ted-r209-fr/multilot-avis/645537-2021_F01_2014.xml",
        "boamp-xml/test-pub-3.xml",
    ):
        path = shared_data / "notices" / name
        answer = browser.post(
            reverse("offers:new"), {"notice": notice_file(path.read_text(encoding="utf-8"), path.name)}, follow=True
        )
        assert answer.status_code == 200, name
        assert "L’avis est lu" in answer.content.decode(), name

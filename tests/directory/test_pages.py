"""The pages of the directory, for Aude, Bruno and Chloé: what each sees, nonsense, budgets of queries."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cordee.directory.models import Company, CompanyTrade, ImportRun, Representative, Tie
from cordee.directory.tasks import run_import
from cordee.ground.kit.clock import now
from tests import factories
from tests.people import World, browser_of

pytestmark = pytest.mark.django_db


def address(world: World, page: str = "company") -> str:
    return reverse(f"directory:{page}", args=[world.seats["aude"].company.public_id])


def text(answer: Any) -> str:
    return answer.content.decode()


def test_a_card_in_a_minute(world: World) -> None:
    factories.company("Plâtrerie du Lez")
    browser = browser_of(world.chloe)
    page = text(browser.get(reverse("directory:mine"), {"q": "platrerie"}))
    assert "Plâtrerie du Lez" in page
    company = Company.objects.get(name="Plâtrerie du Lez")
    answer = browser.post(reverse("directory:claim", args=[company.public_id]), follow=True)
    assert "vous représentez Plâtrerie du Lez" in text(answer)
    five = {"brings": "Du plâtre", "looks_for": "Un peintre", "area": "Hérault", "name": company.name, "version": "1"}
    answer = browser.post(reverse("directory:edit", args=[company.public_id]), five, follow=True)
    assert "Du plâtre" in text(answer)
    assert Representative.objects.filter(company=company, person=world.chloe).exists()


def test_two_tabs_the_second_sees_both_values(world: World) -> None:
    browser = browser_of(world.aude)
    first = {"name": "Menuiserie Lambert", "brings": "Du chêne", "version": "1"}
    assert browser.post(address(world, "edit"), first).status_code == 302
    answer = browser.post(address(world, "edit"), {**first, "brings": "Du pin"})
    assert answer.status_code == 409
    assert "Du chêne" in text(answer)
    assert "Du pin" in text(answer)


def test_a_card_never_shows_an_address_nor_the_ties_of_others(world: World) -> None:
    Tie.objects.create(company=world.seats["aude"].company, other=world.seats["bruno"].company, kind="fair", trust=77)
    page = text(browser_of(world.chloe).get(address(world)))
    assert "Aude Lambert" in page
    assert world.aude.email not in page
    assert "salon" not in page.replace('<option value="fair">rencontré sur un salon</option>', "")
    assert "Modifier" not in page
    bruno = text(browser_of(world.bruno).get(reverse("directory:ties")))
    assert "Pas encore de lien" in bruno
    assert "77" in text(browser_of(world.aude).get(reverse("directory:ties")))


def test_what_is_unknown_is_to_be_confirmed_never_zero(world: World) -> None:
    page = text(browser_of(world.chloe).get(address(world)))
    assert page.count("à confirmer") + page.count("À confirmer") >= 7
    assert "0,00" not in page


@pytest.mark.parametrize(
    ("page", "data", "said"),
    [
        ("edit", {"name": "", "version": "1"}, "À remplir"),
        ("edit", {"name": "x", "version": "1", "lieu": "Atlantide"}, "Écrivez une commune"),
        ("edit", {"name": "x", "version": "un"}, "version"),
        ("trade", {"metier": "magie noire"}, "Choisissez dans la liste"),
        ("certificate", {"label": "RGE", "valid_to": "hier"}, "Écrivez par exemple"),
    ],
)
def test_nonsense_gets_a_sentence(world: World, page: str, data: dict[str, str], said: str) -> None:
    answer = browser_of(world.aude).post(address(world, page), data)
    assert answer.status_code == 422
    assert said in text(answer)


def test_a_trust_that_is_no_number_gets_a_sentence(world: World) -> None:
    answer = browser_of(world.bruno).post(address(world, "tie"), {"kind": "client", "trust": "beaucoup"})
    assert answer.status_code == 422
    assert "de 0 à 100" in text(answer)


@pytest.mark.parametrize(
    "query",
    ["?q=" + "a" * 500, "?page=abc", "?page=99999999999", "?rayon=x&lieu=Sète", "?taille=z", "?lieu=%F0%9F"],
)
def test_nonsense_in_the_search_is_answered(world: World, query: str) -> None:
    assert browser_of(world.aude).get(reverse("directory:list") + query).status_code == 200


@pytest.mark.parametrize(
    "path", ["/annuaire/rien", "/annuaire/liens/99999999999999999999/retirer", "/annuaire/imports/rien"]
)
def test_nonsense_in_the_address_is_not_found(world: World, path: str) -> None:
    world.aude.is_operator = True
    world.aude.save()
    browser = browser_of(world.aude)
    answer = browser.post(path) if path.endswith("retirer") else browser.get(path)
    assert answer.status_code == 404


@pytest.mark.parametrize("page", ["directory:list", "directory:mine", "directory:ties", "company", "edit"])
def test_pages_stay_within_their_budget_of_queries(
    world: World, page: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    mine = world.seats["aude"].company
    for number in range(30):
        other = factories.company(f"Voisine {number}", leader=factories.person())
        CompanyTrade.objects.create(company=other, trade="plomberie", naf="43.22A")
        Tie.objects.create(company=mine, other=other, kind="neighbour")
    browser = browser_of(world.aude)
    where = reverse(page) if ":" in page else address(world, page)
    data = {"q": "voisnie", "lieu": "Montpellier", "metier": "plomberie"} if page == "directory:list" else {}
    data = {"q": "voisine"} if page == "directory:mine" else data
    with django_assert_max_num_queries(12):
        assert browser.get(where, data).status_code == 200


def test_an_import_from_the_page_to_its_report(world: World) -> None:
    world.aude.is_operator = True
    world.aude.save()
    browser = browser_of(world.aude)
    content = f"siren;nom\n{factories.siren(82_000_001)};Neuve\n123;Fausse\n".encode()
    answer = browser.post(reverse("directory:import"), {"file": SimpleUploadedFile("liste.csv", content)})
    run = ImportRun.objects.get()
    assert answer["Location"] == reverse("directory:import_run", args=[run.public_id])
    assert 'hx-trigger="every 1s"' in text(browser.get(answer["Location"]))
    run_import.func(run.public_id)
    page = text(browser.get(answer["Location"]))
    assert "Import terminé" in page
    assert "valable. Vérifiez ses chiffres" in page
    assert "hx-trigger" not in page
    htmx = browser.get(answer["Location"], HTTP_HX_REQUEST="true", HTTP_HX_TARGET="progress")
    assert htmx["HX-Refresh"] == "true"
    assert "<html" not in text(htmx)
    report = browser.get(reverse("directory:import_report", args=[run.public_id]))
    assert report.content.decode("utf-8-sig").startswith("ligne;colonne;raison;refusée")
    assert browser.post(reverse("directory:import"), {}).status_code == 422


def test_a_stopped_import_is_resumed_from_its_page(world: World) -> None:
    world.aude.is_operator = True
    world.aude.save()
    run = ImportRun.objects.create(
        filename="a.csv", digest="0" * 64, asked_at=factories.AT, state="running", total=9, touched_at=factories.AT
    )
    browser = browser_of(world.aude)
    assert "semble arrêté" in text(browser.get(reverse("directory:import_run", args=[run.public_id])))
    answer = browser.post(reverse("directory:resume_import", args=[run.public_id]), follow=True)
    assert "il a repris" in text(answer)
    run.refresh_from_db()
    assert (run.resumed, abs((now() - (run.touched_at or now())).total_seconds()) < 60) == (1, True)


def test_the_pages_speak_english(world: World) -> None:
    world.aude.language = "en"
    world.aude.save()
    page = text(browser_of(world.aude).get(reverse("directory:list")))
    assert "4 companies" in page or "5 companies" in page

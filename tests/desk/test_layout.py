"""The frame of every page: menu, help line, themes, errors."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, reverse

from cordee.desk import views
from cordee.desk.templatetags.desk import AREAS, among, areas
from cordee.ground.kit.statics import HouseStatics
from tests.people import World, browser_of


def text(answer: Any) -> str:
    return answer.content.decode()


def known(name: str) -> bool:
    try:
        reverse(name)
    except NoReverseMatch:
        return False
    return True


@pytest.mark.django_db
def test_the_menu_shows_the_areas_that_exist_and_says_where_one_is(world: World) -> None:
    page = text(browser_of(world.aude).get("/"))
    for name, _icon, word, _group in AREAS:
        assert (f">{word}</span>" in page) == known(name)
    assert 'href="/" aria-current="page"' in page
    assert "Menuiserie Lambert" in page  # the company one acts for
    assert 'class="cd-count"' not in page  # nobody counted: nothing is said


@pytest.mark.django_db
def test_an_area_stays_current_on_the_pages_inside_it() -> None:
    request = RequestFactory().get("/a-propos")
    inside = {area.name: area.current for area in areas({"request": request, "area": "desk:today"})}
    assert inside["desk:today"] == "true"
    assert next(area.name for area in among(areas({}), "first")) == "desk:today"


@pytest.mark.django_db
def test_a_stranger_gets_a_public_header_and_the_help_line() -> None:
    page = text(Client().get("/a-propos"))
    assert "cd-side" not in page
    assert "cd-bar" not in page
    assert "Entrer" in page
    assert 'href="tel:+33467000000"' in page


@pytest.mark.django_db
def test_theme_and_language_are_remembered_by_a_post_and_lead_back(world: World) -> None:
    client = browser_of(world.aude)
    answer = client.post("/apparence", {"theme": "dark", "next": "/a-propos"})
    assert answer["Location"] == "/a-propos"
    client.post("/langue", {"language": "en", "next": "/a-propos"})
    page = text(client.get("/a-propos"))
    assert '<html lang="en" data-bs-theme="dark">' in page
    assert "About Cordée" in page
    assert client.post("/apparence", {"theme": "x", "next": "https://elsewhere.example/"})["Location"] == "/"
    assert client.get("/apparence").status_code == 405


@pytest.mark.django_db
def test_nothing_inline_runs_and_the_policy_says_so(world: World) -> None:
    answer = browser_of(world.aude).get("/")
    assert "unsafe" not in answer["Content-Security-Policy"]
    for forbidden in (" style=", " onclick=", "javascript:"):
        assert forbidden not in text(answer)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("view", "error", "code", "words"),
    [
        (views.bad_request, SuspiciousOperation(), 400, "n’a pas compris"),
        (views.forbidden, PermissionDenied(), 403, "ne vous est pas ouverte"),
        (views.not_found, Exception(), 404, "n’existe pas"),
    ],
)
def test_an_error_says_what_and_where_to_go(world: World, view: Any, error: Exception, code: int, words: str) -> None:
    request = RequestFactory().get("/")
    request.user = world.aude
    request.htmx = False
    answer = view(request, error)
    assert answer.status_code == code
    assert words in text(answer)
    request.htmx = True
    fragment = view(request, error)
    assert fragment.status_code == code
    assert "<html" not in text(fragment)
    assert 'role="alert"' in text(fragment)


@pytest.mark.django_db
def test_a_form_left_open_too_long_is_told_in_our_words() -> None:
    answer = Client(enforce_csrf_checks=True).post("/apparence", {"theme": "dark"})
    assert answer.status_code == 403
    assert "restée ouverte trop longtemps" in text(answer)


@pytest.mark.django_db
def test_static_files_have_an_address_before_and_after_they_are_collected() -> None:
    storage = HouseStatics()
    storage.hashed_files = {}
    assert storage.stored_name("cordee/cordee.css") == "cordee/cordee.css"
    storage.hashed_files = {"cordee/cordee.css": "cordee/cordee.123.css"}
    assert storage.stored_name("cordee/cordee.css") == "cordee/cordee.123.css"


@pytest.mark.django_db
def test_the_gallery_is_for_developers_and_demos(settings: Any) -> None:
    settings.MAILBOX_OPEN = False
    assert Client().get("/dev/galerie").status_code == 404
    settings.MAILBOX_OPEN = True
    page = text(Client().get("/dev/galerie"))
    assert 'aria-current="step"' in page
    assert "is-mark" in page
    assert "1\u202f284,50" in page
    assert 'aria-describedby="id_wrong-amount_error"' in page or "id_wrong-amount_error" in page


def test_a_server_error_page_needs_no_database() -> None:
    """It may be the database that failed."""
    answer = views.server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "Une panne" in text(answer)

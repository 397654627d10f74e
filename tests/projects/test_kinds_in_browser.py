"""Each kind, on a phone, from the idea to the end: its figures, a vote, its stages, its tools, what came of it.

A kind that is added to the list is walked with the others; so is one that only this test knows.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect, sync_playwright

from cordee.governance.acts import cast_vote, close_ballot
from cordee.ground.kit.clock import now
from cordee.ground.kit.money import read_cents
from cordee.projects import acts, kinds, reads
from cordee.projects.kinds import KINDS, Kind
from cordee.projects.kinds.base import Choice
from cordee.projects.kinds.tools import TOOLS
from cordee.projects.models import Project
from tests.browser import CHROMIUM, FLAGS
from tests.people import World, browser_of, make_world
from tests.projects import shared_truck

pytestmark = pytest.mark.django_db(transaction=True)
LESSON = "S’y prendre deux mois plus tôt."
ADDRESSES = {tool.slug: tool.url for tool in TOOLS}

# What each project is called, the particulars that are not left as proposed, what is measured at the end.
FIGURES: dict[str, tuple[str, dict[str, str], str]] = {
    "shared_stand": (
        "Salon de l’habitat",
        {"fair": "Salon de l’habitat", "city": "Montpellier", "surface": "18"},
        "64",
    ),
    "joint_offer": ("Rénovation clés en main", {"promise": "Un seul interlocuteur, un seul prix"}, "5"),
    "joint_tender": ("École Jean-Moulin", {"notice": "Réhabilitation du groupe scolaire"}, "2"),
    "competitor_offer": ("Volumes de l’hôpital", {"markets": "Repas de l’hôpital de Nîmes", "volume": "240000"}, "1"),
    "common_brand": ("Bâtisseurs du Larzac", {"sign": "Bâtisseurs du Larzac", "users": "7"}, "85,5"),
    "shared_sales": ("Un commercial à quatre", {"territory": "Hérault et Gard", "gross_fixed": "32000"}, "118"),
    "shared_employee": ("QHSE à trois", {"job": "Responsable QHSE", "gross": "38000"}, "97,5"),
    "shared_study": ("Liant bas carbone", {"question": "Tient-il au gel ?", "lab_days": "28"}, "80"),
    "free": ("Une benne à plusieurs", {"about": "Acheter une benne et la partager", "amount": "7800"}, "3"),
    "shared_truck": ("Le porteur", {"price": "48000", "shared_from": "2027-01-12"}, "31 500"),
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: the pages cannot be looked at")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def screen(browser: Browser, live_server: Any) -> Iterator[Page]:
    """One phone for all the kinds: what it has fetched once is kept."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, locale="fr-FR", reduced_motion="reduce", base_url=live_server.url
    )
    context.route("**/*.woff2", lambda route: route.abort())
    yield context.new_page()
    context.close()


@pytest.fixture
def phone(screen: Page, live_server: Any) -> tuple[World, Page]:
    """Aude, signed in on her phone."""
    world = make_world()
    session = browser_of(world.aude).cookies["cordee_session"].value
    screen.context.clear_cookies()
    screen.context.add_cookies([{"name": "cordee_session", "value": session, "url": live_server.url}])
    return world, screen


def look(page: Page, *, axe: bool = True) -> None:
    """Nothing for axe to say, nothing wider than the phone."""
    assert page.evaluate("document.documentElement.scrollWidth") <= 390, page.url
    if axe:
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        assert [(page.url, each["id"], each["nodes"][0]["html"]) for each in found] == []


def settled(world: World, project: Project) -> None:
    """What the stages to come ask for is noted where it was settled, and each is entered."""
    by = world.actor("aude")
    while (step := project.kind_data.after(project.stage)) is not None:
        for check in reads.missing_for(project, step):
            acts.note_checkpoint(project, slug=check.wanted.slug, note="Réunion du 3 mars, tous.", by=by, at=now())
        project = acts.enter_next_stage(project, by=by, at=now())


def adopt(world: World, ballot: Any) -> None:
    """Every member votes for it."""
    for name in ("aude", "bruno", "denis", "emma"):
        seat = world.seats[name]
        cast_vote(ballot, seat=seat, choice="for", by=acting(world, name), at=now())
    ballot.refresh_from_db()
    if ballot.closed_at is None:
        close_ballot(ballot, by=world.actor("aude"), at=now())


def acting(world: World, name: str) -> Any:
    from cordee.ground.people.models import Actor
    from cordee.ground.register.acts import address

    return Actor(world.seats[name].holder, address(world.seats[name]))


def opened(world: World, page: Page, kind: Kind) -> Project:
    """From the page of the form to the project, with its figures."""
    name, figures, _measured = FIGURES.get(kind.slug, (str(kind.label), {}, "1"))
    page.goto(reverse("projects:new_of_kind", args=[world.grouping.public_id, kind.slug]))
    expect(page.get_by_role("heading", level=1)).to_have_text(str(kind.label))
    look(page, axe=False)
    page.get_by_label("Nom du projet").fill(name)
    for field, value in figures.items():
        page.locator(f"#id_{field}").fill(value)
    page.get_by_role("button", name="Ouvrir le projet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    return Project.objects.get(name=name)


def put_to_vote(page: Page, label: str) -> None:
    """By hand: what is proposed, to all the members."""
    page.get_by_text("Décider : " + label).click()
    page.get_by_label("Ce que vous proposez").first.fill("Chacun y met deux jours et sa part du budget.")
    page.get_by_role("button", name="Mettre au vote, sept jours").first.click()
    expect(page.get_by_role("link", name="Voir le vote").first).to_be_visible()


def pass_first_stage(world: World, page: Page, project: Project, kind: Kind) -> None:
    """By hand: a vote, the next stage, a line of the budget, a tool of another kind."""
    first = next(slug for slug in kind.stages[1].asks if isinstance(kind.wanted(slug), Choice))
    put_to_vote(page, str(kind.wanted(first).label))
    adopt(world, reads.checks_of(project)[first].ballot)
    for check in reads.missing_for(project, kind.stages[1]):
        acts.note_checkpoint(project, slug=check.wanted.slug, note="Le 3 mars.", by=world.actor("aude"), at=now())
    page.reload()
    page.get_by_role("button", name="Passer à").click()
    expect(page.get_by_role("row", name=str(kind.stages[1].label))).to_contain_text("nous y sommes")
    page.get_by_role("link", name="Écrire le budget").click()
    page.locator("#id_cents_0").fill("1 234,56")
    look(page)
    page.get_by_role("main").get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("table", name="Budget, hors taxes")).to_contain_text("1\u202f234,56")
    page.get_by_role("button", name="Sortir : Le stand").click()
    expect(page.get_by_role("button", name="Ranger : Le stand")).to_be_visible()


def end(page: Page, kind: Kind, measured: str) -> None:
    """By hand: what was counted, what came of it, what is kept of it."""
    page.get_by_text("Noter : " + str(kind.indicators[0].label)).click()
    page.get_by_label("Valeur").first.fill(measured)
    page.get_by_role("button", name="Enregistrer").first.click()
    page.get_by_text("Terminer le projet").click()
    page.get_by_label("But atteint").check()
    page.get_by_label("Ce que nous en retenons").fill(LESSON)
    page.get_by_role("button", name="Terminer", exact=True).click()


@pytest.mark.parametrize("kind", [*KINDS, shared_truck.KIND], ids=lambda kind: kind.slug)
def test_a_kind_from_the_idea_to_the_end(
    phone: tuple[World, Page], kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What differs from kind to kind is done by hand; what is the same for all, for the last one only."""
    by_hand = kind not in KINDS
    if by_hand:
        monkeypatch.setattr(kinds, "KINDS", (*KINDS, kind))  # the one line
    world, page = phone
    by = world.actor("aude")
    *_others, measured = FIGURES.get(kind.slug, ("", {}, "1"))
    project = opened(world, page, kind)
    here = reverse("projects:project", args=[project.public_id])
    for slug in kind.stages[1].asks:  # what the next stage asks for, what it would cost
        expect(page.get_by_role("listitem").filter(has_text=str(kind.wanted(slug).label)).first).to_be_visible()
    budget = page.get_by_role("table", name="Budget, hors taxes")
    for line in kind.lines:
        expect(budget.get_by_role("rowheader", name=str(line.label), exact=True)).to_be_visible()
    look(page, axe=by_hand)
    if by_hand:
        pass_first_stage(world, page, project, kind)

    # Its tools: each page opens, says what to do first, and is within reach of all.
    for slug in kind.tools:
        answer = page.goto(reverse(ADDRESSES[slug], args=[project.public_id]))
        assert answer is not None
        assert answer.ok, slug
        expect(page.get_by_role("main").locator(".btn").first, slug).to_be_visible()
        look(page)

    # To its last stage by acts; what came of it, measured and said.
    project.refresh_from_db()
    settled(world, project)
    if by_hand:
        page.goto(here)
        end(page, kind, measured)
    else:
        value, slug = read_cents(measured), kind.indicators[0].slug
        acts.note_measure(project, indicator=slug, hundredths=value, on=now().date(), by=by, at=now())
        acts.end_project(project, outcome="reached", lessons=LESSON, by=by, at=now())
        page.goto(here)
    expect(page.get_by_text(LESSON)).to_be_visible()
    section = page.get_by_role("region", name="À quoi l’on voit que cela marche")
    expect(section).to_contain_text(measured.replace(" ", "\u202f"))
    look(page, axe=by_hand)
    project.refresh_from_db()
    assert (project.outcome, project.stage) == ("reached", kind.stages[-1].slug)

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

# What each project is called, the particulars that are not left as proposed, what it then costs, what is measured.
FIGURES: dict[str, tuple[str, dict[str, str], str, str]] = {
    "shared_stand": (
        "Salon de l’habitat",
        {"fair": "Salon de l’habitat", "city": "Montpellier", "surface": "18"},
        "25 900,00",
        "64",
    ),
    "joint_offer": ("Rénovation clés en main", {"promise": "Un seul interlocuteur, un seul prix"}, "22 500,00", "5"),
    "joint_tender": ("École Jean-Moulin", {"notice": "Réhabilitation du groupe scolaire"}, "7 175,00", "2"),
    "competitor_offer": (
        "Volumes de l’hôpital",
        {"markets": "Repas de l’hôpital de Nîmes", "volume": "240000"},
        "17 000,00",
        "1",
    ),
    "common_brand": ("Bâtisseurs du Larzac", {"sign": "Bâtisseurs du Larzac", "users": "7"}, "31 630,00", "85,5"),
    "shared_sales": (
        "Un commercial à quatre",
        {"territory": "Hérault et Gard", "gross_fixed": "32000"},
        "77 140,00",
        "118",
    ),
    "shared_employee": ("QHSE à trois", {"job": "Responsable QHSE", "gross": "38000"}, "62 270,00", "97,5"),
    "shared_study": ("Liant bas carbone", {"question": "Tient-il au gel ?", "lab_days": "28"}, "43 482,00", "80"),
    "free": (
        "Une benne à plusieurs",
        {"about": "Acheter une benne et la partager", "amount": "7800"},
        "7 800,00",
        "3",
    ),
    "shared_truck": ("Le porteur", {"price": "48000", "shared_from": "2027-01-12"}, "49 800,00", "31 500"),
}
LOOKED_AT: set[str] = set()
"""The kinds of pages that axe has already read: it reads each once."""


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


def look(page: Page, what: str) -> None:
    """Nothing wider than the phone; nothing for axe to say, the first time that this page is seen."""
    assert page.evaluate("document.documentElement.scrollWidth") <= 390, page.url
    if what not in LOOKED_AT:
        LOOKED_AT.add(what)
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        assert [(page.url, each["id"], each["nodes"][0]["html"]) for each in found] == []


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


def money(text: str) -> str:
    """An amount or a count as the pages write it."""
    return text.replace(" ", "\u202f")


def opened(world: World, page: Page, kind: Kind) -> Project:
    """From the form to the project: its figures, its lines, what they cost together, what comes next."""
    name, figures, total, _measured = FIGURES[kind.slug]
    page.goto(reverse("projects:new_of_kind", args=[world.grouping.public_id, kind.slug]))
    expect(page.get_by_role("heading", level=1)).to_have_text(str(kind.label))
    look(page, "form")
    page.get_by_label("Nom du projet").fill(name)
    for field, value in figures.items():
        page.locator(f"#id_{field}").fill(value)
    page.get_by_role("button", name="Ouvrir le projet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    for slug in kind.stages[1].asks:
        expect(page.get_by_role("listitem").filter(has_text=str(kind.wanted(slug).label)).first).to_be_visible()
    budget = page.get_by_role("table", name="Budget, hors taxes")
    for line in kind.lines:
        expect(budget.get_by_role("rowheader", name=str(line.label), exact=True)).to_be_visible()
    if kind.lines:
        expect(budget.get_by_role("row", name="Total hors taxes")).to_contain_text(money(total))
    look(page, "project")
    return Project.objects.get(name=name)


def unfold(page: Page, slug: str) -> None:
    """Open what a point of the next stage asks for."""
    page.locator(f"details:has(#note-{slug}) > summary").click()


def settled_elsewhere(world: World, project: Project, slugs: set[str]) -> None:
    """What the later stages ask for was settled in a meeting, and noted."""
    for slug in slugs:
        acts.note_checkpoint(project, slug=slug, note="Réunion du 3 mars, tous.", by=world.actor("aude"), at=now())


def settled(world: World, page: Page, project: Project, asked: tuple[str, ...], kind: Kind) -> None:
    """By hand: the first decision is put to the vote of all, the rest is noted."""
    first = next(slug for slug in asked if isinstance(kind.wanted(slug), Choice))
    unfold(page, first)
    page.locator(f"#text-{first}").fill("Chacun y met deux jours et sa part du budget.")
    page.locator(f"details:has(#note-{first})").get_by_role("button", name="Mettre au vote, sept jours").click()
    expect(page.get_by_role("link", name="Voir le vote")).to_be_visible()
    adopt(world, reads.checks_of(project)[first].ballot)
    for slug in asked:
        if slug != first:
            unfold(page, slug)
            page.locator(f"#note-{slug}").fill("Réunion du 3 mars, tous.")
            page.locator(f"#note-{slug}").press("Enter")
            expect(page.locator(f"#note-{slug}")).to_have_count(0)
    if len(asked) == 1:
        page.reload()


def passed(world: World, page: Page, project: Project, kind: Kind) -> None:
    """Every stage by its button; what the first asks for by hand, what the others ask for is there already."""
    asked = kind.stages[1].asks
    later = {slug for step in kind.stages[2:] for slug in step.asks} - set(asked)
    settled_elsewhere(world, project, later)
    settled(world, page, project, asked, kind)
    for step in kind.stages[1:]:
        page.get_by_role("button", name=f"Passer à « {step.label} »").click()
        expect(page.locator("tr[aria-current=step]")).to_contain_text(str(step.label))
    expect(page.get_by_role("heading", name="Dernière étape")).to_be_visible()


def end(page: Page, kind: Kind, measured: str) -> None:
    """What was counted, what came of it, what is kept of it."""
    slug = kind.indicators[0].slug
    page.locator(f"details:has(#v-{slug}) > summary").click()
    page.locator(f"#v-{slug}").fill(measured)
    page.locator(f"#v-{slug}").press("Enter")
    measures = page.get_by_role("region", name="À quoi l’on voit que cela marche")
    expect(measures).to_contain_text(money(measured))
    page.get_by_text("Terminer le projet").click()
    page.get_by_label("But atteint").check()
    page.get_by_label("Ce que nous en retenons").fill(LESSON)
    page.get_by_role("button", name="Terminer", exact=True).click()
    expect(page.get_by_text(LESSON)).to_be_visible()
    expect(page.locator(".cd-lead").first).to_have_text(f"{kind.label} · But atteint")
    expect(measures).to_contain_text(money(measured))
    look(page, "ended")


def budget_written(page: Page) -> None:
    """A line of the budget, and a tool of another kind: the same for all, done once."""
    page.get_by_role("link", name="Écrire le budget").click()
    page.locator("#id_cents_0").fill("1 234,56")
    look(page, "budget")
    page.get_by_role("main").get_by_role("button", name="Enregistrer").click()
    budget = page.get_by_role("table", name="Budget, hors taxes")
    expect(budget.get_by_role("row", name="Total hors taxes")).to_contain_text(money("3 034,56"))
    page.get_by_role("button", name="Sortir : Le stand").click()
    expect(page.get_by_role("button", name="Ranger : Le stand")).to_be_visible()


@pytest.mark.parametrize("kind", [*KINDS, shared_truck.KIND], ids=lambda kind: kind.slug)
def test_a_kind_from_the_idea_to_the_end(
    phone: tuple[World, Page], kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By hand from the form to the balance; the other members vote by themselves."""
    added = kind not in KINDS
    if added:
        monkeypatch.setattr(kinds, "KINDS", (*KINDS, kind))  # the one line
    world, page = phone
    project = opened(world, page, kind)
    if added:
        budget_written(page)

    # Its tools: each page opens, says what to do first, and is within reach of all.
    for slug in kind.tools:
        answer = page.goto(reverse(ADDRESSES[slug], args=[project.public_id]))
        assert answer is not None
        assert answer.ok, slug
        expect(page.get_by_role("main").locator(".btn").first, slug).to_be_visible()
        look(page, slug)

    if kind.tools:
        page.goto(reverse("projects:project", args=[project.public_id]))
    passed(world, page, project, kind)
    end(page, kind, FIGURES[kind.slug][-1])
    project.refresh_from_db()
    assert (project.outcome, project.stage) == ("reached", kind.stages[-1].slug)

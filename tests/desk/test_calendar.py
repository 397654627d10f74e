"""The calendar that a telephone follows has the days of every tool of the projects, each for whom it concerns."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from cordee.ground.kit.clock import now
from cordee.ground.people.models import Actor
from cordee.projects import acts
from cordee.projects.models import BrandLicence, Timetable, TimetableVisit
from tests.people import World, browser_of
from tests.projects.branding import a_brand, a_pool, actor_of, an_order_rule, audited, licensed, rules_of
from tests.projects.studying import a_call, a_fund, a_tranche
from tests.projects.test_timetable import shared
from tests.projects.tools import project

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def feed_of(world: World, name: str) -> str:
    company = world.seats[name].company.public_id
    page = browser_of(world.seats[name].holder).post(reverse("desk:new_feed", args=[company])).content.decode()
    secret = page.partition("/agenda/")[2].partition(".ics")[0]
    return Client().get(reverse("desk:feed", args=[secret])).content.decode().replace("\r\n ", "")


def everything(world: World) -> None:
    """One dated thing of each tool."""
    by, today = world.actor("aude"), now().date()
    brand = a_brand(world)
    rules_of(world, brand)
    licence = licensed(world, brand, "bruno")
    audited(world, licence, wrong=True)
    BrandLicence.objects.update(ends=today + 90 * DAY)
    values = {"name": "Pierre & Bois d’Oc", "kind": "collective", "owner": "", "classes": "37", "number": "26 4",
              "filed_on": today - 30 * DAY, "published_on": None, "registered_on": None}  # fmt: skip
    acts.describe_brand(brand, values=values, version=0, by=by, at=now())
    stand = project(world)
    acts.add_date(stand, label="Envoyer les visuels", due=today + 9 * DAY, by=by, at=now())
    hours = {"days": 2, "opens": 540, "closes": 1080, "length": 120, "need": 1}
    acts.open_stand(stand, first=today + 200 * DAY, **hours, by=by, at=now())  # type: ignore[arg-type]
    acts.add_hand(stand, name="Inès", by=actor_of(world, "bruno"), at=now())
    acts.plan_presence(stand, by=by, at=now())
    a_call(world)
    a_fund(world)
    a_tranche(world)
    staff = shared(world)
    monday = today + (7 - today.weekday()) * DAY
    words = {"start": monday, "weeks": 1, "state": "done", "asked_by": world.seats["aude"], "asked_at": now()}
    made = Timetable.objects.create(project=staff, **words)
    TimetableVisit.objects.create(timetable=made, person=staff.people.get(), seat=world.seats["bruno"], slot=3)
    pool, neutral = a_pool(world)
    an_order_rule(world, pool.project, "turns")
    order = {"title": "Palettes", "quantity": 9, "on": today}
    for _part in range(2):  # in turn: the second is Bruno's
        acts.enter_order(pool, **order, by=Actor(neutral), at=now())  # type: ignore[arg-type]


def test_the_days_of_the_projects_are_in_the_calendar(world: World) -> None:
    everything(world)
    mine, hers = feed_of(world, "bruno"), feed_of(world, "emma")
    for words in (
        "Audit de marque à faire", "Fin de votre licence", "À corriger", "Étendre la marque à l’étranger",
        "Envoyer les visuels", "Inès tient le stand", "Dernier jour des offres des prestataires",
        "Dernier jour des promesses", "Tranche à livrer", "Salarié partagé chez vous",
        "Commande à accepter ou à décliner",
    ):  # fmt: skip
        assert words in mine, words
        assert words not in hers  # she takes part in none of these projects
    assert "Léa Roux" not in mine  # named on the page, not in a calendar kept elsewhere

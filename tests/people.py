"""Aude chairs, Bruno is a member, Chloé is elsewhere: one who may, one who half may, one who must not know."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from cordee.ground.people.models import Actor, Person
from cordee.ground.register.acts import address
from cordee.groupings.models import Grouping, Seat
from tests import factories


@dataclass
class World:
    """One groupement of four companies in which Aude chairs and Bruno sits; another one where Chloé sits."""

    grouping: Grouping
    aude: Person
    bruno: Person
    chloe: Person
    seats: dict[str, Seat]
    elsewhere: Grouping

    def actor(self, name: str) -> Actor:
        """A person acting for their seat."""
        return Actor(getattr(self, name), address(self.seats[name]))


@pytest.fixture
def world(db: Any) -> World:
    return make_world()


def make_world(stage: str = "collective") -> World:
    """The world of the tests: `aude`, `bruno`, and two more members; `chloe` has nothing to do with them."""
    aude, bruno, chloe = (factories.person(name) for name in ("Aude Lambert", "Bruno Masson", "Chloé Petit"))
    grouping = factories.grouping(stage=stage)
    seats = {
        "aude": factories.seat(grouping, aude, company=factories.company("Menuiserie Lambert", leader=aude)),
        "bruno": factories.seat(grouping, bruno, company=factories.company("Charpente Masson", leader=bruno)),
    }
    for name in ("Denis Roux", "Emma Blanc"):
        person = factories.person(name)
        seats[name.split()[0].lower()] = factories.seat(
            grouping, person, company=factories.company(f"Atelier {name.split()[1]}", leader=person)
        )
    for role in ("coordinator", "facilitator"):
        factories.office(seats["aude"], role)
    elsewhere = factories.grouping("Ailleurs")
    seats["chloe"] = factories.seat(elsewhere, chloe)
    return World(grouping, aude, bruno, chloe, seats, elsewhere)


def browser_of(person: Person | None) -> Client:
    """A test client that is signed in as this person (nobody: anonymous)."""
    client = Client()
    if person is not None:
        client.force_login(person)
    return client


@pytest.fixture
def mailbox(settings: Any) -> None:
    """Mails are kept where the demo keeps them, instead of in the memory of the test."""
    settings.EMAIL_BACKEND = "cordee.ground.messages.mailbox.MailboxBackend"

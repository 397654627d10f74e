"""One table for all doors: every address, tried by owner, member, outsider, client and anonymous."""

import importlib
import os
import pkgutil
from typing import Any
from urllib.parse import urlparse

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse

import tests
from tests import factories
from tests.doors import ROLES, Door
from tests.house.markup import faults
from tests.people import browser_of, make_world

NOT_OURS = ("account_", "mfa_")
"""allauth's own pages; its tests try them, and tests/ground/ tries how we use them."""


TRIED = ("owner", "outsider") if os.environ.get("CORDEE_TEST_DATABASE") == "postgres" else ROLES
"""All five on SQLite; on PostgreSQL who gets in and who does not, for what a page asks its database."""


def all_doors() -> list[Door]:
    """What the rooms list, in one table."""
    doors: list[Door] = []
    for module in pkgutil.walk_packages(tests.__path__, "tests."):
        if module.name.endswith(".doors") and module.name != "tests.doors":
            doors += importlib.import_module(module.name).DOORS
    return doors


def all_urls() -> dict[str, Any]:
    """Every named address of the site, with its view."""
    found: dict[str, Any] = {}

    def walk(resolver: URLResolver, prefix: str) -> None:
        for pattern in resolver.url_patterns:
            if isinstance(pattern, URLResolver):
                walk(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
            elif isinstance(pattern, URLPattern):
                assert pattern.name, f"an address without a name: {pattern.pattern}"
                found[f"{prefix}{pattern.name}"] = pattern.callback

    walk(get_resolver(), "")
    return {name: view for name, view in found.items() if not name.startswith(NOT_OURS)}


def test_every_address_is_in_the_table() -> None:
    assert set(all_urls()) - {door.url for door in all_doors()} == set()


def test_every_view_says_whether_it_is_open() -> None:
    undecided = [name for name, view in all_urls().items() if not hasattr(view, "door")]
    assert undecided == []


@pytest.mark.django_db
@pytest.mark.parametrize("door", all_doors(), ids=lambda door: f"{door.method}-{door.url}")
def test_door(door: Door) -> None:
    """Each of the five finds the same world before the door: what one does there is undone for the next."""
    world = make_world()
    people = {
        "owner": world.aude,
        "member": world.bruno,
        "outsider": world.chloe,
        "client": factories.person("Client Régie"),
        "anonymous": None,
    }
    address = reverse(door.url, args=door.make(world))
    answers = {}
    for role in TRIED:
        with transaction.atomic():
            answers[role] = getattr(browser_of(people[role]), door.method)(address, door.data)
            transaction.set_rollback(True)
    found = {role: answer.status_code for role, answer in answers.items()}
    sent_on = {role: answer.get("Location", "") for role, answer in answers.items()}
    for answer in answers.values():
        answer.close()  # a file that is handed over stays open until then, and the connection with it
    shown = answers.get("owner")
    if shown is not None and found["owner"] == 200 and shown.get("Content-Type", "").startswith("text/html"):
        assert faults(shown.content) == []
    expected = dict(zip(ROLES, door.expect, strict=True))
    assert found == {role: expected[role] for role in TRIED}
    if found.get("anonymous") == 302 and door.expect[0] != 302:
        assert urlparse(sent_on["anonymous"]).path == reverse("account_login")

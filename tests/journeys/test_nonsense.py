"""Nonsense in every form, file and address: never a fault, always a sentence.

Driven by the tables of doors, so that a new door is tried without being named here: the forms that its page shows, the
fields that its view reads, its address, its methods.
"""

import inspect
import os
import re
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from django.db import transaction
from django.forms import BaseForm, FileField
from django.test import Client
from django.urls import Resolver404, resolve, reverse
from lxml import html

from tests.doors import Door
from tests.house.test_doors import all_doors
from tests.journeys.nonsense import FILES, QUERIES, TEXTS_IN_ADDRESSES, VALUES, upload
from tests.people import World, browser_of, make_world

pytestmark = pytest.mark.django_db
HEALTH = "desk:health"
"""It answers 503 on purpose where no ticker runs, as in the tests."""
DOORS = {f"{door.method}-{door.url}": door for door in all_doors() if door.url != HEALTH}
if not os.environ.get("CORDEE_ALL_NONSENSE"):
    # Twenty minutes are all there is: each door hears nonsense on one of the two databases, by the sum of its name.
    SECOND = os.environ.get("CORDEE_TEST_DATABASE") == "postgres"
    DOORS = {name: door for name, door in DOORS.items() if zlib.crc32(name.encode()) % 2 == SECOND}
BODIES = (("{" * 500, "application/json"), (b"\x00\xff--x", "multipart/form-data; boundary=x"))
SHARP = ("nul", "superscript", "negative", "far date", "beyond 64 bits")
ALONE = 2
"""How many fields of one form are tried one at a time, the others being as the page showed them."""
EVERYTHING = bool(os.environ.get("CORDEE_ALL_NONSENSE"))
"""Each run tries a part of the nonsense on each door, another part on the next; with this, all of it (half an hour)."""
ELSEWHERE = os.environ.get("CORDEE_TEST_DATABASE") == "postgres"
"""On the second database only what databases differ in is tried again: the sharp values, in forms."""
TRIED: set[tuple[str, ...]] = set()
"""The forms already tried: many pages show the same one."""


@dataclass
class Fields:
    """One form: where it goes, what it holds as shown, which fields take a file."""

    address: str
    shown: dict[str, str] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)


def part(items: Sequence[Any], door: str, count: int) -> list[Any]:
    """Some of the items, beginning at a place that the door's name gives: over all the doors each comes often."""
    if EVERYTHING or len(items) <= count:
        return list(items)
    first = zlib.crc32(door.encode())
    return [items[(first + 7 * turn) % len(items)] for turn in range(count)]


def knock(door: Door) -> tuple[World, Client, str]:
    """The owner before a door, in a browser that shows faults instead of raising them."""
    world = make_world()
    address = reverse(door.url, args=door.make(world))
    client = browser_of(world.aude)
    client.raise_request_exception = False
    return world, client, address


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside leaves no trace, so that the next nonsense finds the same world."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def check(answer: Any, *what: object) -> None:
    """No fault; and whoever is told no is told so in words."""
    assert answer.status_code < 500, (answer.status_code, *what)
    if answer.status_code >= 400 and "html" in answer.get("Content-Type", "") and what[0] != "head":
        words = " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())
        assert len(words) > 30, (answer.status_code, words, *what)
        assert "Traceback" not in words


def forms_on(page: bytes, address: str) -> list[Fields]:
    """The forms that a page shows, filled in as it shows them."""
    found = []
    for form in html.fromstring(page).iter("form"):
        if (form.get("method") or "get").lower() != "post":
            continue
        fields = Fields(form.get("action") or address)
        for box in form.iter("input", "select", "textarea", "button"):
            if name := box.get("name"):
                if box.get("type") == "file":
                    fields.files.add(name)
                elif name != "csrfmiddlewaretoken":
                    value = box.value if box.tag in ("select", "textarea") else box.get("value")
                    fields.shown.setdefault(name, value if isinstance(value, str) else "")
        found.append(fields)
    return found


def fields_read(address: str) -> Fields:
    """What the view behind an address reads: the names in its source, the fields of its module's forms."""
    fields, view = Fields(address), inspect.unwrap(resolve(address).func)
    source = inspect.getsource(view)
    for name in re.findall(r'POST(?:\.get|\.getlist)?[(\[]"(\w+)"', source):
        fields.shown[name] = ""
    for name in re.findall(r'FILES(?:\.get|\.getlist)?[(\[]"(\w+)"', source):
        fields.files.add(name)
    for word in set(re.findall(r"(\w+)\(", source)):
        kind = getattr(view.__globals__.get("forms"), word, view.__globals__.get(word))
        if inspect.isclass(kind) and issubclass(kind, BaseForm):
            for name, one in kind.base_fields.items():
                if isinstance(one, FileField):
                    fields.files.add(name)
                else:
                    fields.shown.setdefault(name, "")
    return fields


def try_form(client: Client, fields: Fields) -> None:
    """Every field with nonsense, all at once and some alone; files."""
    names = sorted(fields.shown)
    values = [VALUES[key] for key in SHARP] if ELSEWHERE else list(VALUES.values())
    for turn in part(range(len(values)), fields.address.rpartition("/")[2] + "".join(names), 3):
        data = {name: values[(turn + place) % len(values)] for place, name in enumerate(names)}
        with undone():
            check(client.post(fields.address, data), fields.address, data)
    if ELSEWHERE:
        return
    for name in names[:ALONE]:
        for key in part(SHARP, name, 1):
            with undone():
                check(client.post(fields.address, fields.shown | {name: VALUES[key]}), fields.address, name, key)
    for name in sorted(fields.files):
        for key in part(list(FILES), name + fields.address[:12], 2):
            with undone():
                check(client.post(fields.address, fields.shown | {name: upload(key)}), fields.address, name, key)
        with undone():
            check(client.post(fields.address, fields.shown | {name: "not a file"}), fields.address, name)


@pytest.mark.parametrize("name", DOORS)
def test_nonsense_at_a_door(name: str) -> None:
    door = DOORS[name]
    _world, client, address = knock(door)
    try_forms(door, client, address)
    if not ELSEWHERE:
        try_addresses(door, client, address)
        if door.method == "get":
            try_queries(client, address)


def try_forms(door: Door, client: Client, address: str) -> None:
    """The forms that the page shows, and what the view reads."""
    if door.method == "get":
        answer = client.get(address)
        check(answer, address)
        shown = "html" in answer.get("Content-Type", "") and answer.status_code == 200
        forms = forms_on(answer.content, address) if shown else []
        if getattr(resolve(address).func, "door", "") and (read := fields_read(address)).shown:
            forms.append(read)
    else:
        forms = [fields_read(address)]
        forms[0].shown |= {key: str(value) for key, value in door.data.items()}
    for fields in forms:
        place = resolve(urlsplit(fields.address).path or address)
        key = (place.view_name, *sorted({re.sub(r"[a-z0-9]{10}|\d+", "#", each) for each in fields.shown}))
        if key not in TRIED and not place.view_name.startswith("account_"):
            TRIED.add(key)
            try_form(client, fields)


def try_addresses(door: Door, client: Client, address: str) -> None:
    """Nonsense in the place of each identifier; each method; bodies that are no form."""
    own = [str(each) for each in resolve(address).kwargs.values()]
    parts = address.split("/")
    for place, each in enumerate(parts):
        if each not in own and each.partition(".")[0] not in own:
            continue
        for text in part(TEXTS_IN_ADDRESSES, door.url + door.method, 2):
            other = "/".join([*parts[:place], quote(text), *parts[place + 1 :]])
            with undone():
                check(getattr(client, door.method)(other, door.data), door.method, other)
    for method in part(("get", "head", "post", "put", "patch", "delete", "options"), door.url + door.method, 2):
        with undone():
            check(getattr(client, method)(address), method, address)
    for body, kind in part(BODIES, door.url, 1):
        with undone():
            check(client.post(address, body, content_type=kind), kind, address)


def try_queries(client: Client, address: str) -> None:
    """Nonsense after the question mark."""
    for place in part(range(max(len(values) for values in QUERIES.values())), address[:14], 2):
        data = {key: values[place % len(values)] for key, values in QUERIES.items()}
        headers = {"hx-request": "true"} if place % 2 else {}
        for chosen in ({"voix": data.pop("voix")}, data):  # a voice that is nobody's ends there: the others apart
            with undone():
                check(client.get(address, chosen, headers=headers), address, chosen, headers)


def test_addresses_that_are_nowhere() -> None:
    client = Client(raise_request_exception=False)
    for path in ("/nulle-part", "/%00", "/groupements/%ff/", "/" + "a" * 3000, "/occasions/../../etc/passwd"):
        with pytest.raises(Resolver404):
            resolve(path)
        check(client.get(path), path)
        assert client.get(path).status_code in (400, 404)

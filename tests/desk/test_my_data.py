"""« Mes données »: what one takes away, what one opens, what one erases."""

import io
import json
import socket
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from cordee.engines import chain
from cordee.ground.kit.clock import now
from cordee.ground.kit.outside import NotOutside, post
from cordee.ground.kit.refusals import NotAllowed
from cordee.ground.messages.acts import (
    GIVE_UP_AFTER,
    HookRefused,
    claim_hook,
    close_hook,
    open_hook,
    signature,
    tell_hook,
)
from cordee.ground.messages.models import Hook, Letter
from cordee.ground.people.models import AccessKey, Actor, Person
from cordee.ground.register.acts import address
from cordee.ground.register.models import Entry
from cordee.ground.register.reads import export, state
from cordee.groupings.models import Seat
from cordee.groupings.reads import books_of
from cordee.journeys.acts import ERASED, StillNeeded, erase_company, erase_person
from cordee.journeys.tasks.hooks import tell_hooks
from tests.desk.opened import SECRET_WORD, opened
from tests.people import World, browser_of

pytestmark = pytest.mark.django_db


def company_of(world: World, name: str) -> str:
    return world.seats[name].company.public_id


def test_a_key_is_shown_once_and_withdrawn(world: World) -> None:
    client, mine = browser_of(world.aude), company_of(world, "aude")
    made = client.post(
        reverse("desk:new_key", args=[mine]), {"name": "Mon comptable", "scopes": ["money"], "days": "90"}
    )
    key = AccessKey.objects.get()
    assert "cordee_" in made.content.decode()
    page = client.get(reverse("desk:my_data")).content.decode()
    assert "Mon comptable" in page
    assert "cordee_" not in page
    assert client.post(reverse("desk:drop_key", args=[mine, key.public_id])).status_code == 302
    assert AccessKey.objects.get().revoked_at
    assert client.post(reverse("desk:new_key", args=[mine]), {"name": "", "scopes": ["all"]}).status_code == 422


def test_the_calendar_follows_my_dates_until_it_is_withdrawn(world: World) -> None:
    place = opened(world)
    client, mine = browser_of(world.aude), company_of(world, "aude")
    page = client.post(reverse("desk:new_feed", args=[mine])).content.decode()
    secret = page.partition("/agenda/")[2].partition(".ics")[0]
    feed = Client().get(reverse("desk:feed", args=[secret]))
    assert feed["Content-Type"].startswith("text/calendar")
    assert f"{SECRET_WORD} vote" in feed.content.decode().replace("\r\n ", "")
    assert place.ballot.public_id in feed.content.decode()
    AccessKey.objects.filter(name="Agenda").update(revoked_at=now())
    assert Client().get(reverse("desk:feed", args=[secret])).status_code == 404
    assert Client().get(reverse("desk:feed", args=["cordee_unheard"])).status_code == 404


def test_the_export_holds_what_is_mine_and_a_book_that_verifies(world: World) -> None:
    opened(world)
    answer = browser_of(world.aude).get(reverse("desk:company_archive", args=[company_of(world, "aude")]))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        names = set(archive.namelist())
        card = json.loads(archive.read("entreprise.json"))
        costs = archive.read("depenses.csv").decode("utf-8-sig")
        book = archive.read(f"registres/groupings-{world.grouping.public_id}.jsonl").decode()
    assert {"groupements.csv", "votes.csv", "factures.csv", "messages.csv", "LISEZ-MOI.txt"} <= names
    assert (card["schema"], card["name"], card["places"][0]["city"]) == (
        "cordee.company/1", "Menuiserie Lambert", "Montpellier",
    )  # fmt: skip
    assert "12000" in costs
    assert chain.verify(book.splitlines()).ok
    other = browser_of(world.chloe).get(reverse("desk:company_archive", args=[company_of(world, "chloe")]))
    with zipfile.ZipFile(io.BytesIO(other.content)) as archive:
        everything = "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    assert SECRET_WORD not in everything


def leave_all(person: Person) -> None:
    Seat.objects.filter(holder=person).update(state=Seat.State.LEFT)


def test_an_erased_person_is_unreadable_and_every_book_still_verifies(world: World) -> None:
    opened(world)
    name, email, pseudonym = world.bruno.name, world.bruno.email, world.bruno.pseudonym
    world.bruno.phone = "06 11 22 33 44"
    world.bruno.save()
    Letter.objects.create(
        book="b", number=1, kind="k", to=world.bruno, address=email, subject=name, text=f"Bonjour {name}", html=name,
        due_at=now(), state=Letter.State.SENT,
    )  # fmt: skip
    Letter.objects.create(
        book="b", number=2, kind="k", to=world.aude, address=world.aude.email, subject=f"{name} vous écrit",
        text=f"{name} ({email})", html="", due_at=now(), state=Letter.State.SENT,
    )  # fmt: skip
    with pytest.raises(StillNeeded):
        erase_person(world.bruno, by=Actor(world.bruno), at=now())
    leave_all(world.bruno)
    with pytest.raises(NotAllowed):
        erase_person(world.bruno, by=Actor(world.aude), at=now())
    client = browser_of(world.bruno)
    assert client.post(reverse("desk:wipe_person"), {"person-word": "oui"}).status_code == 422
    assert client.post(reverse("desk:wipe_person"), {"person-word": "effacer"}).status_code == 200
    fresh = Person.objects.get(pk=world.bruno.pk)
    assert (fresh.name, fresh.phone, fresh.is_active, fresh.pseudonym) == (ERASED, "", False, pseudonym)
    assert client.get(reverse("desk:my_data")).status_code == 302  # no longer signed in anywhere
    everything = json.dumps(list(_all_text()), default=str)
    for word in (name, email, "06 11 22 33 44"):
        assert word not in everything
    for book in set(Entry.objects.values_list("book", flat=True)):
        assert state(book).intact, book
        assert chain.verify("".join(export(book, at=now())).splitlines()).ok
    assert Entry.objects.filter(act="journeys.person.erased", by=pseudonym).exists()
    assert (
        pseudonym
        not in browser_of(world.aude).get(f"/groupements/{world.grouping.public_id}/registre").content.decode()
    )


def _all_text() -> Any:
    """Every row of every table of ours and of the sign-in, except what is evidence or a company's own name."""
    for model in apps.get_models():
        if model._meta.app_label not in ("signing", "directory", "sessions"):
            yield from model._default_manager.values()


def test_a_company_empties_its_card_once_it_has_left(world: World) -> None:
    company = world.seats["bruno"].company
    company.brings, company.listed = "Des charpentes", True
    company.save()
    with pytest.raises(StillNeeded):
        erase_company(company, by=Actor(world.bruno), at=now())
    leave_all(world.bruno)
    with pytest.raises(NotAllowed):
        erase_company(company, by=Actor(world.aude), at=now())
    done = browser_of(world.bruno).post(
        reverse("desk:wipe_company", args=[company.public_id]), {"company-word": "EFFACER"}
    )
    assert done.status_code == 302
    company.refresh_from_db()
    assert (company.brings, company.listed, company.name) == ("", False, "Charpente Masson")


class Ear:
    """What an address outside heard, and what it answers."""

    def __init__(self, *answers: int | Exception) -> None:
        self.answers, self.heard = list(answers), []

    def __call__(self, address: str, body: bytes, headers: dict[str, str]) -> int:
        self.heard.append((json.loads(body), headers, body))
        answer = self.answers.pop(0) if self.answers else 200
        if isinstance(answer, Exception):
            raise answer
        return answer


def hook_of(world: World, **more: Any) -> Hook:
    company = world.seats["aude"].company
    where = address(company)
    given = {"address_": "https://exemple.fr/cordee", "acts": [], "books": books_of(where), **more}
    return open_hook(where, company.book, **given, by=Actor(world.aude), at=now())


def test_a_hook_hears_each_new_line_once_signed_and_in_order(world: World) -> None:
    opened(world)
    hook = hook_of(world, acts=["money.", "governance."])
    ear, books = Ear(200, OSError("nobody"), 500), books_of(hook.company)
    opened(world)  # what comes after the hook was opened
    at = now()
    assert claim_hook(hook, at=at)
    assert not claim_hook(hook, at=at)
    tell_hook(hook, books, at=at, send=ear)
    hook.refresh_from_db()
    assert (hook.tries, hook.trouble, len(ear.heard)) == (1, "nobody", 2)
    assert not claim_hook(hook, at=at + timedelta(seconds=5))  # it pauses
    for wait in (1, 2):
        later = at + timedelta(hours=wait)
        assert claim_hook(hook, at=later)
        tell_hook(hook, books, at=later, send=ear)
    acts = [said["entry"]["act"] for said, _headers, _body in ear.heard]
    assert set(acts) == {"governance.ballot.opened", "money.pool.opened", "money.line.added"}
    assert [act for act in acts if act.startswith("money")] == ["money.pool.opened"] * 3 + ["money.line.added"]
    said, headers, body = ear.heard[-1]
    stamp = int(headers["Cordee-Signature"].partition(",")[0].removeprefix("t="))
    assert headers["Cordee-Signature"] == signature(hook.secret, stamp, body)
    assert said["entry"]["book"] == world.grouping.book
    hook.refresh_from_db()
    assert (hook.tries, hook.trouble) == (0, "")
    close_hook(hook, world.seats["aude"].company.book, by=Actor(world.aude), at=now())
    assert not claim_hook(hook, at=at + timedelta(days=1))


def test_a_hook_gives_up_and_never_knocks_inside(world: World, monkeypatch: Any) -> None:
    for wrong in ("http://exemple.fr/", "https://exemple.fr:22/", "https://moi:mot@exemple.fr/", "ftp://x", "rien"):
        with pytest.raises(HookRefused):
            hook_of(world, address_=wrong)
    inside = ("127.0.0.1", "10.1.2.3", "169.254.169.254", "192.168.1.1", "::1", "::ffff:10.0.0.1", "fd00::1", "0.0.0.0")
    for number in inside:
        monkeypatch.setattr(socket, "getaddrinfo", lambda *a, n=number, **k: [(2, 1, 6, "", (n, 443))])
        with pytest.raises(NotOutside):
            post("https://exemple.fr/", b"{}", {})
    hook = hook_of(world)
    Hook.objects.filter(pk=hook.pk).update(tries=GIVE_UP_AFTER - 1)
    hook.refresh_from_db()
    opened(world)
    tell_hook(hook, [world.grouping.book], at=now(), send=Ear(NotOutside("private")))
    hook.refresh_from_db()
    assert hook.ended_at
    assert hook.trouble == "private"


def test_the_ticker_hands_hooks_with_news_to_a_worker(world: World) -> None:
    hook_of(world)
    assert tell_hooks(at=now()) == 1  # it hears of its own opening
    assert tell_hooks(at=now()) == 0
    assert DBTaskResult.objects.filter(task_path__endswith="tell_one_hook").count() == 1


def test_somebody_who_left_hears_no_more(world: World) -> None:
    where = f"directory/company/{company_of(world, 'bruno')}"
    assert world.grouping.book in books_of(where)
    leave_all(world.bruno)
    assert world.grouping.book not in books_of(where)


def test_the_page_of_the_api_lists_every_address() -> None:
    page = Client().get(reverse("desk:api")).content.decode()
    assert "POST /api/v1/decisions/{decision}/vote" in page

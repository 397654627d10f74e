"""Signing in by a code: the mail, the code, a wrong code, too many of them, an unknown address."""

import re
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from cordee.ground.kit.clock import now
from cordee.ground.people.acts import know_person
from cordee.ground.people.models import Clockwork, Person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _limits_start_afresh() -> None:
    cache.clear()


@pytest.fixture
def claire() -> Person:
    """Somebody who was invited, and whose address nobody has verified yet."""
    return know_person("claire@fabregues.example", name="Claire Fabrègues", by=Clockwork(), at=now())


def ask(client: Client, email: str) -> Any:
    return client.post("/compte/login/code/", {"email": email}, follow=True)


def code_of(letter: Any) -> str:
    found = re.search(r"^\d{6}$", letter.body, flags=re.M)
    assert found
    return found[0]


def test_a_code_lets_in_and_works_once(claire: Person) -> None:
    client = Client()
    page = ask(client, "Claire@Fabregues.example").content.decode()
    assert "claire@fabregues.example" in page.lower()
    (letter,) = mail.outbox
    assert letter.subject == "Votre code pour entrer dans Cordée"
    assert "Aude Lambert" in letter.body
    answer = client.post("/compte/login/code/confirm/", {"code": code_of(letter)})
    assert answer["Location"] == "/"
    assert client.get("/compte/").status_code == 200
    assert "Claire Fabrègues" in client.get("/").content.decode()


def test_a_wrong_code_says_what_to_do_and_three_close_the_door(claire: Person) -> None:
    client = Client()
    ask(client, claire.email)
    right = code_of(mail.outbox[0])
    wrong = "000000" if right != "000000" else "111111"
    page = client.post("/compte/login/code/confirm/", {"code": wrong}).content.decode()
    assert "demandez-en un autre" in page
    assert 'aria-invalid="true"' in page
    client.post("/compte/login/code/confirm/", {"code": wrong})
    client.post("/compte/login/code/confirm/", {"code": wrong})
    client.post("/compte/login/code/confirm/", {"code": right})
    assert client.get("/compte/").status_code == 302


def test_another_code_can_be_sent_and_replaces_the_first(claire: Person) -> None:
    client = Client()
    ask(client, claire.email)
    client.post("/compte/login/code/confirm/", {"action": "resend"})
    assert len(mail.outbox) == 2
    assert client.post("/compte/login/code/confirm/", {"code": code_of(mail.outbox[1])})["Location"] == "/"


def test_an_unknown_address_learns_nothing_on_the_page() -> None:
    page = ask(Client(), "nobody@elsewhere.example").content.decode()
    assert "Tapez le code reçu" in page
    (letter,) = mail.outbox
    assert letter.subject == "Pas de compte Cordée à cette adresse"
    assert "/compte/signup/" in letter.body


def test_signing_up_asks_for_a_name_and_verifies_the_address() -> None:
    client = Client()
    page = client.post("/compte/signup/", {"email": "denis@roux.example"}).content.decode()
    assert "À corriger avant de continuer" in page
    assert 'href="#id_name"' in page
    client.post("/compte/signup/", {"email": "Denis@roux.example", "name": " Denis Roux "})
    assert client.get("/compte/").status_code == 302  # not before the address is verified
    client.post("/compte/confirm-email/", {"code": code_of(mail.outbox[0])})
    assert client.get("/compte/").status_code == 200
    person = Person.objects.get(email="denis@roux.example")
    assert person.name == "Denis Roux"
    assert not person.has_usable_password()


def test_too_many_requests_wait_and_say_so() -> None:
    client = Client()
    answers = [client.post("/compte/signup/", {"email": f"a{n}@b.example", "name": "A B"}) for n in range(25)]
    assert answers[-1].status_code == 429
    assert "Trop d’essais" in answers[-1].content.decode()


def test_there_is_no_password_anywhere(claire: Person) -> None:
    for address in ("/compte/password/reset/", "/compte/password/change/", "/compte/password/set/"):
        assert Client().get(address)["Location"] == "/compte/login/"
    client = Client()
    client.force_login(claire)
    assert client.get("/compte/password/set/")["Location"] == "/compte/"
    assert 'type="password"' not in Client().get("/compte/login/").content.decode()


def test_the_page_after_signing_in_is_the_one_that_was_asked_for(claire: Person) -> None:
    client = Client()
    door = client.get("/compte/")["Location"]
    assert 'name="next" value="/compte/"' in client.get(door).content.decode()
    client.post("/compte/login/code/", {"email": claire.email, "next": "/compte/"})
    answer = client.post("/compte/login/code/confirm/", {"code": code_of(mail.outbox[0]), "next": "/compte/"})
    assert answer["Location"] == "/compte/"


def test_english_pages_and_mails(claire: Person) -> None:
    client = Client()
    client.post("/langue", {"language": "en"})
    assert "Sign in to Cordée" in client.get("/compte/login/").content.decode()
    ask(client, claire.email)
    assert mail.outbox[0].subject == "Your code to sign in to Cordée"

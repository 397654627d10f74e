"""Killed without warning at any moment, the three processes lose no mail and send none twice.

Real processes, a real file, SIGKILL; the moments are drawn from a seed, on what the database shows at that time.
"""

import collections
import http.client
import json
import os
import random
import re
import signal
import socket
import sqlite3
import time
import urllib.parse
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.mail_server import mail_server
from tests.running import environment, kill, must, start

pytestmark = pytest.mark.sqlite_only

SINCE_LONG = "UPDATE letters_letter SET claimed_at = '2020-01-01 00:00:00' WHERE state = 'sending'"
"""Ten minutes pass: a letter whose sender died is due again. The tests do not wait for them."""


def ask(data: Path, question: str) -> list[tuple[str, ...]]:
    """What the database shows from outside."""
    with closing(sqlite3.connect(data / "cordee.sqlite3", timeout=30)) as base, base:
        return base.execute(question).fetchall()


def wait_for(condition: Callable[[], bool], seconds: float = 90) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.01)


def letters_due(data: Path) -> set[str]:
    """Whom the books say must be written to: one letter for each invitation of each exchange."""
    return {address for (address,) in ask(data, "SELECT email FROM people_person WHERE email LIKE '%@exemple.fr'")}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """An installation in which 75 letters wait to be written and sent."""
    must("-m", "tests.filling", "25", env=environment(tmp_path))
    return tmp_path


def drained(data: Path, env: dict[str, str]) -> None:
    """Time passes and a ticker works in peace."""
    ask(data, SINCE_LONG)
    must("-m", "django", "tick", "--once", env=env)
    assert ask(data, "SELECT DISTINCT state FROM letters_letter") == [("sent",)]


def kill_tickers(data: Path, env: dict[str, str], done: Callable[[], int]) -> int:
    """Kill three tickers, each a few letters after its start; how many died in the middle of the work."""
    chance, in_the_middle = random.Random(20), 0
    for _ in range(3):
        before = done()
        ticker = start("-m", "django", "tick", "--every", "0.01", env=env)
        try:
            wanted = before + chance.randint(1, 20)
            wait_for(lambda wanted=wanted: done() >= wanted)  # type: ignore[misc]
            time.sleep(chance.random() * 0.02)
        finally:
            kill(ticker)
        in_the_middle += done() < 75
    return in_the_middle


def test_a_ticker_killed_again_and_again_sends_each_letter_once(data: Path) -> None:
    env = environment(data)

    def done() -> int:
        return len(ask(data, "SELECT id FROM letters_mailboxitem"))

    assert kill_tickers(data, env, done) >= 2
    drained(data, env)
    got = collections.Counter(to for (to,) in ask(data, 'SELECT "to" FROM letters_mailboxitem'))
    assert len(got) == 75
    assert set(got) == {each for each in letters_due(data) if not each.startswith("aude")}
    assert set(got.values()) == {1}


def test_with_a_mail_server_the_letter_in_hand_may_come_twice_under_one_identifier(data: Path) -> None:
    with mail_server() as server:
        env = environment(data, CORDEE_SMTP_URL=server.url)
        assert kill_tickers(data, env, lambda: len(server.taken)) >= 2
        drained(data, env)
        got = collections.Counter((str(mail["To"]), str(mail["Message-ID"])) for mail in server.taken)
    assert len(got) == 75
    assert {to for to, _id in got} == {each for each in letters_due(data) if not each.startswith("aude")}
    assert len({message_id for _to, message_id in got}) == 75
    assert sum(got.values()) - 75 <= 3  # at most the one letter in hand for each kill


def test_a_mail_server_that_is_away_loses_nothing(data: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as place:
        port = place.getsockname()[1]
    env = environment(data, CORDEE_SMTP_URL=f"smtp://127.0.0.1:{port}")
    assert "sent 0" in must("-m", "django", "tick", "--once", env=env)
    assert ask(data, "SELECT count(*) FROM letters_letter WHERE state = 'waiting' AND tries = 1") == [(1,)]
    assert ask(data, "SELECT count(*) FROM letters_letter WHERE state = 'waiting' AND tries = 0") == [(74,)]


# --- The whole server ---


class Site:
    """The site as a signed-in leader uses it, without a browser, and in spite of servers that die."""

    def __init__(self, port: int, session: str) -> None:
        self.port, self.session = port, session

    def get(self, address: str) -> tuple[int, str]:
        return self._ask("GET", address, {}, {})

    def post(self, address: str, fields: dict[str, str]) -> int:
        """Ask for the form, then send it, as a person does."""
        status, page = self.get(address)
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert status == 200, page[:300]
        assert found
        return self._ask("POST", address, {"csrfmiddlewaretoken": found[1], **fields}, {"cordee_csrf": self.csrf})[0]

    def _ask(self, method: str, address: str, fields: dict[str, str], cookies: dict[str, str]) -> tuple[int, str]:
        jar = "; ".join(f"{name}={value}" for name, value in {"cordee_session": self.session, **cookies}.items())
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)) as line:
            headers = {"Cookie": jar, "Content-Type": "application/x-www-form-urlencoded"}
            line.request(method, address, urllib.parse.urlencode(fields) if fields else None, headers)
            answer = line.getresponse()
            if found := re.search(r"cordee_csrf=(\w+)", str(answer.headers)):
                self.csrf = found[1]
            return answer.status, answer.read().decode()


SIGN_IN = """
import django; django.setup()
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from cordee.ground.people.models import Person
aude = Person.objects.get(name="Aude Lambert")
session = import_module(settings.SESSION_ENGINE).SessionStore()
session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(aude.pk), settings.AUTHENTICATION_BACKENDS[0]
session[HASH_SESSION_KEY] = aude.get_session_auth_hash()
session.save()
print(session.session_key)
"""


def children(pid: int) -> dict[str, int]:
    """The three processes that a supervisor keeps, by name."""
    found = {}
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        with suppress(OSError):
            words = Path(f"/proc/{child}/cmdline").read_bytes()
            for mark, name in ((b"gunicorn", "web"), (b"\x00work\x00", "worker"), (b"\x00tick\x00", "ticker")):
                if mark in words:
                    found[name] = int(child)
    return found


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="the processes of a supervisor are read in /proc")
def test_web_worker_and_ticker_killed_while_leaders_invite(tmp_path: Path) -> None:
    env = environment(tmp_path)
    must("-m", "tests.filling", "1", env=env)
    session = must("-c", SIGN_IN, env=env).strip()
    with closing(socket.create_server(("127.0.0.1", 0))) as place:
        port = place.getsockname()[1]
    serve = "import sys; from cordee.cli import main; sys.exit(main())"
    log = tmp_path / "serve.log"
    server = start("-c", serve, "serve", "--prepared", "--port", str(port), env=env, log=log)
    site = Site(port, session)
    try:
        wait_for(lambda: healthy(site))
        chance, number, opened = random.Random(7), 0, 0
        for name in ("web", "ticker", "worker"):
            victim = children(server.pid)[name]
            for _ in range(chance.randint(1, 3)):
                number += 1
                with suppress(OSError, http.client.HTTPException):
                    opened += site.post("/groupements/nouveau", exchange(number)) in (200, 302, 303)
            os.kill(victim, signal.SIGKILL)
            number += 1
            with suppress(OSError, http.client.HTTPException):  # while it is away
                opened += site.post("/groupements/nouveau", exchange(number)) in (200, 302, 303)
            wait_for(lambda name=name, victim=victim: children(server.pid).get(name, victim) != victim)  # type: ignore[misc]
            wait_for(lambda: answers(site))
        wait_for(lambda: healthy(site))
        assert log.read_text().count("il repart") == 3
        ask(tmp_path, SINCE_LONG)
        invited = len(ask(tmp_path, "SELECT id FROM groupings_invitation"))
        wait_for(lambda: len(ask(tmp_path, "SELECT id FROM letters_mailboxitem")) >= invited)
        server.terminate()
        assert server.wait(timeout=40) == 0
    finally:
        kill(server)
    got = collections.Counter(to for (to,) in ask(tmp_path, 'SELECT "to" FROM letters_mailboxitem'))
    assert set(got.values()) == {1}
    assert set(got) == {each for each in letters_due(tmp_path) if not each.startswith("aude")}
    assert len(got) == invited >= 3 * opened
    assert opened >= 4


def exchange(number: int) -> dict[str, str]:
    """The form that opens an exchange with three leaders."""
    people = {f"email_{n}": f"web{number}-{n}@exemple.fr" for n in (1, 2, 3)}
    return {"name": f"Échange web {number}", "purpose": "", "lines": "3", **people}


def answers(site: Site) -> bool:
    """Whether the web server is there, whatever it says of the others."""
    with suppress(OSError, http.client.HTTPException):
        return site.get("/sante")[0] in (200, 503)
    return False


def healthy(site: Site) -> bool:
    """Whether the server says that all is well."""
    with suppress(OSError, http.client.HTTPException):
        status, answer = site.get("/sante")
        return status == 200 and json.loads(answer)["ok"]
    return False

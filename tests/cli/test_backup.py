"""A backup is of one moment while the server runs, comes back the same, and is refused once it is altered."""

import gzip
import io
import json
import shutil
import sqlite3
import stat
import subprocess
import tarfile
import time
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from cordee.cli import archive
from tests import postgres
from tests.running import cordee, environment, kill, must, start

pytestmark = pytest.mark.sqlite_only  # it starts the PostgreSQL that it needs
Env = dict[str, str]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Env:
    """An installation on SQLite with four exchanges, read only: tests that write make their own copy."""
    env = environment(tmp_path_factory.mktemp("server"))
    must("-m", "tests.filling", "4", env=env)
    return env


@pytest.fixture(scope="module")
def saved(server: Env, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its backup."""
    path = tmp_path_factory.mktemp("saved") / "cordee.tar.gz"
    done = cordee("backup", str(path), env=server)
    assert done.returncode == 0, done.stderr
    assert "clés de signature" in done.stdout
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["cordee.tar.gz"]
    return path


def rows(data: str) -> dict[str, list[Any]]:
    """Every row of every table of an SQLite database."""
    with closing(sqlite3.connect(Path(data) / "cordee.sqlite3")) as base:
        tables = [name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: base.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}


def files(data: str) -> dict[str, bytes]:
    """Every file of a data folder but the database."""
    return {
        str(path.relative_to(data)): path.read_bytes()
        for path in Path(data).rglob("*")
        if path.is_file() and "sqlite3" not in path.name
    }


def members(path: Path) -> dict[str, bytes]:
    with tarfile.open(path) as tar:
        return {each.name: tar.extractfile(each).read() for each in tar}  # type: ignore[union-attr]


def written(path: Path, content: dict[str, bytes], **links: str) -> Path:
    """An archive of our own making."""
    with tarfile.open(path, "w:gz") as tar:
        for name, data in content.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
        for name, target in links.items():
            info = tarfile.TarInfo(name)
            info.type, info.linkname = tarfile.SYMTYPE, target
            tar.addfile(info)
    return path


def test_restored_is_the_same(server: Env, saved: Path, tmp_path: Path) -> None:
    there = tmp_path / "there"
    done = cordee("restore", str(saved), "--data", str(there), "--json", env=environment(tmp_path / "unused"))
    assert (done.returncode, json.loads(done.stdout)["ok"]) == (0, True), done.stderr + done.stdout
    assert rows(str(there)) == rows(server["CORDEE_DATA"])
    assert files(str(there)) == files(server["CORDEE_DATA"])
    assert not (tmp_path / "unused").exists()
    assert len([name for name in files(str(there)) if name.startswith("files/")]) == 4
    refused = pytest.raises(sqlite3.DatabaseError)  # the triggers came too
    with closing(sqlite3.connect(there / "cordee.sqlite3")) as base, refused:
        base.execute("UPDATE register_entry SET act = 'x'")
    assert "sent 12" in must("-m", "django", "tick", "--once", env=environment(there))


def test_what_is_there_is_never_replaced(server: Env, saved: Path) -> None:
    before = rows(server["CORDEE_DATA"])
    done = cordee("restore", str(saved), env=server)
    assert (done.returncode, done.stdout) == (2, "")
    assert "n’est pas vide" in done.stderr
    assert rows(server["CORDEE_DATA"]) == before
    assert cordee("backup", str(saved), env=server).returncode == 2


def test_check_says_what_the_archive_holds(saved: Path, tmp_path: Path) -> None:
    done = cordee("backup", "--check", str(saved), "--json", env=environment(tmp_path))
    found = json.loads(done.stdout)
    assert done.returncode == 0
    assert found["counts"]["groupings_invitation"] == 12
    assert found["engine"] == "sqlite"
    assert found["absent"] == []
    assert sum(head["number"] for head in found["heads"].values()) == found["counts"]["register_entry"]


def says_the_same(packed: bytes, content: bytes) -> bool:
    """Whether packed bytes still unpack to the same: among zeros, a copy from further back copies the same zeros."""
    try:
        return gzip.decompress(packed) == content
    except (OSError, EOFError, zlib.error):
        return False


def test_a_byte_changed_anywhere_or_an_end_cut_is_refused(saved: Path, tmp_path: Path) -> None:
    whole = saved.read_bytes()
    content = gzip.decompress(whole)
    for place in range(11, len(whole), len(whole) // 60):
        altered = whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
        (tmp_path / "altered").write_bytes(altered)
        if not says_the_same(altered, content):
            with pytest.raises(archive.BadArchive):
                archive.read(tmp_path / "altered")
        (tmp_path / "cut").write_bytes(whole[:place])
        with pytest.raises(archive.BadArchive):
            archive.read(tmp_path / "cut")
    assert archive.read(saved)["engine"] == "sqlite"


def test_a_member_replaced_is_named_and_nothing_is_put_in_place(saved: Path, tmp_path: Path) -> None:
    content = members(saved)
    name = next(each for each in content if each.startswith("files/"))
    bad = written(tmp_path / "bad.tar.gz", {**content, name: b"another"})
    env = environment(tmp_path / "data")
    checked = cordee("backup", "--check", str(bad), env=env)
    assert checked.returncode == 1
    assert name in checked.stdout
    done = cordee("restore", str(bad), env=env)
    assert done.returncode == 2
    assert name in done.stderr
    assert list((tmp_path / "data").iterdir()) == []


@pytest.mark.parametrize(
    "name", ["../outside", "/etc/cordee", "files/../../outside", "files/./x", "files\\..\\x", "keys", "else"]
)
def test_no_member_leaves_the_folder(saved: Path, tmp_path: Path, name: str) -> None:
    content = members(saved)
    manifest = content.pop("manifest.json")
    bad = written(tmp_path / "bad.tar.gz", {**content, name: b"x", "manifest.json": manifest})
    with pytest.raises(archive.BadArchive) as refused:
        archive.read(bad, into=tmp_path / "out")
    assert refused.value.code == "refused"
    assert not (tmp_path / "outside").exists()


def test_links_second_copies_and_unlisted_members_are_refused(saved: Path, tmp_path: Path) -> None:
    content = members(saved)
    manifest = content.pop("manifest.json")
    for number, bad in enumerate(
        (
            written(tmp_path / "1.tar.gz", content, **{"files/link": "/etc/passwd"}),
            written(tmp_path / "2.tar.gz", {**content, "files/unlisted": b"x", "manifest.json": manifest}),
        )
    ):
        with pytest.raises(archive.BadArchive) as refused:
            archive.read(bad, into=tmp_path / f"out{number}")
        assert refused.value.code == "refused"


def test_nonsense_is_no_archive(tmp_path: Path) -> None:
    samples = {
        "empty": b"",
        "text": b"Bonjour",
        "gzip": gzip.compress(b"Bonjour"),
        "manifest": b"",
    }
    for name, content in samples.items():
        path = tmp_path / name
        path.write_bytes(content)
        if name == "manifest":
            written(path, {"manifest.json": b'{"schema": 4}'})
        with pytest.raises(archive.BadArchive):
            archive.read(path)
    env = environment(tmp_path / "data")
    assert cordee("backup", "--check", str(tmp_path / "text"), env=env).returncode == 1
    absent = cordee("backup", "--check", str(tmp_path / "absent"), env=env)
    assert (absent.returncode, len(absent.stderr.splitlines())) == (2, 1)
    unready = cordee("backup", str(tmp_path / "new.tar.gz"), env=env)
    assert (unready.returncode, len(unready.stderr.splitlines())) == (2, 1)
    assert not (tmp_path / "new.tar.gz").exists()


def test_a_later_version_and_another_engine_are_refused(saved: Path, tmp_path: Path) -> None:
    content = members(saved)
    for change, words in (
        ({"migrations": ["register.0099_later"]}, "plus récente"),
        ({"engine": "postgresql"}, "PostgreSQL"),
    ):
        manifest = {**json.loads(content["manifest.json"]), **change}
        bad = tmp_path / f"{next(iter(change))}.tar.gz"
        written(bad, {**content, "manifest.json": json.dumps(manifest).encode()})
        done = cordee("restore", str(bad), env=environment(tmp_path / bad.stem))
        assert (done.returncode, words in done.stderr) == (2, True), done.stderr
        assert not (tmp_path / bad.stem / "cordee.sqlite3").exists()


def holds(env: Env) -> tuple[int, bool]:
    """How many lines are in the books, and whether each book holds."""
    script = (
        "import django; django.setup(); from cordee.ground.register import models, reads; "
        "states = [reads.state(b.name) for b in models.Book.objects.all()]; "
        "print(sum(s.number for s in states), all(s.intact for s in states))"
    )
    number, intact = must("-c", script, env=env).split()
    return int(number), intact == "True"


def test_taken_while_somebody_writes(server: Env, tmp_path: Path) -> None:
    shutil.copytree(server["CORDEE_DATA"], tmp_path / "busy")
    env = environment(tmp_path / "busy")
    _backed_up_while_written(env, environment(tmp_path / "there"), tmp_path)


def _more_lines(log: Path, wanted: int, writer: subprocess.Popen[bytes]) -> None:
    """Wait until the writer has written so many lines."""
    deadline = time.monotonic() + 60
    while not log.exists() or len(log.read_text().splitlines()) < wanted:
        assert writer.poll() is None, log.read_text()
        assert time.monotonic() < deadline, "the writer no longer writes"
        time.sleep(0.1)


def _backed_up_while_written(env: Env, there: Env, folder: Path) -> None:
    log = folder / "writer.log"
    writer = start("-m", "tests.filling", "for-ever", "busy", env=env, log=log)
    try:
        _more_lines(log, 3, writer)
        done = cordee("backup", str(folder / "busy.tar.gz"), env=env)
        assert done.returncode == 0, done.stderr
        assert "Attention" not in done.stdout  # every file that the copy speaks of is in the archive
        _more_lines(log, len(log.read_text().splitlines()) + 1, writer)  # the writer was not stopped
    finally:
        kill(writer)
    done = cordee("restore", str(folder / "busy.tar.gz"), env=there)
    assert done.returncode == 0, done.stderr + done.stdout
    number, intact = holds(there)
    assert intact
    assert 0 < number < holds(env)[0]


@pytest.fixture
def databases() -> Iterator[tuple[str, str]]:
    """Two empty databases on a PostgreSQL of our own."""
    if postgres.postgres_binaries() is None:
        pytest.skip("PostgreSQL is not installed here (apt-get install postgresql)")
    with postgres.postgres_server() as url:
        with psycopg.connect(
            host=url.rpartition("host=")[2], user="cordee", dbname="postgres", autocommit=True
        ) as base:
            for name in ("here", "there"):
                base.execute(f"CREATE DATABASE {name}")
        yield url.replace("/postgres?", "/here?"), url.replace("/postgres?", "/there?")


def test_on_postgresql_while_somebody_writes(databases: tuple[str, str], tmp_path: Path) -> None:
    if shutil.which("pg_dump") is None:
        pytest.skip("pg_dump is not installed here (apt-get install postgresql-client)")
    here, there = (
        environment(tmp_path / name, CORDEE_DATABASE_URL=url, CORDEE_DATABASE_POOL="0")
        for name, url in zip(("here", "there"), databases, strict=True)
    )
    _backed_up_while_written(here, there, tmp_path)
    again = cordee("restore", str(tmp_path / "busy.tar.gz"), "--data", str(tmp_path / "third"), env=there)
    assert (again.returncode, "n’est pas vide" in again.stderr) == (2, True)
    no_tool = {**here, "PATH": str(tmp_path)}
    refused = cordee("backup", str(tmp_path / "other.tar.gz"), env=no_tool)
    assert (refused.returncode, "pg_dump" in refused.stderr) == (2, True)

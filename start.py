"""The two commands of the README, with nothing but Python 3.11's standard library.

python3 start.py demo     prepare everything, serve a small believable world on 127.0.0.1
python3 start.py test     run every test, browser tests included
python3 start.py bench    print the table of ratios against named peers
python3 start.py check    lint, types, the order of the house: what is fast
python3 start.py install  make .venv and stop (--bare: what a server needs, without the tools of the tests)
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UV_PIN = "uv==0.13.9"
APT = {
    "chromium": ("chromium",),
    "qpdf": ("qpdf",),
    "pdffonts": ("poppler-utils",),
    "xgettext": ("gettext",),
    "postgres": ("postgresql",),
}


def main() -> int:
    """Read the call and run it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("demo", "test", "bench", "check", "install"))
    parser.add_argument("--no-serve", action="store_true", help="demo: prepare everything and stop")
    parser.add_argument("--port", type=int, default=8000, help="demo: port on 127.0.0.1 (8000)")
    parser.add_argument("--data", type=Path, default=None, help="demo: folder of the database and files (./var)")
    parser.add_argument("--bare", action="store_true", help="install: without the tools of the tests")
    args, rest = parser.parse_known_args()
    if rest and args.what not in ("test", "bench"):
        parser.error(f"unknown: {' '.join(rest)}")
    if sys.version_info < (3, 11):  # noqa: UP036 (this file may be run by any Python that is at hand)
        print(f"Cordée needs Python 3.11 or later; this is {sys.version.split()[0]}.", file=sys.stderr)
        return 2
    # The tests and the demo start dozens of interpreters: each would compile every library anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    install(with_tests=args.what != "demo" and not args.bare)
    if args.what == "demo":
        return demo(args)
    if args.what == "test":
        return test(rest)
    if args.what == "bench":
        return run(PYTHON, "-m", "bench", *rest, check=False)
    return check() if args.what == "check" else 0


def say(text: str) -> None:
    """Tell the person what is going on."""
    print(f"· {text}", flush=True)


def run(*words: object, check: bool = True, env: dict[str, str] | None = None) -> int:
    """Run a command from the root of the project."""
    done = subprocess.run([str(word) for word in words], cwd=ROOT, env={**os.environ, **(env or {})})
    if check and done.returncode:
        raise SystemExit(done.returncode)
    return done.returncode


# --- The environment ---


def install(*, with_tests: bool) -> None:
    """Make .venv and put in it exactly what the lock says; nothing to do when it is already so."""
    lock = ROOT / ("requirements-test.txt" if with_tests else "requirements.txt")
    wanted = hashlib.sha256(lock.read_bytes() + sys.version.encode()).hexdigest()
    mark = VENV / f".{lock.stem}"
    full = VENV / ".requirements-test"
    if PYTHON.exists() and mark.exists() and mark.read_text() == wanted:
        return _link()
    if not with_tests and full.exists():  # the test environment contains all that the demo needs
        test_lock = (ROOT / "requirements-test.txt").read_bytes()
        if full.read_text() == hashlib.sha256(test_lock + sys.version.encode()).hexdigest():
            return _link()
    if subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True).returncode:
        raise SystemExit("This Python has no pip: install it (Debian: apt-get install python3-pip), then start again.")
    say("Installing the environment (.venv), a minute at most on a fast network")
    if not PYTHON.exists():
        # Debian's Python has no ensurepip: make the environment without pip, and install into it from outside.
        run(sys.executable, "-m", "venv", "--without-pip", VENV)
    pip = (sys.executable, "-m", "pip", "--python", str(PYTHON), "--disable-pip-version-check", "-qq", "install")
    tools = VENV / "tools"
    uv = tools / "bin" / "uv"
    quiet = {"PYTHONWARNINGS": "ignore"}
    if not uv.exists():
        run(*pip, "--require-hashes", "--target", tools, "-r", ROOT / "requirements-uv.txt", check=False, env=quiet)
    if uv.exists():
        env = {"VIRTUAL_ENV": str(VENV), "UV_LINK_MODE": "copy"}
        run(uv, "pip", "sync", "--quiet", "--compile-bytecode", "--require-hashes", lock, env=env)
    else:
        run(*pip, "--require-hashes", "-r", lock, env=quiet)
    for other in VENV.glob(".requirements*"):
        other.unlink()
    mark.write_text(wanted)
    return _link()


def _link() -> None:
    """Put the package and the command `cordee` into the environment, without copying the code."""
    site = next((VENV / "lib").glob("python3*/site-packages"))
    (site / "cordee-here.pth").write_text(f"{ROOT}\n")
    command = VENV / "bin" / "cordee"
    code = "import sys; from cordee.cli import main; sys.exit(main())"
    command.write_text(f'#!/bin/sh\nexec {shlex.quote(str(PYTHON))} -P -c "{code}" "$@"\n')
    command.chmod(0o755)


# --- demo ---


def demo(args: argparse.Namespace) -> int:
    """Prepare the database and its world, then become `cordee serve`: the site, the worker, the ticker."""
    data = (args.data or ROOT / "var").resolve()
    data.mkdir(parents=True, exist_ok=True)
    env = {
        "CORDEE_DATA": str(data),
        "CORDEE_SITE_URL": f"http://127.0.0.1:{args.port}",
        "CORDEE_MAILBOX_OPEN": "1",
    }
    manage = (PYTHON, "manage.py")
    run(*manage, "prepare", env=env)
    run(*manage, "demo_world", env=env)
    if args.no_serve:
        return 0
    os.environ.update(env)
    sys.stdout.flush()
    os.execv(VENV / "bin" / "cordee", ["cordee", "serve", "--prepared", "--port", str(args.port)])


# --- test, check ---


def test(rest: list[str]) -> int:
    """Every test: on SQLite, browser included; the parts that touch the database again on PostgreSQL."""
    apt_install()
    env = {"CORDEE_DATA": str(ROOT / "build" / "test-data")}
    run(PYTHON, "manage.py", "compilewords", env=env)
    if rest:
        return run(PYTHON, "-m", "pytest", *rest, check=False, env=env)
    failed = check(stop=False)
    both = (PYTHON, "-m", "pytest", "-n", "2", "--dist", "worksteal", "-m")
    failed |= run(*both, "not postgres_only", check=False, env=env)
    say("The same rooms on PostgreSQL")
    rooms = ("--ignore", "tests/engines", "--ignore", "tests/house")
    failed |= run(*both, "not sqlite_only", *rooms, check=False, env={**env, "CORDEE_TEST_DATABASE": "postgres"})
    say("All passed." if not failed else "Something failed: see above.")
    return 1 if failed else 0


def check(*, stop: bool = True) -> int:
    """Lint, format, types, the order of the rooms."""
    bin_ = VENV / "bin"
    failed = 0
    for words in (
        (bin_ / "ruff", "check", "--quiet", "."),
        (bin_ / "ruff", "format", "--check", "--quiet", "."),
        (bin_ / "lint-imports", "--no-cache"),
        (bin_ / "mypy",),
        (PYTHON, "manage.py", "makemigrations", "--check", "--dry-run", "--verbosity", "0"),
    ):
        say(" ".join(Path(str(words[0])).name if i == 0 else str(word) for i, word in enumerate(words)))
        failed |= run(*words, check=stop)
    return failed


def apt_install() -> None:
    """Install what the tests need beside Python, where it is missing and we may; otherwise say so."""
    missing = sorted({package for command, packages in APT.items() if not _has(command) for package in packages})
    if not missing:
        return
    root = () if os.geteuid() == 0 else ("sudo", "-n", "env")
    if shutil.which("apt-get") and (not root or subprocess.run([*root, "true"], capture_output=True).returncode == 0):
        say(f"Installing {', '.join(missing)} with apt-get")
        apt = (*(root or ("env",)), "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq")
        run(*apt, "update", check=False)
        run(*apt, "install", "-y", "--no-install-recommends", *missing, check=False)
    else:
        say(f"Missing on this machine: {', '.join(missing)}. The tests that need them are skipped, and say so.")


def _has(command: str) -> bool:
    if command == "postgres":
        return bool(list(Path("/usr/lib/postgresql").glob("*/bin/initdb"))) or bool(shutil.which("initdb"))
    return bool(shutil.which(command))


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except KeyboardInterrupt:
        raise SystemExit(130) from None

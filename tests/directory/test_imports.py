"""Lists taken in: once, twice, changed, half-way, refused; and what leaders wrote stays."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from cordee.cli import main
from cordee.directory import acts, reads
from cordee.directory.acts import imports as importing
from cordee.directory.models import Company, CompanyTrade, ImportRun, Place, Tie
from cordee.directory.tasks import resume_stopped, run_import
from cordee.ground.kit.refusals import NotAllowed
from cordee.ground.people.models import Actor, Clockwork
from cordee.ground.register.models import Entry
from tests.factories import AT, person, siren

pytestmark = pytest.mark.django_db

A, B, C = siren(81_000_001), siren(81_000_002), siren(81_000_003)
HEAD = "siren;nom;naf;code_postal;ville;effectif;certificats;liens;capacite\n"
LIST = (
    HEAD
    + f"{A};Charpente Roques;43.91A;34700;Lodève;12;RGE;{B};300000\n"
    + f"{B};Nouvel Électricité;43.21A;34000;Montpellier;;;;\n"
)


def take(text: str, **more: Any) -> ImportRun:
    stream = io.BytesIO(text.encode())
    run = acts.open_run(["liste.csv"], acts.digest_of([stream]), at=AT)
    return acts.import_companies(run, [stream], by=Clockwork(), at=AT, **more)


def counts(run: ImportRun) -> tuple[int, int, int, int]:
    return run.added, run.updated, run.unchanged, run.refused_count


def test_a_list_fills_the_directory() -> None:
    assert counts(take(LIST)) == (2, 0, 0, 0)
    roques = Company.objects.get(siren=A)
    assert (roques.name, roques.headcount_low, roques.capacity_cents) == ("Charpente Roques", 12, 30_000_000)
    place = roques.places.get()
    assert (place.city, place.department, round(place.lat or 0)) == ("Lodève", "34", 44)
    assert CompanyTrade.objects.filter(company=roques, declared=False, naf="43.91A").exists()
    assert Tie.objects.get().other.siren == B
    assert Company.objects.get(siren=B).headcount_low is None  # not said, so to be confirmed: never zero


def test_twice_gives_no_duplicates_and_one_line_each_in_the_book() -> None:
    take(LIST)
    before = (Company.objects.count(), Place.objects.count(), CompanyTrade.objects.count(), Tie.objects.count())
    assert counts(take(LIST)) == (0, 0, 2, 0)
    assert (Company.objects.count(), Place.objects.count(), CompanyTrade.objects.count(), Tie.objects.count()) == before
    entries = Entry.objects.filter(book="instance", act="directory.import.finished").order_by("number")
    assert [(entry.facts["added"], entry.facts["unchanged"]) for entry in entries] == [(2, 0), (0, 2)]
    assert len(entries[0].facts["digest"]) == 64


def test_an_update_changes_only_what_changed() -> None:
    take(LIST)
    version = Company.objects.get(siren=B).version
    assert counts(take(LIST.replace("Charpente Roques", "Charpentes Roques"))) == (0, 1, 1, 0)
    assert Company.objects.get(siren=A).name == "Charpentes Roques"
    assert Company.objects.get(siren=B).version == version
    assert counts(take(f"siren;nom\n{A};Charpentes Roques\n")) == (0, 0, 1, 0)
    assert Company.objects.get(siren=A).headcount_low == 12  # a file that does not say it does not erase it


def test_a_naf_code_that_changes_takes_its_trades_along_but_never_a_declared_one() -> None:
    take(LIST)
    company = Company.objects.get(siren=A)
    CompanyTrade.objects.create(company=company, trade="elagage", declared=True)
    take(LIST.replace("43.91A", "43.21A"))
    assert not company.trades.filter(naf="43.91A").exists()
    assert company.trades.filter(trade="elagage").exists()


def test_what_a_leader_wrote_by_hand_stays() -> None:
    take(LIST)
    company, leader = Company.objects.get(siren=A), person("Jean Roques")
    acts.claim_company(company, by=Actor(leader), at=AT)
    acts.edit_company(company, values={"name": "Roques et fils"}, version=1, by=Actor(leader), at=AT)
    acts.declare_trade(company, "elagage", by=Actor(leader), at=AT)
    trades = set(company.trades.values_list("trade", flat=True))
    assert counts(take(LIST.replace(";12;", ";14;").replace("43.91A", "43.21A"))) == (0, 1, 1, 0)
    company.refresh_from_db()
    assert (company.name, company.headcount_low) == ("Roques et fils", 14)
    assert set(company.trades.values_list("trade", flat=True)) == trades


def test_refused_lines_say_where_and_why() -> None:
    run = take(LIST + "123;Faux;;;;;;;\n")
    assert counts(run) == (2, 0, 0, 1)
    line = reads.report_of(run)[0]
    assert (line.line, line.field, line.refused) == (4, "siren", True)
    assert "n’est pas un numéro valable" in line.text


def test_a_file_that_is_no_list_ends_refused_with_a_sentence() -> None:
    run = take("bonjour\n")
    assert run.state == "failed"
    assert "aucune colonne" in reads.problem_of(run)
    assert Entry.objects.filter(act="directory.import.refused").count() == 1


def test_a_killed_import_goes_on_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "BATCH", 1)
    text = LIST + f"{C};Troisième;;;;;;;\n"

    def killed(done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take(text, tell=killed)
    stopped = ImportRun.objects.get()
    assert (stopped.state, stopped.done, Company.objects.count()) == ("running", 2, 2)
    acts.note_resumed(stopped, at=AT)
    run = take(text)
    assert (run.pk, run.resumed, counts(run)) == (stopped.pk, 1, (3, 0, 0, 0))
    assert Company.objects.count() == 3
    assert Entry.objects.filter(act="directory.import.finished").count() == 1


def test_a_batch_that_fails_leaves_nothing_half_done(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("cordee.directory.acts.take_in.note_words", broken)
    with pytest.raises(RuntimeError):
        take(LIST)
    assert (Company.objects.count(), ImportRun.objects.get().done) == (0, 0)


def test_only_the_operator_asks_for_an_import() -> None:
    with pytest.raises(NotAllowed):
        acts.ask_import([("liste.csv", LIST.encode())], by=Actor(person()), at=AT)
    with pytest.raises(acts.NothingToImport):
        acts.ask_import([("liste.csv", b"")], by=Actor(person(is_operator=True)), at=AT)


def test_the_task_imports_what_was_kept_and_a_stopped_one_is_taken_up() -> None:
    run = acts.ask_import([("liste.csv", LIST.encode())], by=Actor(person(is_operator=True)), at=AT)
    assert acts.ask_import([("liste.csv", LIST.encode())], by=Actor(run.asked_by), at=AT) == run
    ImportRun.objects.filter(pk=run.pk).update(state="running", touched_at=AT.replace(year=2025))
    assert resume_stopped(at=AT) == 1
    assert resume_stopped(at=AT) == 0
    run_import.func(run.public_id)
    run_import.func(run.public_id)
    run.refresh_from_db()
    assert (run.state, run.resumed, counts(run)) == ("done", 1, (2, 0, 0, 0))


def test_the_report_is_safe_in_a_spreadsheet() -> None:
    run = take(HEAD + '"=1+1";Faux;;;;;;;\n')
    run.refused[0]["field"] = "=cmd"
    assert "'=cmd" in reads.report_csv(run, ["a", "b", "c", "d"])


def test_the_command_tells_what_it_did(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "liste.csv"
    path.write_text(LIST + "123;Faux;;;;;;;\n", encoding="utf-8")
    assert main(["import", "companies", str(path), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["schema"], answer["added"], answer["refused"]) == ("cordee.import.companies/1", 2, 1)
    assert main(["import", "companies", str(path)]) == 0
    assert "0 ajoutées, 0 mises à jour, 2 inchangées, 1 lignes refusées" in capsys.readouterr().out
    path.write_text(HEAD + "123;Faux;;;;;;;\n", encoding="utf-8")
    assert main(["--lang", "en", "import", "companies", str(path)]) == 1
    assert "not a valid number" in capsys.readouterr().out
    path.write_text("bonjour\n", encoding="utf-8")
    assert main(["import", "companies", str(path)]) == 2
    assert "liste d’entreprises" in capsys.readouterr().err


def test_every_real_file_is_taken_in(shared_data: Path, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    folder = shared_data / "companies"
    with (folder / "entreprises_insertion.csv").open("rb") as stream, django_assert_max_num_queries(250):
        run = acts.open_run(["a"], acts.digest_of([stream]), at=AT)  # some queries per batch, never some per company
        run = acts.import_companies(run, [stream], by=Clockwork(), at=AT)
    assert run.added == run.total == Company.objects.count() > 2000
    again = acts.open_run(["a"], run.digest, at=AT)
    with (folder / "entreprises_insertion.csv").open("rb") as stream:
        again = acts.import_companies(again, [stream], by=Clockwork(), at=AT)
    assert (again.added, again.updated, again.unchanged) == (0, 0, run.total)
    pair = [folder / "sirene_stock_csv" / f"sample_{name}_OK.csv" for name in ("unites_legales", "etablissements")]
    assert main(["import", "companies", *map(str, pair)]) == 0
    assert main(["import", "companies", str(folder / "sirene_api_v3_records.json")]) == 0
    for path in sorted((folder / "sirene_stock_csv").glob("*KO*")):
        assert main(["import", "companies", str(path)]) == 2

"""The books of an entity: what is posted balances, follows and never changes; who may; what is handed over."""

import io
import json
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction

from cordee.cli import main
from cordee.engines.ledger import Line, check_fec
from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal
from cordee.ground.register.models import Entry
from cordee.money import acts, reads
from cordee.money.models import Ledger, LedgerEntry, LedgerLine
from tests.factories import siren
from tests.people import World, browser_of

AT = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
DAY = date(2026, 3, 10)


@pytest.fixture
def ledger(world: World) -> Ledger:
    return acts.open_ledger(world.grouping, form="gie", name="GIE Bois", siren=siren(7), by=world.actor("aude"), at=AT)


def post(ledger: Ledger, world: World, *lines: Line, day: date = DAY, who: str = "aude", **more: object) -> LedgerEntry:
    written = lines or (Line("411000", 12_000, world.seats["bruno"].public_id), Line("706000", -12_000))
    words = {"journal": "VE", "piece": "F-1", "label": "Étude commune", **more}
    return acts.post_entry(ledger, day=day, lines=written, by=world.actor(who), at=AT, **words)  # type: ignore[arg-type]


def test_opening_gives_the_usual_accounts_and_says_so(world: World, ledger: Ledger) -> None:
    assert ledger.accounts.get(number="445710").label == "TVA collectée"
    assert set(ledger.journals.values_list("code", flat=True)) == {"AC", "AN", "BQ", "OD", "VE"}
    assert Entry.objects.get(act="money.ledger.opened").facts == {"form": "gie", "closing_month": 12}
    with pytest.raises(Refusal):
        acts.open_ledger(world.grouping, form="gie", name="x", siren=siren(8), by=world.actor("aude"), at=AT)


def test_only_the_treasury_keeps_the_books(world: World, ledger: Ledger) -> None:
    with pytest.raises(NotAllowed):
        post(ledger, world, who="bruno")
    with pytest.raises(NotYours):
        post(ledger, world, who="chloe")
    with pytest.raises(Refusal, match="SIREN"):
        acts.open_ledger(world.elsewhere, form="ge", name="x", siren="123", by=_chair(world), at=AT)


def _chair(world: World):  # type: ignore[no-untyped-def]
    from tests import factories

    factories.office(world.seats["chloe"], "treasurer")
    return world.actor("chloe")


def test_numbers_follow_each_other_within_the_year(world: World, ledger: Ledger) -> None:
    numbers = [post(ledger, world, day=day).number for day in (DAY, DAY, date(2027, 1, 2), DAY)]
    assert numbers == [1, 2, 1, 3]
    told = Entry.objects.filter(act="money.entry.posted").last()
    assert told is not None
    assert told.facts == {
        "journal": "VE",
        "year": 2026,
        "number": 3,
        "day": "2026-03-10",
        "cents": 12_000,
        "receipt": "",
    }


@pytest.mark.parametrize(
    "lines",
    [
        (Line("411000", 5), Line("706000", -4)),
        (Line("411000", 5),),
        (Line("411999", 5), Line("706000", -5)),
        (Line("411000", 5, "nobody"), Line("706000", -5)),
    ],
)
def test_what_does_not_balance_or_is_unknown_is_refused_whole(
    world: World, ledger: Ledger, lines: tuple[Line, ...]
) -> None:
    with pytest.raises(acts.EntryRefused):
        post(ledger, world, *lines)
    assert not LedgerEntry.objects.exists()
    assert not LedgerLine.objects.exists()


def test_the_database_itself_refuses(world: World, ledger: Ledger) -> None:
    entry = post(ledger, world)
    line = entry.lines.first()
    assert line is not None
    changes = [
        lambda: LedgerLine.objects.filter(pk=line.pk).update(cents=1),
        lambda: LedgerLine.objects.filter(pk=line.pk).delete(),
        lambda: LedgerLine.objects.create(entry=entry, account=line.account, cents=5),
        lambda: LedgerEntry.objects.filter(pk=entry.pk).update(label="autre"),
        lambda: LedgerEntry.objects.filter(pk=entry.pk)._raw_delete("default"),  # type: ignore[attr-defined]
        lambda: _copy(entry, number=9, posted=True),
        lambda: LedgerEntry.objects.filter(pk=_copy(entry, number=9).pk).update(posted=True),
    ]
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert LedgerEntry.objects.get().label == "Étude commune"


def _copy(entry: LedgerEntry, **changes: object) -> LedgerEntry:
    same = {
        name: getattr(entry, name)
        for name in ("ledger", "journal", "year", "day", "piece", "label", "posted_at", "posted_by")
    }
    return LedgerEntry.objects.create(**{**same, **changes})


@pytest.mark.postgres_only
@pytest.mark.django_db(transaction=True)
def test_an_entry_left_unposted_cannot_be_committed(world: World, ledger: Ledger) -> None:
    entry = post(ledger, world)
    with pytest.raises(DatabaseError, match="unposted"):
        _copy(entry, number=9)
    assert connection.vendor == "postgresql"


def test_a_reversal_leaves_every_account_as_it_was(world: World, ledger: Ledger) -> None:
    entry = post(ledger, world)
    made = acts.reverse_entry(entry, day=DAY, why="doublon", by=world.actor("aude"), at=AT)
    assert (made.number, made.reverses) == (2, entry)
    assert all(one.cents == 0 for one in reads.trial_balance_of(ledger, 2026))
    for again in (entry, made):
        with pytest.raises(acts.AlreadyReversed):
            acts.reverse_entry(again, day=DAY, why="x", by=world.actor("aude"), at=AT)
    assert Entry.objects.get(act="money.entry.reversed").facts == {"number": 1, "reversal": 2, "year": 2026}


def test_a_closed_period_takes_nothing_more(world: World, ledger: Ledger) -> None:
    entry = post(ledger, world)
    with pytest.raises(Refusal, match="à venir"):
        acts.close_period(ledger, until=date(2026, 4, 1), by=world.actor("aude"), at=AT)
    acts.close_period(ledger, until=DAY, by=world.actor("aude"), at=AT)
    with pytest.raises(acts.PeriodClosed):
        post(ledger, world)
    with pytest.raises(acts.PeriodClosed):
        acts.close_period(ledger, until=DAY, by=world.actor("aude"), at=AT)
    acts.reverse_entry(entry, day=date(2026, 3, 11), why="erreur", by=world.actor("aude"), at=AT)
    left = _copy_in_transaction(entry)
    assert left is None


def _copy_in_transaction(entry: LedgerEntry) -> None:
    """The database refuses it too, were the act not asked."""
    with pytest.raises(DatabaseError), transaction.atomic():
        made = _copy(entry, number=9)
        for line in entry.lines.all():
            LedgerLine.objects.create(entry=made, account=line.account, cents=line.cents)
        LedgerEntry.objects.filter(pk=made.pk).update(posted=True)


def test_the_balance_of_another_tool_opens_the_ledger(world: World, ledger: Ledger) -> None:
    data = "compte;libellé;débit;crédit\n512;Banque;1 000,00;\n1021;Fonds;;1 000,00\n".encode()
    acts.take_balance(ledger, data=data, day=date(2026, 1, 1), by=world.actor("aude"), at=AT)
    assert [(one.number, one.cents) for one in reads.trial_balance_of(ledger, 2026)] == [
        ("102100", -100_000),
        ("512000", 100_000),
    ]
    with pytest.raises(Refusal, match="Ligne 2"):
        acts.take_balance(ledger, data=b"compte;solde\nabc;1\n", day=DAY, by=world.actor("aude"), at=AT)


def test_a_chart_is_loaded_whole_or_not_at_all(
    world: World, ledger: Ledger, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    post(ledger, world)
    plan = tmp_path / "plan.csv"
    plan.write_text("numéro;libellé\n411;Clients du GIE\n512;Crédit Coopératif\n6138;Location de grue\n")
    with pytest.raises(NotAllowed):
        acts.load_accounts(ledger, data=plan.read_bytes(), by=world.actor("bruno"), at=AT)
    assert main(["accounts", "load", str(plan), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert {name: answer[name] for name in ("added", "renamed", "kept")} == {"added": 1, "renamed": 1, "kept": 1}
    labels = dict(ledger.accounts.values_list("number", "label"))
    assert (labels["613800"], labels["512000"]) == ("Location de grue", "Crédit Coopératif")
    assert labels["411000"] != "Clients du GIE", "an account with entries keeps its name"
    assert Entry.objects.get(act="money.accounts.loaded").facts == {"added": 1, "renamed": 1, "kept": 1}
    assert main(["accounts", "load", str(plan), "--grouping", "rien"]) == 2
    assert ledger.grouping.public_id in capsys.readouterr().err
    plan.write_text("6138;Grue\n613800;Encore\n")
    assert main(["accounts", "load", str(plan)]) == 2
    assert "Ligne 2" in capsys.readouterr().err
    assert main(["accounts", "check", str(plan)]) == 2
    with pytest.raises(acts.BadChart):
        acts.load_accounts(ledger, data=b"", by=world.actor("aude"), at=AT)


def test_a_year_is_carried_over_with_its_result(world: World, ledger: Ledger) -> None:
    post(ledger, world)
    late = datetime(2027, 1, 20, tzinfo=UTC)
    with pytest.raises(Refusal, match="clos"):
        acts.open_year(ledger, year=2027, by=world.actor("aude"), at=late)
    acts.close_period(ledger, until=date(2026, 12, 31), by=world.actor("aude"), at=late)
    acts.open_year(ledger, year=2027, by=world.actor("aude"), at=late)
    assert [(one.number, one.cents) for one in reads.trial_balance_of(ledger, 2027)] == [
        ("120000", -12_000),
        ("411000", 12_000),
    ]
    with pytest.raises(Refusal, match="déjà"):
        acts.open_year(ledger, year=2027, by=world.actor("aude"), at=late)


def test_the_statement_of_a_member(world: World, ledger: Ledger) -> None:
    bruno = world.seats["bruno"].public_id
    post(ledger, world)
    post(ledger, world, Line("512000", 5_000), Line("411000", -5_000, bruno), journal="BQ")
    assert [one.running for one in reads.statement_of(ledger, world.seats["bruno"], year=2026)] == [12_000, 7_000]
    assert reads.statement_of(ledger, world.seats["aude"], year=2026) == ()


def test_what_is_handed_over(world: World, ledger: Ledger) -> None:
    receipt = SimpleUploadedFile("reçu.pdf", b"%PDF-1.7 receipt", content_type="application/pdf")
    post(ledger, world, receipt=receipt)
    post(ledger, world)
    name, fec = reads.fec_of(ledger, 2026)
    report = check_fec(fec, name)
    assert (report.valid, report.defects, report.entries) == (True, (), 2)
    archive = zipfile.ZipFile(io.BytesIO(reads.archive_of(ledger, 2026, at=AT)[1]))
    names = archive.namelist()
    assert names[:2] == [name, f"livre-{ledger.siren}-2026.xlsx"]
    assert archive.read(names[2]) == b"%PDF-1.7 receipt"


def test_the_pages(world: World, ledger: Ledger) -> None:
    post(ledger, world)
    base = f"/livres/{world.grouping.public_id}"
    aude, bruno = browser_of(world.aude), browser_of(world.bruno)
    assert "GIE" in aude.get("/livres/").content.decode()
    page = aude.get(base + "?exercice=2026").content.decode()
    assert "411000" in page
    assert "Clore une période" in page
    assert "Clore une période" not in bruno.get(base + "?exercice=2026").content.decode()
    assert (
        "Comptes entre membres" in browser_of(world.chloe).get(f"/livres/{world.elsewhere.public_id}").content.decode()
    )
    lines = {"account_0": "606300", "debit_0": "10,50", "account_1": "512000", "credit_1": "10,50"}
    head = {"journal": "AC", "day": "2026-03-12", "piece": "T-9", "label": "Visserie"}
    assert aude.post(base + "/ecrire", {**head, **lines}).status_code == 302
    assert LedgerEntry.objects.get(label="Visserie").lines.count() == 2
    wrong = aude.post(base + "/ecrire", {**head, **lines, "credit_1": "10,51"})
    assert wrong.status_code == 409
    assert "ne s’équilibre pas" in wrong.content.decode()


@pytest.mark.django_db
def test_a_page_costs_few_queries_whatever_is_in_it(
    world: World, ledger: Ledger, django_assert_max_num_queries: object
) -> None:
    for _ in range(4):
        post(ledger, world)
    browser = browser_of(world.aude)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        browser.get(f"/livres/{world.grouping.public_id}?exercice=2026")

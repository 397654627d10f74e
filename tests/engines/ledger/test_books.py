"""Double entry: what balances, what a reversal undoes, what a FEC and a spreadsheet carry."""

import io
from collections import Counter
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from cordee.engines.ledger import (
    Balance,
    Chart,
    Entry,
    Line,
    NotABalance,
    NotAChart,
    Unbooked,
    balanced,
    check_fec,
    fec_name,
    opening_lines,
    read_balance,
    read_chart,
    reverse,
    statement,
    trial_balance,
    usual_accounts,
    write_fec,
    write_sheet,
)

ACCOUNTS = st.sampled_from(["101000", "411000", "445710", "512000", "606300", "706000"])


@st.composite
def entries(draw: st.DrawFn) -> tuple[Line, ...]:
    amounts = draw(st.lists(st.integers(-(10**9), 10**9).filter(bool), min_size=1, max_size=5))
    rest = -sum(amounts)
    lines = [Line(draw(ACCOUNTS), cents, draw(st.sampled_from(["", "M1", "M2"]))) for cents in amounts]
    return balanced([*lines, *([Line("471000", rest)] if rest else [Line("471000", 1), Line("471000", -1)])])


def totals(lines: tuple[Line, ...]) -> Counter[str]:
    found: Counter[str] = Counter()
    for line in lines:
        found[line.account] += line.cents
    return Counter({key: value for key, value in found.items() if value})


@given(entries())
def test_an_entry_adds_up_to_zero_and_its_reversal_undoes_it(lines: tuple[Line, ...]) -> None:
    assert sum(line.cents for line in lines) == 0
    assert totals(lines + balanced(reverse(lines))) == Counter()
    assert reverse(reverse(lines)) == lines


@given(st.lists(entries(), max_size=6))
def test_trial_balance_and_opening(several: list[tuple[Line, ...]]) -> None:
    lines = tuple(line for one in several for line in one)
    balances = trial_balance(lines)
    assert sum(one.debit for one in balances) == sum(one.credit for one in balances)
    assert {one.account: one.cents for one in balances if one.cents} == totals(lines)
    opened = opening_lines(balances)
    assert sum(line.cents for line in opened) == 0
    assert all(line.account[0] in "12345" for line in opened)


@given(st.lists(entries(), max_size=6), st.integers(-1000, 1000))
def test_the_statement_of_a_member_ends_on_its_balance(several: list[tuple[Line, ...]], opening: int) -> None:
    lines = [line for one in several for line in one]
    told = statement(lines, "M1", opening)
    assert [line for line, _balance in told] == [line for line in lines if line.member == "M1"]
    if told:
        assert told[-1][1] == opening + sum(line.cents for line in lines if line.member == "M1")


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([Line("411000", 5)], "au moins deux lignes"),
        ([Line("411000", 5), Line("706000", -4)], "débit 0,05\u00a0€, crédit 0,04\u00a0€"),
        ([Line("411000", 0), Line("706000", 0)], "zéro"),
        ([Line("911000", 5), Line("706000", -5)], "«\u00a0911000\u00a0» n’est pas un compte"),
    ],
)
def test_what_is_no_entry(lines: list[Line], said: str) -> None:
    with pytest.raises(Unbooked) as wrong:
        balanced(lines)
    assert said in wrong.value.say()
    assert wrong.value.say("en") != wrong.value.say()


CHART = Chart({"411000": "Clients", "706000": "Prestations\tde | services"}, {"M1": "Menuiserie Lambert"})


def some_entries() -> list[Entry]:
    on = date(2026, 3, 10)
    lines = (Line("411000", 12000, "M1"), Line("706000", -12000))
    return [Entry("VE", "Ventes", number, on, f"F-{number}", on, "Étude\ncommune", on, lines) for number in (1, 2, 3)]


def test_the_fec_it_writes_passes_its_own_checker() -> None:
    data = write_fec(some_entries(), CHART)
    report = check_fec(data, fec_name("123456782", date(2026, 12, 31)))
    assert report.valid, [one.say() for one in report.defects]
    assert report.defects == ()
    assert (report.lines, report.entries, report.debit) == (6, 3, 36000)
    assert data.decode().splitlines()[1].split("\t")[4:8] == ["411000", "Clients", "M1", "Menuiserie Lambert"]


@given(st.lists(entries(), min_size=1, max_size=4), st.text(max_size=30))
def test_any_ledger_it_writes_passes(several: list[tuple[Line, ...]], label: str) -> None:
    on = date(2026, 3, 10)
    made = [
        Entry("OD", "Opérations diverses", number, on, "P", on, f"x{label}", on, lines)
        for number, lines in enumerate(several, start=1)
    ]
    report = check_fec(write_fec(made, Chart(usual_accounts(), {})), "123456782FEC20261231.txt")
    assert report.valid, [one.say() for one in report.defects]


def test_the_spreadsheet() -> None:
    lines = [line for entry in some_entries() for line in entry.lines]
    data = write_sheet("Livre", trial_balance(lines), some_entries(), CHART, datetime(2026, 3, 10, tzinfo=UTC))
    book = load_workbook(io.BytesIO(data))
    assert [cell.value for cell in book["Balance"][2]] == ["411000", "Clients", 360, 0, 360]
    assert book["Écritures"].max_row == 7


def test_the_balance_of_another_tool() -> None:
    data = "Compte;Libellé;Débit;Crédit\n512;Banque;1 284,50;\n101;Capital;;1 284,50\n;Total;1;1\n".encode()
    assert read_balance(data) == ((Balance("101", 0, 128450), "Capital"), (Balance("512", 128450, 0), "Banque"))
    assert read_balance("compte\tsolde\n512\t5\n101\t-5\n".encode("iso-8859-15"))[1][0].cents == 500


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "vide"),
        ("a;b\n1;2\n", "Ligne 1"),
        ("compte;solde\n512;x\n", "Ligne 2, colonne balance"),
        ("compte;solde\nabc;1\n", "Ligne 2\u00a0: «\u00a0ABC\u00a0»"),
        ("compte;solde\n512;1\n", "ne s’équilibre pas"),
        ("compte;solde\n512;0\n", "aucun compte"),
    ],
)
def test_a_balance_that_cannot_open_a_ledger(text: str, said: str) -> None:
    with pytest.raises(NotABalance) as wrong:
        read_balance(text.encode())
    assert said in wrong.value.say()


def test_charts_of_accounts() -> None:
    assert all(number.isdigit() and len(number) == 6 for number in usual_accounts())
    text = "numéro\tlibellé\n4\tTiers\n40\tFournisseurs\n 411 \tClients, ventes\n\n6063\tFournitures\n"
    assert read_chart(text.encode("iso-8859-15")) == {"411000": "Clients, ventes", "606300": "Fournitures"}


def test_every_bad_line_of_a_chart_is_named_with_its_field() -> None:
    text = "411;Clients\n9x;Rien\n606300;\n4110;Encore\nseul\n7010;" + "x" * 201
    with pytest.raises(NotAChart) as wrong:
        read_chart(text.encode())
    assert wrong.value.say().replace("\u202f", " ").replace("\u00a0", " ").splitlines() == [
        "Ligne 2, numéro : « 9x » n’est pas un compte du plan comptable (classes 1 à 8, 12 signes au plus).",
        "Ligne 3, libellé : il manque, ou dépasse 200 signes.",
        "Ligne 4, numéro : le compte 411000 est déjà à la ligne 1.",
        "Ligne 5 : il faut deux colonnes, le numéro et le libellé.",
        "Ligne 6, libellé : il manque, ou dépasse 200 signes.",
    ]
    for data, said in ((b"", "vide"), (b"a;b\n", "aucun compte"), (b'411;"' + b"y" * 200_000, "Ligne 1")):
        with pytest.raises(NotAChart) as wrong:
            read_chart(data)
        assert said in wrong.value.say()
    with pytest.raises(NotAChart) as wrong:
        read_chart(b"999;x\n" * 30)
    assert wrong.value.say("en").endswith("And 10 more lines.")

"""The books: a trial balance and a statement over 100 000 lines; the same entries in Tryton, the same balance."""

import os
import random
import tempfile
from datetime import UTC, date, datetime, timedelta
from statistics import median
from typing import Any

from bench import Row
from bench.measure import measured
from bench.peers import ask, python_with
from cordee.engines.ledger import Line, trial_balance

LINES = 100_000
AT = datetime(2026, 12, 31, 12, tzinfo=UTC)
ACCOUNTS = ("401000", "411000", "445660", "445710", "458000", "512000", "606300", "611000", "623300", "706000")


def pages(full: bool) -> list[Row]:
    """A trial balance and a member's statement, as the pages ask for them, on SQLite."""
    with tempfile.TemporaryDirectory(prefix="cordee-bench-") as folder:
        os.environ.update(CORDEE_DATA=folder, DJANGO_SETTINGS_MODULE="config.settings")
        import django

        django.setup()
        ledger, seat = _filled()
        from cordee.money import reads

        asked = {
            "trial balance": lambda: reads.trial_balance_of(ledger, 2026),
            "a member's statement": lambda: reads.statement_of(ledger, seat, year=2026),
            "the page of the books": lambda: reads.ledger_page(ledger, seat, year=2026).balances,
        }
        return [_page(name, work, 15 if full else 7) for name, work in asked.items()]


def tryton(full: bool) -> list[Row]:
    """The same entries in Tryton: the balance of every account must be the same."""
    chance = random.Random(1)
    entries = [_entry(chance, chance.randint(2, 6)) for _ in range(200 if full else 60)]
    ours = measured(lambda: trial_balance(line for entry in entries for line in entry), 5)
    python = python_with("tryton", "trytond==8.2.*", "trytond-account==8.2.*", "proteus==8.2.*")
    told, megabytes = ask(_TRYTON, [[[line.account, line.cents] for line in entry] for entry in entries], python)
    same = {one.account: one.cents for one in ours.answer} == told["balances"]
    return [
        Row(
            "ledger",
            f"{len(entries)} entries",
            "trytond 8.2",
            ours.ms,
            ours.ms,
            told["ms"],
            figure="same trial balance" if same else "ANOTHER trial balance",
            worst="",
            goal="the same trial balance",
            met=same,
            ours_mb=ours.mb,
            peer_mb=megabytes,
            note="ours in memory, Tryton’s through its own database: only the balances are compared",
        )
    ]


def _page(name: str, work: Any, runs: int) -> Row:
    times = [measured(work) for _ in range(runs)]
    spent = [one.ms for one in times]
    return Row(
        "ledger",
        f"{name}, {LINES:,} lines".replace(",", " "),
        "–",
        median(spent),
        max(spent),
        figure=f"{median(spent):.0f} ms",
        worst=f"{max(spent):.0f} ms",
        goal="< 200 ms",
        met=median(spent) < 200,
        ours_mb=max(one.mb for one in times),
        note=f"SQLite, {len(times[0].answer)} rows in the answer",
    )


def _entry(chance: random.Random, lines: int) -> list[Line]:
    amounts = [chance.randint(1, 900_000) * chance.choice((1, -1)) for _ in range(lines - 1)]
    rest = -sum(amounts) or 1
    if sum(amounts) + rest:
        amounts.append(-1)
    return [Line(chance.choice(ACCOUNTS), cents) for cents in (*amounts, rest)]


def _filled() -> tuple[Any, Any]:
    """A ledger of 100 000 lines, 20 members of which each has its share, posted as acts post: lines first."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from django.db import transaction

    from cordee.engines.ledger import usual_accounts
    from cordee.money.models import Journal, Ledger, LedgerAccount, LedgerEntry, LedgerLine
    from tests import factories

    chance = random.Random(2)
    grouping = factories.grouping()
    people = [factories.person() for _ in range(20)]
    seats = [factories.seat(grouping, person) for person in people]
    ledger = Ledger.objects.create(
        grouping=grouping, form="gie", name="GIE", siren="123456782", opened_by=seats[0], opened_at=AT
    )
    LedgerAccount.objects.bulk_create(
        [LedgerAccount(ledger=ledger, number=number, label=label) for number, label in usual_accounts().items()]
    )
    journal = Journal.objects.create(ledger=ledger, code="OD", label="Opérations diverses")
    accounts = list(ledger.accounts.all())
    with transaction.atomic():
        entries = [
            LedgerEntry(
                ledger=ledger,
                journal=journal,
                year=2026,
                number=number,
                day=date(2026, 1, 1) + timedelta(days=number % 365),
                piece=f"P{number}",
                label="Opération",
                posted_at=AT,
                posted_by=people[0],
            )
            for number in range(1, LINES // 4 + 1)
        ]
        LedgerEntry.objects.bulk_create(entries, batch_size=2000)
        lines = []
        for entry in entries:
            cents = [chance.randint(1, 500_000) for _ in range(3)]
            for amount in (*cents, -sum(cents)):
                lines.append(
                    LedgerLine(entry=entry, account=chance.choice(accounts), cents=amount, seat=chance.choice(seats))
                )
        LedgerLine.objects.bulk_create(lines, batch_size=5000)
        LedgerEntry.objects.update(posted=True)
    return ledger, seats[3]


_TRYTON = """
import json, sys, time
from datetime import date
from decimal import Decimal
given = json.load(sys.stdin)
from proteus import Model, config
from trytond.tests.tools import activate_modules
from trytond.modules.company.tests.tools import create_company, get_company
from trytond.modules.account.tests.tools import create_fiscalyear
config_ = activate_modules('account', create_company)
company = get_company()
year = create_fiscalyear(company, today=date(2026, 6, 1))
year.click('create_period')
period = year.periods[0]
Type, Account, Move, Journal = (Model.get('account.' + n) for n in ('account.type', 'account', 'move', 'journal'))
kind = Type(name='All', statement='balance', company=company)
kind.assets = True
kind.save()
journal = Journal.find([])[0]
accounts = {}
for number in sorted({line[0] for entry in given for line in entry}):
    account = Account(name=number, code=number, company=company, type=kind)
    account.save()
    accounts[number] = account
began = time.perf_counter()
for entry in given:
    move = Move(period=period, journal=journal, date=period.start_date)
    for number, cents in entry:
        line = move.lines.new(account=accounts[number])
        amount = Decimal(abs(cents)) / 100
        if cents > 0:
            line.debit = amount
        else:
            line.credit = amount
    move.save()
    move.click('post')
balances = {}
for number, account in accounts.items():
    fresh = Account(account.id)
    balances[number] = int(fresh.balance * 100)
print(json.dumps({'balances': balances, 'ms': (time.perf_counter() - began) * 1000}))
"""


PARTS = {"pages": pages, "tryton": tryton}

"""The same bills here and in IHateMoney: the same balances. `python3 start.py bench ihatemoney`.

The peer runs in a throwaway environment, on a database in memory, through its own models: what it calls a balance is
what it shows on its page. It counts in floating point, we count whole cents: a balance may differ by the cents that
rounding leaves, one for each bill at most; where nothing is left to round, both are the same to the cent.
"""

import random
import time
from fractions import Fraction
from typing import Any

from bench import Row
from bench.peers import ask, python_with
from cordee.engines.sharing import PoolLine, ProRata, split_pool

_PEER = """
import json, sys, time
given = json.load(sys.stdin)
from ihatemoney.run import create_app
class Settings:
    SQLALCHEMY_DATABASE_URI = "sqlite:///:memory:"
    SQLALCHEMY_TRACK_MODIFICATIONS = False
    SECRET_KEY = "bench"
    TESTING = True
    MAIL_SUPPRESS_SEND = True
    ACTIVATE_DEMO_PROJECT = False
app = create_app(configuration=Settings)
from ihatemoney.models import Bill, Person, Project, db
answers, spent = [], 0.0
with app.app_context():
    db.create_all()
    for number, case in enumerate(given):
        project = Project(id=f"p{number}", name="bench", contact_email="a@example.org", default_currency="XXX")
        project.password = "bench"
        db.session.add(project)
        people = []
        for name, weight in zip(case["names"], case["weights"]):
            person = Person(name=name, weight=weight)
            person.project = project
            people.append(person)
            db.session.add(person)
        db.session.commit()
        by_name = {person.name: person for person in people}
        for bill in case["bills"]:
            db.session.add(Bill(
                amount=bill["cents"] / 100, date=None, what=bill["label"], payer_id=by_name[bill["payer"]].id,
                owers=[by_name[name] for name in bill["among"]], original_currency="XXX",
                project_default_currency="XXX", external_link=None, bill_type="Expense",
            ))
        db.session.commit()
        start = time.perf_counter()
        balance = project.balance
        spent += time.perf_counter() - start
        answers.append({person.name: balance[person.id] for person in people})
print(json.dumps({"balances": answers, "ms": spent * 1000}))
"""


def balances(full: bool = False) -> list[Row]:
    """Random pools of bills, entered in both; an AssertionError when a balance differs by more than rounding."""
    cases = [_case(seed) for seed in range(200 if full else 40)]
    theirs, memory = ask(_PEER, cases, python_with("ihatemoney", "ihatemoney", "setuptools<81"))
    start = time.perf_counter()
    ours = [_ours(case) for case in cases]
    spent = (time.perf_counter() - start) * 1000
    same, worst = 0, Fraction(0)
    for case, mine, peer in zip(cases, ours, theirs["balances"], strict=True):
        exact = _exact(case)
        for name in case["names"]:
            if abs(peer[name] * 100 - float(exact[name])) > 1e-3 * (1 + abs(float(exact[name]))):
                raise AssertionError(f"IHateMoney says {peer[name]}, exactly {float(exact[name]) / 100}")
            away = abs(mine[name] - exact[name])
            if away >= len(case["bills"]):
                raise AssertionError(f"{name}: {mine[name]} cents, exactly {exact[name]}")
            worst = max(worst, away)
            same += mine[name] == round(peer[name] * 100)
    count = sum(len(case["names"]) for case in cases)
    note = f"{same}/{count} balances the same to the cent, the others by rounding: at most {float(worst):.2f} cents"
    return [
        Row(
            "ihatemoney",
            f"{len(cases)} pools of bills",
            "IHateMoney",
            ours_ms=spent,
            peer_ms=theirs["ms"],
            ratio=theirs["ms"] / spent,
            figure=f"{same}/{count} the same",
            goal="same balances, rounding apart",
            met=True,
            peer_mb=memory,
            note=note,
        )
    ]


def _case(seed: int) -> dict[str, Any]:
    """Every other pool has nothing to round: equal weights, and amounts that divide."""
    chance = random.Random(seed)
    names = [f"m{place}" for place in range(chance.randint(3, 8))]
    even = seed % 2 == 0
    weights = [1 if even else chance.randint(1, 4) for _ in names]
    bills = []
    for number in range(chance.randint(3, 20)):
        among = sorted(chance.sample(names, chance.randint(1, len(names))))
        cents = chance.randint(1, 500_000) * (len(among) if even else 1)
        bills.append({"label": f"b{number}", "cents": cents, "payer": chance.choice(names), "among": among})
    return {"names": names, "weights": weights, "bills": bills}


def _ours(case: dict[str, Any]) -> dict[str, int]:
    key = ProRata({name: Fraction(weight) for name, weight in zip(case["names"], case["weights"], strict=True)})
    lines = [
        PoolLine(bill["label"], bill["cents"], "key", bill["payer"], tuple(bill["among"])) for bill in case["bills"]
    ]
    return {str(name): int(cents) for name, cents in split_pool(lines, case["names"], {"key": key}).balances().items()}


def _exact(case: dict[str, Any]) -> dict[str, Fraction]:
    """The balances without any rounding, by plain arithmetic."""
    weights = dict(zip(case["names"], case["weights"], strict=True))
    found = dict.fromkeys(case["names"], Fraction(0))
    for bill in case["bills"]:
        found[bill["payer"]] += bill["cents"]
        whole = sum(weights[name] for name in bill["among"])
        for name in bill["among"]:
            found[name] -= Fraction(bill["cents"] * weights[name], whole)
    return found


PARTS = {"balances": balances}

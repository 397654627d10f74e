"""The HTTP API: what a key opens and what it does not; fuzzed from its own description."""

import json
from typing import Any

import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cordee.desk.api import api
from cordee.directory.models import Representative
from cordee.governance.models import FollowUp, Voter
from cordee.ground.kit.clock import now
from cordee.ground.people.acts import NoUseChosen, key_behind, make_key, revoke_key
from cordee.ground.people.models import AccessKey, Actor
from cordee.ground.register.acts import address
from cordee.ground.register.models import Entry
from tests.desk.opened import SECRET_WORD, Opened, key_for, opened
from tests.people import World

pytestmark = pytest.mark.django_db
SCHEMA = json.loads(json.dumps(api.get_openapi_schema()))
A_PAPER = "nda"


@pytest.fixture
def place(world: World, settings: Any) -> Opened:
    settings.API_CALLS_A_MINUTE = 100_000
    return opened(world)


def ask(secret: str, method: str, path: str, body: Any = None) -> Any:
    more = {"data": json.dumps(body), "content_type": "application/json"} if body is not None else {}
    return Client().generic(
        method.upper(),
        f"/api/v1{path}",
        HTTP_AUTHORIZATION=f"Bearer {secret}",
        **more,  # type: ignore[arg-type]
    )


def reads_of(place: Opened) -> list[str]:
    """Every address that only reads, with what exists in Aude's groupement."""
    known = {"grouping": place.world.grouping.public_id, "decision": place.ballot.public_id,
             "pool": place.pool.public_id, "project": place.project.public_id}  # fmt: skip
    return [path.removeprefix("/api/v1").format(**known) for path, how in SCHEMA["paths"].items() if "get" in how]


def test_a_member_reads_what_their_company_sees(place: Opened) -> None:
    for path in reads_of(place):
        answer = ask(place.aude, "get", path)
        assert answer.status_code == 200, (path, answer.content)
    assert ask(place.aude, "get", f"/groupings/{place.world.grouping.public_id}").json()["name"] == "Bois & Pierre"
    account = ask(place.aude, "get", f"/accounts/{place.pool.public_id}").json()
    assert account["lines"][0]["cents"] == 12_000
    assert {row["company"] for row in account["balances"]} >= {"Menuiserie Lambert", "Charpente Masson"}


def test_nothing_leaks_to_another_company(place: Opened) -> None:
    for path in reads_of(place):
        answer = ask(place.chloe, "get", path)
        assert answer.status_code in (200, 404), path
        assert SECRET_WORD not in answer.content.decode(), path
        assert "Menuiserie Lambert" not in answer.content.decode(), path
    for path, body in (
        (f"/decisions/{place.ballot.public_id}/vote", {"choice": "for"}),
        (f"/accounts/{place.pool.public_id}/lines", {"label": "Intrus", "cents": 100}),
        (f"/decisions/{place.ballot.public_id}/done", {"done": True}),
        (f"/groupings/{place.world.grouping.public_id}/projects", {"name": "Intrus", "kind": "free"}),
        (f"/groupings/{place.world.grouping.public_id}/documents", {"kind": A_PAPER}),
    ):
        assert ask(place.chloe, "post", path, body).status_code == 404
    assert not Voter.objects.filter(ballot=place.ballot).exclude(choice="").exists()


def test_a_vote_and_a_cost_are_the_same_acts_as_on_the_page(place: Opened) -> None:
    voted = ask(place.aude, "post", f"/decisions/{place.ballot.public_id}/vote", {"choice": "for"})
    assert (voted.status_code, voted.json()["my_choice"]) == (200, "for")
    added = ask(place.aude, "post", f"/accounts/{place.pool.public_id}/lines", {"label": "Affiches", "cents": 4200})
    assert (added.status_code, added.json()["paid_by"]) == (200, "Menuiserie Lambert")
    acts = set(Entry.objects.filter(book=place.world.grouping.book).values_list("act", flat=True))
    assert {"governance.vote.cast", "money.line.added"} <= acts
    line = ask(place.aude, "get", f"/groupings/{place.world.grouping.public_id}/register?after=1&most=1").json()
    assert [each["number"] for each in line] == [2]


def test_a_project_a_draft_and_a_decision_done_are_the_same_acts_too(place: Opened) -> None:
    world = place.world
    mine = f"/groupings/{world.grouping.public_id}"
    seats = [world.seats["bruno"].public_id]
    made = ask(place.aude, "post", f"{mine}/projects", {"name": "Un salon", "kind": "free", "seats": seats})
    assert (made.status_code, len(made.json()["companies"])) == (200, 2)
    elsewhere = {"name": "Un salon", "kind": "free", "seats": [world.seats["chloe"].public_id]}
    assert ask(place.aude, "post", f"{mine}/projects", elsewhere).status_code == 404
    assert ask(place.aude, "post", f"{mine}/projects", {"name": "Un salon", "kind": "unheard"}).status_code == 422
    draft = ask(place.aude, "post", f"{mine}/documents", {"kind": A_PAPER})
    assert (draft.status_code, draft.json()["state"]) == (200, "draft")
    assert ask(place.aude, "post", f"{mine}/documents", {"kind": A_PAPER, "seats": ["x"]}).status_code == 404
    said = f"/decisions/{place.ballot.public_id}/done"
    assert ask(place.aude, "post", said, {"done": True}).status_code == 404
    FollowUp.objects.create(resolution=place.ballot.resolution, grouping=world.grouping, owner=world.seats["aude"])
    done = ask(place.aude, "post", said, {"done": True, "note": "Commandé."})
    assert (done.status_code, done.json()["carried_out_by"], bool(done.json()["done_at"])) == (
        200, "Menuiserie Lambert", True,
    )  # fmt: skip
    acts = set(Entry.objects.filter(book=world.grouping.book).values_list("act", flat=True))
    assert {"projects.project.opened", "agreements.agreement.prepared", "governance.decision.done"} <= acts


def test_a_document_between_others_is_not_listed(place: Opened) -> None:
    world = place.world
    mine = f"/groupings/{world.grouping.public_id}/documents"
    between = [world.seats[name].public_id for name in ("aude", "denis", "emma")]
    paper = ask(place.aude, "post", mine, {"kind": A_PAPER, "seats": between}).json()["id"]
    bruno = key_for(world, "bruno")
    assert paper in [one["id"] for one in ask(place.aude, "get", mine).json()]
    assert paper not in [one["id"] for one in ask(bruno, "get", mine).json()]


def test_a_key_that_calls_too_often_is_told_when_to_come_back(world: World, settings: Any) -> None:
    settings.API_CALLS_A_MINUTE = 3
    secret, other = key_for(world, "aude"), key_for(world, "bruno")
    answers = [ask(secret, "get", "/company") for _ in range(5)]
    late = answers[-1]
    if [one.status_code for one in answers[:3]] != [200] * 3 or late.status_code == 200:  # a new minute began
        answers = [ask(secret, "get", "/company") for _ in range(5)]
        late = answers[-1]
    assert late.status_code == 429
    assert 1 <= int(late["Retry-After"]) <= 60
    assert late.json()["do"] == f"Attendez {late['Retry-After']} secondes."
    assert ask(other, "get", "/company").status_code == 200
    AccessKey.objects.filter(digest=key_behind(secret, at=now()).digest).update(minute=0)  # type: ignore[union-attr]
    assert ask(secret, "get", "/company").status_code == 200


def test_the_card_is_completed_and_a_stale_one_refused(world: World) -> None:
    secret = key_for(world, "aude")
    card = ask(secret, "get", "/company").json()
    done = ask(secret, "patch", "/company", {"brings": "Des fenêtres", "version": card["version"]})
    assert (done.status_code, done.json()["brings"]) == (200, "Des fenêtres")
    stale = ask(secret, "patch", "/company", {"brings": "Des portes", "version": card["version"]})
    assert (stale.status_code, stale.json()["what"]) == (409, "Quelqu’un vient de modifier cette fiche.")


def test_a_key_opens_what_it_carries_and_nothing_else(world: World) -> None:
    secret = key_for(world, "aude", ["groupings"])
    assert ask(secret, "get", "/groupings").status_code == 200
    refused = ask(secret, "get", "/invoices")
    assert refused.status_code == 403
    assert "money" in refused.json()["what"]
    assert ask("cordee_unheard", "get", "/groupings").status_code == 401
    assert Client().get("/api/v1/groupings").status_code == 401
    form = Client().post(
        "/api/v1/accounts/x/lines", {"label": "x"}, HTTP_AUTHORIZATION=f"Bearer {key_for(world, 'aude')}"
    )
    assert form.status_code == 415


def test_a_key_dies_with_its_withdrawal_its_term_and_its_mandate(world: World) -> None:
    company = world.seats["aude"].company
    by, where = Actor(world.aude), address(company)
    key, secret = make_key(where, company.book, name="A", scopes=["card"], by=by, at=now(), expires_at=None)
    assert AccessKey.objects.get(pk=key.pk).digest != secret
    assert key_behind(secret, at=now()) == key
    revoke_key(key, company.book, by=by, at=now())
    assert ask(secret, "get", "/company").status_code == 401
    _old, over = make_key(where, company.book, name="B", scopes=["card"], by=by, at=now(), expires_at=now())
    assert ask(over, "get", "/company").status_code == 401
    _left, still = make_key(where, company.book, name="C", scopes=["card"], by=by, at=now())
    Representative.objects.filter(person=world.aude, company=company).update(until=now())
    assert ask(still, "get", "/company").status_code == 401
    with pytest.raises(NoUseChosen):
        make_key(where, company.book, name="D", scopes=["everything"], by=by, at=now())
    acts = list(Entry.objects.of(company.book).values_list("act", flat=True))
    assert acts == ["people.key.made", "people.key.revoked", "people.key.made", "people.key.made"]


CALLS = schemathesis.openapi.from_dict(SCHEMA)
PLACES = {"grouping": "grouping", "decision": "ballot", "pool": "pool", "project": "project"}


@pytest.mark.sqlite_only
def test_fuzzed_from_its_own_description_nothing_breaks_and_nothing_leaks(place: Opened) -> None:
    """Chloé's key with whatever the description allows, and with Aude's real identifiers: no fault, no secret word."""
    seen: dict[int, int] = {}
    real = {name: getattr(place.world if name == "grouping" else place, PLACES[name]).public_id for name in PLACES}
    client = Client(headers={"Authorization": f"Bearer {place.chloe}"})
    quick = settings(max_examples=6, database=None, suppress_health_check=list(HealthCheck))
    for operation in (each.ok() for each in CALLS.get_all_operations()):

        @quick
        @given(case=operation.as_strategy(), known=st.booleans())
        def tried(case: Any, known: bool) -> None:
            given_in_path = {**(case.path_parameters or {}), **(real if known else {})}
            case.path_parameters = {name: given_in_path[name] for name in case.path_parameters or {}}
            sent = case.as_transport_kwargs(base_url="http://testserver")
            if "json" in sent:
                body, kind = json.dumps(sent["json"]), "application/json"
            else:
                body, kind = sent.get("data") or b"", "application/json"
            answer = client.generic(
                case.method, sent["url"].removeprefix("http://testserver"), body, content_type=kind,
                QUERY_STRING=str(_query(sent.get("params"))),
            )  # fmt: skip
            seen[answer.status_code] = seen.get(answer.status_code, 0) + 1
            assert answer.status_code < 500, (case.method, sent["url"], sent.get("json"))
            assert SECRET_WORD not in answer.content.decode()

        tried()
    assert {200, 404, 422} <= set(seen)


def _query(params: Any) -> str:
    from urllib.parse import urlencode

    return urlencode(params or {}, doseq=True, errors="replace")

"""Who signs, in which turn, until when, by what power; who only receives; and all that is refused."""

import threading
from collections.abc import Iterator
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from cordee.agreements import acts
from cordee.agreements.models import Agreement, Delegation
from cordee.agreements.reads import document_of, to_sign
from cordee.directory.models import Representative
from cordee.engines.sealing import answer_request, make_authority, verify_pdf
from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal
from cordee.ground.messages.acts import tell
from cordee.ground.messages.models import Letter
from cordee.ground.people.models import Clockwork, Person
from cordee.ground.register.models import Entry
from cordee.ground.signing import acts as signing
from cordee.ground.signing.keys import authority, trusted
from cordee.ground.signing.models import Ceremony, Signatory
from cordee.ground.signing.reads import code_for, copy_of, signing_page
from cordee.ground.signing.tasks import LETTERS, remind, text_code
from cordee.groupings.models import Seat
from tests.agreements.answers import convention
from tests.factories import AT
from tests.people import World

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NAMES = ("aude", "bruno", "denis", "emma")


def send(world: World, kind: str = "cooperation_charter", **how: Any) -> Ceremony:
    sent = acts.send_to_sign(convention(world, kind=kind), how=acts.Sending(**how), by=world.actor("aude"), at=AT)
    assert sent.ceremony is not None
    return sent.ceremony


def place(ceremony: Ceremony, world: World, name: str) -> Signatory:
    return ceremony.signatories.select_related("ceremony", "person").get(seat__endswith=world.seats[name].public_id)


def sign(signatory: Signatory, *, at: Any = AT) -> Signatory:
    link = signing.link_of(signatory, at=at)
    return signing.sign(link, code=code_for(signing.send_code(link, at=at)), consent="Oui", at=at, where="192.0.2.7")


def delegate(world: World, name: str = "bruno", **terms: Any) -> Delegation:
    """The leader of a company lets somebody sign."""
    by = world.actor(name) if name in ("aude", "bruno") else None
    terms = {"since": date(2026, 1, 1), "role": "directrice technique", **terms}
    assert by is not None
    return acts.write_delegation(
        world.seats[name].company, email="gael@exemple.fr", name="Gaëlle Pons",
        paper=SimpleUploadedFile("pouvoir.pdf", b"%PDF-1.7 pouvoir"), by=by, at=AT, **terms,
    )  # fmt: skip


def letters(**wanted: Any) -> list[str]:
    tell(LETTERS, at=AT)
    return sorted(Letter.objects.filter(**wanted).values_list("to__name", flat=True))


def test_one_after_the_other_in_the_order_that_was_chosen(world: World) -> None:
    ranks = {world.seats[name].public_id: rank for rank, name in enumerate(("emma", "bruno", "aude", "denis"), 1)}
    ceremony = send(world, in_order=True, ranks=ranks)
    assert letters(kind__startswith="signing.call") == ["Emma Blanc"]
    assert not to_sign(world.bruno, at=AT).exists()
    late = signing.link_of(place(ceremony, world, "bruno"), at=AT)
    with pytest.raises(signing.NotYourTurn, match="Atelier Blanc signe d’abord"):
        signing.send_code(late, at=AT)
    sign(place(ceremony, world, "emma"))
    assert letters(kind__startswith="signing.call") == ["Bruno Masson", "Emma Blanc"]
    assert [one.ceremony_id for one in to_sign(world.bruno, at=AT)] == [ceremony.pk]
    for name in ("bruno", "aude", "denis"):
        sign(place(ceremony, world, name))
    ceremony.refresh_from_db()
    assert [act["person"] for act in ceremony.evidence["acts"]] == [
        "Emma Blanc", "Bruno Masson", "Aude Lambert", "Denis Roux",
    ]  # fmt: skip
    assert ceremony.state == "signed"


def test_each_has_a_deadline_of_their_own_that_can_be_moved(world: World) -> None:
    key = world.seats["bruno"].public_id
    ceremony = send(world, deadlines={key: AT + 3 * DAY})
    bruno, denis = (place(ceremony, world, name) for name in ("bruno", "denis"))
    link = signing.link_of(bruno, at=AT)
    with pytest.raises(signing.CeremonyOver, match="délai"):
        signing.send_code(link, at=AT + 3 * DAY)
    assert sign(denis, at=AT + 4 * DAY).state == "signed"
    assert not to_sign(world.bruno, at=AT + 4 * DAY).exists()
    signing.move_deadline(ceremony, seat=bruno.seat, until=AT + 9 * DAY, by=world.actor("aude"), at=AT + 4 * DAY)
    entry = Entry.objects.of(world.grouping.book).last()
    assert (entry.act, entry.facts["signatories"]) == ("signing.deadline.moved", 1)
    assert sign(place(ceremony, world, "bruno"), at=AT + 5 * DAY).state == "signed"
    with pytest.raises(Refusal, match="déjà passé"):
        signing.move_deadline(ceremony, until=AT, by=world.actor("aude"), at=AT + 5 * DAY)


def test_the_signature_is_handed_over_to_who_has_the_power_and_to_nobody_else(world: World) -> None:
    ceremony = send(world)
    bruno = place(ceremony, world, "bruno")
    link = signing.link_of(bruno, at=AT)
    for other in (world.aude, world.chloe):
        with pytest.raises(signing.NoPowerLeft):
            signing.forward(link, to=other.public_id, at=AT)
    given = delegate(world)
    assert [one.person for one in signing_page_of(link).others] == [given.person]
    now_hers = signing.forward(link, to=given.person.public_id, at=AT)
    assert now_hers.capacity.startswith("directrice technique, par délégation écrite")
    assert letters(kind__startswith="signing.forwarded") == ["Gaëlle Pons"]
    with pytest.raises(NotAllowed):
        signing.send_code(link, at=AT)  # the first link opens nothing any more
    assert sign(now_hers).person == given.person
    ceremony.refresh_from_db()
    assert ceremony.evidence["acts"][0]["capacity"] == now_hers.capacity
    entry = Entry.objects.of(world.grouping.book).filter(act="signing.signature.forwarded").get()
    assert entry.facts["to"] == given.person.pseudonym


def signing_page_of(link: Any) -> Any:
    from cordee.ground.people.reads import token

    return signing_page(token(link), at=AT)


@pytest.mark.parametrize(
    ("terms", "may"),
    [
        ({}, True),
        ({"limit_cents": 2_000_000}, True),  # Bruno's lot is exactly that
        ({"limit_cents": 1_999_999}, False),
        ({"kinds": ["gme_conjoint", "nda"]}, True),
        ({"kinds": ["nda"]}, False),
        ({"since": date(2026, 3, 11)}, False),
        ({"until": date(2026, 3, 10)}, True),
    ],
)
def test_a_delegation_holds_within_its_limits(world: World, terms: dict[str, Any], may: bool) -> None:
    given = delegate(world, **terms)
    Representative.objects.filter(person=world.bruno).update(until=AT)  # the leader is gone: only the delegate is left
    assert given.covers(kind="gme_conjoint", cents=2_000_000, on=AT.date()) is may
    agreement = convention_for(world)
    if may:
        sent = acts.send_to_sign(agreement, by=world.actor("aude"), at=AT)
        assert place(sent.ceremony, world, "bruno").person == given.person
    else:
        with pytest.raises(Refusal):
            acts.send_to_sign(agreement, by=world.actor("aude"), at=AT)


def convention_for(world: World) -> Agreement:
    return convention(world)


def test_only_the_leader_by_law_delegates_and_withdraws(world: World) -> None:
    today = AT.date()
    with pytest.raises(NotAllowed):
        acts.write_delegation(
            world.seats["bruno"].company, email="x@exemple.fr", name="X", role="Y", since=today,
            paper=SimpleUploadedFile("a.pdf", b"%PDF-1.7"), by=world.actor("aude"), at=AT,
        )  # fmt: skip
    for wrong in ({"until": date(2026, 3, 1)}, {"kinds": ["poème"]}):
        with pytest.raises(acts.NotAPower):
            delegate(world, **wrong)
    given = delegate(world)
    assert Entry.objects.of(given.company.book).last().act == "agreements.delegation.written"
    with pytest.raises(NotAllowed):
        acts.revoke_delegation(given, by=world.actor("aude"), at=AT)
    acts.revoke_delegation(given, by=world.actor("bruno"), at=AT)
    assert Entry.objects.of(given.company.book).last().act == "agreements.delegation.revoked"
    with pytest.raises(acts.NotAPower):
        acts.revoke_delegation(given, by=world.actor("bruno"), at=AT)


def test_who_lost_their_power_since_the_sending_no_longer_signs(world: World) -> None:
    ceremony = send(world)
    bruno = place(ceremony, world, "bruno")
    link = signing.link_of(bruno, at=AT)
    code = code_for(signing.send_code(link, at=AT))
    Representative.objects.filter(person=world.bruno).update(until=AT)
    with pytest.raises(signing.NoPowerLeft, match="plus le pouvoir"):
        signing.sign(link, code=code, consent="Oui", at=AT)
    Seat.objects.filter(pk=world.seats["emma"].pk).update(state=Seat.State.LEFT)
    with pytest.raises(signing.NoPowerLeft):
        sign(place(ceremony, world, "emma"))


def test_a_text_that_was_edited_after_the_first_signature_is_signed_by_nobody(world: World) -> None:
    ceremony = send(world)
    sign(place(ceremony, world, "bruno"))
    with default_storage.open(ceremony.text.path, "ab") as file:  # somebody at the server's disk
        file.write(b" ")
    with pytest.raises(signing.TextChanged):
        sign(place(ceremony, world, "denis"))
    fresh = Agreement.objects.get(pk=Agreement.objects.get(ceremony=ceremony).pk)
    with pytest.raises(acts.NotADraft):
        acts.answer_questions(fresh, answers={"purpose": "autre"}, version=fresh.version, by=world.actor("aude"), at=AT)
    Agreement.objects.filter(pk=fresh.pk).update(answers={})  # nor does what is kept of the words follow
    assert document_of(Agreement.objects.get(pk=fresh.pk)).fingerprint == ceremony.fingerprint


def test_copies_go_to_those_who_sign_nothing(world: World) -> None:
    ceremony = send(world, copies=[("mairie@exemple.fr", "Mairie", "le client"), ("aude2@exemple.fr", "", "")])
    assert letters(to__email="mairie@exemple.fr") == []
    for name in NAMES:
        sign(place(ceremony, world, name))
    recipient = ceremony.recipients.get(person__email="mairie@exemple.fr")
    link = signing.copy_link(recipient, at=AT)
    from cordee.ground.people.reads import token

    with pytest.raises(NotYours):  # not before it is sealed
        copy_of(token(link), at=AT)
    ceremony.refresh_from_db()
    signing.seal_ceremony(ceremony, by=Clockwork(), at=AT)
    assert letters(kind__startswith="signing.copy") == ["", "Mairie"]
    assert copy_of(token(link), at=AT).ceremony.sealed.read().startswith(b"%PDF")
    assert not ceremony.signatories.filter(person=recipient.person).exists()


def test_reminders_come_twice_on_working_days_and_only_to_who_has_not_answered(world: World) -> None:
    ceremony = send(world)  # on a Tuesday, for twenty-one days
    assert remind(at=AT + DAY) == 0
    sign(place(ceremony, world, "bruno"), at=AT + DAY)
    assert remind(at=AT + 2 * DAY) == 3
    assert remind(at=AT + 2 * DAY) == 0
    assert letters(kind__contains="reminder1") == ["Aude Lambert", "Denis Roux", "Emma Blanc"]
    assert remind(at=AT + 18 * DAY) == 0  # a Saturday
    assert remind(at=AT + 20 * DAY) == 3
    assert remind(at=AT + 20 * DAY + timedelta(hours=5)) == 0
    with pytest.raises(signing.CeremonyOver):
        signing.note_reminder(place(ceremony, world, "bruno"), count=9, by=Clockwork(), at=AT)


def test_a_code_by_sms_where_the_installation_sends_some(world: World, settings: Any) -> None:
    Person.objects.filter(pk=world.bruno.pk).update(phone="06 12 34 56 78")
    ceremony = send(world)
    link = signing.link_of(place(ceremony, world, "bruno"), at=AT)
    assert signing.send_code(link, means="sms", at=AT).code_by == "email"  # none is sent here
    settings.SMS_BACKEND = "tests.agreements.sms.send"
    from tests.agreements import sms

    sms.SENT.clear()
    asked = signing.send_code(link, means="sms", at=AT)
    text_code(asked)
    number, text = sms.SENT[0]
    assert number == "06 12 34 56 78"
    assert code_for(asked) in text.replace(" ", "")
    assert letters(kind="signing.code") == []
    signing.sign(link, code=code_for(asked), consent="Oui", at=AT)
    ceremony.refresh_from_db()
    means = ceremony.evidence["acts"][0]["identification"][1]
    assert (means["means"], means["to"]) == ("sms_code", "… 78")
    settings.SMS_BACKEND = "tests.agreements.sms.broken"
    with pytest.raises(Refusal, match="SMS"):
        text_code(asked)


@pytest.fixture
def outside_clock(settings: Any, tmp_path: Path) -> Iterator[str]:
    """An RFC 3161 clock that somebody else keeps, at another address."""
    theirs = make_authority("Horloge du Midi", entropy=b"the clock of somebody else, 32 bytes", at=AT)

    class Clock(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = self.rfile.read(int(self.headers["Content-Length"]))
            assert self.headers["Content-Type"] == "application/timestamp-query"
            answer = answer_request(asked, identity=theirs.clock, at=AT)
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *args: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Clock)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    (tmp_path / "clock.pem").write_bytes(theirs.root)
    settings.TIME_STAMP_ROOT = str(tmp_path / "clock.pem")
    settings.TIME_STAMP_URL = f"http://127.0.0.1:{server.server_port}/"
    yield settings.TIME_STAMP_URL
    server.shutdown()
    thread.join()
    server.server_close()


def test_time_is_stamped_by_an_outside_clock_where_one_is_set(world: World, outside_clock: str, settings: Any) -> None:
    ceremony = send(world)
    for name in NAMES:
        sign(place(ceremony, world, name))
    ceremony.refresh_from_db()
    settings.TIME_STAMP_URL = "http://127.0.0.1:9/"
    with pytest.raises(signing.TimeNotStamped, match="attend"):
        signing.seal_ceremony(ceremony, by=Clockwork(), at=AT)
    ceremony.refresh_from_db()
    assert ceremony.state == "signed"  # it waits, nothing is lost
    settings.TIME_STAMP_URL = outside_clock
    sealed = signing.seal_ceremony(ceremony, by=Clockwork(), at=AT).sealed
    report = verify_pdf(sealed.read(), trusted=trusted(at=AT))
    assert report.ok
    assert any("Horloge du Midi" in sentence for sentence in report.sentences())
    assert not verify_pdf(sealed.read(), trusted=[authority(at=AT).root]).ok  # a clock one does not trust is said


def test_the_evidence_says_who_when_what_and_how(world: World) -> None:
    ceremony = send(world)
    sign(place(ceremony, world, "bruno"))
    ceremony.refresh_from_db()
    act = ceremony.evidence["acts"][0]
    assert (act["person"], act["company"], act["capacity"]) == (
        "Bruno Masson",
        "Charpente Masson",
        "représentant légal",
    )
    assert act["seen"] == ceremony.text.digest
    assert [each["means"] for each in act["identification"]] == ["signed_link", "email_code", "network_address"]
    link = signing.link_of(place(ceremony, world, "denis"), at=AT)
    signing.decline(link, code=code_for(signing.send_code(link, at=AT)), reason="Trop cher", at=AT)
    ceremony.refresh_from_db()
    assert [(act["act"], act["consent"]) for act in ceremony.evidence["acts"]] == [
        ("signed", "Oui"), ("declined", "Trop cher"),
    ]  # fmt: skip

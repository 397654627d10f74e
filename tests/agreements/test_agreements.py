"""A document prepared, answered, sent, signed by all, sealed, verified: and everything that is refused."""

from datetime import timedelta

import pytest
from django.utils import translation

from cordee.agreements import acts
from cordee.agreements.models import Agreement
from cordee.agreements.reads import agreement_page, document_of, report_of, to_sign
from cordee.agreements.tasks import follow_ceremonies
from cordee.directory.models import Representative
from cordee.engines.sealing import verify_pdf
from cordee.ground.kit.refusals import NotAllowed, NotYours, Stale
from cordee.ground.people.acts import LinkSpent
from cordee.ground.people.models import Clockwork
from cordee.ground.register.models import Entry
from cordee.ground.signing import acts as signing
from cordee.ground.signing.keys import authority
from cordee.ground.signing.models import Ceremony, Signatory
from cordee.ground.signing.reads import CODE_TRIES, code_for
from tests.agreements.answers import convention
from tests.factories import AT
from tests.people import World

pytestmark = pytest.mark.django_db
YES = "J’ai lu ce document et je l’approuve."


def sent(world: World) -> Ceremony:
    return acts.send_to_sign(convention(world), by=world.actor("aude"), at=AT).ceremony


def put_name(signatory: Signatory) -> Signatory:
    link = signing.link_of(signatory, at=AT)
    fresh = signing.send_code(link, at=AT)
    return signing.sign(link, code=code_for(fresh), consent=YES, at=AT + timedelta(minutes=1))


def seal(world: World) -> Ceremony:
    ceremony = sent(world)
    for signatory in ceremony.signatories.all():
        put_name(signatory)
    return signing.seal_ceremony(ceremony, by=Clockwork(), at=AT + timedelta(minutes=2))


def last(world: World) -> Entry:
    return Entry.objects.of(world.grouping.book).last()


def test_what_is_known_is_filled_in_and_only_the_rest_is_asked(world: World) -> None:
    agreement = acts.prepare_agreement(world.grouping, kind="gme_conjoint", by=world.actor("bruno"), at=AT)
    page = agreement_page(agreement, world.seats["bruno"], at=AT)
    assert [party.name for party in page.document.parties] == [
        "Menuiserie Lambert",
        "Charpente Masson",
        "Atelier Roux",
        "Atelier Blanc",
    ]
    assert "lead" not in {question.name for question in page.missing}
    assert "client_name" in {question.name for question in page.missing}
    assert last(world).act == "agreements.agreement.prepared"


def test_answers_go_where_they_belong(world: World) -> None:
    agreement = acts.prepare_agreement(world.grouping, kind="gme_conjoint", by=world.actor("aude"), at=AT)
    answers = {"members.2.rcs": "Béziers", "client_name": "Commune de Paulhan"}
    fresh = acts.answer_questions(agreement, answers=answers, version=1, by=world.actor("bruno"), at=AT)
    document = document_of(fresh)
    assert document.parties[1].rcs == "Béziers"
    assert last(world).facts == {"questions": ["client_name", "members.2.rcs"]}
    with pytest.raises(Stale):
        acts.answer_questions(agreement, answers={"client_name": "x"}, version=1, by=world.actor("aude"), at=AT)


def test_an_unfinished_document_is_not_sent(world: World) -> None:
    agreement = acts.prepare_agreement(world.grouping, kind="gme_conjoint", by=world.actor("aude"), at=AT)
    with pytest.raises(acts.NotReady):
        acts.send_to_sign(agreement, by=world.actor("aude"), at=AT)


def test_only_who_prepared_or_leads_sends(world: World) -> None:
    agreement = convention(world)
    with pytest.raises(NotAllowed):
        acts.send_to_sign(agreement, by=world.actor("bruno"), at=AT)
    with pytest.raises(NotYours):
        acts.send_to_sign(agreement, by=world.actor("chloe"), at=AT)


def test_a_representative_without_power_is_named(world: World) -> None:
    agreement = convention(world)
    Representative.objects.filter(person=world.bruno).update(capacity=Representative.Capacity.ASSISTANT)
    assert agreement_page(agreement, world.seats["aude"], at=AT).without_power == ("Charpente Masson",)
    with pytest.raises(acts.NotReady):  # the document asks by what power Bruno signs
        acts.send_to_sign(agreement, by=world.actor("aude"), at=AT)
    made = acts.answer_questions(
        agreement, answers={"members.2.capacity": "gérant"}, version=agreement.version, by=world.actor("aude"), at=AT
    )
    with pytest.raises(acts.NoPower, match="Charpente Masson"):  # and saying so does not give it
        acts.send_to_sign(made, by=world.actor("aude"), at=AT)


def test_a_text_that_was_sent_no_longer_changes(world: World) -> None:
    ceremony = sent(world)
    agreement = Agreement.objects.get()
    assert Entry.objects.of(world.grouping.book).filter(act="signing.ceremony.opened").get().facts["signatories"] == 4
    assert ceremony.signatories.count() == 4
    assert len(to_sign(world.bruno, at=AT)) == 1
    with pytest.raises(acts.NotADraft):
        acts.answer_questions(
            agreement, answers={"client_name": "x"}, version=agreement.version, by=world.actor("aude"), at=AT
        )


def test_all_sign_the_file_is_sealed_and_holds(world: World) -> None:
    ceremony = seal(world)
    assert follow_ceremonies(at=AT) == 1
    agreement = Agreement.objects.get()
    assert agreement.state == "signed"
    assert report_of(agreement, at=AT).ok
    data = ceremony.sealed.read()
    assert data.startswith(ceremony.text.read())
    acts_written = [entry.act for entry in Entry.objects.of(world.grouping.book)]
    assert acts_written.count("signing.signature.given") == 4
    assert acts_written[-1] == "agreements.agreement.settled"
    assert acts_written[-2] == "signing.ceremony.sealed"
    changed = bytearray(data)
    changed[len(ceremony.text.read()) // 2] ^= 1
    assert not verify_pdf(bytes(changed), trusted=[authority(at=AT).root]).ok
    assert not verify_pdf(data + b"\n% rien", trusted=[authority(at=AT).root]).ok


def test_a_code_is_needed_and_five_wrong_ones_close_it(world: World) -> None:
    signatory = sent(world).signatories.get(person=world.bruno)
    link = signing.link_of(signatory, at=AT)
    with pytest.raises(signing.WrongCode):
        signing.sign(link, code="123456", consent=YES, at=AT)
    good = code_for(signing.send_code(link, at=AT))
    wrong = "000000" if good != "000000" else "111111"
    for _try in range(CODE_TRIES):
        with pytest.raises(signing.WrongCode):
            signing.sign(link, code=wrong, consent=YES, at=AT)
    with pytest.raises(signing.WrongCode):
        signing.sign(link, code=good, consent=YES, at=AT)
    late = code_for(signing.send_code(link, at=AT))
    with pytest.raises(signing.WrongCode):
        signing.sign(link, code=late, consent=YES, at=AT + timedelta(minutes=15))


def test_nobody_signs_twice_nor_late_nor_after_a_withdrawal(world: World) -> None:
    ceremony = sent(world)
    bruno, denis, emma = (
        ceremony.signatories.get(seat__endswith=world.seats[name].public_id) for name in ("bruno", "denis", "emma")
    )
    put_name(bruno)
    link = signing.link_of(bruno, at=AT)
    with pytest.raises(signing.AlreadyAnswered):
        signing.send_code(link, at=AT)
    late = signing.link_of(denis, at=AT)
    with pytest.raises((signing.CeremonyOver, LinkSpent)):
        signing.send_code(late, at=ceremony.expires_at)
    before = signing.link_of(emma, at=AT)
    code = code_for(signing.send_code(before, at=AT))
    taken = acts.take_back(Agreement.objects.get(), by=world.actor("aude"), at=AT)
    assert taken.state == "draft"
    assert last(world).act == "agreements.agreement.taken_back"
    with pytest.raises(signing.CeremonyOver):
        signing.sign(before, code=code, consent=YES, at=AT)


def test_a_refusal_stops_the_signature_and_says_why(world: World) -> None:
    ceremony = sent(world)
    link = signing.link_of(ceremony.signatories.get(person=world.bruno), at=AT)
    with pytest.raises(signing.WrongCode):  # a refusal asks the code too
        signing.decline(link, code="000000", reason="L’article 9 ne va pas.", at=AT)
    code = code_for(signing.send_code(link, at=AT))
    signing.decline(link, code=code, reason="L’article 9 ne va pas.", at=AT)
    ceremony.refresh_from_db()
    assert ceremony.state == "declined"
    assert last(world).act == "signing.signature.declined"
    assert follow_ceremonies(at=AT) == 1
    assert Agreement.objects.get().state == "declined"


def test_a_link_for_something_else_signs_nothing(world: World) -> None:
    from cordee.ground.people.acts import make_link

    signatory = sent(world).signatories.get(person=world.bruno)
    other = make_link(world.bruno, purpose="vote", subject=signatory, at=AT)
    with pytest.raises(NotAllowed):
        signing.send_code(other, at=AT)


def test_a_shared_mailbox_is_not_called_to_sign(world: World) -> None:
    agreement = convention(world)
    world.bruno.shared_mailbox = True
    world.bruno.save()
    with pytest.raises(Exception, match=r"boîte partagée"):
        acts.send_to_sign(agreement, by=world.actor("aude"), at=AT)


def test_signed_by_all_cannot_be_cancelled(world: World) -> None:
    ceremony = seal(world)
    with pytest.raises(signing.CeremonyOver):
        signing.cancel_ceremony(ceremony, by=world.actor("aude"), at=AT)
    with pytest.raises(signing.CeremonyOver):
        signing.seal_ceremony(ceremony, by=Clockwork(), at=AT)


def test_a_document_reads_the_same_whoever_prepares_it(world: World) -> None:
    prepared = convention(world)
    with translation.override("en"):
        other = acts.prepare_agreement(prepared.grouping, kind=prepared.kind, by=world.actor("aude"), at=AT)
        english = document_of(prepared).fingerprint
    assert other.title == prepared.title
    assert document_of(prepared).fingerprint == english

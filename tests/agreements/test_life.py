"""Living with what was signed: amendments, accessions, endings, dates, papers signed by hand, reviews."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from cordee.agreements import acts
from cordee.agreements.models import Agreement, Ending
from cordee.agreements.reads import current_document, dates_of, document_of, life_of, values_of
from cordee.agreements.tasks import LETTERS, note_dates
from cordee.directory.models import Certificate
from cordee.engines.sealing import verify_pdf
from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.ground.messages.acts import tell
from cordee.ground.messages.models import Letter
from cordee.ground.people.models import Actor, Clockwork
from cordee.ground.register.acts import address
from cordee.ground.register.models import Entry
from cordee.ground.signing import acts as signing
from cordee.ground.signing.keys import trusted
from cordee.ground.signing.reads import code_for
from cordee.groupings.models import Seat
from tests import factories
from tests.agreements.answers import convention, fill
from tests.factories import AT
from tests.people import World

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def sign_all(agreement: Agreement, *, by: Actor, at: datetime = AT) -> Agreement:
    """Sent, signed by everybody who is called, sealed, noted."""
    sent = acts.send_to_sign(agreement, by=by, at=at)
    for signatory in sent.ceremony.signatories.select_related("person", "ceremony"):
        link = signing.link_of(signatory, at=at)
        signing.sign(link, code=code_for(signing.send_code(link, at=at)), consent="Oui", at=at)
    sent.ceremony.refresh_from_db()
    signing.seal_ceremony(sent.ceremony, by=Clockwork(), at=at)
    return acts.note_signed(sent, by=Clockwork(), at=at)


def signed(world: World, kind: str = "cooperation_charter") -> Agreement:
    return sign_all(convention(world, kind=kind), by=world.actor("aude"))


def joined(world: World) -> Seat:
    person = factories.person("Inès Faure")
    return factories.seat(world.grouping, person, company=factories.company("Peinture Faure", leader=person))


def words(agreement: Agreement) -> str:
    return " ".join(block.text for article in document_of(agreement).articles for block in article.blocks)


def last(world: World) -> Entry:
    return Entry.objects.of(world.grouping.book).last()


def test_an_amendment_is_tied_to_its_agreement_and_says_only_what_changes(world: World) -> None:
    agreement, by = signed(world, "gme_conjoint"), world.actor("bruno")
    made = acts.prepare_change(agreement, change="amendment", by=by, at=AT + DAY)
    assert (last(world).act, last(world).facts["change"]) == ("agreements.change.prepared", "amendment")
    assert made.title.startswith("Avenant n°\u00a01 –")
    with pytest.raises(acts.NotReady, match="ne change rien"):
        acts.send_to_sign(made, by=by, at=AT + DAY)
    with pytest.raises(acts.NoSuchChange):
        acts.prepare_change(agreement, change="amendment", by=by, at=AT + DAY)
    made = acts.answer_questions(made, answers={"lead_fee": "5"}, version=made.version, by=by, at=AT + DAY)
    assert "5\u202f%" in words(made)
    with pytest.raises(acts.NotReady, match="réponses"):  # its reason, and from when
        acts.send_to_sign(made, by=by, at=AT + DAY)
    reason = {"change.amendment_reason": "le client a réduit le programme", "change.start_date": "2026-04-01"}
    made = acts.answer_questions(made, answers=reason, version=made.version, by=by, at=AT + DAY)
    assert "le client a réduit le programme" in words(made)
    made = fill(made, by)
    done = sign_all(made, by=by, at=AT + DAY)
    assert done.state == "signed"
    assert "2\u202f%" in words(Agreement.objects.get(pk=agreement.pk))  # what was signed first stays as it was
    whole = current_document(agreement)
    assert "5\u202f%" in " ".join(block.text for article in whole.articles for block in article.blocks)
    assert len(whole.articles) == len(document_of(agreement).articles)
    second = acts.prepare_change(agreement, change="amendment", by=by, at=AT + 2 * DAY)
    assert values_of(second)["lead_fee"] == "5"
    assert second.number == 2
    assert "change.amendment_reason" in {one.variable for one in document_of(second).missing}
    life = life_of(agreement, world.seats["aude"], at=AT + 2 * DAY)
    assert [len(party.signed) for party in life.parties] == [2, 2, 2, 2]
    assert life.may_join == ()


def test_a_newcomer_joins_by_an_act_of_the_library_that_all_sign(world: World) -> None:
    agreement, seat = signed(world), joined(world)
    assert [one.pk for one in life_of(agreement, world.seats["aude"], at=AT).may_join] == [seat.pk]
    inside = world.seats["bruno"]
    with pytest.raises(acts.NoSuchChange, match="déjà partie"):
        acts.prepare_change(agreement, change="accession", newcomer=inside, by=world.actor("aude"), at=AT)
    made = acts.prepare_change(agreement, change="accession", newcomer=seat, by=world.actor("aude"), at=AT)
    made = fill(made, world.actor("aude"))
    done = sign_all(made, by=Actor(seat.holder, address(seat)))
    assert done.ceremony.signatories.count() == 5
    assert "Peinture Faure adhère à l’acte suivant" in words(done)
    assert "n’est pas tenue des dettes nées avant" in words(done) or "est tenue des engagements" in words(done)
    assert "Peinture Faure" in [party.name for party in current_document(agreement).parties]
    life = life_of(agreement, seat, at=AT)
    assert [len(party.signed) for party in life.parties] == [2, 2, 2, 2, 1]
    assert life.may_join == ()


def test_where_lots_are_shared_out_a_newcomer_comes_in_by_an_amendment(world: World) -> None:
    works = signed(world, "gme_conjoint")
    with pytest.raises(acts.NoSuchChange, match="lots"):
        acts.prepare_change(works, change="accession", newcomer=joined(world), by=world.actor("aude"), at=AT)


def test_one_company_leaves_with_the_notice_that_the_document_asks(world: World) -> None:
    agreement, by = signed(world, "nda"), world.actor("bruno")
    with pytest.raises(acts.TooSoon, match="30"):
        acts.notice_ending(agreement, effect_on=date(2026, 3, 20), by=by, at=AT)
    ending = acts.notice_ending(agreement, effect_on=date(2026, 5, 1), reason="Nous cessons", by=by, at=AT)
    assert (ending.seat, ending.noticed_on) == (world.seats["bruno"], AT.date())
    assert last(world).act == "agreements.ending.noticed"
    with pytest.raises(acts.NoSuchChange):
        acts.notice_ending(agreement, effect_on=date(2026, 6, 1), by=by, at=AT)
    tell(LETTERS, at=AT)
    told = Letter.objects.filter(kind__startswith="agreements.ending")
    assert sorted(told.values_list("to__name", flat=True)) == ["Aude Lambert", "Denis Roux", "Emma Blanc"]
    assert "Nous cessons" in told[0].text
    life = life_of(agreement, world.seats["bruno"], at=AT)
    assert [party.ending is not None for party in life.parties] == [False, True, False, False]
    assert not life.may_leave
    assert life.ended is None


def test_all_end_it_together_by_a_document_that_all_sign(world: World) -> None:
    agreement, by = signed(world, "nda"), world.actor("aude")
    with pytest.raises(acts.NoSuchChange, match="passé"):
        acts.prepare_change(agreement, change="termination", effect_on=date(2026, 3, 1), by=by, at=AT)
    end = date(2026, 4, 30)
    made = acts.prepare_change(
        agreement, change="termination", effect_on=end, reason="Le projet est abandonné", by=by, at=AT
    )
    made = fill(made, by)
    assert "30\u00a0avril\u00a02026" in words(made)
    assert "Le projet est abandonné" in words(made)
    assert not Ending.objects.exists()  # nothing ends before all have signed
    sign_all(made, by=by)
    ending = Ending.objects.get()
    assert (ending.seat, ending.effect_on, ending.agreement) == (None, end, agreement)
    with pytest.raises(acts.NotInForce):
        acts.prepare_change(agreement, change="amendment", by=by, at=AT)


def test_only_what_is_in_force_changes(world: World) -> None:
    draft = convention(world, kind="nda")
    with pytest.raises(acts.NotInForce):
        acts.prepare_change(draft, change="amendment", by=world.actor("aude"), at=AT)
    agreement = signed(world, "nda")
    stranger = Actor(world.chloe, address(world.seats["chloe"]))
    with pytest.raises(Refusal):
        acts.notice_ending(agreement, effect_on=date(2027, 1, 1), by=stranger, at=AT)


def test_dates_that_near_are_told_once_to_whom_they_concern(world: World) -> None:
    agreement = signed(world)
    until = date(2026, 4, 20)
    party = {**agreement.answers["members"][1], "insurer": "Aubrac", "insured_until": until.isoformat()}
    answers = {**agreement.answers, "members": [agreement.answers["members"][0], party]}
    Agreement.objects.filter(pk=agreement.pk).update(answers={**answers, "review_date": "2026-04-30"})
    Certificate.objects.create(company=world.seats["denis"].company, code="q", label="Qualibat 2111", valid_to=until)
    found = {each.what: each.whose for each in dates_of([world.grouping.pk], at=AT)}
    assert found["Assurance Aubrac"] == "Charpente Masson"
    assert found["Qualibat 2111"] == "Atelier Roux"
    night = AT.replace(hour=22)
    assert note_dates(at=night) == 0
    assert note_dates(at=AT) == 1
    assert last(world).act == "agreements.date.neared"
    tell(LETTERS, at=AT)
    told = {one.to.name: one.text for one in Letter.objects.filter(kind="agreements.dates")}
    assert sorted(told) == ["Aude Lambert", "Bruno Masson", "Denis Roux"]  # Aude leads: the review of the charter
    assert "Aubrac" in told["Bruno Masson"]
    assert "Qualibat" not in told["Bruno Masson"]
    assert note_dates(at=AT + DAY) == 0
    nearer = datetime(2026, 4, 7, 9, tzinfo=UTC)
    assert note_dates(at=nearer) == 1
    due = [(each, 60) for each in dates_of([world.grouping.pk], at=AT)][:1]
    with pytest.raises(Refusal):
        acts.note_date(world.grouping, due, by=Clockwork(), at=AT)


def scan(count: int = 2) -> list[SimpleUploadedFile]:
    pages = []
    for number in range(count):
        out = BytesIO()
        Image.new("RGB", (300, 420), (250, 250 - number, 240)).save(out, "JPEG")
        pages.append(SimpleUploadedFile(f"page{number}.jpg", out.getvalue()))
    return pages


def test_what_was_signed_by_hand_is_kept_with_who_vouches_for_it_and_kept_apart(world: World) -> None:
    agreement = convention(world, kind="nda")
    day = date(2026, 3, 9)
    with pytest.raises(Refusal, match="à venir"):
        acts.keep_on_paper(agreement, pages=scan(), signed_on=date(2026, 3, 12), by=world.actor("bruno"), at=AT)
    broken = [SimpleUploadedFile("page.jpg", b"\xff\xd8\xff rubbish")]
    with pytest.raises(Refusal, match="scan"):
        acts.keep_on_paper(agreement, pages=broken, signed_on=day, by=world.actor("bruno"), at=AT)
    copy = acts.keep_on_paper(agreement, pages=scan(), signed_on=day, by=world.actor("bruno"), at=AT)
    agreement.refresh_from_db()
    assert (agreement.state, agreement.signed_on, agreement.ceremony) == ("paper", day, None)
    acts_written = [entry.act for entry in Entry.objects.of(world.grouping.book)][-2:]
    assert acts_written == ["signing.paper.kept", "agreements.agreement.kept_on_paper"]
    report = verify_pdf(copy.scan.read(), trusted=trusted(at=AT))
    assert report.ok
    assert any("atteste pour Charpente Masson une signature sur papier" in line for line in report.sentences())
    assert not any("a signé pour" in line for line in report.sentences())
    life = life_of(agreement, world.seats["aude"], at=AT)
    assert life.papers == (copy,)
    assert all(party.signed == () for party in life.parties)
    made = acts.prepare_change(agreement, change="amendment", by=world.actor("aude"), at=AT)
    assert made.amends == agreement


def test_who_vouches_must_be_able_to_commit_their_company(world: World) -> None:
    agreement = convention(world, kind="nda")
    world.seats["bruno"].substitute = factories.person("Lise Masson")
    world.seats["bruno"].save()
    by = Actor(world.seats["bruno"].substitute, address(world.seats["bruno"]))
    with pytest.raises((acts.NoPower, NotAllowed)):
        acts.keep_on_paper(agreement, pages=scan(1), signed_on=AT.date(), by=by, at=AT)


def test_a_review_holds_for_the_very_text_that_was_read(world: World) -> None:
    agreement, by = convention(world, kind="nda"), world.actor("bruno")
    assert not document_of(agreement).reviewed
    with pytest.raises(acts.NotReady):
        acts.mark_reviewed(agreement, reviewer=" ", by=by, at=AT)
    agreement = acts.mark_reviewed(agreement, reviewer="Me Durand, avocate", by=by, at=AT)
    assert last(world).act == "agreements.agreement.reviewed"
    assert document_of(agreement).reviewed
    changed = acts.answer_questions(
        agreement, answers={"project": "Autre chose"}, version=agreement.version, by=by, at=AT
    )
    assert not document_of(changed).reviewed


def test_titles_are_cut_between_two_words(world: World) -> None:
    world.grouping.name = "Les artisans réunis du haut pays de Lodève et des vallées, pour rénover ensemble l’ancien"
    world.grouping.save()
    title = acts.prepare_agreement(world.grouping, kind="gme_conjoint", by=world.actor("aude"), at=AT).title
    assert len(title) <= 160
    assert title.endswith("…") is (len(world.grouping.name) > 160 - title.index("–") - 2)
    with pytest.raises(acts.NoSuchDocument):
        acts.prepare_agreement(world.grouping, kind="poème", by=world.actor("aude"), at=AT)

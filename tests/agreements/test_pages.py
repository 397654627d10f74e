"""The pages of the documents, and the link by which one signs."""

from datetime import timedelta
from fractions import Fraction
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from cordee.agreements import acts
from cordee.agreements.models import Delegation
from cordee.agreements.reads import kinds, values_of
from cordee.directory.models import Representative
from cordee.engines.voting import Rule
from cordee.governance.acts import adopt_rule
from cordee.ground.kit.clock import now
from cordee.ground.messages.acts import send_due, tell
from cordee.ground.messages.models import Letter, MailboxItem
from cordee.ground.people.reads import token
from cordee.ground.signing.acts import link_of
from cordee.ground.signing.reads import code_for
from cordee.ground.signing.tasks import LETTERS, seal_due
from tests import factories
from tests.agreements.answers import convention
from tests.agreements.doors import sent, signed
from tests.people import World, browser_of

pytestmark = pytest.mark.django_db


def test_a_document_is_prepared_and_answered_from_the_page(world: World) -> None:
    browser = browser_of(world.bruno)
    answer = browser.post(
        reverse("agreements:prepare", args=[world.grouping.public_id]), {"kind": "gme_conjoint"}, follow=True
    )
    text = answer.content.decode()
    assert "Qui est le client" in text
    assert "Article 1." in text
    address = answer.redirect_chain[-1][0].partition("?")[0]
    answer = browser.post(
        f"{address}/reponses", {"version": "1", "q-client_name": "Commune de Paulhan", "q-lead_fee": "deux"}
    )
    assert answer.status_code == 422
    assert "Commune de Paulhan" in answer.content.decode()
    answer = browser.post(f"{address}/reponses", {"version": "1", "q-client_name": "Commune de Paulhan"}, follow=True)
    assert "Commune de Paulhan" in answer.content.decode()
    stale = browser.post(f"{address}/reponses", {"version": "1", "q-client_name": "Autre"})
    assert stale.status_code == 409
    assert "Commune de Paulhan" in stale.content.decode()


def test_lots_are_answered_from_the_page_and_two_tabs_are_told(world: World) -> None:
    browser, seat = browser_of(world.bruno), world.seats["bruno"].public_id
    made = browser.post(reverse("agreements:prepare", args=[world.grouping.public_id]), {"kind": "gme_conjoint"})
    address = made["Location"].partition("?")[0]
    lot = {"lot-1-title": "Charpente", "lot-1-member": seat, "lot-1-amount": "12 500,50"}
    text = browser.post(f"{address}/reponses", {"version": "1", **lot}, follow=True).content.decode()
    assert 'value="Charpente"' in text
    assert "12\u202f500,50" in text
    stale = browser.post(f"{address}/reponses", {"version": "1", **lot, "lot-1-title": "Couverture"})
    assert stale.status_code == 409
    for words in ("Charpente 12\u202f500,50", "Couverture 12\u202f500,50", "Lots"):
        assert words in stale.content.decode()


def test_the_draft_is_a_pdf(world: World) -> None:
    answer = browser_of(world.aude).get(reverse("agreements:pdf", args=[convention(world).public_id]))
    assert answer.content.startswith(b"%PDF-")


@pytest.mark.usefixtures("mailbox")
def test_everybody_signs_from_a_link_and_a_code(world: World) -> None:
    agreement = sent(world)
    for signatory in agreement.ceremony.signatories.all():
        browser = browser_of(None)
        address = reverse("signing:sign", args=[token(link_of(signatory, at=now()))])
        for _scanner in range(2):
            assert browser.get(address).status_code == 200
        assert browser.get(f"{address}/texte").content.startswith(b"%PDF-")
        browser.post(f"{address}/code")
        tell(LETTERS, at=now())
        send_due(at=now())
        code = MailboxItem.objects.filter(to=signatory.person.email, subject__contains="code").latest("pk").subject[:7]
        assert browser.post(address, {"code": code}).status_code == 422  # without the consent
        wrong = browser.post(address, {"code": "000 000", "consent": "on"})
        assert wrong.status_code == 422
        assert "Ce n’est pas le code" in wrong.content.decode()
        signed = browser.post(address, {"code": code, "consent": "on"}, follow=True)
        assert "C’est signé" in signed.content.decode() or "Signé par tous" in signed.content.decode()
        assert browser.post(address, {"code": code, "consent": "on"}).status_code in (409, 422)
    agreement.ceremony.refresh_from_db()
    assert agreement.ceremony.state == "sealed"
    assert seal_due(at=now()) == 0
    tell(LETTERS, at=now())
    assert Letter.objects.filter(kind__startswith="signing.sealed").count() == 4


@pytest.mark.parametrize("url", ["agreements:list", "agreements:agreement"])
def test_pages_stay_within_their_budget_of_queries(
    world: World, url: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _one in range(4):
        agreement = acts.prepare_agreement(world.grouping, kind="gme_conjoint", by=world.actor("aude"), at=now())
    browser = browser_of(world.aude)
    with django_assert_max_num_queries(12):
        browser.get(reverse(url, args=[] if url == "agreements:list" else [agreement.public_id]))


def test_a_refusal_is_told_to_the_others(world: World) -> None:
    agreement = sent(world)
    signatory = agreement.ceremony.signatories.get(person=world.bruno)
    address = reverse("signing:sign", args=[token(link_of(signatory, at=now()))])
    browser = browser_of(None)
    browser.post(f"{address}/code")
    signatory.refresh_from_db()
    refusal = {"refus-reason": "Article 9", "refus-code": "1"}
    assert browser.post(f"{address}/refuser", refusal).status_code == 422
    refusal["refus-code"] = code_for(signatory)
    assert "refusé" in browser.post(f"{address}/refuser", refusal, follow=True).content.decode()
    tell(LETTERS, at=now())
    told = Letter.objects.filter(kind__startswith="signing.declined")
    assert told.count() == 3
    assert "Article 9" in told.first().text


def test_any_document_of_the_library_is_prepared_from_its_data(world: World) -> None:
    browser = browser_of(world.bruno)
    chosen = browser.get(reverse("agreements:prepare", args=[world.grouping.public_id])).content.decode()
    for one in kinds():
        assert f'value="{one.slug}"' in chosen
        answer = browser.post(
            reverse("agreements:prepare", args=[world.grouping.public_id]), {"kind": one.slug}, follow=True
        )
        assert answer.status_code == 200
        assert "Modèle à faire valider par un conseil" in answer.content.decode()
        assert "Il reste" in answer.content.decode()


def test_the_preview_shows_what_is_typed_and_saves_nothing(world: World) -> None:
    browser = browser_of(world.bruno)
    made = browser.post(reverse("agreements:prepare", args=[world.grouping.public_id]), {"kind": "gme_conjoint"})
    address = made["Location"].partition("?")[0]
    typed = {"version": "1", "q-client_name": "Commune de Paulhan", "q-lead_fee": "quatre"}
    text = browser.post(f"{address}/apercu", typed).content.decode()
    assert text.startswith('<section class="card" aria-labelledby="text" id="text-card">')
    assert "Commune de Paulhan" in text
    assert "Rien n’est encore enregistré" in text
    assert "Commune de Paulhan" not in browser.get(address).content.decode()


def test_lots_give_the_amount_and_defaults_are_typeset(world: World) -> None:
    agreement = acts.prepare_agreement(world.grouping, kind="gme_conjoint", by=world.actor("bruno"), at=now())
    text = browser_of(world.bruno).get(reverse("agreements:agreement", args=[agreement.public_id])).content.decode()
    assert "q-contract_amount" not in text
    assert "trois fois le taux d’intérêt légal" in text
    clash = {"version": "0", "q-members-2-rcs": "Nîmes", "q-members-2-capacity": "gérant"}
    stale = browser_of(world.bruno).post(f"/engagements/{agreement.public_id}/reponses", clash)
    assert "members.2" not in stale.content.decode()


def test_the_text_beside_the_rules_and_the_key_in_force(world: World) -> None:
    rule = Rule(quorum=Fraction(2, 3), majority="two_thirds", notice_days=21)
    adopt_rule(world.grouping, "ordinary", rule, by=world.actor("aude"), at=now())
    made = acts.prepare_agreement(world.grouping, kind="internal_rules", by=world.actor("bruno"), at=now())
    page = reverse("agreements:agreement", args=[made.public_id])
    assert values_of(made)["quorum"] == "two_thirds"  # what was voted is filled in
    assert "ne disent pas la même chose" not in browser_of(world.bruno).get(page).content.decode()
    said = {"quorum": "half", "convening_days": 10}
    acts.answer_questions(made, answers=said, version=1, by=world.actor("bruno"), at=now())
    text = browser_of(world.bruno).get(page).content.decode()
    assert "ne disent pas la même chose" in text
    assert "21 jours" in text.replace("\u00a0", " ")


def test_two_versions_side_by_side_and_a_file_for_the_lawyer(world: World) -> None:
    agreement = convention(world, kind="nda")
    by = world.actor("bruno")
    acts.answer_questions(agreement, answers={"project": "Le four à chaux"}, version=agreement.version, by=by, at=now())
    browser = browser_of(world.bruno)
    text = browser.get(reverse("agreements:versions", args=[agreement.public_id])).content.decode()
    assert "<ins>" in text
    assert "chaux" in text
    word = browser.get(reverse("agreements:docx", args=[agreement.public_id]))
    assert word.content.startswith(b"PK")


def test_a_document_is_sent_in_order_and_given_more_time_from_the_pages(world: World) -> None:
    agreement, browser = convention(world, kind="nda"), browser_of(world.aude)
    page = reverse("agreements:sending", args=[agreement.public_id])
    seats = {name: world.seats[name] for name in ("aude", "bruno", "denis", "emma")}
    until = (now() + timedelta(days=9)).date().isoformat()
    given = {"in_order": "yes", "email-1": "mairie@exemple.fr", "why-1": "le client"}
    for number, seat in enumerate(seats.values(), 1):
        key = seat.public_id
        given |= {f"who-{key}": seat.holder.public_id, f"rank-{key}": str(5 - number), f"until-{key}": until}
    wrong = browser.post(page, {**given, f"until-{seats['bruno'].public_id}": "2020-01-01"})
    assert wrong.status_code == 422
    assert browser.post(page, given).status_code == 302
    agreement.refresh_from_db()
    ceremony = agreement.ceremony
    assert str(ceremony.signatories.all()[0].person) == "Emma Blanc"
    assert ceremony.recipients.get().why == "le client"
    later = {"until": (now() + timedelta(days=30)).date().isoformat()}
    browser.post(reverse("agreements:more_time", args=[agreement.public_id]), later)
    ceremony.refresh_from_db()
    assert ceremony.expires_at > now() + timedelta(days=29)


def test_powers_are_given_and_withdrawn_from_the_page(world: World) -> None:
    browser, page = browser_of(world.bruno), reverse("agreements:powers")
    given = {
        "company": world.seats["bruno"].company.public_id, "name": "Gaëlle Pons", "email": "gael@exemple.fr",
        "role": "directrice", "since": now().date().isoformat(), "limit_cents": "50 000", "kinds": ["nda"],
    }  # fmt: skip
    assert browser.post(page, given).status_code == 422  # the writing is missing
    given["paper"] = SimpleUploadedFile("pouvoir.pdf", b"%PDF-1.7 pouvoir")
    text = browser.post(page, given, follow=True).content.decode()
    assert "50\u202f000,00\u00a0€" in text
    assert "Accord de confidentialité" in text
    delegation = Delegation.objects.get()
    text = browser.post(reverse("agreements:revoke", args=[delegation.public_id]), follow=True).content.decode()
    assert "retirée" in text


def test_a_signed_document_is_left_amended_and_seen_from_the_pages(world: World) -> None:
    agreement, browser = signed(world), browser_of(world.bruno)
    page = reverse("agreements:agreement", args=[agreement.public_id])
    with CaptureQueriesContext(connection) as queries:
        text = browser.get(page).content.decode()
    assert len(queries) <= 12, [one["sql"][:110] for one in queries.captured_queries]
    assert "Qui a signé quoi" in text
    when = (now() + timedelta(days=40)).date().isoformat()
    address = reverse("agreements:end", args=[agreement.public_id])
    assert browser.post(address, {"how": "leave"}).status_code == 422
    assert "part le" in browser.post(address, {"how": "leave", "effect_on": when}, follow=True).content.decode()
    made = browser.post(address, {"how": "together", "effect_on": when, "reason": "Fin"}, follow=True)
    assert "Résiliation" in made.content.decode()
    amended = browser.post(reverse("agreements:amend", args=[agreement.public_id]), follow=True).content.decode()
    assert "Avenant" in amended
    assert "Fin de «" in browser.get(reverse("agreements:dates")).content.decode()


def test_the_signature_is_handed_over_from_the_link(world: World) -> None:
    seat = world.seats["bruno"]
    other = factories.person("Lise Masson")
    Representative.objects.create(company=seat.company, person=other, since=now())
    signatory = sent(world).ceremony.signatories.get(person=world.bruno)
    address = reverse("signing:sign", args=[token(link_of(signatory, at=now()))])
    browser = browser_of(None)
    assert "Lise Masson" in browser.get(address).content.decode()
    text = browser.post(f"{address}/transmettre", {"to": other.public_id}).content.decode()
    assert "Lise Masson lit et signe maintenant" in text
    assert browser.get(address).status_code == 404


def test_a_paper_is_kept_from_the_page(world: World) -> None:
    agreement, browser = convention(world, kind="nda"), browser_of(world.aude)
    page, out = reverse("agreements:on_paper", args=[agreement.public_id]), BytesIO()
    Image.new("RGB", (200, 280), "white").save(out, "PNG")
    photos = [SimpleUploadedFile(f"{n}.png", out.getvalue()) for n in range(2)]
    given = {"signed_on": now().date().isoformat(), "pages": photos}
    assert browser.post(page, given).status_code == 422  # nobody vouches
    for photo in photos:
        photo.seek(0)
    text = browser.post(page, {**given, "vouch": "on"}, follow=True).content.decode()
    assert "ce n’est pas une signature électronique" in text
    assert browser.get(reverse("agreements:pdf", args=[agreement.public_id]), follow=True).content[:5] == b"%PDF-"

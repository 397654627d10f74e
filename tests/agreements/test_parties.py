"""Between whom a document is, who signs it beside the companies, and how those who have not are reminded."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from cordee.agreements import acts
from cordee.agreements.models import Agreement
from cordee.agreements.reads import agreement_of, document_of, life_of, my_agreements, my_dates, values_of
from cordee.agreements.tasks import LETTERS, note_lagging
from cordee.desk.reads.holdings import left_out
from cordee.ground.kit.clock import now
from cordee.ground.kit.refusals import NotAllowed, NotYours
from cordee.ground.messages.acts import tell
from cordee.ground.messages.models import Letter
from cordee.ground.people.models import Actor, Clockwork
from cordee.ground.people.reads import token
from cordee.ground.register.acts import address
from cordee.ground.register.models import Entry
from cordee.ground.signing import acts as signing
from cordee.ground.signing import tasks as signing_tasks
from cordee.ground.signing.reads import code_for, signing_page
from tests.agreements.answers import convention, fill
from tests.agreements.test_life import sign_all, words
from tests.factories import AT
from tests.people import World, browser_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MAIRE = acts.Outsider("mairie@exemple.fr", "Jeanne Roque", "maire")


def between(world: World, *names: str, kind: str = "nda") -> Agreement:
    made = acts.prepare_agreement(world.grouping, kind=kind, by=world.actor("aude"), at=AT)
    keys = [world.seats[name].public_id for name in names]
    return acts.choose_parties(made, parties=keys, version=made.version, by=world.actor("aude"), at=AT)


def names(agreement: Agreement) -> list[str]:
    return [party.name for party in document_of(agreement).parties]


def test_a_loan_of_labour_is_signed_by_the_two_that_were_chosen(world: World) -> None:
    made = acts.prepare_agreement(world.grouping, kind="labour_loan", by=world.actor("bruno"), at=AT)
    assert names(made) == ["Charpente Masson"]  # it takes two: the others are chosen
    seats = [world.seats[name] for name in ("aude", "bruno")]
    keys = [seat.public_id for seat in seats]
    for wrong, said in (([*keys, world.seats["emma"].public_id], "à 2"), ([keys[0], "unknown"], "membres")):
        with pytest.raises(acts.NotParties, match=said):
            acts.choose_parties(made, parties=wrong, version=made.version, by=world.actor("bruno"), at=AT)
    made = acts.choose_parties(made, parties=keys, version=made.version, by=world.actor("bruno"), at=AT)
    entry = Entry.objects.of(world.grouping.book).last()
    assert (entry.act, entry.facts["parties"]) == ("agreements.parties.chosen", 2)
    said = {"employer": keys[1], "user": keys[0], "has_margin": False, "employee_agrees": True}
    made = acts.answer_questions(made, answers=said, version=made.version, by=world.actor("bruno"), at=AT)
    made = fill(made, world.actor("bruno"))
    assert "Charpente Masson, ci-après l’entreprise prêteuse" in words(made)
    done = sign_all(made, by=world.actor("bruno"))
    assert sorted(one.company for one in done.ceremony.signatories.all()) == ["Charpente Masson", "Menuiserie Lambert"]
    amended = acts.prepare_change(done, change="amendment", by=world.actor("bruno"), at=AT + DAY)
    assert len(values_of(amended)["members"]) == 2  # what changes it is between the same
    with pytest.raises(acts.NoSuchChange, match="une entreprise"):
        acts.prepare_change(
            done, change="termination", leaver=seats[0], effect_on=AT.date(), by=world.actor("bruno"), at=AT
        )


def test_what_is_between_some_is_seen_by_them_and_who_prepares_it(world: World) -> None:
    made = between(world, "bruno", "denis")
    denis, emma = world.seats["denis"].holder, world.seats["emma"].holder
    for person in (world.aude, world.bruno, denis):
        assert agreement_of(person, made.public_id)[0] == made
        assert made in my_agreements(person)
    with pytest.raises(NotYours):
        agreement_of(emma, made.public_id)
    assert made not in my_agreements(emma)
    assert browser_of(emma).get(reverse("agreements:pdf", args=[made.public_id])).status_code == 404
    done = sign_all(fill(made, world.actor("aude")), by=world.actor("aude"))
    for name, hidden in (("denis", False), ("emma", True)):  # nor is it in the archive that another downloads
        seat = world.seats[name]
        assert (done.ceremony.text_id in left_out(world.grouping, seat, seat.holder)) is hidden
    Agreement.objects.filter(pk=done.pk).update(answers={**done.answers, "start_date": "", "end_date": "2026-05-01"})
    acts.notice_ending(done, effect_on=(AT + 40 * DAY).date(), by=world.actor("bruno"), at=AT)
    tell(LETTERS, at=AT)
    assert set(Letter.objects.filter(kind__startswith="agreements.ending").values_list("to__name", flat=True)) == {
        "Denis Roux"
    }
    assert any(each.agreement == done.public_id for each in my_dates(denis, at=AT))
    assert not any(each.agreement == done.public_id for each in my_dates(emma, at=AT))
    everybody = acts.choose_parties(
        between(world, "bruno", "denis"), parties=[seat.public_id for seat in list(world.seats.values())[:4]],
        version=2, by=world.actor("aude"), at=AT,
    )  # fmt: skip
    assert "parties" not in everybody.answers  # all of them: whoever joins before it is sent is in it too
    assert agreement_of(emma, everybody.public_id)


def test_parties_are_chosen_from_the_pages(world: World) -> None:
    browser, keys = browser_of(world.aude), [world.seats[name].public_id for name in ("aude", "emma")]
    page = reverse("agreements:prepare", args=[world.grouping.public_id])
    made = browser.post(page, {"kind": "nda", "parties": keys}, follow=True)
    agreement = Agreement.objects.latest("pk")
    assert names(agreement) == ["Menuiserie Lambert", "Atelier Blanc"]
    assert "Entre qui" in made.content.decode()
    address_of = reverse("agreements:parties", args=[agreement.public_id])
    assert browser.get(address_of).content.decode().count(" checked") == 2
    wrong = browser.post(address_of, {"version": "1", "parties": keys[:1]})
    assert wrong.status_code == 409
    assert "à 2 ou plus" in wrong.content.decode()
    assert browser.post(address_of, {"version": "7", "parties": keys}).status_code == 409
    three = [*keys, world.seats["bruno"].public_id]
    assert browser.post(address_of, {"version": "1", "parties": three}).status_code == 302
    assert len(names(Agreement.objects.get(pk=agreement.pk))) == 3


def offer(world: World) -> Agreement:
    """An offer to a client, who signs it too."""
    return convention(world, kind="client_offer")


def test_a_client_signs_last_from_a_link_and_is_in_the_evidence(world: World, client: Any) -> None:
    made = offer(world)
    with pytest.raises(acts.NotReady, match="Commune de Paulhan signe aussi"):
        acts.send_to_sign(made, by=world.actor("aude"), at=AT)
    how = acts.Sending(in_order=True, also={"client_name": MAIRE})
    sent = acts.send_to_sign(made, how=how, by=world.actor("aude"), at=AT)
    assert document_of(sent).also_as == ("client, représenté par Jeanne Roque, maire",)
    *companies, mayor = sent.ceremony.signatories.select_related("person", "ceremony")
    assert (mayor.company, mayor.capacity, mayor.is_outside, len(companies)) == ("Commune de Paulhan", "maire", True, 4)
    link = signing.link_of(mayor, at=AT)
    with pytest.raises(signing.NotYourTurn):
        signing.send_code(link, at=AT)
    for one in companies:
        tell(signing_tasks.LETTERS, at=AT)
        mine = signing.link_of(one, at=AT)
        signing.sign(mine, code=code_for(signing.send_code(mine, at=AT)), consent="Oui", at=AT)
    tell(signing_tasks.LETTERS, at=AT)
    call = Letter.objects.get(to=mayor.person, kind__startswith="signing.call")
    assert "votre signature est attendue" in call.text
    assert signing_page(token(link), at=AT).others == ()
    moved = signing.move_deadline(sent.ceremony, until=now() + 9 * DAY, by=world.actor("aude"), at=AT)
    page = reverse("signing:sign", args=[token(signing.link_of(moved.signatories.get(pk=mayor.pk), at=now()))])
    text = client.get(page).content.decode()
    assert "Jeanne Roque, maire, vous signez" in text
    assert "au nom de mon entreprise" not in text
    assert client.get(reverse("agreements:agreement", args=[sent.public_id])).status_code == 302  # nothing else opens
    client.post(f"{page}/code")
    mayor.refresh_from_db()
    text = client.post(page, {"code": code_for(mayor), "consent": "on"}, follow=True).content.decode()
    assert "Signé par tous" in text
    done = acts.note_signed(sent, by=Clockwork(), at=now())
    last = done.ceremony.evidence["acts"][-1]
    assert (last["person"], last["company"], last["capacity"]) == ("Jeanne Roque", "Commune de Paulhan", "maire")
    assert last["consent"] == "J’ai lu ce document et je l’approuve."
    life = life_of(done, world.seats["aude"], at=now())
    assert (life.parties[-1].company, len(life.parties[-1].signed)) == ("Commune de Paulhan", 1)


def test_the_client_is_given_from_the_page_of_sending(world: World) -> None:
    made, browser = offer(world), browser_of(world.aude)
    assert "signe aussi" in browser.get(reverse("agreements:agreement", args=[made.public_id])).content.decode()
    page = reverse("agreements:sending", args=[made.public_id])
    text = browser.get(page).content.decode()
    given = dict(re.findall(r'name="((?:who|rank|until|name|as)-[^"]+)"[^>]*value="([^"]*)"', text))
    given |= {f"who-{seat.public_id}": seat.holder.public_id for seat in list(world.seats.values())[:4]}
    assert browser.post(page, {**given, "in_order": "no"}).status_code == 422  # where is it sent to?
    answer = browser.post(page, {**given, "in_order": "no", "to-client_name": "mairie@exemple.fr"}, follow=True)
    assert "Commune de Paulhan" in answer.content.decode()
    made.refresh_from_db()
    assert made.ceremony.signatories.get(person__email="mairie@exemple.fr").capacity == "client"
    taken = acts.take_back(made, by=world.actor("aude"), at=now())
    assert acts.send_to_sign(taken, by=world.actor("aude"), at=now()).ceremony.signatories.count() == 5  # it is kept


def test_an_employee_signs_the_amendment_to_their_contract(world: World) -> None:
    made = acts.prepare_agreement(world.grouping, kind="loan_amendment", by=world.actor("aude"), at=AT)
    assert names(made) == ["Menuiserie Lambert"]
    said = {"employee_name": "Mme Inès Ferrer", "employee_agrees": True}
    made = acts.answer_questions(made, answers=said, version=made.version, by=world.actor("aude"), at=AT)
    made = fill(made, world.actor("aude"))
    how = acts.Sending(also={"employee_name": acts.Outsider("ines@exemple.fr")})
    sent = acts.send_to_sign(made, how=how, by=world.actor("aude"), at=AT)
    assert [(one.company, one.capacity) for one in sent.ceremony.signatories.all()] == [
        ("Menuiserie Lambert", "représentant légal"), ("Mme Inès Ferrer", "salarié"),
    ]  # fmt: skip
    assert document_of(sent).also_as == ("salarié",)


def test_somebody_reminds_once_a_day_and_never_who_has_signed(world: World) -> None:
    sent = acts.send_to_sign(convention(world, kind="nda"), by=world.actor("aude"), at=AT)  # a Tuesday
    by, ceremony = world.actor("aude"), sent.ceremony
    bruno = ceremony.signatories.select_related("person", "ceremony").get(person=world.bruno)
    link = signing.link_of(bruno, at=AT)
    signing.sign(link, code=code_for(signing.send_code(link, at=AT)), consent="Oui", at=AT)
    with pytest.raises(signing.NotNow, match="aujourd’hui"):  # the call left today
        signing.remind_now(ceremony, by=by, at=AT)
    for wrong in (AT + 4 * DAY, AT.replace(hour=22) + DAY):  # a Saturday; at night
        with pytest.raises(signing.NotNow, match="week-end"):
            signing.remind_now(ceremony, by=by, at=wrong)
    told = signing.remind_now(ceremony, by=by, at=AT + DAY)
    assert sorted(one.company for one in told) == ["Atelier Blanc", "Atelier Roux", "Menuiserie Lambert"]
    entry = Entry.objects.of(world.grouping.book).last()
    assert (entry.act, entry.facts["signatories"]) == ("signing.ceremony.chased", 3)
    tell(signing_tasks.LETTERS, at=AT + DAY)
    assert sorted(Letter.objects.filter(kind__contains="chased").values_list("to__name", flat=True)) == [
        "Aude Lambert", "Denis Roux", "Emma Blanc",
    ]  # fmt: skip
    with pytest.raises(signing.NotNow):
        signing.remind_now(ceremony, by=by, at=AT + DAY + timedelta(hours=2))
    signing.remind_now(ceremony, by=by, at=AT + 2 * DAY)
    assert signing_tasks.remind(at=AT + 2 * DAY) == 0  # nor does the clock, on the same day
    acts.take_back(sent, by=by, at=AT + 2 * DAY)
    with pytest.raises(signing.CeremonyOver):
        signing.remind_now(ceremony, by=by, at=AT + 3 * DAY)


def test_the_sender_is_told_before_and_after_the_deadline(world: World) -> None:
    sent = acts.send_to_sign(convention(world, by=world.actor("bruno"), kind="nda"), by=world.actor("bruno"), at=AT)
    until = sent.ceremony.expires_at
    assert note_lagging(at=AT + DAY) == 0
    for moment, words_said in ((until - DAY, "manquent encore"), (until + DAY, "est passé")):
        assert note_lagging(at=moment) == 1
        assert note_lagging(at=moment) == 0
        tell(LETTERS, at=moment)
        letter = Letter.objects.filter(kind__startswith="agreements.lagging").latest("pk")
        assert letter.to == world.bruno
        assert words_said in letter.subject
        assert "Atelier Roux" in letter.text
    entry = Entry.objects.of(world.grouping.book).filter(act="agreements.signature.lagging").last()
    assert entry.facts == {"waiting": 4, "days": 0}
    with pytest.raises(acts.dates.ToldAlready):
        acts.note_unsigned(sent, days=0, by=Clockwork(), at=until + DAY)


def test_only_who_sends_reminds_from_the_page(world: World) -> None:
    sent = acts.send_to_sign(convention(world, kind="nda"), by=world.actor("aude"), at=now() - 5 * DAY)
    page = reverse("agreements:remind", args=[sent.public_id])
    assert browser_of(world.bruno).post(page).status_code == 403
    assert "Relancer maintenant" in browser_of(world.aude).get(
        reverse("agreements:agreement", args=[sent.public_id])
    ).content.decode()  # fmt: skip
    answer = browser_of(world.aude).post(page)
    assert answer.status_code in (302, 409)  # what day is it where the test runs?


def test_all_agree_that_one_company_leaves(world: World) -> None:
    done = sign_all(convention(world, kind="nda"), by=world.actor("aude"))
    bruno = world.seats["bruno"]
    leaving = {"change": "termination", "leaver": bruno, "effect_on": (AT + 9 * DAY).date()}
    made = acts.prepare_change(done, **leaving, reason="il cesse son activité", by=world.actor("bruno"), at=AT)
    assert "à l’égard de Charpente Masson seulement" in words(made)
    sign_all(fill(made, world.actor("bruno")), by=world.actor("bruno"))
    life = life_of(done, bruno, at=AT)
    assert [party.ending is not None for party in life.parties] == [False, True, False, False]
    assert life.ended is None
    with pytest.raises(acts.NoSuchChange, match="déjà notifié"):
        acts.prepare_change(done, **leaving, by=world.actor("bruno"), at=AT)
    later = datetime(2026, 6, 1, 9, tzinfo=UTC)
    amended = acts.prepare_change(done, change="amendment", by=world.actor("aude"), at=later)
    assert "Charpente Masson" not in [party["name"] for party in values_of(amended)["members"]]


def test_a_stranger_chooses_nothing(world: World) -> None:
    made = between(world, "bruno", "denis")
    stranger = Actor(world.chloe, address(world.seats["chloe"]))
    with pytest.raises((NotYours, NotAllowed)):
        acts.choose_parties(made, parties=[], version=made.version, by=stranger, at=AT)

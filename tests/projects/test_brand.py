"""A common brand: rules by vote, licences, audits with photos, sanctions after hearing, files, dates of the mark."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cordee.governance.models import Ballot
from cordee.ground.kit.clock import now
from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal, Stale
from cordee.ground.register.models import Entry
from cordee.projects import acts, reads
from cordee.projects.models import BrandDate, BrandFile, BrandLicence, BrandRules, BrandSanction, Participant, Project
from cordee.projects.tasks import LETTERS, keep_out_of_sanctions, turn_licences
from tests.people import World, browser_of
from tests.projects.branding import CRITERIA, DAY, a_brand, actor_of, audited, decided, licensed, photo, rules_of

pytestmark = pytest.mark.django_db


def said(world: World, name: str) -> list[dict[str, object]]:
    return list(Entry.objects.filter(book=world.grouping.book, act=name).values_list("facts", flat=True))


def letters(world: World, name: str) -> list[str]:
    entry = Entry.objects.filter(book=world.grouping.book, act=name).latest("number")
    return [f"{draft.to.name}: {draft.subject}" for draft in LETTERS[name](entry, now())]


def test_rules_change_only_by_a_decision(world: World) -> None:
    made = a_brand(world)
    with pytest.raises(acts.KnowWhat):
        acts.propose_brand_rules(made, text="Un devis écrit.", criteria=(), by=world.actor("aude"), at=now())
    first = rules_of(world, made)
    assert first.state == "in_force"
    second = acts.propose_brand_rules(made, text="Deux devis.", criteria=CRITERIA, by=world.actor("bruno"), at=now())
    assert "– Devis écrit (compte 2, essentiel)" in Ballot.objects.latest("pk").resolution.text
    with pytest.raises(acts.BeingVoted):
        acts.propose_brand_rules(made, text="Trois.", criteria=CRITERIA, by=world.actor("bruno"), at=now())
    with pytest.raises(NotYours):
        acts.settle_brand_rules(second, at=now())  # the vote is open
    decided(second.ballot, choice="against")
    assert list(BrandRules.objects.values_list("number", "state")) == [(1, "in_force"), (2, "refused")]
    third = rules_of(world, made, text="Un devis signé.")
    assert list(BrandRules.objects.values_list("state", flat=True)) == ["replaced", "refused", "in_force"]
    assert said(world, "projects.brand_rules.settled")[-1] == {"version": 3, "adopted": True}
    assert third.since is not None


def test_a_licence_is_asked_looked_at_and_granted(world: World) -> None:
    made = a_brand(world)
    words = {"scope": "Toitures", "why": "Depuis dix ans.", "uploads": [photo()]}
    licence = acts.ask_licence(made, **words, by=actor_of(world, "emma"), at=now())  # a member outside the project
    with pytest.raises(Refusal, match="déjà"):
        acts.ask_licence(made, scope="Toitures", by=actor_of(world, "emma"), at=now())
    assert acts.join_papers(licence, uploads=[photo("b.jpg")], by=actor_of(world, "emma"), at=now()) == 1
    with pytest.raises(NotYours):
        acts.join_papers(licence, uploads=[photo()], by=world.actor("aude"), at=now())
    with pytest.raises(acts.NoRules):
        acts.open_audit(licence, by=world.actor("aude"), at=now())
    rules_of(world, made)
    with pytest.raises(acts.NotLooked):
        acts.put_licences_to_vote(made, licences=[licence], by=world.actor("aude"), at=now())
    audited(world, licence)
    acts.put_licences_to_vote(made, licences=[licence], by=world.actor("aude"), at=now())
    licence.refresh_from_db()
    ballot = decided(licence.ballot)
    assert ballot.voters.get(seat=world.seats["emma"]).concerned  # nobody votes alone on its own licence
    licence.refresh_from_db()
    assert (licence.state, licence.ends is not None) == ("held", True)
    assert Participant.objects.filter(project=made, seat=world.seats["emma"], left_at=None).exists()
    assert letters(world, "projects.licence.settled") == ["Emma Blanc: Vous portez la marque\u00a0: Pierre & Bois d’Oc"]
    assert said(world, "projects.licences.put_to_vote")[0]["licences"] == 1
    ended = acts.end_licence(licence, by=actor_of(world, "emma"), at=now())
    assert ended.remove_by == now().date() + 60 * DAY
    with pytest.raises(acts.AlreadyEnded):
        acts.settle_licence(licence, at=now())


def test_a_licence_ends_on_its_last_day(world: World) -> None:
    made = a_brand(world)
    rules_of(world, made)
    licence = licensed(world, made)
    assert turn_licences(at=now()) == 0
    assert turn_licences(at=now() + 1200 * DAY) == 1
    licence.refresh_from_db()
    assert licence.state == "ended"


def test_an_audit_point_by_point_then_again(world: World) -> None:
    made = a_brand(world)
    rules_of(world, made)
    licence = acts.ask_licence(made, scope="Toitures", by=world.actor("bruno"), at=now())
    with pytest.raises(NotAllowed, match="soi-même"):
        acts.open_audit(licence, by=world.actor("bruno"), at=now())
    audit = acts.open_audit(licence, by=world.actor("aude"), at=now())
    estimate, logo, tidy = audit.points.all()
    with pytest.raises(NotAllowed):
        acts.note_point(estimate, verdict="ok", by=world.actor("bruno"), at=now())
    with pytest.raises(acts.KnowWhat, match="corriger"):
        acts.note_point(estimate, verdict="no", by=world.actor("aude"), at=now())
    with pytest.raises(acts.KnowWhat, match="photo"):
        acts.note_point(logo, verdict="ok", by=world.actor("aude"), at=now())
    with pytest.raises(acts.NotComplete):
        acts.close_audit(audit, by=world.actor("aude"), at=now())
    day = now().date() + 20 * DAY
    acts.note_point(estimate, verdict="no", fix="Écrire les devis.", fix_by=day, by=world.actor("aude"), at=now())
    acts.note_point(logo, verdict="ok", photo=photo(), by=world.actor("aude"), at=now())
    acts.note_point(tidy, verdict="out", by=world.actor("aude"), at=now())
    with pytest.raises(acts.NotComplete, match="revient"):
        acts.close_audit(audit, by=world.actor("aude"), at=now())
    closed = acts.close_audit(audit, again_on=day, by=world.actor("aude"), at=now())
    assert (closed.passed, closed.got) == (False, "1/3")
    with pytest.raises(acts.AuditClosed):
        acts.note_point(tidy, verdict="ok", by=world.actor("aude"), at=now())
    with pytest.raises(NotYours):
        acts.say_fixed(estimate, said="C’est fait.", by=world.actor("aude"), at=now())
    fixed = acts.say_fixed(estimate, said="Un modèle de devis.", photo=photo(), by=world.actor("bruno"), at=now())
    assert fixed.fixed_photo is not None
    with pytest.raises(Refusal, match="rien à corriger"):
        acts.say_fixed(logo, said="Aussi.", by=world.actor("bruno"), at=now())
    again = acts.open_audit(licence, after=closed, by=world.actor("aude"), at=now())
    assert [(point.verdict, point.kept) for point in again.points.all()] == [("", False), ("ok", True), ("out", True)]
    acts.note_point(again.points.all()[0], verdict="ok", by=world.actor("aude"), at=now())
    assert acts.close_audit(again, by=world.actor("aude"), at=now()).passed is True
    assert said(world, "projects.audit.closed")[0]["part"] == 3333
    assert said(world, "projects.audit_point.fixed")[0]["digest"]


def heard(world: World, licence: BrandLicence, **words: object) -> BrandSanction:
    """A sanction opened sixteen days ago, its hearing past."""
    then = now() - 17 * DAY
    given = {"why": "Trois chantiers sans devis écrit, en mars.", "hearing_at": now() - DAY, **words}
    return acts.open_sanction(licence, **given, by=world.actor("aude"), at=then)  # type: ignore[arg-type]


def test_sanctions_come_in_order_after_hearing(world: World) -> None:
    made = a_brand(world)
    rules_of(world, made)
    licence = licensed(world, made)
    with pytest.raises(acts.TooSoon):
        acts.open_sanction(licence, why="x" * 30, hearing_at=now() + 10 * DAY, by=world.actor("aude"), at=now())
    with pytest.raises(NotAllowed):
        acts.open_sanction(licence, why="x" * 30, hearing_at=now() + 20 * DAY, by=actor_of(world, "denis"), at=now())
    early = acts.open_sanction(licence, why="x" * 30, hearing_at=now() + 20 * DAY, by=world.actor("aude"), at=now())
    assert letters(world, "projects.sanction.opened")[0].startswith("Bruno Masson: Pierre & Bois d’Oc")
    with pytest.raises(acts.TooSoon, match="entendue"):
        acts.put_sanction_to_vote(early, by=world.actor("aude"), at=now())
    acts.drop_sanction(early, by=world.actor("aude"), at=now())

    warning = heard(world, licence)
    with pytest.raises(NotYours):
        acts.answer_sanction(warning, answer="Non.", by=world.actor("aude"), at=now())
    acts.answer_sanction(warning, answer="Un seul chantier, en avril.", by=world.actor("bruno"), at=now())
    ballot = acts.put_sanction_to_vote(warning, by=world.actor("aude"), at=now())
    assert "Un seul chantier, en avril." in ballot.resolution.text
    assert ballot.voters.get(seat=world.seats["bruno"]).concerned
    ballot.voters.filter(seat=world.seats["bruno"]).update(withdrawn_at=None)  # as a second call has it
    assert keep_out_of_sanctions(at=now()) == 1
    warning.refresh_from_db()
    with pytest.raises(NotYours):
        acts.settle_sanction(warning, at=now())
    decided(warning.ballot)
    warning.refresh_from_db()
    assert (warning.state, warning.appeal_until) == ("decided", now().date() + 30 * DAY)
    assert len(letters(world, "projects.sanction.settled")) == 1

    with pytest.raises(acts.KnowWhat, match="combien de jours"):
        heard(world, licence)
    suspension = heard(world, licence, days=10)
    assert suspension.step == "suspension"
    acts.put_sanction_to_vote(suspension, by=world.actor("aude"), at=now())
    suspension.refresh_from_db()
    decided(suspension.ballot)
    licence.refresh_from_db()
    assert (licence.state, licence.back_on) == ("suspended", now().date() + 10 * DAY)
    with pytest.raises(NotYours):
        acts.end_suspension(licence, at=now())
    assert turn_licences(at=now() + 12 * DAY) == 1
    licence.refresh_from_db()
    assert licence.state == "held"

    withdrawal = heard(world, licence)
    assert withdrawal.step == "withdrawal"
    acts.put_sanction_to_vote(withdrawal, by=world.actor("aude"), at=now())
    withdrawal.refresh_from_db()
    decided(withdrawal.ballot)
    licence.refresh_from_db()
    assert (licence.state, licence.remove_by) == ("withdrawn", now().date() + 60 * DAY)
    assert [row["step"] for row in said(world, "projects.sanction.settled")] == ["warning", "suspension", "withdrawal"]


def test_an_appeal_lifts_or_confirms_once(world: World) -> None:
    made = a_brand(world)
    rules_of(world, made)
    licence = licensed(world, made)
    warning = heard(world, licence)
    acts.put_sanction_to_vote(warning, by=world.actor("aude"), at=now())
    warning.refresh_from_db()
    decided(warning.ballot)
    text = "Le constat porte sur un chantier d’un autre."
    with pytest.raises(acts.TooLate):
        acts.appeal_sanction(warning, text=text, by=world.actor("bruno"), at=now() + 31 * DAY)
    with pytest.raises(NotYours):
        acts.appeal_sanction(warning, text=text, by=world.actor("aude"), at=now())
    ballot = acts.appeal_sanction(warning, text=text, by=world.actor("bruno"), at=now())
    warning.refresh_from_db()
    with pytest.raises(NotYours):
        acts.settle_appeal(warning, at=now())
    decided(warning.appeal_ballot)
    warning.refresh_from_db()
    assert (ballot.voters.get(seat=world.seats["bruno"]).concerned, warning.state) == (True, "lifted")
    assert heard(world, licence).step == "warning"  # what was lifted does not count
    assert said(world, "projects.appeal.settled") == [{"seat": world.seats["bruno"].public_id, "lifted": True}]


def test_files_are_for_those_who_hold_a_licence(world: World) -> None:
    made = a_brand(world)
    rules_of(world, made)
    with pytest.raises(Refusal):
        page = SimpleUploadedFile("logo.svg", b"<svg/>")
        acts.add_brand_file(made, title="Logo", kind="logo", upload=page, by=world.actor("aude"), at=now())
    for _version in range(2):
        acts.add_brand_file(made, title="Logo", kind="logo", upload=photo("l.jpg"), by=world.actor("aude"), at=now())
    assert list(BrandFile.objects.values_list("number", flat=True)) == [2, 1]
    address = reverse("projects:brand_file", args=[made.public_id, BrandFile.objects.latest("pk").public_id])
    bruno = browser_of(world.bruno)
    assert bruno.get(address).status_code == 404
    licence = licensed(world, made)
    assert bruno.get(address).status_code == 200
    for state in ("suspended", "withdrawn", "ended"):
        BrandLicence.objects.filter(pk=licence.pk).update(state=state)
        assert bruno.get(address).status_code == 404
        assert address not in bruno.get(reverse("projects:brand_files", args=[made.public_id])).content.decode()


def test_the_calendar_follows_the_office_and_stays_corrected(world: World) -> None:
    made = a_brand(world)
    values = {"name": "Pierre & Bois d’Oc", "owner": "L’association", "kind": "collective"}
    filed = {"filed_on": date(2027, 1, 12)}
    brand = acts.describe_brand(made, values={**values, **filed}, version=0, by=world.actor("bruno"), at=now())
    days = {one.code: one for one in BrandDate.objects.all()}
    assert days["renewal"].due == date(2037, 1, 12)
    assert "use" not in days
    acts.change_brand_date(days["renewal"], due=date(2036, 12, 1), version=1, by=world.actor("aude"), at=now())
    with pytest.raises(Stale):
        acts.change_brand_date(days["renewal"], due=date(2036, 11, 1), version=1, by=world.actor("aude"), at=now())
    acts.change_brand_date(
        days["priority"], due=days["priority"].due, done=True, version=1, by=world.actor("aude"), at=now()
    )
    known = {**values, "filed_on": date(2027, 2, 1), "registered_on": date(2027, 6, 4)}
    acts.describe_brand(made, values=known, version=brand.version, by=world.actor("aude"), at=now())
    due = {one.code: one.due for one in BrandDate.objects.all()}
    assert due["renewal"] == date(2036, 12, 1)  # corrected: not counted again
    assert due["priority"] == date(2027, 7, 12)  # done: stays
    assert due["renewal_open"] == date(2036, 2, 1)
    assert due["use"] == date(2032, 6, 4)
    acts.add_brand_date(made, label="Surveillance", due=date(2027, 9, 1), by=world.actor("aude"), at=now())
    with pytest.raises(acts.KnowWhat):
        acts.add_brand_date(made, label=" ", due=date(2027, 9, 1), by=world.actor("aude"), at=now())
    with pytest.raises(Stale):
        acts.describe_brand(made, values=values, version=1, by=world.actor("bruno"), at=now())
    seats = [world.seats["bruno"].pk]
    assert len(reads.brand_dates_coming(seats, until=date(2028, 1, 1))) == 1
    assert said(world, "projects.brand.described")[-1] == {"known": "filed registered", "dates": 6}


def test_the_pages_of_a_brand(world: World, django_assert_max_num_queries: object) -> None:
    made = a_brand(world)
    rules_of(world, made)
    licence = licensed(world, made)
    warning = heard(world, licence)
    browser = browser_of(world.bruno)
    for name, row in (
        *((f"brand{end}", made) for end in ("", "_rules", "_files", "_sign", "_propose")),
        ("licence", licence),
        ("audit", licence.audits.get()),
    ):
        with django_assert_max_num_queries(12):  # type: ignore[operator]
            page = browser.get(reverse(f"projects:{name}", args=[row.public_id]))
        assert page.status_code == 200
    page = browser.get(reverse("projects:licence", args=[licence.public_id])).content.decode()
    assert "Votre réponse, lue par tous avant le vote" in page
    answer = reverse("projects:sanction_act", args=[warning.public_id, "repondre"])
    assert browser.post(answer, {"text": "Un seul chantier."}).status_code == 302
    Project.objects.filter(pk=made.pk).update(stage="rules")  # the budget is decided: one asks for a licence
    emma = browser_of(world.seats["emma"].holder)
    assert "Porter la marque" in emma.get(reverse("projects:list", args=[world.grouping.public_id])).content.decode()
    asked = emma.post(
        reverse("projects:brand_apply", args=[made.public_id]), {"scope": "Façades", "months": "24"}, follow=True
    )
    assert "Personne n’est encore venu voir." in asked.content.decode()
    assert emma.get(reverse("projects:brand", args=[made.public_id])).status_code == 404

"""A study: offers compared and chosen by a vote, promises that bind at the threshold, tranches that go on or stop."""

from datetime import datetime

import pytest
from django.urls import reverse

from cordee.ground.kit.clock import now
from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal, Stale
from cordee.ground.messages.acts import tell
from cordee.ground.messages.models import Letter
from cordee.ground.people.models import Clockwork
from cordee.ground.register.models import Entry
from cordee.projects import acts, reads, tasks
from cordee.projects.models import BuyIn, ProviderCall, StudyFund, Tranche
from tests.people import World, browser_of
from tests.projects.studying import DAY, PLEDGED, a_call, a_fund, a_study, a_tranche, actor, pdf, released, voted

pytestmark = pytest.mark.django_db


def said(name: str) -> list[dict[str, object]]:
    return list(Entry.objects.filter(act=f"projects.{name}").order_by("pk").values_list("facts", flat=True))


def three_offers(world: World, at: datetime) -> ProviderCall:
    call = a_call(world, at=at)
    for provider, cents in (("Labo Sud", 2_450_000), ("Cetim", 3_100_000), ("Ingé Conseil", 1_980_000)):
        acts.note_offer(call, provider=provider, cents=cents, weeks=14, by=actor(world, "bruno"), at=at)
    return ProviderCall.objects.select_related("project__grouping").get(pk=call.pk)


def test_offers_are_compared_marked_and_chosen_by_a_vote(world: World) -> None:
    at = now()
    call = three_offers(world, at)
    offer = acts.note_offer(
        call, provider="Labo Sud", cents=2_400_000, weeks=12, included="Dix éprouvettes", upload=pdf(),
        by=world.actor("aude"), at=at,
    )  # fmt: skip
    assert call.offers.count() == 3  # the same provider again replaces its offer
    acts.mark_offer(offer, mark=5, words="Connaît le bois", by=world.actor("aude"), at=at)
    acts.mark_offer(offer, mark=4, by=actor(world, "denis"), at=at)
    page = reads.providers_page(call.project, reads.project_of(world.aude, call.project.public_id)[1])
    assert [(line.offer.provider, line.above, line.shown) for line in page.lines] == [
        ("Ingé Conseil", 0, ""), ("Labo Sud", 21, "4,5"), ("Cetim", 57, ""),
    ]  # fmt: skip
    with pytest.raises(Refusal, match="0 à 5"):
        acts.mark_offer(offer, mark=6, by=world.actor("aude"), at=at)
    ballot = acts.put_offers_to_vote(call, by=world.actor("bruno"), at=at)
    assert reads.checks_of(call.project)["provider"].state == "voting"
    with pytest.raises(acts.CallDecided):
        acts.note_offer(call, provider="Tardif", cents=1, weeks=1, by=world.actor("aude"), at=at)
    with pytest.raises(acts.CallDecided):
        acts.choose_provider(call, by=Clockwork(), at=at)
    assert tasks.take_in_votes(at=at) == 0
    voted(world, ballot, "cast", at=at, approved=[reads.offer_label(offer)])
    assert tasks.take_in_votes(at=at + 11 * DAY) == 1
    assert reads.checks_of(call.project)["provider"].holds
    call.refresh_from_db()
    assert (call.decided_at is not None, call.offers.get(chosen_at__isnull=False).provider) == (True, "Labo Sud")
    assert said("provider.chosen") == [
        {"offer": offer.public_id, "cents": 2_400_000, "chosen": True, "ballot": ballot.public_id}
    ]
    assert said("provider_offer.noted")[-1]["digest"]
    assert said("provider_offer.marked") == [
        {"seat": world.seats["aude"].public_id}, {"seat": world.seats["denis"].public_id},
    ]  # fmt: skip
    with pytest.raises(acts.CallDecided):
        acts.mark_offer(offer, mark=1, by=world.actor("aude"), at=at)


def test_without_a_clear_choice_the_offers_are_voted_again(world: World) -> None:
    at = now()
    call = three_offers(world, at)
    voted(world, acts.put_offers_to_vote(call, by=world.actor("aude"), at=at), "abstain", at=at)
    acts.choose_provider(call, by=Clockwork(), at=at + 11 * DAY)
    assert said("provider.chosen")[0]["chosen"] is False
    assert said("provider_call.voted")[0]["offers"] == 3
    acts.note_offer(call, provider="Tardif", cents=1_000_000, weeks=1, by=world.actor("aude"), at=at)
    assert call.offers.count() == 4


def test_the_call_is_written_by_who_leads(world: World) -> None:
    at = now()
    call = a_call(world, at=at)
    project, until = call.project, at.date()
    assert said("provider_call.opened") == [{"until": (at + 20 * DAY).date().isoformat()}]
    with pytest.raises(NotAllowed):
        acts.open_call(project, brief="Autre", closes_on=until, version=1, by=actor(world, "bruno"), at=at)
    with pytest.raises(NotYours):
        acts.open_call(project, brief="Autre", closes_on=until, version=1, by=actor(world, "emma"), at=at)
    with pytest.raises(Stale):
        acts.open_call(project, brief="Autre", closes_on=until, version=7, by=world.actor("aude"), at=at)
    for wrong in ({"brief": " "}, {"closes_on": (at - DAY).date()}):
        words = {"brief": "Autre", "closes_on": until, **wrong}
        with pytest.raises(Refusal):
            acts.open_call(project, **words, version=1, by=world.actor("aude"), at=at)  # type: ignore[arg-type]
    for wrong in ({"provider": " "}, {"cents": 0}):
        words = {"provider": "X", "cents": 1, **wrong}
        with pytest.raises(acts.KnowWhat):
            acts.note_offer(call, weeks=1, **words, by=world.actor("aude"), at=at)  # type: ignore[arg-type]
    with pytest.raises(Refusal, match="Aucune offre"):
        acts.put_offers_to_vote(call, by=world.actor("aude"), at=at)


def test_promises_change_freely_then_bind(world: World) -> None:
    at = now()
    fund = a_fund(world, {"aude": 1_000_000, "bruno": 500_000}, at=at)
    acts.make_pledge(fund, cents=200_000, by=world.actor("bruno"), at=at)  # less: nothing binds yet
    assert said("pledge.made")[-1] == {"cents": 200_000, "total": 1_200_000, "seat": world.seats["bruno"].public_id}
    acts.make_pledge(fund, cents=1_800_000, by=actor(world, "denis"), at=at)
    fund.refresh_from_db()
    assert fund.state == StudyFund.State.REACHED
    assert said("pledges.reached") == [{"total": 3_000_000, "companies": 3}]
    with pytest.raises(acts.PledgeBinds, match="vous engage"):
        acts.make_pledge(fund, cents=100_000, by=world.actor("bruno"), at=at)
    acts.make_pledge(fund, cents=300_000, by=world.actor("bruno"), at=at)  # more is welcome
    with pytest.raises(NotYours):
        acts.make_pledge(fund, cents=1, by=actor(world, "emma"), at=at)
    with pytest.raises(acts.PledgesOver):
        acts.make_pledge(fund, cents=400_000, by=world.actor("bruno"), at=at + 31 * DAY)
    with pytest.raises(Refusal):
        acts.reach_threshold(fund, by=world.actor("aude"), at=at)
    with pytest.raises(Refusal):
        acts.release_pledges(fund, by=Clockwork(), at=at + 40 * DAY)
    assert tasks.end_promises(at=at + 40 * DAY) == 0
    with pytest.raises(acts.PledgeBinds):
        acts.open_pledges(
            fund.project, threshold_cents=1, closes_on=at.date(), buyer=world.seats["aude"],
            by=world.actor("aude"), at=at,
        )  # fmt: skip
    tell(tasks.LETTERS, at=at)
    assert Letter.objects.filter(subject__contains="Le seuil est atteint").count() == 3


def test_promises_are_released_when_their_day_passes(world: World) -> None:
    at = now()
    fund = a_fund(world, {"aude": 1_000_000}, at=at)
    with pytest.raises(Refusal):
        acts.release_pledges(fund, by=Clockwork(), at=at + 30 * DAY)
    assert tasks.end_promises(at=at + 31 * DAY) == 1
    assert said("pledges.released") == [{"total": 1_000_000, "threshold": 3_000_000}]
    with pytest.raises(acts.PledgesOver):
        acts.make_pledge(fund, cents=5_000_000, by=world.actor("bruno"), at=at + 31 * DAY)
    tell(tasks.LETTERS, at=at + 31 * DAY)
    assert "vous ne devez rien" in Letter.objects.get(subject__contains="personne n’est engagé").text
    later = at + 32 * DAY
    words = {"threshold_cents": 900_000, "closes_on": later.date(), "buyer": world.seats["aude"]}
    acts.open_pledges(fund.project, **words, by=world.actor("aude"), at=later)  # type: ignore[arg-type]
    assert said("pledges.reached") == [{"total": 1_000_000, "companies": 1}]  # a new round, its threshold lower


def test_promises_are_opened_by_who_leads(world: World) -> None:
    at, project = now(), a_study(world)
    good = {"threshold_cents": 100, "closes_on": at.date(), "buyer": world.seats["aude"]}
    with pytest.raises(NotAllowed):
        acts.open_pledges(project, **good, by=world.actor("bruno"), at=at)  # type: ignore[arg-type]
    with pytest.raises(NotYours):
        acts.open_pledges(project, **{**good, "buyer": world.seats["emma"]}, by=world.actor("aude"), at=at)  # type: ignore[arg-type]
    for wrong in ({"threshold_cents": 0}, {"closes_on": (at - DAY).date()}):
        with pytest.raises(Refusal):
            acts.open_pledges(project, **{**good, **wrong}, by=world.actor("aude"), at=at)  # type: ignore[arg-type]
    acts.open_pledges(project, **good, by=world.actor("aude"), at=at)  # type: ignore[arg-type]
    assert said("pledges.opened")[0]["threshold"] == 100


def test_tranches_go_on_one_by_one_then_stop(world: World) -> None:
    at = now()
    fund = a_fund(world, PLEDGED, at=at)
    first, second = a_tranche(world, fund, 1_000_000, at=at), a_tranche(world, fund, 2_000_002, at=at)
    with pytest.raises(acts.NotThisTranche, match="promis"):
        a_tranche(world, fund, 1, at=at)
    with pytest.raises(acts.NotThisTranche, match="dans l’ordre"):
        acts.ask_tranche(second, by=world.actor("aude"), at=at)
    first = released(world, first, at=at)
    assert first.parts == {
        world.seats["aude"].public_id: 500_000, world.seats["bruno"].public_id: 333_333,
        world.seats["denis"].public_id: 166_667,
    }  # fmt: skip
    with pytest.raises(acts.NotThisTranche, match="rien livré"):
        acts.ask_tranche(second, by=world.actor("aude"), at=at)
    with pytest.raises(acts.NotThisTranche):
        acts.answer_deliverable(first, accepted=True, by=world.actor("aude"), at=at)
    acts.receive_deliverable(first, upload=pdf("rapport.pdf"), by=world.actor("bruno"), at=at)
    with pytest.raises(acts.KnowWhat):
        acts.answer_deliverable(first, accepted=False, by=world.actor("aude"), at=at)
    with pytest.raises(NotAllowed):
        acts.answer_deliverable(first, accepted=True, by=world.actor("bruno"), at=at)
    acts.answer_deliverable(first, accepted=False, remarks="Il manque les courbes", by=world.actor("aude"), at=at)
    acts.receive_deliverable(first, upload=pdf("rapport-2.pdf"), by=world.actor("bruno"), at=at)
    acts.answer_deliverable(first, accepted=True, by=world.actor("aude"), at=at)
    assert [facts["accepted"] for facts in said("deliverable.answered")] == [False, True]
    assert said("deliverable.received")[0]["late"] is False
    with pytest.raises(acts.NotThisTranche):
        acts.receive_deliverable(first, upload=pdf(), by=world.actor("bruno"), at=at)
    stopped = released(world, second, at=at, choice="against")
    assert stopped.state == Tranche.State.STOPPED
    assert reads.borne_by(fund) == first.parts
    assert [(facts["go"], facts["owed"]) for facts in said("tranche.decided")] == [
        (True, 1_000_000),
        (False, 1_000_000),
    ]
    assert said("tranche.asked")[0]["cents"] == 1_000_000
    with pytest.raises(acts.NotThisTranche, match="arrêtée"):
        a_tranche(world, fund, 1, at=at)
    with pytest.raises(acts.NotThisTranche):
        acts.decide_tranche(second, by=Clockwork(), at=at)
    tell(tasks.LETTERS, at=at)
    words = " ".join(Letter.objects.values_list("text", flat=True))
    assert "Votre part est de 3\u202f333,33\u00a0€" in words
    assert "Seul ce qui était lancé reste dû" in words


def test_nothing_is_launched_before_the_threshold(world: World) -> None:
    fund = a_fund(world, {"aude": 1})
    tranche = a_tranche(world, fund)
    with pytest.raises(acts.NotThisTranche, match="seuil"):
        acts.ask_tranche(tranche, by=world.actor("aude"), at=now())
    with pytest.raises(NotAllowed):
        acts.drop_tranche(tranche, by=world.actor("bruno"), at=now())
    acts.drop_tranche(tranche, by=world.actor("aude"), at=now())
    assert (said("tranche.planned")[0]["cents"], said("tranche.dropped")) == (1_000_000, [{"cents": 1_000_000}])
    for wrong in ({"label": " "}, {"deliverable": ""}, {"cents": 0}):
        words = {"label": "Essais", "deliverable": "Rapport", "cents": 1, **wrong}
        with pytest.raises(acts.KnowWhat):
            acts.add_tranche(fund, **words, due_on=now().date(), by=world.actor("aude"), at=now())  # type: ignore[arg-type]


def test_rights_are_written_once_they_are_decided(world: World) -> None:
    at, project = now(), a_study(world)
    good = {"seat": world.seats["bruno"], "use": "field", "scope": "Escaliers", "by": world.actor("aude"), "at": at}
    with pytest.raises(acts.DecideFirst):
        acts.grant_right(project, **good)  # type: ignore[arg-type]
    acts.note_checkpoint(project, slug="rights", note="Réunion du 3 mars.", by=world.actor("aude"), at=at)
    for wrong, no in (({"by": world.actor("bruno")}, NotAllowed), ({"seat": world.seats["emma"]}, NotYours)):
        with pytest.raises(no):
            acts.grant_right(project, **{**good, **wrong})  # type: ignore[arg-type]
    with pytest.raises(Refusal, match="passée"):
        acts.grant_right(project, **good, until=(at - DAY).date())  # type: ignore[arg-type]
    right = acts.grant_right(project, **good)  # type: ignore[arg-type]
    with pytest.raises(acts.KnowWhat):
        acts.end_right(right, why=" ", by=world.actor("bruno"), at=at)
    with pytest.raises(NotAllowed):
        acts.end_right(right, why="Jaloux", by=actor(world, "denis"), at=at)
    acts.end_right(right, why="Nous ne faisons plus d’escaliers", by=world.actor("bruno"), at=at)
    with pytest.raises(Refusal, match="déjà terminé"):
        acts.end_right(right, why="Encore", by=world.actor("bruno"), at=at)
    assert said("use_right.granted") == [{"to": world.seats["bruno"].public_id, "use": "field", "until": ""}]
    assert said("use_right.ended") == [{"to": world.seats["bruno"].public_id, "use": "field"}]


def test_a_newcomer_pays_its_part_and_it_goes_back_to_the_cent(world: World) -> None:
    at = now()
    fund = a_fund(world, PLEDGED, at=at)
    project, emma, lead = fund.project, world.seats["emma"], world.actor("aude")
    since = at.date().replace(year=at.year - 2)
    with pytest.raises(NotAllowed):
        acts.set_result_rule(project, yearly=20, floor=10, since=since, by=world.actor("bruno"), at=at)
    with pytest.raises(Refusal, match="100"):
        acts.set_result_rule(project, yearly=120, floor=10, since=since, by=lead, at=at)
    acts.set_result_rule(project, yearly=20, floor=10, since=since, by=lead, at=at)
    assert said("result_rule.set") == [{"yearly": 20, "floor": 10, "since": since.isoformat()}]
    with pytest.raises(acts.DecideFirst, match="décidé"):
        acts.offer_buy_in(project, to=emma, by=lead, at=at)
    acts.note_checkpoint(project, slug="newcomers", note="Réunion du 3 mars.", by=lead, at=at)
    with pytest.raises(acts.DecideFirst, match="prix"):
        acts.offer_buy_in(project, to=emma, by=lead, at=at)
    released(world, a_tranche(world, fund, 2_000_000, at=at), at=at)
    with pytest.raises(Refusal, match="déjà payé"):
        acts.offer_buy_in(project, to=world.seats["bruno"], by=lead, at=at)
    with pytest.raises(NotYours):
        acts.offer_buy_in(project, to=world.seats["chloe"], by=lead, at=at)
    with pytest.raises(NotAllowed):
        acts.offer_buy_in(project, to=emma, by=world.actor("bruno"), at=at)
    asked = acts.offer_buy_in(project, to=emma, by=lead, at=at)
    # 20 000 € that lost 40 % in two years: 12 000 € in four equal parts, by what each paid.
    assert (asked.cents, asked.worth_cents, sum(asked.back.values())) == (300_000, 1_200_000, 300_000)
    assert asked.back[world.seats["bruno"].public_id] == 100_000
    tell(tasks.LETTERS, at=at)
    assert Letter.objects.filter(subject__startswith="Entrer dans").count() == 1
    with pytest.raises(NotYours):
        acts.answer_buy_in(asked, accepted=True, by=world.actor("bruno"), at=at)
    acts.answer_buy_in(asked, accepted=False, by=actor(world, "emma"), at=at)
    with pytest.raises(Refusal, match="déjà répondu"):
        acts.answer_buy_in(asked, accepted=True, by=actor(world, "emma"), at=at)
    again = acts.offer_buy_in(project, to=emma, by=lead, at=at)
    BuyIn.objects.filter(pk=again.pk).update(cents=1)  # somebody else came in meanwhile
    with pytest.raises(acts.PriceMoved):
        acts.answer_buy_in(again, accepted=True, by=actor(world, "emma"), at=at)
    again = acts.offer_buy_in(project, to=emma, by=lead, at=at)
    acts.answer_buy_in(again, accepted=True, by=actor(world, "emma"), at=at)
    assert project.participants.filter(seat=emma, left_at=None).exists()
    assert project.use_rights.get(seat=emma).use == "own"
    page = reads.results_page(project, reads.project_of(world.aude, project.public_id)[1], today=at.date())
    assert page.net == 2_000_000
    assert {str(line.seat): line.net for line in page.paid}["Atelier Blanc"] == 300_000
    assert [facts["accepted"] for facts in said("buy_in.answered")] == [False, True]
    assert said("buy_in.offered")[0] == {"to": emma.public_id, "cents": 300_000}
    with pytest.raises(Refusal, match="déjà entrée"):
        acts.set_result_rule(project, yearly=0, floor=0, since=since, by=lead, at=at)


def test_the_pages_of_a_study(world: World) -> None:
    at = now()
    fund = a_fund(world, PLEDGED, at=at)
    project = fund.project
    browser, other = browser_of(world.bruno), browser_of(world.seats["emma"].holder)
    first = released(world, a_tranche(world, fund, at=at), at=at)
    acts.receive_deliverable(first, upload=pdf("rapport.pdf"), by=world.actor("bruno"), at=at)
    a_tranche(world, fund, at=at)
    page = browser.get(reverse("projects:pledges", args=[project.public_id])).content.decode()
    assert "chaque promesse engage" in page
    assert "3\u202f333,33" in page
    assert "continuer ou arrêter" in page
    file = reverse("projects:tranche_file", args=[project.public_id, first.public_id])
    assert browser.get(file).content.startswith(b"%PDF")
    assert other.get(file).status_code == 404
    a_call(world, project, at=at)
    offer = {"provider": "Labo Sud", "cents": "24 000", "weeks": "12", "upload": pdf()}
    sent = browser.post(reverse("projects:providers_offer", args=[project.public_id]), offer, follow=True)
    assert "24\u202f000,00" in sent.content.decode()
    found = project.provider_call.offers.get()
    assert browser.get(reverse("projects:providers_file", args=[project.public_id, found.public_id])).status_code == 200
    wrong = browser.post(reverse("projects:providers_offer", args=[project.public_id]), {"provider": "X"})
    assert wrong.status_code == 422
    assert browser.get(reverse("projects:results", args=[project.public_id])).status_code == 200

"""A member fails: it answers first, the agreed order calls, the pact is voted, the client is informed."""

import pytest

from cordee.delivery import acts
from cordee.delivery.models import WorkItem
from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.ground.register.models import Entry
from tests.delivery.building import DAY, actor, card, lot, site, voted
from tests.factories import AT
from tests.people import World


def test_from_the_alert_to_the_pact(world: World) -> None:
    delivery = site(world)
    acts.join_delivery(delivery, by=actor(world, "emma"), at=AT)
    walls = lot(world, delivery, "bruno", "Murs")
    card(world, walls, "bruno", "Pignon")
    aude = actor(world, "aude")
    for name in ("denis", "emma"):
        acts.stand_by(delivery, wanted=True, by=actor(world, name), at=AT)
    found = acts.raise_default(
        delivery, failing=world.seats["bruno"], what="Absent depuis dix jours.", answer_by=(AT + 3 * DAY).date(),
        by=aude, at=AT,
    )  # fmt: skip
    with pytest.raises(Refusal, match="déjà ouverte"):
        acts.raise_default(
            delivery, failing=world.seats["bruno"], what="Encore.", answer_by=AT.date(), by=aude, at=AT
        )  # fmt: skip
    with pytest.raises(Refusal, match="ne change pas"):
        acts.stand_by(delivery, wanted=False, by=actor(world, "denis"), at=AT)
    with pytest.raises(Refusal, match="peut encore répondre"):
        acts.seek_substitute(found, by=aude, at=AT)
    with pytest.raises(NotAllowed):
        acts.answer_default(found, text="Il ment", resumes=False, by=actor(world, "denis"), at=AT)
    acts.answer_default(found, text="Mon associé est parti.", resumes=False, by=actor(world, "bruno"), at=AT)
    acts.seek_substitute(found, by=aude, at=AT)
    with pytest.raises(acts.NotYourTurn, match="Atelier Roux"):
        acts.answer_call(found, takes_over=True, by=actor(world, "emma"), at=AT)
    acts.answer_call(found, takes_over=False, by=actor(world, "denis"), at=AT)
    with pytest.raises(Refusal, match="Personne n’a encore dit"):
        acts.put_pact_to_vote(found, borne="À parts égales", by=aude, at=AT)
    acts.answer_call(found, takes_over=True, cost_cents=420_000, days=6, by=actor(world, "emma"), at=AT)
    ballot = acts.put_pact_to_vote(found, borne="La retenue, puis à parts égales", by=aude, at=AT)
    with pytest.raises(Refusal, match="pas terminé"):
        acts.carry_out_pact(found, tell="Emma termine.", by=aude, at=AT)
    voted(world, ballot)
    acts.carry_out_pact(found, tell="Atelier Blanc termine vos murs, sans surcoût pour vous.", by=aude, at=AT)
    walls.refresh_from_db()
    assert walls.seat == world.seats["emma"]
    assert WorkItem.objects.get().carrier == "Atelier Blanc"
    assert "sans surcoût" in delivery.messages.get().text
    facts = Entry.objects.get(act="delivery.pact.carried_out").facts
    assert (facts["adopted"], facts["lots"], facts["cards"]) == (True, 1, 1)


def test_a_rejected_pact_goes_back_to_the_search_and_a_company_may_resume(world: World) -> None:
    delivery = site(world)
    aude, bruno = actor(world, "aude"), actor(world, "bruno")
    words = {"failing": world.seats["bruno"], "what": "Absent.", "answer_by": AT.date(), "by": aude}
    found = acts.raise_default(delivery, **words, at=AT)  # type: ignore[arg-type]
    acts.seek_substitute(found, by=aude, at=AT + DAY)
    acts.answer_call(found, takes_over=True, cost_cents=1, days=1, by=actor(world, "denis"), at=AT + DAY)
    ballot = acts.put_pact_to_vote(found, borne="Denis", by=aude, at=AT + DAY)
    voted(world, ballot, "against", at=AT + DAY)
    again = acts.carry_out_pact(found, tell="", by=aude, at=AT + DAY)
    assert (again.state, again.substitute) == ("seeking", None)
    acts.answer_default(found, text="Je reviens lundi.", resumes=True, by=bruno, at=AT + DAY)
    assert acts.raise_default(delivery, **{**words, "answer_by": (AT + 5 * DAY).date()}, at=AT + DAY)  # type: ignore[arg-type]

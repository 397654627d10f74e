"""The adviser on the legal form: asked by a member, kept with the version of its rules, shown to the grouping."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cordee.agreements import acts, reads
from cordee.agreements.models import FormAdvice
from cordee.engines import legal_forms
from cordee.ground.kit.refusals import NotYours
from cordee.ground.register.models import Entry
from tests.people import World, browser_of

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 10, tzinfo=UTC)
BID = {
    "companies": "some",
    "aim": "bid",
    "client": "each",
    "answer_for": "own",
    "time": "once",
    "result": "no",
    "own_plan": "no",
}


def kept(world: World, answers: dict[str, str] | None = None) -> FormAdvice:
    return acts.keep_advice(world.grouping, answers=answers or BID, by=world.actor("bruno"), at=AT)


def test_the_comparison_is_kept_whole_with_its_rules(world: World) -> None:
    advice = kept(world)
    assert advice.rules_version == legal_forms.rules().version
    assert advice.comparison == legal_forms.recorded(legal_forms.advise(BID))
    entry = Entry.objects.get(act="agreements.advice.kept")
    assert entry.facts == {"rules": advice.rules_version, "fits": len(advice.comparison["fits"])}
    assert "bid" not in str(entry.facts)


def test_without_the_aim_there_is_nothing_to_compare(world: World) -> None:
    with pytest.raises(acts.TooFewAnswers):
        kept(world, {"time": "once"})
    assert not FormAdvice.objects.exists()


def test_who_is_elsewhere_does_not_ask(world: World) -> None:
    with pytest.raises(NotYours):
        acts.keep_advice(world.grouping, answers=BID, by=world.actor("chloe"), at=AT)


def test_a_member_asks_and_all_see(world: World, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    address = reverse("agreements:ask_form", args=[world.grouping.public_id])
    page = browser_of(world.bruno).get(address).content.decode()
    assert page.count("<fieldset") == len(legal_forms.rules().questions)
    answer = browser_of(world.bruno).post(address, BID, follow=True)
    text = answer.content.decode()
    assert "convention" in text
    assert "Groupement momentané d’entreprises conjoint" in text
    assert "Vous ne voulez pas répondre pour les autres" in text
    found = FormAdvice.objects.get()
    aude = browser_of(world.aude)
    with django_assert_max_num_queries(12):
        seen = aude.get(reverse("agreements:advice", args=[found.public_id])).content.decode()
    assert "Ce conseil explique et compare" in seen
    assert "ordres de grandeur" in seen
    assert reverse("agreements:advice", args=[found.public_id]) in browser_of(world.aude).get(address).content.decode()
    assert address in browser_of(world.aude).get(reverse("agreements:list")).content.decode()


def test_grave_liability_is_said_in_words_and_in_red(world: World) -> None:
    advice = kept(world, {"aim": "services", "answer_for": "all", "staff": "common", "time": "years"})
    text = browser_of(world.aude).get(reverse("agreements:advice", args=[advice.public_id])).content.decode()
    assert "Responsabilité grave." in text
    assert "alert is-bad" in text
    assert "sur ses propres biens et sans limite" in text


def test_an_answer_that_does_not_exist_is_told(world: World) -> None:
    address = reverse("agreements:ask_form", args=[world.grouping.public_id])
    answer = browser_of(world.bruno).post(address, {"aim": "conquer"})
    assert answer.status_code == 422
    assert "ne se lit pas" in answer.content.decode()
    assert not FormAdvice.objects.exists()


def test_no_form_fits_everything(world: World) -> None:
    advice = kept(world, {"aim": "talk", "staff": "shared", "result": "yes", "time": "once", "client": "one"})
    page = reads.advice_page(advice, world.seats["aude"])
    assert page.fits == ()
    text = browser_of(world.aude).get(reverse("agreements:advice", args=[advice.public_id])).content.decode()
    assert "Aucune forme ne convient" in text


def test_what_was_told_stays_when_the_rules_change(world: World) -> None:
    advice = kept(world)
    FormAdvice.objects.filter(pk=advice.pk).update(rules_version=0)
    text = browser_of(world.aude).get(reverse("agreements:advice", args=[advice.public_id])).content.decode()
    assert "Les règles ont changé depuis" in text


def test_in_english(world: World) -> None:
    advice = kept(world)
    world.aude.language = "en"
    world.aude.save()
    text = browser_of(world.aude).get(reverse("agreements:advice", args=[advice.public_id])).content.decode()
    assert "Several temporary consortium" in text
    assert "This advice explains and compares" in text

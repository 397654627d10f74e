"""Who is written what: the client their own letters with their link, the companies theirs, nobody a word too many."""

from datetime import UTC, datetime

from django.core import mail

from cordee.delivery import acts, tasks
from cordee.delivery.models import Delivery
from cordee.ground.messages.acts import tell
from cordee.ground.messages.models import Letter
from tests.delivery.building import DAY, actor, card, link_to, lot, moved, photo, shown, site, voted
from tests.factories import AT
from tests.people import World


def letters(delivery: Delivery) -> set[tuple[str, str]]:
    """(to whom, what about) of every letter that the book of the grouping calls for."""
    tell(tasks.LETTERS, at=AT)
    found = Letter.objects.filter(book=delivery.grouping.book).select_related("to")
    return {(one.to.first_name, one.subject) for one in found}


def test_the_client_and_the_companies_are_told_what_concerns_them(world: World) -> None:
    delivery = site(world)
    aude, bruno, link = actor(world, "aude"), actor(world, "bruno"), link_to(delivery)
    walls = lot(world, delivery, "bruno", "Murs")
    item = card(world, walls, "bruno", "Pignon")
    acts.send_portal(delivery, by=aude, at=AT)
    acts.write_to_portal(delivery, text="Bonjour", by=aude, at=AT)
    acts.write_from_portal(delivery, link, text="Merci", at=AT)
    acts.raise_blocker(item, text="Plus de sable", wants_help=True, by=bruno, at=AT)
    acts.raise_blocker(item, text="Il pleut", wants_help=False, by=bruno, at=AT)
    made = shown(world, walls, "bruno", "Le pignon")
    acts.write_billing(
        delivery, label="Pignon", cents=5_000_000, rate=1000, deliverable=made.public_id, by=bruno, at=AT
    )
    reserve = acts.raise_reserve(made, link, text="Un joint creux", photos=[photo()], at=AT)
    acts.answer_deliverable(made, link, outcome="reserved", at=AT)
    acts.say_put_right(reserve, said_so="Repris", by=bruno, at=AT)
    change = acts.ask_change(delivery, text="Une porte de plus", link=link, at=AT)
    acts.price_change(change, lot=walls.public_id, cents=100, days=1, by=bruno, at=AT)
    voted(world, acts.put_change_to_vote(change, by=aude, at=AT))
    acts.offer_change(change, by=aude, at=AT)
    acts.call_reception(delivery, visit_at=AT + DAY, by=aude, at=AT)
    acts.raise_default(
        delivery, failing=world.seats["bruno"], what="Absent", answer_by=(AT + DAY).date(), by=aude, at=AT
    )
    told = letters(delivery)
    title = "Rénovation du caveau"
    assert {subject for name, subject in told if name == "Claude"} == {
        f"Votre page\u00a0: {title}", f"Un message pour vous\u00a0: {title}", "À valider\u00a0: Le pignon",
        "Corrigé, à vérifier\u00a0: Un joint creux", f"Réponse à une modification\u00a0: {title}",
        f"Réception des travaux\u00a0: {title}",
    }  # fmt: skip
    assert ("Aude", f"Le client a écrit\u00a0: {title}") in told
    assert ("Bruno", f"Une réserve du client\u00a0: {title}") in told
    assert ("Bruno", "Le pignon\u00a0: validé avec réserves") in told
    assert ("Bruno", f"Une alerte sur votre entreprise\u00a0: {title}") in told
    assert ("Denis", f"Une entreprise est signalée\u00a0: {title}") in told
    assert {name for name, subject in told if "appelle à l’aide" in subject} == {"Aude", "Denis"}
    assert {name for name, subject in told if "à chiffrer" in subject} == {"Aude", "Bruno", "Denis"}
    words = "".join(Letter.objects.values_list("text", flat=True))
    assert "Il pleut" not in words  # a blocker without a call stays on the board
    assert "50 000" not in words.replace("\u202f", " ")
    mine = Letter.objects.filter(to=delivery.client_person)
    assert all("/client/" in one.text and "/chantiers/" not in one.text for one in mine)
    assert mail.outbox == []


def test_the_end_asks_the_client_and_each_company(world: World) -> None:
    delivery = site(world, works=False)
    item = card(world, lot(world, delivery, "bruno", "Murs"), "bruno", "Pignon")
    moved(world, item, "bruno", "doing", "check", "done")
    acts.end_delivery(delivery, by=actor(world, "aude"), at=AT)
    acts.give_verdict(delivery, answer="not_yet", by=actor(world, "bruno"), at=AT)
    assert tasks.ask_those_not_yet(at=AT + 61 * DAY) == 1
    told = letters(delivery)
    assert ("Claude", "Trois questions, une minute\u00a0: Rénovation du caveau") in told
    assert {name for name, subject in told if subject.startswith("Cela a-t-il marché")} == {"Aude", "Bruno", "Denis"}
    again = Letter.objects.filter(to=world.bruno, subject__startswith="Cela a-t-il marché")
    assert again.count() == 2


def test_the_client_is_told_when_the_review_is_where_the_sprint_says_it(world: World) -> None:
    quiet, loud = site(world), site(world)
    aude, day = actor(world, "aude"), AT.date()
    acts.open_sprint(quiet, goal="Préparer", starts_on=day, weeks=2, by=aude, at=AT)
    assert [subject for name, subject in letters(quiet) if name == "Claude"] == []
    review = datetime(2026, 3, 24, 15, 30, tzinfo=UTC)
    acts.open_sprint(loud, goal="Hors d’eau", starts_on=day, weeks=2, review_at=review, by=aude, at=AT)
    assert ("Claude", "Nous vous montrons ce qui est fait\u00a0: Rénovation du caveau") in letters(loud)
    letter = Letter.objects.get(to=loud.client_person)
    text = letter.text.replace("\u202f", " ").replace("\u00a0", " ")
    for words in (
        "Rendez-vous : mardi 24 mars, 16 h 30.",
        "Hors d’eau",
        "de Aude Lambert, votre interlocuteur",
        "/client/",
    ):
        assert words in text, words
    assert "/chantiers/" not in text
    assert Letter.objects.filter(subject=letter.subject).count() == 1  # the companies know it from the board

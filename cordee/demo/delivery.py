"""What the companies of the demo deliver together: a cellar being renovated, its board, its client."""

from datetime import datetime

from cordee.delivery import acts
from cordee.delivery.models import Delivery, WorkItem, WorkLot
from cordee.demo.stories import DAY, acting, seat
from cordee.groupings.models import Grouping

NAMES = ("Menuiserie Fabrègues", "Charpente Roques", "Pierres du Larzac", "Nouvel Électricité")
LOTS = (
    ("Pierres du Larzac", "Maçonnerie", "Vos murs de pierre", "Joints faits, mur d’aplomb\nGravats évacués", 0),
    ("Charpente Roques", "Charpente et couverture", "Votre toit", "Pannes fixées\nEssai d’arrosage sans fuite", 1),
    ("Menuiserie Fabrègues", "Menuiseries", "Vos portes et fenêtres", "Portes réglées\nQuincaillerie posée", 2),
    ("Nouvel Électricité", "Électricité", "Votre électricité", "Consuel obtenu\nTableau repéré", 3),
)
CARDS = (
    # title, lot, days, after, where it stands, due in days
    ("Reprendre les joints du caveau", 0, 8, (), "done", -12),
    ("Déposer l’ancienne toiture", 1, 3, (), "done", -10),
    ("Poser les pannes", 1, 5, (0, 1), "check", 1),
    ("Couvrir le versant nord", 1, 6, (2,), "planned", 9),
    ("Fabriquer la porte du caveau", 2, 6, (), "doing", 4),
    ("Poser la porte et les volets", 2, 4, (3, 4), "planned", 16),
    ("Tirer les câbles côté cuves", 3, 4, (0,), "doing", 2),
    ("Poser prises et luminaires", 3, 5, (3, 6), "", 20),
)
STEPS = {"planned": (), "doing": ("doing",), "check": ("doing", "check"), "done": ("doing", "check", "done"), "": ()}


def delivered_together(*, at: datetime) -> None:
    """The site of « Domaine des Aspres », in its third week."""
    grouping = Grouping.objects.get(name__startswith="Bois & Pierre")
    start, claire = at - 18 * DAY, acting(grouping, NAMES[0])
    site = acts.open_delivery(
        grouping, title="Rénovation du caveau et de la cave", client="Domaine des Aspres", works=True,
        starts_on=start.date(), seats=[seat(grouping, name) for name in NAMES[1:]], by=claire, at=start,
    )  # fmt: skip
    client = {
        "client": "Domaine des Aspres", "client_street": "2 chemin du Puits", "client_postcode": "34700",
        "client_city": "Lodève", "name": "Claude Aspres", "email": "claude@aspres.example",
    }  # fmt: skip
    acts.note_client(site, values=client, version=1, by=claire, at=start)
    lots = [_lot(site, row, at=start) for row in LOTS]
    for name in (NAMES[2], NAMES[1]):
        acts.stand_by(site, wanted=True, by=acting(grouping, name), at=start)
    acts.open_sprint(
        site, goal="Hors d’eau avant les pluies", starts_on=(at - 8 * DAY).date(), weeks=2,
        review_at=(at + 4 * DAY).replace(hour=16, minute=0, second=0, microsecond=0), by=claire, at=at - 8 * DAY,
    )  # fmt: skip
    cards = _cards(site, lots, at=at)
    acts.be_deputy(site, wanted=True, by=acting(grouping, NAMES[3]), at=start)
    acts.send_portal(site, by=claire, at=at - 15 * DAY)
    _with_the_client(site, lots, cards, at=at)


def _lot(site: Delivery, row: tuple[str, str, str, str, int], *, at: datetime) -> WorkLot:
    company, title, words, done, _place = row
    by = acting(site.grouping, company)
    values = {"title": title, "client_title": words, "done_when": done}
    return acts.take_lot(acts.write_lot(site, None, values=values, by=by, at=at), by=by, at=at)


def _cards(site: Delivery, lots: list[WorkLot], *, at: datetime) -> list[WorkItem]:
    cards: list[WorkItem] = []
    for title, lot, days, after, state, due in CARDS:
        by = acting(site.grouping, LOTS[lot][0])
        values = {
            "lot": lots[lot].public_id, "title": title, "days": days, "due_on": (at + due * DAY).date(),
            "after": [cards[place].public_id for place in after],
        }  # fmt: skip
        card = acts.write_item(site, None, values=values, by=by, at=at - 14 * DAY)
        if state:
            card = acts.take_item(card, version=card.version, by=by, at=at - 13 * DAY)
            if state != "planned":
                card = acts.plan_item(card, wanted=True, by=by, at=at - 7 * DAY)
        for step in STEPS[state]:
            card = acts.move_item(card, to=step, version=card.version, checked=2, by=by, at=at - 2 * DAY)
        cards.append(card)
    return cards


def _with_the_client(site: Delivery, lots: list[WorkLot], cards: list[WorkItem], *, at: datetime) -> None:
    claire, yann = acting(site.grouping, NAMES[0]), acting(site.grouping, NAMES[3])
    stone, roof = acting(site.grouping, NAMES[2]), acting(site.grouping, NAMES[1])
    site = Delivery.objects.select_related("grouping", "client_person").get(pk=site.pk)
    acts.raise_blocker(
        cards[6], text="Le passage des cuves est fermé à clé, le maître de chai est absent.", wants_help=True,
        by=yann, at=at - DAY,
    )  # fmt: skip
    acts.note_to_team(cards[6], text="Je peux revenir jeudi si quelqu’un a la clé.", by=yann, at=at - DAY)
    acts.write_to_portal(
        site, text="Bonjour Claude. Les joints sont finis, le toit avance. Nous nous voyons à la revue.", by=claire,
        at=at - 5 * DAY,
    )  # fmt: skip
    link = acts.portal_link(site, at=at)
    acts.write_from_portal(
        site, link, text="Merci. Pensez à fermer le portail le soir, les chevaux sortent.", at=at - 4 * DAY
    )
    values = {"lot": lots[0].public_id, "title": "Les joints du caveau", "words": "Chaux naturelle, ton pierre."}
    values |= {"expected_on": (at - 7 * DAY).date()}
    joints = acts.prepare_deliverable(site, values=values, by=stone, at=at - 9 * DAY)
    part = acts.write_billing(
        site, label="Maçonnerie, joints du caveau", cents=964_000, rate=1000, deliverable=joints.public_id,
        by=stone, at=at - 9 * DAY,
    )  # fmt: skip
    acts.show_deliverable(joints, by=stone, at=at - 8 * DAY)
    reserve = acts.raise_reserve(joints, link, text="Deux joints creux près de l’escalier", at=at - 7 * DAY)
    acts.answer_deliverable(joints, link, outcome="reserved", at=at - 7 * DAY)
    acts.ask_deposit(part, cents=868_000, by=stone, at=at - 6 * DAY)
    acts.say_put_right(reserve, said_so="Joints repris mardi, à voir sur place.", by=stone, at=at - 2 * DAY)
    values = {"lot": lots[1].public_id, "title": "La charpente du versant nord", "words": "Pannes en chêne, à voir."}
    acts.show_deliverable(acts.prepare_deliverable(site, values=values, by=roof, at=at - 3 * DAY), by=roof, at=at - DAY)
    change = acts.ask_change(site, text="Une prise étanche de plus près du pressoir", link=link, at=at - 3 * DAY)
    acts.price_change(change, lot=lots[3].public_id, cents=18_600, days=1, by=yann, at=at - 2 * DAY)

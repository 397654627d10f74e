"""What « Bois & Pierre » offers in the demo: a tender half-way, an offer at a client’s, a common purchase, a radar."""

import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

from cordee.demo.stories import DAY, HOUR, acting, seat
from cordee.directory.models import Company
from cordee.ground.people.acts import know_person
from cordee.ground.people.models import Actor
from cordee.groupings.models import Grouping
from cordee.offers import acts
from cordee.offers.models import Bid, BidPart
from cordee.offers.reads.radar import watchers

WOOD, FRAME, STONE, WIRES = "Menuiserie Fabrègues", "Charpente Roques", "Pierres du Larzac", "Nouvel Électricité"
NOTE = {
    "market": "Rénovation de bâtiments publics anciens, cœur d’Hérault", "competitors": [], "smaller": "no",
    "smaller_why": "Quatre métiers demandés ; personne n’en a deux.", "share": 200, "bidders": 800, "rivals_left": 7,
    "gains": "Un seul interlocuteur, un seul planning, six semaines de moins.",
    "information": "Plannings et plans. Les prix, à l’assembleur seul.", "free": "yes", "limited": "yes", "lawyer": "",
}  # fmt: skip


def offered_together(*, at: datetime) -> None:
    """The bids and the common purchase of the groupement that restores old buildings."""
    grouping = Grouping.objects.get(name__startswith="Bois & Pierre")
    a_tender(grouping, at=at)
    a_private_offer(grouping, at=at)
    a_common_purchase(grouping, at=at)
    a_radar(at=at)


def ready(bid: Bid, names: tuple[str, ...], *, lawyer: str = "", at: datetime) -> None:
    """Roles, and the note that everybody signs."""
    lead = acting(bid.grouping, WOOD)
    know_person("sylvie.mercier@comptable.example", name="Sylvie Mercier", by=lead, at=at)
    acts.name_roles(
        bid, lead=seat(bid.grouping, WOOD), assembler="sylvie.mercier@comptable.example",
        contact=seat(bid.grouping, WOOD), deputy=seat(bid.grouping, FRAME), by=lead, at=at,
    )  # fmt: skip
    members = {
        seat(bid.grouping, name).public_id: {"alone": "no", "why": "Un seul des métiers demandés."} for name in names
    }
    acts.write_note(bid, answers={**NOTE, "members": members, "lawyer": lawyer}, version=1, by=lead, at=at + 2 * HOUR)
    for number, name in enumerate(names, 1):
        acts.sign_note(bid, by=acting(bid.grouping, name), at=at + number * 5 * HOUR)


def priced(part: BidPart, name: str, lines: tuple[tuple[str, str, int, int], ...], *, at: datetime) -> None:
    rows = [acts.Priced(*line) for line in lines]
    acts.price_part(part, lines=rows, by=acting(part.bid.grouping, name), at=at)


def a_tender(grouping: Grouping, *, at: datetime) -> None:
    """The covered market of Lodève: four lots, two parts priced, a paper that a member still owes."""
    by, company = acting(grouping, WOOD), Company.objects.get(name=WOOD)
    lots = [
        acts.HandLot("Reprise des maçonneries de pierre", "taille-pierre", 18_400_000),
        acts.HandLot("Charpente et plancher bois", "charpente-bois", 22_650_000),
        acts.HandLot("Menuiseries extérieures", "menuiserie-bois", 9_720_000),
        acts.HandLot("Électricité, éclairage", "electricite", 7_180_000),
    ]
    need = acts.write_need(
        title="Rénovation de la halle de Lodève", client="Commune de Lodève", deadline=at + 24 * DAY,
        deadline_has_hour=True, where=None, lots=lots, company=company, by=Actor(by.person), at=at - 9 * DAY,
        description="Halle couverte de 1890 : reprise des maçonneries, charpente, menuiseries, éclairage.",
    )  # fmt: skip
    acts.look_together(need, grouping, by=by, at=at - 9 * DAY)
    bid = acts.open_bid(grouping, kind="tender", need=need, by=by, at=at - 8 * DAY)
    acts.set_terms(bid, values={"liability": "conjoint", "lead_liable": True}, version=1, by=by, at=at - 8 * DAY)
    acts.ask_requirement(bid, kind="turnover", minimum=80_000_000, by=by, at=at - 8 * DAY)
    acts.ask_requirement(bid, kind="references", minimum=3, by=by, at=at - 8 * DAY)
    parts = {}
    days = {STONE: 35, FRAME: 25, WOOD: 15, WIRES: 12}
    for (name, length), lot in zip(days.items(), need.lots.all(), strict=True):
        values = {"tasks": str(lot.title), "days": length}
        parts[name] = acts.take_part(
            bid, title=lot.title, lot=lot, values=values, by=acting(grouping, name), at=at - 7 * DAY
        )
    ready(bid, tuple(days), at=at - 6 * DAY)
    priced(
        parts[WOOD],
        WOOD,
        (("Fenêtre chêne, vitrage isolant", "u", 1400, 186_400), ("Porte à deux vantaux", "u", 200, 412_000)),
        at=at - 3 * DAY,
    )
    priced(
        parts[FRAME],
        FRAME,
        (("Poutres de chêne", "m³", 1850, 289_000), ("Plancher", "m²", 24_000, 11_850)),
        at=at - 2 * DAY,
    )
    _papers(grouping, at=at)
    question = acts.ask_question(
        bid, "La halle reste-t-elle ouverte au marché du samedi ?", by=acting(grouping, FRAME), at=at - 4 * DAY
    )
    acts.answer_question(question, "Oui, côté nord, pendant tout le chantier.", by=by, at=at - 2 * DAY)
    acts.ask_question(bid, "Une visite est-elle obligatoire avant la remise ?", by=acting(grouping, WIRES), at=at - DAY)
    acts.finish_step(bid, "go", by=by, at=at - 6 * DAY)
    acts.finish_step(bid, "check", by=by, at=at - 5 * DAY)
    acts.log_exchange(
        bid, level="C3", what="Relevé de la charpente existante", to=STONE, by=acting(grouping, FRAME),
        why="Caler les reprises de pierre sous les appuis", at=at - 3 * DAY,
    )  # fmt: skip
    acts.put_in_room(
        bid, title="Charge de l’atelier jusqu’en été", text="Deux équipes prises en mai ; libres de juin à août.",
        by=acting(grouping, STONE), at=at - 2 * DAY,
    )  # fmt: skip


def _papers(grouping: Grouping, *, at: datetime) -> None:
    """Insurances of each; one ends before the deadline, one is still to come."""
    ends = {WOOD: (320, 320), FRAME: (200, 200), STONE: (12, 300), WIRES: (None, 250)}
    for name, (insured, ten_years) in ends.items():
        company, by = Company.objects.get(name=name), acting(grouping, name)
        for kind, days in (("insurance", insured), ("ten_year", ten_years)):
            if days is not None:
                file = SimpleUploadedFile("attestation.pdf", b"%PDF-1.4 attestation d'assurance")
                acts.add_paper(
                    company, kind=kind, amount_cents=200_000_000, issued=(at - 40 * DAY).date(),
                    valid_to=(at + days * DAY).date(), file=file, by=Actor(by.person), at=at - 5 * DAY,
                )  # fmt: skip
        turnover = {WOOD: 96_000_000, FRAME: 132_000_000, STONE: 78_000_000, WIRES: 61_000_000}[name]
        acts.note_figure(
            company, year=at.year - 1, turnover_cents=turnover, staff=9, by=Actor(by.person), at=at - 5 * DAY
        )
        if name != WIRES:
            values = {"kind": "ten-year", "insurer": "Mutuelle des bâtisseurs", "number": f"D-{turnover // 1_000_000}"}
            values |= {
                "start": (at - 100 * DAY).date(),
                "end": (at + 265 * DAY).date(),
                "scope": "Travaux neufs et rénovation",
            }
            proof = SimpleUploadedFile("decennale.pdf", b"%PDF-1.4 attestation d'assurance")
            acts.add_guarantee(company, values=values, proof=proof, by=Actor(by.person), at=at - 5 * DAY)
    for name, what, client, cents in (
        (STONE, "Façade de la chapelle Saint-Fulcran", "Commune de Lodève", 14_200_000),
        (FRAME, "Charpente de la cave coopérative", "Cave de Montpeyroux", 19_850_000),
        (WOOD, "Menuiseries du presbytère", "Commune de Gignac", 6_480_000),
    ):
        values = {"what": what, "client": client, "amount_cents": cents, "end": (at - 400 * DAY).date()}
        acts.add_reference(
            Company.objects.get(name=name), values=values, by=Actor(acting(grouping, name).person), at=at - 5 * DAY
        )


def a_private_offer(grouping: Grouping, *, at: datetime) -> None:
    """The extension of a house: base and with the terrace, one price; the base is at the client's."""
    by, when = acting(grouping, WOOD), at - 12 * DAY
    for name, values in (
        (WOOD, {"title": "Pose de fenêtres bois", "days": 4, "vat": 550, "bundle": "Isolation"}),
        (FRAME, {"title": "Extension à ossature bois", "days": 18, "vat": 1000}),
        (STONE, {"title": "Soubassement en pierre", "days": 8, "vat": 1000}),
        (WIRES, {"title": "Éclairage de terrasse", "days": 2, "vat": 1000, "optional": True}),
    ):
        acts.add_to_catalogue(grouping, values=values, by=acting(grouping, name), at=when)
    bid = acts.open_bid(
        grouping,
        kind="offer",
        title="Extension bois et pierre, clé en main",
        client="Odile et Marc Serra",
        by=by,
        at=when,
    )
    terms = {
        "client_address": "3 rue Haute, 34800 Clermont-l’Hérault", "liability": "conjoint", "building": True,
        "mission": "Transmettre les avis du client, coordonner le planning, tenir les réunions.",
        "starts_on": (at + 60 * DAY).date(), "valid_days": 45,
        "conditions": "30 % à la commande, 40 % à la couverture, le solde à la réception.",
    }  # fmt: skip
    acts.set_terms(bid, values=terms, version=1, by=by, at=when)
    parts: dict[str, BidPart] = {}
    for name, title, days, vat, optional in (
        (STONE, "Fondations et soubassement en pierre", 10, 1000, False),
        (FRAME, "Ossature, charpente et couverture", 18, 1000, False),
        (WOOD, "Fenêtres et porte, bois et triple vitrage", 4, 550, False),
        (WIRES, "Électricité de l’extension", 5, 1000, False),
    ):
        after = [part.public_id for part in list(parts.values())[-1:]]
        values = {"tasks": title, "days": days, "vat": vat, "optional": optional, "after": after}
        parts[name] = acts.take_part(bid, title=title, values=values, by=acting(grouping, name), at=when + DAY)
    extra = acts.take_part(
        bid, title="Éclairage de la terrasse", by=acting(grouping, WIRES), at=when + DAY,
        values={"tasks": "Six bornes", "days": 2, "vat": 1000, "optional": True, "after": [parts[WIRES].public_id]},
    )  # fmt: skip
    ready(bid, (STONE, FRAME, WOOD, WIRES), at=when + 2 * DAY)
    priced(parts[STONE], STONE, (("Soubassement", "m²", 4200, 31_500),), at=when + 4 * DAY)
    priced(parts[FRAME], FRAME, (("Ossature et charpente", "m²", 3800, 68_400),), at=when + 4 * DAY)
    priced(parts[WOOD], WOOD, (("Fenêtre", "u", 500, 142_000),), at=when + 4 * DAY)
    priced(parts[WIRES], WIRES, (("Installation", "ens", 100, 486_000),), at=when + 4 * DAY)
    priced(extra, WIRES, (("Borne", "u", 600, 21_500),), at=when + 4 * DAY)
    base = [part.public_id for part in parts.values()]
    sent = acts.make_variant(bid, title="La base", parts=base, by=by, at=when + 5 * DAY)
    acts.make_variant(bid, title="Avec la terrasse éclairée", parts=[*base, extra.public_id], by=by, at=when + 5 * DAY)
    acts.send_offer(sent, email="odile.serra@client.example", name="Odile Serra", by=by, at=when + 6 * DAY)
    acts.write_to_client(
        bid,
        subject="Une visite cette semaine ?",
        text="Nous pouvons passer jeudi à 9 h mesurer la façade.",
        by=by,
        at=when + 7 * DAY,
    )


def a_common_purchase(grouping: Grouping, *, at: datetime) -> None:
    """Wood-fibre insulation bought together: the second tier is reached, the third is near."""
    pool = acts.open_volume(
        grouping, title="Isolant en fibre de bois, 145 mm", unit="m²", tiers=[(1, 2_480), (300, 2_190), (800, 1_960)],
        per_day=120, closes_on=(at + 20 * DAY).date(), by=acting(grouping, FRAME), at=at - 6 * DAY,
    )  # fmt: skip
    for name, quantity in ((FRAME, 380), (WOOD, 160), (STONE, 90)):
        acts.pledge_volume(pool, quantity, by=acting(grouping, name), at=at - 4 * DAY)


def a_radar(*, at: datetime) -> None:
    """Claire's radar: the notice of the school, and what its buyer awarded before."""
    company, by = Company.objects.get(name=WOOD), acting(Grouping.objects.get(name__startswith="Bois & Pierre"), WOOD)
    partners = [Company.objects.get(name=name).public_id for name in (FRAME, STONE)]
    values = {"trades": [], "departments": ["34"], "partners": partners}
    acts.set_profile(company, values=values, by=Actor(by.person), at=at - 10 * DAY)
    rows = [
        {
            "uid": f"demo-{number}", "acheteur_nom": "Commune de Paulhan", "objet": what, "codeCPV": "45210000",
            "montant": amount, "dateNotification": (at - timedelta(days=200 + 90 * number)).date().isoformat(),
            "acheteur_departement_code": "34", "titulaire_id": siren, "titulaire_nom": name,
        }
        for number, (what, amount, winners) in enumerate(
            (
                ("Extension de la médiathèque", "412000", ((1, "Bâti Clermontais"), (2, "Toitures du Lac"))),
                ("Vestiaires du stade", "186500", ((3, "Constructions Orb"),)),
                ("Crèche des Lavandes", "638000", ((4, "Murs & Co"), (5, "Élec Paulhan"), (6, "Bois d’Oc"))),
            )
        )
        for siren, name in ((f"00099{one}00{one}00011", who) for one, who in winners)
    ]  # fmt: skip
    acts.take_awards(rows, source="demo", at=at - 3 * DAY)
    notice = (Path(__file__).parent / "avis.xml").read_text(encoding="utf-8")
    for mark, day in {"@DEADLINE@": at + 33 * DAY, "@ISSUED@": at - 4 * DAY}.items():
        notice = notice.replace(mark, day.strftime("%Y-%m-%d"))
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "avis.xml").write_text(notice, encoding="utf-8")
        sweep = acts.start_sweep(folder, at=at - HOUR)
    radar, profiles = watchers()
    while acts.sweep_next(sweep, radar, profiles, at=at - HOUR) is not None:
        pass
    acts.finish_sweep(sweep, at=at - HOUR)

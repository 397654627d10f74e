"""The doors of the common costs."""

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localtime

from cordee.engines.ledger import Line
from cordee.ground.files.models import Document
from cordee.ground.kit.clock import now
from cordee.money import acts
from cordee.money.models import CostPool, Invoice, Ledger, ReceivedInvoice, Transfer
from tests.doors import MEMBERS_ONLY, SIGN_IN, SIGNED_IN, Door
from tests.factories import siren
from tests.people import World


def pool(world: World, *, adopted: bool = False) -> CostPool:
    """A pool with two lines, all paid by Aude; with its key where it is asked for."""
    by, at = world.actor("aude"), now()
    made = acts.open_pool(world.grouping, title="Stand du salon", unit="m²", by=by, at=at)
    acts.add_line(made, label="Emplacement", cents=540_000, paid_by=world.seats["aude"], by=by, at=at)
    acts.add_line(made, label="Mobilier", cents=318_001, paid_by=world.seats["bruno"], by=by, at=at)
    if adopted:
        ballot = acts.propose_key(made, kind="equal", by=by, at=at)
        key = made.keys.get(public_id=ballot.resolution.effect_on.rpartition("/")[2])
        acts.adopt_key(key, by_decision=f"governance/resolution/{ballot.resolution.public_id}", by=by, at=at)
    return made


def some_pool(world: World) -> list[Any]:
    return [pool(world).public_id]


def voted_pool(world: World) -> list[Any]:
    return [pool(world, adopted=True).public_id]


def some_line(world: World) -> list[Any]:
    made = pool(world)
    return [made.public_id, made.lines.first().public_id]


def some_transfer(world: World) -> list[Any]:
    """A payment that concerns both Aude, who receives, and another company; Bruno receives less than he owes."""
    made = pool(world, adopted=True)
    found = acts.settle_pool(made, by=world.actor("aude"), at=now())
    return [made.public_id, found[0].public_id]


def books(world: World) -> Ledger:
    """The books of an entity, with one entry that concerns Bruno."""
    by, at = world.actor("aude"), now()
    made = acts.open_ledger(world.grouping, form="gie", name="GIE Bois & Pierre", siren=siren(7), by=by, at=at)
    lines = [Line("411000", 12_000, world.seats["bruno"].public_id), Line("706000", -12_000)]
    acts.post_entry(made, journal="VE", day=at.date(), piece="F1", label="Étude", lines=lines, by=by, at=at)
    return made


def some_books(world: World) -> list[Any]:
    books(world)
    return [world.grouping.public_id]


def some_entry(world: World) -> list[Any]:
    return [books(world).entries.get().public_id]


def reviewed_line(world: World) -> list[Any]:
    """A line that Bruno may approve, and Aude, who wrote it, may not."""
    by, at = world.actor("aude"), now()
    made = acts.open_pool(world.grouping, title="Stand", review_days=7, by=by, at=at)
    line = acts.add_line(made, label="Badges", cents=100, paid_by=world.seats["aude"], by=by, at=at)
    return [made.public_id, line.public_id]


def contested(world: World) -> list[Any]:
    found = reviewed_line(world)
    return [found[0], "depense", found[1]]


def some_dispute(world: World) -> list[Any]:
    """Raised by Bruno: Aude answers, Bruno accepts."""
    pool, line = reviewed_line(world)
    row = CostPool.objects.get(public_id=pool).lines.get(public_id=line)
    return [pool, acts.raise_dispute(row, reason="Non.", by=world.actor("bruno"), at=now()).public_id]


def with_receipt(world: World) -> list[Any]:
    made = pool(world)
    bill = SimpleUploadedFile("facture.pdf", b"%PDF-1.7 rien")
    line = acts.add_line(
        made,
        label="Badges",
        cents=100,
        paid_by=world.seats["aude"],
        receipt=bill,
        by=world.actor("aude"),
        at=now(),
    )
    return [made.public_id, line.public_id]


def budgeted(world: World) -> list[Any]:
    made = pool(world)
    acts.add_heading(made, label="Place", planned_cents=1000, by=world.actor("aude"), at=now())
    return [made.public_id]


def some_commitment(world: World) -> list[Any]:
    found = CostPool.objects.get(public_id=budgeted(world)[0])
    by = world.actor("aude")
    made = acts.make_commitment(found.headings.get(), label="Devis", cents=500, by=by, at=now())
    return [found.public_id, made.public_id]


def some_recurring(world: World) -> list[Any]:
    made, at = pool(world), now()
    each = acts.add_recurring(
        made,
        label="Local",
        cents=100,
        paid_by=world.seats["aude"],
        every_months=1,
        first_on=at.date(),
        by=world.actor("aude"),
        at=at,
    )
    return [made.public_id, each.public_id]


def part_of(name: str) -> Callable[[World], list[Any]]:
    def make(world: World) -> list[Any]:
        made, at = pool(world), now()
        call = acts.call_funds(
            made,
            title="Arrhes",
            cents=1000,
            due_on=at.date(),
            held_by=world.seats["aude"],
            by=world.actor("aude"),
            at=at,
        )
        return [made.public_id, call.parts.get(seat=world.seats[name]).public_id]

    return make


def invoice(world: World, *, issued: bool = False) -> Invoice:
    """A draft of Aude's, or an issued invoice."""
    by, at = world.actor("aude"), now()
    acts.note_identity(world.grouping, values=IDENTITY, by=by, at=at)
    lines = [acts.DraftLine("Lot 3", 10_000_000)]
    made = acts.draft_invoice(world.seats["aude"], lines=lines, buyer=BUYER, due=at.date(), by=by, at=at)
    return acts.issue_invoice(made, by=by, at=at) if issued else made


def some_draft(world: World) -> list[Any]:
    return [invoice(world).public_id]


def some_issued(world: World) -> list[Any]:
    return [invoice(world, issued=True).public_id]


def some_joint(world: World) -> list[Any]:
    return [world.grouping.public_id, invoice(world, issued=True).public_id]


def some_mandate(world: World) -> list[Any]:
    seats = world.seats
    made = acts.give_mandate(seats["aude"], holder=seats["bruno"], by=world.actor("aude"), at=now())
    return [world.grouping.public_id, made.public_id]


IDENTITY = {
    "vat_number": "FR11123456782",
    "legal": "SARL au capital de 20 000 €, RCS Montpellier 123 456 782",
    "street": "3 rue du Rabot",
    "postcode": "34000",
    "city": "Montpellier",
    "issues_here": True,
}
BUYER = {
    "name": "Ville de Sète",
    "siren": "213403017",
    "street": "20 rue Paul-Valéry",
    "postcode": "34200",
    "city": "Sète",
}


def some_works(world: World) -> list[Any]:
    by, at = world.actor("aude"), now()
    posts = [acts.PostGiven("Charpente", 1_000_000)]
    acts.note_identity(world.grouping, values=IDENTITY, by=by, at=at)
    made = acts.open_works(world.seats["aude"], title="Gymnase", buyer=BUYER, posts=posts, by=by, at=at)
    return [made.public_id]


def with_bill(world: World) -> list[Any]:
    made = pool(world)
    line = made.lines.first()
    said = {"seller": "Bennes SARL", "number": "F-7", "net_cents": 100, "gross_cents": 120, "profile": "EN 16931"}
    line.receipt = Document.objects.create(
        digest="0" * 64, size=1, name="f.xml", kind="xml", book=world.grouping.book, by=world.aude, at=now()
    )
    line.save(update_fields=["receipt"])
    ReceivedInvoice.objects.create(line=line, valid=True, **said)
    return [made.public_id, line.public_id]


def here(world: World) -> list[Any]:
    return [world.grouping.public_id]


def some_movement(world: World) -> list[Any]:
    """A movement of Aude's statement: Bruno finds nothing."""
    some_transfer(world)
    cents = Transfer.objects.first().cents
    text = f"Date;Libelle;Montant\n12/03/2026;CHARPENTE MASSON ATELIER ROUX BLANC;{cents // 100},{cents % 100:02d}\n"
    seat = world.seats["aude"]
    found = acts.bring_statement(
        seat, SimpleUploadedFile("releve.csv", text.encode()), by=world.actor("aude"), at=now()
    )
    return [world.grouping.public_id, found.rows.get().public_id]


def some_payment(world: World) -> list[Any]:
    """A payment of an invoice of Aude's: Bruno finds nothing."""
    made, at = invoice(world, issued=True), now()
    acts.mark_paid(made, on=localtime(at).date(), by=world.actor("aude"), at=at)
    return [made.public_id, made.payments.get().public_id]


def shared_out(world: World) -> list[Any]:
    pool(world, adopted=True)
    return here(world)


def some_final(world: World) -> list[Any]:
    """Aude's own: Bruno may not read it."""
    pool(world, adopted=True)
    final = acts.draw_final_account(world.seats["aude"], by=world.actor("aude"), at=now())
    return [world.grouping.public_id, final.public_id]


def some_post(world: World) -> list[Any]:
    post = acts.open_post(
        world.grouping,
        kind="employee",
        title="Qualiticienne",
        employer=world.seats["aude"],
        costs={"gross": 100},
        billable=100,
        vat_rate=0,
        by=world.actor("aude"),
        at=now(),
    )
    return [post.public_id]


ACT = (302, 302, 404, 404, SIGN_IN)
TREASURY = (302, 403, 404, 404, SIGN_IN)
DOORS = [
    Door("money:project_costs", MEMBERS_ONLY, lambda world: [world.grouping.public_id]),
    Door(
        "money:bring_project_cost",
        (404, 404, 404, 404, SIGN_IN),
        lambda world: [world.grouping.public_id],
        "post",
        {"source": "none", "pool": "none"},
    ),
    Door(
        "money:draft_project_cost",
        (404, 404, 404, 404, SIGN_IN),
        lambda world: [world.grouping.public_id],
        "post",
        {"source": "none"},
    ),
    Door("money:list", SIGNED_IN),
    Door("money:new", MEMBERS_ONLY, lambda world: [world.grouping.public_id]),
    Door("money:pool", MEMBERS_ONLY, some_pool),
    Door("money:add_line", ACT, some_pool, "post", {"label": "Badges", "cents": "12,50"}),
    Door("money:strike_line", (302, 403, 404, 404, SIGN_IN), some_line, "post"),
    Door("money:note_use", ACT, some_pool, "post", {"version": "1"}),
    Door("money:propose_key", ACT, some_pool, "post", {"cle": "equal"}),
    Door("money:settle", (302, 403, 404, 404, SIGN_IN), voted_pool, "post"),
    Door("money:why", MEMBERS_ONLY, voted_pool),
    Door("money:all_invoices", SIGNED_IN),
    Door("money:check_invoice", SIGNED_IN),
    Door("money:invoices", MEMBERS_ONLY, lambda world: [world.grouping.public_id]),
    Door("money:invoice_new", MEMBERS_ONLY, lambda world: [world.grouping.public_id]),
    Door("money:identity", MEMBERS_ONLY, lambda world: [world.grouping.public_id]),
    Door("money:invoice", (200, 404, 404, 404, SIGN_IN), some_draft),
    Door("money:invoice_file", (200, 404, 404, 404, SIGN_IN), lambda world: [*some_issued(world), "pdf"]),
    Door("money:invoice_do", (302, 404, 404, 404, SIGN_IN), lambda world: [*some_draft(world), "emettre"], "post"),
    Door("money:strike_payment", (302, 404, 404, 404, SIGN_IN), some_payment, "post"),
    Door("money:give_mandate", (422, 422, 404, 404, SIGN_IN), lambda world: [world.grouping.public_id], "post"),
    Door("money:end_mandate", (302, 403, 404, 404, SIGN_IN), some_mandate, "post"),
    Door("money:ledgers", SIGNED_IN),
    Door("money:ledger", MEMBERS_ONLY, some_books),
    Door("money:ledger_new", MEMBERS_ONLY, lambda world: [world.grouping.public_id]),
    Door("money:entry_new", MEMBERS_ONLY, some_books),
    Door("money:entry", MEMBERS_ONLY, some_entry),
    Door("money:reverse_entry", TREASURY, some_entry, "post", {"day": "2027-01-05", "why": "doublon"}),
    Door("money:close_period", TREASURY, some_books, "post", {"until": "2026-01-31"}),
    Door("money:open_year", (409, 403, 404, 404, SIGN_IN), lambda w: [*some_books(w), 2027], "post"),
    Door("money:take_balance", (422, 422, 404, 404, SIGN_IN), some_books, "post"),
    Door("money:statement", MEMBERS_ONLY, lambda w: [*some_books(w), w.seats["bruno"].public_id]),
    Door("money:ledger_export", MEMBERS_ONLY, lambda w: [*some_books(w), "archive"]),
    Door("money:receipt", MEMBERS_ONLY, with_receipt),
    Door("money:approve_line", (403, 302, 404, 404, SIGN_IN), reviewed_line, "post"),
    Door("money:dispute", ACT, contested, "post", {"raison": "Deux fois la même."}),
    Door("money:answer", (302, 403, 404, 404, SIGN_IN), some_dispute, "post", {"reponse": "Non."}),
    Door("money:end", (403, 302, 404, 404, SIGN_IN), some_dispute, "post", {"issue": "accepted"}),
    Door("money:keys", MEMBERS_ONLY, some_pool),
    Door("money:note_figures", ACT, some_pool, "post", {"version": "1", "floor": "10"}),
    Door("money:describe_game", ACT, some_pool, "post", {"game": "stand", "price": "200"}),
    Door("money:budget", MEMBERS_ONLY, budgeted),
    Door("money:add_heading", ACT, some_pool, "post", {"poste-label": "Repas", "poste-planned_cents": "12"}),
    Door("money:propose_budget", ACT, budgeted, "post"),
    Door("money:make_commitment", (422, 422, 404, 404, SIGN_IN), budgeted, "post"),
    Door("money:close_commitment", (302, 403, 404, 404, SIGN_IN), some_commitment, "post"),
    Door("money:add_recurring", (422, 422, 404, 404, SIGN_IN), some_pool, "post"),
    Door("money:stop_recurring", (302, 403, 404, 404, SIGN_IN), some_recurring, "post"),
    Door(
        "money:propose_rate",
        ACT,
        some_pool,
        "post",
        {"valeur-label": "Montage", "valeur-unit": "heure", "valeur-unit_cents": "45"},
    ),
    Door("money:add_contribution", (422, 422, 404, 404, SIGN_IN), some_pool, "post"),
    Door("money:add_advance", (422, 422, 404, 404, SIGN_IN), some_pool, "post"),
    Door("money:call_funds", (422, 422, 404, 404, SIGN_IN), some_pool, "post"),
    Door("money:declare_paid", (403, 302, 404, 404, SIGN_IN), part_of("bruno"), "post"),
    Door("money:receive_part", (302, 403, 404, 404, SIGN_IN), part_of("bruno"), "post"),
    Door("money:new_post", MEMBERS_ONLY, lambda world: [world.grouping.public_id]),
    Door("money:post", MEMBERS_ONLY, some_post),
    Door("money:post_year", MEMBERS_ONLY, lambda world: [*some_post(world), 2025]),
    Door("money:note_month", ACT, some_post, "post", {"month": "2026-03"}),
    Door("money:bill_month", (422, 422, 404, 404, SIGN_IN), some_post, "post", {"mois": "2026-03"}),
    Door("money:netting", MEMBERS_ONLY, here),
    Door("money:rates", SIGNED_IN),
    Door("money:works_new", MEMBERS_ONLY, here),
    Door("money:works", (200, 404, 404, 404, SIGN_IN), some_works),
    Door("money:site_new", (200, 404, 404, 404, SIGN_IN), some_works),
    Door("money:joint", (200, 404, 404, 404, SIGN_IN), some_joint),
    Door("money:joint_paper", (200, 404, 404, 404, SIGN_IN), some_joint),
    Door("money:rebill", MEMBERS_ONLY, some_pool),
    Door("money:import_bill", (422, 422, 404, 404, SIGN_IN), some_pool, "post"),
    Door("money:received", MEMBERS_ONLY, with_bill),
    Door("money:credit_part", (200, 404, 404, 404, SIGN_IN), some_issued),
    Door("money:final", (200, 404, 404, 404, SIGN_IN), lambda world: some_final(world)[1:]),
    Door("money:sign_final", (404, 404, 404, 404, SIGN_IN), lambda world: some_final(world)[1:], "post"),
    Door("money:finals", MEMBERS_ONLY, here),
    Door("money:draw_final", ACT, shared_out, "post"),
    Door("money:final_paper", (200, 404, 404, 404, SIGN_IN), some_final),
    Door("money:send_final", (302, 404, 404, 404, SIGN_IN), some_final, "post"),
    Door("money:bank", MEMBERS_ONLY, here),
    Door("money:give_account", (422, 422, 404, 404, SIGN_IN), here, "post", {"iban": "FR76"}),
    Door("money:payment_file", (302, 302, 404, 404, SIGN_IN), here),
    Door("money:bring_statement", (422, 422, 404, 404, SIGN_IN), here, "post"),
    Door("money:confirm_row", (302, 404, 404, 404, SIGN_IN), some_movement, "post"),
    Door("money:confirm", (302, 403, 404, 404, SIGN_IN), some_transfer, "post"),
]

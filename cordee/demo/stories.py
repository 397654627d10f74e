"""Three groupements at three stages: one that begins, one at work, one that has committed itself and settled."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from cordee.agreements import acts as agreements
from cordee.agreements.reads import document_of
from cordee.directory.models import Company
from cordee.governance import acts as governance
from cordee.governance.models import Ballot
from cordee.governance.reads import draft_question
from cordee.ground.people.acts import make_link
from cordee.ground.people.models import Actor, Clockwork
from cordee.ground.register.acts import address
from cordee.ground.signing import acts as signing
from cordee.ground.signing.reads import code_for
from cordee.groupings.acts import Invitee, accept_invitation, change_purpose, open_exchange, write_in_conversation
from cordee.groupings.models import Grouping, Invitation, Seat
from cordee.groupings.reads import actor_for
from cordee.journeys.acts import apply_decision, pass_gate
from cordee.money import acts as money

CLOCK = Clockwork()
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
People = dict[str, Actor]


def gather(
    people: People, names: Sequence[str], *, name: str, purpose: str, at: datetime, accepted: int | None = None
) -> Grouping:
    """An exchange opened by the first company; the others are invited, and as many as asked accept."""
    companies = [Company.objects.get(name=each) for each in names]
    invitees = [Invitee(people[each.name].person.email, people[each.name].person.name, each) for each in companies[1:]]
    grouping = open_exchange(
        name=name, purpose=purpose, host_company=companies[0], invitees=invitees,
        motives=("small", "means"), by=people[names[0]], at=at,
    )  # fmt: skip
    waiting = list(Invitation.objects.filter(grouping=grouping).order_by("pk"))
    for number, invitation in enumerate(waiting[: accepted if accepted is not None else len(waiting)], 1):
        link = make_link(
            invitation.person, purpose="invitation", subject=invitation, at=at, expires_at=invitation.expires_at
        )
        accept_invitation(invitation, link=link, at=at + number * 5 * HOUR)
    return grouping


def seat(grouping: Grouping, company: str) -> Seat:
    """The seat of a company, by its name."""
    return Seat.objects.select_related("holder", "grouping", "company").get(grouping=grouping, company__name=company)


def acting(grouping: Grouping, company: str) -> Actor:
    """The leader of a company, acting for its seat."""
    one = seat(grouping, company)
    return actor_for(one.holder, one)


def decide(ballot: Ballot, choices: dict[str, str], *, by: Actor, at: datetime) -> None:
    """Everybody who has a voice votes; the vote is closed and takes effect."""
    voters = ballot.voters.filter(withdrawn_at=None).select_related("seat__holder", "seat__company").order_by("pk")
    for number, voter in enumerate(voters, 1):
        choice = choices.get(voter.seat.company.name, "for")
        who = actor_for(voter.seat.holder, voter.seat)
        governance.cast_vote(ballot, seat=voter.seat, choice=choice, by=who, at=at + number * HOUR)
    governance.close_ballot(ballot, by=by, at=at + 30 * HOUR)
    if ballot.resolution.effect:
        apply_decision(ballot.resolution, at=at + 30 * HOUR)


def asked(where: str, choices: dict[str, str], *, by: Actor, at: datetime) -> datetime:
    """Decide the ballot at this address, which a tool of a project opened; when it is over."""
    decide(Ballot.objects.get(public_id=where.rpartition("/")[2]), choices, by=by, at=at)
    return at + 30 * HOUR


def ask(
    grouping: Grouping, effect: str, *, on: str = "", extra: str = "", by: Actor, at: datetime, days: int = 7
) -> Ballot:
    """One of the questions that the life of a grouping asks, in its usual words."""
    draft = draft_question(grouping, effect)
    kind = {"rules": "rules_amendment"}.get(effect, "ordinary")
    text = "\n".join(part for part in (extra, draft.initial.get("text", "")) if part)
    return governance.propose_resolution(
        grouping, title=draft.initial["title"], text=text, decision_type=kind, closes_at=at + days * DAY,
        effect=effect, effect_on=on, by=by, at=at,
    )  # fmt: skip


def write(grouping: Grouping, company: str, text: str, *, at: datetime) -> None:
    """Somebody writes in the conversation."""
    write_in_conversation(grouping, text, by=acting(grouping, company), at=at)


def purpose(grouping: Grouping, *, by: Actor, at: datetime, **values: str) -> None:
    """Somebody writes what the grouping is for, and when it will be over."""
    grouping.refresh_from_db()
    change_purpose(grouping, version=grouping.version, values=values, by=by, at=at)


def lively_collective(people: People, now: datetime) -> Grouping:
    """« Bois & Pierre du Lodévois » : five companies at work, a vote that awaits, accounts to share."""
    start = now - 64 * DAY
    names = ("Menuiserie Fabrègues", "Charpente Roques", "Pierres du Larzac", "Nouvel Électricité", "Couverture Saltel")
    words = (
        "Répondre ensemble à la rénovation de bâtiments anciens, de Lodève à Gignac, "
        "sans passer par une entreprise générale."
    )
    grouping = gather(people, names, name="Bois & Pierre du Lodévois", purpose=words, at=start)
    lead = acting(grouping, names[0])
    write(
        grouping, names[0], "Merci d’être venus. On se voit mardi à la salle des fêtes de Lodève ?", at=start + 2 * DAY
    )
    write(
        grouping,
        names[3],
        "D’accord pour mardi. J’apporte la liste des chantiers publics de l’an dernier.",
        at=start + 3 * DAY,
    )
    purpose(
        grouping, by=lead, at=start + 10 * DAY,
        end_condition="Trois marchés gagnés ensemble, ou deux ans sans en gagner un.",
        necessity="Aucun de nous ne peut tenir seul plus de deux lots d’un même chantier.",
    )  # fmt: skip
    pass_gate(grouping, to="collective", by=lead, at=start + 14 * DAY)
    decide(ask(grouping, "rules", by=lead, at=start + 16 * DAY), {}, by=lead, at=start + 16 * DAY)
    named = ask(
        grouping, "coordinator", on=address(seat(grouping, names[0])),
        extra="Menuiserie Fabrègues est désignée mandataire du groupement.",
        by=acting(grouping, names[1]), at=start + 20 * DAY,
    )  # fmt: skip
    decide(named, {"Couverture Saltel": "abstain"}, by=lead, at=start + 20 * DAY)
    pool = money.open_pool(grouping, title="Réponse au groupe scolaire", unit="jours", by=lead, at=now - 6 * DAY)
    for label, cents, company in (
        ("Relevé et métrés", 164_000, names[0]),
        ("Mémoire technique, mise en page", 86_500, names[3]),
        ("Déplacements, visite du site", 24_820, names[1]),
    ):
        by = acting(grouping, company)
        money.add_line(pool, label=label, cents=cents, paid_by=seat(grouping, company), by=by, at=now - 5 * DAY)
    pool.refresh_from_db()
    figures = zip(names, (600, 500, 350, 300, 200), (98_000, 91_000, 84_000, 72_000, 70_000), strict=True)
    rows = {seat(grouping, name).public_id: (use, alone) for name, use, alone in figures}
    money.note_use(pool, rows=rows, version=pool.version, by=lead, at=now - 4 * DAY)
    ballot = governance.propose_resolution(
        grouping,
        title="Choisir l’assurance décennale du groupement",
        text="Retenir le contrat d’Aubrac Assurances pour garantir dix ans les chantiers menés ensemble : 2 340,00 € "
        "pour l’année, soit 468,00 € par entreprise, franchise de 1 500,00 € par sinistre.",
        decision_type="budget",
        closes_at=(now + 2 * DAY).replace(minute=0, second=0, microsecond=0),
        by=lead,
        at=now - 3 * DAY,
    )
    for company, choice in ((names[1], "for"), (names[2], "for")):
        who = acting(grouping, company)
        governance.cast_vote(ballot, seat=seat(grouping, company), choice=choice, by=who, at=now - 2 * DAY)
    return grouping


def committed_stand(people: People, start: datetime) -> Grouping:
    """« Stand Habitat de Béziers » : four companies that signed, shared their costs and settled."""
    names = ("Alu Ouvertures 34", "Peinture Sanchis", "Sols Méditerranée", "Plâtrerie Lacan")
    words = "Tenir ensemble un stand au salon de l’habitat de Béziers, et rénover des appartements lot par lot."
    grouping = gather(people, names, name="Stand Habitat de Béziers", purpose=words, at=start)
    lead = acting(grouping, names[0])
    purpose(
        grouping, by=lead, at=start + 4 * DAY, end_condition="Après deux éditions du salon.",
        necessity="Un stand de 36 m² coûte 11 500 € : aucun de nous ne le prendrait seul.",
    )  # fmt: skip
    pass_gate(grouping, to="collective", by=lead, at=start + 5 * DAY)
    decide(ask(grouping, "rules", by=lead, at=start + 6 * DAY), {}, by=lead, at=start + 6 * DAY)
    extra = "Alu Ouvertures 34 est désignée mandataire du groupement."
    named = ask(grouping, "coordinator", on=address(seat(grouping, names[0])), extra=extra, by=lead, at=start + 8 * DAY)
    decide(named, {}, by=lead, at=start + 8 * DAY)
    pool = money.open_pool(grouping, title="Stand du salon de l’habitat", unit="m²", by=lead, at=start + 10 * DAY)
    for label, cents, company in (
        ("Emplacement, 36 m²", 540_000, names[0]),
        ("Structure et mobilier", 318_000, names[1]),
        ("Électricité et assurance", 74_240, names[0]),
        ("Panneaux et impression", 126_560, names[2]),
        ("Accueil et repas", 91_200, names[3]),
    ):
        by = acting(grouping, company)
        money.add_line(pool, label=label, cents=cents, paid_by=seat(grouping, company), by=by, at=start + 12 * DAY)
    figures = zip(names, (900, 1500, 600, 600), (415_000, 590_000, 310_000, 335_000), strict=True)
    rows = {seat(grouping, name).public_id: (use, alone) for name, use, alone in figures}
    pool.refresh_from_db()
    money.note_use(pool, rows=rows, version=pool.version, by=lead, at=start + 13 * DAY)
    decide(money.propose_key(pool, kind="use", by=lead, at=start + 14 * DAY), {}, by=lead, at=start + 14 * DAY)
    sign_convention(grouping, names, lead, start + 18 * DAY)
    pass_gate(grouping, to="committed", by=lead, at=start + 22 * DAY)
    for number, transfer in enumerate(money.settle_pool(pool, by=lead, at=start + 40 * DAY), 1):
        for side in (transfer.debtor, transfer.creditor):
            who = acting(grouping, side.company.name)
            money.confirm_payment(transfer, by=who, at=start + (40 + number) * DAY)
    return grouping


def sign_convention(grouping: Grouping, names: Sequence[str], lead: Actor, at: datetime) -> None:
    """The convention: prepared, its questions answered, signed by all with a link and a code, sealed."""
    lots = [
        {"id": str(n), "title": title, "member": seat(grouping, name).public_id, "amount": cents}
        for n, (name, title, cents) in enumerate(
            zip(
                names,
                ("Fenêtres", "Peinture", "Sols", "Cloisons"),
                (1_850_000, 920_000, 1_140_000, 1_360_000),
                strict=True,
            ),
            1,
        )
    ]
    contract = {
        "contract_title": "Rénovation de douze appartements, résidence des Oliviers",
        "client_name": "Syndicat des Oliviers",
        "client_address": "12 avenue du Port, 34500 Béziers",
        "contract_reference": "devis 26-014",
        "works_place": "Béziers",
        "client_kind": "private",
        "lead_solidary": False,
        "lead_fee": "2",
        "common_expenses": True,
        "building_works": True,
        "common_expenses_object": "le stand, l’assurance et la benne",
        "common_expenses_cap": 1_500_000,
        "common_expenses_key": "voted",
        "start_date": (at + 30 * DAY).date().isoformat(),
        "court": "le tribunal de commerce de Béziers",
        "new_house": False,
        "plan_supplied_by_group": False,
        "lead_directs_works": False,
        "signature_place": "Béziers",
        "lots": lots,
    }
    plain = {"rcs": "Béziers", "capital": 2_000_000, "insurer": "Aubrac Assurances", "policy": "AA-34-1182"}
    plain |= {"insured_until": (at + 900 * DAY).date().isoformat(), "address": "Béziers", "capacity": "gérant"}
    made = agreements.prepare_agreement(grouping, kind="gme_conjoint", answers=contract, by=lead, at=at)
    missing = document_of(made).missing
    answers = {one.variable: plain.get(one.variable.rpartition(".")[2], "à Béziers") for one in missing}
    made = agreements.answer_questions(made, answers=answers, version=made.version, by=lead, at=at + HOUR)
    sent = agreements.send_to_sign(made, by=lead, at=at + 2 * HOUR)
    assert sent.ceremony is not None
    for number, signatory in enumerate(sent.ceremony.signatories.select_related("person", "ceremony"), 1):
        link, when = signing.link_of(signatory, at=at + 3 * HOUR), at + (3 + number * 7) * HOUR
        code = code_for(signing.send_code(link, at=when))
        signing.sign(link, code=code, consent="J’ai lu ce document et je l’approuve au nom de mon entreprise.", at=when)
    sent.ceremony.refresh_from_db()
    signing.seal_ceremony(sent.ceremony, by=CLOCK, at=at + 2 * DAY)
    agreements.note_signed(sent, by=CLOCK, at=at + 2 * DAY)


def young_exchange(people: People, now: datetime) -> Grouping:
    """« Un qualiticien à plusieurs » : an exchange of three, one more invited, nothing signed, nothing asked."""
    names = ("Mécanique Hérault Précision", "Chaudronnerie Thau", "Tôlerie Biterroise", "Terrassement Hérault")
    words = "Et si nous partagions une personne pour la qualité et la sécurité ? Un à deux jours par semaine chacun."
    grouping = gather(people, names, name="Une qualiticienne à plusieurs", purpose=words, at=now - 9 * DAY, accepted=2)
    write(grouping, names[0], "Nous passons l’audit en juin. À un jour par semaine, cela suffirait.", at=now - 5 * DAY)
    write(grouping, names[1], "Chez nous, deux jours seraient mieux. Nadia, êtes-vous partante ?", at=now - 4 * DAY)
    return grouping

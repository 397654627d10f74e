"""Bringing an existing groupement in: what is signed, the rules in force, who is member, who owes what to whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cordee.agreements.acts import keep_on_paper, prepare_agreement
from cordee.agreements.models import Agreement
from cordee.directory.models import Company
from cordee.engines.lifecycle import DECISION_TYPES
from cordee.engines.settlement import settle
from cordee.engines.units import Cents, MemberId
from cordee.engines.voting import Rule
from cordee.governance.acts import adopt_rule
from cordee.governance.models import DecisionType
from cordee.governance.reads import rule_sentences
from cordee.ground.kit.ids import new_public_id
from cordee.ground.kit.money import euros
from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.ground.kit.words import for_the_papers
from cordee.ground.people.models import Actor, Clockwork
from cordee.ground.register.acts import act, address
from cordee.groupings.acts import DeclaredMember, declare_member
from cordee.groupings.acts.arrivals import NotArriving
from cordee.groupings.models import Arrival, Grouping, Invitation, Office, OpeningBalance, Seat
from cordee.groupings.permissions import speaks_for
from cordee.money.acts import add_line, open_pool
from cordee.money.models import PoolLine

AWAITED = (Invitation.State.WAITING, Invitation.State.SENT)


@dataclass(frozen=True, slots=True)
class PaperSigned:
    """A document that all signed by hand: its type, the day written on it, its scan."""

    kind: str
    signed_on: date
    scan: UploadedFile


@dataclass(frozen=True, slots=True)
class Existing:
    """An existing groupement, as it stands. `rules_from`: the document and the article that the rules come from."""

    name: str
    purpose: str
    stage: str
    end_condition: str = ""
    necessity: str = ""
    form: str = ""
    founded_on: date | None = None
    notice_months: int = 3
    rules: Mapping[str, Rule] | None = None
    rules_from: str = ""
    balances_on: date | None = None


class NotTheWhole(Refusal):
    """What was declared does not hold together."""


def bring_in_grouping(
    existing: Existing,
    *,
    host: Company,
    own_cents: int = 0,
    members: Sequence[DeclaredMember],
    papers: Sequence[PaperSigned] = (),
    by: Actor,
    at: datetime,
) -> Arrival:
    """Bring an existing groupement in: its signed documents, rules, members and opening balances, all or nothing.

    It works as a collective until each holder has confirmed by their link; then it takes its stage and its balances.

    Allowed       whoever may commit the host company; who brings it in leads it at first, and vouches for the papers.
    Refused when  nobody else is member; the balances do not add up to nothing; it is committed and no signed document
                  is joined; a document cannot be read.
    Tells         journeys.grouping.brought_in: its stage, its form, how many members, documents and rules; then what
                  the documents, the rules and the members tell.
    """
    if not members:
        raise NotTheWhole(_("Il manque les autres membres."), do=_("Un groupement réunit au moins deux entreprises."))
    total = own_cents + sum(member.cents for member in members)
    if total:
        raise NotTheWhole(
            _("Les soldes ne s’équilibrent pas : il y a %(gap)s d’écart.") % {"gap": euros(total)},
            why=_("Ce que les unes doivent, les autres l’attendent : la somme fait zéro."),
        )
    if existing.stage == Arrival.Stage.COMMITTED and not papers:
        raise NotTheWhole(
            _("Un groupement engagé a signé une convention."), do=_("Joignez-la, ou choisissez « Collectif ».")
        )
    grouping = Grouping(
        public_id=new_public_id(),
        name=existing.name.strip()[:120],
        purpose=existing.purpose.strip(),
        end_condition=existing.end_condition.strip()[:300],
        necessity=existing.necessity.strip(),
        stage=Grouping.Stage.COLLECTIVE,
        notice_months=existing.notice_months,
        stage_since=at,
        created_at=at,
    )
    seat = Seat(public_id=new_public_id(), company=host, holder=by.person, invited_at=at, answered_at=at)
    mine = Actor(by.person, address(seat))
    rules = existing.rules or {}
    with transaction.atomic(), for_the_papers():
        with act("journeys.grouping.brought_in", book=grouping.book, by=mine, at=at, on=address(grouping)) as told:
            if not speaks_for(by.person, host):
                raise NotAllowed(_("Vous ne pouvez pas engager %(company)s.") % {"company": host})
            grouping.save()
            seat.grouping = grouping
            seat.save()
            Office.objects.create(grouping=grouping, seat=seat, role=Office.Role.FACILITATOR, since=at)
            arrival = Arrival.objects.create(
                grouping=grouping,
                stage=existing.stage,
                form=existing.form,
                founded_on=existing.founded_on,
                declared_by=seat,
                declared_at=at,
                balances_on=existing.balances_on,
            )
            OpeningBalance.objects.create(arrival=arrival, cents=own_cents)
            told |= {"stage": existing.stage, "form": existing.form, "members": len(members) + 1, "cents": own_cents}
            told |= {"papers": len(papers), "rules": len(rules), "company": host.public_id}
        kept = [_keep(grouping, paper, by=mine, at=at) for paper in papers]
        source = address(kept[0]) if kept else address(arrival)
        for kind in DECISION_TYPES:
            if kind in rules:
                adopt_rule(grouping, kind, rules[kind], by_decision=source, by=mine, at=at)
        for member in members:
            declare_member(arrival, member, by=mine, at=at)
        arrival.said = _said(existing, kept, len(members) + 1)
        arrival.save(update_fields=["said"])
    return arrival


def _keep(grouping: Grouping, paper: PaperSigned, *, by: Actor, at: datetime) -> Agreement:
    agreement = prepare_agreement(grouping, kind=paper.kind, by=by, at=at)
    keep_on_paper(agreement, pages=[paper.scan], signed_on=paper.signed_on, by=by, at=at)
    return agreement


def _said(existing: Existing, kept: Sequence[Agreement], companies: int) -> list[list[object]]:
    """What each holder reads before confirming, in the language of the papers."""
    found: list[list[object]] = []
    if kept:
        lines = [
            _("%(title)s, signé le %(day)s") % {"title": one.title, "day": date_format(_day_of(one), "j F Y")}
            for one in kept
        ]
        found.append([_("Documents signés sur papier"), lines])
    if existing.rules:
        lines = [
            f"{DecisionType(kind).label} : " + " ; ".join(rule_sentences(existing.rules[kind], companies)[1:3])
            for kind in DECISION_TYPES
            if kind in existing.rules
        ]
        source = [_("D’après : %(document)s") % {"document": existing.rules_from}] if existing.rules_from else []
        found.append([_("Règles de vote en vigueur"), source + lines])
    return found


def _day_of(agreement: Agreement) -> date:
    day = Agreement.objects.values_list("signed_on", flat=True).get(pk=agreement.pk)
    assert day is not None  # a document on paper bears its day
    return day


def complete_arrival(arrival: Arrival, *, by: Clockwork, at: datetime) -> Arrival:
    """Once each holder has answered: the groupement takes its stage, and its opening balances enter the accounts.

    Allowed       Cordée itself.
    Refused when  somebody has not answered, or fewer than two companies are left.
    Tells         journeys.arrival.completed: the stage, how many confirmed, whether the balances entered; they do not
                  when a company that had one did not confirm.
    """
    with act("journeys.arrival.completed", book=arrival.grouping.book, by=by, at=at, on=arrival) as told:
        fresh = Arrival.objects.select_for_update(of=("self",)).select_related("grouping").get(pk=arrival.pk)
        if fresh.completed_at:
            raise NotArriving(_("Ce groupement est déjà repris."))
        grouping = Grouping.objects.select_for_update().get(pk=fresh.grouping_id)
        if grouping.invitations.filter(state__in=AWAITED).exists():
            raise NotArriving(_("Certains n’ont pas encore confirmé."))
        members = grouping.seats.filter(state=Seat.State.MEMBER).count()
        if members < 2:
            raise NotArriving(_("Personne d’autre n’a confirmé."))
        told |= {"from": grouping.stage, "to": fresh.stage, "companies": members}
        if grouping.stage == Grouping.Stage.COLLECTIVE and fresh.stage == Arrival.Stage.COMMITTED:
            grouping.stage, grouping.stage_since = Grouping.Stage.COMMITTED, at
            grouping.partnership = members == 2
            grouping.version += 1
            grouping.save(update_fields=["stage", "stage_since", "partnership", "version"])
        told["balances"] = _enter_balances(fresh, at=at)
        fresh.completed_at = at
        fresh.save(update_fields=["completed_at"])
    return fresh


def _enter_balances(arrival: Arrival, *, at: datetime) -> bool:
    """Each company that is owed money carried a sum that the others take part in: one line each, to the cent."""
    rows = arrival.balances.select_related("invitation__seat").exclude(cents=0)
    found: dict[str, int] = {}
    for row in rows:
        seat = row.invitation.seat if row.invitation else arrival.declared_by
        if seat is None or seat.state != Seat.State.MEMBER:
            return False
        found[seat.public_id] = row.cents
    if not found:
        return False
    seats = {seat.public_id: seat for seat in arrival.grouping.seats.filter(public_id__in=found)}
    host = arrival.declared_by
    by = Actor(host.holder, address(host))
    with for_the_papers():
        day = date_format(arrival.balances_on or arrival.declared_at.date(), "j F Y")
        taking_part = list({**seats, host.public_id: host}.values())
        title = _("Soldes repris au %(day)s") % {"day": day}
        pool = open_pool(arrival.grouping, title=title, seats=taking_part, by=by, at=at)
        owed: dict[str, dict[str, int]] = {}
        for one in settle({MemberId(key): Cents(cents) for key, cents in found.items()}).transfers:
            owed.setdefault(one.payee, {})[one.payer] = int(one.cents)
        for creditor, parts in owed.items():
            add_line(
                pool,
                label=_("Solde repris : dû à %(company)s") % {"company": seats[creditor]},
                cents=sum(parts.values()),
                paid_by=seats[creditor],
                split=PoolLine.Split.AMOUNT,
                parts=parts,
                by=by,
                at=at,
            )
    return True

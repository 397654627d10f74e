"""The tranches of a study: planned, voted one by one, delivered; a refusal stops all that follows."""

from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from cordee.engines.studies import bear
from cordee.engines.units import Cents, MemberId
from cordee.governance.acts import propose_resolution
from cordee.governance.models import Ballot, DecisionType
from cordee.ground.files.acts import clean_photo, keep
from cordee.ground.kit.money import euros
from cordee.ground.kit.refusals import Refusal
from cordee.ground.kit.words import for_the_papers
from cordee.ground.people.models import Actor, Clockwork
from cordee.ground.register.acts import act, address
from cordee.groupings.models import Seat
from cordee.projects.acts.inside import VOTE_LENGTH, KnowWhat, check_leads, my_tool
from cordee.projects.models import StudyFund, Tranche
from cordee.projects.reads import borne_by, last_calls, pledges_of, verdict


class NotThisTranche(Refusal):
    """This tranche is not where it would have to be for that."""


def add_tranche(
    fund: StudyFund, *, label: str, cents: int, deliverable: str, due_on: date, by: Actor, at: datetime
) -> Tranche:
    """Plan one more tranche: its amount, what it delivers, and when.

    Allowed       who leads the project.
    Refused when  the tool is put away, the study is stopped, something is missing, or the tranches would come to more
                  than was promised.
    Tells         projects.tranche.planned: the amount, the day.
    """
    with act("projects.tranche.planned", book=fund.project.grouping.book, by=by, at=at, on=fund) as facts:
        project, seat = my_tool(fund.project, by, "pledges")
        check_leads(project, seat)
        fresh = StudyFund.objects.select_for_update().get(pk=fund.pk)
        before = list(fresh.tranches.all())
        if any(one.state == Tranche.State.STOPPED for one in before):
            raise NotThisTranche(_("L’étude est arrêtée."), do=_("Pour la reprendre, ouvrez un autre projet."))
        if not label.strip() or not deliverable.strip() or cents <= 0:
            raise KnowWhat(_("Une tranche a un nom, un montant et quelque chose à livrer."))
        _within_promises(fresh, sum(one.cents for one in before) + cents)
        made = Tranche.objects.create(
            fund=fresh,
            position=max((one.position for one in before), default=0) + 1,
            label=label.strip()[:120],
            cents=cents,
            deliverable=deliverable.strip()[:300],
            due_on=due_on,
        )
        facts.on = address(made)
        facts |= {"cents": cents, "due": due_on.isoformat()}
    return made


def drop_tranche(tranche: Tranche, *, by: Actor, at: datetime) -> None:
    """Take away a tranche that nobody has voted.

    Allowed       who leads the project.
    Refused when  the tool is put away, or it was put to the vote.
    Tells         projects.tranche.dropped: its amount.
    """
    with act("projects.tranche.dropped", book=tranche.fund.project.grouping.book, by=by, at=at, on=tranche) as facts:
        project, seat = my_tool(tranche.fund.project, by, "pledges")
        check_leads(project, seat)
        fresh = Tranche.objects.select_for_update().get(pk=tranche.pk)
        if fresh.state != Tranche.State.PLANNED:
            raise NotThisTranche(_("Cette tranche est déjà votée, ou au vote."))
        facts["cents"] = fresh.cents
        fresh.delete()


def ask_tranche(tranche: Tranche, *, why: str = "", by: Actor, at: datetime) -> Ballot:
    """Ask the members to go on or to stop: the vote says what the tranche costs each and what it delivers.

    Allowed       any participant.
    Refused when  the tool is put away; the threshold is not reached; another tranche is at the vote, or one before it
                  is not launched or has delivered nothing; the tranches come to more than was promised.
    Tells         projects.tranche.asked, and governance.ballot.opened.
    """
    with act("projects.tranche.asked", book=tranche.fund.project.grouping.book, by=by, at=at, on=tranche) as facts:
        project, _seat = my_tool(tranche.fund.project, by, "pledges")
        fund = StudyFund.objects.select_for_update().get(pk=tranche.fund_id)
        fresh = fund.tranches.get(pk=tranche.pk)
        before = list(fund.tranches.filter(position__lt=fresh.position))
        if fund.state != StudyFund.State.REACHED:
            raise NotThisTranche(_("Le seuil des promesses n’est pas atteint : rien ne se lance."))
        if fresh.state != Tranche.State.PLANNED or any(one.state != Tranche.State.RELEASED for one in before):
            raise NotThisTranche(_("Les tranches se votent une à une, dans l’ordre."))
        if any(one.received_at is None for one in before):
            raise NotThisTranche(
                _("La tranche d’avant n’a encore rien livré."),
                do=_("Déposez ce qu’elle a livré : chacun votera en connaissance de cause."),
            )
        _within_promises(fund, sum(one.cents for one in before) + fresh.cents)
        parts = _parts(fund, fresh)
        names = {one.public_id: str(one) for one in Seat.objects.filter(public_id__in=parts).select_related("company")}
        with for_the_papers():
            title = _("%(project)s : lancer « %(tranche)s » ?") % {"project": project.name, "tranche": fresh.label}
            lines = [
                _("%(cents)s hors taxes, pour livrer : %(what)s")
                % {"cents": euros(fresh.cents), "what": fresh.deliverable},
                *[f"{names[key]} : {euros(cents)}" for key, cents in parts.items()],
                why.strip(),
                _("Pour : la tranche commence. Contre : l’étude s’arrête, et seul ce qui est lancé reste dû."),
            ]
        ballot = propose_resolution(
            project.grouping,
            title=title[:160],
            text="\n".join(line for line in lines if line),
            decision_type=DecisionType.BUDGET,
            closes_at=at + VOTE_LENGTH,
            cents=fresh.cents,
            by=by,
            at=at,
        )
        fresh.state, fresh.ballot = Tranche.State.VOTING, address(ballot)
        fresh.save(update_fields=["state", "ballot"])
        facts |= {"cents": fresh.cents, "ballot": ballot.public_id}
    return ballot


def decide_tranche(tranche: Tranche, *, by: Clockwork, at: datetime) -> Tranche:
    """Take in what the vote decided: the tranche begins, or the study stops and nothing more is owed.

    Allowed       Cordée itself, once the vote is over.
    Refused when  there is no vote, or it is not over.
    Tells         projects.tranche.decided: whether one goes on, the amount; when it stops, what is owed in all.
    """
    with act("projects.tranche.decided", book=tranche.fund.project.grouping.book, by=by, at=at, on=tranche) as facts:
        fund = StudyFund.objects.select_for_update().get(pk=tranche.fund_id)
        fresh = fund.tranches.get(pk=tranche.pk)
        ballot = last_calls([fresh.ballot]).get(fresh.ballot)
        if fresh.state != Tranche.State.VOTING or ballot is None or verdict(ballot) == "voting":
            raise NotThisTranche(_("Il n’y a pas de vote à prendre en compte."))
        go = verdict(ballot) == "yes"
        if go:
            fresh.state, fresh.parts, fresh.decided_at = Tranche.State.RELEASED, _parts(fund, fresh), at
            fresh.save(update_fields=["state", "parts", "decided_at"])
        else:
            left = fund.tranches.filter(position__gte=fresh.position)
            left.update(state=Tranche.State.STOPPED, decided_at=at)
            fresh.state = Tranche.State.STOPPED
        facts |= {"go": go, "cents": fresh.cents, "owed": sum(borne_by(fund).values()), "ballot": ballot.public_id}
    return fresh


def receive_deliverable(tranche: Tranche, *, upload: UploadedFile, by: Actor, at: datetime) -> Tranche:
    """Put down what the provider delivered; again, as long as it is not accepted.

    Allowed       any participant.
    Refused when  the tool is put away, the tranche is not launched, it is accepted, or the file is not one we take.
    Tells         projects.deliverable.received: the digest of the file.
    """
    with act(
        "projects.deliverable.received", book=tranche.fund.project.grouping.book, by=by, at=at, on=tranche
    ) as facts:
        project, _seat = my_tool(tranche.fund.project, by, "pledges")
        fresh = Tranche.objects.select_for_update().get(pk=tranche.pk)
        if fresh.state != Tranche.State.RELEASED or fresh.accepted_at:
            raise NotThisTranche(_("Cette tranche n’attend rien : pas encore lancée, ou déjà acceptée."))
        fresh.document = keep(clean_photo(upload), book=project.grouping.book, by=by.person, at=at)
        fresh.received_at, fresh.remarks = at, ""
        fresh.save(update_fields=["document", "received_at", "remarks"])
        facts |= {"digest": fresh.document.digest, "late": at.date() > fresh.due_on}
    return fresh


def answer_deliverable(tranche: Tranche, *, accepted: bool, remarks: str = "", by: Actor, at: datetime) -> Tranche:
    """Accept what was delivered, or send it back saying what is missing.

    Allowed       who leads the project.
    Refused when  the tool is put away, nothing was delivered, it is accepted already, or nothing says what is missing.
    Tells         projects.deliverable.answered: accepted or not.
    """
    with act(
        "projects.deliverable.answered", book=tranche.fund.project.grouping.book, by=by, at=at, on=tranche
    ) as facts:
        project, seat = my_tool(tranche.fund.project, by, "pledges")
        check_leads(project, seat)
        fresh = Tranche.objects.select_for_update().get(pk=tranche.pk)
        if fresh.received_at is None or fresh.accepted_at:
            raise NotThisTranche(_("Il n’y a rien à accepter ici."))
        if not accepted and not remarks.strip():
            raise KnowWhat(_("Dites ce qui manque, pour que le prestataire le reprenne."))
        fresh.remarks = remarks.strip()[:500]
        if accepted:
            fresh.accepted_at, fresh.accepted_by = at, seat
        fresh.save(update_fields=["remarks", "accepted_at", "accepted_by"])
        facts["accepted"] = accepted
    return fresh


def _within_promises(fund: StudyFund, total: int) -> None:
    promised = sum(one.cents for one in pledges_of(fund))
    if fund.state == StudyFund.State.REACHED and total > promised:
        raise NotThisTranche(
            _("Les tranches font %(total)s, et %(promised)s sont promis.")
            % {"total": euros(total), "promised": euros(promised)},
            do=_("Réduisez une tranche, ou demandez de promettre davantage."),
        )


def _parts(fund: StudyFund, tranche: Tranche) -> dict[str, int]:
    """What each bears of a tranche, by what it promised."""
    pledges = {MemberId(one.seat.public_id): Cents(one.cents) for one in pledges_of(fund) if one.cents}
    already = {MemberId(key): Cents(cents) for key, cents in borne_by(fund).items()}
    return {str(key): int(cents) for key, cents in bear(pledges, already, Cents(tranche.cents)).items()}

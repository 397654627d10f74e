"""The ladder of sanctions: reproached in writing, heard, voted without the company concerned, open to one appeal."""

from datetime import datetime, timedelta

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.engines.brand import next_step, sanction_vote_open
from cordee.engines.lifecycle import HEARING_DAYS
from cordee.governance.acts import set_aside
from cordee.governance.models import Ballot
from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal
from cordee.ground.kit.words import for_the_papers
from cordee.ground.people.models import Actor, Clockwork
from cordee.ground.register.acts import act, address
from cordee.groupings.acts.at_the_table import acting_seat
from cordee.groupings.models import Seat
from cordee.projects import permissions
from cordee.projects.acts.inside import AlreadyEnded, KnowWhat, living_project, my_tool
from cordee.projects.acts.licences import removal_day
from cordee.projects.acts.votes import ask_members
from cordee.projects.models import BrandLicence, BrandRules, BrandSanction, Project
from cordee.projects.reads import last_calls, outcome

State, Step = BrandSanction.State, BrandSanction.Step


class TooSoon(Refusal):
    """The company has not had the time to prepare, or was not heard yet."""


def open_sanction(
    licence: BrandLicence, *, why: str, hearing_at: datetime, days: int = 0, by: Actor, at: datetime
) -> BrandSanction:
    """Write to a company what it is reproached with and when it is heard; the step of the ladder follows by itself.

    Allowed       who leads the project or guards the brand, unless it is their own company.
    Refused when  nothing is written; the hearing is less than fifteen days away; another sanction is under way; the
                  ladder is at its end; a suspension does not say for how many days.
    Tells         projects.sanction.opened: which seat, which step, the day of the hearing; the grievances stay out.
    """
    project = licence.project
    with act("projects.sanction.opened", book=project.grouping.book, by=by, at=at) as facts:
        fresh, seat = my_tool(project, by, "brand")
        _guards(fresh, seat)
        mine = BrandLicence.objects.select_for_update(of=("self",)).select_related("seat").get(pk=licence.pk)
        if mine.seat_id == seat.pk or not mine.living:
            raise NotAllowed(_("Cela ne se fait pas pour sa propre entreprise, ni pour une licence terminée."))
        if len(why.strip()) < 20:
            raise KnowWhat(_("Écrivez ce qui est reproché, avec les faits et les dates."))
        if (localtime(hearing_at).date() - localtime(at).date()).days < HEARING_DAYS:
            raise TooSoon(
                _("L’entreprise doit avoir %(days)s jours au moins pour préparer sa réponse.") % {"days": HEARING_DAYS},
                do=_("Choisissez une date plus lointaine."),
            )
        if mine.sanctions.filter(state__in=[State.HEARING, State.VOTING, State.APPEAL]).exists():
            raise Refusal(_("Une sanction est déjà en cours."))
        step = next_step(mine.sanctions.filter(state__in=BrandSanction.STANDING).values_list("step", flat=True))
        if step is None:
            raise Refusal(_("La marque a déjà été retirée à cette entreprise."))
        if step == "suspension" and not 1 <= days <= 365:
            raise KnowWhat(_("Pour combien de jours la marque est-elle suspendue ?"), do=_("D’un jour à un an."))
        made = BrandSanction.objects.create(
            licence=mine, step=step, why=why.strip()[:4000], days=days if step == "suspension" else 0,
            opened_by=seat, opened_at=at, hearing_at=hearing_at,
        )  # fmt: skip
        facts.on = address(made)
        facts |= {"seat": mine.seat.public_id, "step": step, "hearing": hearing_at.isoformat()}
    return made


def answer_sanction(sanction: BrandSanction, *, answer: str, by: Actor, at: datetime) -> BrandSanction:
    """Answer what one's company is reproached with; the members read it beside the grievances.

    Allowed       the company concerned.
    Refused when  nothing is written, or the vote is open already.
    Tells         projects.sanction.answered; the words stay out of the book.
    """
    with act("projects.sanction.answered", book=_book(sanction), by=by, at=at, on=sanction):
        fresh = _under_way(sanction, State.HEARING)
        if acting_seat(_project(fresh).grouping, by).pk != fresh.licence.seat_id:
            raise NotYours
        if not answer.strip():
            raise KnowWhat(_("Votre réponse est vide."))
        fresh.answer, fresh.answered_at = answer.strip()[:4000], at
        fresh.save(update_fields=["answer", "answered_at"])
    return fresh


def drop_sanction(sanction: BrandSanction, *, by: Actor, at: datetime) -> BrandSanction:
    """Give a sanction up before any vote.

    Allowed       who leads the project or guards the brand.
    Refused when  it is being voted or over.
    Tells         projects.sanction.dropped.
    """
    with act("projects.sanction.dropped", book=_book(sanction), by=by, at=at, on=sanction) as facts:
        fresh = _under_way(sanction, State.HEARING)
        project, seat = my_tool(_project(fresh), by, "brand")
        _guards(project, seat)
        fresh.state, fresh.closed_at = State.DROPPED, at
        fresh.save(update_fields=["state", "closed_at"])
        facts["seat"] = fresh.licence.seat.public_id
    return fresh


def put_sanction_to_vote(sanction: BrandSanction, *, by: Actor, at: datetime) -> Ballot:
    """Ask the members to decide, once the company could answer and be heard; it has no voice in this vote.

    Allowed       who leads the project or guards the brand.
    Refused when  the day of the hearing has not come.
    Tells         projects.sanction.put_to_vote: the step; governance.ballot.opened.
    """
    with act("projects.sanction.put_to_vote", book=_book(sanction), by=by, at=at, on=sanction) as facts:
        fresh = _under_way(sanction, State.HEARING)
        project, seat = my_tool(_project(fresh), by, "brand")
        _guards(project, seat)
        written, heard = localtime(fresh.opened_at).date(), localtime(fresh.hearing_at).date()
        if at < fresh.hearing_at or not sanction_vote_open(written, heard, localtime(at).date()):
            raise TooSoon(
                _("%(company)s n’a pas encore été entendue.") % {"company": fresh.licence.seat.company},
                do=_("Le vote s’ouvre après la date prévue pour l’entendre."),
            )
        with for_the_papers():
            title = f"{project.name} : {str(Step(fresh.step).label).lower()}, {fresh.licence.seat.company}"
            lines = [_("Ce qui est reproché :"), fresh.why, _("Ce que l’entreprise répond :")]
            lines.append(fresh.answer or _("Elle n’a pas répondu ; elle a été appelée à le faire."))
            lines += [_("La suspension dure %(days)s jours.") % {"days": fresh.days}] if fresh.days else []
            lines.append(_("%(company)s ne vote pas sur cette question.") % {"company": fresh.licence.seat.company})
        ballot = ask_members(
            project, title=title, text="\n".join(lines), decision_type="exclusion", without=[fresh.licence.seat],
            by=by, at=at,
        )  # fmt: skip
        fresh.state, fresh.ballot = State.VOTING, address(ballot)
        fresh.save(update_fields=["state", "ballot"])
        facts |= {"step": fresh.step, "ballot": ballot.public_id, "without": fresh.licence.seat.public_id}
    return ballot


def settle_sanction(sanction: BrandSanction, *, at: datetime) -> BrandSanction:
    """Carry out what the members decided: the licence is warned, suspended or withdrawn; an appeal is open until a day.

    Allowed       Cordée itself, once the vote is closed.
    Refused when  it is no longer being voted.
    Tells         projects.sanction.settled: which seat, the step, decided or not, until when one may appeal.
    """
    with act("projects.sanction.settled", book=_book(sanction), by=Clockwork(), at=at, on=sanction) as facts:
        fresh = _under_way(sanction, State.VOTING)
        decided = outcome(last_calls([fresh.ballot]).get(fresh.ballot))
        if decided is None:
            raise NotYours
        project, today = _project(fresh), localtime(at).date()
        fresh.state = State.DECIDED if decided else State.REJECTED
        if decided:
            rules = project.brand_rules.filter(state=BrandRules.State.IN_FORCE).first()
            fresh.decided_at = at
            fresh.appeal_until = today + timedelta(days=rules.appeal_days if rules else 30)
            _carry_out(fresh, project, at)
        else:
            fresh.closed_at = at
        fresh.save()
        facts |= {"seat": fresh.licence.seat.public_id, "step": fresh.step, "decided": decided}
        facts["appeal_until"] = str(fresh.appeal_until or "")
    return fresh


def _carry_out(sanction: BrandSanction, project: Project, at: datetime) -> None:
    licence = BrandLicence.objects.select_for_update().get(pk=sanction.licence_id)
    if sanction.step == Step.SUSPENSION:
        licence.state = BrandLicence.State.SUSPENDED
        licence.back_on = localtime(at).date() + timedelta(days=sanction.days)
    elif sanction.step == Step.WITHDRAWAL:
        licence.state, licence.remove_by = BrandLicence.State.WITHDRAWN, removal_day(project, at)
    licence.save(update_fields=["state", "back_on", "remove_by"])


def appeal_sanction(sanction: BrandSanction, *, text: str, by: Actor, at: datetime) -> Ballot:
    """Ask the members to look at a sanction again, once; it stands until they have decided.

    Allowed       the company concerned, until the day of the appeal.
    Refused when  nothing is written; the day is past; it was appealed already.
    Tells         projects.sanction.appealed: which seat; governance.ballot.opened.
    """
    with act("projects.sanction.appealed", book=_book(sanction), by=by, at=at, on=sanction) as facts:
        fresh = _under_way(sanction, State.DECIDED)
        project = _project(fresh)
        if acting_seat(project.grouping, by).pk != fresh.licence.seat_id:
            raise NotYours
        if fresh.appeal_until is None or localtime(at).date() > fresh.appeal_until:
            raise TooLate(_("Le délai de recours est passé."))
        if len(text.strip()) < 20:
            raise KnowWhat(_("Dites en quelques phrases ce que les membres devraient regarder de nouveau."))
        with for_the_papers():
            title = _("%(project)s : lever la sanction de %(company)s") % {
                "project": project.name,
                "company": fresh.licence.seat.company,
            }
            lines = [_("Ce qui avait été reproché :"), fresh.why, _("Le recours :"), text.strip()]
            lines.append(_("Adopter, c’est lever la sanction ; rejeter, c’est la confirmer."))
        ballot = ask_members(
            project, title=title, text="\n".join(lines), decision_type="exclusion", without=[fresh.licence.seat],
            by=by, at=at,
        )  # fmt: skip
        fresh.state, fresh.appeal, fresh.appeal_ballot = State.APPEAL, text.strip()[:4000], address(ballot)
        fresh.save(update_fields=["state", "appeal", "appeal_ballot"])
        facts |= {"seat": fresh.licence.seat.public_id, "ballot": ballot.public_id}
    return ballot


class TooLate(Refusal):
    """The time for it is past."""


def settle_appeal(sanction: BrandSanction, *, at: datetime) -> BrandSanction:
    """Lift the sanction, or confirm it, as the members decided; a lifted one gives the brand back.

    Allowed       Cordée itself, once the vote on the appeal is closed.
    Refused when  there is no appeal under way.
    Tells         projects.appeal.settled: which seat, lifted or not.
    """
    with act("projects.appeal.settled", book=_book(sanction), by=Clockwork(), at=at, on=sanction) as facts:
        fresh = _under_way(sanction, State.APPEAL)
        lifted = outcome(last_calls([fresh.appeal_ballot]).get(fresh.appeal_ballot))
        if lifted is None:
            raise NotYours
        fresh.state, fresh.closed_at = (State.LIFTED if lifted else State.CONFIRMED), at
        fresh.save(update_fields=["state", "closed_at"])
        if lifted:
            _give_back(fresh, at)
        facts |= {"seat": fresh.licence.seat.public_id, "lifted": lifted}
    return fresh


def _give_back(sanction: BrandSanction, at: datetime) -> None:
    """The licence as it was before the step, unless it has run out or been asked for anew meanwhile."""
    licence = BrandLicence.objects.select_for_update().get(pk=sanction.licence_id)
    took = {Step.SUSPENSION: BrandLicence.State.SUSPENDED, Step.WITHDRAWAL: BrandLicence.State.WITHDRAWN}
    newer = BrandLicence.objects.filter(project=licence.project_id, seat=licence.seat_id, pk__gt=licence.pk)
    if licence.state == took.get(Step(sanction.step)) and not newer.exists():
        licence.state, licence.back_on, licence.remove_by = BrandLicence.State.HELD, None, None
        licence.save(update_fields=["state", "back_on", "remove_by"])


def end_suspension(licence: BrandLicence, *, at: datetime) -> BrandLicence:
    """Give the brand back to a company whose suspension is over.

    Allowed       Cordée itself, once the last day is past.
    Refused when  it is not suspended, or its last day has not passed.
    Tells         projects.licence.restored: which seat.
    """
    project = licence.project
    with act("projects.licence.restored", book=project.grouping.book, by=Clockwork(), at=at, on=licence) as facts:
        living_project(project)
        fresh = BrandLicence.objects.select_for_update(of=("self",)).select_related("seat").get(pk=licence.pk)
        if fresh.state != BrandLicence.State.SUSPENDED or not fresh.back_on or fresh.back_on >= localtime(at).date():
            raise NotYours
        fresh.state, fresh.back_on = BrandLicence.State.HELD, None
        fresh.save(update_fields=["state", "back_on"])
        facts["seat"] = fresh.seat.public_id
    return fresh


def keep_aside(sanction: BrandSanction, ballot: Ballot, *, at: datetime) -> None:
    """A second call has a new roll: the company concerned does not count in it either."""
    set_aside(ballot, seat=sanction.licence.seat, by=Clockwork(), at=at)


def _guards(project: Project, seat: Seat) -> None:
    if not permissions.may_guard(project, seat):
        raise NotAllowed(_("C’est au responsable du projet ou au gardien de la marque de le faire."))


def _book(sanction: BrandSanction) -> str:
    return _project(sanction).grouping.book


def _project(sanction: BrandSanction) -> Project:
    return sanction.licence.project


def _under_way(sanction: BrandSanction, *states: str) -> BrandSanction:
    living_project(_project(sanction))
    known = BrandSanction.objects.select_for_update(of=("self",)).select_related(
        "licence__project__grouping", "licence__seat__company"
    )
    fresh = known.get(pk=sanction.pk)
    if fresh.state not in states:
        raise AlreadyEnded(_("Cette sanction n’en est plus là."), do=_("Rechargez la page."))
    return fresh

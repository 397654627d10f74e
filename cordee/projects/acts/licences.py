"""Who may use the brand: one asks, with documents; an audit looks; the members decide; it ends one day."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.core.files.uploadedfile import UploadedFile
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.engines.lifecycle.delays import add_months
from cordee.ground.files.acts import clean_photo, keep
from cordee.ground.kit.ids import new_public_id
from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal
from cordee.ground.kit.words import for_the_papers
from cordee.ground.people.models import Actor, Clockwork
from cordee.ground.register.acts import act, address
from cordee.groupings.acts.at_the_table import acting_seat
from cordee.groupings.models import Seat
from cordee.projects.acts.inside import AlreadyEnded, KnowWhat, ToolAway, living_project, my_tool
from cordee.projects.acts.votes import ask_members
from cordee.projects.models import BrandLicence, BrandPaper, BrandRules, Participant, Project
from cordee.projects.reads import last_calls, outcome

LIVING = (
    BrandLicence.State.ASKED,
    BrandLicence.State.VOTING,
    BrandLicence.State.HELD,
    BrandLicence.State.SUSPENDED,
)
MOST_PAPERS = 10


class NoRules(Refusal):
    """There are no rules of use in force yet."""


class NotLooked(Refusal):
    """Nobody looked at the applicant yet."""


def ask_licence(
    project: Project,
    *,
    scope: str,
    why: str = "",
    months: int = 36,
    uploads: Sequence[UploadedFile] = (),
    by: Actor,
    at: datetime,
) -> BrandLicence:
    """Ask to use the brand: for what, why, for how long, with documents.

    Allowed       any member of the grouping, in the project or not yet.
    Refused when  the tool is put away; nothing says for what; one uses it already, or has asked; too many documents.
    Tells         projects.licence.asked: how many months, how many documents, their digests.
    """
    with act("projects.licence.asked", book=project.grouping.book, by=by, at=at) as facts:
        fresh, seat = _open_to_all(project, by)
        if not scope.strip():
            raise KnowWhat(_("Dites pour quoi vous voulez porter la marque : produits, services, lieux."))
        if not 1 <= months <= 120 or len(uploads) > MOST_PAPERS:
            raise KnowWhat(_("Une licence dure d’un mois à dix ans, et dix pièces suffisent."))
        if fresh.licences.filter(seat=seat, state__in=LIVING).exists():
            raise Refusal(_("Votre entreprise a déjà une licence, ou l’a demandée."))
        licence = BrandLicence.objects.create(
            project=fresh, seat=seat, scope=scope.strip()[:300], why=why.strip(), months=months, asked_at=at
        )
        facts.on = address(licence)
        facts |= {"months": months, "papers": len(uploads), "digests": _kept(licence, uploads, by, at)}
    return licence


def join_papers(licence: BrandLicence, *, uploads: Sequence[UploadedFile], by: Actor, at: datetime) -> int:
    """Join documents to one's application.

    Allowed       the company that asked, until the members have decided.
    Refused when  it is decided; there is no file, or there are too many.
    Tells         projects.licence.completed: how many documents, their digests.
    """
    with act("projects.licence.completed", book=licence.project.grouping.book, by=by, at=at, on=licence) as facts:
        _project, seat = _open_to_all(licence.project, by)
        fresh = _licence(licence, BrandLicence.State.ASKED, BrandLicence.State.VOTING)
        if fresh.seat_id != seat.pk:
            raise NotYours
        if not uploads or fresh.papers.count() + len(uploads) > MOST_PAPERS:
            raise KnowWhat(_("Choisissez un fichier ; dix pièces suffisent."))
        facts |= {"papers": len(uploads), "digests": _kept(fresh, uploads, by, at)}
    return len(uploads)


def _kept(licence: BrandLicence, uploads: Sequence[UploadedFile], by: Actor, at: datetime) -> str:
    book = licence.project.grouping.book
    rows = [
        BrandPaper(
            public_id=new_public_id(),
            licence=licence,
            document=keep(clean_photo(one), book=book, by=by.person, at=at),
        )
        for one in uploads
    ]
    BrandPaper.objects.bulk_create(rows)
    return " ".join(row.document.digest for row in rows)


def put_licences_to_vote(
    project: Project, *, licences: Sequence[BrandLicence], by: Actor, at: datetime
) -> list[BrandLicence]:
    """Ask the members to grant licences, all in one vote; a single applicant does not vote on its own.

    Allowed       any participant.
    Refused when  there are no rules in force; nobody is chosen; somebody's entry audit is not closed.
    Tells         projects.licences.put_to_vote: how many; governance.ballot.opened.
    """
    with act("projects.licences.put_to_vote", book=project.grouping.book, by=by, at=at, on=project) as facts:
        fresh, _seat = my_tool(project, by, "brand")
        rules = fresh.brand_rules.filter(state=BrandRules.State.IN_FORCE).first()
        if rules is None:
            raise NoRules(_("Le règlement d’usage n’est pas encore voté."), do=_("Mettez-le au vote d’abord."))
        wanted = [_licence(one, BrandLicence.State.ASKED) for one in licences if one.project_id == fresh.pk]
        if not wanted:
            raise KnowWhat(_("Choisissez au moins une candidature."))
        audits = {one.pk: one.audits.exclude(closed_at=None).order_by("-opened_at").first() for one in wanted}
        for one in wanted:
            if audits[one.pk] is None:
                raise NotLooked(
                    _("%(company)s n’a pas encore été auditée.") % {"company": one.seat.company},
                    do=_("Faites l’audit d’entrée, puis revenez au vote."),
                )
        with for_the_papers():
            title = _("%(project)s : accorder la marque") % {"project": fresh.name}
            lines = [
                _("%(company)s, pour %(months)s mois : %(scope)s. Audit : %(said)s.")
                % {
                    "company": one.seat.company,
                    "months": one.months,
                    "scope": one.scope,
                    "said": _("réussi") if getattr(audits[one.pk], "passed", False) else _("pas réussi"),
                }
                for one in wanted
            ]
        alone = [wanted[0].seat] if len(wanted) == 1 else []
        ballot = ask_members(
            fresh, title=title, text="\n".join(lines), decision_type="admission", without=alone, by=by, at=at
        )
        for one in wanted:
            one.state, one.ballot = BrandLicence.State.VOTING, address(ballot)
            one.save(update_fields=["state", "ballot"])
        facts |= {"licences": len(wanted), "ballot": ballot.public_id}
    return wanted


def settle_licence(licence: BrandLicence, *, at: datetime) -> BrandLicence:
    """Grant the licence, or note that the members did not; who is granted it takes part in the project.

    Allowed       Cordée itself, once the vote is closed.
    Refused when  it is no longer being voted.
    Tells         projects.licence.settled: which seat, granted or not, until when.
    """
    project = licence.project
    with act("projects.licence.settled", book=project.grouping.book, by=Clockwork(), at=at, on=licence) as facts:
        living_project(project)
        fresh = _licence(licence, BrandLicence.State.VOTING)
        granted = outcome(last_calls([fresh.ballot]).get(fresh.ballot))
        if granted is None:
            raise NotYours
        today = localtime(at).date()
        fresh.state = BrandLicence.State.HELD if granted else BrandLicence.State.REFUSED
        if granted:
            fresh.starts, fresh.ends = today, add_months(today, fresh.months)
            part, _new = Participant.objects.get_or_create(project=project, seat=fresh.seat, defaults={"joined_at": at})
            if part.left_at is not None:
                part.left_at = None
                part.save(update_fields=["left_at"])
        fresh.save(update_fields=["state", "starts", "ends"])
        facts |= {"seat": fresh.seat.public_id, "granted": granted, "until": str(fresh.ends or "")}
    return fresh


def end_licence(licence: BrandLicence, *, by: Actor | Clockwork, at: datetime) -> BrandLicence:
    """Give a licence back, or let it end on its last day; the sign is taken down within the days of the rules.

    Allowed       the company that holds it; Cordée itself on its last day.
    Refused when  it does not run.
    Tells         projects.licence.ended: which seat, until when the sign is taken down.
    """
    project = licence.project
    with act("projects.licence.ended", book=project.grouping.book, by=by, at=at, on=licence) as facts:
        fresh = _licence(licence, BrandLicence.State.HELD, BrandLicence.State.SUSPENDED)
        if isinstance(by, Actor):
            if acting_seat(project.grouping, by).pk != fresh.seat_id:
                raise NotAllowed(_("Seule l’entreprise qui porte la marque la rend."))
        elif fresh.ends is None or fresh.ends >= localtime(at).date():
            raise NotYours
        fresh.state, fresh.remove_by = BrandLicence.State.ENDED, removal_day(project, at)
        fresh.save(update_fields=["state", "remove_by"])
        facts |= {"seat": fresh.seat.public_id, "remove_by": fresh.remove_by.isoformat()}
    return fresh


def removal_day(project: Project, at: datetime) -> date:
    """By when a sign that may no longer be used is taken down."""
    rules = project.brand_rules.filter(state=BrandRules.State.IN_FORCE).first()
    return localtime(at).date() + timedelta(days=rules.removal_days if rules else 60)


def _open_to_all(project: Project, by: Actor) -> tuple[Project, Seat]:
    """The project and the seat that acts, of the grouping though perhaps not of the project."""
    seat = acting_seat(project.grouping, by)
    fresh = living_project(project)
    if "brand" not in fresh.tools:
        raise ToolAway(_("Ce projet n’a pas de marque."))
    return fresh, seat


def _licence(licence: BrandLicence, *states: str) -> BrandLicence:
    """The licence re-read, in one of these states."""
    known = BrandLicence.objects.select_for_update(of=("self",)).select_related("project__grouping", "seat__company")
    fresh = known.get(pk=licence.pk)
    if fresh.state not in states:
        raise AlreadyEnded(_("Cette licence n’en est plus là."), do=_("Rechargez la page."))
    return fresh

"""A study and the shared sales room: promises that end, votes taken in, opportunities forgotten; letters."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.ground.kit.apart import each_apart
from cordee.ground.kit.money import euros
from cordee.ground.messages.acts import Draft, Teller
from cordee.ground.people.models import Clockwork
from cordee.ground.register.models import Entry
from cordee.groupings.models import Seat
from cordee.projects.acts import (
    choose_provider,
    decide_tranche,
    forget_opportunities,
    old_opportunities,
    release_pledges,
    settle_dispute,
)
from cordee.projects.models import BuyIn, Project, ProviderCall, SalesDispute, StudyFund, Tranche
from cordee.projects.reads import last_calls, pledges_of, verdict

CLOCK = Clockwork()


def forget_old_opportunities(*, at: datetime) -> int:
    """Erase the opportunities of which nobody heard for three years; how many projects had some."""
    old = Project.objects.filter(pk__in=old_opportunities(at).values("project")).select_related("grouping")
    return each_apart(list(old), lambda project: forget_opportunities(project, at=at))


def end_promises(*, at: datetime) -> int:
    """Release the promises whose day passed without the threshold."""
    late = StudyFund.objects.filter(state=StudyFund.State.OPEN, closes_on__lt=localtime(at).date())
    found = list(late.select_related("project__grouping"))
    return each_apart(found, lambda fund: release_pledges(fund, by=CLOCK, at=at))


def take_in_votes(*, at: datetime) -> int:
    """Take in the votes that are over: among offers, on a tranche, on a disputed opportunity. How many."""
    calls = ProviderCall.objects.filter(decided_at=None).exclude(ballot="").select_related("project__grouping")
    tranches = Tranche.objects.filter(state=Tranche.State.VOTING).select_related("fund__project__grouping")
    disputes = SalesDispute.objects.filter(settled_at=None).select_related("opportunity__project__grouping")
    ballots = last_calls(one.ballot for one in (*calls, *tranches, *disputes))
    over = {address for address, ballot in ballots.items() if verdict(ballot) != "voting"}
    done = each_apart([one for one in calls if one.ballot in over], lambda one: choose_provider(one, by=CLOCK, at=at))
    done += each_apart(
        [one for one in tranches if one.ballot in over], lambda one: decide_tranche(one, by=CLOCK, at=at)
    )
    return done + each_apart(
        [one for one in disputes if one.ballot in over], lambda one: settle_dispute(one, by=CLOCK, at=at)
    )


DEADLINES = (forget_old_opportunities, end_promises, take_in_votes)


# --- Letters ---


def _fund(entry: Entry) -> StudyFund:
    return StudyFund.objects.select_related("project__grouping", "buyer__company").get(
        public_id=entry.subject.rpartition("/")[2]
    )


def _draft(
    seat: Seat, project: Project, kind: str, subject: str, lines: tuple[str, ...], name: str, address: str = ""
) -> Draft:
    return Draft(
        to=seat.holder,
        kind=kind,
        subject=subject,
        lines=lines,
        button=_("Ouvrir"),
        url=f"{settings.SITE_URL}{reverse(name, args=[address or project.public_id])}?voix={seat.public_id}",
        why=_("Vous recevez ce message car %(company)s prend part à « %(project)s », ou peut y entrer.")
        % {"company": seat.company, "project": project.name},
    )


def tell_reached(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To each who promised: the threshold is reached, the promise binds."""
    fund = _fund(entry)
    for one in pledges_of(fund):
        if not one.cents:
            continue
        with translation.override(one.seat.holder.language):
            words = {"project": fund.project.name, "mine": euros(one.cents), "buyer": fund.buyer.company}
            yield _draft(
                one.seat,
                fund.project,
                "projects.pledges.reached",
                _("Le seuil est atteint : « %(project)s » peut commencer") % words,
                (
                    _("Votre promesse de %(mine)s engage maintenant votre entreprise.") % words,
                    _("Rien n’est encore dû : chaque tranche se vote avant de commencer.")
                    + " "
                    + _("%(buyer)s signe avec le prestataire.") % words,
                ),
                "projects:pledges",
            )


def tell_released(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To each who promised: the threshold was missed, nobody is bound."""
    fund = _fund(entry)
    for one in pledges_of(fund):
        if not one.cents:
            continue
        with translation.override(one.seat.holder.language):
            words = {
                "project": fund.project.name,
                "total": euros(entry.facts["total"]),
                "threshold": euros(entry.facts["threshold"]),
                "mine": euros(one.cents),
            }
            yield _draft(
                one.seat,
                fund.project,
                "projects.pledges.released",
                _("« %(project)s » : le seuil n’est pas atteint, personne n’est engagé") % words,
                (
                    _("%(total)s étaient promis, il fallait %(threshold)s.") % words,
                    _("Votre promesse de %(mine)s est levée : vous ne devez rien.") % words,
                ),
                "projects:pledges",
            )


def tell_tranche(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To each who promised: the tranche begins and what it costs, or the study stops and what is owed."""
    tranche = Tranche.objects.select_related("fund__project__grouping", "fund__buyer__company").get(
        public_id=entry.subject.rpartition("/")[2]
    )
    fund, owed = tranche.fund, entry.facts["owed"]
    for one in pledges_of(fund):
        if not one.cents:
            continue
        with translation.override(one.seat.holder.language):
            words = {
                "project": fund.project.name, "tranche": tranche.label, "buyer": fund.buyer.company,
                "mine": euros(tranche.parts.get(one.seat.public_id, 0)), "owed": euros(owed),
            }  # fmt: skip
            if entry.facts["go"]:
                subject = _("« %(tranche)s » commence") % words
                lines: tuple[str, ...] = (_("Votre part est de %(mine)s, due à %(buyer)s.") % words,)
            else:
                subject = _("« %(project)s » s’arrête") % words
                lines = (
                    _("Les membres ont décidé d’arrêter avant « %(tranche)s ».") % words,
                    _("Seul ce qui était lancé reste dû : %(owed)s en tout.") % words,
                )
            kind = f"projects.tranche.{tranche.public_id}"
            yield _draft(one.seat, fund.project, kind, subject, lines, "projects:pledges")


def tell_buy_in(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To the company that may come in: the price, and why."""
    found = BuyIn.objects.select_related("project__grouping", "seat__holder", "seat__company").get(
        public_id=entry.subject.rpartition("/")[2]
    )
    with translation.override(found.seat.holder.language):
        words = {"project": found.project.name, "cents": euros(found.cents)}
        yield _draft(
            found.seat,
            found.project,
            f"projects.buy_in.{found.public_id}",
            _("Entrer dans « %(project)s » ?") % words,
            (_("Le droit d’entrée est de %(cents)s hors taxes ; la page dit comment il est calculé.") % words,),
            "projects:buy_in",
            found.public_id,
        )


LETTERS: dict[str, Teller] = {
    "projects.pledges.reached": tell_reached,
    "projects.pledges.released": tell_released,
    "projects.tranche.decided": tell_tranche,
    "projects.buy_in.offered": tell_buy_in,
}

"""What happens aside: the search for teams, the searches that nobody took, what is told by letter."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from cordee.directory.models import Representative
from cordee.ground.kit.apart import each_apart
from cordee.ground.kit.clock import now
from cordee.ground.kit.refusals import Refusal
from cordee.ground.kit.templatetags.cordee import moment
from cordee.ground.messages.acts import Draft, Teller
from cordee.ground.people.acts import make_link
from cordee.ground.people.reads import link_address
from cordee.ground.register.models import Entry
from cordee.ground.signing.models import Ceremony
from cordee.offers.acts import (
    find_teams_now,
    finish_sweep,
    follow_client,
    give_up_search,
    miss_sweep,
    start_sweep,
    sweep_together,
)
from cordee.offers.models import Bid, ClientMessage, Need, Pursuit, RadarHit, RadarSweep, TeamSearch, Variant

TAKEN_OVER_AFTER = timedelta(seconds=30)
GIVEN_UP_AFTER = timedelta(minutes=3)
LEFT_AFTER = timedelta(minutes=10)
"""A sweep of which no slice was done for that long has lost its workers."""


@task()
def find_teams(search: str) -> str:
    """Do one search, named by its public identifier; says in what state it ends."""
    found = TeamSearch.objects.get(public_id=search)
    return str(find_teams_now(found, at=now()).state)


def catch_up(*, at: datetime) -> int:
    """Do the searches that no worker took; say of those that stopped half-way that they did. How many."""
    waiting = TeamSearch.objects.filter(state=TeamSearch.State.WAITING, asked_at__lte=at - TAKEN_OVER_AFTER)
    done = each_apart(list(waiting), lambda search: find_teams_now(search, at=at))
    stuck = TeamSearch.objects.filter(state=TeamSearch.State.RUNNING, started_at__lte=at - GIVEN_UP_AFTER)
    stuck = stuck.select_related("need__company")
    return done + each_apart(list(stuck), lambda search: give_up_search(search, at=at))


@task()
def sweep(name: str) -> str:
    """Sweep the notices of the day, or go on with the sweep named; says in what state it ends."""
    at = now()
    if name:
        one = RadarSweep.objects.get(public_id=name)
    else:
        try:
            one = start_sweep(settings.RADAR_SOURCE, at=at)
        except Refusal as refusal:
            return str(miss_sweep(settings.RADAR_SOURCE, f"{refusal.what} {refusal.why}".strip(), at=at).state)
    sweep_together(one, workers=1)
    return str(finish_sweep(one, at=now()).state)


def radar_due(*, at: datetime) -> int:
    """Once a day, have the source of the settings swept; take up a sweep whose worker was lost. How many."""
    if not settings.RADAR_SOURCE:
        return 0
    under_way = [TaskResultStatus.READY, TaskResultStatus.RUNNING]
    if DBTaskResult.objects.filter(task_path=sweep.module_path, status__in=under_way).exists():
        return 0
    last = RadarSweep.objects.first()
    if last is not None and last.state == RadarSweep.State.RUNNING:
        if last.started_at > at - LEFT_AFTER or last.slices.filter(done_at__gt=at - LEFT_AFTER).exists():
            return 0
        sweep.enqueue(last.public_id)
        return 1
    if last is None or localtime(last.started_at).date() < localtime(at).date():
        sweep.enqueue("")
        return 1
    return 0


def tell_lot_changed(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To the members of an exchange: a lot of their occasion was corrected. Told from the exchange's own book."""
    need = Need.objects.select_related("company").get(public_id=entry.subject.rpartition("/")[2])
    kind, _slash, grouping = entry.book.partition("/")
    pursuit = Pursuit.objects.filter(need=need, grouping__public_id=grouping).select_related("grouping").first()
    if kind != "groupings" or pursuit is None:
        return
    own = set(Representative.objects.filter(company=need.company, until=None).values_list("person", flat=True))
    for seat in pursuit.grouping.seats.filter(state="member").select_related("holder", "company"):
        if seat.holder_id in own:
            continue
        with translation.override(seat.holder.language):
            figures = ((_("Réponse avant"), moment(need.deadline)),) if need.deadline else ()
            yield Draft(
                to=seat.holder,
                kind=f"offers.lot.{entry.facts['lot']}.{entry.facts['version']}",
                subject=_("Un lot a changé : %(title)s") % {"title": need.title[:120]},
                lines=(
                    _("%(company)s a corrigé le lot %(lot)s de l’occasion.")
                    % {"company": need.company, "lot": entry.facts["lot"]},
                ),
                figures=figures,
                button=_("Voir l’occasion"),
                url=settings.SITE_URL + reverse("offers:need", args=[need.public_id]),
                why=_("Vous recevez ce message car %(company)s est dans l’échange « %(name)s ».")
                % {"company": seat.company, "name": pursuit.grouping.name},
            )


def tell_shared(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To the other members of a grouping: one of them brought an occasion to it."""
    need = Need.objects.select_related("company").get(public_id=entry.facts["need"])
    pursuit = Pursuit.objects.filter(need=need, grouping__public_id=entry.book.rpartition("/")[2]).first()
    if pursuit is None:
        return
    for seat in pursuit.grouping.seats.filter(state="member").select_related("holder", "company"):
        if seat.holder.pseudonym == entry.by.partition(" ")[0]:
            continue
        with translation.override(seat.holder.language):
            words = {"company": need.company, "title": need.title[:120], "name": pursuit.grouping.name}
            yield Draft(
                to=seat.holder,
                kind="offers.need.shared",
                subject=_("Une occasion pour « %(name)s » : %(title)s") % words,
                lines=(
                    _("%(company)s l’apporte au groupement : regardez les lots, dites lesquels sont pour vous.")
                    % words,
                ),
                figures=((_("Réponse avant"), moment(need.deadline)),) if need.deadline else (),
                button=_("Voir l’occasion"),
                url=settings.SITE_URL + reverse("offers:need", args=[need.public_id]),
                why=_("Vous recevez ce message car %(company)s est dans « %(name)s ».")
                % {"company": seat.company, "name": pursuit.grouping.name},
            )


def _bid(entry: Entry) -> Bid:
    found = Bid.objects.select_related("grouping", "client_person", "contact__holder", "deputy__holder", "assembler")
    return found.get(public_id=entry.subject.rpartition("/")[2])


def tell_client(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To the client: what the contact wrote, with the one link to the thread."""
    bid = _bid(entry)
    message = ClientMessage.objects.select_related("by").filter(pk=entry.facts["message"]).first()
    if message is None or bid.client_person is None:
        return
    with translation.override(bid.client_person.language):
        link = make_link(bid.client_person, purpose="client", subject=bid, at=at, expires_at=at + timedelta(days=365))
        yield Draft(
            to=bid.client_person,
            kind=f"offers.client.{message.pk}",
            subject=message.subject,
            lines=tuple(line for line in message.text.splitlines() if line.strip())[:40],
            button=_("Lire et répondre"),
            url=link_address(link, "offers:client_door"),
            why=_("Vous recevez ce message de %(name)s, votre interlocuteur pour « %(title)s ».")
            % {"name": message.by, "title": bid.title},
        )


def tell_contact(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To the contact and the deputy: the client wrote."""
    bid = _bid(entry)
    for seat in (bid.contact, bid.deputy):
        if seat is None:
            continue
        with translation.override(seat.holder.language):
            yield Draft(
                to=seat.holder,
                kind=f"offers.client.in.{entry.facts['message']}",
                subject=_("Le client a écrit : %(title)s") % {"title": bid.title[:120]},
                lines=(_("Son message est dans le fil de l’offre. Répondez-lui de là : tout reste au même endroit."),),
                button=_("Lire et répondre"),
                url=settings.SITE_URL + reverse("offers:client", args=[bid.public_id]),
                why=_("Vous recevez ce mail car vous parlez au client pour « %(name)s ».")
                % {"name": bid.grouping.name},
            )


def tell_members(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To the other members of a bid: it was handed in, or it has ended."""
    bid = _bid(entry)
    for member in bid.members.filter(left_at=None).select_related("seat__holder", "seat__company"):
        person = member.seat.holder
        if person.pseudonym == entry.by.partition(" ")[0]:
            continue
        with translation.override(person.language):
            words = {"title": bid.title[:120], "state": bid.get_state_display().lower()}
            closed = entry.act == "offers.bid.closed"
            yield Draft(
                to=person,
                kind=entry.act,
                subject=(_("Offre %(state)s : %(title)s") if closed else _("Dossier commun prêt : %(title)s")) % words,
                lines=(
                    _("Le résultat, ses raisons et ce que nous en retenons sont sur la page. Les prix sont scellés.")
                    if closed
                    else _("Tout y est : formulaires, DUME, pièces. Rien ne change plus."),
                ),
                button=_("Voir l’offre"),
                url=settings.SITE_URL + reverse("offers:bid", args=[bid.public_id]),
                why=_("Vous recevez ce message car %(company)s a une part dans cette offre.")
                % {"company": member.seat.company},
            )


def tell_leaders(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To each leader with a profile, once for a sweep: the best of what it found for them."""
    sweep = RadarSweep.objects.filter(public_id=entry.subject.rpartition("/")[2]).first()
    if sweep is None or not entry.facts["over"]:
        return
    new = RadarHit.objects.filter(found_at__gte=sweep.started_at, answer="", profile__by_mail=True)
    best: dict[int, list[RadarHit]] = {}
    for hit in new.select_related("profile__company", "notice").order_by("profile", "-score", "id"):
        best.setdefault(hit.profile_id, []).append(hit)
    for hits in best.values():
        company = hits[0].profile.company
        leaders = Representative.objects.filter(company=company, until=None, capacity="legal").select_related("person")
        for leader in leaders:
            with translation.override(leader.person.language):
                yield Draft(
                    to=leader.person,
                    kind=f"offers.radar.{company.public_id}",
                    subject=_("Vous pourriez gagner : %(title)s") % {"title": hits[0].notice.title[:110]},
                    lines=tuple(f"{hit.notice.title} – {hit.notice.buyer}" for hit in hits[:3]),
                    button=_("Voir pourquoi, et avec qui"),
                    url=settings.SITE_URL + reverse("offers:radar"),
                    why=_("Vous recevez ce mail car %(company)s suit les avis du jour. Réglez-le sur la page du radar.")
                    % {"company": company},
                )


def tell_named(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To whoever was named to the restricted room and has not entered yet; to a new assembler."""
    bid = _bid(entry)
    named = bid.room_members.filter(pk=entry.facts.get("member"), entered_at=None).select_related("person")
    people = [one.person for one in named]
    if entry.act == "offers.bid.roles":
        people = [bid.assembler] if bid.assembler is not None and entry.facts.get("assembler_changed") else []
    for person in people:
        with translation.override(person.language):
            words = {"title": bid.title[:120], "name": bid.grouping.name}
            yield Draft(
                to=person,
                kind="offers.room.named" if entry.act == "offers.room.named" else "offers.assembler.named",
                subject=(
                    _("Vous entrez dans la salle restreinte : %(title)s")
                    if entry.act == "offers.room.named"
                    else _("Vous assemblez les prix : %(title)s")
                )
                % words,
                lines=(
                    _("Ce que vous y lirez, les entreprises ne doivent pas se le dire entre elles."),
                    _("Lisez les règles, signez-les, entrez. Chaque lecture est notée."),
                ),
                button=_("Lire les règles"),
                url=settings.SITE_URL + reverse("offers:room", args=[bid.public_id]),
                why=_("Vous recevez ce message car « %(name)s » vous a nommé pour cette offre.") % words,
            )


def follow_clients(*, at: datetime) -> int:
    """Note what clients answered to the offers they received."""
    over = [Ceremony.State.SEALED, Ceremony.State.DECLINED]
    due = Variant.objects.filter(state=Variant.State.SENT, ceremony__state__in=over)
    found = list(due.select_related("bid__grouping"))
    return each_apart(found, lambda variant: follow_client(variant, at=at))


LETTERS: dict[str, Teller] = {
    "offers.lot.changed": tell_lot_changed,
    "offers.need.shared": tell_shared,
    "offers.client.written": tell_client,
    "offers.client.answered": tell_contact,
    "offers.sweep.finished": tell_leaders,
    "offers.bid.submitted": tell_members,
    "offers.bid.closed": tell_members,
    "offers.bid.roles": tell_named,
    "offers.room.named": tell_named,
}

"""The board: adding a card, taking it, moving it; blockers and help; what the team says to itself."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from cordee.delivery import permissions
from cordee.delivery.acts.inside import at_the_delivery, said
from cordee.delivery.models import Blocker, Delivery, TeamNote, WorkItem, WorkLot
from cordee.engines.schedule import Loop, Part, plan
from cordee.ground.kit.ids import new_public_id
from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal, Stale
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act, address
from cordee.groupings.models import Seat

FORWARD = {
    WorkItem.State.PLANNED: (WorkItem.State.DOING,),
    WorkItem.State.DOING: (WorkItem.State.PLANNED, WorkItem.State.CHECK),
    WorkItem.State.CHECK: (WorkItem.State.DOING, WorkItem.State.DONE),
    WorkItem.State.DONE: (WorkItem.State.CHECK,),
}
"""From which column to which a card goes; « À prendre » is left by taking the card, reached by letting it go."""


class NotDone(Refusal):
    """A point of the definition of done is not checked."""


class Circle(Refusal):
    """Cards that would wait for each other."""


def write_item(
    delivery: Delivery, item: WorkItem | None, *, values: dict[str, Any], version: int = 0, by: Actor, at: datetime
) -> WorkItem:
    """Add a card, or say again what it is, how long it takes and what it waits for. It is nobody's until taken.

    Allowed       a company that takes part; a card that another carries is described by that one or the facilitator.
    Refused when  it has no title or lot; cards would wait for each other; somebody changed it in between (both
                  versions are shown).
    Tells         delivery.item.written: the lot, the days, how many cards come before.
    """
    with act("delivery.item.written", book=delivery.grouping.book, by=by, at=at) as facts:
        fresh, seat = at_the_delivery(delivery, by)
        lot = WorkLot.objects.filter(delivery=fresh, public_id=str(values.get("lot", ""))).first()
        if lot is None:
            raise Refusal(_("Choisissez le lot de cette carte."))
        mine = _to_write(fresh, item, values, version, seat) if item else None
        if mine is None:
            mine = WorkItem(public_id=new_public_id(), delivery=fresh, moved_by=seat, moved_at=at, version=0)
        mine.lot, mine.title = lot, said(str(values.get("title", "")), 160)
        mine.details = str(values.get("details", "")).strip()
        mine.days = int(values.get("days") or 1)
        mine.due_on = values.get("due_on")
        known = set(WorkItem.objects.filter(delivery=fresh).values_list("public_id", flat=True)) - {mine.public_id}
        mine.after = [each for each in values.get("after", ()) if each in known]
        _no_circle(fresh, mine)
        mine.version += 1
        mine.save()
        facts.on = address(mine)
        facts |= {"delivery": fresh.public_id, "lot": lot.public_id, "days": mine.days, "after": len(mine.after)}
    return mine


def _to_write(delivery: Delivery, item: WorkItem, values: dict[str, Any], version: int, seat: Seat) -> WorkItem:
    mine = _again(delivery, item)
    if mine.version != version:
        lots = {lot.public_id: lot.title for lot in delivery.lots.all()}
        theirs = {_("Titre"): mine.title, _("Détails"): mine.details, _("Lot"): mine.lot.title, _("Jours"): mine.days}
        yours = {_("Titre"): values.get("title"), _("Détails"): values.get("details"),
                 _("Lot"): lots.get(str(values.get("lot")), ""), _("Jours"): values.get("days")}  # fmt: skip
        raise _stale(mine, theirs, yours)
    if mine.seat_id is not None and not permissions.may_move(mine, seat):
        raise NotAllowed(_("%(company)s porte cette carte : c’est à elle de la décrire.") % {"company": mine.carrier})
    return mine


def _again(delivery: Delivery, item: WorkItem) -> WorkItem:
    known = WorkItem.objects.select_for_update(of=("self",)).select_related(
        "seat__company", "moved_by__company", "sprint", "lot"
    )
    return known.get(pk=item.pk, delivery=delivery)


def _stale(item: WorkItem, theirs: dict[str, Any], yours: dict[str, Any]) -> Stale:
    who = str(item.moved_by.company) if item.moved_by else _("Quelqu’un")
    return Stale(
        _("%(who)s vient de changer cette carte. Rien de ce que vous avez fait n’a été enregistré.") % {"who": who},
        theirs={name: str(value) for name, value in theirs.items()},
        yours={name: str(value or "") for name, value in yours.items()},
    )


def _no_circle(delivery: Delivery, item: WorkItem) -> None:
    rows = WorkItem.objects.filter(delivery=delivery).exclude(pk=item.pk)
    cards = {each.public_id: each for each in rows} | {item.public_id: item}
    try:
        plan([Part(key, card.days, tuple(one for one in card.after if one in cards)) for key, card in cards.items()])
    except Loop as loop:
        names = " → ".join(cards[each].title for each in loop.ids)
        raise Circle(_("Ces cartes s’attendraient l’une l’autre."), why=names) from None
    except ValueError:
        raise Refusal(_("Ce chantier a trop de cartes pour un seul calendrier.")) from None


def take_item(item: WorkItem, *, version: int, by: Actor, at: datetime) -> WorkItem:
    """Commit one's company to a card. Nobody gives a card to another.

    Allowed       a company that takes part.
    Refused when  somebody changed it in between (both versions are shown); another carries it.
    Tells         delivery.item.taken.
    """
    with act("delivery.item.taken", book=item.delivery.grouping.book, by=by, at=at, on=item) as facts:
        fresh, seat = at_the_delivery(item.delivery, by)
        mine = _checked(fresh, item, version, WorkItem.State.PLANNED, seat)
        if mine.seat is not None:
            raise Refusal(_("%(company)s porte déjà cette carte.") % {"company": mine.carrier})
        mine.seat = seat
        _moved(mine, WorkItem.State.PLANNED, seat, at)
        facts["seat"] = seat.public_id
    return mine


def release_item(item: WorkItem, *, version: int, why: str, by: Actor, at: datetime) -> WorkItem:
    """Let a card go: it is to be taken again, and everybody reads why.

    Allowed       the company that carries it.
    Refused when  it is done; no reason is given; somebody changed it in between (both versions are shown).
    Tells         delivery.item.released.
    """
    with act("delivery.item.released", book=item.delivery.grouping.book, by=by, at=at, on=item) as facts:
        fresh, seat = at_the_delivery(item.delivery, by)
        mine = _checked(fresh, item, version, WorkItem.State.OPEN, None)
        if mine.seat_id != seat.pk:
            raise NotAllowed(_("Seule l’entreprise qui porte une carte la rend."))
        if mine.state == WorkItem.State.DONE:
            raise Refusal(_("Cette carte est finie."))
        TeamNote.objects.create(item=mine, by=by.person, seat=seat, text=said(why), at=at)
        mine.seat, mine.sprint = None, None
        _moved(mine, WorkItem.State.OPEN, seat, at)
        facts["seat"] = seat.public_id
    return mine


def move_item(
    item: WorkItem, *, to: str, version: int, checked: int = 0, by: Actor, at: datetime
) -> WorkItem:  # fmt: skip
    """Move a card to another column; done only once each point of the definition of done is checked.

    Allowed       the company that carries it; whoever facilitates its sprint.
    Refused when  somebody changed it in between (both versions are shown); that column is not next to it; a blocker
                  stands; a point of the definition of done is not checked.
    Tells         delivery.item.moved: from where, to where.
    """
    with act("delivery.item.moved", book=item.delivery.grouping.book, by=by, at=at, on=item) as facts:
        fresh, seat = at_the_delivery(item.delivery, by)
        if to not in WorkItem.State.values or to == WorkItem.State.OPEN:
            raise NotYours
        mine = _checked(fresh, item, version, WorkItem.State(to), item.seat)
        if mine.seat is None:
            raise Refusal(_("Personne ne porte encore cette carte."), do=_("Prenez-la, puis avancez-la."))
        if not permissions.may_move(mine, seat):
            raise NotAllowed(_("%(company)s porte cette carte : elle seule la déplace.") % {"company": mine.carrier})
        if WorkItem.State(to) not in FORWARD.get(WorkItem.State(mine.state), ()):
            raise Refusal(_("Une carte avance d’une colonne à la fois."))
        if to in (WorkItem.State.CHECK, WorkItem.State.DONE) and mine.blockers.filter(lifted_at=None).exists():
            raise Refusal(_("Un blocage n’est pas levé."), do=_("Levez-le, ou appelez à l’aide."))
        points = mine.lot.points
        if to == WorkItem.State.DONE and checked < len(points):
            raise NotDone(_("Le lot dit quand c’est fini."), why=" ".join(points), do=_("Cochez chaque point."))
        facts |= {"from": mine.state, "to": to}
        _moved(mine, WorkItem.State(to), seat, at)
    return mine


def _checked(delivery: Delivery, item: WorkItem, version: int, to: str, carrier: Seat | None) -> WorkItem:
    """The card re-read; refused, with both versions, when it is no longer the one that was on screen."""
    mine = _again(delivery, item)
    if mine.version != version:
        yours = {_("Colonne"): WorkItem.State(to).label, _("Portée par"): carrier.company if carrier else "–"}
        raise _stale(mine, {_("Colonne"): mine.get_state_display(), _("Portée par"): mine.carrier or "–"}, yours)
    return mine


def _moved(item: WorkItem, to: str, seat: Seat, at: datetime) -> None:
    item.state, item.moved_by, item.moved_at = to, seat, at
    item.version += 1
    item.save()


def raise_blocker(item: WorkItem, *, text: str, wants_help: bool, by: Actor, at: datetime) -> Blocker:
    """Say what stops a card; all the companies see it, and may be called for help.

    Allowed       a company that takes part.
    Refused when  nothing is said; the card is done.
    Tells         delivery.blocker.raised: whether help is called for.
    """
    with act("delivery.blocker.raised", book=item.delivery.grouping.book, by=by, at=at) as facts:
        fresh, seat = at_the_delivery(item.delivery, by)
        mine = _again(fresh, item)
        if mine.state == WorkItem.State.DONE:
            raise Refusal(_("Cette carte est finie."))
        found = Blocker.objects.create(
            item=mine, text=said(text, 300), wants_help=wants_help, raised_by=seat, raised_at=at
        )
        facts.on = address(found)
        facts |= {"item": mine.public_id, "help": wants_help}
    return found


def offer_help(blocker: Blocker, *, by: Actor, at: datetime) -> Blocker:
    """Answer a call for help.

    Allowed       a company that takes part, other than the one that called.
    Refused when  it is lifted, or somebody is helping already.
    Tells         delivery.blocker.helped.
    """
    with act("delivery.blocker.helped", book=blocker.item.delivery.grouping.book, by=by, at=at, on=blocker) as facts:
        _fresh, seat = at_the_delivery(blocker.item.delivery, by)
        mine = Blocker.objects.select_for_update().get(pk=blocker.pk)
        if mine.lifted_at or mine.helper_id or mine.raised_by_id == seat.pk:
            raise Refusal(_("Quelqu’un aide déjà, ou ce blocage est levé."))
        mine.helper = seat
        mine.save(update_fields=["helper"])
        facts["seat"] = seat.public_id
    return mine


def lift_blocker(blocker: Blocker, *, how: str, by: Actor, at: datetime) -> Blocker:
    """Say that nothing stops the card any more, and how it was solved.

    Allowed       a company that takes part.
    Refused when  it is lifted already; nothing is said.
    Tells         delivery.blocker.lifted: after how many hours.
    """
    with act("delivery.blocker.lifted", book=blocker.item.delivery.grouping.book, by=by, at=at, on=blocker) as facts:
        at_the_delivery(blocker.item.delivery, by)
        mine = Blocker.objects.select_for_update().get(pk=blocker.pk)
        if mine.lifted_at:
            raise Refusal(_("Ce blocage est déjà levé."))
        mine.lifted_at, mine.how = at, said(how, 300)
        mine.save(update_fields=["lifted_at", "how"])
        facts["hours"] = int((at - mine.raised_at).total_seconds() // 3600)
    return mine


def note_to_team(item: WorkItem, *, text: str, by: Actor, at: datetime) -> TeamNote:
    """Write to the team about a card: the client never reads it.

    Allowed       a company that takes part.
    Refused when  nothing is written.
    Tells         delivery.item.noted, without its words.
    """
    with act("delivery.item.noted", book=item.delivery.grouping.book, by=by, at=at, on=item) as facts:
        fresh, seat = at_the_delivery(item.delivery, by, ended=True)
        found = TeamNote.objects.create(item=_again(fresh, item), by=by.person, seat=seat, text=said(text), at=at)
        facts["note"] = found.pk
    return found

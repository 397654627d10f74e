"""Bringing a need: a notice as it was published, or a few lines typed by hand; correcting its lots."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, timezone
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from cordee.directory.models import Company
from cordee.engines import notices, teaming
from cordee.engines.notices import Lot, Moment, Notice
from cordee.engines.places import Place
from cordee.engines.teaming.from_notice import lot_place, need_of
from cordee.ground.files.acts import keep
from cordee.ground.kit.clock import PARIS
from cordee.ground.kit.ids import new_public_id
from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal, Stale
from cordee.ground.kit.words import language
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act, address
from cordee.offers.models import Need, NeedLot
from cordee.offers.permissions import companies_of, may_prepare, needs_open_to
from cordee.offers.reads.lots import lot_words

RADIUS_KM = 250
"""From how far a company may come to a lot typed by hand, unless one says otherwise."""
HAND_LOTS_AT_MOST = 40


class NoticeRefused(Refusal):
    """The file is not a notice, or asks for nothing: the reader of notices says why."""


class NothingAsked(Refusal):
    """A need has a title and at least one lot."""


class NeedDropped(Refusal):
    """The occasion was put away."""


@dataclass(frozen=True, slots=True)
class HandLot:
    """One lot typed by hand."""

    title: str
    trade: str = ""
    value_cents: int | None = None


def bring_notice(upload: UploadedFile, *, company: Company, by: Actor, at: datetime) -> Need:
    """Bring a tender notice as it was published: it is read, kept whole, and each lot is given its trades.

    Allowed       whoever acts for the company, even without committing it.
    Refused when  the file is not a notice, or has no lot.
    Tells         offers.need.brought: source, number of lots, digest of the file.
    """
    if (upload.size or 0) > notices.MAX_BYTES:
        raise _refused(notices.NotANotice("too-big", limit=notices.MAX_BYTES // 10**6))
    data = upload.read()
    try:
        notice = notices.read_notice(data)
    except notices.NotANotice as wrong:
        raise _refused(wrong) from None
    lots = notice.lots or notice.parts
    if not lots:
        raise NoticeRefused(
            _("Cet avis ne compte aucun lot : il n’y a pas d’équipe à chercher."),
            do=_("Donnez l’avis de marché lui-même, ou écrivez le besoin à la main."),
        )
    need = Need(public_id=new_public_id(), company=company, brought_by=by.person, created_at=at)
    _describe(need, notice)
    with act("offers.need.brought", book=need.book, by=by, at=at, on=address(need)) as facts:
        _acts_for(company, by)
        ending = "json" if notice.source == "ocds" else "xml"
        name = (upload.name or "").strip() or _("avis")
        name = name if name.lower().endswith(f".{ending}") else f"{name[:150]}.{ending}"
        need.file = keep(SimpleUploadedFile(name, data), book=need.book, by=by.person, at=at)
        need.save()
        NeedLot.objects.bulk_create(_rows(need, notice, lots), batch_size=500)
        facts["source"] = notice.source
        facts["lots"] = len(lots)
        facts["digest"] = need.file.digest
    return need


def _refused(wrong: notices.NotANotice) -> NoticeRefused:
    sentence = wrong.sentence(language())
    return NoticeRefused(_("Nous n’avons pas pu lire ce fichier."), why=sentence[:1].upper() + sentence[1:])


def _acts_for(company: Company, by: Actor) -> None:
    if not companies_of(by.person).filter(pk=company.pk).exists():
        raise NotAllowed(_("Vous n’agissez pas pour %(company)s.") % {"company": company})


def _describe(need: Need, notice: Notice) -> None:
    buyer = notice.buyers[0] if notice.buyers else None
    lots = notice.lots or notice.parts
    where = next((place for lot in lots if (place := lot_place(lot, notice)) is not None), None)
    need.title = _line(notice.title or lots[0].title, 300) or _("Avis de marché")
    need.client = (buyer.name if buyer else "")[:300]
    need.description = notice.description or ""
    need.source, need.notice_format = Need.Source.NOTICE, notice.source
    need.notice_id = (notice.id or "")[:80]
    need.place = ((buyer.town if buyer else "") or (where.name if where else ""))[:200]
    need.deadline, need.deadline_has_hour = instant_of(notice.deadline)
    reading = notices.notice_as_json(notice)
    need.reading, need.groupings = reading, reading["groupings"]


def _line(text: str | None, most: int) -> str:
    """A text of a notice as one line, without the invisible signs that some carry."""
    words = "".join(sign if sign.isprintable() else " " for sign in text or "").split()
    return str(Truncator(" ".join(words)).chars(most))


def instant_of(moment: Moment | None) -> tuple[datetime | None, bool]:
    """A limit date as a moment, in Paris time where it states no offset; a day alone lasts until its end."""
    if moment is None:
        return None, False
    zone = PARIS if moment.offset is None else timezone(timedelta(minutes=moment.offset))
    clock = moment.clock or time(23, 59)
    return datetime.combine(moment.day, clock.replace(tzinfo=None), tzinfo=zone).astimezone(UTC), bool(moment.clock)


def _rows(need: Need, notice: Notice, lots: Sequence[Lot]) -> list[NeedLot]:
    asked = need_of(notice).lots
    return [
        _row(need, rank, lot, wanted, notice) for rank, (lot, wanted) in enumerate(zip(lots, asked, strict=True), 1)
    ]


def _row(need: Need, rank: int, lot: Lot, wanted: teaming.LotNeed, notice: Notice) -> NeedLot:
    where = lot_place(lot, notice)
    place = lot.place or (where.name if where else "")
    return NeedLot(
        need=need,
        rank=rank,
        ident=lot.id[:80],
        number=(lot.number or "")[:40],
        title=_line(lot.title, 400),
        cpv=list(lot.cpv),
        trades=dict(wanted.trades),
        trades_by=Need.Source.NOTICE,
        nuts=list(lot.nuts),
        place=_line(place, 200),
        lon=wanted.place[0] if wanted.place else None,
        lat=wanted.place[1] if wanted.place else None,
        radius_km=wanted.radius_km,
        value_cents=lot.value.cents if lot.value else None,
        currency=(lot.value.currency or "")[:3] if lot.value else "",
        months=lot.duration.months if lot.duration else None,
        certificates=list(wanted.certificates),
    )


def write_need(
    *,
    title: str,
    client: str = "",
    description: str = "",
    where: Place | None = None,
    deadline: datetime | None = None,
    deadline_has_hour: bool = False,
    lots: Sequence[HandLot],
    company: Company,
    by: Actor,
    at: datetime,
) -> Need:
    """Write a need by hand, without any notice: what the client asks for, lot by lot.

    Allowed       whoever acts for the company, even without committing it.
    Refused when  there is no title, or no lot.
    Tells         offers.need.written: number of lots.
    """
    if not title.strip() or not lots:
        raise NothingAsked(
            _("Il manque l’objet, ou au moins un lot."), do=_("Dites en quelques mots ce que le client attend.")
        )
    need = Need(
        public_id=new_public_id(),
        title=title.strip()[:300],
        client=client.strip()[:300],
        description=description.strip(),
        source=Need.Source.HAND,
        deadline=deadline,
        deadline_has_hour=deadline_has_hour,
        place=where.name if where else "",
        company=company,
        brought_by=by.person,
        created_at=at,
    )
    with act("offers.need.written", book=need.book, by=by, at=at, on=address(need)) as facts:
        _acts_for(company, by)
        need.save()
        NeedLot.objects.bulk_create(
            NeedLot(
                need=need,
                rank=rank,
                ident=str(rank),
                number=str(rank),
                title=lot.title.strip()[:400],
                trades={lot.trade: 100} if lot.trade else {},
                trades_by=Need.Source.HAND,
                place=where.name if where else "",
                lon=where.point.lon if where else None,
                lat=where.point.lat if where else None,
                radius_km=RADIUS_KM if where else None,
                value_cents=lot.value_cents,
                currency="EUR" if lot.value_cents is not None else "",
            )
            for rank, lot in enumerate(lots[:HAND_LOTS_AT_MOST], 1)
        )
        facts["lots"] = len(lots[:HAND_LOTS_AT_MOST])
    return need


def prepared(need: Need, by: Actor) -> Need:
    """Re-read a need to change it: a stranger learns nothing, a guest is told who may."""
    fresh = Need.objects.select_for_update(of=("self",)).select_related("company").get(pk=need.pk)
    if not may_prepare(by.person, fresh):
        if not needs_open_to(by.person).filter(pk=fresh.pk).exists():
            raise NotYours
        raise NotAllowed(
            _("Cette occasion est celle de %(company)s.") % {"company": fresh.company},
            why=_("Elle seule corrige les lots et cherche des équipes."),
            do=_("Écrivez-lui dans la conversation de l’échange."),
        )
    if fresh.state == Need.State.DROPPED:
        raise NeedDropped(_("Cette occasion est classée."), do=_("Apportez de nouveau l’avis pour la reprendre."))
    return fresh


def linked_books(need: Need) -> tuple[str, ...]:
    """The books of the exchanges opened for a need: what changes in it is told there too."""
    return tuple(pursuit.grouping.book for pursuit in need.pursuits.select_related("grouping"))


def change_lot(lot: NeedLot, *, version: int, values: dict[str, Any], by: Actor, at: datetime) -> NeedLot:
    """Correct a lot: its title, trades, place, value, what is asked of those who do it.

    Allowed       whoever acts for the company that brought the need.
    Refused when  somebody changed it in between (both values are shown), or the need is put away.
    Tells         offers.lot.changed: which lot, the names of what changed; also in the books of its exchanges.
    """
    books = linked_books(lot.need)
    with act("offers.lot.changed", book=lot.need.book, also=books, by=by, at=at, on=lot.need) as facts:
        prepared(lot.need, by)
        fresh = NeedLot.objects.select_for_update().get(pk=lot.pk)
        theirs = lot_words(fresh)
        changed = sorted(field for field, value in values.items() if getattr(fresh, field) != value)
        for field in changed:
            setattr(fresh, field, values[field])
        if fresh.version != version:
            raise Stale(_("Quelqu’un vient de modifier ce lot."), theirs=theirs, yours=lot_words(fresh))
        if "trades" in changed:
            fresh.trades_by = Need.Source.HAND
        fresh.version += 1
        fresh.save()
        facts["lot"] = fresh.rank
        facts["changed"] = " ".join(changed)
        facts["version"] = fresh.version
    return fresh


def drop_need(need: Need, *, by: Actor, at: datetime) -> Need:
    """Put an occasion away: it leaves the list; exchanges that it led to go on.

    Allowed       whoever acts for the company that brought it.
    Refused when  it is already put away.
    Tells         offers.need.dropped.
    """
    with act("offers.need.dropped", book=need.book, by=by, at=at, on=need):
        fresh = prepared(need, by)
        fresh.state = Need.State.DROPPED
        fresh.save(update_fields=["state"])
    return fresh

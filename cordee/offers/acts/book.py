"""The price book of a joint offer: one's own lines alone, packages sold as one; the bids of a project."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act, address
from cordee.offers.acts.prices import Priced, price_part
from cordee.offers.keys import open_price, seal_price, seal_text
from cordee.offers.models import Bid, BidPart, BookLine, Package, PackageLine, PackagePrice, ProjectBid
from cordee.offers.reads.book import LEAST, price_now, room_of
from cordee.projects.acts.inside import my_project, my_tool, same_version
from cordee.projects.models import Project

TOOL = "price_book"
MOST = 200


class TwoWouldTell(Refusal):
    """With fewer than three companies the price of the whole tells one of them the price of another."""


def write_line(
    project: Project,
    line: BookLine | None = None,
    *,
    title: str,
    unit: str = "",
    cents: int,
    vat: int = 2000,
    version: int = 0,
    by: Actor,
    at: datetime,
) -> BookLine:
    """Write a line of one's own in the price book, or its new price; nobody else ever reads it.

    Allowed       any participant, for its own company.
    Refused when  the tool is put away; nothing says what it is; the price is negative; somebody changed it in between.
    Tells         offers.book_line.written: whose, new or not; no amount.
    """
    with act("offers.book_line.written", book=project.grouping.book, by=by, at=at, on=project) as facts:
        fresh, seat = my_tool(project, by, TOOL)
        if not title.strip():
            raise Refusal(_("Dites ce que vous vendez."))
        if not 0 <= cents <= 10**11:
            raise Refusal(_("Ce prix ne va pas."), do=_("Écrivez par exemple 1 284,50."))
        row = BookLine.objects.select_for_update().filter(pk=line.pk).first() if line else None
        if row is None:
            if BookLine.objects.filter(project=fresh, seat=seat, dropped_at=None).count() >= MOST:
                raise Refusal(_("Deux cents lignes au plus."), do=_("Regroupez-les."))
            row = BookLine(project=fresh, seat=seat)
        else:
            if row.seat_id != seat.pk:
                raise NotYours
            same_version(row.version, version, now={"title": row.title}, wanted={"title": title})
            row.version += 1
        row.title, row.unit, row.vat, row.set_at = title.strip()[:160], unit.strip()[:20], vat, at
        row.sealed = seal_price(room_of(fresh), cents)
        row.save()
        facts |= {"seat": seat.public_id, "new": line is None}
    return row


def drop_line(line: BookLine, *, by: Actor, at: datetime) -> None:
    """Take a line of one's own out of the book; a package on sale keeps the price it was sold at.

    Allowed       the company whose line it is.
    Refused when  the tool is put away.
    Tells         offers.book_line.dropped: whose.
    """
    with act("offers.book_line.dropped", book=line.project.grouping.book, by=by, at=at, on=line.project) as facts:
        _fresh, seat = my_tool(line.project, by, TOOL)
        row = BookLine.objects.select_for_update().get(pk=line.pk)
        if row.seat_id != seat.pk:
            raise NotYours
        row.dropped_at = at
        row.save(update_fields=["dropped_at"])
        PackageLine.objects.filter(line=row, package__state=Package.State.DRAFT).delete()
        facts["seat"] = seat.public_id


def make_package(
    project: Project,
    *,
    title: str,
    promise: str = "",
    coordination: int = 0,
    quantities: Mapping[str, int],
    by: Actor,
    at: datetime,
) -> Package:
    """Put lines of several companies together, to be sold as one; what each costs stays its own.

    Allowed       any participant.
    Refused when  the tool is put away; it has no title or no line; coordinating adds more than a fifth.
    Tells         offers.package.made: how many lines, of how many companies.
    """
    with act("offers.package.made", book=project.grouping.book, by=by, at=at, on=project) as facts:
        fresh, seat = my_tool(project, by, TOOL)
        known = {one.public_id: one for one in BookLine.objects.filter(project=fresh, dropped_at=None)}
        chosen = {known[key]: count for key, count in quantities.items() if key in known and count > 0}
        if not title.strip() or not chosen:
            raise Refusal(_("Un lot a un nom et au moins une ligne."), do=_("Écrivez une quantité devant une ligne."))
        if not 0 <= coordination <= 2000:
            raise Refusal(_("La coordination ajoute 20 % au plus."))
        found = Package.objects.create(
            project=fresh, title=title.strip()[:120], promise=promise.strip()[:300], coordination=coordination,
            made_by=seat, made_at=at,
        )  # fmt: skip
        PackageLine.objects.bulk_create(
            PackageLine(package=found, line=line, quantity=min(count, 10**9)) for line, count in chosen.items()
        )
        facts.on = address(found)
        facts |= {"lines": len(chosen), "companies": len({line.seat_id for line in chosen})}
    return found


def sell_package(package: Package, *, by: Actor, at: datetime) -> PackagePrice:
    """Put a package on sale at the sum of today's prices, or at their new sum: the price that the client reads.

    Allowed       any participant.
    Refused when  the tool is put away; it is withdrawn, or one of its lines is; fewer than three companies are in it,
                  for its price would tell.
    Tells         offers.package.sold: of how many companies; no amount.
    """
    with act("offers.package.sold", book=package.project.grouping.book, by=by, at=at, on=package) as facts:
        my_tool(package.project, by, TOOL)
        row = Package.objects.select_for_update(of=("self",)).select_related("project").get(pk=package.pk)
        if row.state == Package.State.WITHDRAWN:
            raise Refusal(_("Ce lot est retiré de la vente."))
        lines = list(row.lines.select_related("line"))
        gone = next((one.line for one in lines if one.line.dropped_at is not None), None)
        if gone is not None:
            raise Refusal(_("« %(line)s » n’est plus dans le carnet.") % {"line": gone}, do=_("Composez un autre lot."))
        companies = {one.line.seat_id for one in lines}
        if len(companies) < LEAST:
            raise TwoWouldTell(
                _("Ce lot n’a pas trois entreprises : son prix dirait celui de l’une à l’autre."),
                do=_("Ajoutez la part d’une troisième, ou chiffrez-le dans une offre : l’assembleur seul verra tout."),
            )
        net, gross, made = price_now(row, lines)
        sealed = seal_text(room_of(row.project), made)
        found = PackagePrice.objects.create(package=row, net_cents=net, gross_cents=gross, sealed=sealed, at=at)
        row.state = Package.State.SOLD
        row.save(update_fields=["state"])
        facts["companies"] = len(companies)
    return found


def withdraw_package(package: Package, *, by: Actor, at: datetime) -> Package:
    """Take a package out of sale.

    Allowed       any participant.
    Refused when  the tool is put away; it is withdrawn already.
    Tells         offers.package.withdrawn.
    """
    with act("offers.package.withdrawn", book=package.project.grouping.book, by=by, at=at, on=package):
        my_tool(package.project, by, TOOL)
        row = Package.objects.select_for_update().get(pk=package.pk)
        if row.state == Package.State.WITHDRAWN:
            raise Refusal(_("Ce lot est déjà retiré."))
        row.state = Package.State.WITHDRAWN
        row.save(update_fields=["state"])
    return row


def price_from_book(part: BidPart, *, quantities: Mapping[str, int], by: Actor, at: datetime) -> BidPart:
    """Price one's own part of a bid with one's own lines of the book: the same prices, behind the same wall.

    Allowed       the company whose part it is.
    Refused when  no quantity is given; and as for any part: the competition note is not cleared, the team is frozen.
    Tells         offers.book.used: how many lines; offers.part.priced.
    """
    with act("offers.book.used", book=part.bid.book, by=by, at=at, on=part) as facts:
        tie = ProjectBid.objects.select_related("project__grouping").filter(bid=part.bid_id).first()
        if tie is None:
            raise NotYours
        fresh, seat = my_tool(tie.project, by, TOOL)
        if part.seat_id != seat.pk:
            raise NotAllowed(_("Chaque entreprise chiffre sa propre part."))
        known = BookLine.objects.filter(project=fresh, seat=seat, dropped_at=None)
        rows = [
            Priced(one.title, one.unit, quantities[one.public_id], open_price(room_of(fresh), one.sealed))
            for one in known
            if quantities.get(one.public_id, 0) > 0
        ]
        if not rows:
            raise Refusal(_("Écrivez une quantité devant une ligne au moins."))
        done = price_part(part, lines=rows, by=by, at=at)
        facts["lines"] = len(rows)
    return done


def tie_bid(project: Project, bid: Bid, *, by: Actor, at: datetime) -> ProjectBid:
    """Say that a bid is made within a project: its progress and its result show there.

    Allowed       any participant.
    Refused when  the bid is another grouping's; it is within a project already; the project is over.
    Tells         offers.bid.tied: which project.
    """
    with act("offers.bid.tied", book=project.grouping.book, by=by, at=at, on=bid) as facts:
        fresh, seat = my_project(project, by)
        row = Bid.objects.select_for_update(of=("self",)).get(pk=bid.pk)
        if row.grouping_id != fresh.grouping_id:
            raise NotYours
        if ProjectBid.objects.filter(bid=row).exists():
            raise Refusal(_("Cette offre est déjà dans un projet."))
        found = ProjectBid.objects.create(project=fresh, bid=row, seat=seat, at=at)
        facts["project"] = fresh.public_id
    return found


def untie_bid(project: Project, bid: Bid, *, by: Actor, at: datetime) -> None:
    """Take a bid out of a project, where it was put by mistake.

    Allowed       any participant.
    Refused when  it is not in this project; the project is over.
    Tells         offers.bid.untied: which project.
    """
    with act("offers.bid.untied", book=project.grouping.book, by=by, at=at, on=bid) as facts:
        fresh, _seat = my_project(project, by)
        gone, _kinds = ProjectBid.objects.filter(project=fresh, bid=bid).delete()
        if not gone:
            raise NotYours
        facts["project"] = fresh.public_id

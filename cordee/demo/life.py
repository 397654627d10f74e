"""What the demo shows of life: mandates, a facilitator, an election without candidates, a groupement brought in."""

import io
from datetime import date, datetime, timedelta

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile

from cordee.demo.stories import People, acting, seat
from cordee.directory.models import Company
from cordee.governance import acts as governance
from cordee.governance.models import DecisionType
from cordee.governance.reads import proposed
from cordee.ground.people.acts import make_link
from cordee.ground.people.models import Actor
from cordee.groupings.acts import DeclaredMember, accept_invitation, answer_guest, ask_guest, give_mandate
from cordee.groupings.models import Grouping
from cordee.groupings.reads import actor_for
from cordee.journeys.acts import Existing, PaperSigned, bring_in_grouping

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
GUIDE = "gaelle.pons@cma.example"


def show_life(people: People, *, at: datetime) -> None:
    """Who substitutes, who prepares, who accompanies; who is named; what existed before and comes in."""
    grouping = Grouping.objects.get(name="Bois & Pierre du Lodévois")
    _mandates(grouping, at - 20 * DAY)
    _accompanied(grouping, at - 9 * DAY)
    _named(grouping, at - DAY)
    _brought_in(people, at)


def scan(*lines: str) -> bytes:
    """One page with a few words, as a scanner would give it."""
    file = io.BytesIO()
    with pikepdf.new() as made:
        page = made.add_blank_page(page_size=(595, 842))
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica,
            Encoding=pikepdf.Name.WinAnsiEncoding,
        )  # fmt: skip
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        words = "".join(f"BT /F1 12 Tf 72 {760 - 24 * n} Td ({line}) Tj ET\n" for n, line in enumerate(lines))
        page.obj.Contents = made.make_stream(words.encode("cp1252"))
        made.save(file, deterministic_id=True)
    return file.getvalue()


def _mandates(grouping: Grouping, at: datetime) -> None:
    lead, day = acting(grouping, "Menuiserie Fabrègues"), at.date()
    written = scan("Délégation de pouvoir", "Sophie Arnal vote jusqu'à 5 000 euros par décision.", "Claire Fabrègues")
    give_mandate(
        seat(grouping, "Menuiserie Fabrègues"), email="sophie.arnal@menuiserie.example", name="Sophie Arnal",
        kind="substitute", role="conductrice de travaux", types=("ordinary", "budget"), limit_cents=500_000, since=day,
        until=day + 365 * DAY, paper=SimpleUploadedFile("delegation-sophie-arnal.pdf", written), by=lead, at=at,
    )  # fmt: skip
    give_mandate(
        seat(grouping, "Menuiserie Fabrègues"), email="h.castan@expertise.example", name="Hélène Castan",
        kind="prepares", role="expert-comptable", outside=True, since=day, by=lead, at=at,
    )  # fmt: skip


def _accompanied(grouping: Grouping, at: datetime) -> None:
    """An adviser of the chamber of trades, welcomed by all, has prepared a question."""
    guest = ask_guest(
        grouping, email=GUIDE, name="Gaëlle Pons", kind="facilitator", role="Chambre de métiers de l’Hérault",
        by=acting(grouping, "Menuiserie Fabrègues"), at=at,
    )  # fmt: skip
    for one in grouping.seats.filter(state="member").select_related("holder", "company"):
        answer_guest(guest, agreed=True, by=actor_for(one.holder, one), at=at + DAY)
    governance.prepare_question(
        grouping, title="Comparer trois assurances décennales communes ?",
        text="Demander trois devis avant la fin du mois. Pierres du Larzac les reçoit, nous choisissons ensemble.",
        by=Actor(guest.person), at=at + 2 * DAY,
    )  # fmt: skip
    other = Grouping.objects.exclude(pk=grouping.pk).filter(stage="exchange").order_by("pk").first()
    if other is not None:  # asked there too, and not everybody has agreed yet
        host = other.seats.select_related("holder", "company").order_by("pk")[0]
        ask_guest(
            other, email=GUIDE, name="", kind="facilitator", role="Chambre de métiers de l’Hérault",
            by=actor_for(host.holder, host), at=at + 3 * DAY,
        )  # fmt: skip


def _named(grouping: Grouping, at: datetime) -> None:
    """Who holds the pen? Each named somebody and said why; now a second round lets everybody change."""
    ballot = governance.propose_resolution(
        grouping, title="Qui tient le secrétariat cette année ?",
        text="Les convocations, les comptes rendus, le registre. Deux heures par mois.", decision_type="ordinary",
        closes_at=(at + 8 * DAY).replace(minute=0, second=0, microsecond=0), way=governance.Way(method="sociocratic"),
        by=acting(grouping, "Menuiserie Fabrègues"), at=at,
    )  # fmt: skip
    said = (
        ("Menuiserie Fabrègues", "Nouvel Électricité", "Yann écrit vite et juste."),
        ("Charpente Roques", "Nouvel Électricité", ""),
        ("Pierres du Larzac", "Couverture Saltel", "Il vient à toutes les réunions."),
        ("Nouvel Électricité", "Pierres du Larzac", "Elle a déjà tenu celui du syndicat."),
        ("Couverture Saltel", "Nouvel Électricité", "Il a le matériel pour."),
    )
    for name, named, why in said:
        answer = {"named": named} | ({"why": why} if why else {})
        one = seat(grouping, name)
        by = actor_for(one.holder, one)
        governance.cast_vote(ballot, seat=one, choice="cast", answer=answer, by=by, at=at + HOUR)
    governance.name_again(ballot, by=acting(grouping, "Menuiserie Fabrègues"), at=at + 2 * HOUR)


def _brought_in(people: People, now: datetime) -> None:
    """A groupement that has existed for four years comes in: one holder has confirmed, the other has the link."""
    host, at = Company.objects.get(name="Terrassement Hérault"), now - 2 * DAY
    names = ("Maçonnerie Durand", "Plomberie Vidal")
    balances = {"Maçonnerie Durand": -84_000, "Plomberie Vidal": 24_000}
    members = [
        DeclaredMember(
            people[name].person.email, people[name].person.name, name,
            str(Company.objects.get(name=name).siren), balances[name],
        )
        for name in names
    ]  # fmt: skip
    signed_on = date(now.year - 4, 3, 12)
    existing = Existing(
        name="Réseaux & Tranchées 34", stage="committed", form="gme_conjoint", founded_on=signed_on,
        purpose="Répondre ensemble aux petits marchés de réseaux enterrés entre Béziers et Lunel.",
        end_condition="Le marché-cadre du département, fin de l’année prochaine.",
        rules={str(kind): proposed(kind, "gme_conjoint") for kind in DecisionType},
        rules_from=f"Convention du 12 mars {signed_on.year}, article 9", balances_on=at.date(),
    )  # fmt: skip
    text = scan("Convention de groupement", "Fait à Clermont-l'Hérault", "Trois signatures")
    paper = PaperSigned("gme_conjoint", signed_on, SimpleUploadedFile("convention.pdf", text))
    by = people["Terrassement Hérault"]
    arrival = bring_in_grouping(existing, host=host, own_cents=60_000, members=members, papers=[paper], by=by, at=at)
    first = arrival.grouping.invitations.order_by("pk")[0]
    link = make_link(first.person, purpose="invitation", subject=first, at=at, expires_at=first.expires_at)
    accept_invitation(first, link=link, at=at + 4 * HOUR)

"""What awaits one company in a joint bid: the first point of the checklist that it can settle itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cordee.groupings.reads import Membership
from cordee.offers.models import Bid, BidMember, BidPart
from cordee.offers.reads.checklist import Check, PaperLine
from cordee.offers.reads.competition import Team, verdict_of


@dataclass(frozen=True, slots=True)
class Next:
    """One thing to do: which, in words; the part it is about. « wait »: others are awaited. « over »: nothing more."""

    code: str
    words: str
    part: BidPart | None = None


def next_step(
    bid: Bid, me: Membership, *, team: Team, checks: Sequence[Check], papers: Sequence[PaperLine], leads: bool
) -> Next:
    """The one next act of this company, said in a sentence."""
    if not bid.living:
        return Next("over", _("Cette offre est terminée. Ses prix sont scellés."))
    mine = next((one for one in team.members if one.seat_id == me.seat.pk), None)
    part = next((one for one in team.parts if one.seat_id == me.seat.pk and one.pk not in team.priced), None)
    open_points = [check for check in checks if not check.done]
    for check in open_points:
        found = _mine(check.where, bid, me, team, mine, part, papers, leads)
        if found is not None:
            return found
    if open_points:
        return Next("wait", _("Rien ne vous attend ici. Il manque : %(what)s") % {"what": open_points[0].missing})
    return _after(bid, leads)


def _mine(
    where: str,
    bid: Bid,
    me: Membership,
    team: Team,
    mine: BidMember | None,
    part: BidPart | None,
    papers: Sequence[PaperLine],
    leads: bool,
) -> Next | None:
    if where == "part" and mine is None:
        return Next("part", _("Prenez votre part : dites ce que fait votre entreprise, et en combien de jours."))
    if where == "terms":
        return Next("terms", _("Choisissez la forme du groupement : conjoint ou solidaire."))
    if where == "roles":
        return Next("roles", _("Nommez le mandataire, et qui assemble les prix."))
    if where == "note" and mine is not None:
        verdict, note = verdict_of(team), team.note
        if note is None or verdict.missing or verdict.colour == "red":
            return Next("note", _("Dites pourquoi vous répondez ensemble : sans cette note, personne ne chiffre."))
        if mine.note_version != note.version:
            return Next("note", _("La note de concurrence attend votre signature."))
    if where == "price" and part is not None:
        said = _("Chiffrez « %(part)s ». Vos prix ne sont lus que par vous et l’assembleur.") % {"part": part.title}
        return Next("price", said, part)
    if where == "honour" and mine is not None and mine.declared_at is None:
        return Next("honour", _("Déclarez sur l’honneur que rien ne vous exclut des marchés publics."))
    if where == "freeze" and leads:
        return Next("freeze", _("Figez l’équipe et les prix. Ensuite, rien ne change, sauf les cas de la loi."))
    if where == "papers" and any(line.company == str(me.seat.company) and line.state != "ok" for line in papers):
        return Next("papers", _("Une pièce de votre entreprise manque, ou s’arrête trop tôt."))
    return None


def _after(bid: Bid, leads: bool) -> Next:
    """When all is ready: it leaves, then one notes how it ended."""
    if bid.kind == Bid.Kind.OFFER and bid.state == Bid.State.PREPARING:
        return Next("variants", _("Tout est prêt. Composez l’offre, puis envoyez-la au client."))
    if bid.state == Bid.State.FROZEN and leads:
        return Next("submit", _("L’équipe est figée. Faites le dossier commun, puis déposez-le."))
    if bid.kind == Bid.Kind.OFFER:
        return Next("wait", _("L’offre est chez le client. Sa réponse arrive ici."))
    if bid.state == Bid.State.SUBMITTED and leads:
        return Next("result", _("Le dossier est parti. Notez le résultat quand il arrive."))
    return Next("wait", _("Rien ne vous attend ici : le mandataire s’occupe de la suite."))

"""The effects of decisions, and the turns of a grouping's life that are put to the vote."""

from datetime import datetime

from django.utils.translation import gettext as _

from cordee.engines import lifecycle
from cordee.governance.acts import adopt_rule, note_effect, propose_resolution
from cordee.governance.models import Ballot, DecisionType, Resolution, rule_from_json
from cordee.ground.kit.refusals import Refusal
from cordee.ground.kit.words import for_the_papers
from cordee.ground.people.models import Actor, Clockwork
from cordee.ground.register.acts import act, address
from cordee.groupings.acts import give_office, pause
from cordee.groupings.acts.at_the_table import DecidedTogether, acting_seat, leading_seat, living
from cordee.groupings.models import Departure, Grouping, JoinRequest, Office, PurposeChange, Seat
from cordee.journeys.acts.gates import GateShut, move, way_of
from cordee.journeys.acts.joining import admit
from cordee.journeys.acts.leaving import begin_exclusion_notice
from cordee.journeys.reads import being_voted, facts, turn_of
from cordee.money.acts import adopt_voted


class NothingToApply(Refusal):
    """The decision was not adopted, or its effect is done."""


class NotNow(Refusal):
    """This turn of life has no meaning where the grouping stands."""


class AlreadyVoted(Refusal):
    """The same question is being voted."""


def propose_turn(
    grouping: Grouping,
    *,
    turn: str,
    why: str = "",
    lead: Seat | None = None,
    closes_at: datetime,
    by: Actor,
    at: datetime,
) -> Ballot:
    """Put a turn of the grouping's life to the vote: its end, its closing, one stage back, going on as two.

    Allowed       any member.
    Refused when  it has no meaning where the grouping stands, or is being voted already; an end has nobody to lead it.
    Tells         journeys.turn.proposed, and governance.ballot.opened.
    """
    with act("journeys.turn.proposed", book=grouping.book, by=by, at=at, on=grouping) as told:
        fresh = living(grouping)
        acting_seat(fresh, by)
        known = turn_of(turn, fresh)
        if known is None:
            raise NotNow(_("Cette question ne se pose pas à cette étape."), do=_("Rechargez la page."))
        if being_voted(fresh, turn):
            raise AlreadyVoted(_("Cette question est déjà au vote."), do=_("Votez, ou attendez le résultat."))
        named = lead
        if turn == "wind_up":
            named = Seat.objects.filter(grouping=fresh, pk=lead.pk, state=Seat.State.MEMBER).first() if lead else None
            if named is None:
                raise GateShut(_("Dites qui mène la fin du groupement."), do=_("Choisissez une entreprise membre."))
        with for_the_papers():
            text = "\n".join(part for part in (known.text(named), why.strip()) if part)
            title = str(known.title)
        ballot = propose_resolution(
            fresh,
            title=title[:160],
            text=text,
            decision_type=known.decision_type,
            closes_at=closes_at,
            effect=turn,
            effect_on=address(named) if named else address(fresh),
            by=by,
            at=at,
        )
        told |= {"turn": turn, "ballot": ballot.public_id}
    return ballot


def propose_purpose(
    grouping: Grouping,
    *,
    purpose: str,
    end_condition: str = "",
    necessity: str = "",
    closes_at: datetime,
    by: Actor,
    at: datetime,
) -> Ballot:
    """Put a new purpose to the vote, in the very words that will hold.

    Allowed       any member.
    Refused when  nothing is written, nothing changes, or another purpose is being voted.
    Tells         journeys.purpose.proposed, and governance.ballot.opened.
    """
    with act("journeys.purpose.proposed", book=grouping.book, by=by, at=at, on=grouping) as told:
        fresh = living(grouping)
        seat = acting_seat(fresh, by)
        written = (purpose.strip(), end_condition.strip()[:300], necessity.strip())
        if not written[0] or written == (fresh.purpose, fresh.end_condition, fresh.necessity):
            raise NotNow(_("Rien ne change dans ce texte."), do=_("Écrivez le nouveau but, puis proposez-le."))
        if being_voted(fresh, "purpose"):
            raise AlreadyVoted(_("Un changement de but est déjà au vote."), do=_("Votez, ou attendez le résultat."))
        change = PurposeChange.objects.create(
            grouping=fresh,
            purpose=written[0],
            end_condition=written[1],
            necessity=written[2],
            proposed_by=seat,
            proposed_at=at,
        )
        with for_the_papers():
            lines = [_("Le but devient :"), written[0]]
            lines += [_("La fin :"), written[1]] if written[1] else []
            lines += [_("Ce qu’aucun ne peut seul :"), written[2]] if written[2] else []
            title = _("Changer de but")
        ballot = propose_resolution(
            fresh,
            title=title,
            text="\n".join(lines),
            decision_type=DecisionType.PURPOSE,
            closes_at=closes_at,
            effect="purpose",
            effect_on=address(change),
            by=by,
            at=at,
        )
        told |= {"change": change.public_id, "ballot": ballot.public_id}
    return ballot


def apply_decision(resolution: Resolution, *, at: datetime) -> Resolution:
    """Do what an adopted resolution says: name the lead, put rules, a key or a purpose in force, take a turn of life.

    Allowed       Cordée itself, once the vote is closed and adopted; doing it twice does it once.
    Refused when  the resolution was not adopted.
    Tells         journeys.decision.applied, and the acts of the rooms concerned.
    """
    by = Clockwork()
    with act("journeys.decision.applied", book=resolution.grouping.book, by=by, at=at, on=resolution) as told:
        fresh = Resolution.objects.select_for_update(of=("self",)).select_related("grouping").get(pk=resolution.pk)
        if fresh.effect_at or not fresh.ballots.filter(outcome=Ballot.Outcome.ADOPTED).exists():
            raise NothingToApply(_("Cette décision n’a pas d’effet à appliquer."))
        _effect(fresh, by=by, at=at)
        note_effect(fresh, at=at)
        told["effect"] = fresh.effect
    return fresh


def _effect(fresh: Resolution, *, by: Clockwork, at: datetime) -> None:
    """What each effect does. One that no longer has an object does nothing: it may have left between vote and close."""
    source, key, grouping = address(fresh), fresh.effect_on.rpartition("/")[2], fresh.grouping
    match fresh.effect:
        case "coordinator" | "wind_up":
            role = Office.Role.COORDINATOR if fresh.effect == "coordinator" else Office.Role.CLOSING
            seat = Seat.objects.filter(grouping=grouping, public_id=key, state=Seat.State.MEMBER).first()
            if seat is not None:
                give_office(grouping, role, seat, by=by, at=at, by_decision=source)
            if fresh.effect == "wind_up":
                _turn(grouping, "winding_up", by=by, at=at)
        case "rules":
            for kind in lifecycle.DECISION_TYPES:
                rule = lifecycle.default_rule(fresh.effect_data["form"], kind) if fresh.effect_data else None
                adopt_rule(grouping, kind, rule or lifecycle.proposed_rule(kind), by=by, at=at, by_decision=source)
        case "rule":  # the very rule that was voted: it was kept with the question
            data = fresh.effect_data
            rule = rule_from_json(data["rule"])
            adopt_rule(grouping, data["type"], rule, weights=data["weights"], by=by, at=at, by_decision=source)
        case "key":
            adopt_voted(fresh.effect_on, by_decision=source, by=by, at=at)
        case "step_back" | "closing":
            back = {"committed": "collective", "winding_up": "committed"}.get(grouping.stage, "")
            _turn(grouping, back if fresh.effect == "step_back" else "closed", by=by, at=at)
        case "pause":
            fresh_grouping = Grouping.objects.get(pk=grouping.pk)
            if fresh_grouping.paused_at is None and fresh_grouping.stage != Grouping.Stage.CLOSED:
                pause(fresh_grouping, by_decision=source, by=by, at=at)
        case "partnership":
            go_on_as_two(grouping, by_decision=source, by=by, at=at)
        case "purpose":
            change_voted_purpose(PurposeChange.objects.get(public_id=key), by_decision=source, by=by, at=at)
        case "admit":
            admit(JoinRequest.objects.get(public_id=key), by_decision=source, by=by, at=at)
        case "exclude":
            begin_exclusion_notice(Departure.objects.get(public_id=key), by_decision=source, by=by, at=at)


def _turn(grouping: Grouping, to: str, *, by: Clockwork, at: datetime) -> None:
    """Pass the gate that the vote opened, if nothing else is missing; else whoever leads passes it later."""
    fresh = Grouping.objects.select_for_update().get(pk=grouping.pk)
    known = facts(fresh)
    if to not in lifecycle.ways(known.stage):
        return
    report = way_of(fresh, to)
    if report.open:
        with act("journeys.gate.passed", book=fresh.book, by=by, at=at, on=fresh) as told:
            told |= move(fresh, report, at=at)


def go_on_as_two(grouping: Grouping, *, by: Actor | Clockwork, at: datetime, by_decision: str = "") -> Grouping:
    """Go on as a partenariat of two, instead of a groupement of three.

    Allowed       whoever leads, as long as nothing is signed; afterwards the effect of a decision.
    Refused when  there are not two independent companies, or it is a partenariat already.
    Tells         journeys.partnership.chosen.
    """
    with act("journeys.partnership.chosen", book=grouping.book, by=by, at=at, on=grouping) as told:
        fresh = living(grouping)
        known = facts(fresh)
        if isinstance(by, Actor):
            leading_seat(fresh, by, _("choisir le partenariat"))
            if known.stage not in ("exchange", "collective"):
                raise DecidedTogether(_("Le groupement est engagé : cela se vote."), do=_("Proposez-le au vote."))
        if known.partnership or known.independent != 2:
            raise NotNow(
                _("Un partenariat réunit deux entreprises indépendantes, et ce n’est pas le cas ici."),
                why=_("Vous êtes %(count)s.") % {"count": known.independent} if not known.partnership else "",
            )
        fresh.partnership, fresh.below_since = True, None
        fresh.version += 1
        fresh.save(update_fields=["partnership", "below_since", "version"])
        told["by_decision"] = by_decision
    return fresh


def change_voted_purpose(change: PurposeChange, *, by_decision: str, by: Clockwork, at: datetime) -> Grouping:
    """Put the purpose that the members adopted in force.

    Allowed  the effect of an adopted resolution; doing it twice does it once.
    Tells    journeys.purpose.changed.
    """
    with act("journeys.purpose.changed", book=change.grouping.book, by=by, at=at, on=change.grouping) as told:
        fresh = Grouping.objects.select_for_update().get(pk=change.grouping_id)
        fresh.purpose, fresh.end_condition = change.purpose, change.end_condition
        fresh.necessity = change.necessity or fresh.necessity
        fresh.version += 1
        fresh.save(update_fields=["purpose", "end_condition", "necessity", "version"])
        PurposeChange.objects.filter(pk=change.pk).update(applied_at=at)
        told |= {"by_decision": by_decision, "change": change.public_id}
    return fresh

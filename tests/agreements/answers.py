"""What a convention asks, answered plausibly: for tests that need one ready to be signed."""

from typing import Any

from cordee.agreements import acts
from cordee.agreements.models import Agreement
from cordee.agreements.reads import document_of
from cordee.ground.people.models import Actor
from cordee.groupings.acts import give_office
from cordee.groupings.models import Grouping
from tests.factories import AT
from tests.people import World

PLAIN: dict[str, Any] = {
    "legal_form": "SARL", "rcs": "Montpellier", "address": "1 rue des Lilas, 34000 Montpellier", "capital": 1_000_000,
    "insurer": "Aubrac Assurances", "policy": "AA-123", "insured_until": "2030-12-31", "email": "x@exemple.fr",
    "representative": "Personne", "capacity": "représentant légal", "name": "Entreprise", "siren": "800000013",
}  # fmt: skip
CONTRACT: dict[str, Any] = {
    "contract_title": "Rénovation du groupe scolaire de Paulhan", "client_name": "Commune de Paulhan",
    "client_address": "Place de la Mairie, 34230 Paulhan", "contract_reference": "2026-07", "works_place": "Paulhan",
    "client_kind": "public", "lead_solidary": False, "lead_fee": "2", "common_expenses": False, "building_works": True,
    "start_date": "2026-05-04", "court": "le tribunal de commerce de Montpellier", "new_house": False,
    "plan_supplied_by_group": False, "lead_directs_works": False, "signature_place": "Montpellier",
}  # fmt: skip


def convention(world: World, *, by: Actor | None = None, kind: str = "gme_conjoint") -> Agreement:
    """A convention of the world's grouping with nothing missing: Aude leads, one lot each."""
    by = by or world.actor("aude")
    lots = [
        {
            "id": str(number),
            "title": f"Lot {number}",
            "member": world.seats[name].public_id,
            "amount": 1_000_000 * number,
        }
        for number, name in enumerate(("aude", "bruno", "denis", "emma"), 1)
    ]
    agreement = acts.prepare_agreement(world.grouping, kind=kind, answers={**CONTRACT, "lots": lots}, by=by, at=AT)
    return fill(agreement, by)


def fill(agreement: Agreement, by: Actor) -> Agreement:
    """Answer whatever is still missing, with the plain answers."""
    for _round in range(5):
        missing = document_of(agreement).missing
        if not missing:
            break
        answers = {item.variable: _plausible(item) for item in missing}
        agreement = acts.answer_questions(agreement, answers=answers, version=agreement.version, by=by, at=AT)
    assert not document_of(agreement).missing
    return agreement


def _plausible(item: Any) -> Any:
    """A plain answer, else any of the right kind."""
    known = PLAIN.get(item.variable.rpartition(".")[2], CONTRACT.get(item.variable))
    any_of = {"day": "2027-06-30", "yes_no": False, "count": 3, "money": 100_000, "percent": "2"}
    return known if known is not None else next(iter(item.choices), any_of.get(item.kind, "à Montpellier"))


def named_lead(grouping: Grouping, world: World) -> None:
    """Aude's company leads, as a decision said."""
    give_office(grouping, "coordinator", world.seats["aude"], by=world.actor("aude"), at=AT)

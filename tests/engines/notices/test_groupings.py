"""The rule on groupings, as buyers write it."""

import pytest

from cordee.engines.notices.groupings import groupings
from cordee.engines.notices.model import Groupings

SAYINGS = [
    # sentence, allowed, form required, form, lead liable, several
    ("En cas de groupement, aucune forme n'est imposée.", "yes", "no", "none", "unknown", "unknown"),
    ("Le groupement attributaire devra être solidaire.", "yes", "yes", "solidaire", "unknown", "unknown"),
    (
        "Le groupement devra prendre la forme d'un groupement solidaire.",
        "yes",
        "yes",
        "solidaire",
        "unknown",
        "unknown",
    ),
    ("Le mandataire du groupement conjoint sera solidaire.", "yes", "unknown", "unknown", "yes", "unknown"),
    ("Les groupements conjoints ou solidaires sont admis.", "yes", "no", "either", "unknown", "unknown"),
    ("Les candidatures en groupement sont interdites.", "no", "unknown", "unknown", "unknown", "unknown"),
    ("Les groupements ne sont pas autorisés.", "no", "unknown", "unknown", "unknown", "unknown"),
    (
        "Interdit d'agir à la fois en candidat individuel et en membre d'un groupement.",
        "yes",
        "unknown",
        "unknown",
        "unknown",
        "no",
    ),
    ("Un candidat ne peut être membre que d'un seul groupement.", "yes", "unknown", "unknown", "unknown", "no"),
    ("Il est possible d'être membre de plusieurs groupements.", "yes", "unknown", "unknown", "unknown", "yes"),
    ("Groupement de commandes entre la Ville et le CCAS.", "unknown", "unknown", "unknown", "unknown", "unknown"),
    ("Le coordonnateur du groupement informe le titulaire.", "unknown", "unknown", "unknown", "unknown", "unknown"),
    (
        "Members of a group of companies are jointly and severally liable.",
        "yes",
        "yes",
        "solidaire",
        "unknown",
        "unknown",
    ),
    ("Fourniture de papier.", "unknown", "unknown", "unknown", "unknown", "unknown"),
]


@pytest.mark.parametrize(("sentence", "allowed", "required", "form", "lead", "several"), SAYINGS)
def test_said_anywhere_in_the_notice(
    sentence: str, allowed: str, required: str, form: str, lead: str, several: str
) -> None:
    rule = groupings([], [sentence])
    assert (rule.allowed, rule.form_required, rule.form, rule.lead_liable, rule.several) == (
        allowed,
        required,
        form,
        lead,
        several,
    )


def test_nothing_said_is_unknown_everywhere() -> None:
    assert groupings([], []) == Groupings()
    assert groupings([None], [None, ""]) == Groupings()


@pytest.mark.parametrize("void", ["N/A", "Néant.", "Sans objet", "-", "/"])
def test_a_field_filled_with_nothing_says_nothing(void: str) -> None:
    assert groupings([void], []) == Groupings()


def test_the_field_made_for_it_implies_that_groupings_may_answer() -> None:
    rule = groupings(["Voir le règlement de la consultation."], [])
    assert (rule.allowed, rule.form_required, rule.form) == ("yes", "yes", "unknown")
    assert rule.text == "Voir le règlement de la consultation."


def test_that_one_may_lead_only_one_grouping_is_the_law_not_a_choice() -> None:
    rule = groupings([], ["Le mandataire ne peut représenter plus d'un groupement pour un même marché."])
    assert rule.several == "unknown"

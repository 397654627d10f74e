"""A tenth kind, as anybody would add one: this module, and one line in the list of kinds."""

from dataclasses import dataclass

from cordee.projects.kinds.base import Ask, Choice, Indicator, Kind, Line, Step, fixed
from cordee.projects.kinds.common import BUDGET, IDEA


@dataclass(frozen=True, slots=True)
class Particulars:
    """A lorry bought by several."""

    price: int = 60_000
    shared_from: str = ""


KIND = Kind(
    slug="shared_truck",
    label="Camion à plusieurs",
    summary="Un camion, quatre entreprises.",
    icon="truck",
    stages=(IDEA, Step("bought", "Acheté", ("buy", "budget")), Step("closing", "Revendu")),
    roles=(("lead", "Responsable"),),
    choices=(Choice("buy", "Acheter", "À quel prix."), BUDGET),
    papers=(),
    lines=(Line("price", "Prix", lambda p: p.price * 100), Line("insurance", "Assurance", fixed(1_800))),
    key="use",
    voting_rule="ordinary",
    risks=("La panne.",),
    indicators=(Indicator("km", "Kilomètres", "km"),),
    ending="On le revend.",
    particulars=Particulars,
    asks={"price": Ask("Prix"), "shared_from": Ask("Partagé depuis le", day=True)},
    tools=("leads",),
)

"""The six levels of confidentiality: from what anybody may know to what stays with one company."""

from dataclasses import dataclass
from typing import Literal

Level = Literal["C0", "C1", "C2", "C3", "C4", "C5"]
LEVELS: dict[Level, tuple[str, str]] = {
    "C0": ("Public", "Public"),
    "C1": ("Connectés à Cordée", "Signed in to Cordée"),
    "C2": ("Membres du groupement", "Members of the groupement"),
    "C3": ("Cette offre seulement", "This bid only"),
    "C4": ("Prix : l’entreprise et l’assembleur", "Prices: the company and the assembler"),
    "C5": ("L’entreprise seule", "The company alone"),
}


@dataclass(frozen=True, slots=True)
class Reader:
    """Who would read: signed in, member, in the room of this bid, its named assembler, the owner."""

    signed_in: bool = False
    member: bool = False
    in_room: bool = False
    assembler: bool = False
    owner: bool = False


def may_read(level: Level, reader: Reader) -> bool:
    """Say whether somebody may read information of a level.

    Holds   whoever owns it may; C4 is for the owner and the assembler, C5 for the owner alone.

    >>> may_read("C4", Reader(True, True, True)), may_read("C4", Reader(True, assembler=True))
    (False, True)
    """
    if reader.owner or level == "C0":
        return True
    allowed: dict[Level, bool] = {
        "C1": reader.signed_in,
        "C2": reader.member,
        "C3": reader.in_room,
        "C4": reader.assembler,
    }
    return allowed.get(level, False)

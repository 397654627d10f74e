"""Every reason the engine gives has its sentence, in French and in English."""

import re
from pathlib import Path

from cordee.engines.teaming import reason, say, words

ROOM = Path(words.__file__).parent


def test_every_code_has_a_sentence() -> None:
    used = set()
    for path in ROOM.glob("*.py"):
        used |= set(re.findall(r'reason\(\s*"([a-z_]+)"', path.read_text(encoding="utf-8")))
    assert used
    assert used <= set(words.SENTENCES)


def test_french_says_it_as_french_does() -> None:
    assert say(reason("near", lot="2", km=12)) == "à 12\u00a0km du lot 2"
    assert say(reason("alone", lots=("1", "3"))) == "seule sur les lots 1 et 3"
    gap = {"lot": "1", "trades": ("peinture",), "certificates": ("RGE",), "unit": "m²", "volume": 1200, "asked": 3000}
    assert "1\u202f200 m² sur 3\u202f000" in say(reason("gap_volume", **gap))
    assert say(reason("gap_volume", **gap)).endswith("avec RGE")
    assert say(reason("without", points=0, lots=())) == "sans elle, une autre équipe fait jeu égal"

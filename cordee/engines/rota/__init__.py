"""Turns of presence at a stand: who is there when, with breaks, each company its fair part."""

from cordee.engines.rota.checker import broken
from cordee.engines.rota.model import Hand, Level, Rota, Slot, Turn, Turns
from cordee.engines.rota.planner import plan_turns
from cordee.engines.rota.words import explain, say_broken

__all__ = ["Hand", "Level", "Rota", "Slot", "Turn", "Turns", "broken", "explain", "plan_turns", "say_broken"]

"""One schedule out of several companies' parts: what follows what, how long it takes, what cannot slip."""

from cordee.engines.schedule.critical import Loop, Part, Plan, Slot, plan

__all__ = ["Loop", "Part", "Plan", "Slot", "plan"]

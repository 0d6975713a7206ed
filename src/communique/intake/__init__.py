"""Whatever is given becomes outcomes: read, left out, or not to be read, each apart from all others."""

from communique.intake.apart import Call, Crew
from communique.intake.process import ADDRESS_SPACE, CPU_SECONDS, WALL_SECONDS, Broken
from communique.intake.reading import Alone, Candidate, Given, Reading, parse, prepare, read, read_alone, why_left_out
from communique.intake.unpacking import item, items

__all__ = [
    "ADDRESS_SPACE",
    "CPU_SECONDS",
    "WALL_SECONDS",
    "Alone",
    "Broken",
    "Call",
    "Candidate",
    "Crew",
    "Given",
    "Reading",
    "item",
    "items",
    "parse",
    "prepare",
    "read",
    "read_alone",
    "why_left_out",
]

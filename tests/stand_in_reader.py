"""A reader of one rule, for processes apart: it finds one sentence, and breaks where a document tells it to."""

import os
import signal
import time
from typing import Any

from communique import intake
from communique.intake import ADDRESS_SPACE, Crew, Reading
from communique.model import Agreement, AgreementStage, Document, Span
from communique.sources import Item, Origin

SIGNED = "India and Japan signed the Harbour Accord in Kobe."
WALL_SECONDS = 8.0
"""The limit for one document that :func:`stand_in` sets."""


def read(document: Document) -> Reading:
    """One agreement where the sentence occurs; ``HANG``, ``DIE`` and ``EAT`` do what they say."""
    if "HANG" in document.text:
        time.sleep(600)
    if "DIE" in document.text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "EAT" in document.text:
        bytes(2 * ADDRESS_SPACE)
    at = document.text.find(SIGNED)
    if at < 0:
        return Reading((), {})
    evidence = (Span(at, at + len(SIGNED)),)
    stage = AgreementStage.SIGNED
    return Reading((Agreement(name="Harbour Accord", stage=stage, parties=("IN", "JP"), evidence=evidence),), {})


def warm() -> None:
    """Load what parsing needs, so that its loading counts against no document."""
    intake.reading.parse(intake.Given(Item(name="a.txt", data=SIGNED.encode()), Origin()))


def why_left_out(document: Document) -> str | None:
    """A gate that lets nothing about cooking through."""
    return "It is about cooking." if "cook" in document.text else None


def replacements() -> dict[str, Any]:
    """What has to be replaced in :mod:`communique.intake` for this reader to be at work."""
    return {"read": read, "Crew": lambda *_: Crew(warm, wall_seconds=WALL_SECONDS), "parse": parse}


def parse(given: intake.Given) -> Any:
    """Parsing as it is, with the gate above."""
    found = intake.reading.parse(given)
    return tuple(
        intake.Candidate(one.document, why_left_out(one.document)) if isinstance(one, intake.Candidate) else one
        for one in found
    )


def stand_in() -> None:
    """Put this reader in the place of the product's own, for a program that runs by itself."""
    for name, replacement in replacements().items():
        setattr(intake, name, replacement)

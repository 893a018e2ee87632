"""Prompts written by hand, never used in captions, with what each asks for.

They judge whether the model understands words as people choose them, not as captions do.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

FILE = "paraphrases.json"
# General MIDI programs that answer to an instrument's name; drums answer by their kit.
PROGRAMS: dict[str, tuple[int, ...]] = {
    "piano": (0, 1, 2, 3),
    "electric piano": (2, 4, 5),
    "harpsichord": (6,),
    "clavinet": (7,),
    "bells": (8, 9, 10, 14, 98, 112),
    "vibraphone": (11, 12),
    "organ": (16, 17, 18, 19, 20),
    "accordion": (21, 23),
    "harmonica": (22,),
    "acoustic guitar": (24, 25),
    "electric guitar": (26, 27, 28, 29, 30, 31),
    "bass": (32, 33, 34, 35, 36, 37, 38, 39, 43, 87),
    "synth bass": (38, 39, 87),
    "cello": (42,),
    "strings": (40, 41, 42, 44, 45, 48, 49, 50, 51),
    "harp": (46,),
    "choir": (52, 53, 54, 91),
    "trumpet": (56, 59),
    "brass": (56, 57, 59, 60, 61, 62, 63),
    "sax": (64, 65, 66, 67),
    "oboe": (68, 69),
    "flute": (72, 73, 74, 75, 76, 77, 78, 79),
    "synth": (50, 51, 54, 55, 62, 63, 80, 81, 82, 83, 84, 85, 86, 87, 88, 90, 98),
    "pad": (48, 49, 50, 51, 52, 88, 89, 90, 91, 92, 93, 94, 95, 97, 99),
    "banjo": (105,),
    "fiddle": (40, 110),
}
KITS: dict[str, tuple[int, ...]] = {
    "drums": (0, 8, 16, 24, 25, 32, 40, 48),
    "drum machine": (16, 24, 25),
    "percussion": (0, 8, 16, 24, 25, 32, 40, 48),
}
TEMPI = ("slow", "medium", "fast")


@dataclass(frozen=True, slots=True)
class Paraphrase:
    """A prompt and what it asks for; None, or nothing, where it leaves something open.

    ``style`` is a name of the corpus; ``instruments`` are keys of ``PROGRAMS`` or ``KITS``;
    ``tempo`` is one of ``TEMPI`` (slow: felt below 85 per minute; fast: from 125).
    """

    prompt: str
    style: str | None
    instruments: tuple[str, ...]
    tempo: str | None
    mood: str | None


def read_paraphrases() -> tuple[Paraphrase, ...]:
    """All of them, in the order of the file."""
    text = files("engine.evaluation").joinpath(FILE).read_text(encoding="utf-8")
    entries: list[dict[str, Any]] = json.loads(text)
    return tuple(
        Paraphrase(
            entry["prompt"], entry["style"], tuple(entry["instruments"]), entry["tempo"],
            entry["mood"],
        )
        for entry in entries
    )  # fmt: skip

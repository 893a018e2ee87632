"""Pitches by name: ``C4`` is middle C."""

from __future__ import annotations

import re

from app.model.chord_symbol import spell
from app.model.key import prefers_flats
from engine.harmony import pitch_class


def pitch_name(pitch: int, key: str = "C:maj") -> str:
    """``C4`` for 60; sharps or flats as the key has them."""
    return f"{spell(pitch % 12, prefers_flats(key))}{pitch // 12 - 1}"


def read_pitch(text: str) -> int:
    """``C4``, ``F#3``, ``Bb-1`` or a MIDI number; raises ValueError for anything else."""
    text = text.strip()
    if text.isdigit():
        return int(text)
    match = re.fullmatch(r"([A-Ga-g][#b]?)(-?\d+)", text)
    if match is None:
        raise ValueError(f"not a pitch: {text!r}")
    name = match[1][0].upper() + match[1][1:]
    octave = int(match[2]) + 1
    octave += {"Cb": -1, "B#": 1}.get(name, 0)
    pitch = 12 * octave + pitch_class(name)
    if not 0 <= pitch <= 127:
        raise ValueError(f"a pitch lies between C-1 and G9, not {text}")
    return pitch

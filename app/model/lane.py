"""The lanes, and what every lane has in common."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MIN_GAIN_DB = -60.0
MAX_GAIN_DB = 12.0


class LaneId(StrEnum):
    """Which lane; the value is its name in files."""

    SECTIONS = "sections"
    CHORDS = "chords"
    DRUMS = "drums"
    NOTES = "notes"
    AUDIO = "audio"


CONDITION_LANES = (LaneId.CHORDS, LaneId.DRUMS, LaneId.NOTES)
"""The lanes whose music steers a run and sounds by itself.

The sections lane steers with words; the audio lane holds the results.
"""


@dataclass(frozen=True, slots=True)
class LaneSettings:
    """A lane's switches: how it steers (``is_on``, ``strength`` 0..1) and how it is heard.

    ``gain_db`` lies in -60..12, ``pan`` in -1 (left)..1 (right).
    """

    is_on: bool = True
    strength: float = 1.0
    gain_db: float = 0.0
    pan: float = 0.0
    is_muted: bool = False
    is_solo: bool = False

    def __post_init__(self) -> None:
        if not 0.0 <= self.strength <= 1.0:
            raise ValueError(f"strength lies between 0 and 1, not {self.strength}")
        if not MIN_GAIN_DB <= self.gain_db <= MAX_GAIN_DB:
            raise ValueError(f"gain lies between -60 and 12 dB, not {self.gain_db}")
        if not -1.0 <= self.pan <= 1.0:
            raise ValueError(f"pan lies between -1 and 1, not {self.pan}")

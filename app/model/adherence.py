"""What was asked and what was heard, as an estimate shown under a take."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from engine.timebase import Span, Ticks


class Agreement(StrEnum):
    """How a heard chord meets the asked one: filled, half, outline or empty box."""

    SAME = "same"
    ROOT = "root"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ChordAgreement:
    """One asked chord, the symbol heard most in its time, and how they agree."""

    span: Span[Ticks]
    asked: str
    heard: str
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class BeatAgreement:
    """One beat of the grid, and whether a beat was heard there."""

    position: Ticks
    is_on_grid: bool


@dataclass(frozen=True, slots=True)
class Adherence:
    """The whole strip of one take, in order of time."""

    chords: tuple[ChordAgreement, ...] = ()
    beats: tuple[BeatAgreement, ...] = ()

    @property
    def n_same(self) -> int:
        """How many asked chords were heard as asked."""
        return sum(chord.agreement is Agreement.SAME for chord in self.chords)

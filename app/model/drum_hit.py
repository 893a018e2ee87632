"""The drum lane: strokes on named rows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace
from operator import lt

from app.model.lane import LaneSettings
from engine.timebase import TICKS_PER_QUARTER, Span, Ticks

GHOST, NORMAL, ACCENT = 40, 90, 120
"""The three quick velocities."""
MAX_NUDGE_MS = 100.0
SWING_PERCENT = (50.0, 75.0)
"""Straight, and the most."""


@dataclass(frozen=True, slots=True)
class DrumHit:
    """One stroke: ``pitch`` is a General MIDI percussion key, ``velocity`` 1-127.

    A lane holds at most one stroke per time and pitch.
    """

    time: Ticks
    pitch: int
    velocity: int = NORMAL

    def __post_init__(self) -> None:
        if self.time < 0:
            raise ValueError(f"a stroke cannot lie before bar 1: {self.time}")
        if not 0 <= self.pitch <= 127:
            raise ValueError(f"pitch lies between 0 and 127, not {self.pitch}")
        if not 1 <= self.velocity <= 127:
            raise ValueError(f"velocity lies between 1 and 127, not {self.velocity}")

    @property
    def order(self) -> tuple[Ticks, int]:
        """Where the stroke stands in its lane; unique within a lane."""
        return self.time, self.pitch


@dataclass(frozen=True, slots=True)
class DrumRow:
    """One row: its key, name and switches. ``nudge_ms`` -100..100 plays it late or early."""

    pitch: int
    name: str
    nudge_ms: float = 0.0
    is_muted: bool = False
    is_solo: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.pitch <= 127:
            raise ValueError(f"pitch lies between 0 and 127, not {self.pitch}")
        if not -MAX_NUDGE_MS <= self.nudge_ms <= MAX_NUDGE_MS:
            raise ValueError(f"nudge lies between -100 and 100 ms, not {self.nudge_ms}")


STANDARD_ROWS = (
    DrumRow(36, "Kick"),
    DrumRow(38, "Snare"),
    DrumRow(39, "Clap"),
    DrumRow(42, "Closed hat"),
    DrumRow(46, "Open hat"),
    DrumRow(41, "Low tom"),
    DrumRow(45, "Mid tom"),
    DrumRow(48, "High tom"),
    DrumRow(51, "Ride"),
    DrumRow(49, "Crash"),
    DrumRow(56, "Perc"),
)


@dataclass(frozen=True, slots=True)
class DrumLane:
    """Strokes in order of time and pitch; every stroke's pitch has a row.

    ``swing_percent`` 50 (straight)..75 delays every second step of ``swing_step`` ticks when
    the lane is played; the strokes themselves stay on the grid.
    """

    hits: tuple[DrumHit, ...] = ()
    rows: tuple[DrumRow, ...] = STANDARD_ROWS
    swing_percent: float = 50.0
    swing_step: Ticks = Ticks(TICKS_PER_QUARTER // 4)
    settings: LaneSettings = LaneSettings()

    def __post_init__(self) -> None:
        if not SWING_PERCENT[0] <= self.swing_percent <= SWING_PERCENT[1]:
            raise ValueError(f"swing lies between 50 and 75 %, not {self.swing_percent}")
        if self.swing_step < 1:
            raise ValueError(f"the swing step is at least one tick, not {self.swing_step}")
        pitches = [row.pitch for row in self.rows]
        if len(set(pitches)) != len(pitches):
            raise ValueError(f"two drum rows have one pitch: {pitches}")
        orders = [(hit.time, hit.pitch) for hit in self.hits]
        for index, is_later in enumerate(map(lt, orders, orders[1:]), 1):
            if not is_later:
                raise ValueError(f"strokes coincide or lie out of order: {self.hits[index]}")
        strange = {hit.pitch for hit in self.hits} - set(pitches)
        if strange:
            raise ValueError(f"strokes have no row: {strange}")

    def hit_at(self, time: Ticks, pitch: int) -> DrumHit | None:
        """The stroke exactly there, or None."""
        index = bisect_left(self.hits, (time, pitch), key=_order_of)
        found = self.hits[index] if index < len(self.hits) else None
        return found if found is not None and found.order == (time, pitch) else None

    def within(self, span: Span[Ticks]) -> tuple[DrumHit, ...]:
        """The strokes that start inside ``span``."""
        first = bisect_left(self.hits, span.start, key=lambda hit: hit.time)
        return self.hits[first : bisect_left(self.hits, span.end, key=lambda hit: hit.time)]

    def with_changes(self, before: Iterable[DrumHit], after: Iterable[DrumHit]) -> DrumLane:
        """The lane without ``before`` and with ``after``, which replaces what lies in its place.

        Raises KeyError for a stroke that is not there.
        """
        hits = list(self.hits)
        for hit in before:
            index = bisect_left(hits, hit.order, key=_order_of)
            if index == len(hits) or hits[index] != hit:
                raise KeyError(f"not on the drum lane: {hit}")
            del hits[index]
        for hit in after:
            index = bisect_left(hits, hit.order, key=_order_of)
            is_taken = index < len(hits) and hits[index].order == hit.order
            hits[index : index + is_taken] = [hit]
        known = {row.pitch for row in self.rows}
        if any(hit.pitch not in known for hit in after):
            return self.with_hits(hits)
        return replace(self, hits=tuple(hits))

    def with_hits(self, hits: Iterable[DrumHit]) -> DrumLane:
        """The lane with other strokes; of two in one place the later is kept.

        Pitches without a row get one of their own below the others, so no stroke is dropped.
        """
        unique = {(hit.time, hit.pitch): hit for hit in hits}
        known = {row.pitch for row in self.rows}
        strange = sorted({pitch for _, pitch in unique} - known)
        return replace(
            self,
            hits=tuple(unique[order] for order in sorted(unique)),
            rows=self.rows + tuple(DrumRow(pitch, f"Note {pitch}") for pitch in strange),
        )


def _order_of(hit: DrumHit) -> tuple[Ticks, int]:
    return hit.order

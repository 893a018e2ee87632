"""The four clocks of the project and the only arithmetic between them.

Musical time is counted in ticks, 960 to the quarter note. Tempo is in quarter notes per minute
whatever the meter, so a bar of 6/8 at 120 lasts 1.5 s.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Generic, NewType, TypeVar

Ticks = NewType("Ticks", int)
Seconds = NewType("Seconds", float)
Frames = NewType("Frames", int)
Samples = NewType("Samples", int)
Unit = TypeVar("Unit", bound=float)

TICKS_PER_QUARTER = 960
MIN_TEMPO_BPM = 20.0
MAX_TEMPO_BPM = 400.0


@dataclass(frozen=True, slots=True)
class Span(Generic[Unit]):
    """Half-open stretch of time ``[start, end)`` in one unit; never empty."""

    start: Unit
    end: Unit

    def __post_init__(self) -> None:
        if not self.end > self.start:
            raise ValueError(f"a span must end after it starts, not [{self.start}, {self.end})")

    def contains(self, position: Unit) -> bool:
        """Whether ``start <= position < end``."""
        return self.start <= position < self.end

    def overlaps(self, other: Span[Unit]) -> bool:
        """Whether the two spans share any time; touching ends do not count."""
        return self.start < other.end and other.start < self.end

    def intersection(self, other: Span[Unit]) -> Span[Unit] | None:
        """The shared stretch, or None where there is none."""
        if not self.overlaps(other):
            return None
        return Span(max(self.start, other.start), min(self.end, other.end))


@dataclass(frozen=True, slots=True)
class Meter:
    """Time signature: ``beats`` units of one ``unit``-th note in a bar, e.g. 6/8."""

    beats: int = 4
    unit: int = 4

    def __post_init__(self) -> None:
        if not 1 <= self.beats <= 32 or self.unit not in (1, 2, 4, 8, 16, 32):
            raise ValueError(f"not a time signature: {self.beats}/{self.unit}")

    @classmethod
    def parse(cls, text: str) -> Meter:
        """Read ``"4/4"``; raises ValueError for anything else."""
        beats, slash, unit = text.partition("/")
        if not slash or not beats.strip().isdigit() or not unit.strip().isdigit():
            raise ValueError(f"not a time signature: {text!r}")
        return cls(int(beats), int(unit))

    @property
    def beat_ticks(self) -> Ticks:
        """Length of one beat, the unit of the time signature."""
        return Ticks(TICKS_PER_QUARTER * 4 // self.unit)

    @property
    def bar_ticks(self) -> Ticks:
        """Length of one bar."""
        return Ticks(self.beats * self.beat_ticks)

    def __str__(self) -> str:
        return f"{self.beats}/{self.unit}"


@dataclass(frozen=True, slots=True)
class TempoMap:
    """Constant tempo and meter of a project; translates ticks to seconds and back."""

    tempo_bpm: float = 120.0
    meter: Meter = Meter()

    def __post_init__(self) -> None:
        if not MIN_TEMPO_BPM <= self.tempo_bpm <= MAX_TEMPO_BPM:
            raise ValueError(
                f"tempo must lie between {MIN_TEMPO_BPM:g} and {MAX_TEMPO_BPM:g} bpm, "
                f"not {self.tempo_bpm:g}"
            )

    def seconds_at(self, ticks: Ticks) -> Seconds:
        """Physical time of a musical position, exact up to float rounding."""
        return Seconds(ticks * 60.0 / (self.tempo_bpm * TICKS_PER_QUARTER))

    def ticks_at(self, seconds: Seconds) -> Ticks:
        """Nearest tick to a physical time."""
        return Ticks(round(seconds * self.tempo_bpm * TICKS_PER_QUARTER / 60.0))

    def seconds_span(self, span: Span[Ticks]) -> Span[Seconds]:
        """The same stretch in physical time."""
        return Span(self.seconds_at(span.start), self.seconds_at(span.end))

    def bar_start(self, bar: int) -> Ticks:
        """Start of a bar; bars count from 1."""
        return Ticks((bar - 1) * self.meter.bar_ticks)

    def bars(self, first: int, last: int) -> Span[Ticks]:
        """The stretch of bars ``first`` to ``last``, both included, counted from 1."""
        return Span(self.bar_start(first), self.bar_start(last + 1))

    def position_at(self, ticks: Ticks) -> tuple[int, int, int]:
        """Bar, beat and remaining ticks; bars and beats count from 1."""
        bar, rest = divmod(ticks, self.meter.bar_ticks)
        beat, tick = divmod(rest, self.meter.beat_ticks)
        return bar + 1, beat + 1, tick

    def ticks_of_position(self, bar: int, beat: int = 1, tick: int = 0) -> Ticks:
        """Inverse of ``position_at``."""
        return Ticks(self.bar_start(bar) + (beat - 1) * self.meter.beat_ticks + tick)


def samples_at(seconds: Seconds, sample_rate_hz: int) -> Samples:
    """Nearest sample to a physical time."""
    return Samples(round(seconds * sample_rate_hz))


def samples_span(span: Span[Seconds], sample_rate_hz: int) -> Span[Samples]:
    """A span of ``round(end * rate) - round(start * rate)`` samples."""
    return Span(samples_at(span.start, sample_rate_hz), samples_at(span.end, sample_rate_hz))


def seconds_of(samples: Samples, sample_rate_hz: int) -> Seconds:
    """Physical time of a sample."""
    return Seconds(samples / sample_rate_hz)


@dataclass(frozen=True, slots=True)
class CodecClock:
    """Rates of one codec, read from its checkpoint: nothing else may assume them."""

    sample_rate_hz: int
    hop: int
    n_codebooks: int
    codebook_size: int
    channels: int = 1

    @property
    def frame_rate_hz(self) -> float:
        """Codec frames per second."""
        return self.sample_rate_hz / self.hop

    def seconds_at(self, frame: Frames) -> Seconds:
        """Start of a frame in physical time."""
        return Seconds(frame * self.hop / self.sample_rate_hz)

    def frame_at(self, seconds: Seconds) -> Frames:
        """Frame that sounds at a physical time; rounds down."""
        return Frames(math.floor(seconds * self.frame_rate_hz + 1e-6))

    def frames_covering(self, span: Span[Seconds]) -> Span[Frames]:
        """Smallest run of whole frames that contains the span; grows outwards."""
        start = math.floor(span.start * self.frame_rate_hz + 1e-6)
        end = math.ceil(span.end * self.frame_rate_hz - 1e-6)
        return Span(Frames(start), Frames(max(end, start + 1)))

    def frames_within(self, span: Span[Seconds]) -> Span[Frames] | None:
        """Largest run of whole frames inside the span; shrinks inwards; None where none fits."""
        start = math.ceil(span.start * self.frame_rate_hz - 1e-6)
        end = math.floor(span.end * self.frame_rate_hz + 1e-6)
        return Span(Frames(start), Frames(end)) if end > start else None

    def frames_lasting(self, duration: Seconds) -> Frames:
        """Number of frames that cover a duration from zero; rounds up, at least 1."""
        return Frames(max(1, math.ceil(duration * self.frame_rate_hz - 1e-6)))

    def samples_of(self, frames: Frames) -> Samples:
        """Samples decoded from a number of frames."""
        return Samples(frames * self.hop)

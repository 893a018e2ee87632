"""What is to be played, in seconds: the language both the studio and the engine understand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from engine.timebase import Meter, Seconds, Span, TempoMap, Ticks


@dataclass(frozen=True, slots=True)
class Chord:
    """One chord; ``label`` is in Harte's grammar, e.g. ``A:min7/b3`` or ``N`` for no chord."""

    span: Span[Seconds]
    label: str


@dataclass(frozen=True, slots=True)
class Note:
    """One pitched note: MIDI ``pitch`` 0-127, ``velocity`` 1-127."""

    span: Span[Seconds]
    pitch: int
    velocity: int = 90


@dataclass(frozen=True, slots=True)
class DrumHit:
    """One stroke: ``pitch`` is the General MIDI percussion key, ``velocity`` 1-127."""

    time: Seconds
    pitch: int
    velocity: int = 90


@dataclass(frozen=True, slots=True)
class Score:
    """Chords, notes and drum hits of a stretch of ``duration`` seconds, with its bar grid.

    Times count from the start of the stretch. ``first_downbeat`` is the time of any one
    downbeat (it may be negative or lie past the end); with tempo and meter it fixes the grid.
    """

    duration: Seconds
    tempo_bpm: float = 120.0
    meter: Meter = Meter()
    first_downbeat: Seconds = Seconds(0.0)
    chords: tuple[Chord, ...] = ()
    notes: tuple[Note, ...] = ()
    drums: tuple[DrumHit, ...] = ()

    def __post_init__(self) -> None:
        if not self.duration > 0:
            raise ValueError(f"a score must last longer than {self.duration} s")

    def beats(self) -> Iterator[tuple[Seconds, bool]]:
        """Every beat inside the score in order, with whether it is a downbeat."""
        tempo = TempoMap(self.tempo_bpm, self.meter)
        beat_s = tempo.seconds_at(self.meter.beat_ticks)
        index = -int((self.first_downbeat + 1e-6) // beat_s)
        while True:
            time = self.first_downbeat + index * beat_s
            if time >= self.duration - 1e-6:
                return
            if time > -1e-6:
                yield Seconds(max(0.0, time)), index % self.meter.beats == 0
            index += 1

    def slice(self, span: Span[Seconds]) -> Score:
        """The part of the score inside ``span``, with times counted from its start.

        Chords and notes that reach over an end are cut there.
        """
        window = span.intersection(Span(Seconds(0.0), self.duration)) or span

        def moved(inner: Span[Seconds]) -> Span[Seconds] | None:
            kept = inner.intersection(window)
            if kept is None:
                return None
            start, end = Seconds(kept.start - span.start), Seconds(kept.end - span.start)
            return Span(start, end) if end > start else None  # rounding may leave nothing

        return replace(
            self,
            duration=Seconds(span.end - span.start),
            first_downbeat=Seconds(self.first_downbeat - span.start),
            chords=tuple(
                Chord(cut, chord.label)
                for chord in self.chords
                if (cut := moved(chord.span)) is not None
            ),
            notes=tuple(
                replace(note, span=cut)
                for note in self.notes
                if (cut := moved(note.span)) is not None
            ),
            drums=tuple(
                replace(hit, time=Seconds(hit.time - span.start))
                for hit in self.drums
                if window.contains(hit.time)
            ),
        )


def bars_duration(n_bars: int, tempo: TempoMap) -> Seconds:
    """Length of a number of bars."""
    return tempo.seconds_at(Ticks(n_bars * tempo.meter.bar_ticks))

"""What the control options ask to be played, as a ``Score``."""

from __future__ import annotations

import math
from dataclasses import replace

from app.cli.controls import ControlOptions
from app.cli.lanes import Part, parts_of, tempo_of
from engine.errors import BadInput
from engine.score import Score, bars_duration
from engine.timebase import Seconds, Span, TempoMap

DEFAULT_BARS = 8
MAX_BARS = 999
MAX_SECONDS = 3600.0


def whole_score(controls: ControlOptions) -> Score:
    """The score of a new piece: as long as asked for, else as its longest lane, else 8 bars."""
    tempo = tempo_of(controls)
    parts = parts_of(controls, tempo)
    duration = asked_duration(controls, tempo)
    if duration is None:
        bar_s = bars_duration(1, tempo)
        lasting = max((part.score.duration for part in parts if part.sets_length), default=0.0)
        n_bars = math.ceil(lasting / bar_s - 1e-6) if lasting else DEFAULT_BARS
        duration = bars_duration(min(n_bars, MAX_BARS), tempo)
    return joined(parts, tempo, duration, Seconds(0.0))


def score_over(controls: ControlOptions, duration: Seconds, first_bar: Seconds) -> Score:
    """The score of a recording of known length whose lanes begin at ``first_bar``."""
    tempo = tempo_of(controls)
    return joined(parts_of(controls, tempo), tempo, duration, first_bar)


def asked_duration(controls: ControlOptions, tempo: TempoMap) -> Seconds | None:
    """The length given by --bars or --seconds, or None; raises ``BadInput`` for absurd ones."""
    if controls.bars is not None and controls.seconds is not None:
        raise BadInput("The length is given twice.", "Use --bars or --seconds.")
    if controls.bars is not None:
        if not 1 <= controls.bars <= MAX_BARS:
            raise BadInput(f"A length is 1 to {MAX_BARS} bars, not {controls.bars}.")
        return bars_duration(controls.bars, tempo)
    if controls.seconds is not None:
        if not 0 < controls.seconds <= MAX_SECONDS:
            raise BadInput(
                f"A length is more than 0 and at most {MAX_SECONDS:g} seconds, "
                f"not {controls.seconds:g}."
            )
        return Seconds(controls.seconds)
    return None


def joined(
    parts: tuple[Part, ...], tempo: TempoMap, duration: Seconds, first_bar: Seconds
) -> Score:
    """All lanes over ``duration``; bar 1 of each is at ``first_bar``."""
    scores = [_laid_out(part, duration, first_bar) for part in parts]
    return Score(
        duration=duration,
        tempo_bpm=tempo.tempo_bpm,
        meter=tempo.meter,
        first_downbeat=first_bar,
        chords=tuple(chord for score in scores for chord in score.chords),
        notes=tuple(note for score in scores for note in score.notes),
        drums=tuple(hit for score in scores for hit in score.drums),
    )


def _laid_out(part: Part, duration: Seconds, first_bar: Seconds) -> Score:
    """One lane over ``[0, duration)``: repeated to both sides, or once from ``first_bar`` on."""
    length = part.score.duration
    before = math.ceil(first_bar / length - 1e-9) if part.repeats else 0
    after = math.ceil((duration - first_bar) / length - 1e-9) if part.repeats else 1
    rounds = [
        _moved(part.score, Seconds(first_bar + index * length)) for index in range(-before, after)
    ]
    return Score(
        duration=duration,
        chords=tuple(chord for score in rounds for chord in score.chords),
        notes=tuple(note for score in rounds for note in score.notes),
        drums=tuple(hit for score in rounds for hit in score.drums),
    ).slice(Span(Seconds(0.0), duration))


def _moved(score: Score, offset: Seconds) -> Score:
    """The same score, later by ``offset``."""

    def later(span: Span[Seconds]) -> Span[Seconds]:
        return Span(Seconds(span.start + offset), Seconds(span.end + offset))

    return replace(
        score,
        chords=tuple(replace(chord, span=later(chord.span)) for chord in score.chords),
        notes=tuple(replace(note, span=later(note.span)) for note in score.notes),
        drums=tuple(replace(hit, time=Seconds(hit.time + offset)) for hit in score.drums),
    )

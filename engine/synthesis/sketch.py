"""The lanes made audible before any model plays: piano, bass and a drum kit read the score."""

from __future__ import annotations

from itertools import pairwise

from engine.harmony import Harmony, parse_harte
from engine.score import Chord, Note, Score
from engine.synthesis.voice import Stereo, Voice
from engine.timebase import Seconds, Span, TempoMap

PIANO, FINGER_BASS, VIBRAPHONE, STANDARD_KIT = 0, 33, 11, 0
CHORD_LOW, BASS_LOW = 53, 36
CHORD_VELOCITY, BASS_VELOCITY = 72, 88


def sketch(
    score: Score, voice: Voice, *, chords: bool = True, notes: bool = True, drums: bool = True
) -> Stereo:
    """What the chosen lanes of a score sound like, float32 [2, N] at the voice's rate.

    Chords are struck at their start and at every downbeat inside them, by piano and bass; notes
    are played on a vibraphone where chords sound too, so that the two can be told apart, and
    else on the piano. Peaks stay inside -1..1.
    """
    lines: list[Stereo] = []
    if chords and score.chords:
        lines.append(voice.play_notes(PIANO, piano_notes(score), score.duration))
        lines.append(voice.play_notes(FINGER_BASS, bass_notes(score), score.duration))
    if notes and score.notes:
        lines.append(voice.play_notes(VIBRAPHONE if lines else PIANO, score.notes, score.duration))
    if drums and score.drums:
        lines.append(voice.play_hits(STANDARD_KIT, score.drums, score.duration))
    if not lines:
        return voice.play_notes(PIANO, (), score.duration)
    sound = lines[0]
    for line in lines[1:]:
        sound = sound + line
    peak = float(abs(sound).max())
    return sound if peak <= 1.0 else sound / peak


def piano_notes(score: Score) -> tuple[Note, ...]:
    """Each chord in close position above F3, struck anew at downbeats."""
    return tuple(
        Note(span, CHORD_LOW + (tone - CHORD_LOW) % 12, CHORD_VELOCITY)
        for span, harmony in _struck(score)
        for tone in sorted(harmony.pitch_classes)
    )


def bass_notes(score: Score) -> tuple[Note, ...]:
    """The bass note of each chord between C2 and B2, struck anew at downbeats."""
    return tuple(
        Note(span, BASS_LOW + (harmony.bass_pitch_class - BASS_LOW) % 12, BASS_VELOCITY)
        for span, harmony in _struck(score)
    )


def _struck(score: Score) -> list[tuple[Span[Seconds], Harmony]]:
    """Chords cut at the downbeats inside them, each with its pitch classes; ``N`` is silent."""
    tempo = TempoMap(score.tempo_bpm, score.meter)
    sixteenth = tempo.seconds_at(score.meter.bar_ticks) / 16
    downbeats = [time for time, is_downbeat in score.beats() if is_downbeat]
    struck: list[tuple[Span[Seconds], Harmony]] = []
    for chord in score.chords:
        harmony = parse_harte(chord.label)
        if harmony is not None:
            struck += [(span, harmony) for span in _cut(chord, downbeats, sixteenth)]
    return struck


def _cut(chord: Chord, downbeats: list[Seconds], shortest: float) -> list[Span[Seconds]]:
    inner = [
        time for time in downbeats
        if chord.span.start + shortest < time < chord.span.end - shortest
    ]  # fmt: skip
    edges = [chord.span.start, *inner, chord.span.end]
    return [Span(start, end) for start, end in pairwise(edges)]

"""How far what was heard agrees with what was asked: chords, beats, tempo, strokes, notes.

Every function gives NaN where the question does not arise (no such stroke asked), and a plain 0
where it was asked and nothing was heard. Measures by mir_eval (Raffel et al. 2014,
"mir_eval: A transparent implementation of common MIR metrics").
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import mir_eval
import numpy as np
from numpy.typing import NDArray

from engine.events import Analysis
from engine.harmony import NO_CHORD
from engine.hearing.strokes import DRUM_PITCHES
from engine.score import Chord, Note, Score

BEAT_TOLERANCE_S = 0.07
ONSET_TOLERANCE_S = 0.05
CHORD_MEASURES = ("root", "majmin", "mirex")

FIGURES = (
    *CHORD_MEASURES, "beat_f1", "downbeat_f1", "tempo_error",
    *(f"{name}_f1" for name in DRUM_PITCHES), "note_f1",
)  # fmt: skip

Times = NDArray[np.float64]


def score_answer(heard: Analysis, asked: Score) -> dict[str, float]:
    """All figures of ``FIGURES``; ``tempo_error`` is a share of the asked tempo, at most 1."""
    beats = [(time, is_downbeat) for time, is_downbeat in asked.beats()]
    scores = chord_scores(heard.chords, asked.chords, asked.duration)
    scores["beat_f1"] = beat_f1(heard.beats, [time for time, _ in beats])
    downbeats = [time for time, is_downbeat in beats if is_downbeat]
    scores["downbeat_f1"] = beat_f1(heard.downbeats, downbeats)
    scores["tempo_error"] = min(1.0, abs(heard.tempo_bpm - asked.tempo_bpm) / asked.tempo_bpm)
    for name, pitches in DRUM_PITCHES.items():
        strokes = [hit.time for hit in asked.drums if hit.pitch in pitches]
        scores[f"{name}_f1"] = onset_f1(heard.drum_onsets.get(name, ()), strokes)
    scores["note_f1"] = note_f1(heard.notes, asked.notes)
    return scores


def chord_scores(
    heard: Sequence[Chord], asked: Sequence[Chord], duration: float
) -> dict[str, float]:
    """Share of time in agreement, per measure; NaN where no asked chord can be compared.

    Gaps in either are no chord. What cannot be expressed in a measure's vocabulary, such as a
    suspended chord in ``majmin``, does not count.
    """
    asked_intervals, asked_labels = _intervals(asked, duration)
    heard_intervals, heard_labels = _intervals(heard, duration)
    merged, asked_labels, heard_labels = mir_eval.util.merge_labeled_intervals(
        asked_intervals, asked_labels, heard_intervals, heard_labels
    )
    durations = mir_eval.util.intervals_to_durations(merged)
    scores = {}
    for measure in CHORD_MEASURES:
        agreement = getattr(mir_eval.chord, measure)(asked_labels, heard_labels)
        counts = agreement >= 0
        total = float(durations[counts].sum())
        gained = float((durations * agreement)[counts].sum())
        scores[measure] = gained / total if total > 0 else math.nan
    return scores


def _intervals(chords: Sequence[Chord], duration: float) -> tuple[Times, list[str]]:
    """Chords as ``[n, 2]`` intervals that fill ``[0, duration]`` without holes or overlaps."""
    edges: list[tuple[float, float, str]] = []
    played = 0.0
    for chord in sorted(chords, key=lambda chord: chord.span.start):
        start, end = max(played, chord.span.start), min(duration, chord.span.end)
        if end - start < 1e-6:
            continue
        if start - played > 1e-6:
            edges.append((played, start, NO_CHORD))
            edges.append((start, end, chord.label))
        else:
            edges.append((played, end, chord.label))
        played = end
    if duration - played > 1e-6:
        edges.append((played, duration, NO_CHORD))
    intervals = np.array([[start, end] for start, end, _ in edges])
    intervals[-1, 1] = duration
    return intervals, [label for _, _, label in edges]


def beat_f1(heard: Iterable[float], asked: Iterable[float]) -> float:
    """F-measure of beats within 70 ms; every beat counts, also those of the first seconds."""
    return _f1(heard, asked, BEAT_TOLERANCE_S)


def onset_f1(heard: Iterable[float], asked: Iterable[float]) -> float:
    """F-measure of strokes within 50 ms; strokes asked at the same moment count once."""
    return _f1(heard, asked, ONSET_TOLERANCE_S)


def _f1(heard: Iterable[float], asked: Iterable[float], tolerance_s: float) -> float:
    asked_times, heard_times = np.unique(list(asked)), np.unique(list(heard))
    if len(asked_times) == 0:
        return math.nan
    if len(heard_times) == 0:
        return 0.0
    matched = len(mir_eval.util.match_events(asked_times, heard_times, tolerance_s))
    return 2.0 * matched / (len(asked_times) + len(heard_times))


def note_f1(heard: Sequence[Note], asked: Sequence[Note]) -> float:
    """F-measure of notes with the right pitch that begin within 50 ms; ends do not matter.

    A pitch that several players strike within 50 ms is asked once: together they sound as one.
    """
    asked = _distinct(asked)
    if not asked:
        return math.nan
    if not heard:
        return 0.0
    matched = mir_eval.transcription.match_notes(
        *_pitched(asked),
        *_pitched(heard),
        onset_tolerance=ONSET_TOLERANCE_S,
        pitch_tolerance=50.0,
        offset_ratio=None,
    )
    return 2.0 * len(matched) / (len(asked) + len(heard))


def _distinct(notes: Sequence[Note]) -> list[Note]:
    """The first of each run of notes of one pitch that begin within the tolerance of it."""
    kept: dict[int, list[Note]] = {}
    for note in sorted(notes, key=lambda note: note.span.start):
        same = kept.setdefault(note.pitch, [])
        if not same or note.span.start - same[-1].span.start > ONSET_TOLERANCE_S:
            same.append(note)
    return [note for same in kept.values() for note in same]


def _pitched(notes: Sequence[Note]) -> tuple[Times, Times]:
    intervals = np.array([[note.span.start, note.span.end] for note in notes])
    hertz = 440.0 * 2.0 ** ((np.array([note.pitch for note in notes]) - 69) / 12)
    return intervals, hertz

"""Scores against answers worked out by hand."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from engine.evaluation.answer_rows import answer_row, exchanged, trust_remark
from engine.evaluation.answer_scores import (
    FIGURES,
    beat_f1,
    chord_scores,
    note_f1,
    onset_f1,
    score_answer,
)
from engine.evaluation.answers import Answer, answer_from_data, answer_to_data
from engine.evaluation.clips import HeldOutClip, clip_span, cut_clip
from engine.events import Analysis
from engine.requests import Audio
from engine.score import Chord, DrumHit, Note, Score
from engine.timebase import Meter, Seconds, Span
from engine.training.corpus.compose import compose
from engine.training.corpus.piece import Part


def chord(start: float, end: float, label: str) -> Chord:
    return Chord(Span(Seconds(start), Seconds(end)), label)


def note(start: float, pitch: int) -> Note:
    return Note(Span(Seconds(start), Seconds(start + 0.4)), pitch)


SCORE = Score(
    Seconds(8.0),
    tempo_bpm=120.0,
    chords=(chord(0, 2, "C:maj7"), chord(2, 4, "A:min"), chord(4, 8, "F:maj/3")),
    notes=(note(0.0, 60), note(1.0, 64), note(2.0, 57)),
    drums=(DrumHit(Seconds(0.0), 36), DrumHit(Seconds(0.5), 38), DrumHit(Seconds(0.5), 39)),
)


def perfect_answer(score: Score) -> Answer:
    """What a recogniser without any mistake would hear."""
    beats = tuple(score.beats())
    strokes = {"kick": (35, 36), "snare": (37, 38, 39, 40), "hat": (42, 44, 46)}
    heard = Analysis(
        chords=score.chords,
        beats=tuple(time for time, _ in beats),
        downbeats=tuple(time for time, is_downbeat in beats if is_downbeat),
        drum_onsets={
            name: tuple(hit.time for hit in score.drums if hit.pitch in pitches)
            for name, pitches in strokes.items()
        },
        tempo_bpm=score.tempo_bpm,
        key="C:maj",
        level_db=-20.0,
        peak_db=-6.0,
        notes=score.notes,
    )
    return Answer(heard, score.chords)


def test_a_perfect_answer_scores_one_everywhere() -> None:
    scores = score_answer(perfect_answer(SCORE).analysis, SCORE)
    assert set(scores) == set(FIGURES)
    assert scores.pop("tempo_error") == 0.0
    assert math.isnan(scores.pop("hat_f1"))
    assert all(value == pytest.approx(1.0) for value in scores.values()), scores


def test_chords_are_weighed_by_their_time() -> None:
    heard = (chord(0, 2, "C:maj"), chord(2, 5, "A:min"), chord(5, 8, "F:maj"))
    scores = chord_scores(heard, SCORE.chords, 8.0)
    assert scores["majmin"] == pytest.approx(7 / 8)
    assert scores["root"] == pytest.approx(7 / 8)
    # F/3 and A minor share A and C only, so mirex misses the same second.
    assert scores["mirex"] == pytest.approx(7 / 8)


def test_a_relative_minor_has_three_tones_of_a_major_seventh_but_not_its_root() -> None:
    scores = chord_scores((chord(0, 2, "E:min"),), (chord(0, 2, "C:maj7"),), 2.0)
    assert scores == {"root": 0.0, "majmin": 0.0, "mirex": 1.0}


def test_gaps_are_no_chord_and_suspended_chords_do_not_count_as_majmin() -> None:
    asked = (chord(0, 1, "C:maj"), chord(1, 2, "G:sus4"), chord(2, 4, "N"))
    heard = (chord(0, 1.5, "C:maj"),)
    scores = chord_scores(heard, asked, 4.0)
    assert scores["majmin"] == pytest.approx(1.0)
    assert math.isnan(chord_scores(heard, (chord(0, 4, "D:sus2"),), 4.0)["majmin"])


def test_overlapping_and_overhanging_chords_are_cut() -> None:
    heard = (chord(0, 3, "C:maj"), chord(2, 9, "A:min"))
    asked = (chord(0, 2, "C:maj"), chord(2, 8, "A:min"))
    assert chord_scores(heard, asked, 8.0)["majmin"] == pytest.approx(7 / 8)


def test_beats_and_strokes_have_their_own_tolerance() -> None:
    asked = [1.0, 2.0, 3.0, 4.0]
    late = [time + 0.06 for time in asked]
    assert beat_f1(late, asked) == 1.0
    assert onset_f1(late, asked) == 0.0
    assert beat_f1(asked[:2], asked) == pytest.approx(2 * 2 / 6)
    assert beat_f1([], asked) == 0.0
    assert math.isnan(onset_f1([1.0], []))


def test_one_heard_stroke_cannot_answer_two() -> None:
    assert onset_f1([1.0], [0.98, 1.02]) == pytest.approx(2 / 3)


def test_notes_need_their_pitch_and_their_start() -> None:
    asked = [note(0.0, 60), note(1.0, 64)]
    assert note_f1([note(0.04, 60), note(1.0, 65)], asked) == pytest.approx(0.5)
    assert note_f1([note(0.2, 60)], asked) == 0.0
    assert note_f1([], asked) == 0.0


def test_a_pitch_struck_by_two_players_is_asked_once() -> None:
    asked = [note(0.0, 60), note(0.02, 60), note(0.5, 60)]
    assert note_f1([note(0.01, 60), note(0.5, 60)], asked) == 1.0


def test_a_doubled_tempo_is_a_whole_error() -> None:
    heard = replace(perfect_answer(SCORE).analysis, tempo_bpm=240.0)
    assert score_answer(heard, SCORE)["tempo_error"] == 1.0


def test_answers_survive_being_kept() -> None:
    answer = perfect_answer(SCORE)
    again = answer_from_data(answer_to_data(answer))
    kept = score_answer(again.analysis, SCORE)
    fresh = score_answer(answer.analysis, SCORE)
    assert kept == pytest.approx(fresh, nan_ok=True)
    assert again.template_chords == answer.template_chords


@cache
def composed_clips(n: int) -> list[HeldOutClip]:
    clips = []
    for seed in range(1_000_000, 1_000_000 + n):
        piece = compose(seed)
        n_samples = round(piece.score.duration * 1000)
        clips.append(cut_clip(piece, Audio(np.zeros((1, n_samples), np.float32), 1000)))
    return clips


def test_clips_are_whole_bars_of_about_ten_seconds() -> None:
    for clip in composed_clips(12):
        assert 7.0 < clip.score.duration < 13.0
        bar_s = clip.score.meter.beats * 240 / clip.score.meter.unit / clip.score.tempo_bpm
        n_bars = clip.score.duration / bar_s
        assert n_bars == pytest.approx(round(n_bars), abs=0.01)
        beats = list(clip.score.beats())
        assert beats[0] == (pytest.approx(0.0, abs=1e-6), True)
        assert clip.audio.samples.shape[1] == pytest.approx(clip.score.duration * 1000, abs=1)


def test_a_short_piece_is_taken_whole() -> None:
    score = Score(Seconds(4.0), tempo_bpm=60.0, meter=Meter(4, 4))
    assert clip_span(score, 7) == Span(Seconds(0.0), Seconds(4.0))


def test_perfect_answers_score_one_and_the_floor_is_low() -> None:
    clips = composed_clips(12)
    asked = {clip.seed: clip for clip in clips}
    answers = {clip.seed: [perfect_answer(clip.score)] for clip in clips}
    oracle = answer_row("oracle", answers, asked)
    floor = answer_row("floor", answers, exchanged(clips))
    assert oracle.figures["majmin"].mean == pytest.approx(1.0)
    assert oracle.figures["majmin by templates"].mean == pytest.approx(1.0)
    assert oracle.n_answers == 12
    assert floor.figures["majmin"].mean < 0.35
    assert trust_remark(oracle, floor).endswith("count.")
    assert trust_remark(floor, oracle).endswith("do not count.")


def test_chords_are_judged_only_where_somebody_plays_them() -> None:
    clip = next(clip for clip in composed_clips(12) if clip.plays_chords)
    bass = Part("bass", "finger bass", 33, ())
    alone = replace(clip, seed=clip.seed + 1, parts=(bass,))
    right = perfect_answer(clip.score)
    silent = replace(right.analysis, chords=(), beats=(), downbeats=())
    row = answer_row(
        "both",
        {clip.seed: [right], alone.seed: [Answer(silent, ())]},
        {clip.seed: clip, alone.seed: alone},
    )
    assert row.figures["majmin"].mean == pytest.approx(1.0)
    assert row.figures["majmin by templates"].mean == pytest.approx(1.0)
    assert row.figures["beat_f1"].mean == pytest.approx(0.5)

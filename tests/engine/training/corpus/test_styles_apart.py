"""A plain classifier tells, from the written music alone, which style a piece is in."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.conditions.drums import DRUM_CLASSES, drum_class
from engine.training.corpus import Piece, compose
from engine.training.corpus.piece import DRUMS
from engine.training.corpus.styles import STYLES
from engine.training.corpus.wandering import QUALITY_WEIGHTS

N_TRAINING, N_JUDGED = 1_200, 400
FIRST_JUDGED = 500_000
RIDGE = 40.0
PLACES = 24  # in a bar
ROWS = {"bass": 1, "melody": 2}  # all other pitched roles share row 0


def features(piece: Piece) -> NDArray[np.float64]:
    """Who plays, pace and meter, where in the bar notes and strokes fall, which chords."""
    score = piece.score
    bar_s = score.meter.bar_ticks / 960 * 60 / score.tempo_bpm
    n_bars = score.duration / bar_s

    def place(time: float) -> int:
        return round((time - score.first_downbeat) / bar_s * PLACES) % PLACES

    players, kit = np.zeros((3, 128)), np.zeros(128)
    note_places, note_lengths = np.zeros((3, PLACES)), np.zeros((3, 4))
    for part in piece.parts:
        if part.role == DRUMS:
            kit[part.program] = 1
            continue
        row = ROWS.get(part.role, 0)
        players[row, part.program] = 1
        for note in part.notes:
            note_places[row, place(note.span.start)] += 1
            note_lengths[row, min(3, int((note.span.end - note.span.start) / bar_s * 8))] += 1
    drums, drum_places = np.zeros(128), np.zeros((len(DRUM_CLASSES), PLACES))
    for hit in score.drums:
        drums[hit.pitch] += 1
        drum_places[drum_class(hit.pitch), place(hit.time)] += 1
    chords = [chord.label.partition(":")[2].partition("/")[0] for chord in score.chords]
    qualities = np.array([chords.count(name) for name in QUALITY_WEIGHTS]) / len(chords)
    pace = np.exp(-(((score.tempo_bpm - np.arange(50, 201, 10)) / 10) ** 2))
    meter = [str(score.meter) == name for name in ("4/4", "3/4", "6/8")]
    counts = [drums, drum_places.ravel(), note_places.ravel(), note_lengths.ravel()]
    rates = np.sqrt(np.concatenate(counts) / n_bars)
    return np.concatenate([2 * players.ravel(), 2 * kit, pace, meter, rates, 2 * qualities])


def written(piece: Piece) -> tuple[object, ...]:
    """Keys and strokes on the grid, without players, tempo or anyone's lateness."""
    score = piece.score
    step_s = 15 / score.tempo_bpm

    def step(time: float) -> int:
        return round((time - score.first_downbeat) / step_s)

    notes = [(step(note.span.start), note.pitch) for note in score.notes]
    return tuple(sorted(notes)), tuple((step(hit.time), hit.pitch) for hit in score.drums)


@pytest.fixture(scope="module")
def pieces() -> list[Piece]:
    judged = range(FIRST_JUDGED, FIRST_JUDGED + N_JUDGED)
    return [compose(seed) for seed in (*range(N_TRAINING), *judged)]


def test_no_two_seeds_give_the_same_written_piece(pieces: list[Piece]) -> None:
    assert len({written(piece) for piece in pieces}) == len(pieces)


def test_a_regression_on_the_written_music_tells_the_styles_apart(pieces: list[Piece]) -> None:
    names = [style.name for style in STYLES]
    table = np.stack([features(piece) for piece in pieces])
    answers = np.array([names.index(piece.style) for piece in pieces])
    n_players = np.array([len(piece.parts) for piece in pieces])[N_TRAINING:]
    x, x_judged = table[:N_TRAINING], table[N_TRAINING:]
    style, judged = answers[:N_TRAINING], answers[N_TRAINING:]
    middle = x.mean(axis=0)
    x, x_judged = x - middle, x_judged - middle
    wanted = np.eye(len(STYLES))[style] - 1 / len(STYLES)
    weights = np.linalg.solve(x.T @ x + RIDGE * np.eye(x.shape[1]), x.T @ wanted)
    is_right = (x_judged @ weights).argmax(axis=1) == judged
    assert is_right.mean() >= 0.9  # with the drums alone, or one player's plain chords, among them
    assert is_right[n_players >= 3].mean() >= 0.95

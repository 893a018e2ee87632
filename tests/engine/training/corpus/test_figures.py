"""The figures notice what they are there to notice."""

from __future__ import annotations

import numpy as np
import pytest

from engine.score import Note, Score
from engine.timebase import Seconds, Span
from engine.training.corpus.figures import Figures, measure
from engine.training.corpus.piece import Part, Piece
from engine.training.corpus.space import SAMPLE_RATE_HZ


def piece_of(*parts: tuple[Note, ...]) -> Piece:
    """Two seconds at 120 bpm."""
    notes = tuple(note for part in parts for note in part)
    players = tuple(Part(f"part {n}", "piano", 0, part) for n, part in enumerate(parts))
    return Piece(0, "pop", "C:maj", Score(Seconds(2.0), notes=notes), players, (), (), ())


def note(start: float, end: float, pitch: int = 60) -> Note:
    return Note(Span(Seconds(start), Seconds(end)), pitch)


def sine(hz: float) -> np.ndarray:
    time = np.arange(2 * SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ
    return (0.5 * np.sin(2 * np.pi * hz * time)).astype(np.float32)


def test_notes_on_the_grid_have_no_spread_and_late_ones_have() -> None:
    straight = measure(piece_of((note(0.0, 0.5), note(0.5, 1.0))), sine(440))
    loose = measure(piece_of((note(0.01, 0.5), note(0.49, 1.0))), sine(440))
    assert straight.spread_ms == pytest.approx(0.0, abs=1e-6)
    assert loose.spread_ms == pytest.approx(10.0, abs=0.01)


def test_two_low_parts_at_once_are_an_overlap_and_one_is_not() -> None:
    low, high = (note(0.0, 1.0, 40),), (note(0.0, 2.0, 64),)
    assert measure(piece_of(low, high), sine(100)).low_overlap == 0.0
    both = measure(piece_of(low, (note(0.0, 2.0, 45),)), sine(100))
    assert both.low_overlap == pytest.approx(0.5, abs=0.02)
    assert both.polyphony == pytest.approx(1.5, abs=0.02)


def test_level_silence_and_balance_are_read_from_the_sound() -> None:
    half = sine(1000)
    half[SAMPLE_RATE_HZ:] = 0.0
    figures = measure(piece_of((note(0.0, 1.0),)), half)
    assert figures.peak_db == pytest.approx(-6.0, abs=0.1)
    assert figures.rms_db == pytest.approx(-12.0, abs=0.1)
    assert figures.silence == pytest.approx(0.5, abs=0.03)
    assert np.argmax(figures.bands_db) == 2
    assert len(figures.row().split("\t")) == len(Figures.header().split("\t"))

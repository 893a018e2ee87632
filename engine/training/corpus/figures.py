"""What a rendered piece measures: whether it is stiff, muddy, clipped or empty."""

from __future__ import annotations

from dataclasses import dataclass, fields
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from engine.training.corpus.piece import Piece
from engine.training.corpus.space import SAMPLE_RATE_HZ

BLOCK = SAMPLE_RATE_HZ // 20
SILENT = 1e-3
HIGHEST_LOW_KEY = 50  # just below 150 Hz
TIMES_PER_S = 100
BAND_EDGES_HZ = (20, 150, 600, 2400, 8000, 16000)


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures of one piece.

    ``spread_ms``: standard deviation of note starts from the nearest sixteenth, swing included;
    ``polyphony``: mean number of notes sounding; ``low_overlap``: share of the time two parts or
    more sound below 150 Hz; ``rms_db``, ``peak_db``: of full scale; ``silence``: share of blocks
    of 50 ms below -60 dB; ``bands_db``: energy in the bands between ``BAND_EDGES_HZ``, of the
    whole.
    """

    spread_ms: float
    polyphony: float
    low_overlap: float
    rms_db: float
    peak_db: float
    silence: float
    bands_db: tuple[float, ...]

    @classmethod
    def header(cls) -> str:
        """Names of the columns of ``row``."""
        bands = [f"{low}-{high} Hz" for low, high in pairwise(BAND_EDGES_HZ)]
        return "\t".join([field.name for field in fields(cls)][:-1] + bands)

    def row(self) -> str:
        """The figures as text, separated by tabs."""
        figures = (self.spread_ms, self.polyphony, self.low_overlap, self.rms_db, self.peak_db)
        return "\t".join(f"{figure:.2f}" for figure in (*figures, self.silence, *self.bands_db))


def measure(piece: Piece, mix: NDArray[np.float32]) -> Figures:
    """The figures of a piece and its mix, float32 [N] at 32 kHz."""
    blocks = mix[: len(mix) // BLOCK * BLOCK].reshape(-1, BLOCK)
    power = np.abs(np.fft.rfft(mix)) ** 2
    frequency = np.fft.rfftfreq(len(mix), 1 / SAMPLE_RATE_HZ)
    edges = np.searchsorted(frequency, BAND_EDGES_HZ)
    bands = [power[low:high].sum() for low, high in pairwise(edges)]
    sounding, low_parts = _sounding(piece)
    return Figures(
        spread_ms=_spread_ms(piece),
        polyphony=float(sounding.mean()),
        low_overlap=float((low_parts >= 2).mean()),
        rms_db=_db(float(np.mean(mix**2))),
        peak_db=_db(float(np.abs(mix).max()) ** 2),
        silence=float((np.sqrt(np.mean(blocks**2, axis=1)) < SILENT).mean()),
        bands_db=tuple(_db(float(band / max(power.sum(), 1e-12))) for band in bands),
    )


def _db(power: float) -> float:
    return float(10 * np.log10(max(power, 1e-12)))


def _spread_ms(piece: Piece) -> float:
    score = piece.score
    step_s = 15.0 / score.tempo_bpm
    starts = np.array([note.span.start for note in score.notes]) - score.first_downbeat
    if not len(starts):
        return 0.0
    return float(np.std(starts - np.round(starts / step_s) * step_s) * 1000)


def _sounding(piece: Piece) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Notes sounding, and parts sounding low, at a hundred moments a second."""
    n = max(1, int(piece.score.duration * TIMES_PER_S))
    sounding, low_parts = np.zeros(n, np.int64), np.zeros(n, np.int64)
    for part in piece.parts:
        is_low = np.zeros(n, bool)
        for note in part.notes:
            span = slice(int(note.span.start * TIMES_PER_S), int(note.span.end * TIMES_PER_S))
            sounding[span] += 1
            is_low[span] |= note.pitch <= HIGHEST_LOW_KEY
        low_parts += is_low
    return sounding, low_parts

"""A second opinion on chords that has learnt nothing: chroma against triads, smoothed.

Chroma from spectral peaks folded into pitch classes, matched with binary triads by cosine, and
held steady by a Viterbi path. Its mistakes have other causes than the trained recogniser's.
Source: templates after Fujishima, "Realtime chord recognition of musical sound" (ICMC 1999).
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.signal import find_peaks, stft

from engine.audio.resample import resample
from engine.harmony import NO_CHORD, PITCH_CLASS_NAMES, QUALITY_TONES
from engine.hearing.chord_decoder import steady_path
from engine.requests import Audio
from engine.score import Chord
from engine.timebase import Seconds, Span

RATE_HZ, WINDOW, HOP = 16_000, 8192, 1600
LOWEST_HZ, HIGHEST_HZ = 100.0, 2000.0
CHANGE_COST = 1.2
SHARPNESS = 8.0
"""How much a better match counts against the cost of changing."""

LEAST_MATCH = 0.5
_TRIADS = tuple((root, quality) for quality in ("maj", "min") for root in range(12))


def template_chords(audio: Audio) -> tuple[Chord, ...]:
    """Major and minor triads that fill the recording; ``N`` where it is silent or toneless."""
    mono = audio.samples.mean(axis=0)
    if audio.sample_rate_hz != RATE_HZ:
        mono = resample(mono[None], audio.sample_rate_hz, RATE_HZ)[0]
    matches = chroma(mono) @ _templates().T  # [T, 24]
    scores = np.concatenate([matches, np.full((len(matches), 1), LEAST_MATCH)], axis=1)
    path = steady_path(SHARPNESS * scores, np.full(len(scores), CHANGE_COST * SHARPNESS))
    edges = [0, *(np.flatnonzero(np.diff(path)) + 1).tolist(), len(path)]
    chords = []
    for first, last in pairwise(edges):
        start = max(0.0, (first - 0.5) * HOP / RATE_HZ)
        end = audio.duration if last == len(path) else (last - 0.5) * HOP / RATE_HZ
        if min(end, audio.duration) > start:
            span = Span(Seconds(start), Seconds(min(end, audio.duration)))
            chords.append(Chord(span, _label(int(path[first]))))
    return tuple(chords)


def chroma(samples: NDArray[np.float32]) -> NDArray[np.float64]:
    """Unit-length pitch-class profiles of ``[N]`` at 16 kHz, ``[T, 12]``, ten a second.

    Only spectral peaks between 100 and 2000 Hz count, by the square root of their magnitude;
    silent frames are all zero.
    """
    _, _, spectrum = stft(
        samples, RATE_HZ, nperseg=WINDOW, noverlap=WINDOW - HOP, boundary="even", padded=True
    )
    magnitude = np.abs(spectrum)
    profile = np.zeros((magnitude.shape[1], 12))
    lowest, highest = (round(hz * WINDOW / RATE_HZ) for hz in (LOWEST_HZ, HIGHEST_HZ))
    for frame, column in enumerate(magnitude.T):
        peaks, _ = find_peaks(column[:highest], height=max(1e-4, 0.02 * column.max()))
        peaks = peaks[peaks >= lowest]
        pitch = 69 + 12 * np.log2(_peak_bins(column, peaks) * RATE_HZ / WINDOW / 440.0)
        np.add.at(profile[frame], np.round(pitch).astype(int) % 12, np.sqrt(column[peaks]))
    lengths = np.linalg.norm(profile, axis=1, keepdims=True)
    return np.asarray(profile / np.maximum(lengths, 1e-9))


def _peak_bins(column: NDArray[np.float64], peaks: NDArray[np.int64]) -> NDArray[np.float64]:
    """Peak positions between bins, by a parabola through the log magnitudes."""
    below, at, above = (np.log(column[peaks + shift] + 1e-12) for shift in (-1, 0, 1))
    curvature = np.minimum(below - 2 * at + above, -1e-9)
    return np.asarray(peaks + 0.5 * (below - above) / curvature)


def _templates() -> NDArray[np.float64]:
    rows = np.zeros((len(_TRIADS), 12))
    for row, (root, quality) in enumerate(_TRIADS):
        rows[row, [(root + tone) % 12 for tone in QUALITY_TONES[quality]]] = 3**-0.5
    return rows


def _label(index: int) -> str:
    if index == len(_TRIADS):
        return NO_CHORD
    root, quality = _TRIADS[index]
    return f"{PITCH_CLASS_NAMES[root]}:{quality}"

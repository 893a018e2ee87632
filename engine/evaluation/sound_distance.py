"""How far a coded recording is from its source, to the ear's several measures.

All functions take two float recordings ``[N]`` of one rate and length, ``source`` first.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter
from scipy.signal import stft

Signal = NDArray[np.float32]
Matrix = NDArray[np.float64]

MEL_WINDOW, MEL_HOP, N_MELS = 2048, 512, 80
RESOLUTIONS = (512, 1024, 2048, 4096)
CONVERGENCE_WINDOW = 2048
PEAK_WINDOW, PEAK_HOP = 4096, 1024
PEAK_RANGE_HZ = (50.0, 8000.0)
PEAK_DEPTH_DB, LOUDEST_PEAKS = 50.0, 40
PEAK_TOLERANCE_SEMITONES, PEAK_TOLERANCE_DB = 0.5, 6.0
PRE_ECHO_S = 0.02
FLOOR = 1e-5


def magnitudes(samples: Signal, window: int, hop: int) -> Matrix:
    """Hann-windowed magnitude spectrum ``[bins, T]``; a full-scale sine peaks at 1/2."""
    _, _, spectrum = stft(samples, nperseg=window, noverlap=window - hop, boundary="zeros")
    return np.asarray(np.abs(spectrum), dtype=np.float64)


def log_mel_distance(source: Signal, coded: Signal, rate_hz: int) -> float:
    """Mean absolute difference of log10 mel magnitudes (80 bands, 2048 window, hop 512)."""
    bank = mel_bank(rate_hz, MEL_WINDOW, N_MELS)
    logs = [
        np.log10(np.maximum(bank @ magnitudes(x, MEL_WINDOW, MEL_HOP), FLOOR))
        for x in (source, coded)
    ]
    return float(np.abs(logs[0] - logs[1]).mean())


def mel_bank(rate_hz: int, window: int, n_mels: int) -> Matrix:
    """Triangles equally spaced in mel from 0 to half the rate, rows summing to 1.

    Mel scale after O'Shaughnessy: ``2595 log10(1 + f / 700)``.
    """
    bins_hz = np.arange(window // 2 + 1) * rate_hz / window
    edges = 700 * (10 ** (np.linspace(0, np.log10(1 + rate_hz / 1400), n_mels + 2)) - 1)
    low, centre, high = (edges[k : k + n_mels, None] for k in range(3))
    bank = np.maximum(
        0, np.minimum((bins_hz - low) / (centre - low), (high - bins_hz) / (high - centre))
    )
    # The lowest triangles can fall between two bins; they then take the nearest one.
    for row in np.flatnonzero(bank.sum(axis=1) == 0):
        bank[row, np.abs(bins_hz - centre[row]).argmin()] = 1.0
    return np.asarray(bank / bank.sum(axis=1, keepdims=True))


def multi_resolution_distance(source: Signal, coded: Signal) -> float:
    """Mean absolute difference of natural-log magnitudes over windows of 512 to 4096.

    Source: the log term of the loss in Yamamoto et al. 2020, "Parallel WaveGAN" (arXiv 1910.11480).
    """
    distances = []
    for window in RESOLUTIONS:
        logs = [
            np.log(np.maximum(magnitudes(x, window, window // 4), FLOOR)) for x in (source, coded)
        ]
        distances.append(np.abs(logs[0] - logs[1]).mean())
    return float(np.mean(distances))


def spectral_convergence(source: Signal, coded: Signal) -> float:
    """Frobenius norm of the magnitude error over that of the source, 2048 window, hop 512."""
    a, b = (magnitudes(x, CONVERGENCE_WINDOW, CONVERGENCE_WINDOW // 4) for x in (source, coded))
    return float(np.linalg.norm(a - b) / max(float(np.linalg.norm(a)), FLOOR))


def tonal_peak_recall(source: Signal, coded: Signal, rate_hz: int) -> float:
    """Share of the source's spectral peaks that the coded sound has too.

    Peaks: local maxima between 50 Hz and 8 kHz within 50 dB of the frame's loudest, at most the
    40 loudest, that last: the frames before and after have one within a quarter tone, so
    that noise does not count. Found: a peak of the coded frame within a quarter tone and 6 dB.
    NaN where the source has no such peak.
    """
    spectra = [_peak_picture(x, rate_hz) for x in (source, coded)]
    found = total = 0
    source_peaks, coded_peaks = spectra
    for frame in range(1, len(source_peaks) - 1):
        pitch, level = source_peaks[frame]
        lasting = np.ones(len(pitch), dtype=bool)
        for neighbour in (frame - 1, frame + 1):
            lasting &= _has_near(pitch, source_peaks[neighbour][0])
        pitch, level = pitch[lasting], level[lasting]
        coded_pitch, coded_level = coded_peaks[frame]
        total += len(pitch)
        if len(pitch) and len(coded_pitch):
            near = np.abs(pitch[:, None] - coded_pitch) <= PEAK_TOLERANCE_SEMITONES
            alike = np.abs(level[:, None] - coded_level) <= PEAK_TOLERANCE_DB
            found += int((near & alike).any(axis=1).sum())
    return found / total if total else float("nan")


def _peak_picture(samples: Signal, rate_hz: int) -> list[tuple[Matrix, Matrix]]:
    """Per frame, pitch in semitones and level in dB of its peaks."""
    level = 20 * np.log10(np.maximum(magnitudes(samples, PEAK_WINDOW, PEAK_HOP), 1e-7))
    is_peak = (level == maximum_filter(level, size=(3, 1))) & (level > -120)
    low, high = (round(hz * PEAK_WINDOW / rate_hz) for hz in PEAK_RANGE_HZ)
    is_peak[:low], is_peak[high:] = False, False
    frames = []
    for frame in range(level.shape[1]):
        column = level[:, frame]
        bins = np.flatnonzero(is_peak[:, frame])
        bins = bins[column[bins] >= column[low:high].max() - PEAK_DEPTH_DB]
        bins = bins[np.argsort(-column[bins])[:LOUDEST_PEAKS]]
        below, at, above = column[bins - 1], column[bins], column[bins + 1]
        curvature = np.minimum(below - 2 * at + above, -1e-9)
        exact = bins + 0.5 * (below - above) / curvature
        frames.append((12 * np.log2(np.maximum(exact, 1.0)), at))
    return frames


def _has_near(pitch: Matrix, others: Matrix) -> NDArray[np.bool_]:
    if len(others) == 0:
        return np.zeros(len(pitch), dtype=bool)
    return np.asarray((np.abs(pitch[:, None] - others) <= PEAK_TOLERANCE_SEMITONES).any(axis=1))


def pre_echo_db(source: Signal, coded: Signal, rate_hz: int, onsets: Sequence[float]) -> float:
    """Level of the coded sound above the source's in the 20 ms before strokes, mean in dB.

    Strokes that follow another within 40 ms do not count. 0 is perfect; NaN without strokes.
    """
    length = round(PRE_ECHO_S * rate_hz)
    gains = []
    previous = -1.0
    for onset in sorted(onsets):
        start = round(onset * rate_hz) - length
        is_apart = onset - previous > 2 * PRE_ECHO_S
        previous = onset
        if start < 0 or start + length > len(source) or not is_apart:
            continue
        before = [float(np.square(x[start : start + length]).mean()) for x in (source, coded)]
        gains.append(10 * np.log10((before[1] + 1e-8) / (before[0] + 1e-8)))
    return float(np.mean(gains)) if gains else float("nan")


def si_sdr_db(source: Signal, coded: Signal) -> float:
    """Scale-invariant signal-to-distortion ratio in dB.

    Source: Le Roux et al. 2019, "SDR - half-baked or well done?" (arXiv 1811.02508), eq. 4.
    """
    target, estimate = source.astype(np.float64), coded.astype(np.float64)
    target = target - target.mean()
    estimate = estimate - estimate.mean()
    energy = float(target @ target)
    if energy == 0.0:
        return float("nan")
    projected = (float(estimate @ target) / energy) * target
    error = estimate - projected
    ratio = (float(projected @ projected) + 1e-12) / (float(error @ error) + 1e-12)
    return float(10 * np.log10(ratio))

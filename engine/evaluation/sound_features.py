"""What a stretch of music is like, as one row of numbers that no training decides.

Colour, attack, rhythm and mode: enough to tell styles, instruments and moods apart, and blind to
level and to key.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from engine.audio.resample import resample
from engine.evaluation.sound_distance import Matrix, magnitudes, mel_bank
from engine.requests import Audio

Features = NDArray[np.float32]

RATE_HZ = 32_000
WINDOW, HOP = 2048, 640
N_MELS = 64
CHROMA_WINDOW, CHROMA_HOP = 8192, 3200
CHROMA_PITCHES = np.arange(36, 96)
DEPTH_DB = 80.0
QUIETEST_RMS = 1e-4
RHYTHM_BANDS = 4
LAGS_S = np.arange(0.1, 2.0, 0.04)
# Krumhansl 1990, "Cognitive Foundations of Musical Pitch", table 2.1: how well tones fit a key.
MAJOR = np.array([6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88])
MINOR = np.array([6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17])

N_FEATURES = 7 * N_MELS + RHYTHM_BANDS * len(LAGS_S) + 14


def sound_features(audio: Audio) -> Features:
    """Features float32 ``[N_FEATURES]`` of a recording of at least half a second."""
    mono = audio.samples.mean(axis=0, keepdims=True)
    if audio.sample_rate_hz != RATE_HZ:
        mono = resample(mono, audio.sample_rate_hz, RATE_HZ)
    samples = mono[0] / max(float(np.sqrt(np.mean(np.square(mono)))), QUIETEST_RMS)
    power = magnitudes(samples, WINDOW, HOP) ** 2
    mel = mel_bank(RATE_HZ, WINDOW, N_MELS) @ power
    level = 10 * np.log10(mel + 1e-12)
    level = np.maximum(level - level.max(), -DEPTH_DB) / DEPTH_DB  # [64, T], -1..0
    rise = np.maximum(np.diff(level, axis=1), 0.0)
    flat = np.log10(_peakiness(power) + 1e-6)
    parts = [
        level.mean(axis=1),
        level.std(axis=1),
        *np.quantile(level, [0.1, 0.9], axis=1),
        rise.mean(axis=1),
        np.quantile(rise, 0.98, axis=1),
        flat,
        _rhythm(rise),
        _mode(samples),
    ]
    features = np.concatenate(parts).astype(np.float32)
    assert features.shape == (N_FEATURES,)
    return features


def _peakiness(power: Matrix) -> Matrix:
    """Per mel band, how far the strongest bin rises above the band's mean, over all frames."""
    bank = _band_of_bin()
    peaks = np.zeros(N_MELS)
    for band in range(N_MELS):
        rows = power[bank == band]
        if len(rows) > 1:
            peaks[band] = float(np.mean(rows.max(axis=0) / (rows.mean(axis=0) + 1e-12)))
    return peaks


@cache
def _band_of_bin() -> NDArray[np.intp]:
    return np.asarray(mel_bank(RATE_HZ, WINDOW, N_MELS).argmax(axis=0))


def _rhythm(rise: Matrix) -> Matrix:
    """Autocorrelation of the attacks in broad bands at lags from a tenth to two seconds."""
    bands = rise.reshape(RHYTHM_BANDS, -1, rise.shape[1]).sum(axis=1)
    bands = bands - bands.mean(axis=1, keepdims=True)
    n = 2 * bands.shape[1]
    spectrum = np.abs(np.fft.rfft(bands, n, axis=1)) ** 2
    correlation = np.fft.irfft(spectrum, n, axis=1)
    lags = np.minimum(np.round(LAGS_S * RATE_HZ / HOP).astype(int), bands.shape[1] - 1)
    return np.asarray((correlation[:, lags] / (correlation[:, :1] + 1e-9)).ravel())


def _mode(samples: Features) -> Matrix:
    """The twelve tones counted from the likeliest tonic, and how major and how minor they are."""
    spectrum = magnitudes(samples, CHROMA_WINDOW, CHROMA_HOP)
    bins = np.round(440.0 * 2 ** ((CHROMA_PITCHES - 69) / 12) * CHROMA_WINDOW / RATE_HZ).astype(int)
    tones = np.sqrt(spectrum[bins].sum(axis=1))
    chroma = tones.reshape(-1, 12).sum(axis=0)  # begins at C
    chroma = chroma / (np.linalg.norm(chroma) + 1e-9)
    turns = np.array([np.roll(chroma, -tonic) for tonic in range(12)])
    fits = np.array([[np.corrcoef(turn, key)[0, 1] for turn in turns] for key in (MAJOR, MINOR)])
    tonic = int(np.nan_to_num(fits).max(axis=0).argmax())
    return np.concatenate([turns[tonic], np.nan_to_num(fits[:, tonic])])

"""The two pictures of sound the recogniser looks at, and the clocks of their frames.

*Pitch picture*: energy per semitone in five views, 25 frames a second: a long window, sharp in
pitch, then a middle and a short one, sharper in time and taken twice a frame, at its moment and
half a frame later. *Onset picture*: 40 mel bands at 100 frames a second. Both are decibels above
the loudness of the whole recording, so that level does not matter.

Four frame rates divide each other: 12.5 Hz chords, 25 Hz pitch, 50 Hz beats, strokes and note
beginnings, 100 Hz onset picture. A pooled frame lies in the middle of the frames it pools.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

SAMPLE_RATE_HZ = 32_000
LOWEST_PITCH = 21
N_PITCHES = 88
N_ROWS = 108
"""Rows of the pitch picture: the pitches of the piano, and their partials up to 13 kHz."""

N_VIEWS = 5
N_BANDS = 40
LONG_WINDOW, MIDDLE_WINDOW, SHORT_WINDOW, ONSET_WINDOW = 8192, 4096, 2048, 1024
ONSET_HOP = 320
ONSET_RATE_HZ = 100.0
RHYTHM_RATE_HZ = 50.0
PITCH_RATE_HZ = 25.0
CHORD_RATE_HZ = 12.5
ONSETS_PER_CHORD_FRAME = 8
CHORD_HOP = ONSET_HOP * ONSETS_PER_CHORD_FRAME

FLOOR_DB, CEILING_DB = -80.0, 10.0
QUIETEST_RMS = 1e-3
"""Recordings below -60 dBFS are not amplified further."""


def chord_frame_times(n_frames: int) -> NDArray[np.float64]:
    """Centre in seconds of each 12.5 Hz frame: between the two pitch frames it pools."""
    return np.arange(n_frames) / CHORD_RATE_HZ + 0.5 / PITCH_RATE_HZ


def struck_frame_times(n_frames: int) -> NDArray[np.float64]:
    """Centre in seconds of each 50 Hz frame of note beginnings."""
    return np.arange(n_frames) / RHYTHM_RATE_HZ


def rhythm_frame_times(n_frames: int) -> NDArray[np.float64]:
    """Centre in seconds of each 50 Hz frame: between the two onset frames it pools."""
    return np.arange(n_frames) / RHYTHM_RATE_HZ + 0.5 / ONSET_RATE_HZ


def loudness_normalised(samples: Tensor) -> Tensor:
    """Bring each row of ``[B, N]`` to an RMS of 1; near-silent rows stay quiet."""
    rms = samples.square().mean(dim=-1, keepdim=True).sqrt()
    return samples / rms.clamp(min=QUIETEST_RMS)


def spectra(samples: Tensor) -> tuple[Tensor, Tensor]:
    """Pictures of float32 ``[B, N]`` at 32 kHz, of about unit RMS.

    Returns:
        pitch ``[B, 5, 108, T]`` (long window; middle and short one, now and 20 ms later) and
        onsets ``[B, 40, 4 T]``, both 0..1 for -80..10 dB; ``T`` is even and covers the samples,
        silence filling the rest.
    """
    n_samples = samples.shape[-1]
    n_chord_frames = max(1, -(-n_samples // CHORD_HOP))
    padded = torch.nn.functional.pad(samples, (0, n_chord_frames * CHORD_HOP - n_samples))
    n_pitch_frames = 2 * n_chord_frames
    pitch = [_semitones(padded, LONG_WINDOW, 4 * ONSET_HOP)[..., :n_pitch_frames]]
    for window in (MIDDLE_WINDOW, SHORT_WINDOW):
        twice = _semitones(padded, window, 2 * ONSET_HOP)[..., : 2 * n_pitch_frames]
        pitch += [twice[..., 0::2], twice[..., 1::2]]
    onsets = _decibels(torch.matmul(_mel_bank(), _power(padded, ONSET_WINDOW, ONSET_HOP)))
    return (
        torch.stack(pitch, dim=1),
        onsets[..., : ONSETS_PER_CHORD_FRAME * n_chord_frames],
    )


def _semitones(samples: Tensor, window: int, hop: int) -> Tensor:
    return _decibels(torch.matmul(_semitone_bank(window), _power(samples, window, hop)))


def _power(samples: Tensor, window: int, hop: int) -> Tensor:
    """Power spectrum ``[B, bins, T]``; a full-scale sine at a bin's centre has power 1/4."""
    shape = torch.hann_window(window)
    spectrum = torch.stft(
        samples, window, hop, window=shape, center=True, pad_mode="constant", return_complex=True
    )
    return (spectrum.real.square() + spectrum.imag.square()) / shape.sum().square()


def _decibels(power: Tensor) -> Tensor:
    level_db = 10.0 * torch.log10(power + 1e-9)
    return ((level_db - FLOOR_DB) / (CEILING_DB - FLOOR_DB)).clamp(0.0, 1.0)


@lru_cache(maxsize=3)
def _semitone_bank(window: int) -> Tensor:
    """Triangles one semitone wide to each side, never narrower than a bin: ``[108, bins]``."""
    bins_hz = np.arange(window // 2 + 1) * SAMPLE_RATE_HZ / window
    bank = np.zeros((N_ROWS, len(bins_hz)))
    for row in range(N_ROWS):
        centre_hz = 440.0 * 2.0 ** ((LOWEST_PITCH + row - 69) / 12)
        width_hz = max(centre_hz * (2.0 ** (1 / 12) - 1.0), SAMPLE_RATE_HZ / window)
        bank[row] = np.maximum(0.0, 1.0 - np.abs(bins_hz - centre_hz) / width_hz)
    return torch.from_numpy(bank.astype(np.float32))


@lru_cache(maxsize=1)
def _mel_bank() -> Tensor:
    """Overlapping triangles equally spaced in mel from 30 Hz to 15 kHz: ``[40, bins]``.

    Mel scale after O'Shaughnessy: ``2595 log10(1 + f / 700)``.
    """
    bins_hz = np.arange(ONSET_WINDOW // 2 + 1) * SAMPLE_RATE_HZ / ONSET_WINDOW
    lowest, highest = (2595 * np.log10(1 + hz / 700) for hz in (30.0, 15_000.0))
    edges_mel = np.linspace(lowest, highest, N_BANDS + 2)
    edges_hz = 700 * (10 ** (edges_mel / 2595) - 1)
    bin_hz = SAMPLE_RATE_HZ / ONSET_WINDOW
    bank = np.zeros((N_BANDS, len(bins_hz)))
    for row, (low, centre, high) in enumerate(
        zip(edges_hz[:-2], edges_hz[1:-1], edges_hz[2:], strict=True)
    ):
        rising = (bins_hz - low) / max(centre - low, bin_hz)
        falling = (high - bins_hz) / max(high - centre, bin_hz)
        bank[row] = np.maximum(0.0, np.minimum(rising, falling))
        if not bank[row].any():
            bank[row, round(centre / bin_hz)] = 1.0
    return torch.from_numpy(bank.astype(np.float32))

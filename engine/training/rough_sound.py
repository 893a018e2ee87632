"""Sound made worse in the ways a small codec makes it worse, so that hearing does not mind.

Each roughening keeps pitches, strokes and timing and spoils detail: phases are scrambled,
quiet partials fall away, a low-rate Opus coder smears, the top is missing.
"""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
import soundfile
from numpy.random import Generator
from numpy.typing import NDArray
from scipy.signal import istft, resample_poly, stft

Samples = NDArray[np.float32]
Roughening = Callable[[Samples, int, Generator], Samples]

OPUS_RATE_HZ = 48_000


def scrambled_phases(samples: Samples, _rate_hz: int, random: Generator) -> Samples:
    """Turn every phase of a spectrum of random frame length by up to half a turn."""
    window = int(random.choice([1024, 2048, 4096]))
    spread = random.uniform(0.5, np.pi)

    def turned(spectrum: NDArray[np.complex64]) -> NDArray[np.complex64]:
        turns = random.uniform(-spread, spread, spectrum.shape).astype(np.float32)
        return np.asarray(spectrum * np.exp(1j * turns), dtype=np.complex64)

    return _respelled(samples, window, turned)


def sparse_spectrum(samples: Samples, _rate_hz: int, random: Generator) -> Samples:
    """Drop what lies far below the strongest part of each frame, as a starved coder does."""
    depth_db = random.uniform(25.0, 45.0)

    def thinned(spectrum: NDArray[np.complex64]) -> NDArray[np.complex64]:
        level = np.abs(spectrum)
        limit = level.max(axis=0, keepdims=True) * 10 ** (-depth_db / 20)
        # The ear's threshold falls with frequency; so does what is kept of the highs.
        limit = limit * np.linspace(1.0, 0.2, len(level))[:, None]
        return np.asarray(np.where(level >= limit, spectrum, 0.1 * spectrum), dtype=np.complex64)

    return _respelled(samples, 2048, thinned)


def low_rate_opus(samples: Samples, rate_hz: int, random: Generator) -> Samples:
    """There and back through Opus at about 7 to 18 kbit/s."""
    quality = float(random.uniform(0.95, 0.99))
    raised = resample_poly(samples, OPUS_RATE_HZ // 16_000, rate_hz // 16_000)
    file = io.BytesIO()
    soundfile.write(
        file, raised, OPUS_RATE_HZ, format="OGG", subtype="OPUS", compression_level=quality
    )
    file.seek(0)
    coded, _ = soundfile.read(file, dtype="float32")
    back = resample_poly(coded, rate_hz // 16_000, OPUS_RATE_HZ // 16_000)
    return _fitted(back, len(samples))


ROUGHENINGS: tuple[Roughening, ...] = (scrambled_phases, sparse_spectrum, low_rate_opus)


def _respelled(
    samples: Samples,
    window: int,
    change: Callable[[NDArray[np.complex64]], NDArray[np.complex64]],
) -> Samples:
    """Change the short-time spectrum of ``[N]`` and return to sound of the same length."""
    _, _, spectrum = stft(samples, nperseg=window, noverlap=window * 3 // 4)
    _, changed = istft(change(spectrum), nperseg=window, noverlap=window * 3 // 4)
    return _fitted(changed, len(samples))


def _fitted(samples: NDArray[np.floating], n_samples: int) -> Samples:
    """Cut, or fill with silence, to a length."""
    fitted = np.zeros(n_samples, np.float32)
    kept = samples[:n_samples]
    fitted[: len(kept)] = kept
    return fitted

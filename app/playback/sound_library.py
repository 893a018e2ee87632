"""Recordings ready to be played and drawn: at the device's rate, with their peaks."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable

import numpy as np

from app.model.clip import Asset
from app.model.ids import AssetId
from app.playback.mixdown import Stereo
from app.playback.peaks import Peaks, build_peaks
from engine.requests import Audio

BUDGET_BYTES = 1 << 30


def stereo_frames(audio: Audio, sample_rate_hz: int) -> Stereo:
    """Any sound as frames ``[N, 2]`` at a rate: mono on both sides, more channels folded down."""
    samples = audio.samples
    if audio.sample_rate_hz != sample_rate_hz:
        # The filter's library takes half a second to load and is not needed at equal rates.
        from engine.audio.resample import resample

        samples = resample(samples, audio.sample_rate_hz, sample_rate_hz)
    if len(samples) == 1:
        samples = np.repeat(samples, 2, axis=0)
    elif len(samples) > 2:
        samples = np.stack([samples[0::2].mean(axis=0), samples[1::2].mean(axis=0)])
    return np.ascontiguousarray(samples.T, dtype=np.float32)


class SoundLibrary:
    """Keeps what was prepared, up to ``BUDGET_BYTES``. Call ``frames`` and ``peaks`` in workers.

    ``read`` gives the samples of a recording; what it raises goes through to the caller.
    """

    def __init__(self, read: Callable[[Asset], Audio]) -> None:
        self._read = read
        self._lock = threading.Lock()
        self._frames: OrderedDict[tuple[AssetId, int], Stereo] = OrderedDict()
        self._peaks: dict[AssetId, Peaks] = {}

    def frames(self, asset: Asset, sample_rate_hz: int) -> Stereo:
        """A recording as frames ``[N, 2]`` at a rate."""
        key = (asset.id, sample_rate_hz)
        with self._lock:
            if key in self._frames:
                self._frames.move_to_end(key)
                return self._frames[key]
        frames = stereo_frames(self._read(asset), sample_rate_hz)
        with self._lock:
            self._frames[key] = frames
            while len(self._frames) > 1 and self._size() > BUDGET_BYTES:
                self._frames.popitem(last=False)
        return frames

    def peaks(self, asset: Asset) -> Peaks:
        """The picture of a recording."""
        with self._lock:
            if asset.id in self._peaks:
                return self._peaks[asset.id]
        audio = self._read(asset)
        peaks = build_peaks(audio.samples, audio.sample_rate_hz)
        with self._lock:
            self._peaks[asset.id] = peaks
        return peaks

    def ready_peaks(self, asset: Asset) -> Peaks | None:
        """The picture where it was made before; never waits for more than a moment."""
        with self._lock:
            return self._peaks.get(asset.id)

    def _size(self) -> int:
        return sum(frames.nbytes for frames in self._frames.values())

"""A short sound on top of whatever plays: the note, stroke or chord just clicked."""

from __future__ import annotations

import numpy as np

from app.playback.mixdown import Stereo

FALL_S = 0.006


class OneShot:
    """``start`` by the interface; ``add_to`` by the audio thread, which allocates nothing."""

    def __init__(self, sample_rate_hz: int) -> None:
        n_fall = max(1, round(FALL_S * sample_rate_hz))
        fall = ((np.arange(n_fall, dtype=np.float32) + 0.5) / n_fall)[::-1]
        self._fall = np.repeat(fall[:, np.newaxis], 2, axis=1)
        self._scratch = np.zeros((n_fall, 2), np.float32)
        self._wanted: Stereo = np.zeros((0, 2), np.float32)
        # The rest belongs to the audio thread.
        self._sounding = self._wanted
        self._position = 0
        self._old = self._wanted
        self._old_position = 0
        self._fallen = n_fall

    def start(self, frames: Stereo) -> None:
        """Play ``frames`` ``[N, 2]`` from the next block on, in place of the shot before."""
        self._wanted = frames

    def add_to(self, out: Stereo) -> None:
        """Add the next ``len(out)`` samples."""
        if self._wanted is not self._sounding:
            self._old, self._old_position, self._fallen = self._sounding, self._position, 0
            self._sounding, self._position = self._wanted, 0
        part = self._sounding[self._position : self._position + len(out)]
        out[: len(part)] += part
        self._position += len(part)
        self._add_fall(out)

    def _add_fall(self, out: Stereo) -> None:
        n = min(len(out), len(self._fall) - self._fallen, len(self._old) - self._old_position)
        if n <= 0:
            return
        part = self._scratch[:n]
        np.multiply(
            self._old[self._old_position : self._old_position + n],
            self._fall[self._fallen : self._fallen + n],
            out=part,
        )
        out[:n] += part
        self._old_position += n
        self._fallen += n

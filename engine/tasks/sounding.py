"""Sound that grows while codes are still being drawn, and the check that it is sound at all."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.codec.codec import Codec
from engine.errors import EngineError

SILENCE_PEAK = 1e-4
"""-80 dBFS: what stays below it everywhere is no music."""

FloatArray = NDArray[np.float32]


class GrowingSound:
    """The sound of several takes, decoded piece by piece and kept in pieces.

    Letters: ``B`` takes, ``K`` codebooks, ``T`` frames, ``N`` samples.
    """

    def __init__(self, codec: Codec, n_takes: int) -> None:
        self._stream = codec.stream()
        self._pieces: list[FloatArray] = [np.zeros((n_takes, 1, 0), dtype=np.float32)]
        self.n_frames = 0

    @torch.inference_mode()
    def add(self, codes: Tensor) -> FloatArray:
        """Decode all of ``codes`` ``[B, K, T]`` that came since; the new samples ``[B, 1, n]``."""
        new = codes[:, :, self.n_frames :]
        if new.shape[2] == 0:
            return self._pieces[0]
        self.n_frames = codes.shape[2]
        return self._keep(self._stream.push(new))

    @torch.inference_mode()
    def finish(self) -> FloatArray:
        """Decode what waited for look-ahead; the new samples ``[B, 1, n]``."""
        return self._keep(self._stream.finish())

    @property
    def samples(self) -> FloatArray:
        """Everything so far, ``[B, 1, N]``."""
        return np.concatenate(self._pieces, axis=2)

    def _keep(self, samples: Tensor) -> FloatArray:
        piece: FloatArray = samples.float().cpu().numpy()
        check_finite(piece)
        self._pieces.append(piece)
        return piece


def check_finite(samples: FloatArray) -> None:
    """Raise ``EngineError`` where a sample is not a number."""
    if not np.isfinite(samples).all():
        raise EngineError(
            "The model's output broke down and was stopped; nothing was changed.",
            "Try another seed, a lower guidance, or the CPU.",
        )


def check_audible(samples: FloatArray) -> None:
    """Raise ``EngineError`` where nothing can be heard."""
    if not samples.size or float(np.abs(samples).max()) < SILENCE_PEAK:
        raise EngineError(
            "The model played only silence, so nothing was kept.",
            "Try another seed or prompt, or fill a lane.",
        )

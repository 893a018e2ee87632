"""What every audio codec offers the rest of the engine: sound to codes and back.

Letters: ``B`` batch, ``K`` codebooks, ``T`` codec frames, ``N`` samples.
"""

from __future__ import annotations

from typing import Protocol

from torch import Tensor

from engine.timebase import CodecClock


class CodecStream(Protocol):
    """Decodes codes piece by piece, carrying whatever the decoder remembers between pieces.

    All samples returned by ``push`` and ``finish``, joined, equal ``Codec.decode`` of all the
    codes, joined, within 1e-5 of the peak.
    """

    def push(self, codes: Tensor) -> Tensor:
        """Take the next codes, int64 ``[B, K, n]``; give the samples they settle, ``[B, 1, m]``.

        ``m`` is a multiple of the hop and may be 0 while the decoder waits for look-ahead.
        """

    def finish(self) -> Tensor:
        """Give the remaining samples, ``[B, 1, m]``; the stream cannot be pushed to again."""


class Codec(Protocol):
    """One codec, loaded on one device; its parameters do not change."""

    @property
    def clock(self) -> CodecClock:
        """Rates and sizes of the checkpoint."""

    def encode(self, samples: Tensor) -> Tensor:
        """Code float32 ``[B, 1, N]`` at the codec's rate as int64 ``[B, K, ceil(N / hop)]``.

        Samples missing from the last frame count as silence.
        """

    def decode(self, codes: Tensor) -> Tensor:
        """Sound of int64 ``[B, K, T]`` as float32 ``[B, 1, T * hop]``."""

    def stream(self) -> CodecStream:
        """Start decoding piece by piece."""

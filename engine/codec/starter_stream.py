"""Decoding the Starter's codes piece by piece, with the same samples as all at once.

Letters: ``B`` batch, ``K`` codebooks, ``J`` spectrum frames, ``F`` bins.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor

from engine.codec.phase import QUIETEST, PhaseIntegrator
from engine.codec.spectral_decoder import SpectralDecoderStream
from engine.codec.spectrum import OverlapAdd

if TYPE_CHECKING:
    from engine.codec.starter_codec import StarterCodec

DECODE_BLOCK = 25
"""Code frames worked on at once (1 s), however they are pushed."""


class StarterStream:
    """See ``engine.codec.codec.CodecStream``.

    Because the blocks are always the same, the samples do not depend on the pieces at all.
    """

    def __init__(self, codec: StarterCodec) -> None:
        self._codec = codec
        self._waiting: Tensor | None = None  # codes [B, K, n]
        self._network = SpectralDecoderStream(codec.network)
        self._coarse: Tensor | None = None  # compressed magnitudes the network has yet to refine
        self._known: Tensor | None = None  # the last two frames, see _spectra
        self._integrator = PhaseIntegrator()
        self._overlap: OverlapAdd | None = None
        self._settled: Tensor | None = None  # samples short of a whole hop

    def push(self, codes: Tensor) -> Tensor:
        """Take the next codes ``[B, K, n]``; give the samples they settle, ``[B, 1, m]``."""
        waiting = codes if self._waiting is None else torch.cat([self._waiting, codes], dim=2)
        samples = [self._codec.mean.new_zeros(codes.shape[0], 0)]
        # At least one frame waits, so that finish always knows the last block as the last.
        while waiting.shape[2] > DECODE_BLOCK:
            samples.append(self._decode(waiting[:, :, :DECODE_BLOCK], is_last=False))
            waiting = waiting[:, :, DECODE_BLOCK:]
        self._waiting = waiting
        return self._whole_hops(torch.cat(samples, dim=1))

    def finish(self) -> Tensor:
        """Give the remaining samples, ``[B, 1, m]``."""
        waiting, self._waiting = self._waiting, None
        if waiting is None or waiting.shape[2] == 0:
            n_batch = 0 if waiting is None else waiting.shape[0]
            return self._codec.mean.new_zeros(n_batch, 1, 0)
        return self._whole_hops(self._decode(waiting, is_last=True))

    def _decode(self, codes: Tensor, *, is_last: bool) -> Tensor:
        """Samples ``[B, n]`` that a block of codes settles."""
        spectra = self._spectra(codes, is_last=is_last)
        if self._overlap is None:
            self._overlap = OverlapAdd(self._codec.spectrum, codes.shape[0])
        samples = self._overlap.add(self._codec.spectrum.frames_of(spectra))
        return torch.cat([samples, self._overlap.finish()], dim=1) if is_last else samples

    def _spectra(self, codes: Tensor, *, is_last: bool) -> Tensor:
        """Complex spectra ``[B, J, F]`` that a block of codes settles."""
        codec = self._codec
        vectors = codec.quantizer.decode(codes.transpose(1, 2))  # [B, T, D]
        coarse = codec.compressed_magnitudes(vectors)
        if self._coarse is not None:
            coarse = torch.cat([self._coarse, coarse], dim=1)
        corrections = self._network.push(vectors * codec.vector_scale, is_last=is_last)
        n_refined = corrections.magnitude.shape[1]
        self._coarse = coarse[:, n_refined:]
        magnitudes = codec.expand(coarse[:, :n_refined] + corrections.magnitude)
        logs = magnitudes.clamp(min=QUIETEST).log()
        advance = codec.gradient.over_time(logs) + corrections.advance
        known = torch.stack([magnitudes, logs, advance, corrections.bin_step], dim=1)

        # A frame's phase needs the frames before and after it; at the ends, itself instead.
        if self._known is not None:
            known = torch.cat([self._known, known], dim=2)
        elif known.shape[2]:
            known = torch.cat([known[:, :, :1], known], dim=2)
        if is_last:
            known = torch.cat([known, known[:, :, -1:]], dim=2)
        self._known = known[:, :, -2:] if known.shape[2] else None
        magnitudes, logs, advance, bin_step = known.unbind(1)
        bin_step = bin_step[:, 1:-1] + codec.gradient.over_bins(logs[:, :-2], logs[:, 2:])
        return self._integrator.integrate(magnitudes[:, 1:-1], advance[:, 1:-1], bin_step)

    def _whole_hops(self, samples: Tensor) -> Tensor:
        """As many of the settled samples as make whole hops, ``[B, 1, m]``; the rest waits."""
        if self._settled is not None:
            samples = torch.cat([self._settled, samples], dim=1)
        hop = self._codec.config.hop
        n_whole = samples.shape[1] // hop * hop
        self._settled = samples[:, n_whole:]
        return samples[:, None, :n_whole]

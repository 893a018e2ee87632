"""From code vectors to spectra: a ConvNeXt that refines magnitudes and corrects phase steps.

Half of the work is done once per code frame, the rest once per spectrum frame. Untrained, the
network changes nothing: magnitudes are those of the projection, phase steps the analytic ones.

Letters: ``B`` batch, ``T`` code frames, ``J`` spectrum frames, ``F`` bins, ``D`` width.
"""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor, nn

from engine.codec.convnext import ConvNextBlock


@dataclass(frozen=True, slots=True)
class SpectralDecoderConfig:
    """Sizes of the network."""

    vector_width: int = 192
    n_bins: int = 1025
    frames_per_code: int = 4
    code_width: int = 320
    n_code_blocks: int = 4
    frame_width: int = 192
    n_frame_blocks: int = 2
    kernel: int = 7


@dataclass(frozen=True, slots=True)
class SpectralCorrections:
    """What is added: to compressed magnitudes, to the phase advance and to the phase step over
    bins (radians). Each ``[B, J, F]``."""

    magnitude: Tensor
    advance: Tensor
    bin_step: Tensor


class SpectralDecoder(nn.Module):
    """Corrections for every bin from code vectors of unit variance."""

    def __init__(self, config: SpectralDecoderConfig) -> None:
        super().__init__()
        self.config = config
        self.enter = nn.Linear(config.vector_width, config.code_width)
        self.code_blocks = nn.ModuleList(
            ConvNextBlock(config.code_width, config.kernel) for _ in range(config.n_code_blocks)
        )
        self.split = nn.Linear(config.code_width, config.frames_per_code * config.frame_width)
        self.frame_blocks = nn.ModuleList(
            ConvNextBlock(config.frame_width, config.kernel) for _ in range(config.n_frame_blocks)
        )
        self.norm = nn.LayerNorm(config.frame_width)
        self.leave = nn.Linear(config.frame_width, 3 * config.n_bins)
        nn.init.zeros_(self.leave.weight)
        nn.init.zeros_(self.leave.bias)

    def forward(self, vectors: Tensor) -> SpectralCorrections:
        """Corrections ``[B, T * frames_per_code, F]`` of whole sequences ``[B, T, D]``."""
        return SpectralDecoderStream(self).push(vectors, is_last=True)


class SpectralDecoderStream:
    """Runs a ``SpectralDecoder`` piece by piece; remembers what each block needs."""

    def __init__(self, network: SpectralDecoder) -> None:
        self._network = network
        n_blocks = len(network.code_blocks) + len(network.frame_blocks)
        self._pasts: list[Tensor | None] = [None] * n_blocks

    def push(self, vectors: Tensor, *, is_last: bool) -> SpectralCorrections:
        """Take the next code vectors ``[B, n, D]``; give the corrections they settle.

        They lag behind by the reach of all blocks until the last piece.
        """
        network = self._network
        n_code_blocks = len(network.code_blocks)
        hidden = network.enter(vectors)
        for i, block in enumerate(network.code_blocks):
            hidden, self._pasts[i] = block(hidden, self._pasts[i], is_last)
        batch, n_codes, _ = hidden.shape
        n_frames = n_codes * network.config.frames_per_code
        hidden = network.split(hidden).reshape(batch, n_frames, network.config.frame_width)
        for i, block in enumerate(network.frame_blocks, start=n_code_blocks):
            hidden, self._pasts[i] = block(hidden, self._pasts[i], is_last)
        magnitude, advance, bin_step = network.leave(network.norm(hidden)).chunk(3, dim=-1)
        return SpectralCorrections(magnitude, advance, bin_step)

"""A whole model small enough to run in milliseconds: a tiny language model and a toy codec."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from engine.codec.codec import CodecStream
from engine.device import Device
from engine.lm.starter import StarterConfig, StarterModel
from engine.tasks.models import Models
from engine.timebase import CodecClock

CLOCK = CodecClock(sample_rate_hz=3_200, hop=128, n_codebooks=3, codebook_size=16)


class ToyCodec:
    """Each frame holds a pitch and a level; the phase runs on from frame to frame.

    A frame's pitch leans on the frame after it, so that decoding needs look-ahead and memory.
    """

    clock = CLOCK

    def encode(self, samples: Tensor) -> Tensor:
        n_frames = -(-samples.shape[2] // CLOCK.hop)
        padded = torch.zeros(samples.shape[0], n_frames * CLOCK.hop)
        padded[:, : samples.shape[2]] = samples[:, 0]
        frames = padded.view(-1, n_frames, CLOCK.hop)
        level = (frames.abs().amax(dim=2) * 15).round().long().clamp(0, 15)
        turns = (frames[:, :, 1:] * frames[:, :, :-1] < 0).sum(dim=2).clamp(0, 15)
        return torch.stack([level, turns, (level + turns) % 16], dim=1)

    def decode(self, codes: Tensor) -> Tensor:
        stream = self.stream()
        return torch.cat([stream.push(codes), stream.finish()], dim=2)

    def stream(self) -> CodecStream:
        return ToyStream()


class ToyStream:
    def __init__(self) -> None:
        self._waiting: Tensor | None = None
        self._phase: Tensor | None = None

    def push(self, codes: Tensor) -> Tensor:
        if self._waiting is not None:
            codes = torch.cat([self._waiting, codes], dim=2)
        self._waiting = codes[:, :, -1:]
        return self._play(codes)

    def finish(self) -> Tensor:
        assert self._waiting is not None
        return self._play(torch.cat([self._waiting, self._waiting], dim=2))

    def _play(self, codes: Tensor) -> Tensor:
        now, after = codes[:, :, :-1].double(), codes[:, :, 1:].double()
        pitch_hz = 40.0 + 20.0 * (now[:, 1] + after[:, 1]) + 5.0 * now[:, 2]
        turn = (pitch_hz / CLOCK.sample_rate_hz).repeat_interleave(CLOCK.hop, dim=1)
        phase = turn.cumsum(dim=1)
        if self._phase is not None:
            phase = phase + self._phase
        self._phase = phase[:, -1:] % 1.0 if phase.shape[1] else self._phase
        level = (0.1 + now[:, 0] / 20).repeat_interleave(CLOCK.hop, dim=1)
        return (level * torch.sin(2 * torch.pi * phase)).float()[:, None]


@pytest.fixture
def models() -> Models:
    torch.set_num_threads(1)
    torch.manual_seed(0)
    config = StarterConfig(
        vocabulary=("rock", "bass"),
        width=32,
        n_layers=2,
        n_heads=2,
        feed_forward_width=64,
        codebook_size=CLOCK.codebook_size,
        delays=(0, 1, 2),
        text_width=16,
        n_ngram_buckets=64,
        right_frames=8,
        window_frames=60,
        overlap_frames=15,
        top_k=8,
    )
    lm = StarterModel(config).eval()
    for layer in lm.decoder._stack:
        # Untrained, it would hardly listen to what it is told.
        layer.cross_attention.out.weight.data *= 20.0
    device = Device(torch.device("cpu"), torch.float32, 1)
    return Models("toy", "0" * 64, device, lm, ToyCodec())

"""The Starter: decoder, text encoder, condition encoder and the memory of what follows.

One forward pass for training; ``guide`` gives the decoding loop what it needs.

Letters: ``B`` batch, ``K`` codebooks, ``T`` frames, ``S`` positions, ``D`` width, ``R`` frames of
right context, ``V`` codes per codebook.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from engine.conditions.frame_conditions import N_FEATURES
from engine.lm.condition_encoder import N_APPROACH, ConditionEncoder, approach_features
from engine.lm.decode import Guide
from engine.lm.delay_pattern import delay, shared_delays
from engine.lm.memory_summary import MemorySummary
from engine.lm.sampling import DrawingRule
from engine.lm.text_encoder import WordTextEncoder
from engine.lm.transformer import Decoder, LMConfig

IGNORED = -100


@dataclass(frozen=True, slots=True)
class StarterConfig:
    """Sizes of a Starter and the defaults it is played with.

    ``window_frames`` is the longest stretch it was trained on; longer music is made of windows
    that share ``overlap_frames``. ``right_frames`` is the most it hears of what follows.
    ``adds_memory``: words and what follows are added to the input too, not only attended to.
    """

    vocabulary: tuple[str, ...]
    width: int = 256
    n_layers: int = 8
    n_heads: int = 4
    feed_forward_width: int = 1024
    codebook_size: int = 512
    delays: tuple[int, ...] = shared_delays(16)
    frame_rate_hz: float = 25.0
    n_features: int = N_FEATURES
    text_width: int = 128
    n_ngram_buckets: int = 512
    right_frames: int = 50
    window_frames: int = 500
    overlap_frames: int = 125
    guidance: float = 3.0
    temperature: float = 1.0
    top_k: int = 60
    adds_memory: bool = False

    @property
    def lm(self) -> LMConfig:
        """Sizes of the decoder."""
        return LMConfig(
            self.width,
            self.n_layers,
            self.n_heads,
            self.feed_forward_width,
            self.codebook_size,
            self.delays,
        )


class StarterModel(nn.Module):
    """Everything of the Starter but the codec."""

    def __init__(self, config: StarterConfig) -> None:
        super().__init__()
        self.config = config
        self.decoder = Decoder(config.lm)
        self.text = WordTextEncoder(
            config.vocabulary, config.text_width, config.width, config.n_ngram_buckets
        )
        self.lanes = ConditionEncoder(config.n_features + N_APPROACH, config.width)
        self.right = nn.Linear(config.width, config.width)
        self.right_places = nn.Parameter(0.02 * torch.randn(config.right_frames, config.width))
        self.summary = MemorySummary(config.width) if config.adds_memory else None

    def memory(
        self, prompts: Sequence[str], right_codes: Tensor | None, right_lengths: Tensor | None
    ) -> tuple[Tensor, Tensor]:
        """What the decoder attends to: text states, then the frames that follow.

        Args:
            prompts: one per row; an empty one is the null text.
            right_codes: int64 ``[B, K, R]``, R at most ``right_frames``; the frames right after
                the stretch to be played; cells past a row's length may hold any id.
            right_lengths: int64 ``[B]``, 0..R; 0 = this row knows nothing of what follows.

        Returns:
            states ``[B, L + R, D]`` and their mask, bool ``[B, L + R]``.
        """
        states, mask = self.text.encode(prompts)
        if right_codes is None or right_lengths is None:
            return states, mask
        n = right_codes.shape[2]
        following = self.right(self.decoder.embed(right_codes)) + self.right_places[:n]
        following_mask = torch.arange(n, device=mask.device) < right_lengths[:, None]
        return torch.cat([states, following], dim=1), torch.cat([mask, following_mask], dim=1)

    def condition(self, features: Tensor, has_right: Tensor, n_positions: int) -> Tensor:
        """Lane features ``[B, T, D_c]`` as input additions ``[B, n_positions, D]``.

        Row ``s`` belongs to the position that predicts codebook 0 of frame ``s``; the positions
        after the last frame, which only finish the delayed codebooks, get zeros.
        """
        n_frames = features.shape[1]
        approach = approach_features(n_frames, has_right, self.config.frame_rate_hz)
        encoded = self.lanes(torch.cat([features, approach.to(features)], dim=2))
        return F.pad(encoded, (0, 0, 0, n_positions - n_frames))

    def _guidance(
        self,
        features: Tensor,
        prompts: Sequence[str],
        right_codes: Tensor | None,
        right_lengths: Tensor,
        n_positions: int,
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Memory, its mask, and all that is added to the input, for the same rows."""
        memory, mask = self.memory(prompts, right_codes, right_lengths)
        added = self.condition(features, right_lengths > 0, n_positions)
        if self.summary is None:
            return memory, mask, added
        n_right = 0 if right_codes is None else right_codes.shape[2]
        n_words, n_frames = memory.shape[1] - n_right, features.shape[1]
        summary = self.summary.of_text(memory[:, :n_words], mask[:, :n_words])
        summary = summary.expand(-1, n_frames, -1)
        if right_codes is not None:
            following = self.decoder.embed(right_codes)
            rate_hz = self.config.frame_rate_hz
            summary = summary + self.summary.of_right(following, right_lengths, n_frames, rate_hz)
        return memory, mask, added + F.pad(summary, (0, 0, 0, n_positions - n_frames))

    @property
    def window_frames(self) -> int:
        """Longest stretch it can play at once."""
        return self.config.window_frames

    @property
    def overlap_frames(self) -> int:
        """How much of one window the next one hears again."""
        return self.config.overlap_frames

    @property
    def right_frames(self) -> int:
        """How much it can hear of what follows."""
        return self.config.right_frames

    @property
    def rule(self) -> DrawingRule:
        """How it draws unless asked otherwise."""
        return DrawingRule(self.config.guidance, self.config.temperature, self.config.top_k)

    @torch.inference_mode()
    def guide(
        self,
        prompt: str,
        negative: str,
        features: NDArray[np.float32],
        right_codes: Tensor | None,
    ) -> Guide:
        """Condition and null of one window; see ``LanguageModel``."""
        device = self.right_places.device
        lanes = torch.from_numpy(features).to(self.right_places)
        n_right = 0 if right_codes is None else right_codes.shape[1]
        lengths = torch.tensor([n_right, n_right], device=device)
        following = None if right_codes is None else right_codes.expand(2, -1, -1)
        n_positions = len(features) + max(self.config.delays)
        both = torch.stack([lanes, torch.zeros_like(lanes)])
        return Guide(*self._guidance(both, [prompt, negative], following, lengths, n_positions))

    def forward(
        self,
        codes: Tensor,
        features: Tensor,
        prompts: Sequence[str],
        right_codes: Tensor | None = None,
        right_lengths: Tensor | None = None,
    ) -> tuple[Tensor, Tensor]:
        """Score a batch of music for training.

        Who calls this does the dropping, row by row: a lane by zeros in its columns
        (``LANE_BLOCKS``), the text by an empty prompt, the right context by length 0. The null
        row of guidance is the row with every lane and the text dropped; the right context is
        dropped on its own, never together with them only, because guidance keeps it in both rows.

        Args:
            codes: int64 ``[B, K, T]``, not delayed.
            features: float ``[B, T, D_c]`` from ``frame_features``.
            prompts: B texts.
            right_codes: int64 ``[B, K, R]``: the frames after the T, see ``memory``.
            right_lengths: int64 ``[B]``.

        Returns:
            logits ``[B, K, S - 1, V]`` and targets int64 ``[B, K, S - 1]``, ``IGNORED`` where
            the delay pattern holds no code.
        """
        special = self.config.lm.special
        grid = delay(codes, self.config.delays, special)
        targets = grid[:, :, 1:]
        if right_lengths is None:
            right_lengths = torch.zeros(len(codes), dtype=torch.long, device=codes.device)
        memory, memory_mask, condition = self._guidance(
            features, prompts, right_codes, right_lengths, targets.shape[2]
        )
        logits = self.decoder(grid[:, :, :-1], memory, memory_mask, condition)
        return logits, targets.masked_fill(targets == special, IGNORED)


def code_loss(logits: Tensor, targets: Tensor) -> Tensor:
    """Mean cross-entropy in nats per codebook, ``[K]``."""
    losses = F.cross_entropy(
        logits.flatten(0, 2), targets.flatten(), ignore_index=IGNORED, reduction="none"
    ).view(targets.shape)
    return losses.sum(dim=(0, 2)) / (targets != IGNORED).sum(dim=(0, 2))

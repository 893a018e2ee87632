"""Training rows for the Starter's language model, cut at random from encoded pieces.

Each row is a stretch of one piece: its codes, a brief of what plays there with lanes left out
at random, a caption, and sometimes the sound that follows, so that inpainting is learnt too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.random import Generator
from numpy.typing import NDArray

from engine.conditions.frame_conditions import LANE_BLOCKS, N_FEATURES, frame_features
from engine.requests import Control, Controls
from engine.score import Note, Score
from engine.timebase import CodecClock, Frames


@dataclass(frozen=True, slots=True)
class EncodedPiece:
    """One piece: codes int16 ``[K, T]``, its score, notes by part, and captions."""

    codes: NDArray[np.int16]
    score: Score
    parts: tuple[tuple[Note, ...], ...]
    melody: tuple[Note, ...]
    captions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dropout:
    """How often a row goes without each of its guides."""

    chords: float = 0.25
    drums: float = 0.35
    notes: float = 0.35
    text: float = 0.15
    grid: float = 0.1
    everything: float = 0.1
    right_context: float = 0.7


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of equal length: codes int64 ``[B, K, T]``, features float32 ``[B, T, F]``, captions,
    right context int64 ``[B, K, R]`` and its length in frames per row ``[B]``."""

    codes: torch.Tensor
    features: torch.Tensor
    prompts: list[str]
    right_context: torch.Tensor
    right_lengths: torch.Tensor


def draw_batch(
    pieces: Sequence[EncodedPiece],
    clock: CodecClock,
    random: Generator,
    *,
    n_rows: int,
    n_frames: int,
    max_right: int,
    dropout: Dropout,
) -> Batch:
    """Cut ``n_rows`` stretches of ``n_frames`` out of pieces that are at least that long."""
    long_enough = [piece for piece in pieces if piece.codes.shape[1] >= n_frames]
    codes = np.zeros((n_rows, clock.n_codebooks, n_frames), np.int64)
    features = np.zeros((n_rows, n_frames, N_FEATURES), np.float32)
    right = np.zeros((n_rows, clock.n_codebooks, max_right), np.int64)
    right_lengths = np.zeros(n_rows, np.int64)
    prompts: list[str] = []
    for row in range(n_rows):
        piece = long_enough[random.integers(len(long_enough))]
        n_piece = piece.codes.shape[1]
        start = int(random.integers(n_piece - n_frames + 1))
        end = start + n_frames
        codes[row] = piece.codes[:, start:end]
        follows = min(max_right, n_piece - end)
        if follows > 0 and random.random() >= dropout.right_context:
            follows = int(random.integers(1, follows + 1))
            right[row, :, :follows] = piece.codes[:, end : end + follows]
            right_lengths[row] = follows
        features[row], prompt = _guides(piece, Frames(start), n_frames, clock, random, dropout)
        prompts.append(prompt)
    return Batch(
        torch.from_numpy(codes),
        torch.from_numpy(features),
        prompts,
        torch.from_numpy(right),
        torch.from_numpy(right_lengths),
    )


def _guides(
    piece: EncodedPiece,
    start: Frames,
    n_frames: int,
    clock: CodecClock,
    random: Generator,
    dropout: Dropout,
) -> tuple[NDArray[np.float32], str]:
    """Features and caption of one row after leaving out what chance says."""
    if random.random() < dropout.everything:
        return np.zeros((n_frames, N_FEATURES), np.float32), ""
    score = replace(piece.score, notes=_shown_notes(piece, random))
    controls = Controls(
        chords=Control(is_on=random.random() >= dropout.chords),
        drums=Control(is_on=random.random() >= dropout.drums),
        notes=Control(is_on=random.random() >= dropout.notes),
    )
    features = frame_features(score, controls, clock, start, n_frames)
    if random.random() < dropout.grid:
        features[:, LANE_BLOCKS["grid"]] = 0.0
    has_text = random.random() >= dropout.text
    caption = piece.captions[random.integers(len(piece.captions))] if has_text else ""
    return features, caption


def _shown_notes(piece: EncodedPiece, random: Generator) -> tuple[Note, ...]:
    """All notes, the melody alone, or some parts: people rarely draw a whole arrangement."""
    chance = random.random()
    if chance < 0.5 or not piece.parts:
        return piece.score.notes
    if chance < 0.75 and piece.melody:
        return piece.melody
    kept = [part for part in piece.parts if random.random() < 0.5] or [piece.parts[0]]
    return tuple(sorted((n for part in kept for n in part), key=lambda n: n.span.start))

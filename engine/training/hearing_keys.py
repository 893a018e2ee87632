"""Training of the key judge: on the truth of a corpus alone, in under a minute."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.random import Generator
from torch import Tensor
from torch.nn import functional

from engine.hearing.chord_classes import key_index
from engine.hearing.key_judge import KeyJudge, harmony_profile
from engine.score import Score
from engine.timebase import Seconds, Span
from engine.training.corpus.piece import Piece

SHORTEST_S = 8.0
EXCERPTS = 4
"""Of each piece, beside the whole of it."""

MOST_NOTES_MISSED = 0.5
EPOCHS, BATCH, LEARNING_RATE, WEIGHT_DECAY = 14, 256, 3e-3, 0.02


def train_key_judge(pieces: Sequence[Piece], seed: int = 0) -> KeyJudge:
    """A judge trained on the pieces that have a major or minor key, whole and in excerpts."""
    random = np.random.default_rng(seed)
    profiles, keys = _examples(pieces, random)
    torch.manual_seed(seed)
    judge = KeyJudge()
    optimizer = torch.optim.AdamW(judge.parameters(), lr=LEARNING_RATE, weight_decay=WEIGHT_DECAY)
    for _ in range(EPOCHS):
        order = torch.from_numpy(random.permutation(len(keys)))
        for first in range(0, len(keys), BATCH):
            rows = order[first : first + BATCH]
            loss = functional.cross_entropy(judge(profiles[rows]), keys[rows])
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
    return judge.eval()


def _examples(pieces: Sequence[Piece], random: Generator) -> tuple[Tensor, Tensor]:
    """Profiles ``[N, 12, 11]`` and indices of keys ``[N]``."""
    profiles, keys = [], []
    for piece in pieces:
        key = key_index(piece.key)
        if key is None:
            continue
        for score in (piece.score, *(_excerpt(piece.score, random) for _ in range(EXCERPTS))):
            heard = random.random(len(score.notes)) >= random.uniform(0.0, MOST_NOTES_MISSED)
            notes = [note for note, is_heard in zip(score.notes, heard, strict=True) if is_heard]
            profiles.append(harmony_profile(score.chords, notes))
            keys.append(key)
    return torch.from_numpy(np.stack(profiles)), torch.tensor(keys)


def _excerpt(score: Score, random: Generator) -> Score:
    length = random.uniform(min(SHORTEST_S, score.duration), score.duration)
    start = random.uniform(0.0, score.duration - length)
    return score.slice(Span(Seconds(start), Seconds(start + length)))

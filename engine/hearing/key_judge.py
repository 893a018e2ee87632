"""Which key: judged by the chords and notes that were heard, not by how they sounded.

A key is a matter of harmony over many bars. A small network looks at how long each kind of chord
stood on each degree, at the first and the last chord, and at how long each degree sounded. It
asks each of the twelve tonics the same question: how well would you do, in major and in minor?
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from engine.hearing.chord_classes import QUALITIES, class_of_label
from engine.score import Chord, Note

KIND_OF_QUALITY = {
    "maj": 0, "maj6": 0, "maj7": 1, "7": 2, "min": 3, "min6": 3, "minmaj7": 3, "min7": 4,
    "sus4": 5, "sus2": 5, "5": 5, "dim": 6, "hdim7": 6, "dim7": 6, "aug": 7,
}  # fmt: skip
N_KINDS = 8
N_FEATURES = N_KINDS + 3
"""Per pitch class: share of each kind of chord, whether first or last chord, share of the notes."""

NOTES_WEIGHT = 3.0


def harmony_profile(chords: Sequence[Chord], notes: Sequence[Note]) -> NDArray[np.float32]:
    """Features ``[12, 11]`` by pitch class from C; zeros where there is no harmony."""
    kinds = np.zeros((12, N_KINDS))
    edges = np.zeros((12, 2))
    named = [(chord.span, class_of_label(chord.label)) for chord in chords]
    sounding = [(span, chord) for span, chord in named if chord.quality is not None]
    for span, chord in sounding:
        assert chord.quality is not None
        kinds[chord.root, KIND_OF_QUALITY[QUALITIES[chord.quality]]] += span.end - span.start
    for column, place in enumerate((0, -1)):
        if sounding:
            edges[sounding[place][1].root, column] = 1.0
    degrees = np.zeros((12, 1))
    for note in notes:
        degrees[note.pitch % 12] += note.span.end - note.span.start
    shares = [np.sqrt(_share(kinds)), edges, NOTES_WEIGHT * _share(degrees)]
    return np.concatenate(shares, axis=1).astype(np.float32)


def _share(amounts: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(amounts / max(float(amounts.sum()), 1e-6))


class KeyJudge(nn.Module):
    """Profiles ``[B, 12, 11]`` to scores ``[B, 24]`` in the order of ``KEYS``."""

    def __init__(self, width: int = 48) -> None:
        super().__init__()
        self.look = nn.Linear(12 * N_FEATURES, width)
        self.drop = nn.Dropout(0.3)
        self.judge = nn.Linear(width, 2)

    def forward(self, profiles: Tensor) -> Tensor:
        from_each = [profiles.roll(-tonic, dims=1).flatten(1) for tonic in range(12)]
        seen = self.drop(torch.relu(self.look(torch.stack(from_each, dim=1))))  # [B, 12, width]
        scores: Tensor = self.judge(seen).transpose(1, 2).flatten(1)
        return scores

"""Training of the key judge on truth alone."""

from __future__ import annotations

import numpy as np
import torch

from engine.hearing.chord_classes import KEYS, key_index
from engine.hearing.key_judge import harmony_profile
from engine.score import Chord, Score
from engine.timebase import Seconds, Span
from engine.training.corpus.piece import Piece
from engine.training.hearing_keys import train_key_judge

CADENCES = {"maj": ((0, "maj"), (5, "maj"), (7, "7")), "min": ((0, "min"), (5, "min"), (7, "7"))}


def cadence(seed: int) -> Piece:
    """Tonic, subdominant and dominant of the key that the seed counts to."""
    key = KEYS[seed % len(KEYS)]
    tonic, mode = seed % 12, key.split(":")[1]
    chords = tuple(
        Chord(
            Span(Seconds(4.0 * place), Seconds(4.0 * place + 4.0)),
            f"{KEYS[(tonic + step) % 12].split(':')[0]}:{quality}",
        )
        for place, (step, quality) in enumerate(CADENCES[mode])
    )
    return Piece(seed, "pop", key, Score(Seconds(12.0), chords=chords), (), (), (), ())


def test_keys_of_plain_cadences_are_learnt_from_a_few_pieces() -> None:
    silent = Piece(99, "pop", "N", Score(Seconds(12.0)), (), (), (), ())
    judge = train_key_judge([*(cadence(seed) for seed in range(480)), silent])
    pieces = [cadence(seed) for seed in range(24)]
    profiles = np.stack([harmony_profile(piece.score.chords, ()) for piece in pieces])
    with torch.inference_mode():
        judged = judge(torch.from_numpy(profiles)).argmax(dim=1)
    assert judged.tolist() == [key_index(piece.key) for piece in pieces]


def test_the_same_pieces_give_the_same_judge() -> None:
    pieces = [cadence(seed) for seed in range(24)]
    weights = [train_key_judge(pieces).judge.weight for _ in range(2)]
    torch.testing.assert_close(weights[0], weights[1], atol=0, rtol=0)

"""Training of the recogniser: answers, excerpts, disturbances, and resuming."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from engine.cancel import Cancelled, CancelToken
from engine.hearing.chord_classes import KEYS, QUALITIES
from engine.hearing.network import HearingConfig
from engine.hearing.spectra import LOWEST_PITCH, rhythm_frame_times
from engine.score import Chord, DrumHit, Note, Score
from engine.timebase import Seconds, Span
from engine.training.hearing import HearingTraining, learning_rate_at, train_on_pieces
from engine.training.hearing_data import (
    PicturedPiece,
    disturb_colour,
    draw_hearing_batch,
    transposed,
)
from engine.training.hearing_targets import UNKNOWN, hearing_targets
from engine.training.rough_sound import ROUGHENINGS, Roughening

TINY = HearingConfig(
    front_channels=2, folded_channels=2, harmony_width=8, harmony_layers=2, rhythm_width=8,
    rhythm_layers=2,
)  # fmt: skip
SHORT = HearingTraining(steps=6, batch_rows=2, excerpt_frames=10, warm_up_steps=2)

SCORE = Score(
    Seconds(4.0),
    tempo_bpm=120.0,
    chords=(
        Chord(Span(Seconds(0.0), Seconds(2.0)), "A:min7/b3"),
        Chord(Span(Seconds(2.0), Seconds(3.0)), "N"),
    ),
    notes=(Note(Span(Seconds(1.0), Seconds(1.4)), 60),),
    drums=(DrumHit(Seconds(0.5), 36), DrumHit(Seconds(1.5), 39)),
)


def test_answers_lie_at_their_frames() -> None:
    targets = hearing_targets(SCORE, "A:min", 50)
    assert targets.root[10] == 9
    assert targets.quality[10] == QUALITIES.index("min7")
    assert targets.bass[10] == 0
    assert targets.root[30] == 12
    assert targets.quality[30] == UNKNOWN
    assert targets.root[45] == UNKNOWN
    assert KEYS[targets.key[0]] == "A:min"
    times = rhythm_frame_times(200)
    assert times[targets.beat == 1.0] == pytest.approx(np.arange(8) * 0.5, abs=0.011)
    assert times[targets.downbeat == 1.0] == pytest.approx([0.0, 2.0], abs=0.011)
    assert times[targets.drums[0] == 1.0] == pytest.approx([0.5], abs=0.011)
    assert times[targets.drums[1] == 1.0] == pytest.approx([1.5], abs=0.011)
    assert np.flatnonzero(targets.held[60 - LOWEST_PITCH]).tolist() == list(range(25, 35))
    assert targets.struck[60 - LOWEST_PITCH, 25] == 1.0


def test_transposed_answers_are_those_of_the_transposed_score() -> None:
    targets = transposed(hearing_targets(SCORE, "A:min", 50), 5, 20, 4)
    assert targets.root[5] == 1
    assert targets.bass[5] == 4
    assert KEYS[targets.key[0]] == "C#:min"
    assert targets.held[64 - LOWEST_PITCH, 15:25].all()
    assert targets.struck.sum() == pytest.approx(1.5)
    assert targets.drums[0, 5] == targets.drums.max() == 1.0


def pictured(seed: int) -> PicturedPiece:
    random = np.random.default_rng(seed)
    return PicturedPiece(
        random.integers(0, 256, (2, 88, 100), np.uint8),
        random.integers(0, 256, (40, 400), np.uint8),
        hearing_targets(SCORE, "A:min", 50),
    )


PIECES = [pictured(0), pictured(1)]


def test_excerpts_have_matching_shapes_and_stay_in_range() -> None:
    batch = draw_hearing_batch(PIECES, np.random.default_rng(0), 3, 10)
    assert batch.pitch.shape == (3, 2, 88, 20)
    assert batch.onsets.shape == (3, 40, 80)
    assert batch.targets["root"].shape == (3, 10)
    assert batch.targets["drums"].shape == (3, 3, 40)
    assert float(batch.pitch.min()) >= 0.0
    assert float(batch.pitch.max()) <= 1.0


def test_colour_changes_levels_but_keeps_the_shape_in_time() -> None:
    pitch, onsets = torch.rand(8, 2, 88, 20), torch.rand(8, 40, 80)
    new_pitch, new_onsets = disturb_colour(pitch, onsets, np.random.default_rng(0))
    assert new_pitch.shape == pitch.shape
    assert not torch.equal(new_pitch, pitch)
    centred = [
        x[:, :, 20:60] - x[:, :, 20:60].mean(dim=-1, keepdim=True) for x in (pitch, new_pitch)
    ]
    likeness = torch.nn.functional.cosine_similarity(centred[0].flatten(1), centred[1].flatten(1))
    assert float(likeness.max()) > 0.8
    assert new_onsets.shape == onsets.shape


@pytest.mark.parametrize("roughen", ROUGHENINGS)
def test_rough_sound_keeps_length_and_loudest_tone(roughen: Roughening) -> None:
    times = np.arange(32_000) / 32_000
    tone = (0.3 * np.sin(2 * np.pi * 440 * times)).astype(np.float32)
    rough = roughen(tone, 32_000, np.random.default_rng(1))
    assert rough.shape == tone.shape
    assert rough.dtype == np.float32
    assert abs(int(np.abs(np.fft.rfft(rough)).argmax()) - 440) <= 8


def test_a_resumed_training_equals_an_uninterrupted_one(tmp_path: Path) -> None:
    whole = train_on_pieces(PIECES, tmp_path / "whole", SHORT, TINY)
    train_on_pieces(PIECES, tmp_path / "parts", SHORT, TINY, stop_after=3)
    parts = train_on_pieces(PIECES, tmp_path / "parts", SHORT, TINY)
    for name, tensor in whole.net.state_dict().items():
        torch.testing.assert_close(parts.net.state_dict()[name], tensor, msg=name)


def test_a_cancelled_training_leaves_a_checkpoint(tmp_path: Path) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        train_on_pieces(PIECES, tmp_path, SHORT, TINY, cancel=cancel)
    assert (tmp_path / "checkpoint.pt").exists()


def test_the_learning_rate_rises_then_falls() -> None:
    rates = [learning_rate_at(step, SHORT) for step in range(6)]
    assert rates[0] < rates[1] == pytest.approx(SHORT.learning_rate)
    assert rates[2:] == sorted(rates[2:], reverse=True)

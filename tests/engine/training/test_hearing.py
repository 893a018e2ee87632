"""Training of the recogniser: answers, excerpts, disturbances, and resuming."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile
import torch

from engine.cancel import Cancelled, CancelToken
from engine.hearing.chord_classes import QUALITIES
from engine.hearing.network import HearingConfig, HearingNet
from engine.hearing.pulse_classes import (
    BEATS_PER_BAR,
    N_BEAT_LENGTHS,
    SHORTEST_BEAT_S,
    beat_length_places,
)
from engine.hearing.spectra import LOWEST_PITCH, rhythm_frame_times
from engine.score import Chord, DrumHit, Note, Score
from engine.timebase import Meter, Seconds, Span
from engine.training.corpus.piece import Piece, save_piece
from engine.training.hearing import (
    HearingTraining,
    beat_length_shares,
    follow,
    learning_rate_at,
    train_on_pieces,
)
from engine.training.hearing_data import (
    PicturedPiece,
    disturb_colour,
    draw_hearing_batch,
    picture_corpus,
    transposed,
)
from engine.training.hearing_targets import UNKNOWN, hearing_targets
from engine.training.rough_sound import ROUGHENINGS, Roughening

TINY = HearingConfig(
    front_channels=2, folded_channels=2, scene_width=8, scene_layers=2, harmony_width=8,
    harmony_layers=2, rhythm_width=8, rhythm_layers=2, drum_width=8,
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
    targets = hearing_targets(SCORE, 50)
    assert targets.root[10] == 9
    assert targets.quality[10] == QUALITIES.index("min7")
    assert targets.bass[10] == 0
    assert targets.root[30] == 12
    assert targets.quality[30] == UNKNOWN
    assert targets.root[45] == UNKNOWN
    assert BEATS_PER_BAR[targets.per_bar] == 4
    assert targets.beat_length == 0.5
    times = rhythm_frame_times(200)
    assert times[targets.beat == 1.0] == pytest.approx(np.arange(8) * 0.5, abs=0.011)
    assert times[targets.downbeat == 1.0] == pytest.approx([0.0, 2.0], abs=0.011)
    assert times[targets.drums[0] == 1.0] == pytest.approx([0.5], abs=0.011)
    assert times[targets.drums[1] == 1.0] == pytest.approx([1.5], abs=0.011)
    assert np.flatnonzero(targets.held[60 - LOWEST_PITCH]).tolist() == list(range(25, 35))
    assert targets.struck[60 - LOWEST_PITCH, 49:52].tolist() == [0.5, 1.0, 0.5]


def test_only_known_bars_are_asked_for() -> None:
    asked = [
        int(hearing_targets(Score(Seconds(4.0), meter=meter), 20).per_bar)
        for meter in (Meter(3, 4), Meter(6, 8), Meter(6, 4), Meter(5, 4))
    ]
    assert asked == [BEATS_PER_BAR.index(3), BEATS_PER_BAR.index(6), UNKNOWN, UNKNOWN]


def test_a_beat_length_is_shared_out_among_the_nearest_classes() -> None:
    shares = beat_length_shares(torch.tensor([SHORTEST_BEAT_S, 0.5]))
    torch.testing.assert_close(shares.sum(dim=1), torch.ones(2))
    assert shares[0].argmax() == 0
    assert float(shares[1] @ torch.arange(N_BEAT_LENGTHS).float()) == pytest.approx(
        float(beat_length_places(0.5)), abs=0.2
    )


def test_transposed_answers_are_those_of_the_transposed_score() -> None:
    targets = transposed(hearing_targets(SCORE, 50), 5, 20, 4)
    assert targets.root[5] == 1
    assert targets.bass[5] == 4
    assert targets.held[64 - LOWEST_PITCH, 15:25].all()
    assert targets.struck.sum() == pytest.approx(2.0)
    assert targets.drums[0, 5] == targets.drums.max() == 1.0


def pictured(seed: int) -> PicturedPiece:
    random = np.random.default_rng(seed)
    return PicturedPiece(
        random.integers(0, 256, (5, 108, 100), np.uint8),
        random.integers(0, 256, (40, 400), np.uint8),
        hearing_targets(SCORE, 50),
    )


PIECES = [pictured(0), pictured(1)]


def test_excerpts_have_matching_shapes_and_stay_in_range() -> None:
    batch = draw_hearing_batch(PIECES, np.random.default_rng(0), 3, 10)
    assert batch.pitch.shape == (3, 5, 108, 20)
    assert batch.onsets.shape == (3, 40, 80)
    assert batch.targets["root"].shape == (3, 10)
    assert batch.targets["drums"].shape == (3, 3, 40)
    assert float(batch.pitch.min()) >= 0.0
    assert float(batch.pitch.max()) <= 1.0


def test_colour_changes_levels_but_keeps_the_shape_in_time() -> None:
    pitch, onsets = torch.rand(8, 5, 108, 20), torch.rand(8, 40, 80)
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
    for name, tensor in whole.state_dict().items():
        torch.testing.assert_close(parts.state_dict()[name], tensor, msg=name)


def test_a_cancelled_training_leaves_a_checkpoint(tmp_path: Path) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        train_on_pieces(PIECES, tmp_path, SHORT, TINY, cancel=cancel)
    assert (tmp_path / "checkpoint.pt").exists()


def test_the_learning_rate_rises_stays_and_falls() -> None:
    training = HearingTraining(steps=20, warm_up_steps=2)
    rates = [learning_rate_at(step, training) for step in range(20)]
    assert rates[0] < rates[1] == training.learning_rate
    assert set(rates[1:13]) == {training.learning_rate}
    assert rates[12:] == sorted(rates[12:], reverse=True)
    assert rates[-1] < 0.2 * training.learning_rate


def test_shipped_weights_are_the_mean_of_the_steps_so_far() -> None:
    averaged, net = HearingNet(TINY), HearingNet(TINY)
    for step, weight in enumerate((1.0, 2.0, 6.0)):
        torch.nn.init.constant_(net.notes.weight, weight)
        follow(averaged, net, step)
    torch.testing.assert_close(
        averaged.notes.weight, torch.full_like(averaged.notes.weight, 3.0), atol=1e-4, rtol=0
    )


def test_pictures_of_another_edition_are_made_again(tmp_path: Path) -> None:
    samples = 0.1 * np.random.default_rng(0).standard_normal(32_000 * 4)
    sound, truth = tmp_path / "7.wav", tmp_path / "7.json"
    soundfile.write(sound, samples, 32_000)
    piece = Piece(7, "rock", "A:min", SCORE, (), (), (), ())
    save_piece(piece, truth)
    cache = tmp_path / "pictures"
    cache.mkdir()
    np.savez(cache / "7-plain.npz", pitch=np.zeros((2, 88, 4)), onsets=np.zeros((40, 16)))
    plain, rough = picture_corpus([(sound, truth)], cache)
    assert plain.pitch.shape == rough.pitch.shape == (5, 108, 100)
    again, _ = picture_corpus([(sound, truth)], cache)
    assert np.array_equal(again.pitch, plain.pitch)

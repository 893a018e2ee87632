"""The network and the recogniser around it, with tiny random weights."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
import torch

from engine.errors import BadInput, WeightsUnusable
from engine.hearing.beat_decoder import Rhythm
from engine.hearing.key_judge import KeyJudge
from engine.hearing.network import HearingConfig, HearingNet, join, shifted_pitch
from engine.hearing.recogniser import Recogniser, Thresholds
from engine.hearing.spectra import LOWEST_PITCH, loudness_normalised, spectra
from engine.requests import Audio

TINY = HearingConfig(
    front_channels=2, folded_channels=2, scene_width=8, scene_layers=2, harmony_width=8,
    harmony_layers=2, rhythm_width=8, rhythm_layers=2, drum_width=8,
)  # fmt: skip


@pytest.fixture
def recogniser() -> Recogniser:
    torch.manual_seed(0)
    return Recogniser(HearingNet(TINY), KeyJudge(), Thresholds(kick=0.3))


def noise(n_channels: int, n_samples: int) -> np.ndarray:
    random = np.random.default_rng(0)
    return 0.1 * random.standard_normal((n_channels, n_samples)).astype(np.float32)


def test_a_tone_is_the_loudest_row_of_every_pitch_picture() -> None:
    times = torch.arange(64_000) / 32_000
    tone = torch.sin(2 * torch.pi * 440 * times)[None]
    pitch, onsets = spectra(loudness_normalised(tone))
    assert pitch.shape == (1, 5, 108, 50)
    assert onsets.shape == (1, 40, 200)
    assert pitch[0, :, :, 20].argmax(dim=-1).tolist() == [69 - LOWEST_PITCH] * 5


def test_views_taken_twice_a_frame_lie_half_a_frame_apart() -> None:
    click = torch.zeros(1, 32_000)
    click[0, 16_000] = 1.0  # 500 ms: the later half of frame 12
    pitch, _ = spectra(click)
    loudest = pitch[0, :, 60].argmax(dim=-1)
    assert loudest[[2, 4]].tolist() == [12, 12]
    now, later = pitch[0, 3, 60], pitch[0, 4, 60]
    assert later[12] > now[12]
    assert later[12] > now[13]


def test_pictures_do_not_depend_on_the_level() -> None:
    sound = torch.from_numpy(noise(1, 40_000))
    for loud, quiet in zip(
        spectra(loudness_normalised(sound)),
        spectra(loudness_normalised(0.1 * sound)),
        strict=True,
    ):
        torch.testing.assert_close(loud, quiet, atol=1e-5, rtol=0)


def test_shifting_pitches_down_and_up_again_changes_only_the_edge() -> None:
    picture = torch.rand(2, 108, 4)
    there_and_back = shifted_pitch(shifted_pitch(picture, 3), -3)
    torch.testing.assert_close(there_and_back[:, 3:], picture[:, 3:])
    assert not there_and_back[:, :3].any()


def test_anything_can_be_analysed(recogniser: Recogniser) -> None:
    analysis = recogniser.analyze(Audio(noise(2, 44_100 * 3), 44_100))
    assert analysis.chords[0].span.start == 0.0
    assert analysis.chords[-1].span.end == pytest.approx(3.0)
    assert set(analysis.drum_onsets) == {"kick", "snare", "hat"}
    assert analysis.key.split(":")[1] in ("maj", "min")
    assert analysis.level_db == pytest.approx(-20.0, abs=0.2)
    assert analysis.peak_db > analysis.level_db


def test_no_beat_is_heard_where_nothing_sounds_after_it(
    recogniser: Recogniser, monkeypatch: pytest.MonkeyPatch
) -> None:
    rhythm = Rhythm((0.0, 0.5, 1.0), (0.0, 1.0), 120.0)
    monkeypatch.setattr("engine.hearing.recogniser.decode_rhythm", lambda *_curves: rhythm)
    analysis = recogniser.analyze(Audio(noise(1, 32_640), 32_000))
    assert analysis.beats == (0.0, 0.5)
    assert analysis.downbeats == (0.0,)


def test_a_picture_of_another_edition_is_refused(recogniser: Recogniser) -> None:
    with pytest.raises(ValueError, match="108 rows"):
        recogniser.net(torch.rand(1, 2, 88, 12), torch.rand(1, 40, 48))


def test_a_batch_hears_each_recording_as_alone(recogniser: Recogniser) -> None:
    recordings = [Audio(noise(1, n), 32_000) for n in (20_000, 50_000)]
    assert recogniser.analyze_batch(recordings) == [recogniser.analyze(r) for r in recordings]


def test_a_few_samples_are_enough_and_none_are_refused(recogniser: Recogniser) -> None:
    assert len(recogniser.analyze(Audio(noise(1, 5), 8_000)).chords) == 1
    with pytest.raises(BadInput):
        recogniser.analyze(Audio(np.zeros((1, 0), np.float32), 32_000))


def test_long_recordings_are_heard_in_pieces_without_seams(recogniser: Recogniser) -> None:
    sound = torch.from_numpy(noise(1, 32_000 * 70))
    in_pieces = recogniser.hear(sound)
    with torch.inference_mode():
        at_once = recogniser.net(*spectra(loudness_normalised(sound)))
    for field in fields(at_once):
        torch.testing.assert_close(
            getattr(in_pieces, field.name), getattr(at_once, field.name), atol=1e-4, rtol=1e-4
        )


def test_cut_scores_join_up_again(recogniser: Recogniser) -> None:
    with torch.inference_mode():
        heard = recogniser.net(torch.rand(1, 5, 108, 12), torch.rand(1, 40, 48))
    joined = join([heard.cut(0, 2), heard.cut(2, 6)])
    for field in fields(heard):
        torch.testing.assert_close(getattr(joined, field.name), getattr(heard, field.name))


def test_saved_weights_hear_the_same_within_half_precision(
    recogniser: Recogniser, tmp_path: Path
) -> None:
    recogniser.save(tmp_path)
    again = Recogniser.load(tmp_path / "hearing.safetensors")
    assert again.thresholds == recogniser.thresholds
    for name, weight in recogniser.key_judge.state_dict().items():
        torch.testing.assert_close(again.key_judge.state_dict()[name], weight, atol=1e-3, rtol=1e-3)
    sound = torch.from_numpy(noise(1, 32_000))
    torch.testing.assert_close(
        again.hear(sound).root, recogniser.hear(sound).root, atol=0.02, rtol=0.02
    )


def test_missing_weights_are_told(tmp_path: Path) -> None:
    with pytest.raises(WeightsUnusable):
        Recogniser.load(tmp_path / "hearing.safetensors")

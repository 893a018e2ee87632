"""The codec's decoder learns, stops and goes on as if it had never stopped."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
import torch

from engine.codec.starter_codec import StarterCodec, StarterCodecConfig
from engine.training.codec import CodecTraining, train_codec
from engine.training.codec_crops import CodedSound, coded_sounds, draw_crops
from engine.training.codec_fit import fit_codec
from engine.training.curves import read_curve
from engine.training.encoded_corpus import encode_corpus

TINY = StarterCodecConfig(
    hop=320,
    n_fft=512,
    frames_per_code=2,
    n_codebooks=2,
    codebook_size=16,
    n_components=16,
    code_width=16,
    n_code_blocks=1,
    frame_width=16,
    n_frame_blocks=1,
)
PLAN = CodecTraining(
    n_steps=8, rows=2, row_frames=20, learning_rate=5e-3, warm_up_steps=1, report_every=4
)
CPU = torch.device("cpu")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    time_s = np.arange(32000) / 32000
    for seed, frequency_hz in enumerate((220, 277, 330)):
        fading = 0.4 * np.sin(2 * math.pi * frequency_hz * time_s) * np.exp(-2 * time_s)
        soundfile.write(folder / f"{seed}.flac", fading, 32000, subtype="PCM_16")
        (folder / f"{seed}.json").write_text("{}")
    return folder


def fitted(corpus: Path) -> StarterCodec:
    torch.manual_seed(0)
    sounds = [
        torch.from_numpy(soundfile.read(path, dtype="float32")[0])
        for path in sorted(corpus.glob("*.flac"))
    ]
    return fit_codec(TINY, sounds)


@pytest.fixture(scope="module")
def sounds(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> list[CodedSound]:
    encoded = tmp_path_factory.mktemp("encoded")
    list(encode_corpus(corpus, fitted(corpus), encoded))
    return coded_sounds(corpus, encoded)


def test_crops_hold_the_sound_their_codes_stand_for(corpus: Path, sounds: list[CodedSound]) -> None:
    codec = fitted(corpus)
    crops = draw_crops(sounds, codec, np.random.default_rng(4), n_rows=6, n_frames=30)
    reach = codec.spectrum.reach
    assert crops.samples.shape == (6, 30 * TINY.hop + 2 * reach)
    magnitudes = codec.spectrum.analyse(crops.samples).abs()
    codes = codec.quantizer.encode(codec.project(magnitudes).flatten(0, 1))
    assert torch.equal(codes.view(6, 30, -1).transpose(1, 2), crops.codes)


def test_training_lowers_the_loss_and_leaves_the_codes_alone(
    corpus: Path, sounds: list[CodedSound], tmp_path: Path
) -> None:
    codec = fitted(corpus)
    before = {name: tensor.clone() for name, tensor in codec.named_buffers()}
    plan = replace(PLAN, n_steps=24, report_every=8)
    reports = list(train_codec(codec, sounds, sounds[:1], plan, tmp_path, CPU))
    assert reports[-1].loss < 0.95 * reports[0].loss
    assert all(torch.equal(tensor, before[name]) for name, tensor in codec.named_buffers())
    assert read_curve(tmp_path / "curve.csv")["step"] == [8, 16, 24]


def test_a_stopped_training_goes_on_to_the_same_weights(
    corpus: Path, sounds: list[CodedSound], tmp_path: Path
) -> None:
    plan = replace(PLAN, save_every_s=0.0)
    whole = fitted(corpus)
    list(train_codec(whole, sounds, [], plan, tmp_path / "whole", CPU))
    stopped = fitted(corpus)
    reports = train_codec(stopped, sounds, [], plan, tmp_path / "parts", CPU)
    next(reports)
    reports.close()
    resumed = fitted(corpus)
    list(train_codec(resumed, sounds, [], plan, tmp_path / "parts", CPU))
    for one, other in zip(whole.parameters(), resumed.parameters(), strict=True):
        assert torch.allclose(one, other, atol=1e-6)

"""The real backend on a model folder written here: right in shape, untrained."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

import engine.torch_backend
from engine.cancel import CancelToken
from engine.codec.starter_codec import StarterCodec, StarterCodecConfig, save_codec
from engine.errors import DeviceUnusable, WeightsUnusable
from engine.events import Event, Finished, Preview, Progress, Ready, Stage
from engine.lm.starter import StarterConfig, StarterModel
from engine.lm.starter_files import save_starter
from engine.requests import (
    Audio,
    Brief,
    ExtendRequest,
    GenerateRequest,
    InpaintRequest,
    Mask,
    Request,
    WarmUpRequest,
)
from engine.score import Score
from engine.timebase import Seconds, Span
from engine.torch_backend import TorchBackend

CODEC = StarterCodecConfig(
    n_codebooks=3,
    codebook_size=16,
    n_components=8,
    code_width=16,
    n_code_blocks=1,
    frame_width=16,
    n_frame_blocks=1,
)
LM = StarterConfig(
    vocabulary=("rock",),
    width=32,
    n_layers=1,
    n_heads=2,
    feed_forward_width=64,
    codebook_size=16,
    delays=(0, 1, 2),
    text_width=16,
    n_ngram_buckets=64,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    torch.manual_seed(0)
    folder = tmp_path_factory.mktemp("model")
    save_starter(StarterModel(LM), folder)
    codec = StarterCodec(CODEC)
    codec.mean.fill_(0.3)
    codec.quantizer.codebooks.data.normal_()
    save_codec(codec, folder)
    return folder


@pytest.fixture
def brief(folder: Path) -> Brief:
    return Brief(Score(Seconds(1.5)), prompt="rock", model=str(folder), device="cpu")


def run(backend: TorchBackend, request: Request) -> list[Event]:
    return list(backend.run(request, CancelToken()))


def test_a_request_loads_the_model_plays_and_tells_how(folder: Path, brief: Brief) -> None:
    backend = TorchBackend()
    events = run(backend, GenerateRequest(brief))
    assert events[0] == Progress(Stage.LOADING, 0, 1)
    finished = events[-1]
    assert isinstance(finished, Finished)
    assert finished.takes[0].audio.samples.shape == (1, 48_000)
    assert finished.takes[0].audio.sample_rate_hz == 32_000
    assert finished.recipe.device == "cpu"
    assert len(finished.recipe.model_hash) == 64
    joined = [e.audio.samples for e in events if isinstance(e, Preview)]
    assert np.array_equal(np.concatenate(joined, axis=1), finished.takes[0].audio.samples)
    again = run(backend, GenerateRequest(brief))
    assert not any(isinstance(e, Progress) and e.stage is Stage.LOADING for e in again)
    assert isinstance(again[-1], Finished)
    assert np.array_equal(again[-1].takes[0].audio.samples, finished.takes[0].audio.samples)


def test_inpaint_and_extend_reach_their_tasks(brief: Brief) -> None:
    backend = TorchBackend()
    noise = np.random.default_rng(0).uniform(-0.3, 0.3, (2, 48_000)).astype(np.float32)
    audio = Audio(noise, 32_000)
    mask = Mask(Span(Seconds(0.5), Seconds(1.0)))
    longer = replace(brief, score=Score(Seconds(2.0)))
    for request, seconds in (
        (InpaintRequest(brief, audio, (mask,)), 1.5),
        (ExtendRequest(longer, audio), 2.0),
    ):
        finished = run(backend, request)[-1]
        assert isinstance(finished, Finished)
        assert finished.takes[0].is_untouched_verified
        assert finished.takes[0].audio.samples.shape == (2, round(seconds * 32_000))


def test_warming_up_loads_and_says_so(folder: Path) -> None:
    events = run(TorchBackend(), WarmUpRequest(str(folder), "cpu"))
    assert events[-1] == Ready(str(folder))


def test_an_unknown_adapter_is_refused(brief: Brief) -> None:
    with pytest.raises(WeightsUnusable, match="no adapter called “x”"):
        run(TorchBackend(), GenerateRequest(replace(brief, adapter="x")))


def test_parts_that_do_not_belong_together_are_refused(tmp_path: Path, brief: Brief) -> None:
    save_starter(StarterModel(replace(LM, codebook_size=32)), tmp_path)
    save_codec(StarterCodec(CODEC), tmp_path)
    with pytest.raises(WeightsUnusable, match="do not belong together"):
        run(TorchBackend(), GenerateRequest(replace(brief, model=str(tmp_path))))


def test_a_full_gpu_is_told_and_the_memory_given_back(
    monkeypatch: pytest.MonkeyPatch, brief: Brief
) -> None:
    def full(*_: object) -> None:
        raise torch.OutOfMemoryError

    backend = TorchBackend()
    monkeypatch.setattr(engine.torch_backend, "generate", full)
    with pytest.raises(DeviceUnusable, match="out of memory"):
        run(backend, GenerateRequest(brief))
    monkeypatch.undo()
    events = run(backend, GenerateRequest(brief))
    assert events[0] == Progress(Stage.LOADING, 0, 1)

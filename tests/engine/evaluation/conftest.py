"""A model folder with every part, small enough to be measured in seconds."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from engine.codec.starter_codec import StarterCodec, StarterCodecConfig, save_codec
from engine.evaluation.listener import Listener, ListenerConfig, ListenerNet
from engine.hearing.key_judge import KeyJudge
from engine.hearing.network import HearingConfig, HearingNet
from engine.hearing.recogniser import Recogniser
from engine.lm.starter import StarterConfig, StarterModel
from engine.lm.starter_files import save_starter

CODEC = StarterCodecConfig(
    n_codebooks=3, codebook_size=16, n_components=8, code_width=16, n_code_blocks=1,
    frame_width=16, n_frame_blocks=1,
)  # fmt: skip
LM = StarterConfig(
    vocabulary=("rock", "bass"), width=32, n_layers=2, n_heads=2, feed_forward_width=64,
    codebook_size=16, delays=(0, 1, 2), text_width=16, n_ngram_buckets=64, top_k=8,
)  # fmt: skip
HEARING = HearingConfig(
    front_channels=2, folded_channels=2, scene_width=8, scene_layers=2, harmony_width=8,
    harmony_layers=2, rhythm_width=8, rhythm_layers=2, drum_width=8,
)  # fmt: skip


@pytest.fixture(scope="package")
def model_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Random weights of a language model, a codec and a recogniser that fit together."""
    torch.manual_seed(0)
    folder = tmp_path_factory.mktemp("model")
    save_starter(StarterModel(LM), folder)
    codec = StarterCodec(CODEC)
    codec.mean.fill_(0.3)  # else untrained weights are silent
    save_codec(codec, folder)
    Recogniser(HearingNet(HEARING), KeyJudge()).save(folder)
    return folder


@pytest.fixture(scope="package")
def listener_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A listener that guesses."""
    torch.manual_seed(0)
    config = ListenerConfig(("rock", "lo-fi"))
    folder = tmp_path_factory.mktemp("listener")
    Listener(config, ListenerNet(config)).save(folder)
    return folder

"""From a corpus on disk to a model folder that plays, in tiny sizes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
import torch

from engine.codec.starter_codec import StarterCodecConfig, load_codec
from engine.errors import BadInput, WeightsUnusable
from engine.lm.starter import StarterConfig
from engine.lm.starter_files import load_starter
from engine.score import Note, Score
from engine.timebase import Seconds, Span
from engine.training.codec import CodecTraining
from engine.training.corpus import Part, compose, save_piece
from engine.training.make_starter import Workshop, make_codec, make_language_model
from engine.training.starter import StarterTraining

TINY_CODEC = StarterCodecConfig(
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
CODEC_PLAN = CodecTraining(n_steps=4, rows=2, row_frames=20, report_every=2)
LM_PLAN = StarterTraining(n_steps=4, frames_per_batch=160, row_frames=(80,), report_every=2)


def tiny_lm(vocabulary: tuple[str, ...]) -> StarterConfig:
    return StarterConfig(
        vocabulary=vocabulary,
        width=32,
        n_layers=1,
        n_heads=2,
        feed_forward_width=32,
        codebook_size=16,
        delays=(0, 1),
        frame_rate_hz=100.0,
        text_width=16,
        n_ngram_buckets=32,
        right_frames=8,
        window_frames=100,
        overlap_frames=20,
    )


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    """Two seconds each of five pieces, noise that fades, with a note as their truth."""
    random = np.random.default_rng(0)
    model_piece = compose(0)
    note = Note(Span(Seconds(0.5), Seconds(1.0)), 60)
    score = Score(Seconds(2.0), notes=(note,))
    part = Part("melody", "flute", 73, (note,))
    for split, seeds in (("train", range(5)), ("held-out", range(1_000_000, 1_000_002))):
        folder = tmp_path / "corpus" / split
        folder.mkdir(parents=True)
        for seed in seeds:
            sound = random.normal(0, 0.1, 64_000) * np.linspace(1, 0, 64_000)
            soundfile.write(folder / f"{seed}.flac", sound, 32_000, subtype="PCM_16")
            piece = replace(
                model_piece, seed=seed, score=score, parts=(part,), captions=("calm flute",)
            )
            save_piece(piece, folder / f"{seed}.json")
    return Workshop(
        tmp_path / "corpus", tmp_path / "codes", tmp_path / "runs", tmp_path / "model", "cpu"
    )


def test_a_corpus_becomes_a_model_folder_that_loads(workshop: Workshop) -> None:
    torch.set_num_threads(1)
    told: list[str] = []

    def progress(what: str, done: int, total: int) -> None:
        assert 0 < done <= total
        told.append(what)

    make_codec(workshop, CODEC_PLAN, progress, TINY_CODEC)
    fitted = workshop.runs / "codec" / "fitted" / "codec.safetensors"
    first_fit = fitted.stat().st_mtime_ns
    make_language_model(workshop, LM_PLAN, progress, tiny_lm)
    make_codec(workshop, CODEC_PLAN, progress, TINY_CODEC)
    assert fitted.stat().st_mtime_ns == first_fit  # codes that a model was trained on stay
    assert list(dict.fromkeys(told)) == [
        "Fitting the codes",
        "Encoding (train)",
        "Encoding (held-out)",
        "Training the codec",
        "Training the language model",
    ]
    assert load_codec(workshop.model).config == TINY_CODEC
    load_starter(workshop.model)
    for part in ("codec", "starter"):
        assert (workshop.runs / part / "curve.png").stat().st_size > 0


def test_without_a_corpus_or_a_codec_it_is_said_what_to_do(workshop: Workshop) -> None:
    with pytest.raises(WeightsUnusable):
        make_language_model(workshop, LM_PLAN, lambda *_: None, tiny_lm)
    empty = replace(workshop, corpus=workshop.corpus / "nowhere")
    with pytest.raises(BadInput, match="inlay train corpus"):
        make_codec(empty, CODEC_PLAN, lambda *_: None, TINY_CODEC)

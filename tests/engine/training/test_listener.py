"""The listener learns from labelled music, goes on where it was, and keeps what it learnt."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from engine.errors import BadInput, WeightsUnusable
from engine.evaluation.listener import (
    Listener,
    impression_from_data,
    impression_to_data,
    listener_hash,
)
from engine.requests import Audio
from engine.training import listener as training
from engine.training.corpus.compose import compose
from engine.training.corpus.piece import save_piece
from engine.training.listener import ListenerTraining, train_listener

RATE_HZ = 32_000
PLAN = ListenerTraining(n_steps=100, batch=16)


def tell_nobody(_what: str, _done: int, _all: int) -> None:
    pass


def sound(seed: int, is_high: bool) -> np.ndarray:
    """Two seconds of noise, above or below 2 kHz."""
    noise = np.fft.rfft(np.random.default_rng(seed).standard_normal(2 * RATE_HZ))
    hertz = np.fft.rfftfreq(2 * RATE_HZ, 1 / RATE_HZ)
    return 0.1 * np.fft.irfft(noise * ((hertz > 2000) == is_high))


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Eight pieces of two styles: the one hisses and the other rumbles."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    for seed in range(8):
        piece = replace(compose(seed), style=("lo-fi", "techno")[seed % 2])
        save_piece(piece, folder / f"{seed}.json")
        soundfile.write(folder / f"{seed}.flac", sound(seed, seed % 2 == 1), RATE_HZ)
    return folder


def test_it_learns_and_keeps_what_it_learnt(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, folder = tmp_path / "run", tmp_path / "listener"
    right = train_listener(corpus, run, folder, PLAN, tell_nobody)
    assert set(right) == {"style", "pace", "instruments", "moods"}
    listener = Listener.load(folder)
    high, low = (
        listener.listen(Audio(sound(99, is_high)[None].astype(np.float32), RATE_HZ))
        for is_high in (True, False)
    )
    assert (high.style, low.style) == ("techno", "lo-fi")
    assert np.abs(high.embedding - low.embedding).max() > 0.1
    kept = impression_from_data(impression_to_data(high))
    assert (kept.style, kept.instruments) == (high.style, high.instruments)
    np.testing.assert_allclose(kept.embedding, high.embedding, atol=1e-4)

    def refuse(*_arguments: object) -> None:
        raise AssertionError("listened again")

    monkeypatch.setattr(training, "sound_features", refuse)
    before = listener_hash(folder)
    train_listener(corpus, run, tmp_path / "again", PLAN, tell_nobody)
    assert listener_hash(tmp_path / "again") == before


def test_without_music_it_says_what_makes_some(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no rendered music"):
        train_listener(tmp_path, tmp_path / "run", tmp_path / "listener", PLAN, tell_nobody)


def test_a_folder_without_a_listener_is_told(tmp_path: Path) -> None:
    with pytest.raises(WeightsUnusable):
        Listener.load(tmp_path)

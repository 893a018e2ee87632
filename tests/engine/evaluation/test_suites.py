"""Whole suites with random weights: every row is there, and nothing is played twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from engine.cancel import Cancelled, CancelToken
from engine.errors import BadInput
from engine.evaluation.batch_generate import generate_each, sound_of_codes
from engine.evaluation.clips import HeldOutClip
from engine.evaluation.results import Results
from engine.evaluation.run import run_suite
from engine.evaluation.suites import controls, hearing
from engine.evaluation.workplace import Workplace
from engine.events import Finished
from engine.requests import Audio, Brief, Control, Controls, GenerateRequest, Sampling
from engine.score import Chord, DrumHit, Note, Score
from engine.tasks.generate import generate
from engine.timebase import Seconds, Span
from engine.training.corpus.piece import Piece


def briefs() -> list[Brief]:
    """Two requests that differ in everything: length, words, lanes and seed."""
    short = Score(Seconds(1.0), chords=(Chord(Span(Seconds(0.0), Seconds(1.0)), "C:maj"),))
    long = Score(Seconds(1.6), tempo_bpm=90.0)
    only_words = Controls(Control(False), Control(False), Control(False))
    return [
        Brief(short, "rock", sampling=Sampling(seed=5)),
        Brief(long, "bass with much more to say", controls=only_words, sampling=Sampling(seed=9)),
    ]


def test_a_request_sounds_the_same_beside_others_as_alone(
    model_folder: Path, tmp_path: Path
) -> None:
    models = Workplace(str(model_folder), tmp_path).models
    together = generate_each(models, briefs(), CancelToken())
    for brief, codes in zip(briefs(), together, strict=True):
        *_, finished = generate(models, GenerateRequest(brief), CancelToken())
        assert isinstance(finished, Finished)
        assert torch.equal(codes, torch.from_numpy(finished.takes[0].codes).long())
        sound = sound_of_codes(models, codes, brief)
        assert sound.samples.shape == finished.takes[0].audio.samples.shape


def test_a_score_longer_than_the_window_is_refused(model_folder: Path, tmp_path: Path) -> None:
    models = Workplace(str(model_folder), tmp_path).models
    brief = replace(briefs()[0], score=Score(Seconds(21.0)))
    with pytest.raises(ValueError, match="525 frames"):
        generate_each(models, [brief], CancelToken())


def short_clip(seed: int, chord: str) -> HeldOutClip:
    """One bar of two seconds: a chord of the same name in every clip, in noise."""
    span = Span(Seconds(0.0), Seconds(2.0))
    hits = tuple(DrumHit(Seconds(0.5 * beat), 36) for beat in range(4))
    score = Score(span.end, chords=(Chord(span, chord),), notes=(Note(span, 60),), drums=hits)
    samples = 0.1 * np.random.default_rng(seed).standard_normal((1, 64_000))
    audio = Audio(samples.astype(np.float32), 32_000)
    return HeldOutClip(seed, "rock", "rock bass", "C:maj", score, audio)


@pytest.fixture
def short_clips(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two short clips in place of rendered ones."""
    clips = [short_clip(1, "C:maj"), short_clip(2, "F#:min")]
    monkeypatch.setattr(Workplace, "clips", lambda _self, n: clips[:n])


def names(results: Results) -> list[str]:
    return [row.name for row in results.rows]


def test_the_controls_suite_has_every_row_and_plays_nothing_twice(
    model_folder: Path, short_clips: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    def measured() -> Results:
        return run_suite(
            "controls", 2, 1, lambda what, _done, _all: told.append(what),
            model=str(model_folder), cache=tmp_path,
        )  # fmt: skip

    results = measured()
    assert names(results) == [
        "oracle: true audio", "codec: true audio coded", "chords only", "drums only",
        "chords and drums", "all lanes", "no controls", "floor: other clips' controls",
        "Coco-Mulla, chords only", "Coco-Mulla, all", "Coco-Mulla, oracle",
    ]  # fmt: skip
    assert {"majmin", "beat_f1", "tempo_error", "note_f1"} <= set(results.columns)
    assert results.row("all lanes").n_answers == 2
    assert results.row("Coco-Mulla, all").figures["majmin"].mean == 0.791
    assert "Playing all lanes" in told

    def refuse(*_arguments: object) -> Sequence[torch.Tensor]:
        raise AssertionError("played again")

    monkeypatch.setattr(controls, "generate_each", refuse)
    assert measured() == results


def test_the_codec_suite_sets_opus_beside(
    model_folder: Path, short_clips: None, tmp_path: Path
) -> None:
    results = run_suite("codec", 1, model=str(model_folder), cache=tmp_path)
    assert results.row("this codec").figures["kbit/s"].mean == pytest.approx(0.3)
    rates = [row.figures["kbit/s"].mean for row in results.rows[1:]]
    assert rates == sorted(rates)
    distances = [row.figures["log_mel"].mean for row in results.rows[1:]]
    assert distances[-1] < distances[0]


def test_the_hearing_suite_judges_its_own_recogniser(
    model_folder: Path, short_clips: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip = short_clip(1, "C:maj")
    whole = [
        (Piece(seed, "rock", "C:maj", clip.score, (), (), (), ()), clip.audio) for seed in (1, 2)
    ]
    monkeypatch.setattr(hearing, "recordings", lambda *_arguments: whole)
    monkeypatch.setattr(hearing, "played_by_other_soundfont", lambda _piece, _soundfont: clip)
    results = run_suite("hearing", 2, model=str(model_folder), cache=tmp_path)
    assert names(results)[0] == "true audio"
    assert [name for name in names(results) if name.startswith("unseen")] == [
        "unseen: in noise", "unseen: in sine tones", "unseen: on a drawbar organ",
        "unseen: by another soundfont",
    ]  # fmt: skip
    assert np.isnan(results.row("unseen: in sine tones").figures["kick_f1"].mean)
    assert "do not count" in results.remarks[0]
    assert [remark.split(" named")[0] for remark in results.remarks[1:3]] == [
        "Keys of clips", "Keys of whole pieces",
    ]  # fmt: skip
    assert 0.0 <= results.row("true audio").figures["majmin by templates"].mean <= 1.0


def test_a_cancelled_suite_stops(model_folder: Path, short_clips: None, tmp_path: Path) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        run_suite("codec", 1, model=str(model_folder), cache=tmp_path, cancel=cancel)


def test_an_unknown_suite_is_told() -> None:
    with pytest.raises(BadInput, match="no suite"):
        run_suite("taste")

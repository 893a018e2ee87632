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
from engine.evaluation import played_takes
from engine.evaluation.batch_generate import generate_each, sound_of_codes
from engine.evaluation.clips import HeldOutClip
from engine.evaluation.paraphrases import Paraphrase
from engine.evaluation.results import Results
from engine.evaluation.run import run_suite, write_spectrograms
from engine.evaluation.suites import hearing, sampling, text
from engine.evaluation.text_requests import asked_by
from engine.evaluation.workplace import Workplace
from engine.events import Finished
from engine.requests import Audio, Brief, Control, Controls, GenerateRequest, Sampling
from engine.score import Chord, DrumHit, Note, Score
from engine.tasks.generate import generate
from engine.timebase import Seconds, Span
from engine.training.corpus.piece import Part, Piece


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
    parts = (Part("chords", "finger bass", 33),)
    return HeldOutClip(
        seed, "rock", "rock bass", "C:maj", score, audio, moods=("gloomy",), parts=parts
    )


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
        "chords and drums", "all lanes", "no controls", "all lanes at strength 0",
        "all lanes at strength 0.25", "all lanes at strength 0.5", "all lanes at strength 0.75",
        "all lanes at strength 1", "floor: other clips' controls",
        "Coco-Mulla, chords only", "Coco-Mulla, all", "Coco-Mulla, oracle",
    ]  # fmt: skip
    assert {"majmin", "beat_f1", "tempo_error", "note_f1"} <= set(results.columns)
    assert results.row("all lanes").n_answers == 2
    assert results.row("Coco-Mulla, all").figures["majmin"].mean == 0.791
    assert any(remark.startswith("majmin from strength 0 to 1:") for remark in results.remarks)
    assert any("of the codec's" in remark for remark in results.remarks)
    assert "Playing all lanes" in told

    def refuse(*_arguments: object) -> Sequence[torch.Tensor]:
        raise AssertionError("played again")

    monkeypatch.setattr(played_takes, "generate_each", refuse)
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
    told = [remark.split(" named")[0] for remark in results.remarks[1:3]]
    assert told == ["Keys of clips", "Keys of whole pieces"]
    assert 0.0 <= results.row("true audio").figures["majmin by templates"].mean <= 1.0


@pytest.fixture
def guessing_listener(listener_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A listener that guesses in place of the one that learnt."""
    monkeypatch.setattr(Workplace, "listener_folder", listener_folder)


def test_the_text_suite_asks_in_corpus_words_and_in_others(
    model_folder: Path, short_clips: None, guessing_listener: None, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    written = (asked_by(0, Paraphrase("boom bap", "hip-hop", ("piano",), "fast", None)),)
    monkeypatch.setattr(text, "paraphrase_requests", lambda: written)
    results = run_suite("text", 2, 1, model=str(model_folder), cache=tmp_path)
    assert names(results) == [
        "oracle: true audio", "codec: true audio coded", "corpus words", "paraphrases", "no words",
        "floor: other requests",
    ]  # fmt: skip
    styles = results.row("oracle: true audio").figures["style"]
    assert styles.n == 2
    assert results.row("paraphrases").figures["style"].mean == 0.0
    assert any("right 0.500 of the time" in remark for remark in results.remarks)


def test_the_inpaint_suite_shows_seams_and_that_the_outside_stays(
    model_folder: Path, short_clips: None, tmp_path: Path
) -> None:
    results = run_suite("inpaint", 2, 2, model=str(model_folder), cache=tmp_path)
    assert names(results) == [
        "oracle: true audio", "codec: true audio coded", "inpainted",
        "continued from the left alone", "floor: true audio of another clip",
    ]  # fmt: skip
    for row in results.rows:
        assert row.figures["outside identical"].mean == 1.0
    assert results.row("oracle: true audio").figures["right beyond true dB"].mean == 0.0
    assert results.row("inpainted").n_answers == 4
    assert "identical in every take" in results.remarks[1]


def test_the_distance_suite_compares_sets_of_one_size(
    model_folder: Path, short_clips: None, guessing_listener: None, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    clips = [short_clip(seed, "C:maj") for seed in range(4)]
    monkeypatch.setattr(Workplace, "clips", lambda _self, n: clips[:n])
    results = run_suite("distance", 2, model=str(model_folder), cache=tmp_path)
    assert {row.n_answers for row in results.rows} == {2}
    assert names(results)[0] == "oracle: true audio"
    assert "chords only" in names(results)
    assert all(row.figures["Fréchet distance"].mean >= 0.0 for row in results.rows)


def test_the_sampling_suite_tries_each_way_of_drawing(
    model_folder: Path, short_clips: None, guessing_listener: None, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(sampling, "GUIDANCES", (1.0, 3.0))
    monkeypatch.setattr(sampling, "TEMPERATURES", (1.0,))
    monkeypatch.setattr(sampling, "TOP_KS", (8,))
    results = run_suite("sampling", 2, model=str(model_folder), cache=tmp_path)
    assert names(results) == [
        "guidance 1, temperature 1, top-k 8",
        "guidance 3, temperature 1, top-k 8 (the model's own)",
    ]
    assert {"majmin", "style", "Fréchet distance"} <= set(results.columns)
    assert "Best" in results.remarks[0]


def test_spectrograms_are_pictured_in_threes(
    model_folder: Path, short_clips: None, tmp_path: Path
) -> None:
    (tmp_path / "results").mkdir()
    write_spectrograms(tmp_path, model=str(model_folder), cache=tmp_path / "cache")
    assert (tmp_path / "results" / "spectrograms.png").stat().st_size > 10_000


def test_a_cancelled_suite_stops(model_folder: Path, short_clips: None, tmp_path: Path) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        run_suite("codec", 1, model=str(model_folder), cache=tmp_path, cancel=cancel)


def test_an_unknown_suite_is_told() -> None:
    with pytest.raises(BadInput, match="no suite"):
        run_suite("taste")

"""Requests in words: what they ask is known."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from engine.evaluation.clips import HeldOutClip, cut_clip
from engine.evaluation.text_requests import corpus_request, parse_paraphrases
from engine.requests import Audio
from engine.training.corpus.compose import compose


def clip_of(seed: int) -> HeldOutClip:
    piece = compose(seed)
    n_samples = round(piece.score.duration * 8000)
    return cut_clip(piece, Audio(np.zeros((1, n_samples), np.float32), 8000))


def test_a_clip_is_asked_for_in_words_and_with_an_empty_grid() -> None:
    clip = clip_of(1_000_000)
    request = corpus_request(clip)
    assert request == corpus_request(clip)
    assert request.style == clip.style
    assert 1 <= len(request.instruments) <= 2
    assert request.score.duration == clip.score.duration
    assert (request.score.chords, request.score.notes, request.score.drums) == ((), (), ())
    brief = request.brief(3)
    assert brief.sampling.seed == 1_000_000_003
    assert not brief.controls.chords.is_on
    assert not brief.controls.drums.is_on


def test_a_clip_in_which_nobody_known_plays_asks_for_no_instrument() -> None:
    assert corpus_request(replace(clip_of(1_000_001), parts=())).instruments == frozenset()


def written(**values: object) -> str:
    return json.dumps({"prompt": "smoky café trio", **values})


def test_paraphrases_ask_for_what_their_line_says() -> None:
    line = written(style="swing", instruments=["upright bass"], tempo=150, mood="melancholic")
    open_line = written(tempo="slow", mood=None)
    asked, left_open = parse_paraphrases([line, "", open_line])
    assert (asked.style, asked.pace) == ("swing", "fast")
    assert asked.instruments == {"upright bass"}
    assert asked.moods == {"sad"}
    assert asked.score.tempo_bpm == 150.0
    assert asked.score.duration == pytest.approx(6 * 1.6)
    assert (left_open.style, left_open.pace, left_open.moods) == (None, "slow", frozenset())


@pytest.mark.parametrize(
    "values", [{"style": "polka"}, {"instruments": ["theremin"]}, {"mood": "qwxz"}]
)
def test_what_nobody_could_check_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="smoky"):
        parse_paraphrases([written(**values)])

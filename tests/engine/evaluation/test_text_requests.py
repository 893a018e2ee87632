"""Requests in words: what they ask is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.evaluation.clips import HeldOutClip, cut_clip
from engine.evaluation.paraphrases import Paraphrase
from engine.evaluation.sound_labels import STYLE_NAMES
from engine.evaluation.text_requests import asked_by, corpus_request, paraphrase_requests
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
    assert corpus_request(replace(clip_of(1_000_001), parts=())).instruments == ()


def test_a_paraphrase_asks_for_what_was_written_beside_it() -> None:
    written = Paraphrase("smoky trio", "swing", ("bass", "drum machine"), "fast", "melancholic")
    asked = asked_by(7, written)
    assert (asked.key, asked.style, asked.pace) == (7, "swing", "fast")
    assert asked.instruments[0] == {"upright bass", "bass guitar", "synth bass"}
    assert asked.instruments[1] == {"electronic drums", "drum kit"}
    assert asked.moods == {"sad"}
    assert asked.score.tempo_bpm == 140.0
    assert asked.score.duration == pytest.approx(6 * 4 * 60 / 140)
    left_open = asked_by(0, Paraphrase("anything", None, (), None, None))
    assert (left_open.style, left_open.pace, left_open.instruments) == (None, None, ())
    assert left_open.moods == frozenset()


def test_every_written_request_asks_something_that_can_be_checked() -> None:
    requests = paraphrase_requests()
    assert len(requests) >= 100
    assert {request.style for request in requests} <= {None, *STYLE_NAMES}
    assert all(all(families for families in request.instruments) for request in requests)
    assert all(request.style or request.instruments or request.moods for request in requests)

"""The backend of sine tones keeps the contract that the studio relies on."""

from __future__ import annotations

import numpy as np
import pytest

from engine.backend import Backend
from engine.cancel import Cancelled, CancelToken
from engine.events import Analyzed, Event, Finished, Preview, Progress
from engine.requests import (
    AnalyzeRequest,
    Audio,
    Brief,
    Control,
    Controls,
    ExtendRequest,
    GenerateRequest,
    InpaintRequest,
    Mask,
    Sampling,
)
from engine.score import Chord, DrumHit, Note, Score
from engine.timebase import Seconds, Span
from engine.tone_backend import ToneBackend

DURATION = Seconds(3.3331)
SCORE = Score(
    DURATION,
    chords=(Chord(Span(Seconds(0.0), DURATION), "F:maj/3"),),
    notes=(Note(Span(Seconds(1.0), Seconds(9.0)), 76),),
    drums=(DrumHit(Seconds(0.5), 36),),
)
STEREO = Audio(
    np.random.default_rng(1).uniform(-0.5, 0.5, (2, 44_100 * 2)).astype(np.float32), 44_100
)
STEREO_SCORE = Score(STEREO.duration, chords=(Chord(Span(Seconds(0.0), Seconds(2.0)), "G:maj"),))


def play(request: GenerateRequest | InpaintRequest | ExtendRequest) -> Finished:
    backend: Backend = ToneBackend()
    *_, last = backend.run(request, CancelToken())
    assert isinstance(last, Finished)
    return last


def test_the_length_is_exact_to_the_sample() -> None:
    (take,) = play(GenerateRequest(Brief(SCORE))).takes
    assert take.audio.samples.shape == (1, round(DURATION * 32_000))
    assert 0.01 < np.abs(take.audio.samples).max() <= 1.0


def test_previews_joined_equal_the_take() -> None:
    events = list(ToneBackend().run(GenerateRequest(Brief(SCORE, n_takes=2)), CancelToken()))
    finished = events[-1]
    assert isinstance(finished, Finished)
    for index, take in enumerate(finished.takes):
        parts = [e.audio.samples for e in events if isinstance(e, Preview) and e.take == index]
        np.testing.assert_array_equal(np.concatenate(parts, axis=1), take.audio.samples)


def test_takes_count_their_seeds_up_and_differ() -> None:
    brief = Brief(SCORE, sampling=Sampling(seed=5), n_takes=2)
    first, second = play(GenerateRequest(brief)).takes
    assert (first.seed, second.seed) == (5, 6)
    assert not np.array_equal(first.audio.samples, second.audio.samples)
    again, _ = play(GenerateRequest(brief)).takes
    np.testing.assert_array_equal(first.audio.samples, again.audio.samples)


def test_a_lane_that_is_off_is_not_heard() -> None:
    off = Control(is_on=False)
    silent = Brief(SCORE, controls=Controls(off, off, off))
    assert not play(GenerateRequest(silent)).takes[0].audio.samples.any()
    drums = Brief(SCORE, controls=Controls(off, Control(), off))
    sounding = np.flatnonzero(play(GenerateRequest(drums)).takes[0].audio.samples[0])
    assert 16_000 <= sounding.min() < sounding.max() < 17_000


def test_inpainting_leaves_every_sample_outside_the_mask_alone() -> None:
    mask = Mask(Span(Seconds(0.5), Seconds(1.25)))
    (take,) = play(InpaintRequest(Brief(STEREO_SCORE), STEREO, (mask,))).takes
    assert take.is_untouched_verified
    assert take.audio.sample_rate_hz == 44_100
    changed = np.flatnonzero((take.audio.samples != STEREO.samples).any(axis=0))
    assert changed.min() >= 22_050
    assert changed.max() < 55_125
    assert changed.size > 30_000


@pytest.mark.parametrize("is_backward", [False, True])
def test_extending_keeps_the_old_sound_in_its_place(is_backward: bool) -> None:
    brief = Brief(Score(Seconds(3.0), chords=SCORE.chords))
    (take,) = play(ExtendRequest(brief, STEREO, is_backward)).takes
    assert take.audio.samples.shape == (2, 44_100 * 3)
    kept = slice(44_100, None) if is_backward else slice(0, 88_200)
    np.testing.assert_array_equal(take.audio.samples[:, kept], STEREO.samples)


def test_a_cancel_after_a_second_keeps_a_partial_take() -> None:
    cancel = CancelToken()

    def stop_at_frame_60(step: int) -> None:
        if step == 60:
            cancel.cancel()

    seen: list[Event] = []
    run = ToneBackend(stop_at_frame_60).run(GenerateRequest(Brief(SCORE)), cancel)
    with pytest.raises(Cancelled):
        seen.extend(run)  # keeps what came before the raise
    finished = seen[-1]
    assert isinstance(finished, Finished)
    assert finished.takes[0].is_partial
    assert finished.takes[0].audio.samples.shape == (1, 64_000)
    assert max(event.done for event in seen if isinstance(event, Progress)) == 60


def test_a_cancel_within_the_first_second_keeps_nothing() -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        next(ToneBackend().run(GenerateRequest(Brief(SCORE)), cancel))


def test_analysis_measures_the_level() -> None:
    half = Audio(np.full((1, 3_200), 0.5, dtype=np.float32), 32_000)
    *_, answer = ToneBackend().run(AnalyzeRequest(half), CancelToken())
    assert isinstance(answer, Analyzed)
    assert answer.analysis.level_db == pytest.approx(-6.02, abs=0.01)
    assert answer.analysis.peak_db == pytest.approx(-6.02, abs=0.01)

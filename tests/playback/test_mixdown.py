from __future__ import annotations

import numpy as np
import pytest

from app.playback.mixdown import Voice, gain_of, is_audible, mix_block, peak_db
from engine.timebase import Samples, Span


def ones(n: int) -> np.ndarray:
    return np.ones((n, 2), np.float32)


def voice(n: int = 100, start: int = 0, length: int | None = None, **more: object) -> Voice:
    size = Samples(n if length is None else length)
    return Voice(ones(n), Samples(start), size, **more)  # type: ignore[arg-type]


def span(start: int, end: int) -> Span[Samples]:
    return Span(Samples(start), Samples(end))


def test_voices_are_summed_where_they_overlap() -> None:
    block = mix_block((voice(100), voice(100, start=50)), span(0, 200))
    assert block[:, 0].tolist() == [1.0] * 50 + [2.0] * 50 + [1.0] * 50 + [0.0] * 50


def test_a_centred_voice_at_zero_db_passes_bit_for_bit() -> None:
    frames = np.random.default_rng(1).uniform(-1, 1, (300, 2)).astype(np.float32)
    block = mix_block((Voice(frames, Samples(0), Samples(300)),), span(0, 300))
    assert np.array_equal(block, frames)


def test_blocks_joined_equal_the_whole() -> None:
    voices = (
        voice(500, 13, 400, gain_db=-3.0, pan=0.3, fade_in=Samples(40), fade_out=Samples(90)),
        voice(300, 100, fade_out=Samples(300)),
    )
    whole = mix_block(voices, span(0, 512))
    parts = [mix_block(voices, span(at, at + 64)) for at in range(0, 512, 64)]
    assert np.array_equal(np.concatenate(parts), whole)


def test_offset_and_length_cut_the_sound() -> None:
    frames = np.repeat(np.arange(10, dtype=np.float32)[:, np.newaxis], 2, axis=1)
    cut = Voice(frames, Samples(2), Samples(4), offset=Samples(3))
    assert mix_block((cut,), span(0, 8))[:, 0].tolist() == [0, 0, 3, 4, 5, 6, 0, 0]


def test_a_voice_that_starts_before_bar_one_is_heard_from_its_middle() -> None:
    frames = np.repeat(np.arange(10, dtype=np.float32)[:, np.newaxis], 2, axis=1)
    early = Voice(frames, Samples(-4), Samples(10))
    assert mix_block((early,), span(0, 8))[:, 0].tolist() == [4, 5, 6, 7, 8, 9, 0, 0]


def test_gain_pan_and_master_scale_each_side() -> None:
    block = mix_block((voice(4, gain_db=-6.0206, pan=0.5),), span(0, 4), master_db=-6.0206)
    assert block[0] == pytest.approx([0.125, 0.25], abs=1e-5)


def test_fades_rise_and_fall_within_the_length() -> None:
    faded = voice(100, fade_in=Samples(10), fade_out=Samples(20))
    block = mix_block((faded,), span(0, 100))[:, 0]
    assert np.all(np.diff(block[:10]) > 0)
    assert np.all(np.diff(block[80:]) < 0)
    assert block[10:80].tolist() == [1.0] * 70
    assert block[0] < 0.1
    assert block[-1] < 0.1


def test_what_is_not_a_number_is_silent() -> None:
    frames = ones(4)
    frames[1], frames[2] = np.nan, np.inf
    block = mix_block((Voice(frames, Samples(0), Samples(4)),), span(0, 4))
    assert block[:, 0].tolist() == [1, 0, 0, 1]


def test_a_closed_fader_is_silent_and_unity_is_exact() -> None:
    assert gain_of(-60.0) == 0.0
    assert gain_of(0.0) == 1.0


def test_mute_wins_over_solo_and_solo_silences_the_rest() -> None:
    assert is_audible(is_muted=False, is_soloed=False, any_solo=False)
    assert not is_audible(is_muted=False, is_soloed=False, any_solo=True)
    assert is_audible(is_muted=False, is_soloed=True, any_solo=True)
    assert not is_audible(is_muted=True, is_soloed=True, any_solo=True)


def test_the_peak_of_full_scale_is_zero_db() -> None:
    assert peak_db(ones(3)) == 0.0
    assert peak_db(np.zeros((3, 2), np.float32)) == -np.inf

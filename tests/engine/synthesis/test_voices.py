"""Both voices: onsets where the score wants them, silence elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from engine.score import DrumHit, Note
from engine.synthesis.builtin_voice import BuiltinVoice
from engine.synthesis.soundfont import find_soundfont
from engine.synthesis.voice import Stereo, Voice, open_voice
from engine.timebase import Seconds, Span

RATE_HZ = 32_000
KICK, SNARE, CLOSED_HAT = 36, 38, 42
PIANO, TUBULAR_BELLS, ORGAN, FLUTE = 0, 14, 16, 73


@pytest.fixture(scope="module")
def fluid() -> Iterator[Voice]:
    """The FluidSynth voice, where its library and a soundfont are there."""
    voice = open_voice(RATE_HZ)
    if isinstance(voice, BuiltinVoice):
        pytest.skip("FluidSynth is not installed here")
    yield voice
    voice.close()


@pytest.fixture(params=["fluid", "builtin"])
def voice(request: pytest.FixtureRequest) -> Voice:
    """Each voice in turn."""
    if request.param == "builtin":
        return BuiltinVoice(RATE_HZ)
    found: Voice = request.getfixturevalue("fluid")
    return found


def note(start: float, end: float, pitch: int = 60) -> Note:
    return Note(Span(Seconds(start), Seconds(end)), pitch, 100)


def first_sound_s(sound: Stereo) -> float:
    """Time of the first sample above 2 % of the peak."""
    level = np.abs(sound).max(axis=0)
    return float(np.argmax(level > 0.02 * level.max())) / RATE_HZ


def hertz(sound: Stereo) -> float:
    """Frequency of the strongest partial."""
    spectrum = np.abs(np.fft.rfft(sound[0] * np.hanning(sound.shape[1])))
    return float(np.argmax(spectrum)) * RATE_HZ / sound.shape[1]


def test_the_sound_lasts_as_long_as_asked(voice: Voice) -> None:
    sound = voice.play_notes(PIANO, (note(0, 1),), Seconds(1.2345))
    assert sound.shape == (2, round(1.2345 * RATE_HZ))
    assert sound.dtype == np.float32


@pytest.mark.parametrize("start", [0.1003, 0.5, 1.0771])
def test_a_drum_stroke_begins_within_five_milliseconds(voice: Voice, start: float) -> None:
    sound = voice.play_hits(0, (DrumHit(Seconds(start), SNARE, 110),), Seconds(1.5))
    assert first_sound_s(sound) == pytest.approx(start, abs=0.005)


def test_a_note_begins_within_five_milliseconds(voice: Voice) -> None:
    sound = voice.play_notes(TUBULAR_BELLS, (note(0.7, 1.0),), Seconds(1.5))
    assert first_sound_s(sound) == pytest.approx(0.7, abs=0.005)


def test_nothing_sounds_before_the_first_note(voice: Voice) -> None:
    sound = voice.play_notes(ORGAN, (note(1.0, 1.5),), Seconds(2.0))
    before, during = sound[:, : round(0.995 * RATE_HZ)], sound[:, RATE_HZ:]
    assert np.abs(before).max() < 1e-6
    assert np.abs(during).max() > 0.01


def test_one_call_does_not_ring_into_the_next(voice: Voice) -> None:
    voice.play_notes(TUBULAR_BELLS, (note(0.0, 1.0),), Seconds(0.5))
    after = voice.play_notes(PIANO, (), Seconds(0.5))
    assert np.abs(after).max() == 0.0


def test_a_note_has_its_pitch(voice: Voice) -> None:
    sound = voice.play_notes(FLUTE, (note(0.0, 2.0, 69),), Seconds(2.0))
    assert hertz(sound) == pytest.approx(440.0, rel=0.01)


def test_a_held_note_stops_after_its_end(voice: Voice) -> None:
    sound = voice.play_notes(ORGAN, (note(0.0, 0.5),), Seconds(2.0))
    assert np.abs(sound[:, : RATE_HZ // 2]).max() > 0.01
    assert np.abs(sound[:, round(1.6 * RATE_HZ) :]).max() < 0.002


def test_louder_velocity_sounds_louder(voice: Voice) -> None:
    soft = voice.play_hits(0, (DrumHit(Seconds(0.0), KICK, 40),), Seconds(0.5))
    loud = voice.play_hits(0, (DrumHit(Seconds(0.0), KICK, 120),), Seconds(0.5))
    assert np.abs(loud).max() > 1.5 * np.abs(soft).max()


def test_a_closed_voice_refuses_to_play() -> None:
    voice = open_voice(RATE_HZ)
    if isinstance(voice, BuiltinVoice):
        pytest.skip("FluidSynth is not installed here")
    voice.close()
    voice.close()
    with pytest.raises(ValueError, match="closed"):
        voice.play_notes(PIANO, (note(0, 1),), Seconds(1.0))


def test_builtin_drums_differ() -> None:
    voice = BuiltinVoice(RATE_HZ)
    sounds = [
        voice.play_hits(0, (DrumHit(Seconds(0.0), key, 100),), Seconds(0.4))[0]
        for key in (KICK, SNARE, CLOSED_HAT)
    ]
    low = [
        float(np.sum(np.abs(np.fft.rfft(sound))[:80] ** 2) / np.sum(sound**2)) for sound in sounds
    ]
    assert low[0] > 2 * low[1]
    assert low[1] > 10 * low[2]


def test_a_chosen_soundfont_must_exist(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"absent\.sf2"):
        find_soundfont(tmp_path / "absent.sf2")


def test_a_chosen_soundfont_comes_first(tmp_path: Path) -> None:
    mine = tmp_path / "mine.sf2"
    mine.touch()
    assert find_soundfont(mine) == mine


def test_some_soundfont_is_always_found() -> None:
    found = find_soundfont()
    assert found is not None
    assert found.suffix == ".sf2"

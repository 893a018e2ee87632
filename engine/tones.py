"""A score as sine tones and clicks: the sound of ``ToneBackend``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.harmony import Harmony, parse_harte
from engine.requests import Controls
from engine.score import Score
from engine.timebase import Seconds, Span, samples_at

FloatArray = NDArray[np.float32]

CHORD_LEVEL = 0.05
NOTE_LEVEL = 0.15
CLICK_LEVEL = 0.3
CLICK_DURATION_S = 0.03
EDGE_FADE_S = 0.005
LOWEST_CHORD_PITCH = 48
LOWEST_BASS_PITCH = 36


@dataclass(frozen=True, slots=True)
class _Tone:
    """One sine tone; ``level`` is its amplitude, 0..1."""

    span: Span[Seconds]
    pitch: int
    level: float


def play_tones(score: Score, controls: Controls, seed: int, sample_rate_hz: int) -> FloatArray:
    """The lanes that are on, as float32 [N] within -1..1, N = round(duration * rate).

    ``seed`` sets the share of the second harmonic, so that takes differ a little; a lane's
    strength scales its level.
    """
    sound = np.zeros(samples_at(score.duration, sample_rate_hz), dtype=np.float32)
    brightness = float(np.random.default_rng(seed).uniform(0.0, 0.5))
    for tone in _tones(score, controls):
        start = max(0, samples_at(tone.span.start, sample_rate_hz))
        stop = min(sound.size, samples_at(tone.span.end, sample_rate_hz))
        if stop > start:
            sound[start:stop] += _sine(tone, stop - start, brightness, sample_rate_hz)
    return np.clip(sound, -1.0, 1.0)


def _tones(score: Score, controls: Controls) -> Iterator[_Tone]:
    """Every tone of the lanes that are on."""
    if controls.chords.is_on:
        for chord in score.chords:
            for pitch in _voicing(parse_harte(chord.label)):
                yield _Tone(chord.span, pitch, CHORD_LEVEL * controls.chords.strength)
    if controls.notes.is_on:
        for note in score.notes:
            level = NOTE_LEVEL * controls.notes.strength * note.velocity / 127
            yield _Tone(note.span, note.pitch, level)
    if controls.drums.is_on:
        for hit in score.drums:
            span = Span(hit.time, Seconds(hit.time + CLICK_DURATION_S))
            level = CLICK_LEVEL * controls.drums.strength * hit.velocity / 127
            yield _Tone(span, hit.pitch + 24, level)


def _voicing(harmony: Harmony | None) -> tuple[int, ...]:
    """MIDI pitches of a chord, its bass an octave below; empty for no chord."""
    if harmony is None:
        return ()
    upper = sorted(LOWEST_CHORD_PITCH + pitch_class for pitch_class in harmony.pitch_classes)
    return (LOWEST_BASS_PITCH + harmony.bass_pitch_class, *upper)


def _sine(tone: _Tone, n_samples: int, brightness: float, sample_rate_hz: int) -> FloatArray:
    """The tone as float32 [n_samples] with short fades at both ends."""
    frequency_hz = 440.0 * 2.0 ** ((tone.pitch - 69) / 12)
    phase = 2.0 * np.pi * frequency_hz * np.arange(n_samples) / sample_rate_hz
    wave = np.sin(phase) + brightness * np.sin(2.0 * phase)
    fade = min(samples_at(Seconds(EDGE_FADE_S), sample_rate_hz), n_samples // 2)
    ramp = np.linspace(0.0, 1.0, fade, endpoint=False)
    wave[:fade] *= ramp
    wave[n_samples - fade :] *= ramp[::-1]
    return np.asarray(tone.level * wave, dtype=np.float32)

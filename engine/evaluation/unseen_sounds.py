"""Held-out music in sounds that the recogniser was not trained on.

The corpus is played by one soundfont; whoever hears only that one may have learnt its samples
instead of music.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from engine.evaluation.clips import HeldOutClip, cut_clip
from engine.evaluation.partials_voice import DRAWBAR_ORGAN, SINE, play_partials
from engine.requests import Audio
from engine.synthesis.voice import open_voice
from engine.training.corpus.mix import SAMPLE_RATE_HZ, render
from engine.training.corpus.piece import Piece

NOISE_BELOW_DB = 10.0


def other_soundfont() -> Path | None:
    """The small soundfont that travels inside ``pretty_midi``, or None where it is missing."""
    spec = find_spec("pretty_midi")
    if spec is None or spec.origin is None:
        return None
    return next(iter(sorted(Path(spec.origin).parent.glob("*.sf2"))), None)


def played_by_other_soundfont(piece: Piece, soundfont: Path) -> HeldOutClip:
    """The clip of a piece, mixed as ever but played with another soundfont.

    Where FluidSynth is missing the built-in voice plays, which no training heard either.
    """
    with closing(open_voice(SAMPLE_RATE_HZ, soundfont)) as voice:
        mix, _ = render(piece, voice)
    return cut_clip(piece, Audio(mix[None], SAMPLE_RATE_HZ))


def in_sine_tones(clip: HeldOutClip) -> HeldOutClip:
    """The notes of a clip as sine waves, without its drums."""
    return _in_partials(clip, SINE)


def on_a_drawbar_organ(clip: HeldOutClip) -> HeldOutClip:
    """The notes of a clip on a plain electric organ, without its drums."""
    return _in_partials(clip, DRAWBAR_ORGAN)


def _in_partials(clip: HeldOutClip, partials: dict[float, float]) -> HeldOutClip:
    rate_hz = clip.audio.sample_rate_hz
    sound = play_partials(partials, clip.score.notes, clip.score.duration, rate_hz)
    return replace(clip, score=replace(clip.score, drums=()), audio=Audio(sound, rate_hz))


def in_noise(clip: HeldOutClip) -> HeldOutClip:
    """A clip with pink noise from 20 Hz up, 10 dB quieter than it."""
    samples, rate_hz = clip.audio.samples, clip.audio.sample_rate_hz
    n = samples.shape[1]
    frequency_hz = np.fft.rfftfreq(n, 1 / rate_hz)
    pink = np.where(frequency_hz >= 20.0, np.maximum(frequency_hz, 20.0) ** -0.5, 0.0)
    spectrum = np.fft.rfft(np.random.default_rng(clip.seed).standard_normal(n))
    noise = np.fft.irfft(pink * spectrum, n)
    level = 10 ** (-NOISE_BELOW_DB / 20) * np.sqrt(np.mean(samples**2) / np.mean(noise**2))
    noisy = np.asarray(samples + level * noise, dtype=np.float32)
    return replace(clip, audio=Audio(noisy, rate_hz))

"""Tone and room: what happens to a part between the instrument and the mix."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from scipy import fft

from engine.training.corpus.piece import DRUMS
from engine.training.corpus.style import Style

SAMPLE_RATE_HZ = 32_000
# Share of the room by role; other roles are harmony.
ROLE_ROOM = {DRUMS: 0.6, "bass": 0.15, "melody": 1.2, "pad": 1.2}
DRY_CHANCE = 0.08
N_ECHOES = 4
LOW_ROLES = (DRUMS, "bass")
LOWEST_HZ = 22.0  # some sampled pads drift far below what anyone hears

Mono = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Space:
    """Where a piece is heard.

    ``response``: impulse response of a made-up room, decaying noise of unit energy; ``wet`` its
    share. ``muffle_hz``: where the treble ends. ``tilt_db``: tone of the whole, per octave.
    ``echo_samples``: the way between echoes, 0 for none; ``echo``: the loudness of the first.
    """

    response: Mono
    wet: float
    muffle_hz: float
    tilt_db: float
    echo_samples: int
    echo: float


def draw_space(style: Style, tempo_bpm: float, rng: Generator) -> Space:
    """A room, a tone and perhaps an echo in time with the music."""
    seconds = rng.uniform(*style.room_s)
    n = int(seconds * SAMPLE_RATE_HZ)
    time = np.arange(n) / SAMPLE_RATE_HZ
    response = rng.standard_normal(n) * np.exp(-6.9 * time / seconds)
    response[: int(0.008 * SAMPLE_RATE_HZ)] = 0.0  # the first reflection comes later than the sound
    response = np.convolve(response, np.full(5, 0.2), mode="same")  # walls swallow the treble
    response /= np.sqrt(np.sum(response**2))
    wet = 0.0 if rng.random() < DRY_CHANCE else float(rng.uniform(*style.room))
    muffle_hz = rng.uniform(3500, 9000) if style.crackle else rng.uniform(9000, 30000)
    has_echo = rng.random() < style.echo
    echo_s = 30.0 / tempo_bpm * rng.choice((1.0, 1.5, 2.0))  # an eighth, dotted, a quarter
    return Space(
        response.astype(np.float32), wet, float(muffle_hz),
        tilt_db=float(np.clip(rng.normal(0, 0.4), -1, 1)),
        echo_samples=round(echo_s * SAMPLE_RATE_HZ) if has_echo else 0,
        echo=float(rng.uniform(0.12, 0.3)),
    )  # fmt: skip


def coloured(sound: Mono, role: str, space: Space, rng: Generator, has_bass: bool) -> Mono:
    """A part float32 [N] with its own tone, in the room: one transform does it all.

    Drums and bass keep their low end, stay nearly dry and have no echo. Everyone else makes way
    for the bass where ``has_bass``.
    """
    has_echo = space.echo_samples > 0 and role not in LOW_ROLES
    tail = len(space.response) + (N_ECHOES * space.echo_samples if has_echo else 0)
    size = fft.next_fast_len(len(sound) + tail, real=True)
    frequency = np.maximum(np.fft.rfftfreq(size, 1 / SAMPLE_RATE_HZ), 20.0).astype(np.float32)
    octaves = np.log2(frequency / 800)
    tilt_db = space.tilt_db + float(np.clip(rng.normal(0, 0.7), -1.5, 1.5))
    colour_db = tilt_db * np.clip(octaves, -3, 4)
    # Two broad bells somewhere between 150 Hz and 6 kHz.
    for centre, gain_db in zip(rng.uniform(-2.4, 2.9, 2), rng.normal(0, 2.2, 2), strict=True):
        colour_db += np.clip(gain_db, -5, 5) * np.exp(-((octaves - centre) ** 2) / 0.8)
    colour = 10 ** (colour_db / 20) / np.sqrt(1 + (frequency / space.muffle_hz) ** 4)
    if role not in LOW_ROLES:
        low_cut_hz = rng.uniform(70, 140) if has_bass else rng.uniform(25, 50)
        colour /= np.sqrt(1 + (low_cut_hz / frequency) ** 4)
    colour[: round(LOWEST_HZ * size / SAMPLE_RATE_HZ)] = 0.0
    spectrum = fft.rfft(sound, size) * colour.astype(np.float32)
    if has_echo:
        delay = np.exp(-2j * np.pi * np.arange(len(frequency)) * space.echo_samples / size)
        delay = delay.astype(np.complex64)
        echoes = np.zeros_like(delay)
        for _ in range(N_ECHOES):
            echoes = delay * (1 + 0.45 * echoes)
        spectrum *= 1 + np.float32(space.echo) * echoes
    wet = np.float32(space.wet * ROLE_ROOM.get(role, 1.0))
    spectrum *= 1 + wet * fft.rfft(space.response, size)
    return np.asarray(fft.irfft(spectrum, size)[: len(sound)], dtype=np.float32)

"""From a piece to sound: every part played, placed in a room and balanced."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from scipy import fft

from engine.synthesis.general_midi import stem_of
from engine.synthesis.voice import Voice, open_voice
from engine.timebase import samples_at
from engine.training.corpus.piece import DRUMS, Part, Piece
from engine.training.corpus.style import Style
from engine.training.corpus.styles import STYLES

SAMPLE_RATE_HZ = 32_000
FADE_S = 0.01
# Loudness (RMS while sounding, dB) and share of the room by role; other roles are harmony.
ROLE_LEVEL_DB = {DRUMS: -19.0, "bass": -21.5, "melody": -21.0, "pad": -24.5, "strings": -22.5}
HARMONY_LEVEL_DB = -20.5
ROLE_ROOM = {DRUMS: 0.6, "bass": 0.15, "melody": 1.2, "pad": 1.2}

Mono = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Room:
    """Impulse response of a made-up room: decaying noise, float32 [n], of unit energy."""

    response: Mono
    wet: float


def render(piece: Piece, voice: Voice | None = None) -> tuple[Mono, dict[str, Mono]]:
    """The mix float32 [N] at 32 kHz and its stems, which add up to it.

    Stems are named drums, bass, keys, guitar, other and vocals; only those heard are there.
    Peak of the mix lies between -7 and -2 dBFS. The balance is drawn from the piece's seed.

    Args:
        piece: what to play.
        voice: a voice at 32 kHz to play it with; one is opened and closed where it is missing.
    """
    if voice is None:
        opened = open_voice(SAMPLE_RATE_HZ)
        try:
            return render(piece, opened)
        finally:
            opened.close()
    rng = np.random.default_rng(piece.seed)
    style = next(style for style in STYLES if style.name == piece.style)
    n = samples_at(piece.score.duration, SAMPLE_RATE_HZ)
    room = _draw_room(style, rng)
    pump = _draw_pump(style, piece, n, rng)
    muffle_hz = rng.uniform(3500, 9000) if style.crackle else rng.uniform(9000, 30000)
    stems: dict[str, Mono] = {}
    for part in piece.parts:
        sound = _balanced(_play(part, piece, voice), part.role, rng)
        sound = _coloured(sound, part.role, room, muffle_hz, rng)
        if part.role != DRUMS:
            sound = sound * pump
        name = part.role if part.role in (DRUMS, "bass") else stem_of(part.program)
        stems[name] = stems[name] + sound if name in stems else sound
    if rng.random() < style.crackle:
        crackle = _crackle(n, rng)
        stems["other"] = stems["other"] + crackle if "other" in stems else crackle
    return _levelled(stems, n, rng)


def _play(part: Part, piece: Piece, voice: Voice) -> Mono:
    if part.role == DRUMS:
        stereo = voice.play_hits(part.program, piece.score.drums, piece.score.duration)
    else:
        stereo = voice.play_notes(part.program, part.notes, piece.score.duration)
    return np.asarray((stereo[0] + stereo[1]) * np.float32(0.5), dtype=np.float32)


def _balanced(sound: Mono, role: str, rng: Generator) -> Mono:
    """Brought to its role's loudness, measured where it sounds, give or take some dB."""
    blocks = sound[: len(sound) // 1600 * 1600].reshape(-1, 1600)
    levels = np.sqrt(np.mean(blocks**2, axis=1))
    loud = levels[levels > 0.1 * levels.max()] if levels.max() > 0 else levels
    rms = float(np.sqrt(np.mean(loud**2))) if len(loud) else 0.0
    wanted_db = ROLE_LEVEL_DB.get(role, HARMONY_LEVEL_DB)
    wanted_db += float(np.clip(rng.normal(0, 1.6), -3.5, 3.5))
    gain = 10 ** (wanted_db / 20) / max(rms, 1e-5)
    return sound * np.float32(gain)


def _draw_room(style: Style, rng: Generator) -> Room:
    seconds = rng.uniform(*style.room_s)
    n = int(seconds * SAMPLE_RATE_HZ)
    time = np.arange(n) / SAMPLE_RATE_HZ
    response = rng.standard_normal(n) * np.exp(-6.9 * time / seconds)
    response[: int(0.008 * SAMPLE_RATE_HZ)] = 0.0  # the first reflection comes later than the sound
    response = np.convolve(response, np.full(5, 0.2), mode="same")  # walls swallow the treble
    response /= np.sqrt(np.sum(response**2))
    return Room(response.astype(np.float32), float(rng.uniform(*style.room)))


def _coloured(sound: Mono, role: str, room: Room, muffle_hz: float, rng: Generator) -> Mono:
    """Tilted in tone, muffled above a frequency and put into the room, all in one transform."""
    size = fft.next_fast_len(len(sound) + len(room.response), real=True)
    frequency = np.maximum(np.fft.rfftfreq(size, 1 / SAMPLE_RATE_HZ), 20.0)
    tilt_db = float(np.clip(rng.normal(0, 0.7), -1.5, 1.5))  # per octave away from 800 Hz
    tilt_db = tilt_db * np.clip(np.log2(frequency / 800), -3, 4)
    colour = 10 ** (tilt_db / 20) / np.sqrt(1 + (frequency / muffle_hz) ** 4)
    if role not in (DRUMS, "bass"):
        low_cut_hz = rng.uniform(50, 130)
        colour /= np.sqrt(1 + (low_cut_hz / frequency) ** 4)
    wet = np.float32(room.wet * ROLE_ROOM.get(role, 1.0))
    spectrum = fft.rfft(sound, size) * colour.astype(np.float32)
    spectrum *= 1 + wet * fft.rfft(room.response, size)
    return np.asarray(fft.irfft(spectrum, size)[: len(sound)], dtype=np.float32)


def _draw_pump(style: Style, piece: Piece, n: int, rng: Generator) -> Mono:
    """Gain [n] that ducks at every kick, as a side-chained compressor does; often just ones."""
    gain = np.ones(n, dtype=np.float32)
    if rng.random() >= style.pump:
        return gain
    depth, tau = rng.uniform(0.3, 0.65), rng.uniform(0.06, 0.14)
    dip = 1 - depth * np.exp(-np.arange(int(0.5 * SAMPLE_RATE_HZ)) / (tau * SAMPLE_RATE_HZ))
    for hit in piece.score.drums:
        if hit.pitch in (35, 36):
            start = samples_at(hit.time, SAMPLE_RATE_HZ)
            piece_of_dip = dip[: max(0, n - start)].astype(np.float32)
            window = gain[start : start + len(piece_of_dip)]
            np.minimum(window, piece_of_dip, out=window)
    return gain


def _crackle(n: int, rng: Generator) -> Mono:
    """The dust and hiss of an old record, about 50 dB down."""
    dust = np.zeros(n, dtype=np.float32)
    places = rng.integers(0, n, size=n * 9 // SAMPLE_RATE_HZ)
    dust[places] = rng.exponential(0.012, size=len(places)) * rng.choice((-1, 1), size=len(places))
    hiss = rng.standard_normal(n).astype(np.float32) * np.float32(rng.uniform(0.0003, 0.001))
    return np.asarray(dust + hiss, dtype=np.float32)


def _levelled(stems: dict[str, Mono], n: int, rng: Generator) -> tuple[Mono, dict[str, Mono]]:
    mix = np.sum(list(stems.values()), axis=0, dtype=np.float32)
    peak = max(float(np.abs(mix).max()), 1e-6)
    gain = np.full(n, 10 ** (rng.uniform(-7, -2) / 20) / peak, dtype=np.float32)
    n_fade = int(FADE_S * SAMPLE_RATE_HZ)
    gain[n - n_fade :] *= np.linspace(1, 0, n_fade, dtype=np.float32)
    return mix * gain, {name: stem * gain for name, stem in stems.items()}

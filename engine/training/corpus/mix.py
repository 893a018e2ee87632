"""From a piece to sound: every part played, placed in a room and balanced."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from scipy import ndimage

from engine.synthesis.general_midi import stem_of
from engine.synthesis.voice import Voice, open_voice
from engine.timebase import samples_at
from engine.training.corpus.piece import DRUMS, Part, Piece
from engine.training.corpus.space import SAMPLE_RATE_HZ, Mono, coloured, draw_space
from engine.training.corpus.style import Style
from engine.training.corpus.styles import STYLES

__all__ = ["SAMPLE_RATE_HZ", "render"]

FADE_S = 0.01
# Loudness of a part (RMS while sounding, dB) by role; other roles are harmony.
ROLE_LEVEL_DB = {DRUMS: -19.0, "bass": -22.0, "melody": -21.0, "pad": -24.5, "strings": -22.5}
HARMONY_LEVEL_DB = -20.5
LOUDNESS_DB = -19.0  # of the mix, RMS while sounding
LOWEST_CEILING_DB, HIGHEST_CEILING_DB = -5.0, -1.5
MOST_HELD_BACK = 2.0
LIMITER_REACH = 160  # samples, 5 ms to either side
DRIVE_CHANCE = {DRUMS: 0.3, "bass": 0.3}
OTHER_DRIVE_CHANCE = 0.08


def render(piece: Piece, voice: Voice | None = None) -> tuple[Mono, dict[str, Mono]]:
    """The mix float32 [N] at 32 kHz and its stems, which add up to it.

    Stems are named drums, bass, keys, guitar, other and vocals; only those heard are there.
    The mix peaks below -1.5 dBFS. Balance, room, tone and level are drawn from the piece's seed.

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
    space = draw_space(style, piece.score.tempo_bpm, rng)
    pump = _draw_pump(style, piece, n, rng)
    stems: dict[str, Mono] = {}
    for part in piece.parts:
        sound = _balanced(_play(part, piece, voice), part.role, rng)
        if rng.random() < DRIVE_CHANCE.get(part.role, OTHER_DRIVE_CHANCE):
            sound = _driven(sound, rng)
        sound = coloured(sound, part.role, space, rng, has_bass=piece.part("bass") is not None)
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
    wanted_db = ROLE_LEVEL_DB.get(role, HARMONY_LEVEL_DB)
    wanted_db += float(np.clip(rng.normal(0, 1.6), -3.5, 3.5))
    gain = 10 ** (wanted_db / 20) / max(_loudness(sound), 1e-5)
    return sound * np.float32(gain)


def _driven(sound: Mono, rng: Generator) -> Mono:
    """Rounded at its peaks, as tape and valves do, without getting louder overall."""
    peak = max(float(np.abs(sound).max()), 1e-6)
    drive = rng.uniform(1.2, 3.5) / peak
    bent = np.tanh(sound * np.float32(drive))
    gain = np.sqrt(np.sum(sound**2) / max(float(np.sum(bent**2)), 1e-9))
    return np.asarray(bent * np.float32(gain), dtype=np.float32)


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
    """Mix and stems at a loudness, with peaks held back by one gain for all of them."""
    mix: Mono = np.sum(list(stems.values()), axis=0, dtype=np.float32)
    ceiling = 10 ** (rng.uniform(LOWEST_CEILING_DB, HIGHEST_CEILING_DB) / 20)
    wanted = 10 ** (float(np.clip(rng.normal(LOUDNESS_DB, 1.5), -22, -16)) / 20)
    peak = max(float(np.abs(mix).max()), 1e-6)
    gain = min(wanted / max(_loudness(mix), 1e-5), MOST_HELD_BACK * ceiling / peak)
    n_fade = int(FADE_S * SAMPLE_RATE_HZ)
    curve = gain * _limiting(np.abs(mix) * np.float32(gain), ceiling)
    curve[n - n_fade :] *= np.linspace(1, 0, n_fade, dtype=np.float32)
    return mix * curve, {name: stem * curve for name, stem in stems.items()}


def _loudness(sound: Mono) -> float:
    """RMS of the blocks of 50 ms in which something sounds."""
    blocks = sound[: len(sound) // 1600 * 1600].reshape(-1, 1600)
    levels = np.sqrt(np.mean(blocks**2, axis=1))
    loud = levels[levels > 0.1 * levels.max()] if levels.max() > 0 else levels
    return float(np.sqrt(np.mean(loud**2))) if len(loud) else 0.0


def _limiting(level: Mono, ceiling: float) -> Mono:
    """Gain [N] at most 1 that keeps a level under the ceiling and moves within some 10 ms."""
    needed = np.minimum(1.0, ceiling / np.maximum(level, 1e-6))
    held = ndimage.minimum_filter1d(needed, 2 * LIMITER_REACH + 1, mode="nearest")
    curve = ndimage.uniform_filter1d(held, 2 * LIMITER_REACH + 1, mode="nearest")
    return np.asarray(curve, dtype=np.float32)

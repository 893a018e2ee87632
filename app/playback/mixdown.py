"""What is heard: voices laid on the time line are summed into blocks of stereo samples.

Everything here is at one rate, the playback device's; sounds are resampled before they get here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.timebase import Samples, Span

Stereo = NDArray[np.float32]
"""float32 ``[N, 2]``: frames in the order a sound card takes them."""

SILENCE_DB = -60.0


@dataclass(frozen=True, slots=True, eq=False)
class Voice:
    """One sound on the time line.

    ``frames`` ``[N, 2]`` start sounding at ``start`` (samples from bar 1; may be negative), from
    their sample ``offset`` on, for ``length`` samples. Fades lie inside the length.
    ``pan`` is -1 left, 0 centre, 1 right.
    """

    frames: Stereo
    start: Samples
    length: Samples
    offset: Samples = Samples(0)
    gain_db: float = 0.0
    pan: float = 0.0
    fade_in: Samples = Samples(0)
    fade_out: Samples = Samples(0)

    @property
    def end(self) -> Samples:
        """First sample after the voice."""
        return Samples(self.start + self.length)


def gain_of(gain_db: float) -> float:
    """Factor of a level change; at and below ``SILENCE_DB`` a fader is closed."""
    return 0.0 if gain_db <= SILENCE_DB else 10.0 ** (gain_db / 20.0)


def pan_gains(pan: float) -> tuple[float, float]:
    """Left and right factors; the centre leaves both at 1, so centred sound stays untouched."""
    return min(1.0, 1.0 - pan), min(1.0, 1.0 + pan)


def mix_block(voices: tuple[Voice, ...], span: Span[Samples], master_db: float = 0.0) -> Stereo:
    """The sum of all voices over ``span``; not limited to -1..1, NaN and infinity are silence."""
    block = np.zeros((span.end - span.start, 2), np.float32)
    for voice in voices:
        first = max(span.start, voice.start)
        source = first - voice.start + voice.offset
        last = min(int(span.end), int(voice.end), first + len(voice.frames) - source)
        if first >= last:
            continue
        part = voice.frames[source : source + last - first] * _gains(voice)
        envelope = _fades(voice, first - voice.start, last - voice.start)
        if envelope is not None:
            part *= envelope[:, np.newaxis]
        block[first - span.start : last - span.start] += part
    block *= gain_of(master_db)
    return np.nan_to_num(block, copy=False, nan=0.0, posinf=0.0, neginf=0.0)


def is_audible(is_muted: bool, is_soloed: bool, any_solo: bool) -> bool:
    """Whether a lane is heard: mute always silences; any solo silences what is not soloed."""
    return not is_muted and (is_soloed or not any_solo)


def peak_db(block: Stereo) -> float:
    """Highest sample of a block in dBFS; ``-inf`` for silence."""
    peak = float(np.abs(block).max(initial=0.0))
    return 20.0 * math.log10(peak) if peak > 0 else -math.inf


def _gains(voice: Voice) -> Stereo:
    left, right = pan_gains(voice.pan)
    return np.array([left, right], np.float32) * np.float32(gain_of(voice.gain_db))


def _fades(voice: Voice, first: int, last: int) -> NDArray[np.float32] | None:
    """Linear fades over ``[first, last)`` of the voice; None where it plays at full level."""
    is_fading_in = first < voice.fade_in
    is_fading_out = last > voice.length - voice.fade_out
    if not is_fading_in and not is_fading_out:
        return None
    index = np.arange(first, last, dtype=np.float32)
    envelope = np.ones(last - first, np.float32)
    if is_fading_in:
        envelope = np.minimum(envelope, (index + 0.5) / voice.fade_in)
    if is_fading_out:
        envelope = np.minimum(envelope, (voice.length - index - 0.5) / voice.fade_out)
    return envelope

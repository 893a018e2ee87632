"""Which pulse is the beat, and where the bars begin.

A tracker of beats easily settles on half, twice or three times the beat. All those grids are
compared with both activation curves by correlation, which does not mind how sure the curves are
and counts beats that a grid leaves out as well as those it makes up. What the network makes of
the recording as a whole, the length of a beat and the beats in a bar, decides where grids are
about as good.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.hearing.pulse_classes import BEATS_PER_BAR, Pulse
from engine.hearing.spectra import RHYTHM_RATE_HZ

SHORTEST_STEP, LONGEST_STEP = 6.0, 70.0
"""Beat lengths in frames of 20 ms that are considered."""

PULSE_WIDTH = 3.0
"""Frames to each side over which a pulse of a grid falls to zero."""

BAR_WEIGHT = 1.0
"""How much the likeness of the bars counts beside that of the beats."""

PULSE_WEIGHT = 0.2
"""How much the logarithms of the network's shares count beside the likeness."""

Curve = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Metre:
    """Beats in frames, the beats per bar, and the index of the first downbeat among the beats."""

    beats: Curve
    per_bar: int
    first_downbeat: int

    @property
    def quarters_per_beat(self) -> float:
        """Six beats to the bar are eighths, others quarters."""
        return 0.5 if self.per_bar == 6 else 1.0


def choose_metre(frames: Curve, beat: Curve, downbeat: Curve, pulse: Pulse) -> Metre:
    """The best reading of a regular grid of at least two ``frames``; curves are ``[T]``."""
    readings = [_reading(frames, beat, downbeat, pulse)]
    for grid in _levels(frames):
        if SHORTEST_STEP <= np.median(np.diff(grid)) <= LONGEST_STEP:
            readings.append(_reading(grid, beat, downbeat, pulse))
    return max(readings, key=lambda reading: reading[0])[1]


def _reading(grid: Curve, beat: Curve, downbeat: Curve, pulse: Pulse) -> tuple[float, Metre]:
    """How well a grid explains the curves, and its bars."""
    whole = to_the_ends(grid, len(beat))
    likeness, metre = _bars(downbeat, whole, pulse)
    beat_s = float(np.median(np.diff(grid))) / RHYTHM_RATE_HZ
    score = _likeness(_pulses(whole, len(beat)), beat) + likeness
    return score + PULSE_WEIGHT * float(pulse.log_share_of_length(beat_s)), metre


def to_the_ends(frames: Curve, n_frames: int) -> Curve:
    """Go on with the beat to both ends of the recording, where little or nothing sounds around it.

    A beat on the very edge counts: recordings are often cut there.
    """
    step = float(np.median(np.diff(frames)))
    before = np.arange(frames[0] - step, -1.5, -step)[::-1]
    after = np.arange(frames[-1] + step, n_frames - 0.5, step)
    return np.concatenate([before, frames, after])


def _levels(frames: Curve) -> Iterator[Curve]:
    """Every second or third of a grid, from each start; two and three times as many."""
    for ratio in (2, 3):
        yield from (frames[s::ratio] for s in range(ratio) if len(frames[s::ratio]) >= 3)
        places = np.arange(ratio * (len(frames) - 1) + 1) / ratio
        yield np.interp(places, np.arange(len(frames)), frames)


def _bars(downbeat: Curve, beats: Curve, pulse: Pulse) -> tuple[float, Metre]:
    """The bar pattern most like the activations on the beats and to the network's mind."""
    padded = np.pad(downbeat, 2)
    frames = np.clip(np.round(beats).astype(np.int64), -1, len(downbeat))
    heard = np.sqrt(np.max([padded[frames + shift] for shift in (1, 2, 3)], axis=0))
    best = -np.inf, Metre(beats, BEATS_PER_BAR[0], 0)
    for per_bar, log_share in zip(BEATS_PER_BAR, pulse.log_per_bar, strict=True):
        for first in range(per_bar):
            pattern = (np.arange(len(beats)) % per_bar == first).astype(np.float64)
            score = BAR_WEIGHT * _likeness(pattern, heard) + PULSE_WEIGHT * log_share
            if score > best[0]:
                best = score, Metre(beats, per_bar, first)
    return best


def _pulses(grid: Curve, n_frames: int) -> Curve:
    """A triangle around each place of an ordered grid, ``[T]``."""
    frames = np.arange(n_frames)
    after = np.searchsorted(grid, frames).clip(1, len(grid) - 1)
    distance = np.minimum(np.abs(frames - grid[after - 1]), np.abs(grid[after] - frames))
    return np.asarray(np.maximum(0.0, 1.0 - distance / PULSE_WIDTH))


def _likeness(pattern: Curve, heard: Curve) -> float:
    """Correlation; 0 where either does not vary."""
    a, b = pattern - pattern.mean(), heard - heard.mean()
    spread = float(np.sqrt((a @ a) * (b @ b)))
    return float(a @ b) / spread if spread > 0 else 0.0

"""Beats, downbeats and tempo out of two activation curves at 50 Hz.

Beats: Viterbi over (beat length, position inside the beat); the length may change slightly, only
at a beat. Then the metrical level and the bars are chosen. The state space follows Krebs, Böck
and Widmer, "An efficient state-space model for joint tempo and meter tracking" (ISMIR 2015),
reduced to one beat.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.hearing.metrical_level import choose_metre
from engine.hearing.pulse_classes import ANY_PULSE, Pulse
from engine.hearing.spectra import RHYTHM_RATE_HZ, rhythm_frame_times
from engine.timebase import Seconds

SHORTEST_BEAT, LONGEST_BEAT = 7, 65
"""Beat lengths in frames of 20 ms: eighths of 6/8 at 200 bpm to quarters at 46 bpm."""

STIFFNESS = 60.0
ROUNDING_COST = 0.2
"""How strongly a beat keeps the length of the one before. One frame more or less is the rounding
of a steady tempo and costs little; beyond that, each 5 % cost 3."""

EAGERNESS = 0.8
"""Power that activations are raised to: below 1, weak beats between strong ones are believed."""

LEAST_SUPPORT = 0.08
"""Mean activation on the chosen beats below which a recording counts as having no beat."""

Curve = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Beats and downbeats in seconds; tempo in quarter notes per minute, 0 where none is heard."""

    beats: tuple[Seconds, ...]
    downbeats: tuple[Seconds, ...]
    tempo_bpm: float


NO_RHYTHM = Rhythm((), (), 0.0)


@dataclass(frozen=True, slots=True)
class _States:
    """All (length, position) pairs in one row; lengths lie one after the other."""

    lengths: NDArray[np.int64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    is_beat: NDArray[np.bool_]
    length_change: Curve


@lru_cache(maxsize=1)
def _states() -> _States:
    lengths = np.arange(SHORTEST_BEAT, LONGEST_BEAT + 1)
    last = np.cumsum(lengths) - 1
    first = last - lengths + 1
    is_beat = np.zeros(int(lengths.sum()), dtype=bool)
    is_beat[first] = True
    change = np.abs(lengths[None, :] - lengths[:, None])  # [from, to]
    cost = ROUNDING_COST * change + STIFFNESS * np.maximum(0, change - 1) / lengths[:, None]
    return _States(lengths, first, last, is_beat, -cost)


def decode_rhythm(beat: Curve, downbeat: Curve, pulse: Pulse = ANY_PULSE) -> Rhythm:
    """Find the beats of activations 0..1, ``[T]`` each at 50 Hz."""
    frames = beat_frames(beat, pulse)
    if len(frames) < 2 or beat[frames].mean() < LEAST_SUPPORT:
        return NO_RHYTHM
    metre = choose_metre(_sharpened(frames, beat), beat, downbeat, pulse)
    beats = np.maximum(0.0, rhythm_frame_times(1)[0] + metre.beats / RHYTHM_RATE_HZ)
    return Rhythm(
        tuple(Seconds(float(time)) for time in beats),
        tuple(Seconds(float(time)) for time in beats[metre.first_downbeat :: metre.per_bar]),
        60.0 * metre.quarters_per_beat / steady_beat_s(beats),
    )


def beat_frames(beat: Curve, pulse: Pulse) -> NDArray[np.int64]:
    """Frames of the best beat sequence that begins with a likely length."""
    if len(beat) < 2 * SHORTEST_BEAT:
        return np.zeros(0, dtype=np.int64)
    states = _states()
    belief = beat**EAGERNESS
    log_beat = np.log(np.clip(belief, 1e-3, 1.0))
    log_rest = np.log(np.clip(1.0 - belief, 1e-3, 1.0))
    total = np.where(states.is_beat, log_beat[0], log_rest[0])
    # A longer beat has more positions to start in; each starts equally likely.
    likely = pulse.log_share_of_length(states.lengths / RHYTHM_RATE_HZ) - np.log(states.lengths)
    total += np.repeat(likely, states.lengths)
    came_from = np.empty((len(beat), len(states.lengths)), dtype=np.int16)
    for frame in range(1, len(beat)):
        entering = total[states.last][:, None] + states.length_change
        best = entering.argmax(axis=0)
        came_from[frame] = best
        moved = np.empty_like(total)
        moved[1:] = total[:-1]
        moved[states.first] = entering[best, np.arange(len(best))]
        total = moved + np.where(states.is_beat, log_beat[frame], log_rest[frame])
    return _walk_back(int(total.argmax()), came_from)


def _walk_back(state: int, came_from: NDArray[np.int16]) -> NDArray[np.int64]:
    states = _states()
    frames = []
    frame = len(came_from) - 1
    while frame >= 0:
        length_index = int(np.searchsorted(states.last, state))
        frame -= state - int(states.first[length_index])
        if frame < 0:
            break
        frames.append(frame)
        if frame == 0:
            break
        state = int(states.last[came_from[frame, length_index]])
        frame -= 1
    return np.array(frames[::-1], dtype=np.int64)


def _sharpened(frames: NDArray[np.int64], curve: Curve) -> Curve:
    """Move each beat to the centre of the activation within two frames around it."""
    padded = np.pad(curve, 2)
    weights = np.stack([padded[frames + shift] for shift in range(5)])
    offsets = (weights * np.arange(-2, 3)[:, None]).sum(axis=0) / (weights.sum(axis=0) + 1e-9)
    return np.asarray(frames + offsets)


def steady_beat_s(beats: Curve) -> float:
    """Length of a beat from all of them: the slope of the line through those spaced evenly.

    The median spacing decides how many beats lie in each gap, so a missed beat does no harm.
    """
    median = float(np.median(np.diff(beats)))
    counts = np.concatenate([[0.0], np.cumsum(np.round(np.diff(beats) / median))])
    if len(beats) < 3 or counts[-1] < 2:
        return median
    return float(np.polyfit(counts, beats, 1)[0])

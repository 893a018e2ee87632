"""The audio callback's work: copy from a finished program, advance, fade at every joint.

The interface thread replaces one ``Orders`` value; the callback obeys at its next block. The
callback takes no lock, allocates no sample array and calls nothing but array copies.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from app.playback.mixdown import Stereo
from app.playback.one_shot import OneShot
from engine.timebase import Samples, Span

FADE_S = 0.006
_STALE_CLOCK_S = 0.2


@dataclass(frozen=True, slots=True, eq=False)
class Orders:
    """What the callback shall do.

    ``jump`` counts seeks: a new number means "go to ``jump_to``". Playback ends at ``stop_at``.
    """

    program: Stereo
    is_playing: bool = False
    jump: int = 0
    jump_to: int = 0
    loop: Span[Samples] | None = None
    stop_at: int | None = None


@dataclass(frozen=True, slots=True)
class _Clock:
    """Where the callback was: it began the block at ``position`` at the time ``stamp``."""

    position: int = 0
    stamp: float = 0.0
    is_sounding: bool = False
    has_wrapped: bool = False


class Player:
    """Plays one program, an array ``[N, 2]`` that a worker may still be filling ahead of it.

    Every joint (start, stop, seek, loop end, another program) is a linear cross-fade of
    ``FADE_S``: the new stream rises while the old one, the *tail*, falls.
    """

    def __init__(self, sample_rate_hz: int) -> None:
        self.sample_rate_hz = sample_rate_hz
        self.one_shot = OneShot(sample_rate_hz)
        self._orders = Orders(np.zeros((0, 2), np.float32))
        # The rest belongs to the audio thread.
        self._seen = self._orders
        n_fade = max(1, round(FADE_S * sample_rate_hz))
        rise = (np.arange(n_fade, dtype=np.float32) + 0.5) / n_fade
        self._rise = np.repeat(rise[:, np.newaxis], 2, axis=1)
        self._fall = self._rise[::-1].copy()
        self._scratch = np.zeros((n_fade, 2), np.float32)
        self._position = 0
        self._risen = n_fade
        self._tail = self._orders.program
        self._tail_position = 0
        self._fallen = n_fade
        self._is_sounding = False
        self._has_wrapped = False
        self._clock = _Clock()
        self.n_blocks = 0

    # Called by the interface thread.

    @property
    def is_playing(self) -> bool:
        """Whether sound was asked for and has not run into ``stop_at``."""
        return self._orders.is_playing and not (
            self._seen is self._orders and not self._is_sounding
        )

    def play_from(self, position: int, stop_at: int | None = None) -> None:
        """Start, or jump while playing."""
        orders = self._orders
        self._orders = replace(
            orders, is_playing=True, jump=orders.jump + 1, jump_to=position, stop_at=stop_at
        )

    def stop(self) -> None:
        """Fade out."""
        self._orders = replace(self._orders, is_playing=False)

    def swap_program(self, program: Stereo) -> None:
        """Cross-fade to another program at the same position."""
        self._orders = replace(self._orders, program=program)

    def loop_over(self, loop: Span[Samples] | None) -> None:
        """Repeat a stretch from the next time its end is reached; None plays on."""
        self._orders = replace(self._orders, loop=loop)

    def heard_position(self, latency_s: float) -> int:
        """Sample that leaves the loudspeaker now."""
        clock, orders = self._clock, self._seen
        if orders is not self._orders and orders.jump != self._orders.jump:
            return self._orders.jump_to
        if not clock.is_sounding:
            return clock.position
        since_s = min(time.perf_counter() - clock.stamp, _STALE_CLOCK_S)
        heard = clock.position + round((since_s - latency_s) * self.sample_rate_hz)
        if clock.has_wrapped and orders.loop is not None and heard < orders.loop.start:
            return heard + orders.loop.end - orders.loop.start
        return heard if clock.has_wrapped else max(heard, orders.jump_to)

    # Called by the audio thread.

    def fill(self, out: Stereo) -> None:
        """Write the next block into ``out`` ``[n, 2]``; what the program lacks is silence."""
        if self._orders is not self._seen and self._fallen == len(self._fall):
            self._obey(self._orders)
        self._clock = _Clock(
            self._position, time.perf_counter(), self._is_sounding, self._has_wrapped
        )
        out[:] = 0.0
        self._play_main(out)
        self.one_shot.add_to(out)
        np.clip(out, -1.0, 1.0, out=out)
        self.n_blocks += 1

    def _obey(self, orders: Orders) -> None:
        before, self._seen = self._seen, orders
        is_jumping = orders.jump != before.jump
        is_joint = is_jumping or orders.program is not before.program
        if self._is_sounding and (is_joint or not orders.is_playing):
            self._start_tail(before.program)
        if is_jumping:
            self._position = orders.jump_to
            self._has_wrapped = False
        if orders.is_playing and (is_joint or not self._is_sounding):
            self._risen = 0
        # A stream that ran into its end stays silent until it is told to jump.
        self._is_sounding = orders.is_playing and (
            is_jumping or self._is_sounding or not before.is_playing
        )

    def _start_tail(self, program: Stereo) -> None:
        self._tail, self._tail_position, self._fallen = program, self._position, 0

    def _play_main(self, out: Stereo) -> None:
        """Copy the program in runs that end at the block, the loop end or ``stop_at``."""
        orders, done = self._seen, 0
        while done < len(out):
            run = len(out) - done
            border = self._border(orders) if self._is_sounding else None
            if border is not None:
                run = min(run, border - self._position)
            if self._is_sounding:
                self._copy(out[done : done + run], orders.program)
                self._position += run
            self._add_tail(out[done : done + run])
            done += run
            if self._position == border:
                self._cross_border(orders)

    def _border(self, orders: Orders) -> int | None:
        """The next position at which the stream jumps or ends; None where it plays on."""
        if orders.stop_at is not None and self._position < orders.stop_at:
            return orders.stop_at
        if orders.loop is not None and self._position < orders.loop.end and orders.stop_at is None:
            return orders.loop.end
        return None

    def _cross_border(self, orders: Orders) -> None:
        self._start_tail(orders.program)
        if orders.stop_at is not None or orders.loop is None:
            self._is_sounding = False
            return
        self._position = orders.loop.start
        self._has_wrapped = True
        self._risen = 0

    def _copy(self, out: Stereo, program: Stereo) -> None:
        start = self._position
        n_copied = max(0, min(len(out), len(program) - start))
        out[:n_copied] = program[start : start + n_copied]
        n_rising = min(len(out), len(self._rise) - self._risen)
        if n_rising > 0:
            out[:n_rising] *= self._rise[self._risen : self._risen + n_rising]
            self._risen += n_rising

    def _add_tail(self, out: Stereo) -> None:
        n_falling = min(len(out), len(self._fall) - self._fallen)
        if n_falling <= 0:
            return
        start = self._tail_position
        n_copied = max(0, min(n_falling, len(self._tail) - start))
        part: NDArray[np.float32] = self._scratch[:n_copied]
        np.multiply(
            self._tail[start : start + n_copied],
            self._fall[self._fallen : self._fallen + n_copied],
            out=part,
        )
        out[:n_copied] += part
        self._tail_position += n_falling
        self._fallen += n_falling

"""Where playback is and what the transport keys do; musical time outside, samples inside.

Nothing here is an edit: moving the playhead is not undone and not saved in the history.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from app.playback.player import Player
from engine.timebase import Samples, Seconds, Span, TempoMap, Ticks, samples_at, seconds_of

PLAYHEAD_INTERVAL_MS = 16
ZERO = Ticks(0)


@dataclass(frozen=True, slots=True)
class TransportState:
    """What the transport bar shows besides the moving playhead.

    ``start_marker`` is where playback starts again; ``loop`` is kept while ``is_looping`` is off.
    """

    start_marker: Ticks = ZERO
    is_playing: bool = False
    loop: Span[Ticks] | None = None
    is_looping: bool = False
    has_metronome: bool = False

    @property
    def sounding_loop(self) -> Span[Ticks] | None:
        """The stretch that repeats, or None."""
        return self.loop if self.is_looping else None


class Transport(QObject):
    """Drives a ``Player`` and tells where it is, about sixty times a second while it plays."""

    changed = Signal()
    playhead_moved = Signal(int)

    def __init__(self, player: Player, tempo: TempoMap = TempoMap()) -> None:
        super().__init__()
        self.state = TransportState()
        self.tempo = tempo
        self.latency_s = 0.0
        self._player = player
        self._end = ZERO
        self._playhead = ZERO
        self._timer = QTimer(self, interval=PLAYHEAD_INTERVAL_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.refresh)

    # What others read.

    @property
    def playhead(self) -> Ticks:
        """Where the sound is, or where it stopped."""
        return self._playhead

    @property
    def is_playing(self) -> bool:
        """Whether sound is running."""
        return self.state.is_playing

    # What keys and buttons do.

    def play(self) -> None:
        """Play from the start marker."""
        self._play_from(self.state.start_marker)

    def stop(self) -> None:
        """Stop and return to the start marker; stopping again goes to the very start."""
        if not self.state.is_playing and self._playhead == self.state.start_marker:
            self._set(replace(self.state, start_marker=ZERO))
        self._halt(self.state.start_marker)

    def toggle(self) -> None:
        """Play, or stop and return to the start marker."""
        if self.state.is_playing:
            self._halt(self.state.start_marker)
        else:
            self.play()

    def continue_or_pause(self) -> None:
        """Pause where it is, or go on from there; the start marker stays."""
        if self.state.is_playing:
            self.refresh()
            self._halt(self._playhead)
        else:
            self._play_from(self._playhead)

    def play_once(self, span: Span[Ticks]) -> None:
        """Play a stretch and stop at its end, whatever the loop says."""
        self._play_from(span.start, stop_at=span.end)

    def seek(self, position: Ticks) -> None:
        """Move the start marker and the playhead; while playing, the sound jumps there."""
        position = Ticks(max(0, position))
        self._set(replace(self.state, start_marker=position))
        if self.state.is_playing:
            self._player.play_from(self._sample(position))
        self._move_playhead(position)

    def set_loop(self, loop: Span[Ticks] | None) -> None:
        """Lay the loop brace over a stretch, or take it away."""
        is_looping = self.state.is_looping and loop is not None
        self._set(replace(self.state, loop=loop, is_looping=is_looping))

    def set_looping(self, is_looping: bool) -> None:
        """Switch the loop on or off; without a brace there is nothing to repeat."""
        self._set(replace(self.state, is_looping=is_looping and self.state.loop is not None))

    def loop_over(self, span: Span[Ticks]) -> None:
        """Lay the brace over a stretch and switch it on."""
        self._set(replace(self.state, loop=span, is_looping=True))

    def set_metronome(self, is_on: bool) -> None:
        """Click on every beat, or not."""
        self._set(replace(self.state, has_metronome=is_on))

    # What the studio tells.

    def set_tempo(self, tempo: TempoMap) -> None:
        """Keep the musical position under another tempo."""
        if tempo == self.tempo:
            return
        self.refresh()
        self.tempo = tempo
        self._tell_loop()
        if self.state.is_playing:
            self._player.play_from(self._sample(self._playhead))

    def set_end(self, end: Ticks) -> None:
        """Where the music ends; playing over it stops. 0: nothing to end, play on."""
        self._end = end

    def use_player(self, player: Player) -> None:
        """Go on with another player, at its rate."""
        was_playing = self.state.is_playing
        if was_playing:
            self.refresh()
            self._player.stop()
        self._player = player
        self._tell_loop()
        if was_playing:
            player.play_from(self._sample(self._playhead))

    def refresh(self) -> None:
        """Read where the player is and tell it."""
        if not self.state.is_playing:
            return
        sample = self._player.heard_position(self.latency_s)
        position = self.tempo.ticks_at(
            seconds_of(Samples(max(0, sample)), self._player.sample_rate_hz)
        )
        has_passed_end = self._playhead < self._end <= position and not self.state.sounding_loop
        if has_passed_end or not self._player.is_playing:
            self._halt(self.state.start_marker)
        else:
            self._move_playhead(position)

    def _play_from(self, position: Ticks, stop_at: Ticks | None = None) -> None:
        end = None if stop_at is None else self._sample(stop_at)
        self._player.play_from(self._sample(position), end)
        self._move_playhead(position)
        self._set(replace(self.state, is_playing=True))
        self._timer.start()

    def _halt(self, position: Ticks) -> None:
        self._player.stop()
        self._timer.stop()
        self._set(replace(self.state, is_playing=False))
        self._move_playhead(position)

    def _move_playhead(self, position: Ticks) -> None:
        if position != self._playhead:
            self._playhead = position
            self.playhead_moved.emit(position)

    def _set(self, state: TransportState) -> None:
        if state == self.state:
            return
        has_new_loop = state.sounding_loop != self.state.sounding_loop
        self.state = state
        if has_new_loop:
            self._tell_loop()
        self.changed.emit()

    def _tell_loop(self) -> None:
        loop = self.state.sounding_loop
        self._player.loop_over(
            None
            if loop is None
            else Span(Samples(self._sample(loop.start)), Samples(self._sample(loop.end)))
        )

    def _sample(self, position: Ticks) -> int:
        seconds: Seconds = self.tempo.seconds_at(position)
        return samples_at(seconds, self._player.sample_rate_hz)

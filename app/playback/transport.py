"""Where playback is and what the transport keys do; musical time outside, samples inside.

Nothing here is an edit: moving the playhead is not undone and not saved in the history.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from app.document.workspace import Workspace
from app.playback.player import Player
from engine.timebase import Samples, Span, TempoMap, Ticks, samples_at, seconds_of

PLAYHEAD_INTERVAL_MS = 16


class Transport(QObject):
    """Drives a ``Player`` and moves the workspace's playhead, sixty times a second.

    Start marker and loop live in the workspace, where rulers and lanes move them too.

    Signals:
        changed(): playing or the metronome went on or off.
    """

    changed = Signal()

    def __init__(self, workspace: Workspace, player: Player, tempo: TempoMap = TempoMap()) -> None:
        super().__init__()
        self.latency_s = 0.0
        self._workspace = workspace
        self._player = player
        self._tempo = tempo
        self._end = Ticks(0)
        self._is_playing = False
        self._has_metronome = False
        self._timer = QTimer(self, interval=PLAYHEAD_INTERVAL_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.refresh)
        workspace.start_marker_changed.connect(self._on_start_marker_changed)
        workspace.loop_changed.connect(self._on_loop_changed)

    # What others read.

    @property
    def is_playing(self) -> bool:
        """Whether sound is running."""
        return self._is_playing

    @property
    def has_metronome(self) -> bool:
        """Whether every beat clicks."""
        return self._has_metronome

    # What keys and buttons do.

    def play(self) -> None:
        """Play from the start marker."""
        self._play_from(self._workspace.start_marker)

    def stop(self) -> None:
        """Stop and return to the start marker; stopping again goes to the very start."""
        workspace = self._workspace
        if not self._is_playing and workspace.playhead == workspace.start_marker:
            workspace.set_start_marker(Ticks(0))
        self._halt(workspace.start_marker)

    def toggle(self) -> None:
        """Play, or stop and return to the start marker."""
        if self._is_playing:
            self._halt(self._workspace.start_marker)
        else:
            self.play()

    def continue_or_pause(self) -> None:
        """Pause where it is, or go on from there; the start marker stays."""
        if self._is_playing:
            self.refresh()
            self._halt(self._workspace.playhead)
        else:
            self._play_from(self._workspace.playhead)

    def play_once(self, span: Span[Ticks]) -> None:
        """Play a stretch and stop at its end, whatever the loop says."""
        self._play_from(span.start, stop_at=span.end)

    def seek(self, position: Ticks) -> None:
        """Move start marker and playhead; while playing, the sound jumps there."""
        if position == self._workspace.start_marker:
            self._on_start_marker_changed(position)
        else:
            self._workspace.set_start_marker(position)

    def set_metronome(self, is_on: bool) -> None:
        """Click on every beat, or not."""
        if is_on != self._has_metronome:
            self._has_metronome = is_on
            self.changed.emit()

    # What the studio tells.

    def set_tempo(self, tempo: TempoMap) -> None:
        """Keep the musical position under another tempo."""
        if tempo == self._tempo:
            return
        self.refresh()
        self._tempo = tempo
        self._tell_loop()
        if self._is_playing:
            self._player.play_from(self._sample(self._workspace.playhead))

    def set_end(self, end: Ticks) -> None:
        """Where the music ends; playing over it stops. 0: nothing to end, play on."""
        self._end = end

    def use_player(self, player: Player) -> None:
        """Go on with another player, at its rate."""
        if self._is_playing:
            self.refresh()
            self._player.stop()
        self._player = player
        self._tell_loop()
        if self._is_playing:
            player.play_from(self._sample(self._workspace.playhead))

    def refresh(self) -> None:
        """Read where the player is and move the playhead there."""
        if not self._is_playing:
            return
        sample = max(0, self._player.heard_position(self.latency_s))
        position = self._tempo.ticks_at(seconds_of(Samples(sample), self._player.sample_rate_hz))
        has_passed_end = (
            not self._workspace.is_looping and self._workspace.playhead < self._end <= position
        )
        if has_passed_end or not self._player.is_playing:
            self._halt(self._workspace.start_marker)
        else:
            self._workspace.set_playhead(position)

    def _play_from(self, position: Ticks, stop_at: Ticks | None = None) -> None:
        end = None if stop_at is None else self._sample(stop_at)
        self._player.play_from(self._sample(position), end)
        self._workspace.set_playhead(position)
        self._timer.start()
        self._set_playing(True)

    def _halt(self, position: Ticks) -> None:
        self._player.stop()
        self._timer.stop()
        self._workspace.set_playhead(position)
        self._set_playing(False)

    def _set_playing(self, is_playing: bool) -> None:
        if is_playing != self._is_playing:
            self._is_playing = is_playing
            self.changed.emit()

    @Slot(object)
    def _on_start_marker_changed(self, position: Ticks) -> None:
        if self._is_playing:
            self._player.play_from(self._sample(position))
        self._workspace.set_playhead(position)

    @Slot(object, bool)
    def _on_loop_changed(self, _loop: Span[Ticks] | None, _is_on: bool) -> None:
        self._tell_loop()

    def _tell_loop(self) -> None:
        loop = self._workspace.loop if self._workspace.is_looping else None
        self._player.loop_over(
            None
            if loop is None
            else Span(Samples(self._sample(loop.start)), Samples(self._sample(loop.end)))
        )

    def _sample(self, position: Ticks) -> int:
        return samples_at(self._tempo.seconds_at(position), self._player.sample_rate_hz)

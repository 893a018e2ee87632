"""The transport keys."""

from __future__ import annotations

from app.document.document import ProjectDocument
from app.document.workspace import Workspace
from app.playback.transport import Transport
from engine.timebase import Span, Ticks

DEFAULT_LOOP_BARS = 2


class PlaybackActions:
    """Play, stop, loop and move about. None of these is an undo step."""

    def __init__(
        self, document: ProjectDocument, workspace: Workspace, transport: Transport
    ) -> None:
        self._document = document
        self._workspace = workspace
        self._transport = transport

    def play_or_stop(self) -> None:
        """Space."""
        self._transport.toggle()

    def play(self) -> None:
        """The play button: from the start marker, also while playing."""
        self._transport.play()

    def stop(self) -> None:
        """The stop button: back to the start marker, then to the start."""
        self._transport.stop()

    def continue_or_pause(self) -> None:
        """Shift+Space."""
        self._transport.continue_or_pause()

    def play_selection(self) -> None:
        """Play what is selected once; nothing selected plays from the start marker."""
        span = self._workspace.selection.span
        if span is None:
            self._transport.play()
        else:
            self._transport.play_once(span)

    def to_start(self) -> None:
        """Playhead to bar 1."""
        self._transport.seek(Ticks(0))

    def to_end(self) -> None:
        """Playhead to where the music ends."""
        self._transport.seek(self._document.project.end)

    def seek(self, position: Ticks) -> None:
        """Playhead to a position."""
        self._transport.seek(position)

    def step_bars(self, n_bars: int) -> None:
        """Playhead to the next or previous bar line."""
        tempo = self._document.project.tempo
        bar, beat, tick = tempo.position_at(self._workspace.playhead)
        is_on_line = beat == 1 and tick == 0
        target = bar + n_bars + (1 if n_bars < 0 and not is_on_line else 0)
        self._transport.seek(tempo.bar_start(max(1, target)))

    def toggle_loop(self) -> None:
        """Loop on or off; the first time over two bars from the start marker."""
        if self._workspace.loop is None:
            self._workspace.set_loop(self._default_loop(), is_on=True)
        else:
            self._workspace.set_looping(not self._workspace.is_looping)

    def loop_selection(self) -> None:
        """Lay the loop over the selection and switch it on."""
        span = self._workspace.selection.span
        if span is not None:
            self._workspace.set_loop(span, is_on=True)

    def toggle_metronome(self) -> None:
        """Metronome on or off."""
        self._transport.set_metronome(not self._transport.has_metronome)

    def _default_loop(self) -> Span[Ticks]:
        tempo = self._document.project.tempo
        bar = tempo.position_at(self._workspace.start_marker)[0]
        return tempo.bars(bar, bar + DEFAULT_LOOP_BARS - 1)

"""The sound of the lanes before any model plays, rendered beside the interface."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from app.model.lane import CONDITION_LANES, LaneId
from app.model.performance import perform
from app.model.project import Project
from app.process import step_back
from engine.requests import Audio
from engine.score import Score
from engine.synthesis.sketch import sketch
from engine.synthesis.voice import Voice
from engine.timebase import TICKS_PER_QUARTER, Span, TempoMap, Ticks

TAIL_TICKS = 4 * TICKS_PER_QUARTER
"""How long the last notes may ring."""


@dataclass(frozen=True, slots=True)
class _Heard:
    """All that a lane's sound depends on."""

    contents: object
    tempo: TempoMap


class LaneSound(QObject):
    """Renders each lane anew when its contents or the tempo change; gains and mutes do not count.

    Signals:
        rendered(LaneId, Audio | None): a lane's stereo sound from bar 1 on, at the voice's
            rate; None where it is empty. Emitted from the worker thread: connect it to a slot
            of a ``QObject`` that lives in the main thread.
    """

    rendered = Signal(object, object)

    def __init__(self, open_voice: Callable[[], Voice], parent: QObject | None = None) -> None:
        """``open_voice`` is called in the worker thread, when there is first something to play."""
        super().__init__(parent)
        self._open_voice = open_voice
        self._voice: Voice | None = None
        self._condition = threading.Condition()
        self._waiting: Project | None = None
        self._is_closing = False
        self._is_busy = False
        self._rendered: dict[LaneId, _Heard] = {}
        self._thread = threading.Thread(target=self._run, name="lane sound", daemon=True)
        self._thread.start()

    def follow(self, project: Project) -> None:
        """Render what differs from the project before; the newest project always wins."""
        with self._condition:
            self._waiting = project
            self._condition.notify_all()

    def finish(self, timeout_s: float = 5.0) -> bool:
        """Wait until the newest project is rendered; False where it takes longer."""
        with self._condition:
            return self._condition.wait_for(
                lambda: self._waiting is None and not self._is_busy, timeout_s
            )

    def close(self) -> None:
        """Stop after the lane in work."""
        with self._condition:
            self._is_closing = True
            self._waiting = None
            self._condition.notify_all()
        self._thread.join(5.0)

    def _run(self) -> None:
        step_back()
        while True:
            with self._condition:
                self._is_busy = False
                self._condition.notify_all()
                while self._waiting is None and not self._is_closing:
                    self._condition.wait()
                if self._is_closing or self._waiting is None:
                    break
                project, self._waiting = self._waiting, None
                self._is_busy = True
            self._render_changes(project)
        if self._voice is not None:
            self._voice.close()

    def _render_changes(self, project: Project) -> None:
        for lane in CONDITION_LANES:
            heard = _Heard(_contents(project, lane), project.tempo)
            if self._rendered.get(lane) == heard:
                continue
            if self._waiting is not None or self._is_closing:
                return
            sound = self._render(project, lane)
            if self._is_closing:  # nobody is left to hear it
                return
            self.rendered.emit(lane, sound)
            self._rendered[lane] = heard

    def _render(self, project: Project, lane: LaneId) -> Audio | None:
        end = _end(project, lane)
        if end == 0:
            return None
        if self._voice is None:
            self._voice = self._open_voice()
        score = perform(project, Span(Ticks(0), Ticks(end + TAIL_TICKS)))
        return render_lane(score, self._voice, lane)


def render_lane(score: Score, voice: Voice, lane: LaneId) -> Audio:
    """The stereo sound of one lane of a score; the key ``H`` plays exactly this."""
    samples = sketch(
        score,
        voice,
        chords=lane is LaneId.CHORDS,
        notes=lane is LaneId.NOTES,
        drums=lane is LaneId.DRUMS,
    )
    return Audio(samples, voice.sample_rate_hz)


def _contents(project: Project, lane: LaneId) -> object:
    if lane is LaneId.CHORDS:
        return project.chords.blocks, project.chords.has_german_names
    if lane is LaneId.DRUMS:
        drums = project.drums
        return drums.hits, drums.rows, drums.swing_percent, drums.swing_step
    return project.notes.notes


def _end(project: Project, lane: LaneId) -> int:
    if lane is LaneId.CHORDS:
        return max((block.span.end for block in project.chords.blocks), default=0)
    if lane is LaneId.DRUMS:
        return max((hit.time + 1 for hit in project.drums.hits), default=0)
    return max((note.span.end for note in project.notes.notes), default=0)

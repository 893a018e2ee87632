"""Renders what will be played, in a thread of its own, from the playhead onwards."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, Signal

from app.playback.mixdown import Stereo, Voice, mix_block
from app.process import step_back
from engine.errors import EngineError
from engine.timebase import Samples, Span

BLOCK_S = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """What to render. ``voices`` is called in the thread and may read files."""

    voices: Callable[[], tuple[Voice, ...]]
    n_samples: int
    sample_rate_hz: int
    position: int = 0
    master_db: float = 0.0


class ProgramWriter(QObject):
    """Renders the newest plan; a plan that is overtaken is left unfinished.

    Signals, sent from the thread and received in the interface:
        ready(Plan, array): the second around the playhead is rendered, the rest follows in place.
        failed(str, str): message and hint; the sound before stays.
    """

    ready = Signal(object, object)
    failed = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._condition = threading.Condition()
        self._waiting: Plan | None = None
        self._is_closing = False
        self._is_busy = False
        self._thread = threading.Thread(target=self._run, name="mixdown", daemon=True)
        self._thread.start()

    def write(self, plan: Plan) -> None:
        """Render this from now on."""
        with self._condition:
            self._waiting = plan
            self._condition.notify_all()

    def finish(self, timeout_s: float = 5.0) -> bool:
        """Wait until nothing is left to render; False where it takes longer."""
        with self._condition:
            return self._condition.wait_for(
                lambda: self._waiting is None and not self._is_busy, timeout_s
            )

    def close(self) -> None:
        """Stop after the block in work."""
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
                    return
                plan, self._waiting = self._waiting, None
                self._is_busy = True
            try:
                self._render(plan)
            except EngineError as error:
                if not self._is_closing:
                    self.failed.emit(error.message, error.hint)

    def _render(self, plan: Plan) -> None:
        voices = plan.voices()
        program: Stereo = np.zeros((plan.n_samples, 2), np.float32)
        is_told = False
        for span in blocks_from(
            plan.position, plan.n_samples, round(BLOCK_S * plan.sample_rate_hz)
        ):
            if self._waiting is not None or self._is_closing:
                return
            program[span.start : span.end] = mix_block(voices, span, plan.master_db)
            if not is_told:
                self.ready.emit(plan, program)
                is_told = True
        if not is_told:
            self.ready.emit(plan, program)


def blocks_from(position: int, n_samples: int, size: int) -> Iterator[Span[Samples]]:
    """Blocks of ``[0, n_samples)`` in the order they will be heard, starting at ``position``."""
    position = min(max(0, position), n_samples)
    for first, end in ((position, n_samples), (0, position)):
        for start in range(first, end, size):
            yield Span(Samples(start), Samples(min(start + size, end)))

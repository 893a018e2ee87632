"""How the studio's process behaves, so that the window answers: short turns, garbage in pauses."""

from __future__ import annotations

import gc
import os
import sys
import threading
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

SWITCH_INTERVAL_S = 0.001
"""How long another thread may keep the interpreter from the window; Python's own is 5 ms."""
WORKER_NICENESS = 4
LOOK_EVERY_MS = 5_000
SHORT_PAUSE_S, LONG_PAUSE_S = 2.0, 60.0
LONGEST_WAIT_S = 300.0
_YOUNG, _NEVER = 50_000, 1_000_000_000
"""An edit of a large song makes some ten thousand objects: fewer than start a collection."""


def set_up_process() -> None:
    """Before the window: threads take short turns, old garbage waits for a pause."""
    os.environ["OMP_WAIT_POLICY"] = "PASSIVE"  # inherited by the engine process
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    gc.set_threshold(_YOUNG, _NEVER, _NEVER)


def step_back() -> None:
    """Let the calling thread run after the window and the sound where cores are scarce.

    Linux counts niceness by thread; elsewhere this does nothing.
    """
    if sys.platform == "linux":
        thread = threading.get_native_id()
        os.setpriority(
            os.PRIO_PROCESS, thread, os.getpriority(os.PRIO_PROCESS, 0) + WORKER_NICENESS
        )


class PauseCollection(QObject):
    """Searches for garbage while nobody waits for the window.

    ``paused_s`` tells for how long that has been so, 0 where somebody does. A short pause is
    enough for what is new since the last one; all is searched in a long one, once. Without any
    pause what is new is searched after ``LONGEST_WAIT_S``.
    """

    def __init__(
        self, paused_s: Callable[[], float], clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__()
        self._paused_s = paused_s
        self._clock = clock
        self._last_s = clock()
        self._has_searched_all = False
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """What lives now is likely to live as long as the program."""
        self._search()
        self._timer.start()

    def look(self) -> None:
        """Collect, if this is the time for it."""
        paused_s = self._paused_s()
        if paused_s < LONG_PAUSE_S:
            self._has_searched_all = False
        elif not self._has_searched_all:
            self._has_searched_all = True
            gc.unfreeze()
            self._search()
            return
        if paused_s >= SHORT_PAUSE_S or self._clock() - self._last_s > LONGEST_WAIT_S:
            self._search()

    def _search(self) -> None:
        gc.collect()
        gc.freeze()
        self._last_s = self._clock()

    def close(self) -> None:
        """Stop looking."""
        self._timer.stop()

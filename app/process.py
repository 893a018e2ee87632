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
LONGEST_WAIT_S = 300.0
_YOUNG, _MIDDLE, _NEVER = 700, 10, 1_000_000


def set_up_process() -> None:
    """Before the window: threads take short turns, and full collections wait for a pause."""
    os.environ["OMP_WAIT_POLICY"] = "PASSIVE"  # inherited by the engine process
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    gc.set_threshold(_YOUNG, _MIDDLE, _NEVER)


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
    """Searches for garbage while ``is_paused`` says that nobody waits for the window.

    Without such a pause it is searched for after ``LONGEST_WAIT_S`` all the same.
    """

    def __init__(
        self, is_paused: Callable[[], bool], clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__()
        self._is_paused = is_paused
        self._clock = clock
        self._last_s = clock()
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """What lives now lives as long as the program and is never searched again."""
        gc.collect()
        gc.freeze()
        self._timer.start()

    def look(self) -> None:
        """Collect, if this is the time for it."""
        now_s = self._clock()
        if self._is_paused() or now_s - self._last_s > LONGEST_WAIT_S:
            self._last_s = now_s
            gc.collect()

    def close(self) -> None:
        """Stop looking."""
        self._timer.stop()

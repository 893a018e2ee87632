"""Writing the journal beside the interface: the newest project always wins."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from app.model.project import Project
from app.storage.journal import Journal
from engine.errors import EngineError


class Autosave:
    """A thread that writes down every project handed to ``record``, within milliseconds.

    Where actions come faster than the disk, those in between are skipped and the newest is
    written. ``on_acknowledged(number)`` is called from the thread when everything up to that
    ``record`` is on disk; ``on_failed(message)`` when the disk refuses; it is tried again with
    the next action.
    """

    def __init__(
        self,
        journal: Journal,
        on_acknowledged: Callable[[int], None] | None = None,
        on_failed: Callable[[str], None] | None = None,
    ) -> None:
        self._journal = journal
        self._on_acknowledged = on_acknowledged
        self._on_failed = on_failed
        self._condition = threading.Condition()
        self._waiting: Project | None = None
        self._restart: bool | None = None
        self._n_recorded = 0
        self._n_acknowledged = 0
        self._is_busy = False
        self._is_closing = False
        self._thread = threading.Thread(target=self._run, name="autosave", daemon=True)
        self._thread.start()

    def record(self, project: Project) -> int:
        """Note the project after an action; returns at once with the action's number."""
        with self._condition:
            self._waiting = project
            self._n_recorded += 1
            self._condition.notify_all()
            return self._n_recorded

    def restart(self, project: Project, *, is_saved: bool) -> None:
        """Begin the journal anew, after a save; returns when that is on disk or has failed."""
        with self._condition:
            self._waiting = project
            self._restart = is_saved
            self._n_recorded += 1
            self._condition.notify_all()
        self.flush()

    def flush(self, timeout_s: float = 5.0) -> bool:
        """Wait until everything recorded is on disk; False where it is not after that time."""
        deadline = time.monotonic() + timeout_s
        with self._condition:
            target = self._n_recorded
            while self._n_acknowledged < target:
                left = deadline - time.monotonic()
                if left <= 0 or (self._waiting is None and not self._is_busy):
                    return False
                self._condition.wait(left)
            return True

    def close(self) -> bool:
        """Write what is waiting and stop; False where something could not be written."""
        is_done = self.flush()
        with self._condition:
            self._is_closing = True
            self._condition.notify_all()
        self._thread.join(5.0)
        return is_done

    def _run(self) -> None:
        while True:
            with self._condition:
                while self._waiting is None and not self._is_closing:
                    self._condition.wait()
                if self._waiting is None:
                    return
                project, number, restart = self._waiting, self._n_recorded, self._restart
                self._waiting = self._restart = None
                self._is_busy = True
            failure = self._write(project, restart)
            with self._condition:
                self._is_busy = False
                if not failure:
                    self._n_acknowledged = number
                self._condition.notify_all()
            if failure and self._on_failed is not None:
                self._on_failed(failure)
            elif not failure and self._on_acknowledged is not None:
                self._on_acknowledged(number)

    def _write(self, project: Project, restart: bool | None) -> str:
        """Write one state; the reason where it failed."""
        try:
            if restart is None:
                self._journal.append(project)
            else:
                self._journal.restart(project, is_saved=restart)
        except OSError as error:
            return f"Autosave cannot write: {error.strerror or error}. Save elsewhere."
        except EngineError as error:
            return str(error)
        return ""

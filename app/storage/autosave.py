"""Writing the journal beside the interface: the newest project always wins."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable

from app.model.project import Project
from app.storage.journal import Beginning, Journal
from engine.audio.files import reason_of
from engine.errors import EngineError

RETRY_S = 5.0
"""How long after a failure the disk is tried again, should no action come before."""


class Autosave:
    """A thread that writes down every project handed to ``record``, within milliseconds.

    Where actions come faster than the disk, those in between are skipped and the newest is
    written. ``on_acknowledged(number)`` is called from the thread when everything up to that
    ``record`` is on disk; ``on_failed(message)`` when the disk refuses. It is tried again with
    the next action and every few seconds, and another failure is told only after a success.
    """

    def __init__(
        self,
        journal: Journal,
        on_acknowledged: Callable[[int], None],
        on_failed: Callable[[str], None],
    ) -> None:
        self._journal = journal
        self._on_acknowledged = on_acknowledged
        self._on_failed = on_failed
        self._condition = threading.Condition()
        self._newest = journal.last
        self._beginning: Beginning | None = None
        self._n_recorded = 0
        self._n_tried = 0
        self._n_acknowledged = 0
        self._is_closing = False
        self._shortening: threading.Thread | None = None
        self._thread = threading.Thread(target=self._run, name="autosave", daemon=True)
        self._thread.start()

    @property
    def newest(self) -> Project:
        """The project recorded last, on disk or not yet."""
        return self._newest

    def record(self, project: Project) -> int:
        """Note the project after an action; returns at once with the action's number."""
        with self._condition:
            self._newest = project
            return self._ask()

    def begin_anew(self, project: Project, *, is_saved: bool) -> None:
        """Let the journal start from ``project``, which was recorded before; what was recorded
        since stays. Writes in the calling thread, so that no action waits for it.

        Raises ``EngineError`` where the disk refuses.
        """
        beginning = self._journal.prepare(project, is_saved=is_saved)
        with self._condition:
            self._drop_beginning()
            self._beginning = beginning
            self._ask()

    def flush(self, timeout_s: float = 5.0) -> bool:
        """Wait until everything recorded is on disk; False where it is not after that time."""
        with self._condition:
            target = self._n_recorded
            self._condition.wait_for(lambda: self._n_tried >= target, timeout_s)
            return self._n_acknowledged >= target

    def close(self) -> bool:
        """Write what is waiting and stop; False where something could not be written."""
        if self._shortening is not None:
            self._shortening.join()
        is_done = self.flush()
        with self._condition:
            self._is_closing = True
            self._condition.notify_all()
        self._thread.join(5.0)
        self._drop_beginning()
        return is_done

    def _ask(self) -> int:
        self._n_recorded += 1
        self._condition.notify_all()
        return self._n_recorded

    def _drop_beginning(self) -> None:
        if self._beginning is not None:
            self._beginning.path.unlink(missing_ok=True)
            self._beginning = None

    def _run(self) -> None:
        while True:
            with self._condition:
                has_failed = self._n_acknowledged < self._n_tried
                self._condition.wait_for(
                    lambda: self._n_tried < self._n_recorded or self._is_closing,
                    RETRY_S if has_failed else None,
                )
                if self._is_closing:
                    return
                project, number = self._newest, self._n_recorded
                beginning, self._beginning = self._beginning, None
            failure = self._write(project, beginning)
            if not failure:
                self._on_acknowledged(number)
            elif not has_failed:
                self._on_failed(failure)
            with self._condition:
                self._n_tried = number
                if not failure:
                    self._n_acknowledged = number
                self._condition.notify_all()
            if self._journal.is_long:
                self._shorten(project)

    def _write(self, project: Project, beginning: Beginning | None) -> str:
        """Write one state; the reason where it failed."""
        try:
            self._journal.append(project)
            if beginning is not None:
                self._journal.begin_anew(beginning)
        except OSError as error:
            return f"Autosave cannot write: {reason_of(error)}."
        except EngineError as error:
            return str(error)
        return ""

    def _shorten(self, project: Project) -> None:
        """Begin the journal anew beside the work; a disk that refuses leaves it long."""
        if self._shortening is not None and self._shortening.is_alive():
            return

        def shorten() -> None:
            with contextlib.suppress(EngineError):
                self.begin_anew(project, is_saved=False)

        self._shortening = threading.Thread(target=shorten, name="shorten journal", daemon=True)
        self._shortening.start()

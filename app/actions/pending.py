"""Runs that a crash or a restart interrupted: kept beside the project and offered again, paused."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Slot

from app.actions.notice import Notice, Tell
from app.jobs.build_request import build_run
from app.jobs.engine_thread import JobId
from app.jobs.pending_runs import PendingRun, is_pending, pending_runs, read_pending, write_pending
from app.jobs.queue import JobQueue
from app.jobs.submit import submit_run
from app.storage.project_folder import ProjectFolder
from engine.errors import EngineError


class PendingActions(QObject):
    """Writes the queue down whenever it changes, and brings it back when a project is opened.

    ``folder`` gives the project folder that is open.
    """

    def __init__(self, queue: JobQueue, folder: Callable[[], ProjectFolder], tell: Tell) -> None:
        super().__init__()
        self._queue = queue
        self._folder = folder
        self._tell = tell
        self._kept: tuple[JobId, ...] = ()
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)  # one after the other: the newest queue is written last
        queue.changed.connect(self._on_queue_changed)

    def restore(self, folder: ProjectFolder) -> None:
        """Queue what was not finished in a folder that was opened; it waits until told to go on."""
        own = folder.project.id
        found = [run for run in read_pending(folder.path) if run.project.id == own]
        if not found:
            return
        self._queue.set_paused(True)
        jobs = [job for pending in found if (job := self._submit(pending, folder)) is not None]
        count = "1 run was" if len(jobs) == 1 else f"{len(jobs)} runs were"
        self._tell(
            Notice(
                "pending",
                f"{count} not finished. Nothing is lost; the queue is paused.",
                choices=(
                    ("Go on", lambda: self._queue.set_paused(False)),
                    ("Forget", lambda: self._forget(jobs)),
                ),
            )
        )

    def close(self) -> None:
        """Wait until the queue is written down."""
        self._pool.waitForDone()

    def _submit(self, pending: PendingRun, folder: ProjectFolder) -> JobId | None:
        try:
            run = build_run(pending.project, pending.target, pending.options, folder.pool.read)
        except EngineError:
            return None  # its recording is missing, which is told when the project is opened
        return submit_run(self._queue, pending.label, run, folder.pool.add)

    def _forget(self, jobs: list[JobId]) -> None:
        for job_id in jobs:
            self._queue.cancel(job_id)
        self._queue.set_paused(False)

    @Slot()
    def _on_queue_changed(self) -> None:
        folder = self._folder()
        waiting = tuple(job.id for job in self._queue.jobs if is_pending(job))
        if waiting == self._kept:
            return
        self._kept = waiting
        runs = tuple(
            run for run in pending_runs(self._queue.jobs) if run.project.id == folder.project.id
        )

        self._pool.start(_Write(folder.path, runs))


class _Write(QRunnable):
    """Writes one state of the queue."""

    def __init__(self, folder: Path, runs: tuple[PendingRun, ...]) -> None:
        super().__init__()
        self._folder = folder
        self._runs = runs

    def run(self) -> None:
        """Write; a queue that cannot be kept costs a press of a button after a crash, no more."""
        with contextlib.suppress(EngineError, OSError):
            write_pending(self._folder, self._runs)

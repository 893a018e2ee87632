"""The bridge: the only code that knows both Qt and the engine.

One thread, one worker, one request at a time. The worker iterates the backend, which keeps the
engine in a process of its own; everything it says arrives in the main thread as signals.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import NewType

from PySide6.QtCore import QObject, QThread, Signal, Slot

from engine.backend import Backend
from engine.cancel import Cancelled, CancelToken
from engine.errors import EngineError
from engine.events import Analyzed, Event, Finished, Progress, Ready
from engine.requests import Request

JobId = NewType("JobId", int)
Answer = Finished | Analyzed | Ready
Finish = Callable[[Answer], object]
Asked = Request | Callable[[], Request]
"""A request, or what makes it in the worker thread, where it may read and resample sound."""

PROGRESS_PER_S = 15.0
CLOSE_PATIENCE_S = 3.0

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class _Work:
    job_id: JobId
    request: Asked
    finish: Finish
    cancel: CancelToken


class EngineThread(QObject):
    """Runs requests in the background, one after the other.

    Signals, all received in the main thread:
        event_arrived(job_id, Event): progress and previews, in order; progress thinned to 15/s.
        finished(job_id, result): what ``finish`` made of the answer, in the worker thread.
        cancelled(job_id, result): the run was stopped; ``result`` as above where something
            was complete, else None.
        failed(job_id, error): an ``EngineError`` to be told, or any other exception: a bug,
            which has been logged.
    """

    event_arrived = Signal(int, object)
    finished = Signal(int, object)
    cancelled = Signal(int, object)
    failed = Signal(int, object)
    _asked = Signal(object)
    _ending = Signal()

    def __init__(self, make_backend: Callable[[], Backend], parent: QObject | None = None) -> None:
        """``make_backend`` is called in the worker thread, at the first request."""
        super().__init__(parent)
        self._tokens: dict[JobId, CancelToken] = {}
        self._worker = _Worker(make_backend)
        self._thread = QThread()
        self._thread.setObjectName("engine")
        self._worker.moveToThread(self._thread)
        self._asked.connect(self._worker.run)
        self._ending.connect(self._worker.end)
        self._worker.event_arrived.connect(self._on_event)
        self._worker.finished.connect(self._on_finished)
        self._worker.cancelled.connect(self._on_cancelled)
        self._worker.failed.connect(self._on_failed)
        self._thread.start()

    def submit(self, job_id: JobId, request: Asked, finish: Finish) -> None:
        """Run a request after those before it. ``finish`` gets its answer in the worker thread,
        before anything is announced; it may write files and raise ``EngineError``."""
        token = CancelToken()
        self._tokens[job_id] = token
        self._asked.emit(_Work(job_id, request, finish, token))

    def cancel(self, job_id: JobId) -> None:
        """Ask a waiting or running request to stop; unknown ones have already ended."""
        # Set from here: a queued slot would wait behind the very run it is to stop.
        if job_id in self._tokens:
            self._tokens[job_id].cancel()

    def close(self, patience_s: float = CLOSE_PATIENCE_S) -> bool:
        """Cancel everything, end the backend and the thread; False where it does not end in time.

        The thread is never terminated: a late one ends when its step does.
        """
        for token in self._tokens.values():
            token.cancel()
        self._ending.emit()
        self._thread.quit()
        return self._thread.wait(round(patience_s * 1000))

    @Slot(int, object)
    def _on_event(self, job_id: JobId, event: object) -> None:
        self.event_arrived.emit(job_id, event)

    @Slot(int, object)
    def _on_finished(self, job_id: JobId, result: object) -> None:
        self._tokens.pop(job_id, None)
        self.finished.emit(job_id, result)

    @Slot(int, object)
    def _on_cancelled(self, job_id: JobId, result: object) -> None:
        self._tokens.pop(job_id, None)
        self.cancelled.emit(job_id, result)

    @Slot(int, object)
    def _on_failed(self, job_id: JobId, error: object) -> None:
        self._tokens.pop(job_id, None)
        self.failed.emit(job_id, error)


class _Worker(QObject):
    """Lives in the engine thread."""

    event_arrived = Signal(int, object)
    finished = Signal(int, object)
    cancelled = Signal(int, object)
    failed = Signal(int, object)

    def __init__(self, make_backend: Callable[[], Backend]) -> None:
        super().__init__()
        self._make_backend = make_backend
        self._backend: Backend | None = None

    @Slot(object)
    def run(self, work: _Work) -> None:
        """Run one request to its end; every ending is one signal."""
        made = _Made()
        try:
            work.cancel.raise_if_cancelled()
            if self._backend is None:
                self._backend = self._make_backend()
            request = work.request() if callable(work.request) else work.request
            thinner = _Thinner()
            for event in self._backend.run(request, work.cancel):
                if isinstance(event, Finished | Analyzed | Ready):
                    made = _Made(work.finish(event))
                elif thinner.lets_through(event):
                    self.event_arrived.emit(work.job_id, event)
        except Cancelled:
            self.cancelled.emit(work.job_id, made.result)
        except EngineError as error:
            self.failed.emit(work.job_id, error)
        except Exception as error:
            log.exception("a run failed by a bug")
            self.failed.emit(work.job_id, error)
        else:
            self.finished.emit(work.job_id, made.result)

    @Slot()
    def end(self) -> None:
        """Give the backend's memory and processes back."""
        if self._backend is not None:
            self._backend.close()
            self._backend = None


@dataclass(frozen=True, slots=True, eq=False)
class _Made:
    result: object = None


class _Thinner:
    """Lets progress through at most 15 times a second, and always when a stage begins or ends."""

    def __init__(self) -> None:
        self._last_stage: object = None
        self._last_time_s = float("-inf")

    def lets_through(self, event: Event) -> bool:
        """Whether to tell the interface; whatever is no progress always passes."""
        if not isinstance(event, Progress):
            return True
        now_s = time.monotonic()
        is_edge = event.stage is not self._last_stage or event.done >= event.total
        if not is_edge and now_s - self._last_time_s < 1.0 / PROGRESS_PER_S:
            return False
        self._last_stage, self._last_time_s = event.stage, now_s
        return True

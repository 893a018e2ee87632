"""What happens when the engine answers: takes are placed, judged, or the failure is told."""

from __future__ import annotations

import contextlib
import time
import traceback
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from app.actions.notice import Notice, Tell, Tone, notice_of
from app.actions.pace import Pace
from app.document.document import ProjectDocument
from app.jobs.build_request import Run
from app.jobs.job import Job
from app.jobs.place_result import MEMORY, MEMORY_TOTAL, StoredTakes, place_partial, place_takes
from app.jobs.queue import JobQueue
from app.jobs.submit import Judgement, WarmUp, submit_judgement
from app.model.adherence import Adherence
from app.model.edits.takes import SetAdherence
from app.model.take import Take
from app.storage.audio_pool import AudioPool
from engine.errors import EngineError, EngineStopped, WeightsUnusable
from engine.timebase import Seconds


class ResultActions(QObject):
    """Listens to the queue. Placing takes is one undo step; analyses are none.

    Signals:
        announced(str): one line for the status bar and for screen readers.
        warmed_up(str): the model is loaded (an empty text), or why it is not.
    """

    announced = Signal(str)
    warmed_up = Signal(str)

    def __init__(
        self,
        document: ProjectDocument,
        queue: JobQueue,
        pool: Callable[[], AudioPool],
        pace: Pace,
        tell: Tell,
        restart_engine: Callable[[], object],
        report_bug: Callable[[str], object],
    ) -> None:
        super().__init__()
        self._document = document
        self._queue = queue
        self._pool = pool
        self._pace = pace
        self._tell = tell
        self._restart_engine = restart_engine
        self._report_bug = report_bug
        self._can_listen = True
        queue.finished.connect(self._on_finished)
        queue.stopped.connect(self._on_stopped)
        queue.failed.connect(self._on_failed)

    @Slot(object, object)
    def _on_finished(self, job: Job, result: object) -> None:
        if isinstance(job.subject, Run) and isinstance(result, StoredTakes):
            self._place(job, job.subject, result)
        elif isinstance(job.subject, WarmUp):
            self.warmed_up.emit("")
        elif isinstance(job.subject, Judgement) and isinstance(result, Adherence):
            self._note(job.subject, result)

    def _place(self, job: Job, run: Run, stored: StoredTakes) -> None:
        if run.project.id != self._document.project.id:
            return  # the project it belongs to was closed; its sound stays in that pool
        self._learn(job, run, stored)
        edit = place_takes(run, stored, self._document.project)
        self._document.apply(edit)
        takes = [take for region in stored.takes for take in region]
        count = "1 take" if len(takes) == 1 else f"{len(takes)} takes"
        where = (
            "" if edit.is_heard else " They wait in the Takes panel: the bars changed meanwhile."
        )
        self.announced.emit(f"Done: {run.label}, {count}.{where}")
        for index, region in enumerate(stored.takes):
            for take in region:
                self._judge(run, index, take)

    def _judge(self, run: Run, index: int, take: Take) -> None:
        if self._can_listen:
            # A missing recording is told when it is to be played.
            with contextlib.suppress(EngineError):
                submit_judgement(self._queue, run, index, take, self._pool().read)

    def _note(self, judgement: Judgement, adherence: Adherence) -> None:
        if judgement.project_id == self._document.project.id:
            take = judgement.take
            self._document.amend(SetAdherence(take.id, adherence, take.level_db, take.peak_db))

    def _learn(self, job: Job, run: Run, stored: StoredTakes) -> None:
        self._pace.learn_memory(
            float(stored.engine.get(MEMORY, 0.0)), float(stored.engine.get(MEMORY_TOTAL, 0.0))
        )
        if job.generating_s is not None:
            span = run.project.tempo.seconds_span(run.target.span)
            work_s = time.monotonic() - job.generating_s
            self._pace.learn(Seconds(span.end - span.start), run.recipe.n_takes, work_s)

    @Slot(object, object)
    def _on_stopped(self, job: Job, result: object) -> None:
        run = job.subject
        if (
            isinstance(run, Run)
            and isinstance(result, StoredTakes)
            and not result.is_empty
            and run.project.id == self._document.project.id
        ):
            self._document.amend(place_partial(run, result))
            kept = "Nothing was placed; what was finished waits in the bin of the takes."
        else:
            kept = "Nothing was kept." if isinstance(run, Run) else ""
        self.announced.emit(f"Stopped: {job.label}. {kept}".strip())

    @Slot(object)
    def _on_failed(self, job: Job) -> None:
        error = job.error
        if isinstance(job.subject, Judgement):
            # Judging is an extra: without its model, takes are simply not judged.
            self._can_listen = not isinstance(error, WeightsUnusable)
            return
        if isinstance(job.subject, WarmUp) and not isinstance(error, EngineStopped):
            self.warmed_up.emit(str(error))
            return
        self.announced.emit(f"Failed: {job.label}.")
        if isinstance(error, EngineStopped):
            self._tell(
                Notice(
                    "engine",
                    "The engine stopped. Your project is safe.",
                    error.hint,
                    Tone.ERROR,
                    choices=(
                        ("Restart engine", self._restart_engine),
                        ("Try again", lambda: self._queue.retry(job.id)),
                    ),
                    details=str(error),
                )
            )
        elif isinstance(error, EngineError):
            retry = (("Try again", lambda: self._queue.retry(job.id)),)
            notice = notice_of("engine", error)
            self._tell(Notice("engine", notice.message, notice.hint, Tone.ERROR, choices=retry))
        elif error is not None:
            self._report_bug("".join(traceback.format_exception(error)))

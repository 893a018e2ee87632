"""The job queue: what waits, what runs, what ended. One job at a time is with the engine."""

from __future__ import annotations

import time
from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot

from app.jobs.engine_thread import Asked, EngineThread, Finish, JobId
from app.jobs.job import Job, JobState
from engine.events import Preview, Progress, Stage


class JobQueue(QObject):
    """Jobs in order. A job's request is a snapshot: later edits do not reach it.

    Signals:
        changed(): a job was added, moved, or changed its state.
        progressed(Job): the running job said how far it is.
        previewed(Job, Preview): sound of the running job that is already final.
        finished(Job, result): with what ``finish`` returned; place it now.
        stopped(Job, result): cancelled; ``result`` is what was complete, or None.
        failed(Job): ``job.error`` is an ``EngineError`` to tell, or a bug.
    """

    changed = Signal()
    progressed = Signal(object)
    previewed = Signal(object, object)
    finished = Signal(object, object)
    stopped = Signal(object, object)
    failed = Signal(object)

    def __init__(self, engine: EngineThread, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._jobs: list[Job] = []
        self._next_id = 1
        self._is_paused = False
        engine.event_arrived.connect(self._on_event)
        engine.finished.connect(self._on_finished)
        engine.cancelled.connect(self._on_cancelled)
        engine.failed.connect(self._on_failed)

    @property
    def jobs(self) -> tuple[Job, ...]:
        """All jobs in the order they run or ran."""
        return tuple(self._jobs)

    @property
    def running(self) -> Job | None:
        """The job the engine is at, or None."""
        return next((job for job in self._jobs if job.state is JobState.RUNNING), None)

    @property
    def n_waiting(self) -> int:
        """How many jobs are queued or paused."""
        return sum(job.state in (JobState.QUEUED, JobState.PAUSED) for job in self._jobs)

    @property
    def is_paused(self) -> bool:
        """Whether waiting jobs are held back."""
        return self._is_paused

    def job(self, job_id: JobId) -> Job:
        """The job of that id; raises KeyError where there is none."""
        for job in self._jobs:
            if job.id == job_id:
                return job
        raise KeyError(job_id)

    def submit(
        self,
        label: str,
        request: Asked,
        finish: Finish = lambda answer: answer,
        subject: object = None,
    ) -> JobId:
        """Add a job at the end. ``finish`` turns the answer into the result, in the worker."""
        job = Job(JobId(self._next_id), label, request, finish, subject)
        self._next_id += 1
        self._jobs.append(job)
        self._start_next()
        self.changed.emit()
        return job.id

    def cancel(self, job_id: JobId) -> None:
        """Stop a running job, or take a waiting one out of the queue; silent where it is over."""
        job = self.job(job_id)
        if job.state is JobState.RUNNING:
            self._replace(replace(job, is_stopping=True))
            self._engine.cancel(job.id)
        elif not job.state.is_over:
            stopped = replace(job, state=JobState.STOPPED)
            self._replace(stopped)
            self.stopped.emit(stopped, None)
        self.changed.emit()

    def cancel_running(self) -> None:
        """Stop what runs, if anything."""
        if self.running is not None:
            self.cancel(self.running.id)

    def cancel_all(self) -> None:
        """Empty the queue and stop what runs."""
        for job in self.jobs:
            if not job.state.is_over:
                self.cancel(job.id)

    def move(self, job_id: JobId, index: int) -> None:
        """Let a waiting job run as the ``index``-th of those waiting, from 0."""
        job = self.job(job_id)
        if job.state not in (JobState.QUEUED, JobState.PAUSED):
            return
        self._jobs.remove(job)
        waiting = [other for other in self._jobs if not other.state.is_over]
        waiting = [other for other in waiting if other.state is not JobState.RUNNING]
        if index >= len(waiting):
            self._jobs.append(job)
        else:
            self._jobs.insert(self._jobs.index(waiting[max(0, index)]), job)
        self.changed.emit()

    def retry(self, job_id: JobId) -> JobId:
        """Run the same request again, as a new job at the end."""
        job = self.job(job_id)
        return self.submit(job.label, job.request, job.finish, job.subject)

    def set_paused(self, is_paused: bool) -> None:
        """Hold waiting jobs back, or let them go on; what runs is not touched."""
        self._is_paused = is_paused
        old, new = (
            (JobState.QUEUED, JobState.PAUSED) if is_paused else (JobState.PAUSED, JobState.QUEUED)
        )
        for job in self.jobs:
            if job.state is old:
                self._replace(replace(job, state=new))
        self._start_next()
        self.changed.emit()

    def forget_ended(self) -> None:
        """Take jobs that are over off the list."""
        self._jobs = [job for job in self._jobs if not job.state.is_over]
        self.changed.emit()

    def _start_next(self) -> None:
        if self.running is not None:
            return
        if self._is_paused:
            for job in self.jobs:
                if job.state is JobState.QUEUED:
                    self._replace(replace(job, state=JobState.PAUSED))
            return
        for job in self._jobs:
            if job.state is JobState.QUEUED:
                self._replace(replace(job, state=JobState.RUNNING, started_s=time.monotonic()))
                self._engine.submit(job.id, job.request, job.finish)
                return

    def _replace(self, job: Job) -> None:
        index = next(i for i, old in enumerate(self._jobs) if old.id == job.id)
        self._jobs[index] = job

    def _end(self, job_id: JobId, state: JobState, error: Exception | None = None) -> Job:
        job = replace(self.job(job_id), state=state, error=error)
        self._replace(job)
        return job

    @Slot(int, object)
    def _on_event(self, job_id: JobId, event: object) -> None:
        job = self.job(job_id)
        if isinstance(event, Preview):
            self.previewed.emit(job, event)
        elif isinstance(event, Progress):
            begins = event.stage is Stage.GENERATING and job.generating_s is None
            generating_s = time.monotonic() if begins else job.generating_s
            job = replace(job, progress=event, generating_s=generating_s)
            self._replace(job)
            self.progressed.emit(job)

    @Slot(int, object)
    def _on_finished(self, job_id: JobId, result: object) -> None:
        job = self._end(job_id, JobState.DONE)
        self._start_next()
        self.finished.emit(job, result)
        self.changed.emit()

    @Slot(int, object)
    def _on_cancelled(self, job_id: JobId, result: object) -> None:
        job = self._end(job_id, JobState.STOPPED)
        self._start_next()
        self.stopped.emit(job, result)
        self.changed.emit()

    @Slot(int, object)
    def _on_failed(self, job_id: JobId, error: Exception) -> None:
        job = self._end(job_id, JobState.FAILED, error)
        self._start_next()
        self.failed.emit(job)
        self.changed.emit()

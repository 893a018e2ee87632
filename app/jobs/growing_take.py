"""Follows the running job: the sound of its first take, as far as it is ready."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from app.document.document import ProjectDocument
from app.jobs.build_request import Run
from app.jobs.engine_thread import JobId
from app.jobs.job import Job
from app.jobs.queue import JobQueue
from app.model.audio_run import sample_span
from app.playback.growing_sound import GrowingSound
from engine.events import Preview
from engine.timebase import Samples, samples_at

SHOWN_TAKE = 0


class GrowingTake(QObject):
    """Signals: ``changed(GrowingSound | None)``: more is ready, or nothing is being played."""

    changed = Signal(object)

    def __init__(self, queue: JobQueue, document: ProjectDocument) -> None:
        super().__init__()
        self._queue = queue
        self._document = document
        self._job: JobId | None = None
        self._sound: GrowingSound | None = None
        queue.changed.connect(self._on_queue_changed)
        queue.previewed.connect(self._on_previewed)
        document.replaced.connect(self._on_queue_changed)

    @property
    def sound(self) -> GrowingSound | None:
        """What is ready now; None while no run of the open project is being played."""
        return self._sound

    @Slot()
    def _on_queue_changed(self) -> None:
        job = self._queue.running
        run = None if job is None else job.subject
        if job is None or not isinstance(run, Run) or not self._is_open(run):
            self._show(None, None)
        elif job.id != self._job:
            self._show(job.id, GrowingSound(run.target.regions, run.project.tempo))

    @Slot(object, object)
    def _on_previewed(self, job: Job, preview: Preview) -> None:
        run = job.subject
        if self._sound is None or job.id != self._job or not isinstance(run, Run):
            return
        if preview.take == SHOWN_TAKE:
            rate = preview.audio.sample_rate_hz
            start = _origin(run, rate) + samples_at(preview.start, rate)
            self._show(job.id, self._sound.with_piece(Samples(start), preview.audio))

    def _is_open(self, run: Run) -> bool:
        return run.project.id == self._document.project.id

    def _show(self, job: JobId | None, sound: GrowingSound | None) -> None:
        self._job = job
        if sound is not self._sound:
            self._sound = sound
            self.changed.emit(sound)


def _origin(run: Run, sample_rate_hz: int) -> int:
    """The sample, counted from bar 1, at which the sound of a run's request begins."""
    region = sample_span(run.target.regions[0], run.project.tempo, sample_rate_hz)
    return region.start - (run.cuts[0].start if run.cuts else 0)

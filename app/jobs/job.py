"""One job: what was asked, how far it is, and what to say about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from app.jobs.engine_thread import Asked, Finish, JobId
from engine.events import Progress, Stage

LEAST_SHARE_FOR_FORECAST = 0.03


class JobState(Enum):
    """Where a job is; the value is the word shown."""

    PAUSED = "Paused"
    QUEUED = "Queued"
    RUNNING = "Running"
    DONE = "Done"
    STOPPED = "Stopped"
    FAILED = "Failed"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to the job by itself."""
        return self in (JobState.DONE, JobState.STOPPED, JobState.FAILED)


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """A value; the queue replaces it as it moves on.

    ``subject`` is whatever the submitter wants back with the result, such as a ``Run``.
    ``started_s`` and ``generating_s`` are monotonic times; ``error`` what failed.
    """

    id: JobId
    label: str
    request: Asked
    finish: Finish
    subject: object = None
    state: JobState = JobState.QUEUED
    progress: Progress | None = None
    is_stopping: bool = False
    started_s: float | None = None
    generating_s: float | None = None
    error: Exception | None = None

    @property
    def line(self) -> str:
        """The words of the job line, such as ``Generating 412/1000``."""
        if self.state is not JobState.RUNNING:
            return str(self.state.value)
        if self.is_stopping:
            return "Stopping"
        if self.progress is None:
            return Stage.LOADING.value
        if self.progress.total > 1:
            return f"{self.progress.stage.value} {self.progress.done}/{self.progress.total}"
        return self.progress.stage.value

    @property
    def share_done(self) -> float | None:
        """Counted work done, 0..1, while generating; None where nothing is counted yet."""
        progress = self.progress
        if progress is None or progress.stage is not Stage.GENERATING or progress.total < 1:
            return None
        return progress.done / progress.total

    def time_left_s(self, now_s: float) -> float | None:
        """Measured forecast for generating, from 3 % on; None before. ``now_s`` is monotonic."""
        share = self.share_done
        if share is None or share < LEAST_SHARE_FOR_FORECAST or self.generating_s is None:
            return None
        return (now_s - self.generating_s) / share * (1.0 - share)

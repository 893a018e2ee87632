"""Runs that were asked for and not finished, on disk beside the project, so none is forgotten."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from app.jobs.build_request import Run, RunOptions
from app.jobs.job import Job
from app.jobs.target import Target
from app.model.project import Project
from app.storage.value_json import from_json, json_text, parse_json
from engine.audio.files import write_bytes_whole

FILE_NAME = "jobs.json"
LARGEST_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class PendingRun:
    """What ``build_run`` needs to ask for a run again, with the lanes as they were."""

    label: str
    project: Project
    target: Target
    options: RunOptions


@dataclass(frozen=True, slots=True)
class _PendingRuns:
    runs: tuple[PendingRun, ...]


def is_pending(job: Job) -> bool:
    """Whether a job was asked for and is neither over nor called off."""
    return not job.state.is_over and not job.is_stopping


def pending_runs(jobs: Iterable[Job]) -> tuple[PendingRun, ...]:
    """The runs among the pending jobs, in order."""
    return tuple(
        PendingRun(job.label, job.subject.project, job.subject.target, job.subject.options)
        for job in jobs
        if isinstance(job.subject, Run) and is_pending(job)
    )


def write_pending(folder: Path, runs: tuple[PendingRun, ...]) -> None:
    """Keep them in a project folder; none removes the file. Raises ``EngineError``."""
    if runs:
        write_bytes_whole(folder / FILE_NAME, json_text(_PendingRuns(runs)).encode())
    else:
        (folder / FILE_NAME).unlink(missing_ok=True)


def read_pending(folder: Path) -> tuple[PendingRun, ...]:
    """What was kept; nothing where the file is missing, damaged or of another version.

    A lost queue costs a press of a button; it must never keep a project from opening.
    """
    path = folder / FILE_NAME
    try:
        if path.stat().st_size > LARGEST_BYTES:
            return ()
        return from_json(_PendingRuns, parse_json(path.read_text(encoding="utf-8"))).runs
    except (OSError, ValueError):
        return ()

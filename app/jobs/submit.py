"""Handing work to the queue: runs that give takes, and judgements of takes."""

from __future__ import annotations

from dataclasses import dataclass

from app.jobs.adherence import compare
from app.jobs.build_request import Run
from app.jobs.engine_thread import Answer, JobId
from app.jobs.place_result import StoreAudio, store_takes
from app.jobs.queue import JobQueue
from app.jobs.stitch import ReadAudio
from app.model.ids import ProjectId
from app.model.take import Take
from engine.events import Analyzed, Finished
from engine.requests import AnalyzeRequest, WarmUpRequest


@dataclass(frozen=True, slots=True)
class Judgement:
    """The subject of a job that listens to a take; its result is an ``Adherence``."""

    project_id: ProjectId
    take: Take


@dataclass(frozen=True, slots=True)
class WarmUp:
    """The subject of a job that only loads the model; whether it works is told by a real run."""


def submit_warm_up(queue: JobQueue) -> JobId:
    """Queue loading the model, so that the first run need not wait for it."""
    return queue.submit("Prepare the engine", WarmUpRequest(), subject=WarmUp())


def submit_run(queue: JobQueue, label: str, run: Run, store: StoreAudio) -> JobId:
    """Queue a run; its result are ``StoredTakes``, on disk before anything is announced."""

    def finish(answer: Answer) -> object:
        assert isinstance(answer, Finished)
        return store_takes(run, answer, store)

    return queue.submit(label, run.prepare, finish, run)


def submit_judgement(queue: JobQueue, run: Run, index: int, take: Take, read: ReadAudio) -> JobId:
    """Queue listening to a take of the run's ``index``-th region; it is read by the worker."""
    region, recipe = run.target.regions[index], run.recipe

    def finish(answer: Answer) -> object:
        assert isinstance(answer, Analyzed)
        return compare(recipe, region, answer.analysis)

    subject = Judgement(run.project.id, take)
    label = f"Listen to take {take.number}"
    return queue.submit(label, lambda: AnalyzeRequest(read(take.asset)), finish, subject)

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.jobs.engine_thread import EngineThread, JobId
from app.jobs.job import Job, JobState
from app.jobs.queue import JobQueue
from engine.backend import Backend
from engine.cancel import CancelToken
from engine.errors import BadInput
from engine.events import Event, Finished, Progress, Ready, Stage
from engine.requests import Brief, GenerateRequest, Request, WarmUpRequest
from engine.score import Score
from engine.timebase import Seconds
from engine.tone_backend import ToneBackend

TWO_SECONDS = GenerateRequest(Brief(Score(Seconds(2.0))))
LONG = GenerateRequest(Brief(Score(Seconds(60.0))))
WAIT_MS = 20_000


class Gate:
    """Holds the engine at a step until the test lets it go on."""

    def __init__(self, step: int) -> None:
        self._step = step
        self.is_reached = threading.Event()
        self.is_open = threading.Event()

    def pace(self, step: int) -> None:
        if step == self._step:
            self.is_reached.set()
            assert self.is_open.wait(20)


class FailingBackend:
    """Fails in the way it is told."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def run(self, request: Request, cancel: CancelToken) -> Iterator[Event]:
        raise self._error
        yield

    def close(self) -> None:
        pass


class Studio:
    """An engine thread and its queue, closed at the end of the test."""

    def __init__(self, make_backend: Callable[[], Backend]) -> None:
        self.engine = EngineThread(make_backend)
        self.queue = JobQueue(self.engine)

    def states(self) -> list[str]:
        return [job.state.value for job in self.queue.jobs]


@pytest.fixture
def start(qtbot: QtBot) -> Iterator[Callable[[Callable[[], Backend]], Studio]]:
    studios: list[Studio] = []

    def begin(make_backend: Callable[[], Backend]) -> Studio:
        studios.append(Studio(make_backend))
        return studios[-1]

    yield begin
    for studio in studios:
        assert studio.engine.close(20.0)


Start = Callable[[Callable[[], Backend]], Studio]


def test_a_job_runs_to_its_end_and_hands_its_result_back(qtbot: QtBot, start: Start) -> None:
    studio = start(ToneBackend)
    main_thread = threading.get_ident()
    lines: list[str] = []
    threads: list[int] = []

    def on_progress(job: Job) -> None:
        lines.append(job.line)
        threads.append(threading.get_ident())

    studio.queue.progressed.connect(on_progress)
    finishing: list[int] = []

    def finish(answer: object) -> int:
        finishing.append(threading.get_ident())
        assert isinstance(answer, Finished)
        return len(answer.takes)

    with qtbot.waitSignal(studio.queue.finished, timeout=WAIT_MS) as waiting:
        studio.queue.submit("Generate", TWO_SECONDS, finish, subject="mine")
        assert studio.states() == ["Running"]
    job, result = waiting.args
    assert (result, job.subject, job.state) == (1, "mine", JobState.DONE)
    assert lines[0] == "Generating 1/50"
    assert lines[-1] == "Generating 50/50"
    assert set(threads) == {main_thread}
    assert finishing[0] != main_thread


def test_progress_is_thinned_but_its_ends_are_told(qtbot: QtBot, start: Start) -> None:
    studio = start(ToneBackend)
    told: list[Progress | None] = []
    studio.queue.progressed.connect(lambda job: told.append(job.progress))
    with qtbot.waitSignal(studio.queue.finished, timeout=WAIT_MS):
        studio.queue.submit("Generate", LONG)
    assert told[0] == Progress(Stage.GENERATING, 1, 1500)
    assert told[-1] == Progress(Stage.GENERATING, 1500, 1500)
    assert len(told) < 1000


def test_jobs_wait_for_each_other_in_order(qtbot: QtBot, start: Start) -> None:
    gate = Gate(3)
    studio = start(lambda: ToneBackend(gate.pace))
    first = studio.queue.submit("one", TWO_SECONDS)
    second = studio.queue.submit("two", WarmUpRequest())
    third = studio.queue.submit("three", WarmUpRequest())
    studio.queue.move(third, 0)
    assert [job.id for job in studio.queue.jobs] == [first, third, second]
    assert studio.states() == ["Running", "Queued", "Queued"]
    ended: list[str] = []
    studio.queue.finished.connect(lambda job, _: ended.append(job.label))
    gate.is_open.set()
    qtbot.waitUntil(lambda: len(ended) == 3, timeout=WAIT_MS)
    assert ended == ["one", "three", "two"]


def test_cancelling_stops_the_running_job_and_the_next_starts(qtbot: QtBot, start: Start) -> None:
    gate = Gate(100)
    studio = start(lambda: ToneBackend(gate.pace))
    first = studio.queue.submit("one", LONG, lambda _: "its beginning")
    studio.queue.submit("two", WarmUpRequest())
    assert gate.is_reached.wait(20)
    stopped: list[tuple[Job, object]] = []
    studio.queue.stopped.connect(lambda job, result: stopped.append((job, result)))
    with qtbot.waitSignal(studio.queue.finished, timeout=WAIT_MS) as waiting:
        studio.queue.cancel(first)
        assert studio.queue.job(first).line == "Stopping"
        gate.is_open.set()
    ((job, result),) = stopped
    assert (job.state, result) == (JobState.STOPPED, "its beginning")
    assert waiting.args[1] == Ready("starter")
    assert studio.states() == ["Stopped", "Done"]


def test_a_waiting_job_is_cancelled_without_troubling_the_engine(
    qtbot: QtBot, start: Start
) -> None:
    gate = Gate(3)
    studio = start(lambda: ToneBackend(gate.pace))
    studio.queue.submit("one", TWO_SECONDS)
    second = studio.queue.submit("two", TWO_SECONDS)
    with qtbot.waitSignal(studio.queue.stopped) as waiting:
        studio.queue.cancel(second)
    assert waiting.args[1] is None
    with qtbot.waitSignal(studio.queue.finished, timeout=WAIT_MS):
        gate.is_open.set()
    assert studio.states() == ["Done", "Stopped"]
    studio.queue.forget_ended()
    assert studio.queue.jobs == ()


def test_a_failure_is_told_and_the_queue_goes_on(qtbot: QtBot, start: Start) -> None:
    studio = start(lambda: FailingBackend(BadInput("No.", "Ask again.")))
    with qtbot.waitSignal(studio.queue.failed, timeout=WAIT_MS) as waiting:
        first = studio.queue.submit("one", TWO_SECONDS)
    (job,) = waiting.args
    assert isinstance(job.error, BadInput)
    with qtbot.waitSignal(studio.queue.failed, timeout=WAIT_MS):
        studio.queue.retry(first)
    assert studio.states() == ["Failed", "Failed"]


def test_a_bug_is_logged_and_handed_over(
    qtbot: QtBot, start: Start, caplog: pytest.LogCaptureFixture
) -> None:
    studio = start(lambda: FailingBackend(RuntimeError("boom")))
    with qtbot.waitSignal(studio.queue.failed, timeout=WAIT_MS) as waiting:
        studio.queue.submit("one", TWO_SECONDS)
    assert isinstance(waiting.args[0].error, RuntimeError)
    assert "boom" in caplog.text


def test_a_paused_queue_holds_back_what_waits(qtbot: QtBot, start: Start) -> None:
    studio = start(ToneBackend)
    studio.queue.set_paused(True)
    studio.queue.submit("one", WarmUpRequest())
    assert studio.states() == ["Paused"]
    with qtbot.waitSignal(studio.queue.finished, timeout=WAIT_MS):
        studio.queue.set_paused(False)
    assert studio.states() == ["Done"]


def test_the_forecast_waits_for_three_percent() -> None:
    def job(done: int) -> Job:
        progress = Progress(Stage.GENERATING, done, 100)
        return Job(
            id=JobId(0),
            label="",
            request=LONG,
            finish=lambda answer: answer,
            progress=progress,
            generating_s=100.0,
        )

    assert job(2).time_left_s(101.0) is None
    assert job(25).time_left_s(110.0) == pytest.approx(30.0)

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from arbitrary_projects import EMPTY
from pytestqt.qtbot import QtBot

from app.actions.notice import Notice
from app.actions.pending import PendingActions
from app.jobs.build_request import RunOptions, build_run
from app.jobs.engine_thread import EngineThread
from app.jobs.pending_runs import read_pending
from app.jobs.queue import JobQueue
from app.jobs.submit import submit_run
from app.jobs.target import choose_target
from app.model.edits.chords import PasteLeadSheet
from app.model.edits.prompt import SetLength
from app.storage.project_folder import ProjectFolder, create_unsaved
from engine.timebase import Ticks
from engine.tone_backend import ToneBackend

PROJECT = SetLength(2).apply(PasteLeadSheet("Am F", Ticks(0)).apply(EMPTY))


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[ProjectFolder]:
    folder = create_unsaved(PROJECT, tmp_path)
    yield folder
    folder.close(keep_unsaved=True)


def submit(queue: JobQueue, folder: ProjectFolder) -> None:
    run = build_run(PROJECT, choose_target(PROJECT), RunOptions(1), folder.pool.read)
    submit_run(queue, "Generate", run, folder.pool.add)


def test_an_interrupted_run_comes_back_paused_and_can_go_on(
    qtbot: QtBot, folder: ProjectFolder
) -> None:
    held = threading.Event()

    def hold(_: int) -> None:
        assert held.wait(20)

    engine = EngineThread(lambda: ToneBackend(hold))
    queue = JobQueue(engine)
    pending = PendingActions(queue, lambda: folder, lambda _: None)
    submit(queue, folder)
    pending.close()
    assert len(read_pending(folder.path)) == 1
    queue.blockSignals(True)  # the program dies here: nothing is written any more
    held.set()
    assert engine.close(20.0)

    told: list[Notice] = []
    engine = EngineThread(ToneBackend)
    queue = JobQueue(engine)
    pending = PendingActions(queue, lambda: folder, told.append)
    pending.restore(folder)
    assert [job.line for job in queue.jobs] == ["Paused"]
    (notice,) = told
    assert "1 run was not finished" in notice.message
    go_on = notice.choices[0][1]
    with qtbot.waitSignal(queue.finished, timeout=20_000):
        go_on()
    pending.close()
    assert read_pending(folder.path) == ()
    assert engine.close(20.0)


def test_a_queue_that_was_empty_says_nothing(qtbot: QtBot, folder: ProjectFolder) -> None:
    told: list[Notice] = []
    engine = EngineThread(ToneBackend)
    queue = JobQueue(engine)
    PendingActions(queue, lambda: folder, told.append).restore(folder)
    assert (told, queue.jobs) == ([], ())
    assert engine.close(20.0)

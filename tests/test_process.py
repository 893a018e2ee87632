"""Garbage is searched for in pauses."""

from __future__ import annotations

import gc
import os
import sys
import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.process import (
    LONG_PAUSE_S,
    LONGEST_WAIT_S,
    SHORT_PAUSE_S,
    WORKER_NICENESS,
    PauseCollection,
    set_up_process,
    step_back,
)


@pytest.fixture(autouse=True)
def _ordinary_collection() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


class Ring:
    """Garbage that only a collection finds."""

    n_alive = 0

    def __init__(self) -> None:
        self.me = self
        Ring.n_alive += 1

    def __del__(self) -> None:
        Ring.n_alive -= 1


def old_garbage() -> None:
    """A ring that has outlived the young generations, and is then let go."""
    ring = Ring()
    gc.collect(0)
    gc.collect(1)
    assert Ring.n_alive == 1
    del ring


def test_full_collections_do_not_start_by_themselves(qtbot: QtBot) -> None:
    set_up_process()
    n_full = gc.get_stats()[2]["collections"]
    kept = [[n] for n in range(200_000)]
    assert len(kept) == 200_000
    assert gc.get_stats()[2]["collections"] == n_full


def test_garbage_goes_in_a_pause_and_stays_while_someone_waits(qtbot: QtBot) -> None:
    paused_s = 0.0
    collection = PauseCollection(lambda: paused_s)
    old_garbage()
    collection.look()
    assert Ring.n_alive == 1
    paused_s = SHORT_PAUSE_S
    collection.look()
    assert Ring.n_alive == 0


def test_without_a_pause_garbage_goes_after_a_while(qtbot: QtBot) -> None:
    now_s = 0.0
    collection = PauseCollection(lambda: 0.0, lambda: now_s)
    old_garbage()
    now_s = LONGEST_WAIT_S + 1
    collection.look()
    assert Ring.n_alive == 0


def test_what_outlived_a_pause_and_then_died_goes_in_a_long_one(qtbot: QtBot) -> None:
    paused_s = SHORT_PAUSE_S
    collection = PauseCollection(lambda: paused_s)
    ring = Ring()
    collection.look()
    del ring
    collection.look()
    assert Ring.n_alive == 1  # what lived through a pause is not looked at in every other
    paused_s = LONG_PAUSE_S
    collection.look()
    assert Ring.n_alive == 0


@pytest.mark.skipif(sys.platform != "linux", reason="niceness of single threads is Linux's")
def test_a_thread_that_steps_back_leaves_the_others_as_they_were() -> None:
    niceness: dict[str, int] = {}

    def work() -> None:
        step_back()
        niceness["worker"] = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    before = os.getpriority(os.PRIO_PROCESS, 0)
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert niceness["worker"] == min(19, before + WORKER_NICENESS)
    assert os.getpriority(os.PRIO_PROCESS, 0) == before

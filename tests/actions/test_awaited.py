from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from app.actions.awaited import awaited

PATIENCE_S = 20.0


def test_the_event_loop_turns_while_the_work_goes_on(qtbot: QtBot) -> None:
    has_ticked = threading.Event()
    QTimer.singleShot(0, has_ticked.set)
    assert awaited(lambda: has_ticked.wait(PATIENCE_S))


def test_short_work_gives_its_result_at_once(qtbot: QtBot) -> None:
    assert awaited(lambda: 7) == 7


def test_the_work_is_done_in_another_thread(qtbot: QtBot) -> None:
    assert awaited(threading.current_thread) is not threading.main_thread()


def test_what_the_work_raises_is_raised(qtbot: QtBot) -> None:
    has_ticked = threading.Event()
    QTimer.singleShot(0, has_ticked.set)

    def fail() -> None:
        assert has_ticked.wait(PATIENCE_S)
        raise ValueError("no such thing")

    with pytest.raises(ValueError, match="no such thing"):
        awaited(fail)

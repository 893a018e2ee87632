"""The first start: the demo plays at a touch, and Ctrl+Enter makes a take without any set-up."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from timeline_hand import CONTROL, NONE

from app.application import Application

PATIENCE_S = 3.0
RUN_MS = 120_000


def press(studio: Application, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(QApplication.focusWidget() or studio.window, key, held)


def test_the_demo_plays_and_a_take_appears(toned: Application, qtbot: QtBot) -> None:
    since = time.perf_counter()
    toned.start(None)
    press(toned, Qt.Key.Key_Space)
    assert toned.sound.transport.is_playing
    assert time.perf_counter() - since < PATIENCE_S
    assert QApplication.activeModalWidget() is None, "no dialog stands in the way"
    assert toned.document.project.take_groups, "the demo brings finished takes"
    press(toned, Qt.Key.Key_Space)
    assert not toned.sound.transport.is_playing

    n_takes = sum(len(group.takes) for group in toned.document.project.take_groups)
    press(toned, Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(
        lambda: (
            sum(len(group.takes) for group in toned.document.project.take_groups) > n_takes
            and toned.queue.running is None
        ),
        timeout=RUN_MS,
    )
    failures = [words for words in toned.notices.messages if "sound device" not in words]
    assert failures == []

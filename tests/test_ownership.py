from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QThread, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.ownership import end_with_its_parts


@dataclass(frozen=True)
class Verbs:
    first: QObject


class Studio(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.itself = self
        self.part = QObject()
        self.part.deeper = QTimer()
        self.verbs = Verbs(QObject())
        self.thread_of_its_own = QThread()
        self.child = QObject(self)
        self.number = 7


def test_an_object_ends_with_all_that_only_it_holds(qtbot: QtBot) -> None:
    studio = Studio()
    parts = (studio, studio.part, studio.part.deeper, studio.verbs.first, studio.child)
    end_with_its_parts(studio)
    assert all(isValid(part) for part in parts)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert [isValid(part) for part in parts] == [False] * 5
    assert isValid(studio.thread_of_its_own)

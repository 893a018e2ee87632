"""A timeline on the screen and a hand over it, for the tests of ruler and lanes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, Qt, QUrl, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.actions.arrange import Arrange
from app.document.document import ProjectDocument
from app.document.workspace import Workspace
from app.model.chord_block import ChordBlock
from app.model.clip import Asset, Clip
from app.model.drum_hit import DrumHit
from app.model.ids import AssetId, ClipId, MaskId
from app.model.mask import MaskRegion
from app.model.note import Note
from app.model.project import Project, new_project
from app.playback.peaks import Peaks, build_peaks
from app.ui.timeline.view import TimelineView
from engine.timebase import Samples, Span, TempoMap, Ticks

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
BAR = 3840
BEAT = 960


class StillPeaks(QObject):
    """One second of a tone for every recording."""

    ready = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        wave = np.sin(np.arange(32000) / 20).astype(np.float32)
        self._peaks = build_peaks(wave[np.newaxis], 32000)

    def peaks_of(self, _asset: Asset) -> Peaks | None:
        return self._peaks


class Hand:
    """The mouse over a timeline."""

    def __init__(self, view: TimelineView) -> None:
        self.view = view

    def x(self, ticks: float) -> float:
        return self.view.axis.scale.x_at(ticks)

    def click(
        self, widget: QWidget, at: tuple[float, float], modifiers: Qt.KeyboardModifier = NONE
    ) -> None:
        QTest.mouseClick(widget, LEFT, modifiers, _point(at))

    def double_click(self, widget: QWidget, at: tuple[float, float]) -> None:
        QTest.mouseClick(widget, LEFT, NONE, _point(at))
        QTest.mouseDClick(widget, LEFT, NONE, _point(at))
        QTest.mouseRelease(widget, LEFT, NONE, _point(at))

    def press(
        self, widget: QWidget, at: tuple[float, float], modifiers: Qt.KeyboardModifier = NONE
    ) -> None:
        QTest.mousePress(widget, LEFT, modifiers, _point(at))

    def drag_to(
        self, widget: QWidget, at: tuple[float, float], modifiers: Qt.KeyboardModifier = NONE
    ) -> None:
        _move(widget, at, modifiers)

    def release(
        self, widget: QWidget, at: tuple[float, float], modifiers: Qt.KeyboardModifier = NONE
    ) -> None:
        QTest.mouseRelease(widget, LEFT, modifiers, _point(at))

    def drag(
        self,
        widget: QWidget,
        start: tuple[float, float],
        end: tuple[float, float],
        modifiers: Qt.KeyboardModifier = NONE,
    ) -> None:
        """Press, move in three steps, release."""
        self.press(widget, start, modifiers)
        for share in (0.3, 0.7, 1.0):
            x = start[0] + (end[0] - start[0]) * share
            y = start[1] + (end[1] - start[1]) * share
            self.drag_to(widget, (x, y), modifiers)
        self.release(widget, end, modifiers)

    def drop_text(self, widget: QWidget, at: tuple[float, float], text: str) -> None:
        """Text dragged here from elsewhere, let go."""
        data = QMimeData()
        data.setText(text)
        self._drop(widget, at, data)

    def drop_files(self, widget: QWidget, at: tuple[float, float], *paths: str) -> None:
        """Files dragged here from elsewhere, let go."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(path) for path in paths])
        self._drop(widget, at, data)

    def _drop(self, widget: QWidget, at: tuple[float, float], data: QMimeData) -> None:
        copy, place = Qt.DropAction.CopyAction, _point(at)
        QApplication.sendEvent(widget, QDragEnterEvent(place, copy, data, LEFT, NONE))
        QApplication.sendEvent(widget, QDropEvent(QPointF(place), copy, data, LEFT, NONE))

    def wheel(
        self, widget: QWidget, x: float, steps: int, modifiers: Qt.KeyboardModifier = NONE
    ) -> None:
        at = QPointF(x, 10)
        event = QWheelEvent(
            at,
            QPointF(widget.mapToGlobal(at.toPoint())),
            QPoint(),
            QPoint(0, 120 * steps),
            Qt.MouseButton.NoButton,
            modifiers,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(widget, event)


class Studio(Hand):
    """A document with its timeline, 24 px to the beat, eight bars in sight."""

    def __init__(self, qtbot: QtBot, project: Project) -> None:
        self.document = ProjectDocument(project)
        self.workspace = Workspace()
        self.arrange = Arrange(self.document, self.workspace)
        super().__init__(TimelineView(self.document, self.workspace, self.arrange, StillPeaks()))
        qtbot.addWidget(self.view)
        self.view.resize(1200, 760)
        self.view.show()
        qtbot.waitExposed(self.view)
        self.view.axis.restore(24.0, 0.0)

    @property
    def project(self) -> Project:
        return self.document.project


def _point(at: tuple[float, float]) -> QPoint:
    return QPoint(round(at[0]), round(at[1]))


def _move(widget: QWidget, at: tuple[float, float], modifiers: Qt.KeyboardModifier) -> None:
    """A move with the button held; QTest's own carries neither button nor modifiers."""
    place = QPointF(round(at[0]), round(at[1]))
    on_screen = QPointF(widget.mapToGlobal(place.toPoint()))
    event = QMouseEvent(QEvent.Type.MouseMove, place, on_screen, LEFT, LEFT, modifiers)
    QApplication.sendEvent(widget, event)


def bars(first: int, last: int) -> Span[Ticks]:
    """Bars of 4/4, both included."""
    return TempoMap().bars(first, last)


def song(**changes: object) -> Project:
    """96 bpm, 4/4, A minor, with what ``changes`` add."""
    return replace(new_project("Song", TempoMap(96)), key="A:min", **changes)  # type: ignore[arg-type]


def with_chords(*texts: str) -> Project:
    """One chord per bar."""
    project = song()
    blocks = tuple(ChordBlock(bars(n, n), text) for n, text in enumerate(texts, 1))
    return replace(project, chords=replace(project.chords, blocks=blocks))


def with_hits(*hits: tuple[int, int]) -> Project:
    """Strokes as (time, pitch)."""
    project = song()
    drums = project.drums.with_hits(DrumHit(Ticks(time), pitch) for time, pitch in hits)
    return replace(project, drums=drums)


def with_notes(*notes: Note) -> Project:
    """Notes in order."""
    project = song()
    return replace(project, notes=replace(project.notes, notes=notes))


def with_clip(first: int = 1, last: int = 4) -> Project:
    """A clip ``c`` over whole bars, of a recording of 20 s."""
    project = song()
    asset = Asset(AssetId("tone"), "wav", 32000, 1, Samples(640000))
    length = Samples(round((last - first + 1) * 2.5 * 32000))
    clip = Clip(ClipId("c"), asset, project.tempo.bar_start(first), length)
    return replace(project, audio=project.audio.with_clips((clip,)))


def with_mask(project: Project, first: int, last: int) -> Project:
    """The project with a mask ``m`` over whole bars."""
    return replace(project, masks=(MaskRegion(MaskId("m"), bars(first, last), "Bridge"),))

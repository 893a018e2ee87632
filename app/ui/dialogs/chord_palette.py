"""Chords worth trying in the song's key: click to hear, double-click or drag to place."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.model.chord_symbol import localised
from app.model.key import borrowed_chords, circle_of_fifths, diatonic_chords, key_name, role_of
from app.model.progression import PROGRESSIONS, progression_chords
from app.model.project import Project
from app.ui.lanes.stage import Stage
from app.ui.theme import SPACING

COLUMNS = 7
DRAG_STARTS_AFTER_PX = 6
SIZE = (470, 560)


class ChordButton(QPushButton):
    """Some chords as text. A click sounds the first; a double click or drop places them all."""

    def __init__(self, text: str, label: str, stage: Stage) -> None:
        super().__init__(label)
        self.text_placed = text
        self._stage = stage
        self._pressed_at: QPoint | None = None
        self.setToolTip("Click to hear, double-click to place at the start marker, or drag it")
        self.setAutoDefault(False)
        self.setAccessibleName(f"Chord suggestion {text}")
        self.clicked.connect(self._sound)

    def _sound(self) -> None:
        self._stage.chord_auditioned.emit(self.text_placed.split()[0])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed_at is None:
            return
        moved = event.position().toPoint() - self._pressed_at
        if moved.manhattanLength() >= DRAG_STARTS_AFTER_PX:
            self._pressed_at = None
            self.setDown(False)
            drag, data = QDrag(self), QMimeData()
            data.setText(self.text_placed)
            drag.setMimeData(data)
            drag.exec(Qt.DropAction.CopyAction)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        stage = self._stage
        at = stage.project.tempo.bar_start(
            stage.project.tempo.position_at(stage.workspace.start_marker)[0]
        )
        end = stage.arrange.chords.paste(self.text_placed, at)
        stage.workspace.set_start_marker(end)


class ChordPalette(QScrollArea):
    """A window of its own that follows the key."""

    def __init__(self, stage: Stage, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowFlags(Qt.WindowType.Tool)
        self._stage = stage
        self.setWidgetResizable(True)
        self.resize(*SIZE)
        stage.document.changed.connect(self._on_changed)
        self._fill()

    def buttons(self) -> list[ChordButton]:
        """What is offered, from top to bottom."""
        return self.findChildren(ChordButton)

    def _on_changed(self, before: Project, after: Project) -> None:
        before_names = before.chords.has_german_names
        if (before.key, before_names) != (after.key, after.chords.has_german_names):
            self._fill()

    def _fill(self) -> None:
        project = self._stage.project
        key = project.key
        self.setWindowTitle(f"Chords in {key_name(key)}")
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(SPACING[3], SPACING[3], SPACING[3], SPACING[3])
        column.setSpacing(SPACING[2])
        for title, chords in (
            ("In the key", diatonic_chords(key)),
            ("Borrowed", borrowed_chords(key)),
            ("Circle of fifths", circle_of_fifths(key)),
        ):
            self._add_row(column, title, chords)
        column.addWidget(QLabel("Progressions"))
        for name, numerals in PROGRESSIONS.items():
            text = self._written(progression_chords(numerals, key))
            column.addWidget(ChordButton(text, f"{name}:  {numerals}", self._stage))
        column.addStretch(1)
        self.setWidget(page)

    def _add_row(self, column: QVBoxLayout, title: str, chords: Iterable[str]) -> None:
        column.addWidget(QLabel(title))
        grid = QGridLayout()
        grid.setSpacing(SPACING[1])
        for index, chord in enumerate(chords):
            text = self._written((chord,))
            numeral = role_of(chord, self._stage.project.key).numeral
            button = ChordButton(text, f"{text}\n{numeral}", self._stage)
            grid.addWidget(button, index // COLUMNS, index % COLUMNS)
        column.addLayout(grid)

    def _written(self, chords: Iterable[str]) -> str:
        german_names = self._stage.project.chords.has_german_names
        return " ".join(localised(chord, german_names) for chord in chords)


def show_chord_palette(stage: Stage, window: QWidget) -> ChordPalette:
    """Bring up the one palette of a window."""
    palette = window.findChild(ChordPalette) or ChordPalette(stage, window)
    palette.show()
    palette.activateWindow()
    return palette

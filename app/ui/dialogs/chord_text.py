"""The chord lane as a lead sheet in a window: what it reads is said below while typing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.model.lead_sheet import LeadSheet, read_lead_sheet
from app.ui import theme
from app.ui.lanes.stage import Stage
from app.ui.theme import SPACING

WIDTH_PX, HEIGHT_PX = 560, 320


class ChordTextDialog(QDialog):
    """Unknown words are underlined while typing; they are taken as they are."""

    def __init__(self, stage: Stage, parent: QWidget) -> None:
        super().__init__(parent)
        self._stage = stage
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Chords as text")
        self.resize(WIDTH_PX, HEIGHT_PX)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("Chords as text")
        self.text.setPlaceholderText("| Am | F C | G . . E7 | % |")
        self.text.setPlainText(stage.arrange.chords.as_text(stage.project.chords.blocks))
        self.reading = QLabel()
        self.reading.setWordWrap(True)
        self.offer = QPushButton("one chord per bar instead")
        self.offer.setAutoDefault(False)
        self.offer.clicked.connect(self._take_offer)
        self._offered = ""
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.take = buttons.button(QDialogButtonBox.StandardButton.Ok)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACING[4], SPACING[4], SPACING[4], SPACING[4])
        layout.setSpacing(SPACING[2])
        layout.addWidget(self.text, 1)
        layout.addWidget(self.reading)
        layout.addWidget(self.offer, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(buttons)
        self.text.textChanged.connect(self._read)
        self._read()

    def accept(self) -> None:
        """Let the text be the lane."""
        self._stage.arrange.chords.write_all(self.text.toPlainText())
        super().accept()

    def _read(self) -> None:
        project = self._stage.project
        try:
            sheet = read_lead_sheet(
                self.text.toPlainText(), project.tempo.meter, project.chords.has_german_names
            )
        except ValueError as error:
            self.reading.setText(f"⚠ {error}")
            self.offer.hide()
            self.take.setEnabled(False)
            return
        self.take.setEnabled(True)
        words = sheet.explanation if sheet.bars else "no chords"
        self.reading.setText("\n".join([words, *(f"⚠ {error.message}" for error in sheet.errors)]))
        self._offered = sheet.alternative or ""
        self.offer.setVisible(sheet.alternative is not None)
        self._underline(sheet)

    def _underline(self, sheet: LeadSheet) -> None:
        marks = []
        for error in sheet.errors:
            cursor = QTextCursor(self.text.document())
            cursor.setPosition(error.start)
            cursor.setPosition(error.end, QTextCursor.MoveMode.KeepAnchor)
            mark = QTextEdit.ExtraSelection()
            mark.cursor = cursor
            shape = QTextCharFormat()
            shape.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SpellCheckUnderline)
            shape.setUnderlineColor(theme.current().error)
            mark.format = shape
            marks.append(mark)
        self.text.setExtraSelections(marks)

    def _take_offer(self) -> None:
        self.text.setPlainText(self._offered)

"""What is asked for in one section: its name, words and energy."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QPlainTextEdit,
    QSlider,
    QWidget,
)

from app.model.section import ENERGY_WORDS, MAX_SECTION_NAME, SECTION_NAMES, Section
from app.ui.lanes.stage import Stage

PROMPT_HEIGHT_PX = 70


class SectionDialog(QDialog):
    """OK is one undo step; Escape changes nothing."""

    def __init__(self, stage: Stage, section: Section, parent: QWidget) -> None:
        super().__init__(parent)
        self._stage = stage
        self._section = section
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setWindowTitle("Section")
        self.name = QComboBox()
        self.name.setEditable(True)
        self.name.addItems(SECTION_NAMES)
        self.name.setCurrentText(section.name)
        self.prompt = _text_field(section.prompt, "What is wanted here, besides the song's prompt")
        self.negative = _text_field(section.negative, "What is not wanted here")
        self.energy = QSlider(Qt.Orientation.Horizontal)
        self.energy.setRange(min(ENERGY_WORDS), max(ENERGY_WORDS))
        self.energy.setTickPosition(QSlider.TickPosition.TicksBelow)
        self.energy.setValue(section.energy)
        form = QFormLayout(self)
        for label, field in (
            ("Name", self.name),
            ("Prompt", self.prompt),
            ("Negative", self.negative),
            ("Energy", self.energy),
        ):
            field.setAccessibleName(f"Section {label.lower()}")
            form.addRow(label, field)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form.addRow(buttons)

    def accept(self) -> None:
        """Take what was typed; without a name the old one stays."""
        name = self.name.currentText().strip()[:MAX_SECTION_NAME]
        changed = replace(
            self._section,
            name=name or self._section.name,
            prompt=self.prompt.toPlainText().strip(),
            negative=self.negative.toPlainText().strip(),
            energy=self.energy.value(),
        )
        self._stage.arrange.sections.change(changed)
        super().accept()


def _text_field(text: str, hint: str) -> QPlainTextEdit:
    field = QPlainTextEdit(text)
    field.setPlaceholderText(hint)
    field.setTabChangesFocus(True)
    field.setFixedHeight(PROMPT_HEIGHT_PX)
    return field

"""What to export, of which stretch, and how it is stored."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QVBoxLayout,
    QWidget,
)

from app.actions.export import Content, ExportActions, ExportChoices, Part, file_stem
from app.model.project import Project
from app.settings import SettingsFile
from app.ui.dialogs.questions import WindowQuestions
from app.ui.panels.fields import NumberField, label
from app.ui.panels.time_text import format_seconds
from app.ui.theme import SPACING
from engine.timebase import Seconds

FORMATS = (("WAV", "wav"), ("FLAC", "flac"), ("MP3", "mp3"), ("OGG Vorbis", "ogg"))
RATES_HZ = (32_000, 44_100, 48_000)
DEPTHS = (("16 bit", 16), ("24 bit", 24), ("32 bit float", 32))
MAX_TAIL_S = 30.0
_BYTES_PER_SECOND = {"mp3": 24_000, "ogg": 20_000}


class ExportDialog(QDialog):
    """Remembers the last choices; the button asks where to write."""

    def __init__(
        self,
        project: Project,
        export: ExportActions,
        settings: SettingsFile,
        questions: WindowQuestions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._project = project
        self._export = export
        self._settings = settings
        self._questions = questions
        self.setWindowTitle("Export")
        self.setMinimumWidth(420)

        self.content = _box([(content.value, content) for content in Content])
        self.part = _box([(part.value, part) for part in export.parts()])
        self.format = _box(list(FORMATS))
        self.rate = _box([(f"{rate / 1000:g} kHz", rate) for rate in RATES_HZ])
        self.bit_depth = _box(list(DEPTHS))
        self.tail = NumberField(0.0, MAX_TAIL_S, 0.0, decimals=1, step=0.5, unit="s")
        self.normalise = QCheckBox("Normalise to -0.3 dB")
        self._note = label("", "caption", wraps=True)
        self._restore()

        form = QFormLayout()
        form.setHorizontalSpacing(SPACING[4])
        form.setVerticalSpacing(SPACING[2])
        for name, control in (
            ("What", self.content),
            ("Range", self.part),
            ("Format", self.format),
            ("Sample rate", self.rate),
            ("Depth", self.bit_depth),
            ("Tail", self.tail),
            ("", self.normalise),
        ):
            control.setAccessibleName(name or control.accessibleName())
            form.addRow(label(name, "secondary"), control)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        go = buttons.addButton("Export…", QDialogButtonBox.ButtonRole.AcceptRole)
        go.setDefault(True)
        buttons.accepted.connect(self._go)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACING[4], SPACING[4], SPACING[4], SPACING[4])
        layout.setSpacing(SPACING[3])
        layout.addWidget(label("Export", "title"))
        layout.addLayout(form)
        layout.addWidget(self._note)
        layout.addWidget(buttons)
        for box in (self.content, self.part, self.format, self.rate, self.bit_depth):
            box.currentIndexChanged.connect(self._show_consequences)
        self.tail.entered.connect(self._show_consequences)
        self._show_consequences()

    def choices(self) -> ExportChoices:
        """What is chosen now."""
        return ExportChoices(
            content=self.content.currentData(),
            part=self.part.currentData(),
            extension=self.format.currentData(),
            sample_rate_hz=self.rate.currentData(),
            bits=self.bit_depth.currentData(),
            is_normalised=self.normalise.isChecked(),
            tail=Seconds(self.tail.value()),
        )

    def _show_consequences(self) -> None:
        choices = self.choices()
        is_sound = choices.content is not Content.MIDI
        for control in (self.part, self.format, self.rate, self.tail, self.normalise):
            control.setEnabled(is_sound)
        self.bit_depth.setEnabled(is_sound and choices.extension in ("wav", "flac"))
        span = self._export.span_of(choices.part)
        if not is_sound or span is None:
            self._note.setText(
                "Tempo, signature, key and one track per lane."
                if span is not None
                else "The project is empty."
            )
            return
        seconds = self._project.tempo.seconds_span(span)
        length = Seconds(seconds.end - seconds.start + choices.tail)
        per_second = _BYTES_PER_SECOND.get(
            choices.extension, choices.sample_rate_hz * 2 * choices.bits // 8
        )
        self._note.setText(f"{format_seconds(length)}, about {length * per_second / 1e6:.1f} MB")

    def _go(self) -> None:
        choices = self.choices()
        extension = "mid" if choices.content is Content.MIDI else choices.extension
        stem = file_stem(self._project, "lanes" if choices.content is Content.LANES else "mix")
        folder = Path(self._settings.current.export.get("folder", str(Path.home())))
        path = self._questions.path_to_export(
            str(folder / f"{stem}.{extension}"), f"{extension.upper()} (*.{extension})"
        )
        if path is None:
            return
        self._settings.change(
            export={
                "content": choices.content.value,
                "format": choices.extension,
                "rate": str(choices.sample_rate_hz),
                "depth": str(choices.bits),
                "folder": str(path.parent),
            }
        )
        self._export.export(path, choices)
        self.accept()

    def _restore(self) -> None:
        kept = self._settings.current.export
        _choose(self.content, kept.get("content", Content.MIX.value))
        _choose(self.format, kept.get("format", "wav"))
        _choose(self.rate, kept.get("rate", "32000"))
        _choose(self.bit_depth, kept.get("depth", "24"))
        if self.part.findData(Part.SELECTION) >= 0:
            self.part.setCurrentIndex(self.part.findData(Part.SELECTION))


def _box(entries: Sequence[tuple[str, object]]) -> QComboBox:
    box = QComboBox()
    for text, value in entries:
        box.addItem(text, value)
    return box


def _choose(box: QComboBox, value: str) -> None:
    for index in range(box.count()):
        if str(box.itemData(index)) == value:
            box.setCurrentIndex(index)

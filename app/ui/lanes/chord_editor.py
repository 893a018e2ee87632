"""Typing chords in the lane: the text field, and below it how the text will be read."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from app.model.lead_sheet import LeadSheet, read_lead_sheet
from app.ui import theme
from engine.timebase import Meter

MIN_WIDTH_PX = 96
PREVIEW_GAP_PX = 4
LONGEST_TEXT = 4000


class ChordEditor(QLineEdit):
    """One line of lead-sheet text over a chord's place.

    Signals:
        committed(text): Enter, or the focus left; nothing typed is lost.
        stepped(text, direction): Tab (+1) or Shift+Tab (-1): take this and go on.
        cancelled(): Escape.
    """

    committed = Signal(str)
    stepped = Signal(str, int)
    cancelled = Signal()

    def __init__(
        self, text: str, meter: Meter, place: QRect, parent: QWidget, *, german_names: bool
    ) -> None:
        """Opens over ``place``; the preview hangs below it in the window of ``parent``."""
        super().__init__(text, parent)
        self._meter = meter
        self._german_names = german_names
        self._is_done = False
        self.setMaxLength(LONGEST_TEXT)
        self.setAccessibleName("Chord text")
        self.setPlaceholderText("Am F C G")
        self._preview = ReadingPreview(parent.window())
        self._preview.replacement_chosen.connect(self._on_replacement)
        self.textChanged.connect(self._on_text_changed)
        self.move_to(place)
        self._on_text_changed(text)
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def move_to(self, place: QRect) -> None:
        """Follow the chord's place when the lane scrolls or zooms."""
        width = max(place.width(), MIN_WIDTH_PX, self._width_of_text())
        height = max(28, min(32, place.height()))
        top = place.top() + (place.height() - height) // 2
        self.setGeometry(max(0, place.left()), top, width, height)
        self._place_preview()

    @property
    def preview_text(self) -> str:
        """What the preview says now; empty while it is hidden."""
        return self._preview.words

    @property
    def offer_button(self) -> QToolButton:
        """The way out that the preview offers."""
        return self._preview.button

    def _width_of_text(self) -> int:
        return self.fontMetrics().horizontalAdvance(self.text()) + 28

    def _place_preview(self) -> None:
        window = self.window()
        corner = self.mapTo(window, self.rect().bottomLeft())
        self._preview.adjustSize()
        most = window.width() - self._preview.width() - PREVIEW_GAP_PX
        self._preview.move(max(0, min(corner.x(), most)), corner.y() + PREVIEW_GAP_PX)
        self._preview.raise_()

    def _on_text_changed(self, text: str) -> None:
        try:
            sheet = read_lead_sheet(text, self._meter, self._german_names)
            self._preview.show_reading(sheet)
        except ValueError as error:
            self._preview.show_problem(str(error))
        self.resize(max(self.width(), self._width_of_text()), self.height())
        self._place_preview()

    def _on_replacement(self, text: str, is_final: bool) -> None:
        self.setText(text)
        if is_final:
            self._finish()
            self.committed.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._finish()
            self.committed.emit(self.text())
        elif event.key() == Qt.Key.Key_Escape:
            self._finish()
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Tab takes the text and goes to the next bar."""
        self._finish()
        self.stepped.emit(self.text(), 1 if forwards else -1)
        return True

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        leaves_window = event.reason() in (
            Qt.FocusReason.ActiveWindowFocusReason,
            Qt.FocusReason.PopupFocusReason,
        )
        if not leaves_window and not self._is_done:
            self._finish()
            self.committed.emit(self.text())

    def _finish(self) -> None:
        self._is_done = True
        self._preview.hide()
        self._preview.deleteLater()


class ReadingPreview(QFrame):
    """Says how the text is read, what is no chord, and offers a way out with one click.

    ``replacement_chosen(text, is_final)``: take this text instead; final closes the editor.
    """

    replacement_chosen = Signal(str, bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName("How the chords are read")
        self._label = QLabel(self)
        self.button = QToolButton(self)
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.button.clicked.connect(self._on_clicked)
        self._offer = ("", False)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 6, 6, 6)
        layout.setSpacing(8)
        layout.addWidget(self._label)
        layout.addWidget(self.button)
        palette = theme.current()
        self.setStyleSheet(
            f"ReadingPreview {{ background: {palette.raised}; border: 1px solid {palette.border};"
            f" border-radius: 6px; }} QLabel {{ color: {palette.text}; }}"
            f" QToolButton {{ color: {palette.accent}; border: 1px solid {palette.border};"
            " border-radius: 4px; padding: 3px 8px; }"
            f" QToolButton:hover {{ background: {palette.hover}; }}"
        )

    @property
    def words(self) -> str:
        """What is shown now, without markup; empty while hidden."""
        return self._label.accessibleName() if self.isVisible() else ""

    def show_reading(self, sheet: LeadSheet) -> None:
        """Explain a text that could be read; a plain single chord needs no words."""
        self.button.hide()
        if sheet.errors:
            error = sheet.errors[0]
            before, after = sheet.text[: error.start], sheet.text[error.end :]
            red = theme.current().error
            marked = (
                f"{escape(before)}<u style='color:{red}'>{escape(error.text)}</u>{escape(after)}"
            )
            self._show(f"⚠ {error.message}", f"{marked} &nbsp; ⚠ {escape(error.message)}")
            if error.suggestion:
                self._offer = (before + error.suggestion + after, False)
                self._offer_button(f"Use {error.suggestion}")
        elif sheet.alternative is not None:
            self._show(sheet.explanation, escape(sheet.explanation))
            self._offer = (sheet.alternative, True)
            self._offer_button("one chord per bar instead")
        elif len(sheet.bars) > 1:
            self._show(sheet.explanation, escape(sheet.explanation))
        else:
            self.hide()

    def show_problem(self, words: str) -> None:
        """Explain a text that could not be read at all."""
        self.button.hide()
        self._show(f"⚠ {words}", f"⚠ {escape(words)}")

    def _show(self, words: str, marked_up: str) -> None:
        self._label.setText(marked_up)
        self._label.setAccessibleName(words)
        self.show()

    def _offer_button(self, words: str) -> None:
        self.button.setText(words)
        self.button.setAccessibleName(words)
        self.button.show()

    def _on_clicked(self) -> None:
        self.replacement_chosen.emit(*self._offer)

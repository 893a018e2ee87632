"""The place where the studio tells people things: one card per cause, never in the way."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from app.actions.notice import Notice, Tone
from app.ui import icons, theme
from app.ui.panels.fields import column, icon_button, label, row
from app.ui.theme import SPACING


class NoticeBar(QWidget):
    """The cards, newest on top; hidden while there are none."""

    def __init__(self) -> None:
        super().__init__()
        self._cards: dict[str, QFrame] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(SPACING[2], SPACING[2], SPACING[2], 0)
        self._layout.setSpacing(SPACING[1])
        self.hide()

    @property
    def messages(self) -> tuple[str, ...]:
        """What is told now, newest first."""
        return tuple(card.accessibleName() for card in reversed(self._cards.values()))

    def tell(self, notice: Notice) -> None:
        """Show a notice, in place of an older one of the same cause."""
        self.withdraw(notice.cause)
        card = self._card(notice)
        self._cards[notice.cause] = card
        self._layout.insertWidget(0, card)
        self.show()

    def withdraw(self, cause: str) -> None:
        """The cause is gone."""
        card = self._cards.pop(cause, None)
        if card is not None:
            self._layout.removeWidget(card)
            card.hide()
            card.deleteLater()
        if not self._cards:
            self.hide()

    def _card(self, notice: Notice) -> QFrame:
        palette = theme.current()
        colour = {
            Tone.INFO: palette.accent,
            Tone.WARNING: palette.warning,
            Tone.ERROR: palette.error,
        }[notice.tone]
        card = QFrame()
        card.setProperty(
            "role", "notice" if notice.tone is Tone.INFO else f"notice-{notice.tone.value}"
        )
        card.setAccessibleName(f"{notice.message} {notice.hint}".strip())
        picture = label("")
        picture.setPixmap(icons.pixmap(notice.tone.value, colour, 18, self.devicePixelRatioF()))
        words = column(label(notice.message, wraps=True), gap=0)
        if notice.hint:
            words.addWidget(label(notice.hint, "secondary", wraps=True))
        buttons = row(gap=SPACING[1] + 2)
        details = self._details(notice.details)
        for text, act in notice.choices:
            buttons.addWidget(_button(text, self._answer(notice.cause, act)))
        if notice.details:
            buttons.addWidget(_button("Details", lambda: details.setVisible(details.isHidden())))
        buttons.addWidget(icon_button("close", "Dismiss", lambda: self.withdraw(notice.cause)))

        line = QHBoxLayout()
        line.setSpacing(SPACING[3])
        line.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        line.addLayout(buttons)
        whole = QVBoxLayout(card)
        whole.setContentsMargins(SPACING[3], SPACING[2], SPACING[2], SPACING[2])
        whole.setSpacing(SPACING[2])
        whole.addLayout(line)
        whole.addWidget(details)
        return card

    def _answer(self, cause: str, act: Callable[[], object]) -> Callable[[], None]:
        def answer() -> None:
            self.withdraw(cause)
            act()

        return answer

    def _details(self, text: str) -> QWidget:
        box = QWidget()
        view = QPlainTextEdit(text)
        view.setReadOnly(True)
        view.setFixedHeight(120)
        copy = _button("Copy", lambda: QGuiApplication.clipboard().setText(text))
        layout = column(view)
        layout.addWidget(copy, 0, Qt.AlignmentFlag.AlignRight)
        box.setLayout(layout)
        box.hide()
        return box


def _button(text: str, act: Callable[[], object]) -> QPushButton:
    button = QPushButton(text)
    button.setProperty("role", "small")
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.clicked.connect(lambda: act())
    return button

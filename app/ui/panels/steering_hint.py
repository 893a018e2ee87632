"""One line that says when lanes are followed only loosely, and what would help."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from app.actions.steering import SteeringActions
from app.ui.panels.fields import icon_button, label, row
from app.ui.theme import SPACING


class SteeringHint(QFrame):
    """Shown while chords steer alone, until it is dismissed."""

    def __init__(self, steering: SteeringActions) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._steering = steering
        self._is_dismissed = False
        words = label(
            "Chords alone are followed loosely. Add drums or notes to be followed closely.",
            "caption",
            wraps=True,
        )
        beat, voice = QPushButton("Basic beat"), QPushButton("Voice the chords")
        beat.clicked.connect(lambda: steering.add_basic_beat())
        voice.clicked.connect(lambda: steering.voice_chords())
        for button in (beat, voice):
            button.setProperty("role", "small")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        head = QHBoxLayout()
        head.addWidget(words, 1)
        head.addWidget(
            icon_button("close", "Do not show this hint again", self.dismiss),
            0,
            Qt.AlignmentFlag.AlignTop,
        )
        buttons = row(beat, voice)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACING[3], SPACING[1], SPACING[1], SPACING[2])
        layout.setSpacing(SPACING[1])
        layout.addLayout(head)
        layout.addLayout(buttons)
        self.refresh()

    def refresh(self) -> None:
        """Show or hide, as the lanes are now."""
        self.setVisible(not self._is_dismissed and self._steering.is_loose())

    def dismiss(self) -> None:
        """Not again until the next start."""
        self._is_dismissed = True
        self.hide()

"""The card beside the very first project: is there sound, is there an engine, and what to press."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout

from app.ui import icons, theme
from app.ui.panels.fields import icon_button, label, row
from app.ui.theme import SPACING

_TICK_PX = 16


class FirstSteps(QFrame):
    """Never in the way: everything works while it is open, and it can be closed at any point.

    Signals:
        tone_wanted(): play a test tone.
        done(): the card was closed; it does not come back by itself.
    """

    tone_wanted = Signal()
    done = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._sound_tick, self._engine_tick = QLabel(), QLabel()
        self._sound = label("Looking for a sound device …", "secondary", wraps=True)
        self._engine = label("Preparing the Starter model …", "secondary", wraps=True)
        tone = QPushButton("Test tone")
        tone.setProperty("role", "small")
        tone.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        tone.clicked.connect(self.tone_wanted)

        head = row(label("First steps", "title"))
        head.addStretch(1)
        head.addWidget(icon_button("close", "Close the first steps", self._close))
        sound = row(self._sound_tick, self._sound)
        sound.setStretch(1, 1)
        sound.addWidget(tone)
        engine = row(self._engine_tick, self._engine)
        engine.setStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACING[3], SPACING[2], SPACING[2], SPACING[3])
        layout.setSpacing(SPACING[2])
        for line in (head, sound, engine):
            layout.addLayout(line)
        layout.addWidget(
            label("Press Space to hear the project. Then try it: press Ctrl+Enter.", wraps=True)
        )
        self.show_sound(None)
        self.show_engine(None)

    def show_sound(self, device: str | None, *, is_found: bool = False) -> None:
        """Tell which device plays; None while it is being looked for."""
        if device is not None:
            self._sound.setText(device)
        self._show_tick(self._sound_tick, None if device is None else is_found)

    def show_engine(self, problem: str | None) -> None:
        """Tell that the model is ready (an empty text) or why not; None while it loads."""
        if problem is not None:
            self._engine.setText(problem or "The Starter model is ready, offline.")
        self._show_tick(self._engine_tick, None if problem is None else not problem)

    def _show_tick(self, tick: QLabel, is_well: bool | None) -> None:
        palette = theme.current()
        name, colour = {
            None: ("more", palette.text_secondary),
            True: ("check", palette.success),
            False: ("warning", palette.warning),
        }[is_well]
        tick.setFixedWidth(_TICK_PX)
        tick.setPixmap(icons.pixmap(name, colour, _TICK_PX, self.devicePixelRatioF()))
        tick.setAccessibleName({None: "checking", True: "well", False: "attention"}[is_well])

    def _close(self) -> None:
        self.hide()
        self.done.emit()

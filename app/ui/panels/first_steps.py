"""The line above the very first project: is there sound, is there an engine, what to press."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from app.ui import icons, theme
from app.ui.panels.fields import ElidedLabel, icon_button, label, row
from app.ui.theme import SPACING

_TICK_PX = 16


class FirstSteps(QFrame):
    """Never in the way: everything works while it is open, and it can be closed at any point.

    Signals:
        tone_wanted(): play a test tone.
        done(): the line was closed; it does not come back by itself.
    """

    tone_wanted = Signal()
    done = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "notice")
        self._sound_tick, self._engine_tick = QLabel(), QLabel()
        self.sound, self.engine = ElidedLabel("secondary"), ElidedLabel("secondary")
        tone = QPushButton("Test tone")
        tone.setProperty("role", "small")
        tone.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        tone.clicked.connect(self.tone_wanted)

        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACING[3], SPACING[2], SPACING[2], SPACING[2])
        layout.setSpacing(SPACING[4])
        layout.addWidget(label("First steps", "title"))
        for tick, words in ((self._sound_tick, self.sound), (self._engine_tick, self.engine)):
            step = row(tick, words)
            step.setStretch(1, 1)
            layout.addLayout(step, 1)
        layout.addWidget(tone)
        layout.addWidget(label("Try it: Space plays, Ctrl+Enter generates"))
        layout.addWidget(icon_button("close", "Close the first steps", self.close_for_good))
        self.show_sound(None)
        self.show_engine(None)

    def show_sound(self, device: str | None, *, is_found: bool = False) -> None:
        """Tell which device plays, or that there is none; None while it is being looked for."""
        self.sound.setText("Looking for a sound device …" if device is None else device)
        self._show_tick(self._sound_tick, None if device is None else is_found)

    def show_engine(self, problem: str | None) -> None:
        """Tell that the model is ready (an empty text) or why not; None while it loads."""
        loading = "Preparing the Starter model …"
        self.engine.setText(loading if problem is None else problem or "Starter ready, offline")
        self.engine.setToolTip(problem or "")
        self._show_tick(self._engine_tick, None if problem is None else not problem)

    @property
    def ticks(self) -> tuple[str, str]:
        """How sound and engine stand: ``checking``, ``well`` or ``attention``."""
        return self._sound_tick.accessibleName(), self._engine_tick.accessibleName()

    def close_for_good(self) -> None:
        """Hide, and tell."""
        self.hide()
        self.done.emit()

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

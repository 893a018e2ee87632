"""The folded area of sampling options; each shows the model's default until it is changed."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QPushButton, QToolButton, QWidget

from app.actions.prompt import PromptActions
from app.model.project import Expert
from app.ui import icons
from app.ui.panels.fields import NumberField, column, icon_button, label
from app.ui.theme import SPACING


class ExpertArea(QWidget):
    """The options that the chosen model has; the fold is opened by its title."""

    def __init__(self, actions: PromptActions, defaults: Expert) -> None:
        super().__init__()
        self._actions = actions
        self._defaults = defaults
        self._expert = Expert()
        self.fold = QPushButton("Expert")
        self.fold.setProperty("role", "quiet")
        self.fold.setCheckable(True)
        self.fold.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.fold.toggled.connect(self._on_folded)

        self._content = QWidget()
        grid = QGridLayout(self._content)
        grid.setContentsMargins(SPACING[2], 0, 0, 0)
        grid.setHorizontalSpacing(SPACING[2])
        grid.setVerticalSpacing(SPACING[1])
        grid.setColumnStretch(0, 1)
        self._fields: dict[str, NumberField] = {}
        self._resets: dict[str, QToolButton] = {}
        self._add("guidance", "Guidance", 20.0, 1, 0.5, "How strictly words and lanes are followed")
        self._add("temperature", "Temperature", 4.0, 2, 0.05, "Higher surprises more; 0 never")
        self._add("top_k", "Top-k", 2_000, 0, 10, "How many sounds are considered at each step")
        self.setLayout(column(self.fold, self._content))
        self._on_folded(False)

    def show_expert(self, expert: Expert) -> None:
        """Show the options of a project."""
        self._expert = expert
        for name, number in self._fields.items():
            value = getattr(expert, name)
            number.show_value(getattr(self._defaults, name) if value is None else value)
            self._resets[name].setVisible(value is not None)

    def _add(
        self, name: str, title: str, highest: float, decimals: int, step: float, tip: str
    ) -> None:
        grid = self._content.layout()
        assert isinstance(grid, QGridLayout)
        line = grid.rowCount()
        own = getattr(self._defaults, name)
        if own is None:
            return  # the model does not have this option
        default = float(own)
        number = NumberField(0.0, highest, default, decimals=decimals, step=step)
        number.setFixedWidth(84)
        number.setAccessibleName(title)
        number.setToolTip(f"{tip}. Default {default:g}")
        number.entered.connect(lambda value: self._set(name, value))
        reset = icon_button("reset", f"Back to the default, {default:g}")
        reset.clicked.connect(lambda: self._set(name, None))
        caption = label(title, "secondary")
        caption.setBuddy(number)
        grid.addWidget(caption, line, 0)
        grid.addWidget(reset, line, 1)
        grid.addWidget(number, line, 2)
        self._fields[name], self._resets[name] = number, reset

    def _set(self, name: str, value: float | None) -> None:
        if value is not None and name == "top_k":
            value = round(value)
        if value == getattr(self._defaults, name):
            value = None
        changes: dict[str, float | None] = {name: value}
        self._actions.set_expert(replace(self._expert, **changes))  # type: ignore[arg-type]

    def _on_folded(self, is_open: bool) -> None:
        self.fold.setChecked(is_open)
        self.fold.setIcon(icons.icon("chevron-down" if is_open else "chevron-right", size=16))
        self._content.setVisible(is_open)

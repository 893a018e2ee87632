"""Every run so far, newest first: find one by its words, and bring its words or lanes back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.actions.takes import TakeActions
from app.model.project import Project
from app.model.recipe import Recipe
from app.model.region import describe_bars
from app.ui.panels.fields import label, row
from app.ui.panels.overlay import Overlay
from app.ui.theme import SPACING

_RECIPE = Qt.ItemDataRole.UserRole
WIDTH_PX, HEIGHT_PX = 380, 340


class PromptHistory(Overlay):
    """Enter or a double-click brings the words and the seed back."""

    def __init__(self, actions: TakeActions, parent: QWidget) -> None:
        super().__init__(parent)
        self._actions = actions
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search the words of earlier runs")
        self.search.setAccessibleName("Search earlier runs")
        self.search.textChanged.connect(self._on_searched)
        self.search.returnPressed.connect(self._recall)
        self.list = QListWidget()
        self.list.setAccessibleName("Earlier runs")
        self.list.setWordWrap(True)
        self.list.setSpacing(2)
        self.list.itemActivated.connect(lambda _item: self._recall())
        words, lanes = QPushButton("Use its words"), QPushButton("Its lanes too")
        words.setToolTip("Prompt, takes and seed as they were")
        lanes.setToolTip("Also chords, drums, notes and masks as they were")
        words.clicked.connect(lambda: self._recall())
        lanes.clicked.connect(lambda: self._recall(with_lanes=True))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACING[3], SPACING[3], SPACING[3], SPACING[3])
        layout.setSpacing(SPACING[2])
        layout.addWidget(label("Earlier runs", "title"))
        layout.addWidget(self.search)
        layout.addWidget(self.list, 1)
        layout.addLayout(row(words, lanes))
        self.resize(WIDTH_PX, HEIGHT_PX)

    def open_at(self, button: QWidget, project: Project) -> None:
        """Show the runs of a project."""
        self.list.clear()
        for recipe in reversed(project.recipes):
            item = QListWidgetItem(described(recipe))
            item.setData(_RECIPE, recipe.id)
            item.setToolTip(recipe.prompt)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.search.clear()
        self.open_beside(button, self.search)

    @Slot(str)
    def _on_searched(self, text: str) -> None:
        first = None
        for index in range(self.list.count()):
            item = self.list.item(index)
            is_found = all(word in item.text().lower() for word in text.lower().split())
            item.setHidden(not is_found)
            if is_found and first is None:
                first = index
        self.list.setCurrentRow(-1 if first is None else first)

    def _recall(self, *, with_lanes: bool = False) -> None:
        item = self.list.currentItem()
        if item is not None and not item.isHidden():
            self._actions.recall(item.data(_RECIPE), with_lanes=with_lanes)
            self.leave()


def described(recipe: Recipe) -> str:
    """Two lines: the words, and what was done with them."""
    takes = "1 take" if recipe.n_takes == 1 else f"{recipe.n_takes} takes"
    when = recipe.started_at.replace("T", " ")[:16]
    where = describe_bars(recipe.span, recipe.tempo)
    words = recipe.prompt.strip() or "(no words)"
    return f"{words}\n{recipe.act} {where} · {takes} · seed {recipe.seed} · {when}"

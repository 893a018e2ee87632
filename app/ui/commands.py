"""Commands: what menus, keys and the list of shortcuts have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu


@dataclass(frozen=True, slots=True)
class Command:
    """One act with its name, keys (the first is shown) and, for switches, its state.

    ``is_on`` is asked each time the menu opens. ``group`` names alternatives of which one is on.
    """

    name: str
    act: Callable[[], object]
    keys: tuple[str, ...] = ()
    is_on: Callable[[], bool] | None = None
    is_enabled: Callable[[], bool] | None = None
    group: str = ""


Entry = Command | None
"""None draws a line between commands."""


class CommandMenus:
    """Builds a window's menus; single letters act only where no text field has the focus.

    Qt itself sees to that: text fields claim the letters before shortcuts are looked up.
    """

    def __init__(self, window: QMainWindow) -> None:
        self._window = window
        self._groups: dict[str, QActionGroup] = {}
        self._listed: list[tuple[str, str, str]] = []
        self._entries: list[tuple[str, str, str, QAction]] = []
        self._menus: dict[str, QMenu] = {}
        self._actions: dict[str, QAction] = {}

    @property
    def listed(self) -> tuple[tuple[str, str, str], ...]:
        """Title of its menu, name and keys of every command, in order."""
        return tuple(self._listed)

    @property
    def entries(self) -> tuple[tuple[str, str, str, QAction], ...]:
        """Title of its menu, name, keys and action of every command, in order."""
        return tuple(self._entries)

    def action(self, name: str) -> QAction:
        """The action of a command by its name."""
        return self._actions[name]

    def menu(self, title: str) -> QMenu:
        """A menu by its title without the ampersand."""
        return self._menus[title]

    def add_menu(self, title: str, entries: Iterable[Entry], parent: QMenu | None = None) -> QMenu:
        """Add a menu to the bar, or a submenu to ``parent``."""
        bar_or_menu = parent or self._window.menuBar()
        menu = bar_or_menu.addMenu(title)
        self._menus[_plain(title)] = menu
        mine: list[tuple[QAction, Command]] = []
        for entry in entries:
            if entry is None:
                menu.addSeparator()
                continue
            action = self._action(entry)
            menu.addAction(action)
            mine.append((action, entry))
            words = (_plain(title), _plain(entry.name), _written(entry.keys))
            self._listed.append(words)
            self._entries.append((*words, action))
        menu.aboutToShow.connect(lambda: _refresh(mine))
        return menu

    def list_only(self, title: str, keys: Iterable[tuple[str, str]]) -> None:
        """Name keys that widgets serve themselves: what they do, and how they are written."""
        self._listed += [(title, name, written) for name, written in keys]

    def _action(self, command: Command) -> QAction:
        action = QAction(command.name, self._window)
        action.setShortcuts([QKeySequence(key) for key in command.keys])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setAutoRepeat(False)
        action.setCheckable(command.is_on is not None)
        action.triggered.connect(lambda: command.act())
        if command.group:
            group = self._groups.setdefault(command.group, QActionGroup(self._window))
            group.addAction(action)
        self._window.addAction(action)
        self._actions[command.name] = action
        return action


def _refresh(entries: list[tuple[QAction, Command]]) -> None:
    """Show switches as they are; an entry that cannot act now is grey, its key stays alive."""
    for action, command in entries:
        if command.is_on is not None:
            action.setChecked(command.is_on())
        if command.is_enabled is not None:
            action.setEnabled(command.is_enabled())


def _plain(text: str) -> str:
    return text.replace("&", "")


def _written(keys: tuple[str, ...]) -> str:
    native = QKeySequence.SequenceFormat.NativeText
    return ", ".join(dict.fromkeys(QKeySequence(key).toString(native) for key in keys))

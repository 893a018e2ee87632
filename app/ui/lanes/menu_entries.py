"""Entries of the right-click menus of all lanes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QMenu


def add(menu: QMenu, words: str, do: Callable[[], object]) -> None:
    """An entry that acts; after a tab, ``words`` name its key."""
    menu.addAction(words).triggered.connect(lambda _=False: do())


def add_switch(menu: QMenu, words: str, is_on: bool, do: Callable[[], object]) -> None:
    """An entry with a tick where it is on; clicking it acts."""
    action = menu.addAction(words)
    action.setCheckable(True)
    action.setChecked(is_on)
    action.triggered.connect(lambda _=False: do())

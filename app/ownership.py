"""How a closed studio ends: in the window's own thread, not wherever garbage is found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from PySide6.QtCore import QObject, QThread


def end_with_its_parts(owner: QObject) -> None:
    """Let Qt delete an object and all it holds that has no parent, at the next turn of the loop.

    Connections keep what they call, so nothing of it would end by itself. And what Python's
    collector finds it ends in the thread that happens to run, where timers and watchers of the
    main thread may not be touched.
    """
    for part in _parts(owner):
        part.deleteLater()


def _parts(owner: QObject) -> Iterator[QObject]:
    """Every object that ``owner`` leads to by attributes, in its own thread and without parent."""
    seen: set[int] = set()
    waiting: list[object] = [owner]
    while waiting:
        part = waiting.pop()
        if id(part) in seen:
            continue
        seen.add(id(part))
        if is_dataclass(part):
            waiting += [getattr(part, field.name) for field in fields(part)]
        elif isinstance(part, QObject):
            if isinstance(part, QThread) or part.thread() is not owner.thread():
                continue  # ends when it has run out
            if part.parent() is None:
                yield part
            waiting += vars(part).values()

"""The one command on the undo stack: it shows one of two project values."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QUndoCommand

from app.model.project import Project

_ID = 1


class EditCommand(QUndoCommand):
    """Goes from ``before`` to ``after`` and back by handing the value to ``show``.

    Neighbours with an equal ``merge_key`` other than None join into one command.
    """

    def __init__(
        self,
        label: str,
        before: Project,
        after: Project,
        merge_key: object | None,
        show: Callable[[Project], None],
    ) -> None:
        super().__init__(label)
        self.before = before
        self.after = after
        self.merge_key = merge_key
        self._show = show

    def undo(self) -> None:
        """Show the earlier value."""
        self._show(self.before)

    def redo(self) -> None:
        """Show the later value."""
        self._show(self.after)

    def id(self) -> int:
        """One number for all: whether two merge is decided by their keys."""
        return -1 if self.merge_key is None else _ID

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Swallow the next command where it continues this one."""
        if not isinstance(other, EditCommand) or other.merge_key != self.merge_key:
            return False
        self.after = other.after
        return True

"""One gesture of the hand on the document: edits in it replace each other, its end is one step."""

from __future__ import annotations

from app.document.document import ProjectDocument
from app.document.workspace import Workspace
from app.model.edits.edit import Edit
from app.model.project import Project
from app.model.selection import Item, Selection


class Stroke:
    """Applies edits at once, or between ``begin`` and ``finish`` as states of one drag.

    ``base`` is the project a drag is measured from: as it was when the drag began.
    """

    def __init__(self, document: ProjectDocument, workspace: Workspace) -> None:
        self._document = document
        self._workspace = workspace
        self._start: Project | None = None
        self._selection_before = Selection()

    @property
    def base(self) -> Project:
        """The project before the running drag, or the current one."""
        return self._document.project if self._start is None else self._start

    @property
    def is_running(self) -> bool:
        """Whether a drag is going on."""
        return self._start is not None

    def begin(self) -> None:
        """A drag starts."""
        self._start = self._document.project
        self._selection_before = self._workspace.selection
        self._document.begin_gesture()

    def do(self, edit: Edit) -> None:
        """Apply an edit to ``base``; in a drag it replaces what the drag did so far."""
        if self._start is None:
            self._document.apply(edit)
        else:
            self._document.reapply(edit)

    def select(self, items: frozenset[Item]) -> None:
        """Select what an edit put down."""
        self._workspace.set_selection(Selection(items=items))

    def finish(self) -> None:
        """The drag ends: one undo step."""
        self._start = None
        self._document.end_gesture()

    def cancel(self) -> None:
        """The drag never happened."""
        if self._start is not None:
            self._start = None
            self._document.cancel_gesture()
            self._workspace.set_selection(self._selection_before)

"""The open project: its current value, its history, and word of every change."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, Signal

from app.document.history import History, Step
from app.model.edits.edit import Edit, Sequel
from app.model.project import Project

UNDO_STEPS = 500


class ProjectDocument(QObject):
    """Holds one project; ``apply`` is the only way to change it.

    Signals:
        changed(before, after): the value shown has changed, also in the middle of a gesture.
            Unchanged parts are the same objects, so ``before.notes is after.notes`` tells a
            view that it need not repaint.
        committed(project): an undo step was made, undone or redone; what autosave writes down.
        replaced(project): another project was opened; views start afresh. ``changed`` follows.
        history_changed(): undo and redo names or availability, or ``is_modified``, changed.
    """

    changed = Signal(object, object)
    committed = Signal(object)
    replaced = Signal(object)
    history_changed = Signal()

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._gesture_start: Project | None = None
        self._gesture_edit: Edit | None = None
        self._is_sealed = False
        self._is_recovered = False
        self._history = History(UNDO_STEPS)

    @property
    def project(self) -> Project:
        """The current value."""
        return self._project

    def apply(self, edit: Edit) -> None:
        """Do an edit: one undo step, or a part of the running gesture.

        An edit that changes nothing leaves no step. Raises what the edit raises (ValueError,
        KeyError), and then nothing has changed.
        """
        if self._gesture_start is not None:
            self._gesture_edit = edit
            self._show(edit.apply(self._project))
            return
        after = edit.apply(self._project)
        self._push(edit.label, self._joining_key(edit), self._project, after)

    def amend(self, edit: Edit) -> None:
        """Add late findings, such as an analysis, to every value in the history; no step.

        The edit must leave a project that it does not concern as it is.
        """
        done: dict[int, tuple[Project, Project]] = {}  # holds the old ones, so ids stay theirs

        def amended(project: Project) -> Project:
            if id(project) not in done:
                done[id(project)] = (project, edit.apply(project))
            return done[id(project)][1]

        for step in self._history.steps:
            step.before, step.after = amended(step.before), amended(step.after)
        if self._gesture_start is not None:
            self._gesture_start = amended(self._gesture_start)
        self._show(amended(self._project))
        self.committed.emit(self._project)

    # Gestures: a drag from press to release is one step.

    def begin_gesture(self) -> None:
        """Start a drag: edits show at once and become one step at ``end_gesture``."""
        if self._gesture_start is None:
            self._gesture_start = self._project
            self._gesture_edit = None

    def reapply(self, edit: Edit) -> None:
        """In a gesture: do ``edit`` on the project as it was at the start of the drag.

        So a drag can say each time how far it has come in all.
        """
        if self._gesture_start is None:
            raise RuntimeError("no gesture is running")
        after = edit.apply(self._gesture_start)
        self._gesture_edit = edit
        self._show(after)

    def end_gesture(self, label: str = "") -> None:
        """Make the drag one step, named ``label`` or like its last edit."""
        start, edit = self._gesture_start, self._gesture_edit
        self._gesture_start = self._gesture_edit = None
        if start is not None and edit is not None:
            self._push(label or edit.label, None, start, self._project)

    def cancel_gesture(self) -> None:
        """Go back to where the drag began; no step."""
        start, self._gesture_start = self._gesture_start, None
        self._gesture_edit = None
        if start is not None:
            self._show(start)

    @property
    def is_in_gesture(self) -> bool:
        """Whether a drag is going on."""
        return self._gesture_start is not None

    @contextmanager
    def gesture(self, label: str = "") -> Iterator[None]:
        """Several edits as one step; an exception takes all of them back."""
        self.begin_gesture()
        try:
            yield
        except BaseException:
            self.cancel_gesture()
            raise
        self.end_gesture(label)

    def seal(self) -> None:
        """The next edit starts a step of its own, whatever its merge key (a field was left)."""
        self._is_sealed = True

    # History.

    def undo(self) -> None:
        """Show the project before the last step; a running gesture is cancelled instead."""
        if self._gesture_start is not None:
            self.cancel_gesture()
        else:
            self._go_to(self._history.undo())

    def redo(self) -> None:
        """Show the project after the next step."""
        if self._gesture_start is None:
            self._go_to(self._history.redo())

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to undo."""
        return self._history.last is not None

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to redo."""
        return self._history.next is not None

    @property
    def undo_name(self) -> str:
        """Name of the step ``undo`` takes back, or an empty text."""
        return "" if self._history.last is None else self._history.last.label

    @property
    def redo_name(self) -> str:
        """Name of the step ``redo`` brings back, or an empty text."""
        return "" if self._history.next is None else self._history.next.label

    @property
    def undo_names(self) -> tuple[str, ...]:
        """Names of all steps done, oldest first."""
        return tuple(step.label for step in self._history.done)

    @property
    def is_modified(self) -> bool:
        """Whether the project differs from what was saved."""
        return self._is_recovered or not self._history.is_clean

    def mark_saved(self) -> None:
        """The current value is on disk."""
        self._is_recovered = False
        self._history.mark_saved()
        self.history_changed.emit()

    def open(self, project: Project, *, is_recovered: bool = False) -> None:
        """Show another project with an empty history.

        ``is_recovered``: it holds actions that no save has seen, so it counts as modified.
        """
        self._gesture_start = self._gesture_edit = None
        before, self._project = self._project, project
        self._is_recovered = is_recovered
        self._history.clear()
        self.replaced.emit(project)
        self.changed.emit(before, project)
        self.history_changed.emit()

    def _joining_key(self, edit: Edit) -> object | None:
        """What joins an edit to the step before it; None never does."""
        last = None if self._history.is_clean else self._history.last
        if (
            last is not None
            and isinstance(edit, Sequel)
            and edit.belongs_to(last.before, last.after)
        ):
            self._is_sealed = False
            last.merge_key = last.merge_key or object()
            return last.merge_key
        return edit.merge_key

    def _push(self, label: str, merge_key: object | None, before: Project, after: Project) -> None:
        if after is before or after == before:
            self._show(before)
            return
        step = Step(label, before, after, None if self._is_sealed else merge_key)
        self._history.push(step)
        if self._is_sealed:
            # The step stands apart from the one before it, but the next may join it.
            self._is_sealed = False
            step.merge_key = merge_key
        self._go_to(after)

    def _go_to(self, project: Project | None) -> None:
        """Show where a step led; None is nowhere."""
        if project is not None:
            self._show(project)
            self.history_changed.emit()
            self.committed.emit(self._project)

    def _show(self, project: Project) -> None:
        if project is self._project:
            return
        before, self._project = self._project, project
        self.changed.emit(before, project)

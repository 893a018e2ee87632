"""The steps that led to the current project, and those that were undone.

Plain values rather than Qt's undo stack: commands of Python on a stack of C++ belong to both,
and whichever frees them first leaves the other with nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.model.project import Project


@dataclass(slots=True)
class Step:
    """From one project to another. Neighbours with one ``merge_key`` other than None join."""

    label: str
    before: Project
    after: Project
    merge_key: object | None


class History:
    """At most ``limit`` steps; the oldest are forgotten first."""

    def __init__(self, limit: int) -> None:
        self.steps: list[Step] = []
        self._limit = limit
        self._n_done = 0
        self._n_done_at_save: int | None = 0

    @property
    def is_clean(self) -> bool:
        """Whether the current project is the one that was saved."""
        return self._n_done == self._n_done_at_save

    @property
    def last(self) -> Step | None:
        """The step that ``undo`` takes back; None where there is none."""
        return self.steps[self._n_done - 1] if self._n_done else None

    @property
    def next(self) -> Step | None:
        """The step that ``redo`` brings back; None where there is none."""
        return self.steps[self._n_done] if self._n_done < len(self.steps) else None

    @property
    def done(self) -> tuple[Step, ...]:
        """The steps that can be undone, oldest first."""
        return tuple(self.steps[: self._n_done])

    def push(self, step: Step) -> None:
        """Add a step in place of those that were undone; what was saved is never joined to."""
        del self.steps[self._n_done :]
        if self._n_done_at_save is not None and self._n_done_at_save > self._n_done:
            self._n_done_at_save = None
        last = self.last
        joins = last is not None and step.merge_key is not None and last.merge_key == step.merge_key
        if joins and last is not None and not self.is_clean:
            last.after = step.after
            return
        self.steps.append(step)
        self._n_done += 1
        if len(self.steps) > self._limit:
            self._forget_oldest()

    def undo(self) -> Project | None:
        """Go back one step: the project before it, or None where there is none."""
        last = self.last
        if last is None:
            return None
        self._n_done -= 1
        return last.before

    def redo(self) -> Project | None:
        """Go forward one step: the project after it, or None where there is none."""
        following = self.next
        if following is None:
            return None
        self._n_done += 1
        return following.after

    def mark_saved(self) -> None:
        """The current project is on disk."""
        self._n_done_at_save = self._n_done

    def clear(self) -> None:
        """Forget every step; the current project counts as saved."""
        self.steps.clear()
        self._n_done = self._n_done_at_save = 0

    def _forget_oldest(self) -> None:
        del self.steps[0]
        self._n_done -= 1
        if self._n_done_at_save is not None:
            self._n_done_at_save = self._n_done_at_save - 1 if self._n_done_at_save else None

"""The shape every edit has."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from app.model.project import Project


class Edit(Protocol):
    """One undo step.

    ``label`` is its name in the menu ("Move 3 notes"). Edits in a row with an equal
    ``merge_key`` become one step; None never merges.
    """

    @property
    def label(self) -> str:
        """Name of the step."""

    @property
    def merge_key(self) -> object | None:
        """What makes neighbouring edits one step."""

    def apply(self, project: Project) -> Project:
        """The project after the edit; raises ValueError or KeyError where it cannot be done."""


@runtime_checkable
class Sequel(Edit, Protocol):
    """An edit that may be the rest of the step before it, and then is undone with it."""

    def belongs_to(self, before: Project, after: Project) -> bool:
        """Whether this edit goes on with the step that led from ``before`` to ``after``."""


def count(number: int, noun: str) -> str:
    """``1 note``, ``3 notes``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"

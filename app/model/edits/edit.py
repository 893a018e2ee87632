"""The shape every edit has."""

from __future__ import annotations

from typing import Protocol

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


def count(number: int, noun: str) -> str:
    """``1 note``, ``3 notes``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"

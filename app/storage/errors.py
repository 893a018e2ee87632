"""What can go wrong with a project on disk, in the person's words."""

from __future__ import annotations

from pathlib import Path

from engine.errors import BadInput


class ProjectFileError(BadInput):
    """A project cannot be read or written as asked; what is on disk was not changed."""


class DamagedProject(ProjectFileError):
    """The file is not what this program writes."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"“{path.name}” is damaged: {reason}. The file was not changed.",
            "Open the previous version beside it, or recover the last autosave.",
        )


class ProjectInUse(ProjectFileError):
    """Another window holds the project."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"“{path.name}” is open in another window.",
            "Go on there, or open a copy here.",
        )

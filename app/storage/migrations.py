"""Older project files into the newest form: one function per version, applied in order."""

from __future__ import annotations

from collections.abc import Callable

from app.storage.value_json import Json

VERSION = 1
"""The version this program writes."""

MIGRATIONS: dict[int, Callable[[Json], Json]] = {}
"""From version n to n + 1, keyed by n; each takes and gives the project's JSON."""


def migrated(project: Json, version: int) -> Json:
    """The project's JSON in the newest version. ``version`` must not be newer than ours."""
    for step in range(version, VERSION):
        project = MIGRATIONS[step](project)
    return project

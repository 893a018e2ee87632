"""The journal: one line per action, on disk before the action counts as done.

The first line holds the whole project, later ones only the parts that changed. Each line
carries a checksum; reading stops at the first line that is torn, so a kill in the middle of a
write costs that one action and nothing before it.
"""

from __future__ import annotations

import os
import zlib
from dataclasses import dataclass, fields
from pathlib import Path

from app.model.project import Project
from app.storage.migrations import VERSION, migrated
from app.storage.value_json import Json, JsonWriter, Misfit, from_json, parse_json
from engine.audio.files import write_bytes_whole

FILE_NAME = "journal.jsonl"
LARGEST_BYTES = 8 * 1024 * 1024
"""Beyond this size the journal is begun anew with the whole project."""
_FIELDS = tuple(field.name for field in fields(Project))


@dataclass(frozen=True, slots=True)
class JournalState:
    """What a journal holds: the project after its last whole line, and how many actions.

    ``n_actions`` counts lines since the project was last saved; 0 means nothing is unsaved.
    """

    project: Project
    n_actions: int


class Journal:
    """An open journal. Not for two threads at once."""

    def __init__(self, path: Path, project: Project, *, is_saved: bool) -> None:
        """Begin anew with ``project``; ``is_saved`` says that ``project.json`` holds it too.

        Raises ``EngineError`` where the disk refuses.
        """
        self.path = path
        self._writer = JsonWriter()
        self._last = project
        self._size = 0
        self.restart(project, is_saved=is_saved)

    def restart(self, project: Project, *, is_saved: bool) -> None:
        """Replace the journal, in one step, by a single line with the whole project."""
        self._n_actions = 0 if is_saved else 1
        self._write_whole(project)

    def append(self, project: Project) -> None:
        """Write down the project after an action; it is on disk when this returns.

        Raises OSError; what was written before is intact.
        """
        changed = ",".join(
            f'"{name}":{self._writer.text(getattr(project, name))}'
            for name in _FIELDS
            if getattr(project, name) is not getattr(self._last, name)
        )
        self._n_actions += 1
        line = _line(f'{{"n":{self._n_actions},"changed":{{{changed}}}}}')
        with self.path.open("ab") as file:
            was_lost = file.tell() < self._size  # somebody removed the journal under us
            if not was_lost:
                file.truncate(self._size)  # a write that failed half-way left a torn line
                file.write(line)
                file.flush()
                os.fsync(file.fileno())
        self._last = project
        self._size += len(line)
        if was_lost or self._size > LARGEST_BYTES:
            self._write_whole(project)

    def _write_whole(self, project: Project) -> None:
        whole = self._writer.text(project)
        line = _line(f'{{"version":{VERSION},"n":{self._n_actions},"whole":{whole}}}')
        write_bytes_whole(self.path, line)
        self._last = project
        self._size = len(line)


def read_journal(path: Path) -> JournalState | None:
    """The state after the last whole line; None where there is no journal or no whole line."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    data: dict[str, Json] | None = None
    n_actions = 0
    for line in content.split(b"\n")[:-1]:  # what follows the last line end is torn
        entry = _entry(line)
        if entry is None:
            break
        if "whole" in entry:
            data = migrated(entry["whole"], entry["version"])
        else:
            data = {**(data or {}), **entry["changed"]}
        n_actions = entry["n"]
    try:
        return None if data is None else JournalState(from_json(Project, data), n_actions)
    except Misfit:
        return None


def _line(entry: str) -> bytes:
    text = entry.encode()
    return b"%08x %b\n" % (zlib.crc32(text), text)


def _entry(line: bytes) -> dict[str, Json] | None:
    """The content of a line that is whole and of our version or older, or None."""
    checksum, _, text = line.partition(b" ")
    if checksum != b"%08x" % zlib.crc32(text):
        return None
    try:
        entry = parse_json(text.decode())
    except ValueError:
        return None
    if not isinstance(entry, dict) or type(entry.get("n")) is not int:
        return None
    if isinstance(entry.get("changed"), dict):
        return entry
    version = entry.get("version")
    is_readable = type(version) is int and 1 <= version <= VERSION
    return entry if is_readable and isinstance(entry.get("whole"), dict) else None

"""The journal: one line per action, on disk before the action counts as done.

The first line holds the whole project, later ones only what changed, so writing an action down
costs as much as the action, however large the project is. Each line carries a checksum; reading
stops at the first line that is torn, so a kill in the middle of a write costs that one action
and nothing before it.
"""

from __future__ import annotations

import os
import secrets
import zlib
from dataclasses import dataclass
from pathlib import Path

from app.model.project import Project
from app.storage.difference import difference, patched
from app.storage.migrations import VERSION
from app.storage.project_json import project_parts, read_project_json, with_whole_recipes
from app.storage.value_json import Json, Misfit, parse_json
from engine.audio.files import sync_folder, write_bytes_whole

FILE_NAME = "journal.jsonl"
LARGEST_BYTES = 8 * 1024 * 1024
"""Beyond this size, and that of the project itself, it is time to begin the journal anew."""


@dataclass(frozen=True, slots=True)
class JournalState:
    """What a journal holds: the project after its last whole line, and how many actions.

    ``n_actions`` counts lines since the project was last saved; 0 means nothing is unsaved.
    """

    project: Project
    n_actions: int


@dataclass(frozen=True, slots=True)
class Beginning:
    """The first line of a journal, on disk beside the journal that it is to replace.

    ``n_actions`` is the number on that line, ``n_before`` that of the journal at that time.
    """

    path: Path
    project: Project
    n_actions: int
    n_before: int
    size: int


class Journal:
    """An open journal. All but ``prepare`` is for one thread at a time."""

    def __init__(self, path: Path, project: Project, *, is_saved: bool) -> None:
        """Begin anew with ``project``; ``is_saved`` says that ``project.json`` holds it too.

        Raises ``EngineError`` where the disk refuses.
        """
        self.path = path
        self._last = project
        self._n_actions = 1
        self._size = self._first_size = 0
        self.begin_anew(self.prepare(project, is_saved=is_saved))

    @property
    def is_long(self) -> bool:
        """Whether most of it is history that nobody needs any more."""
        return self._size - self._first_size > max(LARGEST_BYTES, self._first_size)

    @property
    def last(self) -> Project:
        """The project as written down last."""
        return self._last

    def prepare(self, project: Project, *, is_saved: bool) -> Beginning:
        """Write the long first line of the next journal, in any thread; nothing changes yet.

        Raises ``EngineError`` where the disk refuses.
        """
        path = self.path.with_name(f".{self.path.name}.{secrets.token_hex(4)}.next")
        n_before = self._n_actions
        n_actions = 0 if is_saved else n_before
        whole = ",".join(project_parts(project))
        line = _line(f'{{"version":{VERSION},"n":{n_actions},"whole":{{{whole}}}}}')
        write_bytes_whole(path, line)
        return Beginning(path, project, n_actions, n_before, len(line))

    def begin_anew(self, beginning: Beginning) -> None:
        """Go on with another first line, in one step. What was written since it was prepared
        is kept: a journal begins anew without ever losing an action.

        Raises OSError; the journal is then as before.
        """
        self._adopt(beginning, self._last)

    def append(self, project: Project) -> None:
        """Write down the project after an action; it is on disk when this returns.

        Raises OSError, or ``EngineError``; what was written before is intact.
        """
        if not self.path.exists():  # somebody removed the journal under us
            self._adopt(self.prepare(project, is_saved=False), project)
            return
        if project is self._last:
            return
        line = _changed_line(self._n_actions + 1, self._last, project)
        self._size += _append(self.path, self._size, line)
        self._n_actions += 1
        self._last = project

    def _adopt(self, beginning: Beginning, last: Project) -> None:
        n_actions, size = beginning.n_actions, beginning.size
        try:
            if last is not beginning.project:
                n_actions += max(1, self._n_actions - beginning.n_before)
                line = _changed_line(n_actions, beginning.project, last)
                size += _append(beginning.path, size, line)
            beginning.path.replace(self.path)
        finally:
            beginning.path.unlink(missing_ok=True)
        self._n_actions, self._first_size, self._size = n_actions, beginning.size, size
        self._last = last
        sync_folder(self.path.parent)


def read_journal(path: Path) -> JournalState | None:
    """The state after the last whole line; None where there is no journal or no whole line."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    data: Json = None
    version = n_actions = 0
    for line in content.split(b"\n")[:-1]:  # what follows the last line end is torn
        entry = _entry(line)
        if entry is None:
            break
        try:
            if "whole" in entry:
                data, version = with_whole_recipes(entry["whole"]), entry["version"]
            else:
                data = patched(data, entry["changed"])
        except (ValueError, LookupError, TypeError):
            break
        n_actions = entry["n"]
    try:
        return None if data is None else JournalState(read_project_json(data, version), n_actions)
    except Misfit:
        return None


def _append(path: Path, size: int, line: bytes) -> int:
    """Add a line after the first ``size`` bytes; it is on disk when this returns."""
    with path.open("rb+") as file:
        file.truncate(size)  # a write that failed half-way left a torn line
        file.seek(size)
        file.write(line)
        file.flush()
        os.fsync(file.fileno())
    return len(line)


def _changed_line(n_actions: int, before: Project, after: Project) -> bytes:
    changed = difference(before, after)
    return _line(f'{{"n":{n_actions},"changed":{changed}}}')


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

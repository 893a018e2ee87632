"""What can be recovered at the next start: every project whose last actions were not saved."""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from app.storage import journal as journal_file
from app.storage.journal import read_journal
from app.storage.project_lock import is_locked
from engine.audio.files import write_bytes_whole
from engine.errors import EngineError

KEPT_DAYS = 7
_UNSAVED, _OPEN, _ASIDE = "unsaved", "open", "set-aside"
_DAY_S = 24 * 3600


@dataclass(frozen=True, slots=True)
class Recoverable:
    """A project with unsaved actions. ``changed_at`` is in seconds since 1970."""

    path: Path
    title: str
    n_actions: int
    changed_at: float
    is_saved: bool


def recoverable_projects(state_folder: Path) -> tuple[Recoverable, ...]:
    """Every project that was not closed by its window, newest first; those open now left out."""
    found = []
    for path in _candidates(state_folder):
        journal = path / journal_file.FILE_NAME
        if is_locked(path) or (state := read_journal(journal)) is None or not state.n_actions:
            continue
        is_saved = path.parent != state_folder / _UNSAVED
        found.append(
            Recoverable(
                path, state.project.title, state.n_actions, journal.stat().st_mtime, is_saved
            )
        )
    return tuple(sorted(found, key=lambda item: -item.changed_at))


def decline(state_folder: Path, path: Path) -> None:
    """The person does not want the unsaved actions back: they are kept for seven days even so."""
    forget_open(state_folder, path)
    if path.parent == state_folder / _UNSAVED:
        set_aside(state_folder, path)
        return
    journal = path / journal_file.FILE_NAME
    if journal.exists():
        aside = _aside_path(state_folder, path.stem)
        aside.mkdir(parents=True)
        shutil.move(journal, aside / journal.name)


def set_aside(state_folder: Path, path: Path) -> None:
    """Move an unsaved project out of the way; ``tidy`` removes it after seven days."""
    aside = _aside_path(state_folder, path.stem)
    aside.parent.mkdir(parents=True, exist_ok=True)
    path.rename(aside)


def tidy(state_folder: Path, now: float | None = None) -> None:
    """Remove what was set aside more than seven days ago."""
    limit = (time.time() if now is None else now) - KEPT_DAYS * _DAY_S
    folder = state_folder / _ASIDE
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.stat().st_ctime < limit:
            shutil.rmtree(path)


def unsaved_folder(state_folder: Path, project_id: str) -> Path:
    """Where a never-saved project lives."""
    return state_folder / _UNSAVED / f"{project_id}.inlay"


def note_open(state_folder: Path, path: Path) -> None:
    """Remember that a project is open, so that a crash is noticed wherever it lies.

    Where that cannot be written, its own journal still tells when it is opened again.
    """
    note = _note(state_folder, path)
    with contextlib.suppress(OSError, EngineError):
        note.parent.mkdir(parents=True, exist_ok=True)
        write_bytes_whole(note, json.dumps({"path": str(path.resolve())}).encode())


def forget_open(state_folder: Path, path: Path) -> None:
    """The project was closed in good order."""
    _note(state_folder, path).unlink(missing_ok=True)


def _candidates(state_folder: Path) -> tuple[Path, ...]:
    paths: set[Path] = set()
    unsaved = state_folder / _UNSAVED
    if unsaved.is_dir():
        paths.update(path for path in unsaved.iterdir() if path.is_dir())
    notes = state_folder / _OPEN
    for note in notes.iterdir() if notes.is_dir() else ():
        try:
            path = Path(json.loads(note.read_text(encoding="utf-8"))["path"])
        except (OSError, ValueError, KeyError, TypeError):
            continue
        if path.is_dir() and path.parent != unsaved:
            paths.add(path)
    return tuple(sorted(paths))


def _note(state_folder: Path, path: Path) -> Path:
    name = hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:16]
    return state_folder / _OPEN / f"{name}.json"


def _aside_path(state_folder: Path, stem: str) -> Path:
    return state_folder / _ASIDE / f"{stem}-{time.time_ns()}"

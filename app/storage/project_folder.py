"""An open project folder: pool, journal and lock together. What the application works with.

A project that was never saved lives in a folder of the same shape in the state directory, only
without ``project.json``; so a crash costs it no more than a saved one. A project that may not be
written where it lies is opened as such a copy, so that even there nothing typed is lost.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from app.model.ids import ProjectId, new_id
from app.model.project import Project
from app.storage import journal as journal_file
from app.storage import project_file
from app.storage.audio_pool import AudioPool, assets_of
from app.storage.autosave import Autosave
from app.storage.errors import DamagedProject, ProjectFileError
from app.storage.journal import Journal, read_journal
from app.storage.project_file import check_references, read_project, write_project
from app.storage.project_lock import ProjectLock
from app.storage.recovery import decline, forget_open, note_open, set_aside, unsaved_folder
from engine.errors import EngineError

SUFFIX = ".inlay"
AUDIO_NAME = "audio"
PREVIOUS_JOURNAL_NAME = "journal.previous.jsonl"
_HALF_WRITTEN = (".*.next", ".*.partial", f"{AUDIO_NAME}/.adding-*", f"{AUDIO_NAME}/.copying-*")


@dataclass(frozen=True, slots=True)
class Listener:
    """Who is told about autosave, from its thread: the number of the last action that is on
    disk, and in words why an action is not."""

    on_acknowledged: Callable[[int], None] = lambda _number: None
    on_failed: Callable[[str], None] = lambda _message: None


NOBODY = Listener()


class ProjectFolder:
    """A project folder this window has open, under its lock.

    ``project`` is the project as opened, ``notice`` what the person should be told about it (or
    an empty text), ``is_recovered`` whether it holds actions that were never saved.
    """

    def __init__(
        self,
        path: Path,
        project: Project,
        lock: ProjectLock,
        state_folder: Path,
        listener: Listener,
        *,
        is_saved: bool,
        is_recovered: bool = False,
        notice: str = "",
    ) -> None:
        self.path = path
        self.project = project
        self.notice = notice
        self.is_recovered = is_recovered
        self.is_saved = is_saved
        self.pool = AudioPool(path / AUDIO_NAME)
        self._state_folder = state_folder
        self._lock = lock
        self._listener = listener
        self._is_closed = False
        is_clean = is_saved and not is_recovered
        journal = Journal(path / journal_file.FILE_NAME, project, is_saved=is_clean)
        self._spare: ProjectFolder | None = None
        self._autosave = Autosave(journal, self._on_acknowledged, self._on_failed)
        note_open(state_folder, path)

    def record(self, project: Project) -> int:
        """Write the project down after an action; returns at once with the action's number.

        While the disk refuses, it is written down in the state directory instead.
        """
        number = self._autosave.record(project)
        if self._spare is not None:
            self._spare.record(project)
        return number

    def flush(self, timeout_s: float = 5.0) -> bool:
        """Wait until everything recorded is on disk, here or in the state directory."""
        is_here = self._autosave.flush(timeout_s)
        return is_here or (self._spare is not None and self._spare.flush(timeout_s))

    def save(self, project: Project) -> None:
        """Save in place a project that was recorded; what was recorded since stays unsaved.

        Raises ``EngineError``; the old file is then intact. Only for a folder that is saved;
        else use ``save_as``.
        """
        if not self.is_saved:
            raise ProjectFileError("This project has no place of its own yet.", "Use Save As.")
        write_project(self.path, project)
        self._autosave.begin_anew(project, is_saved=True)
        self._autosave.flush()
        self.is_recovered = False

    def save_as(self, path: Path, project: Project) -> ProjectFolder:
        """Save to another folder, to go on there; recordings come along. This one stays open.

        Raises ``ProjectInUse`` or ``EngineError``, and then nothing has changed here.
        """
        path = with_suffix(path)
        if path.resolve() == self.path.resolve():
            self.save(project)
            return self
        _make_folder(path)
        lock = ProjectLock(path)
        try:
            AudioPool(path / AUDIO_NAME).copy_from(self.pool, assets_of(project))
            write_project(path, project)
            return ProjectFolder(
                path, project, lock, self._state_folder, self._listener, is_saved=True
            )
        except BaseException:
            lock.release()
            raise

    def close(self, *, keep_unsaved: bool) -> None:
        """Stop writing and let go. ``keep_unsaved``: offer the unsaved actions at next start.

        Otherwise they were declined or saved: of a saved project the journal ends, an unsaved
        project is set aside for seven days. Closing twice does nothing.
        """
        if self._is_closed:
            return
        self._is_closed = True
        self._autosave.close()
        if self._spare is not None:
            self._spare.close(keep_unsaved=keep_unsaved)
        if not keep_unsaved:
            forget_open(self._state_folder, self.path)
            if self.is_saved:
                (self.path / journal_file.FILE_NAME).unlink(missing_ok=True)
        self._lock.release()
        if not keep_unsaved and not self.is_saved:
            set_aside(self._state_folder, self.path)

    def _on_failed(self, message: str) -> None:
        """In the autosave thread: the disk is full or gone; go on in the state directory."""
        if self.is_saved:
            with contextlib.suppress(EngineError):
                self._spare = create_unsaved(self._autosave.newest, self._state_folder)
                self._spare.record(self._autosave.newest)  # an action may have come in between
                message += " Until it can, what you do is kept in Inlay's own folder."
        self._listener.on_failed(message)

    def _on_acknowledged(self, number: int) -> None:
        """In the autosave thread: the disk works, so the spare place is no longer needed."""
        spare, self._spare = self._spare, None
        if spare is not None:
            spare.close(keep_unsaved=False)
        self._listener.on_acknowledged(number)


def create_unsaved(
    project: Project,
    state_folder: Path,
    listener: Listener = NOBODY,
    *,
    is_recovered: bool = False,
    notice: str = "",
) -> ProjectFolder:
    """Give a new project its place in the state directory."""
    path = unsaved_folder(state_folder, project.id)
    _make_folder(path)
    lock = ProjectLock(path)
    return ProjectFolder(
        path,
        project,
        lock,
        state_folder,
        listener,
        is_saved=False,
        is_recovered=is_recovered,
        notice=notice,
    )


def open_folder(
    path: Path, state_folder: Path, listener: Listener = NOBODY, *, recover: bool = True
) -> ProjectFolder:
    """Open a saved or an unsaved project, with its unsaved actions.

    ``recover`` False declines them: the project is as last saved, and they are set aside.

    What may not be written where it lies, because a newer version made it, the file is damaged
    or the disk refuses, is opened as a copy, with a notice. Raises ``ProjectInUse`` where
    another window has it, or another ``ProjectFileError``; nothing on disk is changed then.
    """
    if not path.is_dir():
        raise ProjectFileError(f"There is no project “{path.name}”.", "Choose another folder.")
    try:
        lock = ProjectLock(path)
    except OSError:
        notice = f"“{path.name}” cannot be written to. This is a copy: save it elsewhere."
        return open_copy(path, state_folder, listener, notice=notice)
    try:
        if not recover and (path / project_file.FILE_NAME).exists():
            decline(state_folder, path)
        found = _read(path)
        if found.notice:
            lock.release()
            return _copy(path, found, state_folder, listener)
        _tidy(path)
        try:
            return ProjectFolder(
                path,
                found.project,
                lock,
                state_folder,
                listener,
                is_saved=(path / project_file.FILE_NAME).exists(),
                is_recovered=found.is_recovered,
            )
        except EngineError as error:  # a full disk must not keep anyone from the music on it
            lock.release()
            notice = f"{error.message} This is a copy: save it elsewhere."
            return _copy(path, replace(found, notice=notice), state_folder, listener)
    except BaseException:
        lock.release()
        raise


def open_copy(
    path: Path, state_folder: Path, listener: Listener = NOBODY, *, notice: str = ""
) -> ProjectFolder:
    """Open what a folder holds, with its unsaved actions, as an unsaved project under a new id.

    The folder is only read. Raises ``EngineError``.
    """
    found = _read(path)
    return _copy(path, replace(found, notice=notice or found.notice), state_folder, listener)


def with_suffix(path: Path) -> Path:
    """The path with ``.inlay`` at its end."""
    return path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)


@dataclass(frozen=True, slots=True)
class _Found:
    """What a folder holds. With a ``notice`` it must not be written to, and that says why."""

    project: Project
    is_recovered: bool = False
    notice: str = ""


def _read(path: Path) -> _Found:
    state = read_journal(path / journal_file.FILE_NAME)
    is_saved = (path / project_file.FILE_NAME).exists()
    if state is not None and (state.n_actions or not is_saved):
        check_references(state.project, path)
        return _Found(state.project, is_recovered=True)
    try:
        read = read_project(path)
    except DamagedProject as error:
        # The journal always holds the whole project as last saved.
        if state is not None:
            return _Found(
                state.project,
                is_recovered=True,
                notice=f"{error.message} This copy was made from the autosave; nothing is lost.",
            )
        return _previous(path, error)
    if read.is_newer:
        return _Found(
            read.project,
            notice="Made with a newer version of Inlay; opened as a copy. The original is safe.",
        )
    return _Found(read.project)


def _previous(path: Path, error: DamagedProject) -> _Found:
    """The version saved before the damaged one; raises ``error`` where there is none."""
    try:
        project = read_project(path, project_file.PREVIOUS_NAME).project
    except ProjectFileError:
        raise error from None
    return _Found(
        project,
        is_recovered=True,
        notice=f"{error.message} This copy is the version saved before it.",
    )


def _copy(path: Path, found: _Found, state_folder: Path, listener: Listener) -> ProjectFolder:
    project = replace(found.project, id=ProjectId(new_id()))
    folder = create_unsaved(
        project,
        state_folder,
        listener,
        is_recovered=found.is_recovered,
        notice=found.notice,
    )
    try:
        folder.pool.copy_from(AudioPool(path / AUDIO_NAME), assets_of(project))
    except BaseException:
        folder.close(keep_unsaved=False)
        raise
    return folder


def _tidy(path: Path) -> None:
    """Remove what a kill left half-written, and keep the journal that is about to begin anew."""
    for pattern in _HALF_WRITTEN:
        for scrap in path.glob(pattern):
            scrap.unlink(missing_ok=True)
    with contextlib.suppress(OSError):  # without room for it, what counts is to open at all
        shutil.copyfile(path / journal_file.FILE_NAME, path / PREVIOUS_JOURNAL_NAME)


def _make_folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ProjectFileError(
            f"“{path}” cannot be made: {error.strerror or os.strerror(error.errno or 0)}.",
            "Choose another folder.",
        ) from error

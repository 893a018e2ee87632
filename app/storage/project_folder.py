"""An open project folder: pool, journal and lock together. What the application works with.

A project that was never saved lives in a folder of the same shape in the state directory, only
without ``project.json``; so a crash costs it no more than a saved one.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from app.model.project import Project
from app.storage import journal as journal_file
from app.storage import project_file
from app.storage.audio_pool import AudioPool, assets_of
from app.storage.autosave import Autosave
from app.storage.errors import DamagedProject, ProjectFileError, ProjectInUse
from app.storage.journal import Journal, read_journal
from app.storage.project_file import check_references, read_project, write_project
from app.storage.project_lock import ProjectLock
from app.storage.recovery import decline, forget_open, note_open, set_aside, unsaved_folder

SUFFIX = ".inlay"
AUDIO_NAME = "audio"

Acknowledged = Callable[[int], None]
Failed = Callable[[str], None]


class ProjectFolder:
    """A project folder this window has open.

    ``project`` is the project as opened, ``notice`` what the person should be told about it (or
    an empty text), ``is_recovered`` whether it holds actions that were never saved.
    """

    def __init__(
        self,
        path: Path,
        project: Project,
        *,
        state_folder: Path,
        lock: ProjectLock | None,
        is_saved: bool,
        notice: str = "",
        is_recovered: bool = False,
        on_acknowledged: Acknowledged | None = None,
        on_failed: Failed | None = None,
    ) -> None:
        self.path = path
        self.project = project
        self.notice = notice
        self.is_recovered = is_recovered
        self.is_saved = is_saved
        self.pool = AudioPool(path / AUDIO_NAME)
        self._state_folder = state_folder
        self._lock = lock
        self._callbacks = (on_acknowledged, on_failed)
        self._autosave: Autosave | None = None
        if lock is not None:
            is_clean = is_saved and not is_recovered
            journal = Journal(path / journal_file.FILE_NAME, project, is_saved=is_clean)
            self._autosave = Autosave(journal, on_acknowledged, on_failed)
            note_open(state_folder, path)

    @property
    def is_read_only(self) -> bool:
        """Whether nothing may be written here: another window has it, or a newer version did."""
        return self._lock is None

    def record(self, project: Project) -> int:
        """Write the project down after an action; returns at once with the action's number.

        In a read-only folder nothing is written and 0 returned.
        """
        return 0 if self._autosave is None else self._autosave.record(project)

    def flush(self, timeout_s: float = 5.0) -> bool:
        """Wait until everything recorded is on disk."""
        return self._autosave is None or self._autosave.flush(timeout_s)

    def save(self, project: Project) -> None:
        """Save in place. Raises ``EngineError``; the old file is then intact.

        Only for a folder that is saved and not read-only; else use ``save_as``.
        """
        if self._autosave is None or not self.is_saved:
            raise ProjectFileError("This project has no place of its own yet.", "Use Save As.")
        write_project(self.path, project)
        self._autosave.restart(project, is_saved=True)
        self.is_recovered = False

    def save_as(self, path: Path, project: Project) -> ProjectFolder:
        """Save to another folder and go on there; recordings come along. Closes this one.

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
            folder = ProjectFolder(
                path,
                project,
                state_folder=self._state_folder,
                lock=lock,
                is_saved=True,
                on_acknowledged=self._callbacks[0],
                on_failed=self._callbacks[1],
            )
        except BaseException:
            lock.release()
            raise
        self.close(project, keep_unsaved=False)
        return folder

    def close(self, project: Project, *, keep_unsaved: bool) -> None:
        """Stop writing and let go. ``keep_unsaved``: offer the unsaved actions at next start.

        Otherwise they were declined or saved: of a saved project the journal ends, an unsaved
        project is set aside for seven days.
        """
        if self._autosave is None or self._lock is None:
            return
        self._autosave.close()
        if not keep_unsaved:
            forget_open(self._state_folder, self.path)
            if self.is_saved:
                (self.path / journal_file.FILE_NAME).unlink(missing_ok=True)
        self._lock.release()
        if not keep_unsaved and not self.is_saved:
            set_aside(self._state_folder, self.path)
        self._autosave = self._lock = None
        self.project = project


def create_unsaved(
    project: Project,
    state_folder: Path,
    on_acknowledged: Acknowledged | None = None,
    on_failed: Failed | None = None,
) -> ProjectFolder:
    """Give a new project its place in the state directory."""
    path = unsaved_folder(state_folder, project.id)
    _make_folder(path)
    return ProjectFolder(
        path,
        project,
        state_folder=state_folder,
        lock=ProjectLock(path),
        is_saved=False,
        on_acknowledged=on_acknowledged,
        on_failed=on_failed,
    )


def open_folder(
    path: Path,
    state_folder: Path,
    *,
    recover: bool = True,
    on_acknowledged: Acknowledged | None = None,
    on_failed: Failed | None = None,
) -> ProjectFolder:
    """Open a saved or an unsaved project, with its unsaved actions.

    ``recover`` False declines them: the project is as last saved, and they are set aside.

    In use elsewhere, made by a newer version, or on a disk that cannot be written: read-only,
    with a notice. Raises ``ProjectFileError``; nothing on disk is changed then.
    """
    lock: ProjectLock | None = None
    notice = ""
    if not path.is_dir():
        raise ProjectFileError(f"There is no project “{path.name}”.", "Choose another folder.")
    try:
        lock = ProjectLock(path)
    except ProjectInUse as error:
        notice = f"{error.message} This is a read-only copy."
    except OSError:
        notice = f"“{path.name}” cannot be written to; opened read-only."
    try:
        if lock is not None and not recover and (path / project_file.FILE_NAME).exists():
            decline(state_folder, path)
        project, is_saved, is_recovered, found = _read(path, recover)
        if found and lock is not None:
            lock.release()
            lock = None
        return ProjectFolder(
            path,
            project,
            state_folder=state_folder,
            lock=lock,
            is_saved=is_saved,
            notice=notice or found,
            is_recovered=is_recovered,
            on_acknowledged=on_acknowledged,
            on_failed=on_failed,
        )
    except BaseException:
        if lock is not None:
            lock.release()
        raise


def with_suffix(path: Path) -> Path:
    """The path with ``.inlay`` at its end."""
    return path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)


def _read(path: Path, recover: bool) -> tuple[Project, bool, bool, str]:
    """Project, whether it is saved, whether it was recovered, and why it is read-only."""
    state = read_journal(path / journal_file.FILE_NAME)
    is_saved = (path / project_file.FILE_NAME).exists()
    if not is_saved and state is not None:
        check_references(state.project, path)
        return state.project, False, True, ""
    if state is not None and state.n_actions and recover:
        check_references(state.project, path)
        return state.project, True, True, ""
    try:
        read = read_project(path)
    except DamagedProject as error:
        if state is None:
            raise
        # The journal always holds the whole project as last saved.
        return state.project, True, True, f"{error.message} Opened read-only from the autosave."
    if read.is_newer:
        return read.project, True, False, "Made with a newer version; opened read-only copy."
    return read.project, True, False, ""


def _make_folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ProjectFileError(
            f"“{path}” cannot be made: {error.strerror or os.strerror(error.errno or 0)}.",
            "Choose another folder.",
        ) from error

"""Projects on disk: new, open, save, save as, close; unsaved work is never lost."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum, auto
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal, Slot

from app.actions.notice import Notice, Tell, Tone, notice_of
from app.document.document import ProjectDocument
from app.model.edits.tempo import RenameProject
from app.model.ids import ProjectId, new_id
from app.model.project import Project, new_project
from app.settings import SettingsFile
from app.storage.audio_pool import AudioPool, assets_of
from app.storage.project_file import read_project
from app.storage.project_folder import (
    AUDIO_NAME,
    ProjectFolder,
    create_unsaved,
    open_folder,
    with_suffix,
)
from engine.errors import EngineError


class Answer(Enum):
    """What to do with unsaved changes."""

    SAVE = auto()
    DISCARD = auto()
    STAY = auto()


class FileQuestions(Protocol):
    """What only the person can answer; the window asks it."""

    def path_to_open(self) -> Path | None:
        """Which project folder to open."""

    def path_to_save(self, suggestion: str) -> Path | None:
        """Where to save, e.g. ``/music/Song.inlay``."""

    def about_unsaved(self, title: str) -> Answer:
        """What to do with changes that are not saved."""


class FileActions(QObject):
    """Owns the open folder. Every action of the person is written down within milliseconds.

    Signals:
        opened(ProjectFolder): another folder is in use; its recordings are in ``folder.pool``.
        autosaved(int): everything up to that action is on disk.
    """

    opened = Signal(object)
    autosaved = Signal(int)
    _autosave_failed = Signal(str)

    def __init__(
        self,
        document: ProjectDocument,
        state_folder: Path,
        settings: SettingsFile,
        questions: FileQuestions,
        tell: Tell,
    ) -> None:
        super().__init__()
        self._document = document
        self._state_folder = state_folder
        self._settings = settings
        self._questions = questions
        self._tell = tell
        self._autosave_failed.connect(self._on_autosave_failed)
        self.folder = self._create(document.project)
        document.committed.connect(self._on_committed)

    def new(self) -> None:
        """Start an empty project."""
        if self._may_leave():
            project = new_project()
            self._close_folder()
            self._take_over(self._create(project), project)

    def open(self) -> None:
        """Ask which project, and open it."""
        path = self._questions.path_to_open()
        if path is not None:
            self.open_path(path)

    def open_path(self, path: Path, *, recover: bool = True) -> bool:
        """Open a project; what goes wrong is told and the one before stays."""
        if not self._may_leave():
            return False
        try:
            folder = open_folder(
                path,
                self._state_folder,
                recover=recover,
                on_acknowledged=self.autosaved.emit,
                on_failed=self._autosave_failed.emit,
            )
        except EngineError as error:
            self._tell(notice_of("open", error))
            return False
        self._close_folder()
        self._take_over(folder, folder.project, is_recovered=folder.is_recovered)
        if folder.is_saved:
            self._remember(path)
        if folder.notice:
            self._tell(Notice("open", folder.notice))
        missing = folder.pool.missing(folder.project)
        if missing:
            count = "1 recording is" if len(missing) == 1 else f"{len(missing)} recordings are"
            names = "\n".join(f"{asset.id}.{asset.extension}" for asset in missing)
            self._tell(
                Notice(
                    "missing",
                    f"{count} missing. The rest of the project is complete.",
                    "Put the files back into the project's audio folder and open it again.",
                    details=names,
                )
            )
        return True

    def open_copy(self, path: Path) -> bool:
        """Open a project that ships with the program: a copy, so the original stays as it is."""
        if not self._may_leave():
            return False
        try:
            project = replace(read_project(path).project, id=ProjectId(new_id()))
            folder = self._create(project)
            folder.pool.copy_from(AudioPool(path / AUDIO_NAME), assets_of(project))
        except EngineError as error:
            self._tell(notice_of("open", error))
            return False
        self._close_folder()
        self._take_over(folder, project)
        return True

    def save(self) -> bool:
        """Save in place, or ask where to; False where nothing was saved."""
        if not self.folder.is_saved or self.folder.is_read_only:
            return self.save_as()
        try:
            self.folder.save(self._document.project)
        except EngineError as error:
            self._tell_save_failed(error)
            return False
        self._document.mark_saved()
        return True

    def save_as(self) -> bool:
        """Ask where, save there, and go on there."""
        home = self.folder.path.parent if self.folder.is_saved else Path.home()
        path = self._questions.path_to_save(str(home / f"{self._document.project.title}.inlay"))
        return path is not None and self.save_to(path)

    def save_to(self, path: Path) -> bool:
        """Save to a folder and go on there; its name becomes the title."""
        path = with_suffix(path)
        if self._document.project.title != path.stem:
            self._document.apply(RenameProject(path.stem))
        try:
            self.folder = self.folder.save_as(path, self._document.project)
        except EngineError as error:
            self._tell_save_failed(error)
            return False
        self._document.mark_saved()
        self._remember(path)
        self.opened.emit(self.folder)
        return True

    def close(self) -> bool:
        """Ask about unsaved changes and let the folder go; False: the person stays."""
        if not self._may_leave():
            return False
        self._close_folder()
        return True

    def flush(self) -> bool:
        """Write down what waits, as before a crash report; False where the disk refuses."""
        self.folder.record(self._document.project)
        return self.folder.flush()

    def _create(self, project: Project) -> ProjectFolder:
        return create_unsaved(
            project,
            self._state_folder,
            on_acknowledged=self.autosaved.emit,
            on_failed=self._autosave_failed.emit,
        )

    def _may_leave(self) -> bool:
        """Ask where there are unsaved changes; saves them where wanted."""
        if not self._document.is_modified:
            return True
        answer = self._questions.about_unsaved(self._document.project.title)
        return answer is Answer.DISCARD or (answer is Answer.SAVE and self.save())

    def _remember(self, path: Path) -> None:
        recent = self._settings.current.with_recent(path).recent_projects
        self._settings.change(recent_projects=recent)

    def _close_folder(self) -> None:
        self.folder.close(self._document.project, keep_unsaved=False)

    def _take_over(
        self, folder: ProjectFolder, project: Project, *, is_recovered: bool = False
    ) -> None:
        self.folder = folder
        self.opened.emit(folder)
        self._document.open(project, is_recovered=is_recovered)

    def _tell_save_failed(self, error: EngineError) -> None:
        self._tell(
            Notice(
                "save",
                error.message,
                error.hint,
                Tone.ERROR,
                choices=(("Save elsewhere…", self.save_as),),
            )
        )

    @Slot(object)
    def _on_committed(self, project: Project) -> None:
        self.folder.record(project)

    @Slot(str)
    def _on_autosave_failed(self, message: str) -> None:
        self._tell(
            Notice(
                "autosave",
                message,
                tone=Tone.ERROR,
                choices=(("Save elsewhere…", self.save_as),),
            )
        )

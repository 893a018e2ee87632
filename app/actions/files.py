"""Projects on disk: new, open, save, save as, close; unsaved work is never lost."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto
from pathlib import Path
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from app.actions.awaited import awaited
from app.actions.doorbell import ring
from app.actions.notice import Notice, Tell, Tone, notice_of
from app.document.document import ProjectDocument
from app.model.clip import Asset
from app.model.edits.tempo import RenameProject
from app.model.project import Project, new_project
from app.settings import SettingsFile
from app.storage.errors import ProjectInUse
from app.storage.project_folder import (
    Listener,
    ProjectFolder,
    create_unsaved,
    open_copy,
    open_folder,
    with_suffix,
)
from app.storage.state_folder import usable_state_folder
from engine.errors import EngineError

T = TypeVar("T")


class Answer(Enum):
    """What to do with unsaved changes."""

    SAVE = auto()
    DISCARD = auto()
    STAY = auto()


class InUse(Enum):
    """What to do with a project that another window has open."""

    SHOW = auto()
    COPY = auto()
    STAY = auto()


class FileQuestions(Protocol):
    """What only the person can answer; the window asks it."""

    def path_to_open(self) -> Path | None:
        """Which project folder to open."""

    def path_to_save(self, suggestion: str) -> Path | None:
        """Where to save, e.g. ``/music/Song.inlay``."""

    def recording_to_use(self) -> Path | None:
        """Which file is the missing recording."""

    def folder_to_search(self) -> Path | None:
        """Where missing recordings may be."""

    def about_unsaved(self, title: str) -> Answer:
        """What to do with changes that are not saved."""

    def about_in_use(self, title: str) -> InUse:
        """What to do with a project that another window has open."""


class FileActions(QObject):
    """Owns the open folder. Every action of the person is written down within milliseconds.

    Reading and writing happen beside the window, which paints and plays on meanwhile.
    ``state_folder`` holds what is not saved yet.

    Signals:
        opened(ProjectFolder): another folder is in use; its recordings are in ``folder.pool``.
        autosaved(int): everything up to that action is on disk.
        shown(): what was asked for is open in this window already.
        recordings_found(list[Asset]): recordings that were missing can be heard again.
    """

    opened = Signal(object)
    autosaved = Signal(int)
    shown = Signal()
    recordings_found = Signal(list)
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
        self.state_folder = usable_state_folder(state_folder)
        self._settings = settings
        self._questions = questions
        self._tell = tell
        self._is_busy = False
        self._listener = Listener(self.autosaved.emit, self._autosave_failed.emit)
        self._autosave_failed.connect(self._on_autosave_failed)
        self.folder = create_unsaved(document.project, self.state_folder, self._listener)
        document.committed.connect(self._on_committed)
        if self.state_folder != state_folder:
            tell(
                Notice(
                    "state",
                    f"“{state_folder}” cannot be written. Unsaved work is kept in "
                    f"“{self.state_folder}”, which may be gone after a restart.",
                    "Save your projects, and mend that folder.",
                )
            )

    def new(self) -> None:
        """Start an empty project."""
        if self._may_leave():
            self._go_on_in(lambda: create_unsaved(new_project(), self.state_folder, self._listener))

    def open(self) -> None:
        """Ask which project, and open it."""
        path = self._questions.path_to_open()
        if path is not None:
            self.open_path(path)

    def open_path(self, path: Path, *, recover: bool = True) -> bool:
        """Open a project; what goes wrong is told and the one before stays."""
        if path.resolve() == self.folder.path.resolve():
            self._tell(Notice("open", f"“{path.stem}” is open in this window.", tone=Tone.INFO))
            self.shown.emit()
            return True
        return self._may_leave() and self._go_on_in(
            lambda: open_folder(path, self.state_folder, self._listener, recover=recover),
            in_use=path,
        )

    def open_copy(self, path: Path) -> bool:
        """Open a copy of a project, as of one that ships with the program."""
        return self._may_leave() and self._go_on_in(
            lambda: open_copy(path, self.state_folder, self._listener)
        )

    def save(self) -> bool:
        """Save in place, or ask where to; False where nothing was saved."""
        if not self.folder.is_saved:
            return self.save_as()
        folder, project = self.folder, self._document.project
        return self._save(lambda: folder.save(project), project)

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
        before, project = self.folder, self._document.project

        def save() -> None:
            self.folder = before.save_as(path, project)
            if self.folder is not before:
                before.close(keep_unsaved=False)

        if not self._save(save, project):
            return False
        self._remember(path)
        self.opened.emit(self.folder)
        return True

    def close(self) -> bool:
        """Ask about unsaved changes and let the folder go; False: the person stays."""
        if not self._may_leave():
            return False
        self._await(lambda: self.folder.close(keep_unsaved=False))
        return True

    def flush(self) -> bool:
        """Write down what waits, as before a crash report; False where the disk refuses."""
        self.folder.record(self._document.project)
        return self.folder.flush()

    def _may_leave(self) -> bool:
        """Ask where there are unsaved changes; saves them where wanted."""
        if self._is_busy:
            return False
        if not self._document.is_modified:
            return True
        answer = self._questions.about_unsaved(self._document.project.title)
        return answer is Answer.DISCARD or (answer is Answer.SAVE and self.save())

    def _save(self, write: Callable[[], None], project: Project) -> bool:
        """Write the current project; what arrives meanwhile stays unsaved."""
        if self._is_busy:
            return False
        self.folder.record(project)
        try:
            self._await(write)
        except EngineError as error:
            self._tell_save_failed(error)
            return False
        if self._document.project is project:
            self._document.mark_saved()
        else:
            self.folder.record(self._document.project)
        return True

    def _go_on_in(self, find: Callable[[], ProjectFolder], *, in_use: Path | None = None) -> bool:
        """Let go of the folder and show what another one holds."""
        leaving = self._document.project

        def look() -> tuple[ProjectFolder, tuple[Asset, ...]]:
            folder = find()
            return folder, folder.pool.missing(folder.project)

        try:
            folder, missing = self._await(look)
        except ProjectInUse as error:
            return in_use is not None and self._choose_about(in_use, error)
        except EngineError as error:
            self._tell(notice_of("open", error))
            return False
        # A take that arrived while the disk was busy was not asked about: it is offered again.
        has_more = self._document.project is not leaving
        before, self.folder = self.folder, folder
        self.opened.emit(folder)
        self._document.open(folder.project, is_recovered=folder.is_recovered)
        self._await(lambda: before.close(keep_unsaved=has_more))
        if folder.is_saved:
            self._remember(folder.path)
        if folder.notice:
            self._tell(Notice("open", folder.notice))
        self._tell_missing(missing)
        return True

    def _tell_missing(self, missing: tuple[Asset, ...]) -> None:
        if not missing:
            return
        count = "1 recording is" if len(missing) == 1 else f"{len(missing)} recordings are"
        self._tell(
            Notice(
                "missing",
                f"{count} missing. The rest of the project is complete.",
                "They stay silent until they are found; nothing is taken out of the project.",
                choices=(
                    ("Locate…", lambda: self._find(self._questions.recording_to_use())),
                    ("Search folder…", lambda: self._find(self._questions.folder_to_search())),
                ),
                details="\n".join(f"{asset.id}.{asset.extension}" for asset in missing),
            )
        )

    def _find(self, place: Path | None) -> None:
        """Put missing recordings back from a file or a folder, and tell what is still missing."""
        pool, project = self.folder.pool, self._document.project
        found: tuple[Asset, ...] = ()
        if place is not None and not self._is_busy:
            try:
                found = self._await(lambda: pool.find(pool.missing(project), place))
            except EngineError as error:
                self._tell(notice_of("open", error))
        if found:
            self.recordings_found.emit(list(found))
        self._tell_missing(pool.missing(project))

    def _choose_about(self, path: Path, error: ProjectInUse) -> bool:
        answer = self._questions.about_in_use(path.stem)
        if answer is InUse.COPY:
            notice = f"This is a copy: “{path.stem}” goes on in another window. Save it elsewhere."
            return self._go_on_in(
                lambda: open_copy(path, self.state_folder, self._listener, notice=notice)
            )
        if answer is InUse.SHOW and ring(path):
            self._tell(Notice("open", f"“{path.stem}” is in its own window.", tone=Tone.INFO))
        elif answer is InUse.SHOW:
            self._tell(notice_of("open", error))
        return False

    def _await(self, work: Callable[[], T]) -> T:
        self._is_busy = True
        try:
            return awaited(work)
        finally:
            self._is_busy = False

    def _remember(self, path: Path) -> None:
        recent = self._settings.current.with_recent(path).recent_projects
        self._settings.change(recent_projects=recent)

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

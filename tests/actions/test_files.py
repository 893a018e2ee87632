from __future__ import annotations

import errno
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from app.actions.files import Answer, FileActions, InUse
from app.actions.notice import Notice
from app.document.document import ProjectDocument
from app.model.clip import Clip
from app.model.edits.clips import AddClips
from app.model.edits.prompt import SetPrompt
from app.model.ids import ClipId
from app.model.project import Project, new_project
from app.settings import SettingsFile
from app.storage import project_folder
from app.storage.project_folder import ProjectFolder, create_unsaved, open_folder
from app.storage.recovery import recoverable_projects
from engine.requests import Audio
from engine.timebase import Samples, Ticks


class Person:
    """Whoever answers questions and is told things."""

    def __init__(self) -> None:
        self.told: list[Notice] = []
        self.asked: list[str] = []
        self.unsaved = Answer.DISCARD
        self.in_use = InUse.STAY
        self.place: Path | None = None

    @property
    def messages(self) -> list[str]:
        return [notice.message for notice in self.told]

    def path_to_open(self) -> Path | None:
        return None

    def path_to_save(self, suggestion: str) -> Path | None:
        return None

    def recording_to_use(self) -> Path | None:
        return self.place

    def folder_to_search(self) -> Path | None:
        return self.place

    def about_unsaved(self, title: str) -> Answer:
        self.asked.append(title)
        return self.unsaved

    def about_in_use(self, title: str) -> InUse:
        self.asked.append(title)
        return self.in_use


class Arrival:
    """Lets something happen in the window while the disk is busy: ``wait`` there for it."""

    def __init__(self, act: Callable[[], object]) -> None:
        self._act = act
        self._has_happened = threading.Event()
        QTimer.singleShot(0, self._happen)

    def wait(self) -> None:
        assert self._has_happened.wait(20.0)

    def _happen(self) -> None:
        self._act()
        self._has_happened.set()


class Window:
    """One running program, as far as files are concerned."""

    def __init__(self, tmp_path: Path) -> None:
        self.person = Person()
        self.document = ProjectDocument(new_project())
        settings = SettingsFile(tmp_path / "studio.ini")
        self.files = FileActions(
            self.document, tmp_path / "state", settings, self.person, self.person.told.append
        )

    @property
    def project(self) -> Project:
        return self.document.project

    def type(self, words: str) -> None:
        self.document.seal()
        self.document.apply(SetPrompt(words))


@pytest.fixture
def open_window(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[[], Window]]:
    windows: list[Window] = []

    def start() -> Window:
        windows.append(Window(tmp_path))
        return windows[-1]

    yield start
    for window in windows:
        window.files.folder.close(keep_unsaved=False)


@pytest.fixture
def window(open_window: Callable[[], Window]) -> Window:
    return open_window()


@pytest.fixture
def song(tmp_path: Path) -> Path:
    """A saved project that nobody has open."""
    project = SetPrompt("saved").apply(new_project("song"))
    unsaved = create_unsaved(project, tmp_path / "elsewhere")
    unsaved.save_as(tmp_path / "song", project).close(keep_unsaved=False)
    unsaved.close(keep_unsaved=False)
    return tmp_path / "song.inlay"


def test_opening_what_is_open_shows_it_and_changes_nothing(
    window: Window, song: Path, qtbot: QtBot
) -> None:
    assert window.files.open_path(song)
    window.type("unsaved")
    folder, project = window.files.folder, window.project
    with qtbot.waitSignal(window.files.shown):
        assert window.files.open_path(song.parent / "." / "song.inlay")
    assert window.files.folder is folder
    assert window.project is project
    assert window.person.messages == ["“song” is open in this window."]
    assert window.person.asked == []


def test_a_project_open_elsewhere_is_a_choice_and_staying_changes_nothing(
    open_window: Callable[[], Window], song: Path
) -> None:
    first, second = open_window(), open_window()
    first.files.open_path(song)
    before = second.project
    assert not second.files.open_path(song)
    assert second.person.asked == ["song"]
    assert second.project is before
    assert second.person.told == []


def test_a_copy_of_a_project_open_elsewhere_is_autosaved_and_saved_elsewhere(
    open_window: Callable[[], Window], song: Path, tmp_path: Path
) -> None:
    first, second = open_window(), open_window()
    first.files.open_path(song)
    first.type("going on in the first window")
    assert first.files.flush()
    second.person.in_use = InUse.COPY
    assert second.files.open_path(song)
    assert second.project.prompt == "going on in the first window"
    assert "This is a copy" in second.person.messages[0]
    second.type("in the copy")
    assert second.files.flush()
    assert not second.files.save()  # asks where to, and nobody answers
    assert second.files.save_to(tmp_path / "other")
    assert first.files.save()
    assert first.project.prompt == "going on in the first window"


def test_the_window_that_has_the_project_can_be_brought_forward(
    open_window: Callable[[], Window], song: Path
) -> None:
    first, second = open_window(), open_window()
    first.files.open_path(song)
    second.person.in_use = InUse.SHOW
    assert not second.files.open_path(song)
    assert (song / ".show").exists()
    assert second.person.messages == ["“song” is in its own window."]


def test_a_take_that_arrives_during_a_save_stays_unsaved_and_is_written_down(
    window: Window, song: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.files.open_path(song)
    window.type("to be saved")
    save = ProjectFolder.save
    arrival = Arrival(lambda: window.type("arrived meanwhile"))

    def slow(folder: ProjectFolder, project: Project) -> None:
        save(folder, project)
        arrival.wait()

    monkeypatch.setattr(ProjectFolder, "save", slow)
    assert window.files.save()
    assert window.document.is_modified
    assert window.files.flush()
    window.files.folder.close(keep_unsaved=True)
    again = open_folder(song, song.parent / "state")
    again.close(keep_unsaved=True)
    assert (again.project.prompt, again.is_recovered) == ("arrived meanwhile", True)


def test_a_take_that_arrives_while_another_project_opens_is_offered_at_the_next_start(
    window: Window, song: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = project_folder.read_project
    arrival = Arrival(lambda: window.type("arrived meanwhile"))

    def slow(path: Path) -> object:
        arrival.wait()
        return read(path)

    monkeypatch.setattr(project_folder, "read_project", slow)
    assert window.files.open_path(song)
    assert window.project.prompt == "saved"
    (found,) = recoverable_projects(tmp_path / "state")
    assert not found.is_saved


def test_a_full_disk_leaves_the_old_file_and_offers_another_place(
    window: Window, song: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.files.open_path(song)
    before = (song / "project.json").read_bytes()
    window.type("will not fit")

    def no_room(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr("os.fsync", no_room)
        assert not window.files.save()
    (notice,) = [notice for notice in window.person.told if notice.cause == "save"]
    assert "the disk is full" in notice.message
    assert [text for text, _ in notice.choices] == ["Save elsewhere…"]
    assert (song / "project.json").read_bytes() == before
    assert window.document.is_modified
    assert window.files.save()
    assert not window.document.is_modified


def test_autosave_on_a_full_disk_is_told_once_with_a_way_out(
    window: Window, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def no_room(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr("os.fsync", no_room)
        window.type("one")
        qtbot.waitUntil(lambda: bool(window.person.told))
        window.type("two")
        assert not window.files.flush()
    (notice,) = window.person.told
    assert "the disk is full" in notice.message
    assert [text for text, _ in notice.choices] == ["Save elsewhere…"]
    window.type("three")
    with qtbot.waitSignal(window.files.autosaved):
        assert window.files.flush()


def test_leaving_unsaved_work_asks_and_staying_stays(window: Window, song: Path) -> None:
    window.type("precious")
    window.person.unsaved = Answer.STAY
    project = window.project
    assert not window.files.open_path(song)
    assert not window.files.close()
    window.files.new()
    assert window.project is project
    assert window.person.asked == ["Untitled"] * 3


def test_nothing_else_begins_while_the_disk_is_busy(
    window: Window, song: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers: list[bool] = []
    read = project_folder.read_project
    arrival = Arrival(lambda: answers.extend((window.files.open_path(song), window.files.close())))

    def slow(path: Path) -> object:
        arrival.wait()
        return read(path)

    monkeypatch.setattr(project_folder, "read_project", slow)
    assert window.files.open_path(song)
    assert answers == [False, False]


def test_missing_recordings_are_named_and_put_back_where_they_are_found(
    window: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    unsaved = create_unsaved(new_project(), tmp_path / "elsewhere")
    assets = [unsaved.pool.add(Audio(np.full((1, n), 0.3, np.float32), 32_000)) for n in (90, 80)]
    clips = [Clip(ClipId(a.id[:4]), a, Ticks(n), Samples(80)) for n, a in enumerate(assets)]
    song = tmp_path / "song.inlay"
    unsaved.save_as(song, AddClips(tuple(clips)).apply(new_project())).close(keep_unsaved=False)
    unsaved.close(keep_unsaved=False)
    backup = tmp_path / "backup"
    (song / "audio").rename(backup)

    assert window.files.open_path(song)
    assert len(window.project.audio.clips) == 2
    notice = window.person.told[-1]
    assert notice.message.startswith("2 recordings are missing.")
    choices = dict(notice.choices)
    choices["Locate…"]()  # nothing was chosen
    assert window.person.told[-1].message.startswith("2 recordings")
    window.person.place = next(backup.iterdir())
    with qtbot.waitSignal(window.files.recordings_found):
        choices["Locate…"]()
    assert window.person.told[-1].message.startswith("1 recording is missing.")
    window.person.place = backup
    n_told = len(window.person.told)
    with qtbot.waitSignal(window.files.recordings_found) as found:
        choices["Search folder…"]()
    assert len(found.args[0]) == 1
    assert len(window.person.told) == n_told
    assert window.files.folder.pool.missing(window.project) == ()


def test_a_start_on_a_disk_that_cannot_be_written_is_told_and_works(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (tmp_path / "state").write_text("a file, where a folder is wanted")
    window = Window(tmp_path)
    assert "cannot be written" in window.person.messages[0]
    window.type("kept even so")
    assert window.files.flush()
    window.files.folder.close(keep_unsaved=True)
    (found,) = recoverable_projects(window.files.state_folder)
    assert found.n_actions == 2

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from arbitrary_projects import EMPTY, with_title

from app.model.clip import Asset, Clip
from app.model.edits.clips import AddClips
from app.model.ids import ClipId
from app.model.project import Project
from app.storage import journal
from app.storage.errors import DamagedProject, ProjectFileError, ProjectInUse
from app.storage.journal import read_journal
from app.storage.project_folder import (
    PREVIOUS_JOURNAL_NAME,
    Listener,
    ProjectFolder,
    create_unsaved,
    open_copy,
    open_folder,
)
from app.storage.project_lock import ProjectLock
from app.storage.recovery import decline, recoverable_projects, tidy
from engine.errors import EngineError
from engine.requests import Audio
from engine.timebase import Samples, Ticks


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


@pytest.fixture
def song(tmp_path: Path) -> Path:
    return tmp_path / "song.inlay"


@pytest.fixture(autouse=True)
def closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Closes what a test leaves open."""
    opened: list[ProjectFolder] = []
    begin = ProjectFolder.__init__

    def noted(folder: ProjectFolder, *args: object, **settings: object) -> None:
        begin(folder, *args, **settings)
        opened.append(folder)

    monkeypatch.setattr(ProjectFolder, "__init__", noted)
    yield
    for folder in opened:
        folder.close(keep_unsaved=True)


def crash(folder: ProjectFolder) -> None:
    """What is left of a window that was killed after its last action was acknowledged."""
    assert folder.flush()
    folder.close(keep_unsaved=True)


def saved(song: Path, state: Path, project: Project = EMPTY) -> ProjectFolder:
    unsaved = create_unsaved(project, state)
    folder = unsaved.save_as(song, project)
    unsaved.close(keep_unsaved=False)
    return folder


def saved_with_sound(song: Path, state: Path) -> tuple[Project, Asset]:
    """A saved and closed project with one clip."""
    unsaved = create_unsaved(EMPTY, state)
    asset = unsaved.pool.add(Audio(np.ones((1, 100), np.float32) / 3, 32_000))
    project = AddClips((Clip(ClipId("c"), asset, Ticks(0), Samples(100)),)).apply(EMPTY)
    unsaved.save_as(song, project).close(keep_unsaved=False)
    unsaved.close(keep_unsaved=False)
    return project, asset


def test_a_project_never_saved_is_recovered_to_the_last_action(state: Path) -> None:
    folder = create_unsaved(EMPTY, state)
    folder.record(with_title(EMPTY, "Idea"))
    folder.record(with_title(EMPTY, "Better idea"))
    crash(folder)
    (found,) = recoverable_projects(state)
    assert (found.title, found.is_saved) == ("Better idea", False)
    again = open_folder(found.path, state)
    assert again.project.title == "Better idea"
    assert again.is_recovered
    assert not again.is_saved


def test_unsaved_actions_of_a_saved_project_are_recovered(song: Path, state: Path) -> None:
    folder = saved(song, state)
    folder.record(with_title(EMPTY, "After the save"))
    crash(folder)
    (found,) = recoverable_projects(state)
    assert found.is_saved
    again = open_folder(song, state)
    assert (again.project.title, again.is_recovered) == ("After the save", True)
    again.save(again.project)
    again.close(keep_unsaved=False)
    assert recoverable_projects(state) == ()
    assert open_folder(song, state).project.title == "After the save"


def test_what_is_done_during_a_save_is_recovered_after_a_kill(song: Path, state: Path) -> None:
    folder = saved(song, state)
    to_be_saved = with_title(EMPTY, "Saved")
    folder.record(to_be_saved)
    folder.record(with_title(EMPTY, "Done meanwhile"))
    folder.save(to_be_saved)
    crash(folder)
    again = open_folder(song, state)
    assert (again.project.title, again.is_recovered) == ("Done meanwhile", True)


def test_a_project_closed_in_good_order_offers_nothing(song: Path, state: Path) -> None:
    folder = saved(song, state)
    folder.record(with_title(EMPTY, "Thrown away"))
    folder.close(keep_unsaved=False)
    assert recoverable_projects(state) == ()
    again = open_folder(song, state)
    assert (again.project, again.is_recovered) == (EMPTY, False)


def test_a_saved_project_that_crashed_without_changes_offers_nothing(
    song: Path, state: Path
) -> None:
    crash(saved(song, state))
    assert recoverable_projects(state) == ()


def test_declining_keeps_the_work_for_seven_days(state: Path) -> None:
    folder = create_unsaved(with_title(EMPTY, "Unwanted"), state)
    crash(folder)
    (found,) = recoverable_projects(state)
    decline(state, found.path)
    assert recoverable_projects(state) == ()
    (kept,) = (state / "set-aside").iterdir()
    assert read_journal(kept / journal.FILE_NAME) is not None
    week = kept.stat().st_ctime + 7 * 24 * 3600
    tidy(state, now=week - 1)
    assert kept.exists()
    tidy(state, now=week + 1)
    assert not kept.exists()


def test_opening_without_recovery_shows_what_was_saved(song: Path, state: Path) -> None:
    folder = saved(song, state)
    folder.record(with_title(EMPTY, "Unwanted"))
    crash(folder)
    again = open_folder(song, state, recover=False)
    assert again.project == EMPTY
    assert len(list((state / "set-aside").iterdir())) == 2  # the idea it was saved from, too


def test_a_project_in_use_is_refused_until_it_is_let_go(song: Path, state: Path) -> None:
    first = saved(song, state)
    with pytest.raises(ProjectInUse, match="open in another window"):
        open_folder(song, state)
    with pytest.raises(ProjectInUse):
        create_unsaved(with_title(EMPTY, "Other"), state / "elsewhere").save_as(song, EMPTY)
    first.close(keep_unsaved=False)
    assert open_folder(song, state).path == song


def test_a_copy_of_a_project_in_use_is_autosaved_and_leaves_it_alone(
    song: Path, state: Path
) -> None:
    first = saved(song, state)
    first.record(with_title(EMPTY, "Not saved yet"))
    assert first.flush()
    before = {file: file.read_bytes() for file in song.iterdir() if file.is_file()}
    copy = open_copy(song, state)
    assert copy.project.title == "Not saved yet"
    assert (copy.is_saved, copy.project.id != EMPTY.id) == (False, True)
    with pytest.raises(ProjectFileError, match="Save As"):
        copy.save(copy.project)
    copy.record(with_title(copy.project, "In the copy"))
    crash(copy)
    assert {file: file.read_bytes() for file in before} == before
    (found,) = recoverable_projects(state)
    assert found.title == "In the copy"


def test_recordings_come_along_into_a_copy(song: Path, state: Path) -> None:
    project, asset = saved_with_sound(song, state)
    copy = open_copy(song, state)
    assert copy.pool.missing(project) == ()
    assert copy.pool.read(asset).samples.shape == (1, 100)


def test_a_newer_project_is_opened_as_a_copy_and_untouched(song: Path, state: Path) -> None:
    project, _ = saved_with_sound(song, state)
    file = song / "project.json"
    file.write_text(file.read_text().replace('"version": 1', '"version": 2'))
    before = file.read_bytes()
    folder = open_folder(song, state)
    assert not folder.is_saved
    assert "newer version" in folder.notice
    assert folder.pool.missing(project) == ()
    assert file.read_bytes() == before
    ProjectLock(song).release()  # others may have the original


def test_a_damaged_file_is_shown_from_the_autosave(song: Path, state: Path) -> None:
    crash(saved(song, state, with_title(EMPTY, "Precious")))
    file = song / "project.json"
    file.write_text("{")
    again = open_folder(song, state)
    assert again.project.title == "Precious"
    assert (again.is_saved, again.is_recovered) == (False, True)
    assert "damaged" in again.notice
    assert file.read_text() == "{"


def test_a_damaged_file_without_autosave_gives_the_version_before_it(
    song: Path, state: Path
) -> None:
    folder = saved(song, state, with_title(EMPTY, "First"))
    second = with_title(EMPTY, "Second")
    folder.record(second)
    folder.save(second)
    folder.close(keep_unsaved=False)
    file = song / "project.json"
    file.write_text(file.read_text()[:50])
    again = open_folder(song, state)
    assert again.project.title == "First"
    assert "damaged" in again.notice
    assert "saved before" in again.notice
    assert len(file.read_text()) == 50


def test_a_damaged_file_with_nothing_beside_it_is_refused(song: Path, state: Path) -> None:
    saved(song, state).close(keep_unsaved=False)
    (song / "project.json").write_text("{")
    with pytest.raises(DamagedProject):
        open_folder(song, state)
    ProjectLock(song).release()


def test_a_folder_that_cannot_be_written_is_opened_as_a_copy(
    song: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, _ = saved_with_sound(song, state)

    def refuse(lock: ProjectLock, folder: Path) -> None:
        if folder == song:
            raise PermissionError(13, "Permission denied")
        lock._handle = -1

    monkeypatch.setattr(ProjectLock, "__init__", refuse)
    folder = open_folder(song, state)
    assert "cannot be written" in folder.notice
    assert folder.pool.missing(project) == ()


def test_recordings_move_with_the_project(song: Path, state: Path) -> None:
    project, _ = saved_with_sound(song, state)
    assert open_folder(song, state).pool.missing(project) == ()


def test_what_a_kill_left_half_written_is_swept_away(song: Path, state: Path) -> None:
    saved(song, state).close(keep_unsaved=False)
    scraps = [".journal.jsonl.ab.next", ".project.json.ab.partial", "audio/.adding-ab.wav"]
    for scrap in scraps:
        (song / scrap).parent.mkdir(exist_ok=True)
        (song / scrap).write_text("half")
    open_folder(song, state)
    assert not any((song / scrap).exists() for scrap in scraps)


def test_the_journal_found_at_opening_is_kept_beside_the_new_one(song: Path, state: Path) -> None:
    folder = saved(song, state)
    folder.record(with_title(EMPTY, "Unsaved"))
    crash(folder)
    journal_file = song / journal.FILE_NAME
    journal_file.write_bytes(journal_file.read_bytes()[:-4])  # damaged, so the action is lost
    assert open_folder(song, state).project.title == EMPTY.title
    assert b"Unsaved" in (song / PREVIOUS_JOURNAL_NAME).read_bytes()


def test_while_the_disk_refuses_what_is_done_is_kept_elsewhere(song: Path, state: Path) -> None:
    told: list[str] = []
    saved(song, state).close(keep_unsaved=False)
    folder = open_folder(song, state, Listener(on_failed=told.append))
    moved = song.rename(song.with_name("pulled out"))
    for name in ("One", "Two"):
        folder.record(with_title(EMPTY, name))
        assert folder.flush()
    assert len(told) == 1
    assert "Inlay's own folder" in told[0]
    crash(folder)
    (found,) = recoverable_projects(state)
    assert (found.title, found.is_saved) == ("Two", False)
    (left,) = moved.glob(journal.FILE_NAME)
    state_left = read_journal(left)
    assert state_left is not None
    assert state_left.project == EMPTY


def test_when_the_disk_works_again_the_spare_place_is_given_up(song: Path, state: Path) -> None:
    folder = saved(song, state)
    moved = song.rename(song.with_name("pulled out"))
    folder.record(with_title(EMPTY, "Lost for now"))
    assert folder.flush()
    assert len(list((state / "unsaved").iterdir())) == 1
    moved.rename(song)
    folder.record(with_title(EMPTY, "Here again"))
    crash(folder)
    assert list((state / "unsaved").iterdir()) == []
    (found,) = recoverable_projects(state)
    assert (found.path, found.title) == (song, "Here again")


def test_a_project_on_a_full_disk_is_opened_as_a_copy(
    song: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, _ = saved_with_sound(song, state)
    before = journal.write_bytes_whole

    def full(path: Path, content: bytes) -> None:
        if song in path.parents:
            raise EngineError("“song” was not saved: the disk is full.")
        before(path, content)

    monkeypatch.setattr(journal, "write_bytes_whole", full)
    folder = open_folder(song, state)
    assert "the disk is full" in folder.notice
    assert not folder.is_saved
    assert folder.pool.missing(project) == ()


def test_an_unsaved_project_whose_disk_refuses_is_told(state: Path) -> None:
    told: list[str] = []
    folder = create_unsaved(EMPTY, state, Listener(on_failed=told.append))
    moved = folder.path.with_name("gone")
    folder.path.rename(moved)
    folder.record(with_title(EMPTY, "Lost for now"))
    assert not folder.flush()
    assert len(told) == 1
    moved.rename(folder.path)
    folder.record(with_title(EMPTY, "Here again"))
    crash(folder)
    (found,) = recoverable_projects(state)
    assert found.title == "Here again"

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from arbitrary_projects import EMPTY, with_title

from app.model.clip import Clip
from app.model.edits.clips import AddClips
from app.model.ids import ClipId
from app.model.project import Project
from app.storage import journal
from app.storage.errors import DamagedProject, ProjectFileError
from app.storage.journal import Journal, read_journal
from app.storage.project_folder import ProjectFolder, create_unsaved, open_folder
from app.storage.recovery import decline, recoverable_projects, tidy
from engine.requests import Audio
from engine.timebase import Samples, Ticks


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


def crash(folder: ProjectFolder) -> None:
    """What is left of a window that was killed after its last action was acknowledged."""
    assert folder.flush()
    folder.close(folder.project, keep_unsaved=True)


def saved(tmp_path: Path, state: Path, project: Project = EMPTY) -> ProjectFolder:
    return create_unsaved(project, state).save_as(tmp_path / "song", project)


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
    again.close(again.project, keep_unsaved=True)


def test_unsaved_actions_of_a_saved_project_are_recovered(tmp_path: Path, state: Path) -> None:
    folder = saved(tmp_path, state)
    folder.record(with_title(EMPTY, "After the save"))
    crash(folder)
    (found,) = recoverable_projects(state)
    assert found.is_saved
    again = open_folder(tmp_path / "song.inlay", state)
    assert (again.project.title, again.is_recovered) == ("After the save", True)
    again.save(again.project)
    again.close(again.project, keep_unsaved=False)
    assert recoverable_projects(state) == ()
    assert open_folder(tmp_path / "song.inlay", state).project.title == "After the save"


def test_a_project_closed_in_good_order_offers_nothing(tmp_path: Path, state: Path) -> None:
    folder = saved(tmp_path, state)
    folder.record(with_title(EMPTY, "Thrown away"))
    folder.close(EMPTY, keep_unsaved=False)
    assert recoverable_projects(state) == ()
    again = open_folder(tmp_path / "song.inlay", state)
    assert (again.project, again.is_recovered) == (EMPTY, False)
    again.close(EMPTY, keep_unsaved=False)


def test_a_saved_project_that_crashed_without_changes_offers_nothing(
    tmp_path: Path, state: Path
) -> None:
    crash(saved(tmp_path, state))
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


def test_opening_without_recovery_shows_what_was_saved(tmp_path: Path, state: Path) -> None:
    folder = saved(tmp_path, state)
    folder.record(with_title(EMPTY, "Unwanted"))
    crash(folder)
    again = open_folder(tmp_path / "song.inlay", state, recover=False)
    assert again.project == EMPTY
    assert len(list((state / "set-aside").iterdir())) == 2  # the idea it was saved from, too
    again.close(EMPTY, keep_unsaved=False)


def test_a_second_window_gets_a_read_only_copy(tmp_path: Path, state: Path) -> None:
    first = saved(tmp_path, state)
    second = open_folder(tmp_path / "song.inlay", state)
    assert second.is_read_only
    assert "another window" in second.notice
    assert second.record(with_title(EMPTY, "Lost?")) == 0
    with pytest.raises(ProjectFileError, match="Save As"):
        second.save(EMPTY)
    copy = second.save_as(tmp_path / "copy", EMPTY)
    assert not copy.is_read_only
    copy.close(EMPTY, keep_unsaved=False)
    first.close(EMPTY, keep_unsaved=False)
    assert not open_folder(tmp_path / "song.inlay", state).is_read_only


def test_a_newer_project_is_read_only_and_untouched(tmp_path: Path, state: Path) -> None:
    saved(tmp_path, state).close(EMPTY, keep_unsaved=False)
    file = tmp_path / "song.inlay" / "project.json"
    file.write_text(file.read_text().replace('"version": 1', '"version": 2'))
    before = file.read_bytes()
    folder = open_folder(tmp_path / "song.inlay", state)
    assert folder.is_read_only
    assert "newer version" in folder.notice
    assert file.read_bytes() == before


def test_a_damaged_file_is_shown_from_the_autosave(tmp_path: Path, state: Path) -> None:
    folder = saved(tmp_path, state, with_title(EMPTY, "Precious"))
    crash(folder)
    file = tmp_path / "song.inlay" / "project.json"
    file.write_text("{")
    again = open_folder(tmp_path / "song.inlay", state)
    assert again.project.title == "Precious"
    assert again.is_read_only
    assert "damaged" in again.notice
    assert file.read_text() == "{"


def test_a_damaged_file_without_autosave_is_refused(tmp_path: Path, state: Path) -> None:
    saved(tmp_path, state).close(EMPTY, keep_unsaved=False)
    (tmp_path / "song.inlay" / "project.json").write_text("{")
    with pytest.raises(DamagedProject):
        open_folder(tmp_path / "song.inlay", state)


def test_recordings_move_with_the_project(tmp_path: Path, state: Path) -> None:
    folder = create_unsaved(EMPTY, state)
    asset = folder.pool.add(Audio(np.ones((1, 100), np.float32) / 3, 32_000))
    project = AddClips((Clip(ClipId("c"), asset, Ticks(0), Samples(100)),)).apply(EMPTY)
    folder = folder.save_as(tmp_path / "song", project)
    assert folder.pool.missing(project) == ()
    folder.close(project, keep_unsaved=False)


def test_a_torn_last_line_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    log = Journal(path, EMPTY, is_saved=False)
    log.append(with_title(EMPTY, "One"))
    whole = path.read_bytes()
    log.append(with_title(EMPTY, "Two"))
    both = path.read_bytes()
    for length in range(len(whole), len(both)):
        path.write_bytes(both[:length])
        state = read_journal(path)
        assert state is not None
        assert state.project.title == "One"
    path.write_bytes(both)
    state = read_journal(path)
    assert state is not None
    assert (state.project.title, state.n_actions) == ("Two", 3)


def test_a_changed_letter_ends_the_reading_there(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    log = Journal(path, EMPTY, is_saved=False)
    log.append(with_title(EMPTY, "One"))
    log.append(with_title(EMPTY, "Two"))
    path.write_bytes(path.read_bytes().replace(b"Two", b"Owt"))
    state = read_journal(path)
    assert state is not None
    assert state.project.title == "One"


def test_a_long_journal_is_begun_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "LARGEST_BYTES", 20_000)
    path = tmp_path / "journal.jsonl"
    log = Journal(path, EMPTY, is_saved=False)
    for index in range(400):
        log.append(with_title(EMPTY, f"Title {index}"))
        assert path.stat().st_size < 25_000
    state = read_journal(path)
    assert state is not None
    assert (state.project.title, state.n_actions) == ("Title 399", 401)


def test_a_journal_that_vanished_is_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    log = Journal(path, EMPTY, is_saved=False)
    path.unlink()
    log.append(with_title(EMPTY, "One"))
    state = read_journal(path)
    assert state is not None
    assert state.project.title == "One"


def test_a_failing_disk_is_told_and_tried_again(tmp_path: Path, state: Path) -> None:
    told: list[str] = []
    folder = create_unsaved(EMPTY, state, on_failed=told.append)
    moved = folder.path.with_name("gone")
    folder.path.rename(moved)
    folder.record(with_title(EMPTY, "Lost for now"))
    assert not folder.flush()
    assert "Autosave" in told[0]
    moved.rename(folder.path)
    folder.record(with_title(EMPTY, "Here again"))
    crash(folder)
    (found,) = recoverable_projects(state)
    assert found.title == "Here again"

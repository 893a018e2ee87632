from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from arbitrary_projects import EMPTY, with_title

from app.model.edits.notes import ChangeNotes
from app.model.note import Note
from app.model.project import Project
from app.storage import journal
from app.storage.journal import Journal, JournalState, read_journal
from engine.errors import EngineError
from engine.timebase import Span, Ticks

FULL = OSError(28, "No space left on device")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.jsonl"


def found(path: Path) -> JournalState:
    state = read_journal(path)
    assert state is not None
    return state


def with_notes(first: int, n_notes: int, project: Project = EMPTY) -> Project:
    notes = (Note(Span(Ticks(n * 10), Ticks(n * 10 + 5)), 60) for n in range(first, n_notes))
    return ChangeNotes((), tuple(notes)).apply(project)


def test_a_torn_last_line_costs_only_itself(path: Path) -> None:
    log = Journal(path, EMPTY, is_saved=False)
    log.append(with_title(EMPTY, "One"))
    whole = path.read_bytes()
    log.append(with_title(EMPTY, "Two"))
    both = path.read_bytes()
    for length in range(len(whole), len(both)):
        path.write_bytes(both[:length])
        assert found(path).project.title == "One"
    path.write_bytes(both)
    assert (found(path).project.title, found(path).n_actions) == ("Two", 3)


def test_a_changed_letter_ends_the_reading_there(path: Path) -> None:
    log = Journal(path, EMPTY, is_saved=False)
    log.append(with_title(EMPTY, "One"))
    log.append(with_title(EMPTY, "Two"))
    path.write_bytes(path.read_bytes().replace(b"Two", b"Owt"))
    assert found(path).project.title == "One"


def test_an_action_costs_as_much_in_a_large_project_as_in_a_small_one(path: Path) -> None:
    sizes = []
    for n_notes in (10, 5_000):
        project = with_notes(0, n_notes)
        log = Journal(path, project, is_saved=False)
        before = path.stat().st_size
        log.append(with_notes(6_000, 6_001, project))
        sizes.append(path.stat().st_size - before)
        assert len(found(path).project.notes.notes) == n_notes + 1
    assert sizes[1] < sizes[0] + 20


def test_a_journal_that_grew_long_is_begun_anew_and_keeps_count(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "LARGEST_BYTES", 20_000)
    log = Journal(path, EMPTY, is_saved=False)
    for index in range(400):
        log.append(with_title(EMPTY, f"Title {index}"))
        if log.is_long:
            log.begin_anew(log.prepare(log.last, is_saved=False))
    assert path.stat().st_size < 25_000
    assert (found(path).project.title, found(path).n_actions) == ("Title 399", 401)


def test_what_is_done_while_a_new_beginning_is_prepared_is_kept(path: Path) -> None:
    log = Journal(path, EMPTY, is_saved=False)
    saved = with_title(EMPTY, "Saved")
    log.append(saved)
    beginning = log.prepare(saved, is_saved=True)
    log.append(with_title(EMPTY, "One more"))
    log.append(with_title(EMPTY, "Two more"))
    log.begin_anew(beginning)
    assert (found(path).project.title, found(path).n_actions) == ("Two more", 2)
    log.append(with_title(EMPTY, "Three more"))
    assert (found(path).project.title, found(path).n_actions) == ("Three more", 3)
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_after_a_save_nothing_is_unsaved(path: Path) -> None:
    log = Journal(path, EMPTY, is_saved=False)
    log.begin_anew(log.prepare(EMPTY, is_saved=True))
    assert found(path) == JournalState(EMPTY, 0)
    log.append(EMPTY)
    assert found(path).n_actions == 0


def test_a_journal_that_vanished_is_begun_anew(path: Path) -> None:
    log = Journal(path, EMPTY, is_saved=False)
    path.unlink()
    log.append(with_title(EMPTY, "One"))
    assert found(path).project.title == "One"


def _no_room(*_arguments: object) -> None:
    raise FULL


@pytest.mark.parametrize(
    "act",
    [
        lambda log: log.append(with_title(EMPTY, "Two")),
        lambda log: log.prepare(EMPTY, is_saved=True),
    ],
)
def test_a_full_disk_leaves_what_was_written(
    path: Path, monkeypatch: pytest.MonkeyPatch, act: Callable[[Journal], object]
) -> None:
    log = Journal(path, EMPTY, is_saved=False)
    log.append(with_title(EMPTY, "One"))
    with monkeypatch.context() as full:
        full.setattr("os.fsync", _no_room)
        with pytest.raises((OSError, EngineError)):
            act(log)
    assert found(path).project.title in ("One", "Two")
    log.append(with_title(EMPTY, "Three"))
    assert (found(path).project.title, found(path).n_actions) == ("Three", 3)
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_full_disk_in_the_middle_of_a_new_beginning_leaves_the_old_journal(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = Journal(path, EMPTY, is_saved=False)
    beginning = log.prepare(EMPTY, is_saved=True)
    log.append(with_title(EMPTY, "One"))
    with monkeypatch.context() as full:
        full.setattr("os.fsync", _no_room)
        with pytest.raises(OSError, match="No space"):
            log.begin_anew(beginning)
    assert (found(path).project.title, found(path).n_actions) == ("One", 2)
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_lines_that_do_not_fit_end_the_reading(path: Path) -> None:
    log = Journal(path, EMPTY, is_saved=False)
    first = path.read_bytes()
    log.append(with_notes(0, 3))
    log.append(with_notes(3, 4, log.last))
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(first + lines[2])  # the one before it is missing
    assert found(path).project == EMPTY

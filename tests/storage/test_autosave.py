from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from arbitrary_projects import EMPTY, with_title

from app.model.project import Project
from app.storage import autosave as autosave_file
from app.storage import journal as journal_file
from app.storage.autosave import Autosave
from app.storage.journal import Beginning, Journal, read_journal

PATIENCE_S = 20.0


class Listener:
    """What was told, and a way to wait for it."""

    def __init__(self) -> None:
        self.acknowledged: list[int] = []
        self.failures: list[str] = []
        self.said = threading.Condition()

    def on_acknowledged(self, number: int) -> None:
        with self.said:
            self.acknowledged.append(number)
            self.said.notify_all()

    def on_failed(self, message: str) -> None:
        with self.said:
            self.failures.append(message)
            self.said.notify_all()

    def wait_for_acknowledgement(self, number: int) -> bool:
        with self.said:
            return self.said.wait_for(lambda: number in self.acknowledged, PATIENCE_S)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "journal.jsonl", EMPTY, is_saved=False)


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
def autosave(journal: Journal, listener: Listener) -> Iterator[Autosave]:
    autosave = Autosave(journal, listener.on_acknowledged, listener.on_failed)
    yield autosave
    autosave.close()


def title(journal: Journal) -> str:
    state = read_journal(journal.path)
    assert state is not None
    return state.project.title


def test_each_action_is_acknowledged_once_it_is_on_disk(
    autosave: Autosave, journal: Journal, listener: Listener
) -> None:
    for name in ("One", "Two"):
        number = autosave.record(with_title(EMPTY, name))
        assert listener.wait_for_acknowledgement(number)
        assert title(journal) == name


def test_of_many_actions_the_newest_is_written(autosave: Autosave, journal: Journal) -> None:
    for number in range(300):
        autosave.record(with_title(EMPTY, f"Title {number}"))
    assert autosave.flush()
    assert title(journal) == "Title 299"


def test_an_action_never_waits_for_a_new_beginning(
    autosave: Autosave, journal: Journal, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare = journal.prepare
    is_acknowledged: list[bool] = []

    def slow(project: Project, *, is_saved: bool) -> Beginning:
        number = autosave.record(with_title(EMPTY, "Meanwhile"))
        is_acknowledged.append(listener.wait_for_acknowledgement(number))
        return prepare(project, is_saved=is_saved)

    monkeypatch.setattr(journal, "prepare", slow)
    autosave.begin_anew(EMPTY, is_saved=True)
    assert autosave.flush()
    assert is_acknowledged == [True]
    assert title(journal) == "Meanwhile"


def test_a_long_journal_is_shortened_beside_the_work(
    autosave: Autosave, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_file, "LARGEST_BYTES", 5_000)
    for number in range(500):
        autosave.record(with_title(EMPTY, f"Title {number}"))
        assert autosave.flush()
    autosave.close()
    assert journal.path.stat().st_size < 20_000
    assert title(journal) == "Title 499"
    assert [file.name for file in journal.path.parent.iterdir()] == [journal.path.name]


def test_a_failing_disk_is_told_and_tried_again_without_being_asked(
    autosave: Autosave, journal: Journal, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(autosave_file, "RETRY_S", 0.05)
    folder = journal.path.parent
    gone = folder.rename(folder.with_name("gone"))
    number = autosave.record(with_title(EMPTY, "Lost for now"))
    assert not autosave.flush()
    assert "was not saved" in listener.failures[0]
    gone.rename(folder)
    assert listener.wait_for_acknowledgement(number)
    assert title(journal) == "Lost for now"


def test_a_failure_is_told_once_until_the_disk_works_again(
    autosave: Autosave, journal: Journal, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr("os.fsync", no_room)
        for name in ("One", "Two", "Three"):
            autosave.record(with_title(EMPTY, name))
            assert not autosave.flush()
    assert len(listener.failures) == 1
    assert "disk is full" in listener.failures[0]
    autosave.record(with_title(EMPTY, "Four"))
    assert autosave.flush()
    assert title(journal) == "Four"

from __future__ import annotations

import gc
import weakref

import pytest
from arbitrary_projects import EMPTY, with_title
from pytestqt.qtbot import QtBot

from app.document.document import ProjectDocument
from app.document.history import History, Step
from app.model.edits.prompt import SetPrompt
from app.model.project import Project


def titled(number: int) -> Project:
    return with_title(EMPTY, str(number))


@pytest.fixture
def history() -> History:
    return History(limit=4)


def push(history: History, number: int, merge_key: object | None = None) -> None:
    history.push(Step(f"To {number}", titled(number - 1), titled(number), merge_key))


def test_steps_are_undone_and_redone_in_order(history: History) -> None:
    push(history, 1)
    push(history, 2)
    assert [history.undo(), history.undo(), history.undo()] == [titled(1), titled(0), None]
    assert [history.redo(), history.redo(), history.redo()] == [titled(1), titled(2), None]


def test_another_step_takes_the_place_of_those_undone(history: History) -> None:
    for number in (1, 2, 3):
        push(history, number)
    history.undo()
    history.undo()
    history.push(Step("Elsewhere", titled(1), titled(9), None))
    assert [step.label for step in history.done] == ["To 1", "Elsewhere"]
    assert history.next is None


def test_the_oldest_steps_are_forgotten(history: History) -> None:
    for number in range(1, 10):
        push(history, number)
    assert [step.label for step in history.done] == ["To 6", "To 7", "To 8", "To 9"]


def test_a_save_is_remembered_as_long_as_it_can_be_reached(history: History) -> None:
    assert history.is_clean
    push(history, 1)
    history.mark_saved()
    push(history, 2)
    assert not history.is_clean
    history.undo()
    assert history.is_clean
    for number in range(2, 6):
        push(history, number)
    for _ in range(4):
        history.undo()
    assert history.is_clean, "the saved project is the oldest one left"
    for number in range(2, 7):
        push(history, number)
    while history.last is not None:
        history.undo()
        assert not history.is_clean


def test_a_save_that_was_undone_and_gone_past_is_out_of_reach(history: History) -> None:
    push(history, 1)
    history.mark_saved()
    history.undo()
    push(history, 1)
    assert not history.is_clean


def test_equal_keys_join_but_never_into_what_was_saved(history: History) -> None:
    push(history, 1, "typing")
    push(history, 2, "typing")
    assert history.undo() == titled(0)
    assert history.redo() == titled(2)
    history.mark_saved()
    push(history, 3, "typing")
    assert len(history.done) == 2


def test_a_document_with_a_history_is_freed(qtbot: QtBot) -> None:
    def used() -> weakref.ref[ProjectDocument]:
        document = ProjectDocument(EMPTY)
        document.apply(SetPrompt("piano"))
        document.undo()
        return weakref.ref(document)

    left = used()
    gc.collect()
    assert left() is None

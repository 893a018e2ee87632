"""Whatever anyone does in whatever order: undo, saving and recovery give back exactly that."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from gestures import Hands
from pytestqt.qtbot import QtBot

from app.document.document import ProjectDocument
from app.model.project import new_project
from app.storage.journal import read_journal
from app.storage.project_file import read_project
from app.storage.project_folder import create_unsaved, open_folder

N_GESTURES = 200
SAVED_EVERY, LOOKED_AT_EVERY = 70, 20


def walk(seed: int, folder: Path) -> None:
    """200 gestures with autosave beside them, a kill now and then, and the way back."""
    chance = random.Random(seed)
    first = new_project()
    document = ProjectDocument(first)
    hands = Hands(document, chance)
    unsaved = create_unsaved(first, folder / "state")
    open_now = unsaved.save_as(folder / "song", first)
    unsaved.close(keep_unsaved=False)
    document.committed.connect(open_now.record)
    steps = set()
    for number in range(1, N_GESTURES + 1):
        hands.do_something()
        steps |= set(document.undo_names)
        if number % LOOKED_AT_EVERY == 0:
            # What a kill at this moment would leave.
            assert open_now.flush()
            left = read_journal(open_now.path / "journal.jsonl")
            assert left is not None
            assert left.project == document.project
        if number % SAVED_EVERY == 0:
            open_now.save(document.project)
            assert read_project(open_now.path).project == document.project
    assert len(steps) > 30, "the walk goes nearly everywhere"

    last = document.project
    assert document.undo_names
    while document.can_undo:
        document.undo()
    assert document.project == first
    while document.can_redo:
        document.redo()
    assert document.project == last

    assert open_now.flush()
    open_now.close(keep_unsaved=True)
    recovered = open_folder(open_now.path, folder / "state")
    recovered.close(keep_unsaved=True)
    assert recovered.project == last


@pytest.mark.parametrize("seed", [1, 2])
def test_200_gestures_are_undone_redone_saved_and_recovered(
    seed: int, tmp_path: Path, qtbot: QtBot
) -> None:
    walk(seed, tmp_path)


@pytest.mark.endurance
def test_ten_thousand_gestures_are_undone_redone_saved_and_recovered(
    tmp_path: Path, qtbot: QtBot
) -> None:
    for seed in range(100, 150):
        walk(seed, tmp_path / str(seed))

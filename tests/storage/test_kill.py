from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from arbitrary_projects import EMPTY, with_title

from app.model.edits.notes import ChangeNotes
from app.model.note import Note
from app.storage.project_folder import create_unsaved, open_folder
from engine.timebase import Span, Ticks

CHILD = Path(__file__).with_name("scripted_editing.py")
ROOT = CHILD.parent.parent.parent


@pytest.mark.parametrize(("n_notes", "n_kills"), [(0, 20), (5_000, 8)])
def test_a_kill_at_any_moment_costs_at_most_the_action_in_progress(
    tmp_path: Path, n_notes: int, n_kills: int
) -> None:
    state = tmp_path / "state"
    song = tmp_path / "song.inlay"
    notes = (Note(Span(Ticks(n * 10), Ticks(n * 10 + 4)), 60) for n in range(n_notes))
    project = with_title(ChangeNotes((), tuple(notes)).apply(EMPTY), "0")
    unsaved = create_unsaved(project, state)
    unsaved.save_as(song, project).close(keep_unsaved=False)
    unsaved.close(keep_unsaved=False)
    chance = random.Random(5)
    for _ in range(n_kills):
        acknowledged = run_and_kill(song, state, n_lines=chance.randint(1, 40))
        folder = open_folder(song, state)
        folder.close(keep_unsaved=True)
        found = int(folder.project.title)
        # One action may have reached the disk before its number was printed or read.
        assert acknowledged <= found
        assert len(folder.project.notes.notes) == n_notes + found


def run_and_kill(song: Path, state: Path, n_lines: int) -> int:
    """Kill the child after it printed about ``n_lines`` numbers; the last one it printed."""
    child = subprocess.Popen(
        [sys.executable, str(CHILD), str(song), str(state)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert child.stdout is not None
    assert child.stderr is not None
    lines = [child.stdout.readline() for _ in range(n_lines)]
    child.kill()
    rest, errors = child.communicate()
    assert lines[-1], errors
    # The pipe may end in half a number: only whole lines were said.
    said = "".join(lines) + rest
    return int(said[: said.rindex("\n")].splitlines()[-1])

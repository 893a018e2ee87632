from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

from arbitrary_projects import EMPTY, with_title

from app.storage.project_folder import create_unsaved, open_folder

CHILD = Path(__file__).with_name("scripted_editing.py")
ROOT = CHILD.parent.parent.parent
N_KILLS = 20


def test_a_kill_at_any_moment_costs_at_most_the_action_in_progress(tmp_path: Path) -> None:
    state = tmp_path / "state"
    song = tmp_path / "song.inlay"
    project = with_title(EMPTY, "0")
    create_unsaved(project, state).save_as(song, project).close(project, keep_unsaved=False)
    chance = random.Random(5)
    for _ in range(N_KILLS):
        acknowledged = run_and_kill(song, state, n_lines=chance.randint(1, 40))
        folder = open_folder(song, state)
        found = int(folder.project.title)
        assert not folder.is_read_only
        # One action may have reached the disk before its number was printed or read.
        assert acknowledged <= found
        assert len(folder.project.notes.notes) == found
        folder.close(folder.project, keep_unsaved=True)


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

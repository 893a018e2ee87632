"""A child process for the kill test: edits a project and prints each action once it is safe.

Usage: ``python scripted_editing.py PROJECT STATE``. Action n sets the title to "n" and adds a
note; the number is printed only after the journal has acknowledged it.
"""

from __future__ import annotations

import itertools
import sys
from dataclasses import replace
from pathlib import Path

from app.model.edits.notes import ChangeNotes
from app.model.note import Note
from app.storage.project_folder import open_folder
from engine.timebase import Span, Ticks


def main() -> None:
    folder = open_folder(Path(sys.argv[1]), Path(sys.argv[2]))
    project = folder.project
    for number in itertools.count(int(project.title) + 1):
        start = Ticks(number * 10 + 5)  # beside the notes that were there
        note = Note(Span(start, Ticks(start + 4)), 60)
        project = replace(ChangeNotes((), (note,)).apply(project), title=str(number))
        folder.record(project)
        if number % 50 == 0:
            folder.save(project)
        elif not folder.flush():
            raise SystemExit("the journal does not answer")
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()

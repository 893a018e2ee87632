"""Makes the demo project anew, its takes played by the Starter: ``python docs/make_demo.py``."""

from __future__ import annotations

import shutil
import sys
from contextlib import closing

from app.cli.session import Session
from app.jobs.adherence import compare
from app.jobs.build_request import RunOptions, build_run
from app.jobs.place_result import place_takes, store_takes
from app.jobs.target import Act, Target
from app.model.drum_pattern import pattern_hits
from app.model.edits.chords import PasteLeadSheet
from app.model.edits.drums import FillDrums
from app.model.edits.edit import Edit
from app.model.edits.notes import ChangeNotes
from app.model.edits.prompt import SetLength, SetPrompt, SetSeed
from app.model.edits.takes import SetAdherence
from app.model.edits.tempo import SetKey
from app.model.note import Note
from app.model.project import new_project
from app.resources import DEMO_PROJECT
from app.storage.audio_pool import AudioPool
from app.storage.project_file import write_project
from app.storage.project_folder import AUDIO_NAME
from engine.host import make_torch_backend
from engine.timebase import TICKS_PER_QUARTER, Span, TempoMap, Ticks

TEMPO_BPM, N_BARS, SEED, N_TAKES = 84.0, 8, 7, 3
CHORDS = "| Am7 | Fmaj7 | C | G | Am7 | Fmaj7 | C/E | G7 |"
PROMPT = "slow lo-fi, warm electric piano, dusty drums"
MELODY = (
    (0.0, 1.5, 76), (1.5, 0.5, 74), (2.0, 2.0, 72), (4.0, 1.5, 69), (5.5, 0.5, 72),
    (6.0, 2.0, 76), (8.0, 1.0, 79), (9.0, 1.0, 76), (10.0, 2.0, 72), (12.0, 1.5, 74),
    (13.5, 0.5, 72), (14.0, 2.0, 71), (16.0, 1.5, 76), (17.5, 0.5, 77), (18.0, 2.0, 76),
    (20.0, 1.5, 72), (21.5, 0.5, 69), (22.0, 2.0, 72), (24.0, 1.0, 74), (25.0, 1.0, 76),
    (26.0, 2.0, 79), (28.0, 2.0, 77), (30.0, 2.0, 74),
)  # fmt: skip
"""Quarter notes from the start, length in quarter notes, MIDI pitch."""


def main() -> int:
    """Write the project over the old one; returns the exit status."""
    project = new_project("Demo", TempoMap(TEMPO_BPM))
    meter = project.tempo.meter
    whole = Span(Ticks(0), Ticks(N_BARS * meter.bar_ticks))
    edits: tuple[Edit, ...] = (
        SetKey("A:min"),
        SetPrompt(PROMPT),
        SetLength(N_BARS),
        SetSeed(SEED),
        PasteLeadSheet(CHORDS, Ticks(0)),
        FillDrums(whole, pattern_hits("backbeat", meter, N_BARS)),
        ChangeNotes((), tuple(_note(*note) for note in MELODY)),
    )
    for edit in edits:
        project = edit.apply(project)
    shutil.rmtree(DEMO_PROJECT, ignore_errors=True)
    pool = AudioPool(DEMO_PROJECT / AUDIO_NAME)
    options = RunOptions(seed=SEED, n_takes=N_TAKES, device="cpu")
    run = build_run(project, Target(Act.GENERATE, (whole,)), options, pool.read)
    with closing(Session(make_torch_backend)) as session:
        stored = store_takes(run, session.play(run.request), pool.add)
        project = place_takes(run, stored, project).apply(project)
        for take in project.take_groups[0].takes:
            heard = session.listen(pool.read(take.asset))
            found = compare(run.recipe, whole, heard)
            project = SetAdherence(take.id, found, take.level_db, take.peak_db).apply(project)
    write_project(DEMO_PROJECT, project)
    return 0


def _note(start: float, length: float, pitch: int) -> Note:
    first, last = (Ticks(round(at * TICKS_PER_QUARTER)) for at in (start, start + length))
    return Note(Span(first, last), pitch)


if __name__ == "__main__":
    sys.exit(main())

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from arbitrary_projects import ASSET, EMPTY

from app.jobs.build_request import Run, RunOptions, build_run
from app.jobs.engine_thread import JobId
from app.jobs.job import Job, JobState
from app.jobs.pending_runs import FILE_NAME, pending_runs, read_pending, write_pending
from app.jobs.target import choose_target
from app.model.clip import Asset, Clip
from app.model.edits.chords import PasteLeadSheet
from app.model.edits.clips import AddClips
from app.model.edits.masks import AddMasks
from app.model.ids import ClipId, MaskId
from app.model.mask import MaskRegion
from engine.requests import Audio, InpaintRequest
from engine.timebase import Samples, Ticks


def silence(asset: Asset) -> Audio:
    return Audio(np.zeros((asset.n_channels, asset.n_samples), np.float32), asset.sample_rate_hz)


def a_run() -> Run:
    project = PasteLeadSheet("Am F C G", Ticks(0)).apply(EMPTY)
    clip = Clip(ClipId("c"), ASSET, Ticks(0), Samples(320_000))
    mask = MaskRegion(MaskId("m"), project.tempo.bars(2, 3))
    project = AddMasks((mask,)).apply(AddClips((clip,)).apply(project))
    return build_run(project, choose_target(project), RunOptions(7, 3, device="cpu"), silence)


def job_of(run: Run, state: JobState) -> Job:
    return Job(JobId(1), "Inpaint", run.request, lambda answer: answer, run, state)


def test_a_run_that_was_not_finished_can_be_asked_for_again(tmp_path: Path) -> None:
    run = a_run()
    write_pending(tmp_path, pending_runs([job_of(run, JobState.RUNNING)]))
    (found,) = read_pending(tmp_path)
    assert (found.label, found.target, found.options) == ("Inpaint", run.target, run.options)
    again = build_run(found.project, found.target, found.options, silence).request
    assert isinstance(again, InpaintRequest)
    assert isinstance(run.request, InpaintRequest)
    assert again.brief == run.request.brief
    assert again.masks == run.request.masks


def test_what_is_over_or_no_run_is_not_kept(tmp_path: Path) -> None:
    done = job_of(a_run(), JobState.DONE)
    listening = replace(job_of(a_run(), JobState.QUEUED), subject=None)
    assert pending_runs([done, listening]) == ()
    write_pending(tmp_path, pending_runs([job_of(a_run(), JobState.PAUSED)]))
    write_pending(tmp_path, ())
    assert not (tmp_path / FILE_NAME).exists()
    assert read_pending(tmp_path) == ()


@pytest.mark.parametrize("text", ["", "{", '{"runs": [1]}', "[]"])
def test_a_damaged_queue_keeps_no_project_from_opening(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE_NAME).write_text(text)
    assert read_pending(tmp_path) == ()

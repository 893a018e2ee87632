from __future__ import annotations

from dataclasses import replace

import pytest
from arbitrary_projects import ASSET, EMPTY, OTHER_ASSET

from app.document.workspace import Workspace
from app.jobs.target import Act, choose_target, describe_target, main_action
from app.model.clip import Asset, Clip
from app.model.edits.chords import PasteLeadSheet
from app.model.edits.clips import AddClips
from app.model.edits.masks import AddMasks
from app.model.edits.prompt import SetPrompt
from app.model.edits.tempo import SetTempo
from app.model.ids import ClipId, MaskId
from app.model.mask import MaskRegion
from app.model.project import Project
from app.model.selection import Selection
from engine.timebase import Samples, Span, Ticks, samples_span

AT_96 = SetPrompt("piano").apply(SetTempo(96.0).apply(EMPTY))


def bars(first: int, last: int) -> Span[Ticks]:
    return AT_96.tempo.bars(first, last)


def clip_over(project: Project, first: int, last: int, asset: Asset = ASSET) -> Project:
    """A clip that fills bars exactly, as a generated one does."""
    span = project.tempo.bars(first, last)
    samples = samples_span(project.tempo.seconds_span(span), asset.sample_rate_hz)
    name = ClipId(f"bars {first}-{last}")
    clip = Clip(name, asset, span.start, Samples(samples.end - samples.start))
    return AddClips((clip,)).apply(project)


def mask_over(project: Project, *spans: Span[Ticks]) -> Project:
    masks = tuple(MaskRegion(MaskId(f"m{i}"), span) for i, span in enumerate(spans))
    return AddMasks(masks).apply(project)


EIGHT_BARS = clip_over(AT_96, 1, 8)


def test_masks_come_before_selection_before_loop_before_length() -> None:
    project = mask_over(EIGHT_BARS, bars(3, 4))
    off = replace(project, masks=tuple(replace(mask, is_on=False) for mask in project.masks))
    assert choose_target(project, bars(5, 6), bars(7, 8)).span == bars(3, 4)
    assert choose_target(off, bars(5, 6), bars(7, 8)).span == bars(5, 6)
    assert choose_target(off, None, bars(7, 8)).span == bars(7, 8)
    assert choose_target(off, None, None, bars(9, 9).start).span == bars(9, 16)


@pytest.mark.parametrize(
    ("span", "act"),
    [
        (bars(3, 4), Act.INPAINT),
        (bars(1, 2), Act.INPAINT),
        (bars(7, 8), Act.INPAINT),
        (bars(1, 8), Act.GENERATE),
        (bars(1, 12), Act.GENERATE),
        (bars(9, 12), Act.EXTEND),
        (bars(7, 12), Act.EXTEND),
        (bars(10, 12), Act.GENERATE),
    ],
)
def test_the_act_suits_what_sounds_around(span: Span[Ticks], act: Act) -> None:
    assert choose_target(EIGHT_BARS, span).act is act


def test_before_the_sound_it_extends_backward() -> None:
    project = clip_over(AT_96, 5, 8)
    assert choose_target(project, bars(1, 4)).act is Act.EXTEND_BACKWARD
    assert choose_target(project, bars(3, 5)).act is Act.EXTEND_BACKWARD
    assert choose_target(project, bars(1, 3)).act is Act.GENERATE


def test_clips_that_meet_are_one_source() -> None:
    project = clip_over(clip_over(AT_96, 1, 4), 5, 8)
    target = choose_target(project, bars(4, 5))
    assert target.act is Act.INPAINT
    assert target.source is not None
    assert target.source.span == bars(1, 8)


def test_clips_of_another_format_are_another_source() -> None:
    project = clip_over(clip_over(AT_96, 1, 4), 5, 8, OTHER_ASSET)
    target = choose_target(project, bars(3, 4))
    assert target.source is not None
    assert target.source.span == bars(1, 4)


def test_several_masks_are_one_job_over_one_source() -> None:
    target = choose_target(mask_over(EIGHT_BARS, bars(2, 2), bars(5, 6), bars(20, 21)))
    assert (target.act, target.regions) == (Act.INPAINT, (bars(2, 2), bars(5, 6)))
    assert len(target.masks) == 2


@pytest.mark.parametrize(
    ("project", "n_takes", "text"),
    [
        (AT_96, 1, "Generate bars 1–8 (20.0 s)"),
        (mask_over(EIGHT_BARS, bars(3, 4)), 3, "Inpaint bars 3–4, 3 takes"),
        (mask_over(EIGHT_BARS, bars(2, 2), bars(5, 6)), 1, "Inpaint bars 2, 5–6"),
        (mask_over(EIGHT_BARS, bars(9, 16)), 1, "Extend 8 bars"),
        (mask_over(clip_over(AT_96, 5, 8), bars(4, 4)), 1, "Extend backward 1 bar"),
        (SetPrompt("").apply(AT_96), 1, "Generate (unguided) bars 1–8 (20.0 s)"),
        (PasteLeadSheet("Am", Ticks(0)).apply(EMPTY), 1, "Generate bars 1–8 (16.0 s)"),
    ],
)
def test_the_button_names_the_act(project: Project, n_takes: int, text: str) -> None:
    assert describe_target(project, choose_target(project), n_takes) == text


def test_the_button_follows_the_workspace() -> None:
    workspace = Workspace()
    assert main_action(AT_96, workspace).label == "Generate bars 1–8 (20.0 s)"
    workspace.set_loop(bars(5, 8), is_on=False)
    assert main_action(AT_96, workspace).label == "Generate bars 1–8 (20.0 s)"
    workspace.set_looping(True)
    assert main_action(AT_96, workspace).label == "Generate bars 5–8 (10.0 s)"
    workspace.set_selection(Selection(Span(Ticks(0), Ticks(960 * 2))))
    action = main_action(AT_96, workspace, n_takes=3)
    assert action.label == "Generate 1.1 to 1.3 (1.2 s), 3 takes"
    assert action.hint == ""
    assert main_action(EMPTY, workspace).hint

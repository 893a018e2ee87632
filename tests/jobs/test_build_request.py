from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from arbitrary_projects import ASSET, EMPTY, OTHER_ASSET

from app.jobs.build_request import (
    MixedFormats,
    RegionTooLong,
    RegionTooShort,
    Run,
    RunOptions,
    build_run,
)
from app.jobs.target import Act, choose_target
from app.model.clip import Asset, Clip
from app.model.edits.chords import PasteLeadSheet
from app.model.edits.clips import AddClips, SplitClips
from app.model.edits.masks import AddMasks
from app.model.edits.mix import SetLane
from app.model.edits.prompt import SetExpert, SetPrompt
from app.model.edits.tempo import SetTempo
from app.model.ids import ClipId, MaskId, SectionId
from app.model.lane import LaneId, LaneSettings
from app.model.mask import MaskRegion, MaskStrength
from app.model.project import Expert, Project
from app.model.section import Section, SectionLane
from engine.requests import Audio, Brief, ExtendRequest, GenerateRequest, InpaintRequest
from engine.timebase import Samples, Span, Ticks, samples_span

AT_96 = PasteLeadSheet("Am F C G", Ticks(0)).apply(SetTempo(96.0).apply(EMPTY))
OPTIONS = RunOptions(seed=11)


def bars(first: int, last: int) -> Span[Ticks]:
    return AT_96.tempo.bars(first, last)


def sound_of(asset: Asset) -> Audio:
    ramp = np.linspace(-0.5, 0.5, asset.n_samples, dtype=np.float32)
    return Audio(np.stack([ramp * (i + 1) for i in range(asset.n_channels)]), asset.sample_rate_hz)


def with_clip(first: int, last: int, asset: Asset = ASSET, project: Project = AT_96) -> Project:
    span = project.tempo.bars(first, last)
    samples = samples_span(project.tempo.seconds_span(span), asset.sample_rate_hz)
    length = Samples(samples.end - samples.start)
    clip = Clip(ClipId(f"{first}-{last}"), asset, span.start, length, Samples(1000))
    return AddClips((clip,)).apply(project)


def run_over(project: Project, span: Span[Ticks], options: RunOptions = OPTIONS) -> Run:
    return build_run(project, choose_target(project, span), options, sound_of)


def test_ticks_go_in_and_seconds_come_out() -> None:
    run = run_over(AT_96, bars(2, 3))
    request = run.request
    assert isinstance(request, GenerateRequest)
    score = request.brief.score
    assert score.duration == 5.0
    assert [(c.span.start, c.span.end, c.label) for c in score.chords] == [
        (0.0, 2.5, "F:maj"),
        (2.5, 5.0, "C:maj"),
    ]
    assert request.brief.sampling.seed == 11
    assert run.label == "Generate bars 2–3"


def test_words_options_and_strengths_travel_along() -> None:
    project = SetExpert(Expert(4.0, 0.9, 50, 0.8)).apply(SetPrompt("  piano ").apply(AT_96))
    project = SetLane(LaneId.CHORDS, LaneSettings(strength=0.5)).apply(project)
    brief = run_over(project, bars(1, 2), RunOptions(5, 3, "other", "air", "cpu")).request.brief
    assert (brief.prompt, brief.n_takes, brief.model, brief.adapter) == ("piano", 3, "other", "air")
    assert (brief.sampling.guidance, brief.sampling.top_k, brief.sampling.top_p) == (4.0, 50, 0.8)
    assert (brief.controls.chords.is_on, brief.controls.chords.strength) == (True, 0.5)


def test_empty_and_switched_off_lanes_leave_the_model_free() -> None:
    project = SetLane(LaneId.CHORDS, LaneSettings(is_on=False)).apply(AT_96)
    controls = run_over(project, bars(1, 2)).request.brief.controls
    assert not controls.chords.is_on
    assert not controls.drums.is_on


def test_an_inpaint_carries_the_sound_around_it_sample_for_sample() -> None:
    project = with_clip(1, 8)
    run = run_over(project, bars(3, 4))
    request = run.request
    assert isinstance(request, InpaintRequest)
    assert np.array_equal(request.audio.samples, sound_of(ASSET).samples[:, 1000:641_000])
    (mask,) = request.masks
    assert (mask.region.start, mask.region.end) == (5.0, 10.0)
    assert run.cuts == (Span(Samples(160_000), Samples(320_000)),)
    assert request.brief.score.duration == 20.0


def test_pieces_of_one_recording_are_stitched_without_a_trace() -> None:
    project = with_clip(1, 8)
    for position in (Ticks(1234), Ticks(9999), Ticks(20_001)):
        project = SplitClips(position).apply(project)
    assert len(project.audio.clips) == 4
    request = run_over(project, bars(3, 4)).request
    assert isinstance(request, InpaintRequest)
    assert np.array_equal(request.audio.samples, sound_of(ASSET).samples[:, 1000:641_000])


def test_masks_keep_their_words_strength_and_fades() -> None:
    masks = (
        MaskRegion(MaskId("a"), bars(2, 2), prompt="strings", strength=MaskStrength.SUBTLE),
        MaskRegion(MaskId("b"), Span(Ticks(9600), Ticks(9800)), fade_ms=500.0),
    )
    project = AddMasks(masks).apply(with_clip(1, 8))
    request = build_run(project, choose_target(project), OPTIONS, sound_of).request
    assert isinstance(request, InpaintRequest)
    first, second = request.masks
    assert (first.prompt, first.strength, first.fade) == ("strings", 0.35, 0.04)
    assert second.prompt is None
    assert second.fade == pytest.approx((second.region.end - second.region.start) / 2)


def test_an_extension_starts_from_the_sound_before_it() -> None:
    project = with_clip(1, 4)
    run = run_over(project, bars(5, 8))
    request = run.request
    assert isinstance(request, ExtendRequest)
    assert not request.is_backward
    assert request.audio.samples.shape == (1, 320_000)
    assert request.brief.score.duration == 20.0
    assert run.cuts == (Span(Samples(320_000), Samples(640_000)),)


def test_an_extension_backward_ends_with_the_sound_after_it() -> None:
    project = with_clip(5, 8)
    run = run_over(project, bars(3, 4))
    request = run.request
    assert isinstance(request, ExtendRequest)
    assert request.is_backward
    assert run.cuts == (Span(Samples(0), Samples(160_000)),)
    assert request.audio.samples.shape == (1, 320_000)


def test_the_prompt_of_a_mask_past_the_end_is_heard() -> None:
    mask = MaskRegion(MaskId("a"), bars(5, 6), prompt="strings")
    project = AddMasks((mask,)).apply(with_clip(1, 4))
    target = choose_target(project)
    assert target.act is Act.EXTEND
    assert build_run(project, target, OPTIONS, sound_of).request.brief.prompt == "strings"


def test_only_the_neighbourhood_of_a_long_recording_goes_along() -> None:
    long = replace(ASSET, n_samples=Samples(32_000 * 400))
    run = run_over(with_clip(1, 100, long), bars(50, 51))
    request = run.request
    assert isinstance(request, InpaintRequest)
    assert request.audio.duration == pytest.approx(65.0)
    assert run.cuts == (Span(Samples(960_000), Samples(1_120_000)),)


def test_impossible_regions_are_refused() -> None:
    with pytest.raises(RegionTooLong, match="600 s"):
        run_over(AT_96, bars(1, 400))
    with pytest.raises(RegionTooShort, match="100 ms"):
        run_over(AT_96, Span(Ticks(0), Ticks(50)))


def test_masks_over_different_formats_are_refused() -> None:
    project = with_clip(5, 6, OTHER_ASSET, with_clip(1, 4))
    masks = (MaskRegion(MaskId("a"), bars(2, 2)), MaskRegion(MaskId("b"), bars(5, 5)))
    project = AddMasks(masks).apply(project)
    with pytest.raises(MixedFormats):
        build_run(project, choose_target(project), OPTIONS, sound_of)


def with_sections() -> Project:
    sections = (
        Section(SectionId("i"), bars(1, 2), "Intro"),
        Section(SectionId("v"), bars(3, 4), "Verse", "soft drums", "choir", energy=4),
    )
    project = replace(AT_96, prompt="piano", negative="noise")
    return replace(project, sections=SectionLane(sections))


def brief_of(project: Project, span: Span[Ticks]) -> Brief:
    return build_run(project, choose_target(project, span), OPTIONS, sound_of).request.brief


def test_each_section_brings_its_words_in_seconds_of_the_run() -> None:
    brief = brief_of(with_sections(), bars(2, 6))
    (verse,) = brief.passages
    assert (verse.span.start, verse.span.end) == (pytest.approx(2.5), pytest.approx(7.5))
    assert verse.prompt == "piano, soft drums, energetic"
    assert verse.negative == "noise, choir"
    assert brief.prompt == "piano"


def test_sections_that_are_off_or_elsewhere_bring_nothing() -> None:
    project = with_sections()
    off = project.with_settings(LaneId.SECTIONS, LaneSettings(is_on=False))
    assert brief_of(off, bars(1, 8)).passages == ()
    assert brief_of(project, bars(5, 8)).passages == ()

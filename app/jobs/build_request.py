"""From a project and a target to a request in seconds, refusing what cannot work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache

from app.jobs.stitch import ReadAudio, stitch
from app.jobs.target import Act, Target, describe_step, steers
from app.model.audio_run import AudioRun, sample_span
from app.model.ids import MaskId, RecipeId, new_id
from app.model.lane import LaneId
from app.model.mask import MaskRegion
from app.model.performance import perform
from app.model.project import Project
from app.model.recipe import Recipe
from engine.errors import BadInput
from engine.requests import (
    Brief,
    Control,
    Controls,
    ExtendRequest,
    GenerateRequest,
    InpaintRequest,
    Mask,
    Passage,
    Sampling,
)
from engine.timebase import Samples, Seconds, Span, TempoMap, Ticks, seconds_of

LONGEST_RUN_S = 600.0
SHORTEST_REGION_S = 0.1
CONTEXT_S = 30.0
"""How much sound on either side of a region goes along; more than any model hears."""


RunRequest = GenerateRequest | InpaintRequest | ExtendRequest


class RegionTooLong(BadInput):
    """More than one run can play."""

    def __init__(self, asked: Seconds) -> None:
        super().__init__(
            f"That is {asked:.0f} s of music; one run plays at most {LONGEST_RUN_S:.0f} s.",
            "Select fewer bars, and extend the result.",
        )


class RegionTooShort(BadInput):
    """Less than can be heard as music."""

    def __init__(self, asked: Seconds) -> None:
        super().__init__(
            f"The region lasts {asked * 1000:.0f} ms; at least 100 ms can be played anew.",
            "Make the mask or selection longer.",
        )


class MixedFormats(BadInput):
    """The masks lie over recordings that cannot be one."""

    def __init__(self) -> None:
        super().__init__(
            "The masks lie over recordings of different rates or channels.",
            "Run them one after the other, or join the clips first.",
        )


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What the person chose besides the project. ``n_takes`` None takes the project's."""

    seed: int
    n_takes: int | None = None
    model: str = "starter"
    adapter: str | None = None
    device: str = "auto"


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """One run, ready to be submitted: the request, and all that placing its takes needs.

    ``prepare`` makes the request, reading the sound that a run starts from: call it in a worker.
    ``project`` is the snapshot it was built from. ``cuts`` say where in the result each of the
    target's regions lies, in samples of the result's rate; empty for a generated one, which is
    its region.
    """

    prepare: Callable[[], RunRequest]
    target: Target
    project: Project
    recipe: Recipe
    label: str
    options: RunOptions
    cuts: tuple[Span[Samples], ...] = ()

    @property
    def request(self) -> RunRequest:
        """The request; it is prepared once. Raises ``ProjectFileError`` for a missing recording."""
        return self.prepare()


def build_run(project: Project, target: Target, options: RunOptions, read: ReadAudio) -> Run:
    """The run that plays ``target``. ``read`` gives the sound of a recording.

    Raises ``BadInput`` where it cannot work.
    """
    _refuse_impossible(project, target)
    if target.source is None:
        brief = _brief(project, target.span, options, _words(project, target))
        return _run(project, target, options, brief, lambda: GenerateRequest(brief), ())
    if target.act is Act.INPAINT:
        return _inpaint(project, target, target.source, options, read)
    return _extend(project, target, target.source, options, read)


def _inpaint(
    project: Project, target: Target, source: AudioRun, options: RunOptions, read: ReadAudio
) -> Run:
    tempo, rate = project.tempo, source.sample_rate_hz
    context = _context(source.span, target.span, tempo)
    whole = sample_span(context, tempo, rate)
    cuts = tuple(_inside(region, whole, tempo, rate) for region in target.regions)
    masks = target.masks or tuple(_plain_mask(region) for region in target.regions)
    brief = _brief(project, context, options, project.prompt)

    def prepare() -> InpaintRequest:
        return InpaintRequest(
            brief=brief,
            audio=stitch(source.clips, context, tempo, read),
            masks=tuple(_mask(mask, cut, rate) for mask, cut in zip(masks, cuts, strict=True)),
        )

    return _run(project, target, options, brief, prepare, cuts)


def _extend(
    project: Project, target: Target, source: AudioRun, options: RunOptions, read: ReadAudio
) -> Run:
    tempo, rate = project.tempo, source.sample_rate_hz
    (region,) = target.regions
    context = _context(source.span, region, tempo)
    is_backward = target.act is Act.EXTEND_BACKWARD
    if is_backward:
        old = Span(region.end, context.end)
        whole = Span(region.start, context.end)
    else:
        old = Span(context.start, region.start)
        whole = Span(context.start, region.end)
    samples = sample_span(whole, tempo, rate)
    brief = _brief(project, whole, options, _words(project, target))
    # The engine counts samples from the result's start: its length must round as ours does.
    length = Seconds(seconds_of(Samples(samples.end - samples.start), rate))
    brief = replace(brief, score=replace(brief.score, duration=length))
    cut = _inside(region, samples, tempo, rate)

    def prepare() -> ExtendRequest:
        return ExtendRequest(brief, stitch(source.clips, old, tempo, read), is_backward)

    return _run(project, target, options, brief, prepare, (cut,))


def _run(
    project: Project,
    target: Target,
    options: RunOptions,
    brief: Brief,
    prepare: Callable[[], RunRequest],
    cuts: tuple[Span[Samples], ...],
) -> Run:
    expert = project.expert
    recipe = Recipe(
        id=RecipeId(new_id()),
        act=target.act.value,
        started_at=datetime.now(UTC).isoformat(timespec="seconds"),
        span=target.span,
        tempo=project.tempo,
        key=project.key,
        prompt=project.prompt,
        negative=project.negative,
        seed=brief.sampling.seed,
        n_takes=brief.n_takes,
        chords=project.chords,
        drums=project.drums,
        notes=project.notes,
        masks=target.masks,
        sections=project.sections,
        sources=tuple(
            dict.fromkeys(clip.asset.id for clip in target.source.clips) if target.source else ()
        ),
        sampling={
            "guidance": expert.guidance,
            "temperature": expert.temperature,
            "top_k": None if expert.top_k is None else float(expert.top_k),
            "top_p": expert.top_p,
        },
        engine={"model": options.model, "device": options.device},
    )
    label = describe_step(project, target)
    return Run(cache(prepare), target, project, recipe, label, options, cuts)


def _words(project: Project, target: Target) -> str:
    """The prompt of the one mask that is generated or extended, else the project's."""
    own = target.masks[0].prompt if len(target.masks) == 1 else ""
    return own or project.prompt


def _brief(project: Project, span: Span[Ticks], options: RunOptions, prompt: str) -> Brief:
    expert = project.expert
    return Brief(
        score=perform(project, span),
        prompt=prompt.strip(),
        negative=project.negative.strip(),
        passages=_passages(project, span) if prompt == project.prompt else (),
        controls=Controls(
            chords=_control(project, LaneId.CHORDS),
            drums=_control(project, LaneId.DRUMS),
            notes=_control(project, LaneId.NOTES),
        ),
        sampling=Sampling(
            options.seed, expert.guidance, expert.temperature, expert.top_k, expert.top_p
        ),
        n_takes=project.n_takes if options.n_takes is None else options.n_takes,
        model=options.model,
        adapter=options.adapter,
        device=options.device,
    )


def _passages(project: Project, span: Span[Ticks]) -> tuple[Passage, ...]:
    """The words of each section inside ``span``, in seconds from its start."""
    if not project.sections.settings.is_on:
        return ()
    origin = project.tempo.seconds_at(span.start)
    passages = []
    for section in project.sections.sections:
        part = section.span.intersection(span)
        words, unwanted = section.words(project.prompt), section.unwanted(project.negative)
        is_plain = (words, unwanted) == (project.prompt.strip(), project.negative.strip())
        if part is not None and not is_plain:
            seconds = project.tempo.seconds_span(part)
            place = Span(Seconds(seconds.start - origin), Seconds(seconds.end - origin))
            passages.append(Passage(place, words, unwanted))
    return tuple(passages)


def _control(project: Project, lane: LaneId) -> Control:
    return Control(steers(project, lane), project.settings(lane).strength)


def _mask(mask: MaskRegion, cut: Span[Samples], rate: int) -> Mask:
    """The mask as the engine takes it; its fades never reach past its middle."""
    region = Span(seconds_of(cut.start, rate), seconds_of(cut.end, rate))
    fade = min(mask.fade_ms / 1000.0, (region.end - region.start) / 2)
    return Mask(region, mask.prompt.strip() or None, mask.strength.amount, Seconds(fade))


def _plain_mask(region: Span[Ticks]) -> MaskRegion:
    return MaskRegion(MaskId(new_id()), region)


def _context(source: Span[Ticks], region: Span[Ticks], tempo: TempoMap) -> Span[Ticks]:
    """The part of the source near the region."""
    reach = tempo.ticks_at(Seconds(CONTEXT_S))
    start = max(source.start, Ticks(region.start - reach))
    return Span(start, Ticks(max(start + 1, min(source.end, region.end + reach))))


def _inside(region: Span[Ticks], whole: Span[Samples], tempo: TempoMap, rate: int) -> Span[Samples]:
    samples = sample_span(region, tempo, rate)
    return Span(Samples(samples.start - whole.start), Samples(samples.end - whole.start))


def _refuse_impossible(project: Project, target: Target) -> None:
    for region in target.regions:
        seconds = project.tempo.seconds_span(region)
        if seconds.end - seconds.start < SHORTEST_REGION_S:
            raise RegionTooShort(Seconds(seconds.end - seconds.start))
    whole = project.tempo.seconds_span(target.span)
    if whole.end - whole.start > LONGEST_RUN_S:
        raise RegionTooLong(Seconds(whole.end - whole.start))
    if target.source is not None:
        formats = {
            (clip.asset.sample_rate_hz, clip.asset.n_channels) for clip in target.source.clips
        }
        if len(formats) > 1:
            raise MixedFormats

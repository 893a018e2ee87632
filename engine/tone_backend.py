"""A backend without torch: it plays the lanes with sine tones and clicks, exactly on time.

It keeps the whole contract of ``Backend`` (steps, previews, partial takes, exact lengths, an
untouched outside), so that the studio can be built and tested without weights.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.audio.level import peak_db, rms_db
from engine.cancel import Cancelled, CancelToken
from engine.events import (
    Analysis,
    Analyzed,
    EngineTake,
    Event,
    Finished,
    Preview,
    Progress,
    Ready,
    Recipe,
    Stage,
)
from engine.harmony import NO_CHORD
from engine.requests import (
    AnalyzeRequest,
    Audio,
    Brief,
    ExtendRequest,
    GenerateRequest,
    InpaintRequest,
    Mask,
    Request,
    WarmUpRequest,
)
from engine.score import Chord
from engine.timebase import CodecClock, Frames, Seconds, Span, samples_at, samples_span
from engine.tones import play_tones

FloatArray = NDArray[np.float32]

TONE_CLOCK = CodecClock(sample_rate_hz=32_000, hop=1_280, n_codebooks=1, codebook_size=256)
PREVIEW_FRAMES = 25
SHORTEST_PARTIAL_S = 1.0


def no_wait(step: int) -> None:
    """The pace of a backend in no need of one: every step is immediate."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a run will have made once complete.

    ``new`` is the stretch that is played anew; ``grows`` says that the sound ends with it, so
    that its finished beginning is worth keeping after a cancel.
    """

    takes: tuple[EngineTake, ...]
    new: Span[Seconds]
    grows: bool


class ToneBackend:
    """Plays any request with sine tones.

    ``pace(step)`` is called before each step, one per codec frame; a test may block in it, or
    cancel from it.
    """

    def __init__(self, pace: Callable[[int], None] = no_wait) -> None:
        self._pace = pace

    def run(self, request: Request, cancel: CancelToken) -> Iterator[Event]:
        """Play the request; see ``Backend``."""
        match request:
            case GenerateRequest() | InpaintRequest() | ExtendRequest():
                yield from self._play(_plan(request), request.brief, cancel)
            case AnalyzeRequest(audio=audio):
                yield Progress(Stage.LISTENING, 1, 1)
                yield Analyzed(_levels_only(audio))
            case WarmUpRequest(model=model):
                yield Progress(Stage.LOADING, 1, 1)
                yield Ready(model)

    def close(self) -> None:
        """Nothing is held."""

    def _play(self, plan: _Plan, brief: Brief, cancel: CancelToken) -> Iterator[Event]:
        total = TONE_CLOCK.frames_lasting(Seconds(plan.new.end - plan.new.start))
        told = plan.new.start
        for step in range(total):
            self._pace(step)
            if cancel.is_cancelled:
                yield from _partial(plan, told, brief)
                raise Cancelled
            yield Progress(Stage.GENERATING, step + 1, total)
            if (step + 1) % PREVIEW_FRAMES == 0 or step + 1 == total:
                reached = plan.new.start + TONE_CLOCK.seconds_at(Frames(step + 1))
                done = Span(told, Seconds(min(plan.new.end, reached)))
                for index, take in enumerate(plan.takes):
                    yield Preview(index, done.start, _cut(take.audio, done))
                told = done.end
        yield Finished(plan.takes, _recipe(brief))


def _plan(request: GenerateRequest | InpaintRequest | ExtendRequest) -> _Plan:
    """Every take of the request, complete."""
    brief = request.brief
    whole = Span(Seconds(0.0), brief.score.duration)
    seeds = tuple(brief.sampling.seed + index for index in range(brief.n_takes))
    match request:
        case GenerateRequest():
            rate = TONE_CLOCK.sample_rate_hz
            takes = tuple(_take(Audio(_tones(brief, seed, rate, 1), rate), seed) for seed in seeds)
            return _Plan(takes, whole, grows=True)
        case InpaintRequest(audio=audio, masks=masks):
            takes = tuple(_inpainted(audio, masks, brief, seed) for seed in seeds)
            starts = min(mask.region.start for mask in masks)
            ends = max(mask.region.end for mask in masks)
            return _Plan(takes, Span(starts, ends), grows=False)
        case ExtendRequest(audio=audio, is_backward=is_backward):
            takes = tuple(_extended(audio, is_backward, brief, seed) for seed in seeds)
            old_start = Seconds(brief.score.duration - audio.duration)
            new = Span(whole.start, old_start) if is_backward else Span(audio.duration, whole.end)
            return _Plan(takes, new, grows=not is_backward)


def _tones(brief: Brief, seed: int, sample_rate_hz: int, channels: int) -> FloatArray:
    """The brief's lanes as float32 [C, N], the same in every channel."""
    mono = play_tones(brief.score, brief.controls, seed, sample_rate_hz)  # [N]
    return np.repeat(mono[None, :], channels, axis=0)  # [C, N]


def _take(audio: Audio, seed: int, is_untouched_verified: bool = False) -> EngineTake:
    return EngineTake(audio, _codes(audio), seed, is_untouched_verified=is_untouched_verified)


def _inpainted(audio: Audio, masks: tuple[Mask, ...], brief: Brief, seed: int) -> EngineTake:
    """The input with each mask crossed to new tones, the fades inside it."""
    rate = audio.sample_rate_hz
    played = _tones(brief, seed, rate, audio.samples.shape[0])
    result = audio.samples.copy()
    outside = np.ones(result.shape[1], dtype=np.bool_)
    for mask in masks:
        place = samples_span(mask.region, rate)
        inside = slice(max(0, place.start), min(result.shape[1], played.shape[1], place.end))
        n = max(0, inside.stop - inside.start)
        fade = max(1, samples_at(mask.fade, rate))
        rise = np.minimum(1.0, np.arange(1, n + 1, dtype=np.float32) / fade)
        weight = (mask.strength * np.minimum(rise, rise[::-1])).astype(np.float32)  # [n]
        result[:, inside] += weight * (played[:, inside] - result[:, inside])
        outside[inside] = False
    is_same = np.array_equal(result[:, outside], audio.samples[:, outside])
    return _take(Audio(result, rate), seed, is_untouched_verified=is_same)


def _extended(audio: Audio, is_backward: bool, brief: Brief, seed: int) -> EngineTake:
    """New tones with the input at its place, sample for sample."""
    rate = audio.sample_rate_hz
    result = _tones(brief, seed, rate, audio.samples.shape[0])
    n_old, n_all = audio.samples.shape[1], result.shape[1]
    kept = slice(n_all - n_old, n_all) if is_backward else slice(0, n_old)
    result[:, kept] = audio.samples
    return _take(Audio(result, rate), seed, is_untouched_verified=True)


def _codes(audio: Audio) -> NDArray[np.int16]:
    """Loudness per codec frame as codes [1, T], so that takes have something to save."""
    hop = samples_at(TONE_CLOCK.seconds_at(Frames(1)), audio.sample_rate_hz)
    n_frames = TONE_CLOCK.frames_lasting(audio.duration)
    mono = np.zeros(n_frames * hop, dtype=np.float32)
    n_copied = min(mono.size, audio.samples.shape[1])
    mono[:n_copied] = audio.samples.mean(axis=0)[:n_copied]
    loudness = np.sqrt(np.mean(mono.reshape(1, n_frames, hop) ** 2, axis=2))  # [1, T]
    codes = np.round(np.minimum(loudness, 1.0) * (TONE_CLOCK.codebook_size - 1))
    return np.asarray(codes, dtype=np.int16)


def _cut(audio: Audio, span: Span[Seconds]) -> Audio:
    place = samples_span(span, audio.sample_rate_hz)
    return Audio(audio.samples[:, place.start : place.end].copy(), audio.sample_rate_hz)


def _partial(plan: _Plan, reached: Seconds, brief: Brief) -> Iterator[Event]:
    """The finished beginnings, where they are long enough to be worth keeping."""
    if not plan.grows or reached - plan.new.start <= SHORTEST_PARTIAL_S:
        return
    takes = []
    for take in plan.takes:
        audio = _cut(take.audio, Span(Seconds(0.0), reached))
        takes.append(replace(take, audio=audio, codes=_codes(audio), is_partial=True))
    yield Finished(tuple(takes), _recipe(brief))


def _recipe(brief: Brief) -> Recipe:
    return Recipe(
        model="tones",
        model_hash="tones",
        device="cpu",
        dtype="float32",
        threads=1,
        batch_size=brief.n_takes,
        timings_s={},
    )


def _levels_only(audio: Audio) -> Analysis:
    """The level of the sound; this backend hears no harmony and no beat."""
    whole = Span(Seconds(0.0), audio.duration)
    return Analysis(
        chords=(Chord(whole, NO_CHORD),),
        beats=(),
        downbeats=(),
        drum_onsets={},
        tempo_bpm=120.0,
        key="C:maj",
        level_db=rms_db(audio),
        peak_db=peak_db(audio),
    )

"""Do bars that are played anew fit into what surrounds them?

The middle of each held-out clip is played anew, between two places that need not be on a beat.
Beside inpainting, which hears both sides, stands continuing from the left alone; beside both,
true music at the same places, and true music of another clip put there.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from engine.evaluation.answer_scores import chord_scores
from engine.evaluation.bootstrap import Estimate, bootstrap
from engine.evaluation.clips import HeldOutClip
from engine.evaluation.codec_round_trip import through_codec
from engine.evaluation.results import Results, Row
from engine.evaluation.seams import jump_between
from engine.evaluation.workplace import Workplace
from engine.events import Finished
from engine.requests import Audio, Brief, InpaintRequest, Mask, Sampling
from engine.score import Chord
from engine.tasks.inpaint import inpaint
from engine.tasks.splice import splice
from engine.timebase import Samples, Seconds, Span, samples_at, samples_span, seconds_of

CLIPS, SEEDS = 32, 2
MASKED_SHARE = (0.3, 0.5)
"""Of the clip, played anew; the rest lies around it."""
LEFT_SHARE = (0.2, 0.4)
LARGEST_RATIO = 0.7

Figures = dict[str, float | None]
Method = Callable[[Workplace, "Place", int], list[Audio]]


@dataclass(frozen=True, slots=True)
class Place:
    """A clip with the region to be played anew, and another clip of at least its length."""

    clip: HeldOutClip
    mask: Mask
    other: HeldOutClip

    @property
    def cut(self) -> Span[Samples]:
        """The region in samples of the clip."""
        return samples_span(self.mask.region, self.clip.audio.sample_rate_hz)

    def brief(self, n_takes: int) -> Brief:
        """All lanes and the caption of the clip."""
        sampling = Sampling(seed=1000 * self.clip.seed)
        return Brief(self.clip.score, self.clip.caption, sampling=sampling, n_takes=n_takes)

    def filled_with(self, new: Audio) -> Audio:
        """The clip with a mono sound as long as the region in its place, faded as ever."""
        own, rate_hz = self.clip.audio.samples, self.clip.audio.sample_rate_hz
        known = Span(Samples(0), Samples(own.shape[1]))
        samples = splice(own, known, new.samples, self.cut, self.mask.fade, rate_hz)
        return Audio(samples, rate_hz)


def measure(workplace: Workplace, clips: int | None, seeds: int | None) -> Results:
    """All rows."""
    held_out = workplace.clips(clips or CLIPS)
    n_seeds = seeds or SEEDS
    places = [
        place_in(clip, other)
        for clip, other in zip(held_out, [*held_out[1:], *held_out[:1]], strict=True)
    ]
    rows = tuple(
        _row(workplace, name, method, places, n_takes)
        for name, method, n_takes in (
            ("oracle: true audio", _true, 1),
            ("codec: true audio coded", _coded, 1),
            ("inpainted", _inpainted, n_seeds),
            ("continued from the left alone", _continued, n_seeds),
            ("floor: true audio of another clip", _foreign, 1),
        )
    )
    settings = {
        "model": workplace.model,
        "weights": workplace.part_hash("lm")[:16],
        "clips": str(len(held_out)),
        "seeds": str(n_seeds),
    }
    return Results("inpaint", rows, settings, _remarks(rows[2], rows[3]))


def place_in(clip: HeldOutClip, other: HeldOutClip) -> Place:
    """A region drawn by the clip's seed, from sample to sample."""
    random = np.random.default_rng((clip.seed, 1))
    n, rate_hz = clip.audio.samples.shape[1], clip.audio.sample_rate_hz
    start = Samples(round(random.uniform(*LEFT_SHARE) * n))
    end = Samples(start + round(random.uniform(*MASKED_SHARE) * n))
    return Place(clip, Mask(Span(seconds_of(start, rate_hz), seconds_of(end, rate_hz))), other)


def _remarks(inpainted: Row, continued: Row) -> tuple[str, ...]:
    ours, theirs = (row.figures["right spectral dB"] for row in (inpainted, continued))
    apart = "apart" if ours.high < theirs.low else "not apart"
    is_exact = inpainted.figures["outside identical"].mean == 1.0
    return (
        f"At the right seam inpainting jumps {ours.mean / max(theirs.mean, 1e-9):.2f} times as far "
        f"as continuing (at most {LARGEST_RATIO} wanted); the intervals are {apart}. Beyond what "
        f"true audio jumps there: {_excess(inpainted):.2f} dB and {_excess(continued):.2f} dB.",
        "Samples outside the region are "
        + ("identical in every take." if is_exact else "NOT identical in every take."),
    )


def _excess(row: Row) -> float:
    return row.figures["right beyond true dB"].mean


def _row(
    workplace: Workplace, name: str, method: Method, places: Sequence[Place], n_takes: int
) -> Row:
    values: dict[str, dict[int, list[float]]] = {}
    for done, place in enumerate(places):
        workplace.cancel.raise_if_cancelled()
        workplace.progress(f"Filling regions: {name}", done, len(places))
        recipe = {
            "sound": name,
            "request": repr((place.brief(n_takes), place.mask)),
            "clip": place.clip.seed,
            "other": place.other.seed,
            "figures": "inpaint 1",
            "device": workplace.device,
            **{part: workplace.part_hash(part) for part in ("lm", "codec", "hearing")},
        }
        takes = workplace.answers.remember(
            recipe, partial(_takes_figures, workplace, method, place, n_takes)
        )
        for figures in takes:
            for figure, value in figures.items():
                number = math.nan if value is None else value
                values.setdefault(figure, {}).setdefault(place.clip.seed, []).append(number)
    estimates: dict[str, Estimate] = {name: bootstrap(clips) for name, clips in values.items()}
    return Row(name, estimates, n_takes * len(places))


def _takes_figures(
    workplace: Workplace, method: Method, place: Place, n_takes: int
) -> list[Figures]:
    return [_figures(workplace, place, audio) for audio in method(workplace, place, n_takes)]


def _figures(workplace: Workplace, place: Place, result: Audio) -> Figures:
    """Jumps at both seams, chords inside, and whether the outside was left alone."""
    region, fade = place.mask.region, place.mask.fade
    rate_hz = result.sample_rate_hz
    first, last = Seconds(region.start + fade), Seconds(region.end - fade)
    left = jump_between(result.samples[0], region.start, first, rate_hz)
    right = jump_between(result.samples[0], last, region.end, rate_hz)
    true_right = jump_between(place.clip.audio.samples[0], last, region.end, rate_hz)
    heard = workplace.recogniser.analyze(result).chords
    majmin = chord_scores(
        _within(heard, region), _within(place.clip.score.chords, region), region.end - region.start
    )["majmin"]
    return {
        "left level dB": left.level_db,
        "right level dB": right.level_db,
        "left spectral dB": left.spectral_db,
        "right spectral dB": right.spectral_db,
        "right beyond true dB": right.spectral_db - true_right.spectral_db,
        "majmin inside": None if math.isnan(majmin) else majmin,
        "outside identical": float(_is_outside_identical(place, result)),
    }


def _is_outside_identical(place: Place, result: Audio) -> bool:
    own, cut = place.clip.audio.samples, place.cut
    return own.shape == result.samples.shape and all(
        np.array_equal(own[:, outside], result.samples[:, outside])
        for outside in (slice(0, cut.start), slice(cut.end, None))
    )


def _within(chords: Sequence[Chord], region: Span[Seconds]) -> list[Chord]:
    """The chords inside a region, counted from its start."""
    kept = []
    for chord in chords:
        start = max(chord.span.start, region.start) - region.start
        end = min(chord.span.end, region.end) - region.start
        if end > start:
            kept.append(Chord(Span(Seconds(start), Seconds(end)), chord.label))
    return kept


def _true(_workplace: Workplace, place: Place, _n_takes: int) -> list[Audio]:
    return [place.clip.audio]


def _coded(workplace: Workplace, place: Place, _n_takes: int) -> list[Audio]:
    """The true region through the codec: as near as anything played can come."""
    coded = through_codec(workplace.models, place.clip.audio)
    cut = coded.samples[:, place.cut.start : place.cut.end]
    return [place.filled_with(replace(coded, samples=np.ascontiguousarray(cut)))]


def _inpainted(workplace: Workplace, place: Place, n_takes: int) -> list[Audio]:
    request = InpaintRequest(place.brief(n_takes), place.clip.audio, (place.mask,))
    return _played(workplace, request)


def _continued(workplace: Workplace, place: Place, n_takes: int) -> list[Audio]:
    """The same region, played by a model that is given nothing after it, then put in place."""
    audio, cut = place.clip.audio, place.cut
    heard = Audio(np.ascontiguousarray(audio.samples[:, : cut.start]), audio.sample_rate_hz)
    request = InpaintRequest(place.brief(n_takes), heard, (place.mask,))
    takes = _played(workplace, request)
    return [
        place.filled_with(replace(take, samples=take.samples[:, cut.start :])) for take in takes
    ]


def _played(workplace: Workplace, request: InpaintRequest) -> list[Audio]:
    *_, finished = inpaint(workplace.models, request, workplace.cancel)
    assert isinstance(finished, Finished)
    return [take.audio for take in finished.takes]


def _foreign(_workplace: Workplace, place: Place, _n_takes: int) -> list[Audio]:
    n = place.cut.end - place.cut.start
    other = place.other.audio
    new = np.resize(other.samples, (1, max(n, samples_at(other.duration, other.sample_rate_hz))))
    return [place.filled_with(Audio(np.ascontiguousarray(new[:, :n]), other.sample_rate_hz))]

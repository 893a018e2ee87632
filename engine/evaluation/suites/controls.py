"""Does the model play what the lanes ask? Chords, beats, strokes and notes heard again.

Held-out clips are asked for with different lanes switched on; every row has the clip's caption
and grid. The oracle row is the recogniser on the true audio, the codec row the same through the
codec, the floor row answers scored against other clips' controls.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import torch

from engine.evaluation.answer_rows import answer_row, exchanged, trust_remark
from engine.evaluation.answers import Answer
from engine.evaluation.batch_generate import generate_each, sound_of_codes
from engine.evaluation.clips import HeldOutClip
from engine.evaluation.codec_round_trip import through_codec
from engine.evaluation.results import Results, Row, published
from engine.evaluation.workplace import Workplace
from engine.requests import Audio, Brief, Control, Controls, Sampling

CLIPS, SEEDS = 64, 3
FEW_CLIPS, FEW_SEEDS = 24, 1
BATCH = 16

OFF = Control(is_on=False)


@dataclass(frozen=True, slots=True)
class LaneRow:
    """Lanes of one row, and whether it is measured on many clips or few."""

    name: str
    controls: Controls
    is_wide: bool = False


LANE_ROWS = (
    LaneRow("chords only", Controls(drums=OFF, notes=OFF), is_wide=True),
    LaneRow("drums only", Controls(chords=OFF, notes=OFF)),
    LaneRow("chords and drums", Controls(notes=OFF)),
    LaneRow("all lanes", Controls(), is_wide=True),
    LaneRow("no controls", Controls(chords=OFF, drums=OFF, notes=OFF)),
)

PUBLISHED = (
    published("Coco-Mulla, chords only", {"majmin": 0.412}, "arXiv 2310.17162"),
    published("Coco-Mulla, all", {"majmin": 0.791, "beat_f1": 0.864}, "arXiv 2310.17162"),
    published("Coco-Mulla, oracle", {"majmin": 0.885, "beat_f1": 0.898}, "arXiv 2310.17162"),
)


def measure(workplace: Workplace, clips: int | None, seeds: int | None) -> Results:
    """All rows. ``clips`` and ``seeds`` override the wide rows; the others take at most 24 x 1."""
    wide, n_seeds = workplace.clips(clips or CLIPS), seeds or SEEDS
    asked = {clip.seed: clip for clip in wide}
    oracle = answer_row("oracle: true audio", _true_answers(workplace, wide), asked)
    codec = answer_row("codec: true audio coded", _coded_answers(workplace, wide), asked)
    rows = [oracle, codec]
    floor = None
    for lanes in LANE_ROWS:
        chosen = wide if lanes.is_wide else wide[:FEW_CLIPS]
        answers = _played_answers(workplace, lanes, chosen, n_seeds if lanes.is_wide else FEW_SEEDS)
        rows.append(answer_row(lanes.name, answers, asked))
        if lanes.name == "all lanes":
            floor = answer_row("floor: other clips' controls", answers, exchanged(wide))
    assert floor is not None
    remarks = (trust_remark(oracle, floor), *_ratios(oracle, rows[2:]))
    settings = {
        "model": workplace.model,
        "weights": workplace.part_hash("lm")[:16],
        "clips": str(len(wide)),
        "seeds": str(n_seeds),
    }
    return Results("controls", (*rows, floor, *PUBLISHED), settings, remarks)


def _ratios(oracle: Row, rows: Sequence[Row]) -> Iterator[str]:
    for row in rows:
        ratio = row.figures["majmin"].mean / max(oracle.figures["majmin"].mean, 1e-9)
        yield f"{row.name}: majmin is {ratio:.2f} of the oracle's."


def _true_answers(workplace: Workplace, clips: Sequence[HeldOutClip]) -> dict[int, list[Answer]]:
    answers = {}
    for done, clip in enumerate(clips):
        workplace.progress("Listening to the true audio", done, len(clips))
        sound = {"sound": "true", "clip": clip.seed}
        answers[clip.seed] = [workplace.listen(sound, partial(_own_sound, clip))]
    return answers


def _own_sound(clip: HeldOutClip) -> Audio:
    return clip.audio


def _coded_answers(workplace: Workplace, clips: Sequence[HeldOutClip]) -> dict[int, list[Answer]]:
    answers = {}
    for done, clip in enumerate(clips):
        workplace.progress("Listening through the codec", done, len(clips))
        sound = {"sound": "coded", "clip": clip.seed, "codec": workplace.part_hash("codec")}
        answers[clip.seed] = [workplace.listen(sound, partial(_coded_sound, workplace, clip))]
    return answers


def _coded_sound(workplace: Workplace, clip: HeldOutClip) -> Audio:
    return through_codec(workplace.models, clip.audio)


@dataclass(frozen=True, slots=True)
class _Take:
    """One take to be played and heard, and the recipe of its codes."""

    clip: HeldOutClip
    brief: Brief
    recipe: dict[str, object]


def _played_answers(
    workplace: Workplace, lanes: LaneRow, clips: Sequence[HeldOutClip], n_seeds: int
) -> dict[int, list[Answer]]:
    """Play every clip ``n_seeds`` times and listen; takes kept from before are not played again."""
    weights = workplace.part_hash("lm")
    takes = [
        _take(lanes, clip, seed, weights, workplace) for seed in range(n_seeds) for clip in clips
    ]
    # Takes of like length share a batch, so that little is played beyond their ends.
    takes.sort(key=lambda take: take.brief.score.duration)
    unplayed = [take for take in takes if workplace.answers.get(take.recipe) is None]
    for first in range(0, len(unplayed), BATCH):
        workplace.progress(f"Playing {lanes.name}", first, len(unplayed))
        batch = unplayed[first : first + BATCH]
        played = generate_each(workplace.models, [take.brief for take in batch], workplace.cancel)
        for take, codes in zip(batch, played, strict=True):
            workplace.answers.put(take.recipe, codes.tolist())
    answers: dict[int, list[Answer]] = {}
    codec_hash = workplace.part_hash("codec")
    for done, take in enumerate(takes):
        workplace.progress(f"Listening to {lanes.name}", done, len(takes))
        recipe = {**take.recipe, "codec": codec_hash}
        answer = workplace.listen(recipe, partial(_played_sound, workplace, take))
        answers.setdefault(take.clip.seed, []).append(answer)
    return answers


def _take(
    lanes: LaneRow, clip: HeldOutClip, seed: int, weights: str, workplace: Workplace
) -> _Take:
    sampling = Sampling(seed=1000 * clip.seed + seed)
    brief = Brief(clip.score, clip.caption, controls=lanes.controls, sampling=sampling)
    request = hashlib.sha256(repr(brief).encode()).hexdigest()
    recipe: dict[str, object] = {
        "sound": "played",
        "request": request,
        "lm": weights,
        "device": workplace.device,
    }
    return _Take(clip, brief, recipe)


def _played_sound(workplace: Workplace, take: _Take) -> Audio:
    codes = torch.tensor(workplace.answers.get(take.recipe))
    device = workplace.models.device.torch_device
    return sound_of_codes(workplace.models, codes.to(device), take.brief)

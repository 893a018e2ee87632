"""Takes of many requests, played in batches and kept, so that nothing is played twice."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import torch

from engine.evaluation.batch_generate import generate_each, sound_of_codes
from engine.evaluation.workplace import Workplace
from engine.lm.words import reader_of
from engine.requests import Audio, Brief

BATCH = 16


@dataclass(frozen=True, slots=True)
class PlayedTake:
    """One take: the key of what was asked, its request, and the recipes of codes and sound."""

    key: int
    brief: Brief
    codes_recipe: dict[str, object]
    recipe: dict[str, object]


def play_takes(
    workplace: Workplace, what: str, asked: Sequence[tuple[int, Brief]]
) -> tuple[PlayedTake, ...]:
    """Play every request that is not kept from before; takes come in order of their length.

    All requests share one way of drawing, as ``generate_each`` does.
    """
    takes = [_take(workplace, key, brief) for key, brief in asked]
    # Takes of like length share a batch, so that little is played beyond their ends.
    takes.sort(key=lambda take: take.brief.score.duration)
    unplayed = [take for take in takes if workplace.answers.get(take.codes_recipe) is None]
    for first in range(0, len(unplayed), BATCH):
        workplace.progress(f"Playing {what}", first, len(unplayed))
        batch = unplayed[first : first + BATCH]
        played = generate_each(workplace.models, [take.brief for take in batch], workplace.cancel)
        for take, codes in zip(batch, played, strict=True):
            workplace.answers.put(take.codes_recipe, codes.tolist())
    return tuple(takes)


def sound_of_take(workplace: Workplace, take: PlayedTake) -> Audio:
    """The sound of a take that was played."""
    codes = torch.tensor(workplace.answers.get(take.codes_recipe))
    device = workplace.models.device.torch_device
    return sound_of_codes(workplace.models, codes.to(device), take.brief)


def _take(workplace: Workplace, key: int, brief: Brief) -> PlayedTake:
    reader = reader_of(workplace.vocabulary)
    codes_recipe: dict[str, object] = {
        "sound": "played",
        "request": hashlib.sha256(repr(brief).encode()).hexdigest(),
        "read": [reader.known_words(brief.prompt), reader.known_words(brief.negative)],
        "lm": workplace.part_hash("lm"),
        "device": workplace.device,
    }
    recipe = {**codes_recipe, "codec": workplace.part_hash("codec")}
    return PlayedTake(key, brief, codes_recipe, recipe)

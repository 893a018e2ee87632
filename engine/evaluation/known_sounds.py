"""Held-out clips as they are and through the codec, in a form that suites can keep answers of."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from engine.evaluation.clips import HeldOutClip
from engine.evaluation.codec_round_trip import through_codec
from engine.evaluation.workplace import Workplace
from engine.requests import Audio

KnownSound = tuple[dict[str, object], Callable[[], Audio]]
"""The recipe of a sound, and how it is made where nobody has heard it yet."""


def true_sound(clip: HeldOutClip) -> KnownSound:
    """The clip itself."""
    return {"sound": "true", "clip": clip.seed}, partial(_own, clip)


def coded_sound(workplace: Workplace, clip: HeldOutClip) -> KnownSound:
    """The clip after the model's codec."""
    recipe = {"sound": "coded", "clip": clip.seed, "codec": workplace.part_hash("codec")}
    return recipe, partial(_coded, workplace, clip)


def _own(clip: HeldOutClip) -> Audio:
    return clip.audio


def _coded(workplace: Workplace, clip: HeldOutClip) -> Audio:
    return through_codec(workplace.models, clip.audio)

"""Everything a suite measures with: models, held-out clips, kept answers, and who is told."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from engine.cancel import CancelToken
from engine.checkpoints import find_model, model_hash, read_section
from engine.codec.starter_codec import load_codec
from engine.device import pick_device
from engine.evaluation.answers import Answer, answer_from_data, answer_to_data, listen
from engine.evaluation.clips import HeldOutClip, held_out_clips
from engine.evaluation.listener import (
    Impression,
    Listener,
    impression_from_data,
    impression_to_data,
    listener_hash,
    own_listener_folder,
)
from engine.evaluation.recipe_cache import RecipeCache
from engine.hearing.recogniser import Recogniser
from engine.lm.starter_files import load_starter
from engine.requests import Audio
from engine.tasks.models import Models

ProgressCall = Callable[[str, int, int], None]
"""Called with what is being done, how many are done, and of how many."""


def tell_nobody(_what: str, _done: int, _total: int) -> None:
    """Progress that is not shown."""


@dataclass(frozen=True)
class Workplace:
    """One model folder under test. Models are loaded at their first use.

    ``corpus`` is a folder of rendered held-out pieces, or None to render them; ``cache`` keeps
    answers and renderings.
    """

    model: str
    cache: Path
    corpus: Path | None = None
    device: str = "auto"
    progress: ProgressCall = tell_nobody
    cancel: CancelToken = field(default_factory=CancelToken)

    @cached_property
    def folder(self) -> Path:
        """Folder of the model; raises ``WeightsUnusable``."""
        return find_model(self.model)

    @cached_property
    def recogniser(self) -> Recogniser:
        """The model folder's recogniser."""
        return Recogniser.load(self.folder / "hearing.safetensors")

    @property
    def listener_folder(self) -> Path:
        """Where the listener for words lies; it judges every model."""
        return own_listener_folder()

    @cached_property
    def listener(self) -> Listener:
        """The listener for words."""
        return Listener.load(self.listener_folder)

    @cached_property
    def vocabulary(self) -> tuple[str, ...]:
        """The words that the language model learnt."""
        return tuple(read_section(self.folder, "lm")["vocabulary"])

    @cached_property
    def models(self) -> Models:
        """Language model and codec."""
        device = pick_device(self.device)
        lm = load_starter(self.folder).to(device.torch_device, device.dtype)
        codec = load_codec(self.folder).to(device.torch_device)
        return Models(self.model, model_hash(self.folder), device, lm, codec)

    @cached_property
    def answers(self) -> RecipeCache:
        """Kept codes and answers."""
        return RecipeCache(self.cache / "answers")

    def clips(self, n: int) -> list[HeldOutClip]:
        """The first ``n`` held-out clips."""
        clips = []
        for clip in held_out_clips(n, self.corpus, self.cache / "clips"):
            self.cancel.raise_if_cancelled()
            clips.append(clip)
            self.progress("Cutting clips", len(clips), n)
        return clips

    def part_hash(self, part: str) -> str:
        """SHA-256 of one part's weights and settings: ``lm``, ``codec`` or ``hearing``."""
        return _part_hash(self.folder, part)

    def listen(self, recipe: dict[str, object], sound: Callable[[], Audio]) -> Answer:
        """What is heard in a sound that ``recipe`` describes; made only if not heard before."""
        self.cancel.raise_if_cancelled()
        recipe = {**recipe, "hearing": self.part_hash("hearing")}
        data = self.answers.remember(
            recipe, lambda: answer_to_data(listen(self.recogniser, sound()))
        )
        return answer_from_data(data)

    def impression(self, recipe: dict[str, object], sound: Callable[[], Audio]) -> Impression:
        """What a sound that ``recipe`` describes seems to be, by the listener for words."""
        self.cancel.raise_if_cancelled()
        recipe = {**recipe, "listener": listener_hash(self.listener_folder)}
        data = self.answers.remember(
            recipe, lambda: impression_to_data(self.listener.listen(sound()))
        )
        return impression_from_data(data)


@cache
def _part_hash(folder: Path, part: str) -> str:
    settings = json.dumps(read_section(folder, part), sort_keys=True)
    digest = hashlib.sha256(settings.encode())
    digest.update((folder / f"{part}.safetensors").read_bytes())
    return digest.hexdigest()

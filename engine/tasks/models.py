"""What a task plays with: one loaded model on one device."""

from __future__ import annotations

from dataclasses import dataclass

from engine.codec.codec import Codec
from engine.device import Device
from engine.events import Recipe
from engine.lm.language_model import LanguageModel
from engine.tasks.memory import memory_used
from engine.timebase import CodecClock

LARGEST_BATCH = 8
"""Takes decoded side by side; more of them run in turns."""


@dataclass(frozen=True, slots=True)
class Models:
    """Language model and codec of one checkpoint, in evaluation mode."""

    name: str
    checkpoint_hash: str
    device: Device
    lm: LanguageModel
    codec: Codec

    @property
    def clock(self) -> CodecClock:
        """Rates and sizes of the codec."""
        return self.codec.clock

    def recipe(self, n_takes: int, timings_s: dict[str, float]) -> Recipe:
        """How takes of this run were made."""
        memory_bytes, memory_total_bytes = memory_used(self.device)
        return Recipe(
            model=self.name,
            model_hash=self.checkpoint_hash,
            device=self.device.name,
            dtype=self.device.dtype_name,
            threads=self.device.threads,
            batch_size=min(n_takes, LARGEST_BATCH),
            timings_s=timings_s,
            memory_bytes=memory_bytes,
            memory_total_bytes=memory_total_bytes,
        )

"""Masks: the stretches of the audio lane that are to be played anew."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.model.ids import MaskId
from engine.timebase import Span, Ticks

MIN_FADE_MS = 5.0
MAX_FADE_MS = 500.0


class MaskStrength(StrEnum):
    """How far the result may leave what was there."""

    SUBTLE = "subtle"
    BALANCED = "balanced"
    FREE = "free"

    @property
    def amount(self) -> float:
        """The strength as the engine takes it, 0..1."""
        return {"subtle": 0.35, "balanced": 0.7, "free": 1.0}[self.value]


@dataclass(frozen=True, slots=True)
class MaskRegion:
    """One mask. An empty ``prompt`` takes the project's; ``fade_ms`` (5-500) lies inside."""

    id: MaskId
    span: Span[Ticks]
    name: str = ""
    prompt: str = ""
    strength: MaskStrength = MaskStrength.FREE
    fade_ms: float = 40.0
    is_on: bool = True

    def __post_init__(self) -> None:
        if self.span.start < 0:
            raise ValueError(f"a mask cannot start before bar 1: {self.span.start}")
        if not MIN_FADE_MS <= self.fade_ms <= MAX_FADE_MS:
            raise ValueError(f"fades last 5 to 500 ms, not {self.fade_ms}")

"""What can be asked of the engine: frozen values that hold everything that shapes the sound."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from engine.score import Score
from engine.timebase import Seconds, Span


@dataclass(frozen=True, slots=True, eq=False)
class Audio:
    """Sound as float32 ``[C, N]`` in -1..1 at ``sample_rate_hz``."""

    samples: NDArray[np.float32]
    sample_rate_hz: int

    def __post_init__(self) -> None:
        if self.samples.ndim != 2 or self.samples.dtype != np.float32:
            raise ValueError(
                f"audio is float32 [C, N], not {self.samples.dtype} {self.samples.shape}"
            )

    @property
    def duration(self) -> Seconds:
        """Length in seconds."""
        return Seconds(self.samples.shape[1] / self.sample_rate_hz)


@dataclass(frozen=True, slots=True)
class Control:
    """Whether a lane steers the run, and how strongly: 0 ignores it, 1 follows it."""

    is_on: bool = True
    strength: float = 1.0

    def __post_init__(self) -> None:
        if not 0.0 <= self.strength <= 1.0:
            raise ValueError(f"strength lies between 0 and 1, not {self.strength}")


@dataclass(frozen=True, slots=True)
class Controls:
    """One control per lane. A lane that is on but empty steers towards nothing being there."""

    chords: Control = Control()
    drums: Control = Control()
    notes: Control = Control()


@dataclass(frozen=True, slots=True)
class Sampling:
    """How codes are drawn. ``None`` takes the model's own default; temperature 0 is greedy."""

    seed: int = 0
    guidance: float | None = None
    temperature: float | None = None
    top_k: int | None = None
    top_p: float | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """Words for a stretch of the score, such as a verse, instead of the brief's own."""

    span: Span[Seconds]
    prompt: str
    negative: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """What every run shares: words, score, controls, sampling, and what plays it.

    ``passages`` lie in order and do not overlap; between them ``prompt`` and ``negative`` hold.
    ``model`` is a registered name or a folder; ``device`` is ``auto``, ``cpu`` or ``cuda``.
    Take ``i`` of ``n_takes`` has the seed ``sampling.seed + i``.
    """

    score: Score
    prompt: str = ""
    negative: str = ""
    passages: tuple[Passage, ...] = ()
    controls: Controls = Controls()
    sampling: Sampling = Sampling()
    n_takes: int = 1
    model: str = "starter"
    adapter: str | None = None
    device: str = "auto"

    def __post_init__(self) -> None:
        if self.n_takes < 1:
            raise ValueError(f"at least one take must be asked for, not {self.n_takes}")
        for before, after in pairwise(self.passages):
            if after.span.start < before.span.end:
                raise ValueError(f"passages overlap or lie out of order at {after.span.start} s")


@dataclass(frozen=True, slots=True)
class GenerateRequest:
    """Play ``brief.score`` from nothing: ``brief.score.duration`` seconds."""

    brief: Brief


@dataclass(frozen=True, slots=True)
class Mask:
    """A region to play anew. ``prompt`` None takes the brief's, passages included.

    ``strength`` 0..1: how far the result may leave what was there; ``fade`` is the cross-fade
    at each end, inside the region.
    """

    region: Span[Seconds]
    prompt: str | None = None
    strength: float = 1.0
    fade: Seconds = Seconds(0.04)


@dataclass(frozen=True, slots=True)
class InpaintRequest:
    """Play the masked regions of ``audio`` anew; ``brief.score`` spans the whole of ``audio``.

    Samples outside the masks come back bit-identical, in the input's rate and channels.
    """

    brief: Brief
    audio: Audio
    masks: tuple[Mask, ...]


@dataclass(frozen=True, slots=True)
class ExtendRequest:
    """Continue ``audio`` to ``brief.score.duration``, after its end or before its start.

    ``brief.score`` spans the whole result, old audio included.
    """

    brief: Brief
    audio: Audio
    is_backward: bool = False


@dataclass(frozen=True, slots=True)
class AnalyzeRequest:
    """Hear chords, beats, tempo, key, drum onsets and level of ``audio``."""

    audio: Audio
    device: str = "cpu"


@dataclass(frozen=True, slots=True)
class WarmUpRequest:
    """Load a model ahead of its first use."""

    model: str = "starter"
    device: str = "auto"


Request = GenerateRequest | InpaintRequest | ExtendRequest | AnalyzeRequest | WarmUpRequest

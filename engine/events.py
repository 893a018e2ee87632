"""What a running request tells whoever iterates it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from engine.requests import Audio
from engine.score import Chord, Note
from engine.timebase import Seconds


class Stage(Enum):
    """Where a run is; the value is the words shown to the person."""

    LOADING = "Loading model"
    READING = "Reading lanes"
    GENERATING = "Generating"
    DECODING = "Decoding"
    LISTENING = "Listening"


@dataclass(frozen=True, slots=True)
class Progress:
    """Counted work: ``done`` of ``total`` steps of a stage."""

    stage: Stage
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Preview:
    """Finished sound of a take, from ``start`` on; later previews continue where it ends.

    Joined, the previews of a take equal its beginning sample for sample.
    """

    take: int
    start: Seconds
    audio: Audio


@dataclass(frozen=True, slots=True)
class EngineTake:
    """One result: sound, the codes it was decoded from (``[K, T]``) and the seed that drew them.

    For inpaint and extend, ``audio`` is the whole input with the new part in place, and
    ``is_untouched_verified`` says that the samples outside were compared and are identical.
    """

    audio: Audio
    codes: NDArray[np.int16]
    seed: int
    is_partial: bool = False
    is_untouched_verified: bool = False


@dataclass(frozen=True, slots=True)
class Recipe:
    """What made a take besides its request, for recall on the same machine.

    ``memory_bytes`` of ``memory_total_bytes`` is the most memory the engine had in use so far:
    the GPU's, else its process's; 0 where the system does not tell.
    """

    model: str
    model_hash: str
    device: str
    dtype: str
    threads: int
    batch_size: int
    timings_s: dict[str, float]
    memory_bytes: int = 0
    memory_total_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Finished:
    """The run is complete."""

    takes: tuple[EngineTake, ...]
    recipe: Recipe


@dataclass(frozen=True, slots=True)
class Analysis:
    """What was heard. Times in seconds; ``level_db`` is RMS in dBFS; key as ``A:min``.

    ``notes`` are the pitched notes, empty from a recogniser that does not hear them.
    """

    chords: tuple[Chord, ...]
    beats: tuple[Seconds, ...]
    downbeats: tuple[Seconds, ...]
    drum_onsets: dict[str, tuple[Seconds, ...]]
    tempo_bpm: float
    key: str
    level_db: float
    peak_db: float
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Analyzed:
    """The answer to an ``AnalyzeRequest``."""

    analysis: Analysis


@dataclass(frozen=True, slots=True)
class Ready:
    """The model asked for by a ``WarmUpRequest`` is loaded."""

    model: str


Event = Progress | Preview | Finished | Analyzed | Ready

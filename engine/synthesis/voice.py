"""What every instrument player can do, and which one this machine offers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engine.score import DrumHit, Note
from engine.synthesis.soundfont import find_soundfont
from engine.timebase import Seconds

Stereo = NDArray[np.float32]


class Voice(Protocol):
    """Plays General MIDI programs offline. Times count from the first sample."""

    @property
    def sample_rate_hz(self) -> int:
        """Rate of everything this voice returns."""
        ...

    def play_notes(self, program: int, notes: Sequence[Note], duration: Seconds) -> Stereo:
        """Sound float32 [2, N] of one melodic program (0-127); N covers ``duration``."""
        ...

    def play_hits(self, kit: int, hits: Sequence[DrumHit], duration: Seconds) -> Stereo:
        """Sound float32 [2, N] of one drum kit (0 standard, 25 TR-808, 40 brushes ...)."""
        ...

    def close(self) -> None:
        """Give native memory back; the voice plays no more. May be called twice."""
        ...


def open_voice(sample_rate_hz: int, soundfont: Path | None = None) -> Voice:
    """FluidSynth with the best soundfont at hand, else the built-in voice.

    Raises:
        FileNotFoundError: if ``soundfont`` is given and does not exist.
        ValueError: if ``soundfont`` is given, FluidSynth works and cannot read it.
    """
    from engine.synthesis.builtin_voice import BuiltinVoice

    path = find_soundfont(soundfont)
    if path is None:
        return BuiltinVoice(sample_rate_hz)
    try:
        from engine.synthesis.fluid_voice import FluidVoice
    except (ImportError, OSError):  # the Python package or the native library is not installed
        return BuiltinVoice(sample_rate_hz)
    return FluidVoice(path, sample_rate_hz)

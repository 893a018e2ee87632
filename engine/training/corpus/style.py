"""What a style of music is, as data the composer reads.

Patterns are strings of sixteenth steps. A bar of 4/4 has 16 steps, a bar of 3/4 or 6/8 has 12;
a shorter pattern repeats within its bar, a longer one spans several bars. ``.`` rests and ``-``
holds what sounds; every other symbol is a stroke:

- drums: ``X`` loud, ``x`` plain, ``o`` soft; each row begins with its drum (``DRUM_KEYS``);
- chords: ``X``/``x``/``o`` the whole chord, a digit one tone of its voicing counted from below;
  a pattern ``=`` holds each chord as long as it lasts;
- bass: ``R`` root, ``F`` fifth, ``T`` third, ``S`` seventh or sixth, ``O`` octave, ``W`` a step
  of a walk, ``A`` a tone that leads into the next root.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.synthesis import general_midi as gm

DRUM_KEYS: dict[str, int] = {
    "K": gm.KICK, "S": gm.SNARE, "R": gm.RIM, "C": gm.CLAP, "H": gm.CLOSED_HAT,
    "P": gm.PEDAL_HAT, "O": gm.OPEN_HAT, "D": gm.RIDE, "B": gm.RIDE_BELL, "Y": gm.CRASH,
    "L": gm.FLOOR_TOM, "T": gm.LOW_TOM, "M": gm.MID_TOM, "N": gm.HIGH_TOM, "J": gm.TAMBOURINE,
    "W": gm.COWBELL, "A": gm.CABASA, "Z": gm.MARACAS, "Q": gm.HIGH_CONGA, "U": gm.LOW_CONGA,
    "V": gm.CLAVES, "E": gm.MUTE_CONGA, "G": gm.HIGH_BONGO, "I": gm.LOW_BONGO,
}  # fmt: skip

ByMeter = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Layer:
    """A harmony instrument: who may play it, how its chords lie and what it repeats.

    ``voicing`` is close, spread, guitar or power; ``low``/``high`` bound the keys.
    """

    role: str
    programs: tuple[int, ...]
    voicing: str
    patterns: ByMeter
    low: int = 50
    high: int = 74
    chance: float = 1.0
    strum_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class Tune:
    """The melody instrument, its register and its rhythm cells (one bar each)."""

    programs: tuple[int, ...]
    cells: ByMeter
    low: int = 64
    high: int = 84
    chance: float = 0.75


@dataclass(frozen=True, slots=True)
class Style:
    """Everything that makes pieces of one style alike.

    ``tempo_bpm`` counts quarters in 4/4; ``swing`` is where the off-beat falls inside its pair
    (0.5 straight, 0.667 triplet) and ``swing_steps`` half the pair's length (2: eighths).
    The first layer always plays, so that each bar states its chord.
    """

    name: str
    synonyms: tuple[str, ...]
    moods: tuple[str, ...]
    tempo_bpm: tuple[float, float]
    meters: Mapping[str, float]
    minor: float
    major: tuple[str, ...]
    minor_progressions: tuple[str, ...]
    kits: tuple[int, ...]
    grooves: ByMeter
    fills: tuple[str, ...]
    bass_programs: tuple[int, ...]
    bass: ByMeter
    layers: tuple[Layer, ...]
    tune: Tune
    drum_chance: float = 0.8
    bass_chance: float = 0.95
    swing: tuple[float, float] = (0.5, 0.5)
    swing_steps: int = 2
    looseness_ms: float = 6.0
    slow_harmony: float = 0.15
    crash_chance: float = 0.5
    pump: float = 0.0
    room: tuple[float, float] = (0.08, 0.2)
    room_s: tuple[float, float] = (0.4, 1.2)
    crackle: float = 0.0
    echo: float = 0.05
    words: tuple[str, ...] = field(default=())

    @property
    def n_grooves(self) -> int:
        """Drum grooves over all meters."""
        return sum(len(rows) for rows in self.grooves.values())

"""The chords the recogniser can name: twelve roots times the qualities below, and no chord."""

from __future__ import annotations

from dataclasses import dataclass

from engine.harmony import NO_CHORD, PITCH_CLASS_NAMES, QUALITY_TONES, Harmony, parse_harte

QUALITIES = (
    "maj", "min", "7", "maj7", "min7", "maj6", "min6", "sus4", "sus2", "dim", "hdim7", "dim7",
    "aug", "minmaj7", "5",
)  # fmt: skip
N_QUALITIES = len(QUALITIES)
N_ROOTS = 13
NO_ROOT = 12
N_LABELS = 12 * N_QUALITIES + 1
NO_CHORD_LABEL = N_LABELS - 1

_BASS_DEGREES = {
    1: "b2", 2: "2", 3: "b3", 4: "3", 5: "4", 6: "b5", 7: "5", 8: "b6", 9: "6", 10: "b7", 11: "7",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ChordClass:
    """Root and bass 0-11 or ``NO_ROOT``; quality indexes ``QUALITIES``, None without a chord."""

    root: int
    quality: int | None
    bass: int


NO_CHORD_CLASS = ChordClass(NO_ROOT, None, NO_ROOT)


def class_of_label(label: str) -> ChordClass:
    """The nearest class to a Harte label; qualities differing in the fewest tones are nearest.

    Raises ``UnknownChord`` for what is not in the grammar.
    """
    harmony = parse_harte(label)
    if harmony is None:
        return NO_CHORD_CLASS
    return ChordClass(harmony.root, _nearest_quality(harmony), harmony.bass_pitch_class)


def _nearest_quality(harmony: Harmony) -> int:
    def distance(quality: str) -> tuple[int, int]:
        tones = set(QUALITY_TONES[quality])
        # A bass outside the chord (C/Bb) is no reason to call the chord something else.
        differing = tones ^ set(harmony.tones)
        foreign_bass = {harmony.bass} & differing
        return len(differing - foreign_bass), len(differing)

    return min(range(N_QUALITIES), key=lambda index: distance(QUALITIES[index]))


def label_of_class(chord: ChordClass) -> str:
    """Harte label of a class, such as ``A:min7/b3``; ``N`` for no chord."""
    if chord.root == NO_ROOT or chord.quality is None:
        return NO_CHORD
    label = f"{PITCH_CLASS_NAMES[chord.root]}:{QUALITIES[chord.quality]}"
    degree = (chord.bass - chord.root) % 12
    has_own_bass = chord.bass != NO_ROOT and degree != 0
    return f"{label}/{_degree_name(degree, QUALITIES[chord.quality])}" if has_own_bass else label


def _degree_name(semitones: int, quality: str) -> str:
    """Degree of a bass tone; the diminished seventh is ``bb7`` in a chord that has one."""
    return "bb7" if semitones == 9 and quality == "dim7" else _BASS_DEGREES[semitones]


def label_index(root: int, quality: int) -> int:
    """Position of a chord without its bass in the decoder's vocabulary."""
    return root * N_QUALITIES + quality


def root_and_quality(index: int) -> tuple[int, int | None]:
    """Inverse of ``label_index``; ``NO_CHORD_LABEL`` gives ``(NO_ROOT, None)``."""
    if index == NO_CHORD_LABEL:
        return NO_ROOT, None
    return divmod(index, N_QUALITIES)


KEYS = tuple(f"{name}:{mode}" for mode in ("maj", "min") for name in PITCH_CLASS_NAMES)
"""The 24 keys in the order of the key head: major keys from C, then minor keys from C."""


def key_index(key: str) -> int | None:
    """Position of a key such as ``A:min`` or ``Bb:maj`` in ``KEYS``; None for other modes."""
    harmony = parse_harte(key)
    if harmony is None:
        return None
    if 4 in harmony.tones:
        return harmony.root
    return 12 + harmony.root if 3 in harmony.tones else None

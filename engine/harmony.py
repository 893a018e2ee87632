"""Chord labels in Harte's grammar, read into pitch classes.

Source: Harte, Sandler, Abdallah and Gómez, "Symbolic representation of musical chords"
(ISMIR 2005); the tone sets per quality follow the conventions of Coco-Mulla (arXiv 2310.17162):
ninths, elevenths and thirteenths collapse to their sevenths.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

QUALITY_TONES: dict[str, tuple[int, ...]] = {
    "maj": (0, 4, 7),
    "min": (0, 3, 7),
    "aug": (0, 4, 8),
    "dim": (0, 3, 6),
    "sus2": (0, 2, 7),
    "sus4": (0, 5, 7),
    "7": (0, 4, 7, 10),
    "maj7": (0, 4, 7, 11),
    "min7": (0, 3, 7, 10),
    "minmaj7": (0, 3, 7, 11),
    "maj6": (0, 4, 7, 9),
    "min6": (0, 3, 7, 9),
    "dim7": (0, 3, 6, 9),
    "hdim7": (0, 3, 6, 10),
    "aug7": (0, 4, 8, 10),
    "9": (0, 4, 7, 10),
    "maj9": (0, 4, 7, 11),
    "min9": (0, 3, 7, 10),
    "b9": (0, 4, 7, 10),
    "#9": (0, 4, 7, 10),
    "11": (0, 4, 7, 10),
    "#11": (0, 4, 7, 10),
    "maj11": (0, 4, 7, 11),
    "min11": (0, 3, 7, 10),
    "13": (0, 4, 7, 10),
    "maj13": (0, 4, 7, 11),
    "min13": (0, 3, 7, 10),
    "b13": (0, 4, 7, 10),
    "1": (0,),
    "5": (0, 7),
}

PITCH_CLASS_NAMES = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
NO_CHORD = "N"

_LETTERS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_DEGREES = {
    1: 0, 2: 2, 3: 4, 4: 5, 5: 7, 6: 9, 7: 11, 8: 12, 9: 14, 10: 16, 11: 17, 12: 19, 13: 21,
}  # fmt: skip
_LABEL = re.compile(
    r"^(?P<root>[A-G][#b]*)(?::(?P<quality>[^(/]*))?(?:\((?P<added>[^)]*)\))?(?:/(?P<bass>.+))?$"
)


class UnknownChord(ValueError):
    """The label is not in the grammar; ``label`` holds it as given."""

    def __init__(self, label: str) -> None:
        super().__init__(f"unknown chord {label!r}")
        self.label = label


@dataclass(frozen=True, slots=True)
class Harmony:
    """Pitch classes of a chord: ``root`` absolute (C = 0), ``bass`` and ``tones`` above the root.

    The tones always hold the root and the bass.
    """

    root: int
    bass: int
    tones: frozenset[int]

    @property
    def pitch_classes(self) -> frozenset[int]:
        """The sounding pitch classes, absolute."""
        return frozenset((self.root + tone) % 12 for tone in self.tones)

    @property
    def bass_pitch_class(self) -> int:
        """The lowest sounding pitch class, absolute."""
        return (self.root + self.bass) % 12


def pitch_class(name: str) -> int:
    """Pitch class of a note name such as ``F#`` or ``Bbb``; raises ValueError otherwise."""
    if not name or name[0] not in _LETTERS or name[1:].strip("#b"):
        raise ValueError(f"not a note name: {name!r}")
    return (_LETTERS[name[0]] + name.count("#") - name[1:].count("b")) % 12


def degree_semitones(degree: str) -> int:
    """Semitones of a scale degree such as ``b7`` or ``13``; compound degrees exceed 12."""
    digits = degree.lstrip("#b")
    accidentals = degree[: len(degree) - len(digits)]
    if not digits.isdigit() or int(digits) not in _DEGREES:
        raise ValueError(f"not a scale degree: {degree!r}")
    return _DEGREES[int(digits)] + accidentals.count("#") - accidentals.count("b")


def parse_harte(label: str) -> Harmony | None:
    """Read ``root[:quality][(added,*omitted)][/bass-degree]``.

    ``N`` and ``X`` give None: no chord, or one that cannot be named. Added degrees from the
    octave upwards are dropped, as the published encoder does. Raises ``UnknownChord``.
    """
    text = label.strip()
    if text in ("N", "X"):
        return None
    match = _LABEL.match(text)
    if match is None:
        raise UnknownChord(label)
    quality = (match["quality"] or ("1" if match["added"] else "maj")).lower()
    if quality not in QUALITY_TONES:
        raise UnknownChord(label)
    tones = set(QUALITY_TONES[quality])
    try:
        for degree in filter(None, (part.strip() for part in (match["added"] or "").split(","))):
            semitones = degree_semitones(degree.lstrip("*"))
            if degree.startswith("*"):
                tones.discard(semitones % 12)
            elif 0 <= semitones < 12:
                tones.add(semitones)
        bass = degree_semitones(match["bass"]) % 12 if match["bass"] else 0
    except ValueError as error:
        raise UnknownChord(label) from error
    return Harmony(pitch_class(match["root"]), bass, frozenset(tones | {0, bass}))

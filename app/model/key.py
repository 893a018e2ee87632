"""Roman numerals, function and spelling of chords in a key written ``A:min`` or ``C:maj``."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from app.model.chord_symbol import read_symbol, spell
from engine.harmony import Harmony, pitch_class

_MAJOR = (0, 2, 4, 5, 7, 9, 11)
_MINOR = (0, 2, 3, 5, 7, 8, 10)
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII")


class Function(StrEnum):
    """What a chord does in its key; decides its colour."""

    TONIC = "tonic"
    PREDOMINANT = "predominant"
    DOMINANT = "dominant"
    BORROWED = "borrowed"
    NO_CHORD = "no chord"


_FUNCTIONS = {
    1: Function.TONIC,
    2: Function.PREDOMINANT,
    3: Function.TONIC,
    4: Function.PREDOMINANT,
    5: Function.DOMINANT,
    6: Function.TONIC,
    7: Function.DOMINANT,
}


@dataclass(frozen=True, slots=True)
class Role:
    """A chord's place in a key. ``is_family_root`` marks the one chord its family is named for."""

    numeral: str
    function: Function
    is_family_root: bool = False


@lru_cache(maxsize=4096)
def role_of(text: str, key: str, german_names: bool = False) -> Role:
    """Numeral and function of a chord text; no chord and unknown text have an empty numeral."""
    harmony = read_symbol(text, german_names).harmony
    if harmony is None:
        return Role("", Function.NO_CHORD)
    tonic, is_minor = _parts(key)
    scale = _MINOR if is_minor else _MAJOR
    step = (harmony.root - tonic) % 12
    raised = is_minor and step == 11
    degree, accidental = (7, "#") if raised else _degree(step, scale)
    pitches = {(pitch - tonic) % 12 for pitch in harmony.pitch_classes}
    allowed = set(scale)
    if is_minor and (raised or step == 7):  # dominants of a minor key take its leading note
        allowed = (allowed | {11}) - ({10} if 11 in pitches else set())
    is_diatonic = pitches <= allowed and (not accidental or raised)
    function = _FUNCTIONS[degree] if is_diatonic else Function.BORROWED
    numeral = accidental + _cased(_ROMAN[degree - 1], harmony) + _suffix(harmony)
    return Role(numeral, function, is_diatonic and degree in (1, 4, 5))


def prefers_flats(key: str) -> bool | None:
    """Whether a key's signature has flats; None for none at all (C major, A minor)."""
    tonic, is_minor = _parts(key)
    major = (tonic + 3) % 12 if is_minor else tonic
    if major == 0:
        return None
    if major == 6:
        return "b" in key.partition(":")[0]
    return major in (5, 10, 3, 8, 1)


def diatonic_chords(key: str) -> tuple[str, ...]:
    """The seven triads of a key as symbols; a minor key's fifth is its dominant, major."""
    tonic, is_minor = _parts(key)
    scale = _MINOR if is_minor else _MAJOR
    kinds = ("m", "dim", "", "m", "", "", "") if is_minor else ("", "m", "m", "", "", "m", "dim")
    flats = prefers_flats(key)
    return tuple(spell(tonic + step, flats) + kind for step, kind in zip(scale, kinds, strict=True))


def borrowed_chords(key: str) -> tuple[str, ...]:
    """Chords of the parallel key that are often met, as symbols."""
    tonic, is_minor = _parts(key)
    flats = prefers_flats(key)
    steps = (
        ((0, ""), (2, "m"), (5, ""), (7, "m"))
        if is_minor
        else ((5, "m"), (8, ""), (10, ""), (3, ""), (0, "m"))
    )
    return tuple(
        spell(tonic + step, True if flats is None else flats) + kind for step, kind in steps
    )


def circle_of_fifths(key: str) -> tuple[str, ...]:
    """The twelve major or minor triads a fifth apart, from the tonic upwards, as symbols."""
    tonic, is_minor = _parts(key)
    flats = prefers_flats(key)
    return tuple(spell(tonic + 7 * step, flats) + ("m" if is_minor else "") for step in range(12))


def scale_pitch_classes(key: str) -> frozenset[int]:
    """The seven pitch classes of a key; natural minor."""
    tonic, is_minor = _parts(key)
    return frozenset((tonic + step) % 12 for step in (_MINOR if is_minor else _MAJOR))


def key_name(key: str) -> str:
    """``A minor``, ``C major``."""
    root, _, mode = key.partition(":")
    return f"{root} {'minor' if mode == 'min' else 'major'}"


def semitones_between(old: str, new: str) -> int:
    """The shortest way from one key's tonic to another's, -5..6; of relative keys, none.

    A minor and C major share their notes, so going from one to the other moves nothing.
    """
    (first, was_minor), (second, is_minor) = _parts(old), _parts(new)
    if was_minor != is_minor:
        first, second = first + 3 * was_minor, second + 3 * is_minor
    return (second - first + 5) % 12 - 5


def transpose_key(key: str, semitones: int) -> str:
    """The key some semitones away, spelled as it is most often met."""
    tonic, is_minor = _parts(key)
    return f"{spell(tonic + semitones)}:{'min' if is_minor else 'maj'}"


def _parts(key: str) -> tuple[int, bool]:
    root, _, mode = key.partition(":")
    return pitch_class(root), mode == "min"


def _degree(step: int, scale: tuple[int, ...]) -> tuple[int, str]:
    """Degree 1-7 and its accidental; outside the scale the degree above, lowered."""
    if step in scale:
        return scale.index(step) + 1, ""
    if step + 1 in scale:
        return scale.index(step + 1) + 1, "b"
    return scale.index(step - 1) + 1, "#"


def _cased(roman: str, harmony: Harmony) -> str:
    return roman.lower() if 3 in harmony.tones and 4 not in harmony.tones else roman


def _suffix(harmony: Harmony) -> str:
    tones = harmony.tones
    if {3, 6} <= tones and 7 not in tones:
        return "°7" if 9 in tones else "ø7" if 10 in tones else "°"
    mark = "+" if {4, 8} <= tones and 7 not in tones else ""
    if 11 in tones:
        return f"{mark}maj7"
    if 10 in tones:
        return f"{mark}7"
    return mark

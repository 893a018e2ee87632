"""One lead-sheet chord symbol: read into Harte's grammar, never changed into another chord."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from engine.harmony import (
    NO_CHORD,
    PITCH_CLASS_NAMES,
    QUALITY_TONES,
    Harmony,
    UnknownChord,
    parse_harte,
    pitch_class,
)

NO_CHORD_TEXTS = ("N.C.", "N.C", "NC", "N")

_QUALITIES = {
    "": "maj", "maj": "maj", "M": "maj", "major": "maj",
    "m": "min", "min": "min", "-": "min", "mi": "min", "minor": "min",
    "7": "7", "dom7": "7",
    "maj7": "maj7", "M7": "maj7", "Δ": "maj7", "Δ7": "maj7", "ma7": "maj7", "j7": "maj7",
    "m7": "min7", "min7": "min7", "-7": "min7", "mi7": "min7",
    "mMaj7": "minmaj7", "mmaj7": "minmaj7", "mM7": "minmaj7", "minmaj7": "minmaj7",
    "minMaj7": "minmaj7", "-maj7": "minmaj7", "mΔ": "minmaj7", "mΔ7": "minmaj7",
    "m7b5": "hdim7", "min7b5": "hdim7", "-7b5": "hdim7", "ø": "hdim7", "ø7": "hdim7",
    "6": "maj6", "maj6": "maj6", "M6": "maj6", "m6": "min6", "min6": "min6", "-6": "min6",
    "9": "9", "maj9": "maj9", "M9": "maj9", "Δ9": "maj9", "m9": "min9", "min9": "min9",
    "-9": "min9", "11": "11", "maj11": "maj11", "m11": "min11", "min11": "min11",
    "-11": "min11", "13": "13", "maj13": "maj13", "M13": "maj13", "m13": "min13",
    "min13": "min13", "-13": "min13",
    "dim": "dim", "o": "dim", "°": "dim", "dim7": "dim7", "o7": "dim7", "°7": "dim7",
    "aug": "aug", "+": "aug", "aug7": "aug7", "+7": "aug7",
    "5": "5",
}  # fmt: skip
_EXTRAS = {
    "add9": ("9",), "add2": ("2",), "add4": ("4",), "add11": ("11",), "add13": ("13",),
    "sus2": ("*3", "2"), "sus4": ("*3", "4"), "sus": ("*3", "4"),
    "b5": ("*5", "b5"), "#5": ("*5", "#5"), "b9": ("b9",), "#9": ("#9",), "#11": ("#11",),
    "b13": ("b13",), "/9": ("9",), "69": ("9",),
}  # fmt: skip
_BY_LENGTH = tuple(sorted(_QUALITIES, key=len, reverse=True))
_EXTRAS_BY_LENGTH = tuple(sorted((name for name in _EXTRAS if name != "69"), key=len, reverse=True))
_ROOT = re.compile(r"[A-H][#b]?")
_NOTE = re.compile(r"[A-H](##|bb|[#b])?$")
_SIGNS = str.maketrans({"♯": "#", "♭": "b", "△": "Δ", "–": "-", "−": "-"})
_SHORT_NAMES = {
    "maj": "", "min": "m", "aug": "+", "dim": "dim", "sus2": "sus2", "sus4": "sus4", "7": "7",
    "maj7": "maj7", "min7": "m7", "minmaj7": "mMaj7", "maj6": "6", "min6": "m6",
    "dim7": "dim7", "hdim7": "m7b5", "aug7": "aug7", "5": "5",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Symbol:
    """What a chord text means.

    ``harte`` is its label, ``N`` for no chord; None where the text is unknown, and then
    ``error_at`` is the letter at which reading failed and ``suggestion`` a close symbol or
    empty. ``hears`` is what the engine is told, as a symbol; ``is_reduced`` says that this is
    less than what was written (``C13`` is heard as ``C7``).
    """

    text: str
    harte: str | None
    root: int | None = None
    hears: str = ""
    is_reduced: bool = False
    error_at: int = 0
    suggestion: str = ""

    @property
    def is_known(self) -> bool:
        """Whether the text is in the grammar."""
        return self.harte is not None

    @property
    def harmony(self) -> Harmony | None:
        """Its pitch classes; None for no chord and for unknown text."""
        return None if self.harte is None else parse_harte(self.harte)


@lru_cache(maxsize=4096)
def read_symbol(text: str, german_names: bool = False) -> Symbol:
    """Read a chord symbol, a Harte label or ``N.C.``; unknown text is told, not raised.

    ``german_names``: H is the note below C, and B the one below that.
    """
    written = text.strip().translate(_SIGNS)
    if written in NO_CHORD_TEXTS:
        return Symbol(text, NO_CHORD, hears="N.C.")
    try:
        harte, is_reduced = _to_harte(written, german_names)
    except _Unreadable as error:
        suggestion = _suggest(written, german_names)
        return Symbol(text, None, error_at=error.at, suggestion=suggestion)
    harmony = parse_harte(harte)
    if harmony is None:
        return Symbol(text, NO_CHORD, hears="N.C.")
    return Symbol(text, harte, harmony.root, _name(harmony, harte), is_reduced)


def harte_of(text: str, german_names: bool = False) -> str:
    """The label the engine is given; unknown text counts as no chord."""
    return read_symbol(text, german_names).harte or NO_CHORD


def localised(text: str, german_names: bool) -> str:
    """An English symbol in the names in use: with German ones B is written H, and B flat B."""
    if not german_names or ":" in text:
        return text
    symbol = read_symbol(text)
    if symbol.root is None:
        return text
    head, slash, bass = text.partition("/")
    if not _NOTE.match(bass):
        head, slash, bass = text, "", ""
    match = _ROOT.match(head)
    assert match is not None
    return _local(match[0], german_names) + head[match.end() :] + slash + _local(bass, german_names)


def symbol_of_harte(label: str, german_names: bool = False) -> str:
    """A Harte label as a musician writes it: ``A:min7/b3`` gives ``Am7/C``, ``N`` ``N.C.``.

    Raises ``UnknownChord``. A label that no symbol means exactly stays in Harte.
    """
    return localised(_english_symbol(label), german_names)


def _english_symbol(label: str) -> str:
    harmony = parse_harte(label)
    if harmony is None:
        return "N.C."
    chord, slash, _ = label.partition("/")
    root, _, rest = chord.partition(":")
    quality, _, added = rest.partition("(")
    degrees = tuple(part.strip() for part in added.rstrip(")").split(",") if part.strip())
    symbol = root + _quality_name(quality or "maj") + _extra_names(degrees)
    if slash and harmony.bass:
        symbol += f"/{spell(harmony.bass_pitch_class, True if 'b' in root else None)}"
    read = read_symbol(symbol)
    same = read.harte is not None and (
        read.harte.partition("/")[0] == (chord if rest else f"{root}:maj")
    )
    return symbol if same and read.harmony == harmony else label


def _quality_name(quality: str) -> str:
    if quality in _SHORT_NAMES:
        return _SHORT_NAMES[quality]
    return next((name for name, harte in _QUALITIES.items() if harte == quality), quality)


def _extra_names(degrees: tuple[str, ...]) -> str:
    """``("*5", "b5")`` gives ``b5``; degrees that no extra means are written as they are."""
    names = ""
    while degrees:
        for name, meaning in _EXTRAS.items():
            thirdless = tuple("*b3" if degree == "*3" else degree for degree in meaning)
            if degrees[: len(meaning)] in (meaning, thirdless):
                names += name
                degrees = degrees[len(meaning) :]
                break
        else:
            return names + "".join(degrees)
    return names


def spell(pitch: int, with_flats: bool | None = None) -> str:
    """A note name for a pitch class; None mixes sharps and flats as they are most often met."""
    if with_flats is None:
        return PITCH_CLASS_NAMES[pitch % 12]
    flats = ("C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B")
    sharps = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")
    return (flats if with_flats else sharps)[pitch % 12]


def transpose_symbol(
    text: str, semitones: int, with_flats: bool | None = None, german_names: bool = False
) -> str:
    """The same symbol on another root and bass; its quality stays as typed.

    Unknown text and ``N.C.`` come back unchanged. The result is in English names unless
    ``german_names``.
    """
    symbol = read_symbol(text, german_names)
    if symbol.root is None:
        return text
    written = text.strip().translate(_SIGNS)
    head, slash, bass = written.rpartition("/")
    if not slash or not _NOTE.match(bass):
        head, slash, bass = written, "", ""
    match = _ROOT.match(head)
    if match is None:
        return text

    def moved(name: str) -> str:
        pitch = pitch_class(_english(name, german_names)) + semitones
        return _local(spell(pitch, with_flats), german_names)

    return moved(match[0]) + head[match.end() :] + slash + (moved(bass) if bass else "")


class _Unreadable(Exception):
    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.at = at


def _to_harte(written: str, german_names: bool) -> tuple[str, bool]:
    """The label, and whether more was written than the engine's tone sets hold."""
    if ":" in written or written == "X":
        try:
            parse_harte(written)
        except UnknownChord:
            raise _Unreadable(written.find(":") + 1) from None
        return written, any(digit in written for digit in ("9", "11", "13"))
    root_match = _ROOT.match(written)
    if root_match is None or (root_match[0][0] == "H" and not german_names):
        raise _Unreadable(0)
    root = _english(root_match[0], german_names)
    head, slash, bass = written.rpartition("/")
    if not slash or bass.isdigit():  # "C6/9" has no bass
        head, bass = written, ""
    elif not _NOTE.match(bass) or (bass[0] == "H" and not german_names):
        raise _Unreadable(len(head) + 1)
    body = head[root_match.end() :]
    quality, degrees = _read_quality(body, root_match.end())
    label = f"{root}:{quality}" + (f"({','.join(degrees)})" if degrees else "")
    if bass:
        degree = _degree(root, _english(bass, german_names))
        label += "" if degree == "1" else f"/{degree}"
    is_reduced = any(digit in quality for digit in ("9", "11", "13")) or any(
        degree.strip("#b*") in ("9", "11", "13") for degree in degrees
    )
    return label, is_reduced


def _read_quality(body: str, at: int) -> tuple[str, list[str]]:
    """Quality in Harte's words, with the degrees added and, starred, taken away."""
    plain = body.replace("(", "").replace(")", "").replace(",", "")
    if plain in ("69", "6/9", "m69", "m6/9"):
        return ("min6" if plain.startswith("m") else "maj6"), ["9"]
    if body.startswith("("):  # "C(b5)": the parenthesis holds only extras
        name, rest = "", plain
    else:
        name = next(name for name in _BY_LENGTH if plain.startswith(name))
        rest = plain[len(name) :]
    quality = _QUALITIES[name]
    degrees: list[str] = []
    while rest:
        extra = next((name for name in _EXTRAS_BY_LENGTH if rest.startswith(name)), None)
        if extra is None:
            raise _Unreadable(at + len(body) - len(rest))
        degrees += _EXTRAS[extra]
        rest = rest[len(extra) :]
    if quality == "maj" and degrees in (["*3", "2"], ["*3", "4"]):
        return f"sus{degrees[1]}", []
    if quality == "7" and degrees == ["*5", "#5"]:
        return "aug7", []
    if quality == "maj" and degrees == ["*5", "#5"]:
        return "aug", []
    third = "*b3" if quality.startswith(("min", "hdim", "dim")) else "*3"
    return quality, [third if degree == "*3" else degree for degree in degrees]


def _degree(root: str, bass: str) -> str:
    """The bass note as a scale degree above the root, by letter and semitone: E over C is 3."""
    letters = "CDEFGAB"
    steps = (letters.index(bass[0]) - letters.index(root[0])) % 7
    natural = (0, 2, 4, 5, 7, 9, 11)[steps]
    shift = (pitch_class(bass) - pitch_class(root) - natural + 6) % 12 - 6
    return ("#" * shift if shift > 0 else "b" * -shift) + str(steps + 1)


def _name(harmony: Harmony, harte: str) -> str:
    """A symbol for a tone set; its note names where it has none."""
    bare = parse_harte(harte.partition("/")[0])
    tones = harmony.tones if bare is None else bare.tones
    root = harte.partition(":")[0].partition("/")[0]
    flats = True if "b" in root else None
    bass = "" if harmony.bass == 0 else f"/{spell(harmony.bass_pitch_class, flats)}"
    for quality, short in _SHORT_NAMES.items():
        if frozenset(QUALITY_TONES[quality]) == tones:
            return root + short + bass
    notes = (spell(harmony.root + tone, flats) for tone in sorted(tones))
    return " ".join(notes) + bass


def _english(name: str, german_names: bool) -> str:
    if not german_names:
        return name
    if name[0] == "H":
        return "B" + name[1:]
    return "Bb" if name == "B" else name


def _local(name: str, german_names: bool) -> str:
    if not german_names:
        return name
    return {"B": "H", "Bb": "B"}.get(name, name)


def _suggest(written: str, german_names: bool) -> str:
    """The nearest readable symbol by small repairs of the spelling, or an empty text."""
    candidates = []
    if written[:1] == "H" and not german_names:
        candidates.append("B" + written[1:])
    if written[:1].islower():
        candidates.append(written[0].upper() + written[1:])
    candidates += [written[:end] for end in range(len(written) - 1, 0, -1)]
    for candidate in filter("X".__ne__, candidates):
        try:
            _to_harte(candidate, german_names)
        except _Unreadable:
            continue
        return candidate
    return ""

"""What can be said about music in words that a listener may check: families of instruments,
styles, paces and moods."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from engine.lm.words import PromptReader
from engine.timebase import Seconds, Span
from engine.training.corpus.moods import FAST_FROM_BPM, SLOW_BELOW_BPM
from engine.training.corpus.piece import DRUMS, Part, Piece
from engine.training.corpus.styles import STYLES

FAMILIES: dict[str, tuple[int, ...]] = {
    "piano": (0, 1, 2, 3),
    "electric piano": (4, 5),
    "clavinet": (6, 7),
    "mallets": tuple(range(8, 16)),
    "organ": tuple(range(16, 21)),
    "accordion": (21, 22, 23),
    "acoustic guitar": (24, 25),
    "electric guitar": (26, 27, 28),
    "distorted guitar": (29, 30, 31),
    "upright bass": (32, 43),
    "bass guitar": (33, 34, 35, 36, 37),
    "synth bass": (38, 39, 87),
    "solo strings": (40, 41, 42, 110),
    "plucked strings": (45, 46, 104, 105, 106, 107),
    "strings": (44, 48, 49, 50, 51),
    "voices": (52, 53, 54),
    "brass": tuple(range(56, 64)),
    "saxophone": (64, 65, 66, 67),
    "woodwind": tuple(range(68, 80)),
    "synth lead": (80, 81, 82, 83, 84, 85, 86),
    "synth pad": tuple(range(88, 104)),
}
KIT_FAMILIES: dict[str, tuple[int, ...]] = {
    "drum kit": (0, 8, 16),
    "electronic drums": (24, 25),
    "jazz drums": (32, 40),
    "orchestral percussion": (48,),
}
INSTRUMENTS = (*FAMILIES, *KIT_FAMILIES)

STYLE_NAMES = tuple(style.name for style in STYLES)
PACES = ("slow", "medium", "fast")
MOODS = (
    "sad", "moody", "tense", "calm", "warm", "cheerful", "dreamy", "energetic", "dark", "powerful",
    "relaxed", "elegant", "groovy", "nostalgic", "minimal", "lush", "raw", "playful",
)  # fmt: skip

LEAST_SOUNDING_S, STROKE_S = 0.5, 0.25

_FAMILY_OF_PROGRAM = {program: name for name, group in FAMILIES.items() for program in group}
_FAMILY_OF_KIT = {kit: name for name, group in KIT_FAMILIES.items() for kit in group}


def family_of(part: Part) -> str | None:
    """The family of a player's instrument; None for sounds outside all families."""
    if part.role == DRUMS:
        return _FAMILY_OF_KIT.get(part.program)
    return _FAMILY_OF_PROGRAM.get(part.program)


def sounding_parts(piece: Piece, span: Span[Seconds]) -> tuple[Part, ...]:
    """The players heard for at least half a second within a span."""
    return tuple(part for part in piece.parts if _sounding_s(piece, part, span) >= LEAST_SOUNDING_S)


def _sounding_s(piece: Piece, part: Part, span: Span[Seconds]) -> float:
    if part.role == DRUMS:
        return STROKE_S * sum(span.start <= hit.time < span.end for hit in piece.score.drums)
    return sum(
        max(0.0, min(span.end, note.span.end) - max(span.start, note.span.start))
        for note in part.notes
    )


def pace_of(felt_bpm: float) -> str:
    """Slow, medium or fast, as the corpus speaks of it."""
    return PACES[(felt_bpm >= SLOW_BELOW_BPM) + (felt_bpm >= FAST_FROM_BPM)]


def moods_of(words: Iterable[str]) -> frozenset[str]:
    """The moods of ``MOODS`` nearest to these words; words near none say nothing."""
    reader = _mood_reader()
    return frozenset(mood for word in words for mood in reader.known_words(word))


@cache
def _mood_reader() -> PromptReader:
    return PromptReader(MOODS)

"""Well-known chord progressions, in numerals, for any key."""

from __future__ import annotations

import re

from app.model.chord_symbol import read_symbol, spell
from app.model.key import prefers_flats
from engine.harmony import pitch_class

PROGRESSIONS: dict[str, str] = {
    "Four chords": "I V vi IV",
    "Doo-wop": "I vi IV V",
    "Two five one": "ii7 V7 Imaj7 Imaj7",
    "Sensitive": "vi IV I V",
    "Blues": "I7 I7 I7 I7 IV7 IV7 I7 I7 V7 IV7 I7 V7",
    "Canon": "I V vi iii IV I IV V",
    "Andalusian": "vi V IV III",
    "Minor lift": "vi IV V vi",
    "Modal rock": "I bVII IV I",
    "Plagal": "I IV I IV",
}
_STEPS = {"i": 0, "ii": 2, "iii": 4, "iv": 5, "v": 7, "vi": 9, "vii": 11}
_NUMERAL = re.compile(r"(?P<accidentals>[b#]*)(?P<roman>[ivIV]+)(?P<quality>.*)$")


def progression_chords(numerals: str, key: str) -> tuple[str, ...]:
    """Numerals of a major key as symbols; in a minor key they are read in its relative major.

    Raises ValueError for a word that is no numeral.
    """
    root, _, mode = key.partition(":")
    tonic = pitch_class(root) + (3 if mode == "min" else 0)
    flats = prefers_flats(key)
    return tuple(_chord(word, tonic, flats) for word in numerals.split())


def _chord(word: str, tonic: int, flats: bool | None) -> str:
    match = _NUMERAL.match(word)
    if match is None or match["roman"].lower() not in _STEPS:
        raise ValueError(f"not a numeral: {word!r}")
    roman, quality = match["roman"], match["quality"].replace("°", "dim")
    shift = match["accidentals"].count("#") - match["accidentals"].count("b")
    minor = "m" if roman.islower() and not quality.startswith("dim") else ""
    root = spell(tonic + _STEPS[roman.lower()] + shift, True if shift < 0 else flats)
    if not read_symbol(root + minor + quality).is_known:
        raise ValueError(f"not a numeral: {word!r}")
    return root + minor + quality

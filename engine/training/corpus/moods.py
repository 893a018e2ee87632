"""Words for how a piece feels, from its style and from its mode, pace and fullness."""

from __future__ import annotations

from random import Random

from engine.training.corpus.style import Style

SLOW_BELOW_BPM, FAST_FROM_BPM = 85.0, 125.0
N_SPARSE, N_FULL = 2, 6
SLOW_MINOR = ("sad", "melancholic", "sorrowful", "gloomy", "mournful", "lonely")
MEDIUM_MINOR = ("serious", "moody", "brooding", "dark", "pensive", "bittersweet")
FAST_MINOR = ("tense", "intense", "urgent", "dramatic", "fierce", "nervous")
SLOW_MAJOR = ("peaceful", "gentle", "calm", "serene", "tranquil", "soothing")
MEDIUM_MAJOR = ("warm", "pleasant", "friendly", "optimistic", "hopeful", "positive")
FAST_MAJOR = ("happy", "cheerful", "joyful", "upbeat", "lively", "fun")
WITHOUT_KEY = ("experimental", "unpredictable", "strange", "adventurous", "quirky")
SPARSE = ("sparse", "minimal", "stripped-down", "bare", "intimate", "simple")
FULL = ("full", "rich", "big", "layered", "lush")


def felt_bpm(tempo_bpm: float, meter: str) -> float:
    """The pace as a listener would tell it: the quarters of 6/8 run faster than they feel."""
    return tempo_bpm / 1.3 if meter == "6/8" else tempo_bpm


def draw_moods(style: Style, key: str, bpm: float, n_parts: int, rng: Random) -> tuple[str, ...]:
    """Two words of the style, one for mode and pace, and one where few or many play.

    Args:
        style: the style.
        key: such as ``A:min``; ``N`` for none.
        bpm: the felt pace, quarters per minute.
        n_parts: players.
        rng: draws the words.
    """
    words = rng.sample(style.moods, 2)
    pace = 0 if bpm < SLOW_BELOW_BPM else 1 if bpm < FAST_FROM_BPM else 2
    if key.endswith(":min"):
        words.append(rng.choice((SLOW_MINOR, MEDIUM_MINOR, FAST_MINOR)[pace]))
    elif key.endswith(":maj"):
        words.append(rng.choice((SLOW_MAJOR, MEDIUM_MAJOR, FAST_MAJOR)[pace]))
    elif n_parts > 1:
        words.append(rng.choice(WITHOUT_KEY))
    if n_parts <= N_SPARSE:
        words.append(rng.choice(SPARSE))
    elif n_parts >= N_FULL:
        words.append(rng.choice(FULL))
    return tuple(dict.fromkeys(words))

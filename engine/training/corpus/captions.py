"""Descriptions of a piece in varied English, from its truth."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from engine.training.corpus.instrument_words import INSTRUMENT_WORDS
from engine.training.corpus.moods import FAST_FROM_BPM, SLOW_BELOW_BPM
from engine.training.corpus.piece import DRUMS, Part
from engine.training.corpus.style import Style

SLOW = ("slow", "very relaxed tempo", "unhurried", "slow-paced", "downtempo", "slow tempo", "lazy")
MEDIUM = (
    "mid-tempo", "moderate tempo", "medium pace", "steady tempo", "walking pace", "medium tempo",
)  # fmt: skip
FAST = ("fast", "up-tempo", "quick", "fast-paced", "high-energy tempo", "fast tempo", "speedy")
VERY_FAST = ("very fast", "breakneck", "rapid", "racing", "really fast")
VERY_FAST_BPM = 160.0
COMMON = ("4/4", "four-four", "common time", "4/4 beat")
WALTZ = ("waltz", "in three", "waltz time", "3/4 time", "triple meter", "3/4", "three-four")
COMPOUND = (
    "in six-eight", "6/8 feel", "rolling 6/8", "compound meter", "lilting six-eight", "6/8",
)  # fmt: skip
SWUNG = ("swung", "swing feel", "shuffled", "with a swing feel", "triplet feel")
NO_DRUMS = (
    "no drums", "without drums", "drumless", "no percussion", "beatless", "drum-free", "no beat",
)  # fmt: skip
NO_BASS = ("no bass", "without bass")
NO_TUNE = (
    "instrumental backing", "backing track", "accompaniment only", "no lead", "groove only",
    "no melody", "chords only",
)  # fmt: skip
DRUMS_ALONE = (
    "drums only", "drum loop", "just drums", "drum solo", "only drums", "solo drums", "drum beat",
    "beat without chords", "rhythm only",
)  # fmt: skip
N_CAPTIONS = 8


@dataclass(frozen=True, slots=True)
class Facts:
    """What a description may mention; ``felt_bpm`` is the pace a listener would tell."""

    style: Style
    parts: tuple[Part, ...]
    tempo_bpm: float
    felt_bpm: float
    meter: str
    key: str
    moods: tuple[str, ...]
    is_swung: bool = False

    @property
    def has_key(self) -> bool:
        """Whether the harmony stays in one key."""
        return self.key.endswith((":maj", ":min"))

    def has(self, role: str) -> bool:
        """Whether anyone plays this role."""
        return any(part.role == role for part in self.parts)


def write_captions(facts: Facts, rng: Random) -> tuple[str, ...]:
    """Eight descriptions, from one word to a sentence, as different people would type them."""
    writers = (_list, _list, _style_only, _players_only, _mood_and_pace, _short, _sentence, _wish)
    return tuple(_as_typed(write(facts, rng), rng) for write in writers)


def tempo_word(bpm: float, rng: Random) -> str:
    """A word for a felt pace in quarters per minute: slow below 85, fast from 125."""
    if bpm >= VERY_FAST_BPM and rng.random() < 0.5:
        return rng.choice(VERY_FAST)
    return rng.choice(SLOW if bpm < SLOW_BELOW_BPM else MEDIUM if bpm < FAST_FROM_BPM else FAST)


def spoken_key(key: str, rng: Random) -> str:
    """``Bb:min`` as ``Bb minor``, ``in B flat minor`` or the like."""
    tonic, _, mode = key.partition(":")
    if rng.random() < 0.3:
        tonic = tonic.replace("b", " flat").replace("#", " sharp")
    name = f"{tonic} {'minor' if mode == 'min' else 'major'}"
    return rng.choice((name, name, f"in {name}", f"key of {name}"))


def _spoken(part: Part, rng: Random) -> str:
    return rng.choice(INSTRUMENT_WORDS.get(part.instrument, (part.instrument,)))


def _band(facts: Facts, rng: Random, at_most: int = 4) -> list[str]:
    """Some of the players; one who plays alone is said to."""
    if len(facts.parts) == 1:
        if facts.has(DRUMS):
            return [rng.choice(DRUMS_ALONE)]
        name = _spoken(facts.parts[0], rng)
        forms = (name, f"solo {name}", f"just {name}", f"{name} alone", f"only {name}")
        return [rng.choice(forms)]
    chosen = list(facts.parts)
    rng.shuffle(chosen)
    return list(dict.fromkeys(_spoken(part, rng) for part in chosen[:at_most]))


def _pace(facts: Facts, rng: Random) -> str:
    if rng.random() < 0.7:
        return tempo_word(facts.felt_bpm, rng)
    bpm = round(facts.tempo_bpm)
    return rng.choice((f"{bpm} bpm", f"{bpm}bpm", f"at {bpm} bpm", f"tempo {bpm}", f"{bpm} BPM"))


def _missing(facts: Facts, rng: Random) -> list[str]:
    """What is said about players who are not there."""
    said = []
    if not facts.has(DRUMS) and rng.random() < 0.5:
        said.append(rng.choice(NO_DRUMS))
    if not facts.has("bass") and rng.random() < 0.15:
        said.append(rng.choice(NO_BASS))
    is_harmony = any(part.role not in (DRUMS, "bass", "melody") for part in facts.parts)
    if is_harmony and not facts.has("melody") and rng.random() < 0.2:
        said.append(rng.choice(NO_TUNE))
    return said


def _extras(facts: Facts, rng: Random) -> list[str]:
    extras = []
    if rng.random() < 0.7:
        extras.append(_pace(facts, rng))
    if facts.has_key and rng.random() < 0.25:
        extras.append(spoken_key(facts.key, rng))
    if rng.random() < (0.06 if facts.meter == "4/4" else 0.5):
        words = {"4/4": COMMON, "3/4": WALTZ, "6/8": COMPOUND}
        extras.append(rng.choice(words[facts.meter]))
    if facts.is_swung and rng.random() < 0.2:
        extras.append(rng.choice(SWUNG))
    if facts.style.words and rng.random() < 0.4:
        extras.append(rng.choice(facts.style.words))
    return extras + _missing(facts, rng)


def _list(facts: Facts, rng: Random) -> str:
    words = [*_band(facts, rng), *_extras(facts, rng)]
    words += rng.sample(facts.moods, rng.randint(0, 2))
    rng.shuffle(words)
    words.insert(rng.choice((0, 0, len(words))), rng.choice(facts.style.synonyms))
    return _joined(words, rng)


def _style_only(facts: Facts, rng: Random) -> str:
    name = rng.choice(facts.style.synonyms)
    forms = (name, name, f"{name} music", f"some {name}", f"{_a(name)} track", f"{name} song")
    return rng.choice(forms)


def _players_only(facts: Facts, rng: Random) -> str:
    words = _band(facts, rng, at_most=rng.randint(1, 5)) + _missing(facts, rng)
    if len(words) > 1 and rng.random() < 0.4:
        return f"{', '.join(words[:-1])} and {words[-1]}"
    return _joined(words, rng)


def _mood_and_pace(facts: Facts, rng: Random) -> str:
    mood, pace = rng.choice(facts.moods), _pace(facts, rng)
    moods = " and ".join(rng.sample(facts.moods, 2)) if rng.random() < 0.3 else mood
    word = tempo_word(facts.felt_bpm, rng)
    forms = (f"{moods}, {pace}", f"{pace}, {moods}", f"{word} and {mood}", moods,
             f"something {mood}, {pace}")  # fmt: skip
    return rng.choice(forms)


def _short(facts: Facts, rng: Random) -> str:
    name = rng.choice(facts.style.synonyms)
    player = rng.choice(_band(facts, rng))
    form = rng.randrange(5)
    if form == 0:
        return f"{rng.choice(facts.moods)} {name}"
    if form == 1:
        return f"{tempo_word(facts.felt_bpm, rng)} {name}"
    if form == 2:
        return f"{name} with {player}"
    if form == 3:
        return f"{player} {name}"
    return f"{rng.choice(facts.moods)} {name}, {player}"


def _sentence(facts: Facts, rng: Random) -> str:
    players = _enumerated(_band(facts, rng, at_most=rng.randint(2, 5)))
    name, mood = rng.choice(facts.style.synonyms), rng.choice(facts.moods)
    opening = rng.choice((
        f"{_a(mood)} {name} piece with {players}",
        f"{mood} {name} featuring {players}",
        f"{players} playing {mood} {name}",
        f"{name} with {players}",
        f"{_a(name)} track built on {players}",
        f"{_a(mood)} song in {name} style, with {players}",
    ))  # fmt: skip
    extras = _extras(facts, rng)
    sentences = [opening, ", ".join(extras)] if extras else [opening]
    return " ".join(f"{text[0].upper()}{text[1:]}." for text in sentences)


def _wish(facts: Facts, rng: Random) -> str:
    name, mood = rng.choice(facts.style.synonyms), rng.choice(facts.moods)
    players = _enumerated(_band(facts, rng, at_most=rng.randint(1, 3)))
    what = rng.choice((
        f"{_a(mood)} {name} groove with {players}",
        f"{_a(tempo_word(facts.felt_bpm, rng))} {name} tune",
        f"{_a(mood)} {name} track",
        f"{name} with {players}, {_pace(facts, rng)}",
    ))  # fmt: skip
    return rng.choice(("make ", "play ", "i want ", "give me ", "create ", "I need ", "")) + what


def _joined(words: list[str], rng: Random) -> str:
    return rng.choice((", ", ", ", ", ", " ", " / ", "; ", ",")).join(words)


def _enumerated(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]


def _as_typed(text: str, rng: Random) -> str:
    """The habits of typing: capitals or none, a full stop or none, ``&`` for ``and``."""
    habit = rng.random()
    if habit < 0.4:
        text = text.lower()
    elif habit < 0.6:
        text = text[0].upper() + text[1:]
    elif habit < 0.65:
        text = text.title()
    elif habit < 0.68:
        text = text.upper()
    if rng.random() < 0.1:
        text = text.replace(" and ", " & ")
    if rng.random() < 0.12 and text[-1].isalnum():
        text += rng.choice((".", "!", "..."))
    return text


def _a(word: str) -> str:
    return f"{'an' if word[0].lower() in 'aeiou' or word.startswith('808') else 'a'} {word}"

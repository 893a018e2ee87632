"""Descriptions of a piece in varied English, from its truth."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from engine.training.corpus.piece import DRUMS, Part
from engine.training.corpus.style import Style

SLOW = ("slow", "very relaxed tempo", "unhurried", "slow-paced", "downtempo")
MEDIUM = ("mid-tempo", "moderate tempo", "medium pace", "steady tempo", "walking pace")
FAST = ("fast", "up-tempo", "quick", "fast-paced", "high-energy tempo")
WALTZ = ("waltz", "in three", "waltz time", "3/4 time", "triple meter")
COMPOUND = ("in six-eight", "6/8 feel", "rolling 6/8", "compound meter", "lilting six-eight")
NO_DRUMS = ("no drums", "without drums", "drumless", "no percussion", "beatless")
ONLY_HARMONY = ("instrumental backing", "backing track", "accompaniment", "no lead", "groove only")

OTHER_WORDS: dict[str, tuple[str, ...]] = {
    "grand piano": ("piano", "acoustic piano", "grand piano"),
    "bright piano": ("bright piano", "pop piano", "piano"),
    "electric grand": ("electric grand piano", "electric piano", "stage piano"),
    "electric piano": ("electric piano", "rhodes", "warm electric piano", "soft keys"),
    "FM electric piano": ("electric piano", "digital electric piano", "eighties electric piano"),
    "honky-tonk piano": ("honky-tonk piano", "saloon piano", "detuned piano"),
    "clavinet": ("clavinet", "clav", "funky clavinet"),
    "drawbar organ": ("organ", "hammond organ", "drawbar organ"),
    "percussive organ": ("organ", "percussive organ", "hammond"),
    "rock organ": ("rock organ", "overdriven organ", "organ"),
    "nylon guitar": ("nylon guitar", "classical guitar", "acoustic guitar", "spanish guitar"),
    "steel-string guitar": ("acoustic guitar", "steel-string guitar", "strummed acoustic guitar"),
    "jazz guitar": ("jazz guitar", "hollow-body guitar", "mellow guitar"),
    "clean electric guitar": ("clean guitar", "clean electric guitar", "electric guitar"),
    "muted guitar": ("muted guitar", "palm-muted guitar", "chopped guitar"),
    "overdriven guitar": ("overdriven guitar", "crunchy guitar", "electric guitar"),
    "distorted guitar": ("distorted guitar", "heavy guitar", "electric guitar"),
    "upright bass": ("upright bass", "double bass", "acoustic bass"),
    "finger bass": ("bass guitar", "electric bass", "bass"),
    "picked bass": ("picked bass", "bass guitar", "bass"),
    "fretless bass": ("fretless bass", "singing bass", "bass"),
    "slap bass": ("slap bass", "popping bass", "funky bass"),
    "synth bass": ("synth bass", "analog bass", "deep bass"),
    "rubber synth bass": ("synth bass", "round synth bass", "sub bass"),
    "strings": ("strings", "string section", "orchestral strings", "violins"),
    "slow strings": ("soft strings", "slow strings", "string pad"),
    "tremolo strings": ("tremolo strings", "tense strings", "strings"),
    "pizzicato strings": ("pizzicato strings", "plucked strings", "pizzicato"),
    "synth strings": ("synth strings", "string machine", "synth pad"),
    "warm synth strings": ("synth strings", "warm strings", "analog strings"),
    "choir": ("choir", "choral voices", "choir aahs"),
    "voices": ("voices", "oohs", "vocal oohs"),
    "synth voice": ("synth voice", "vocal synth", "voice synth"),
    "brass section": ("brass", "horn section", "horns"),
    "synth brass": ("synth brass", "brassy synth", "eighties brass synth"),
    "soft synth brass": ("soft synth brass", "mellow synth brass", "synth brass"),
    "alto sax": ("saxophone", "alto sax", "sax"),
    "tenor sax": ("saxophone", "tenor sax", "sax"),
    "trumpet": ("trumpet", "bright trumpet", "solo trumpet"),
    "muted trumpet": ("muted trumpet", "trumpet with mute", "smoky trumpet"),
    "flute": ("flute", "airy flute", "solo flute"),
    "fiddle": ("fiddle", "country fiddle", "folk violin"),
    "vibraphone": ("vibraphone", "vibes", "mallets"),
    "warm pad": ("warm pad", "synth pad", "soft pad", "pads"),
    "polysynth": ("polysynth", "synth chords", "poly synth"),
    "square lead": ("square lead", "synth lead", "chiptune lead"),
    "saw lead": ("saw lead", "synth lead", "buzzing synth"),
    "drum kit": ("drums", "live drums", "acoustic drums", "drum kit"),
    "room drum kit": ("roomy drums", "drums", "live drums"),
    "power drum kit": ("big drums", "power drums", "loud drums"),
    "electronic drums": ("electronic drums", "drum machine", "electronic beat"),
    "808 drum machine": ("808 drums", "drum machine", "808 beat"),
    "jazz drum kit": ("jazz drums", "drums with ride cymbal", "swinging drums"),
    "brushed drums": ("brushed drums", "brushes", "soft drums"),
    "orchestral percussion": ("orchestral percussion", "cinematic drums", "big percussion"),
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What a description may mention."""

    style: Style
    parts: tuple[Part, ...]
    tempo_bpm: float
    meter: str
    key: str
    moods: tuple[str, ...]


def write_captions(facts: Facts, rng: Random) -> tuple[str, ...]:
    """Four descriptions, from a few words to a sentence."""
    return tuple(
        write(facts, rng) for write in (_list, _short, _sentence, rng.choice((_list, _sentence)))
    )


def tempo_word(tempo_bpm: float, rng: Random) -> str:
    """A word for a tempo in quarters per minute: slow below 85, fast from 125."""
    words = SLOW if tempo_bpm < 85 else MEDIUM if tempo_bpm < 125 else FAST
    return rng.choice(words)


def spoken_key(key: str) -> str:
    """``A:min`` as ``A minor``."""
    tonic, _, mode = key.partition(":")
    return f"{tonic} {'minor' if mode == 'min' else 'major'}"


def _spoken(part: Part, rng: Random) -> str:
    return rng.choice(OTHER_WORDS.get(part.instrument, (part.instrument,)))


def _band(parts: tuple[Part, ...], rng: Random, at_most: int = 4) -> list[str]:
    chosen = list(parts)
    rng.shuffle(chosen)
    return list(dict.fromkeys(_spoken(part, rng) for part in chosen[:at_most]))


def _extras(facts: Facts, rng: Random) -> list[str]:
    extras = []
    if rng.random() < 0.65:
        extras.append(tempo_word(facts.tempo_bpm, rng))
    if rng.random() < 0.25:
        extras.append(f"{round(facts.tempo_bpm)} bpm")
    if rng.random() < 0.25:
        extras.append(spoken_key(facts.key))
    if facts.meter != "4/4" and rng.random() < 0.5:
        extras.append(rng.choice(WALTZ if facts.meter == "3/4" else COMPOUND))
    if all(part.role != DRUMS for part in facts.parts) and rng.random() < 0.5:
        extras.append(rng.choice(NO_DRUMS))
    if all(part.role != "melody" for part in facts.parts) and rng.random() < 0.2:
        extras.append(rng.choice(ONLY_HARMONY))
    if facts.style.words and rng.random() < 0.5:
        extras.append(rng.choice(facts.style.words))
    return extras


def _list(facts: Facts, rng: Random) -> str:
    words = [*_band(facts.parts, rng), *_extras(facts, rng)]
    words += rng.sample(facts.moods, rng.randint(0, 2))
    rng.shuffle(words)
    words.insert(rng.choice((0, 0, len(words))), rng.choice(facts.style.synonyms))
    return ", ".join(words)


def _short(facts: Facts, rng: Random) -> str:
    name = rng.choice(facts.style.synonyms)
    form = rng.randrange(4)
    if form == 0:
        return f"{rng.choice(facts.moods)} {name}"
    if form == 1:
        return f"{tempo_word(facts.tempo_bpm, rng)} {name}"
    if form == 2:
        return f"{name} with {_spoken(rng.choice(facts.parts), rng)}"
    return f"{rng.choice(facts.moods)} {name}, {_spoken(rng.choice(facts.parts), rng)}"


def _sentence(facts: Facts, rng: Random) -> str:
    band = _band(facts.parts, rng, at_most=rng.randint(2, 5))
    players = " and ".join([", ".join(band[:-1]), band[-1]]) if len(band) > 1 else band[0]
    name = rng.choice(facts.style.synonyms)
    opening = rng.choice((
        f"{_a(rng.choice(facts.moods))} {name} piece with {players}",
        f"{rng.choice(facts.moods)} {name} featuring {players}",
        f"{players} playing {rng.choice(facts.moods)} {name}",
        f"{name} with {players}",
    ))  # fmt: skip
    extras = _extras(facts, rng)
    sentences = [opening, ", ".join(extras)] if extras else [opening]
    return " ".join(f"{text[0].upper()}{text[1:]}." for text in sentences)


def _a(word: str) -> str:
    return f"{'An' if word[0] in 'aeiou' else 'A'} {word}"

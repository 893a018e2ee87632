"""General MIDI programs and drum keys in a musician's words."""

from __future__ import annotations

PROGRAM_NAMES: tuple[str, ...] = (
    "grand piano", "bright piano", "electric grand", "honky-tonk piano",
    "electric piano", "FM electric piano", "harpsichord", "clavinet",
    "celesta", "glockenspiel", "music box", "vibraphone",
    "marimba", "xylophone", "tubular bells", "dulcimer",
    "drawbar organ", "percussive organ", "rock organ", "church organ",
    "reed organ", "accordion", "harmonica", "bandoneon",
    "nylon guitar", "steel-string guitar", "jazz guitar", "clean electric guitar",
    "muted guitar", "overdriven guitar", "distorted guitar", "guitar harmonics",
    "upright bass", "finger bass", "picked bass", "fretless bass",
    "slap bass", "slap bass", "synth bass", "rubber synth bass",
    "violin", "viola", "cello", "double bass",
    "tremolo strings", "pizzicato strings", "harp", "timpani",
    "strings", "slow strings", "synth strings", "warm synth strings",
    "choir", "voices", "synth voice", "orchestra hit",
    "trumpet", "trombone", "tuba", "muted trumpet",
    "french horn", "brass section", "synth brass", "soft synth brass",
    "soprano sax", "alto sax", "tenor sax", "baritone sax",
    "oboe", "english horn", "bassoon", "clarinet",
    "piccolo", "flute", "recorder", "pan flute",
    "blown bottle", "shakuhachi", "whistle", "ocarina",
    "square lead", "saw lead", "calliope lead", "chiff lead",
    "charang lead", "voice lead", "fifths lead", "bass lead",
    "new age pad", "warm pad", "polysynth", "choir pad",
    "bowed pad", "metallic pad", "halo pad", "sweep pad",
    "rain", "soundtrack pad", "crystal", "atmosphere",
    "brightness", "goblins", "echoes", "sci-fi",
    "sitar", "banjo", "shamisen", "koto",
    "kalimba", "bagpipe", "fiddle", "shanai",
    "tinkle bell", "agogo", "steel drums", "woodblock",
    "taiko", "melodic tom", "synth drum", "reverse cymbal",
    "guitar fret noise", "breath noise", "seashore", "bird tweet",
    "telephone ring", "helicopter", "applause", "gunshot",
)  # fmt: skip

KIT_NAMES: dict[int, str] = {
    0: "drum kit",
    8: "room drum kit",
    16: "power drum kit",
    24: "electronic drums",
    25: "808 drum machine",
    32: "jazz drum kit",
    40: "brushed drums",
    48: "orchestral percussion",
}

KICK, RIM, SNARE, CLAP = 36, 37, 38, 39
FLOOR_TOM, LOW_TOM, MID_TOM, HIGH_TOM = 41, 45, 47, 50
CLOSED_HAT, PEDAL_HAT, OPEN_HAT = 42, 44, 46
CRASH, RIDE, RIDE_BELL = 49, 51, 53
TAMBOURINE, COWBELL, CABASA, MARACAS = 54, 56, 69, 70
HIGH_BONGO, LOW_BONGO, MUTE_CONGA, HIGH_CONGA, LOW_CONGA = 60, 61, 62, 63, 64
CLAVES, SHAKER = 75, 82


def stem_of(program: int) -> str:
    """The stem a melodic program belongs to: bass, keys, guitar, other or vocals."""
    if 32 <= program < 40 or program in (43, 87):
        return "bass"
    if program < 8 or 16 <= program < 24:
        return "keys"
    if 24 <= program < 32:
        return "guitar"
    if 52 <= program < 55:
        return "vocals"
    return "other"

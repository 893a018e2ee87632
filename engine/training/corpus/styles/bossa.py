"""Bossa nova: nylon guitar, clave on the rim, extended chords."""

from engine.training.corpus.rhythms import JAZZY
from engine.training.corpus.style import Layer, Style, Tune

BOSSA = Style(
    name="bossa",
    synonyms=("bossa nova", "bossa", "brazilian jazz", "latin jazz", "rio lounge"),
    moods=("breezy", "elegant", "warm", "intimate", "summery"),
    tempo_bpm=(112, 148),
    meters={"4/4": 1.0},
    minor=0.5,
    major=(
        "Imaj7 Imaj7 II7 II7 ii7 V7 Imaj7 Imaj7",
        "Imaj9 vi9 ii9 V13",
        "ii7 V7 Imaj7 VI7",
        "Imaj7 #idim7 ii7 V7",
        "Imaj7 iv6 Imaj7 iv6",
        "Imaj7 bIImaj7 Imaj7 bIImaj7",
        "IVmaj7 iv6 iii7 VI7",
        "I6 ii7 iii7 ii7",
        "iii7 biiidim7 ii7 V7",
    ),
    minor_progressions=(
        "i7 iv7 iihdim7 V7",
        "i6 i6 iihdim7 V7",
        "i9 iv9 VII13 IIImaj7",
        "i7 VImaj7 iihdim7 V7",
        "iv7 VII7 IIImaj7 VImaj7",
        "i7 bII7 i7 V7",
        "i i7 IV9 iv6",
        "i9 IV13 i9 V7",
        "VImaj7 V7 i7 i7",
    ),
    kits=(40, 32, 0),
    grooves={
        "4/4": (
            "K x...x...x...x... | R x..x..x...x..x.. | H x.",
            "K x.....x.x.....x. | R x..x..x...x..x.. | H xoxo",
            "K x.....x.x.....x. | R ..x..x..x..x..x. | Z x.xo",
            "K x.....xxx.....xx | R x..x...x..x.x... | H x.xx",
            "K x.......x....... | R x..x..x...x..x.. | D x.",
            "K x.....x.x.....x. | V x..x..x...x...x. | P ....x... | Z xoxo",
        ),
    },
    fills=("R x.xx", "R x..x..xx", "S ..x.x.xx", "T x.x. | R ...x", "R xx.xx.x."),
    bass_programs=(32, 33, 35),
    bass={
        "4/4": ("R-----F-F-----A-", "R-----F-F-----R-", "R-----R-R-----A-", "R-----F-R-----A-"),
    },
    layers=(
        Layer(
            "guitar",
            (24, 26),
            "close",
            {
                "4/4": (
                    "x-.x..x-..x-.x..",
                    "x--x--x---x--x--",
                    "..x-..x-.x-...x-",
                    "x-..x-.x..x-.x..",
                    "x--x..x-..x--x--",
                ),
            },
            52,
            74,
            1.0,
            8,
        ),
        Layer(
            "piano",
            (0, 4, 11),
            "close",
            {
                "4/4": (
                    "x-----------....",
                    "..x---....x-....",
                    "x--.......x-....",
                    "x------x--------",
                ),
            },
            57,
            78,
            0.55,
        ),
        Layer("strings", (49, 48), "spread", {"4/4": ("=",)}, 57, 79, 0.3),
    ),
    tune=Tune((73, 66, 65, 11, 26, 59, 53), JAZZY, 64, 83, 0.8),
    drum_chance=0.72,
    swing=(0.5, 0.52),
    looseness_ms=7,
    slow_harmony=0.1,
    crash_chance=0.05,
)

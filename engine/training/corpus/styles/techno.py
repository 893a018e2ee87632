"""Techno: machine drums, rumbling bass and one insistent chord figure."""

from engine.training.corpus.rhythms import HOOKS
from engine.training.corpus.style import Layer, Style, Tune

TECHNO = Style(
    name="techno",
    synonyms=("techno", "warehouse techno", "driving techno", "minimal techno", "dark techno"),
    moods=("dark", "hypnotic", "relentless", "mechanical", "industrial"),
    tempo_bpm=(128, 146),
    meters={"4/4": 1.0},
    minor=0.68,
    major=(
        "I I bVII bVII",
        "I bVI I bVII",
        "I bII I bII",
        "I I IV I",
        "I bVII I bVII",
        "Isus2 Isus2 IVsus2 IVsus2",
        "I v I v",
        "I bIII I bVII",
    ),
    minor_progressions=(
        "i i i VI",
        "i i VI VII",
        "i bII i VII",
        "i i iv iv",
        "i7 i7 VII VI",
        "i VI i v",
        "i i bII bII",
        "i III i VII",
        "isus2 isus2 VII VII",
        "i7 iv7 i7 iv7",
    ),
    kits=(25, 24),
    grooves={
        "4/4": (
            "K X... | H ..x.",
            "K X... | O ..x. | C ....x... | H x.",
            "K X... | H xoxx | C ............x...",
            "K X..xX...X..xX... | O ..x. | R ..x..x..",
            "K X... | D x.x. | C ....x... | T ......x......x.x",
            "K X.x.X...X.x.X... | H ..xx | W ...x......x.....",
            "K X... | O ..x. | S ....x... | L ...x..x....x..x.",
        ),
    },
    fills=("S xxxxxxxxxxxxxxxx", "C xxxx", "T x.xx.xxx | C ....x.x.", "K xxxx....", "S x.x.xxxx"),
    bass_programs=(38, 39, 87),
    bass={
        "4/4": (".RRR", "..R-", "RRRRRRRRRRRRRRRR", "R.RR.RR.R.RR.RO.", ".R.R.RRO.R.R.RRO"),
    },
    layers=(
        Layer(
            "stab",
            (81, 62, 90, 63),
            "close",
            {
                "4/4": (
                    "x..x..x...x.....",
                    "x.....x....x....",
                    "..x..x....x..x..",
                    "x...x...x...x...",
                    "x..x..x.x..x..x.",
                ),
            },
            52,
            76,
        ),
        Layer(
            "arp",
            (80, 81, 84),
            "close",
            {
                "4/4": (
                    "0123210123432101",
                    "0.1.2.0.1.2.3.2.",
                    "0010200301002003",
                    "3210321032103210",
                ),
            },
            55,
            79,
            0.6,
        ),
        Layer("pad", (95, 89, 94), "close", {"4/4": ("=",)}, 50, 74, 0.5),
    ),
    tune=Tune((80, 81, 87, 98), HOOKS, 62, 84, 0.35),
    drum_chance=0.92,
    looseness_ms=0,
    slow_harmony=0.45,
    pump=0.5,
    room=(0.06, 0.22),
)

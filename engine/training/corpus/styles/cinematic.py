"""Cinematic: orchestra, ostinatos, timpani and taikos."""

from engine.training.corpus.rhythms import CALM
from engine.training.corpus.style import Layer, Style, Tune

CINEMATIC = Style(
    name="cinematic",
    synonyms=("cinematic", "film score", "orchestral", "epic trailer", "soundtrack"),
    moods=("epic", "majestic", "tense", "heroic", "mysterious"),
    tempo_bpm=(72, 124),
    meters={"4/4": 0.5, "3/4": 0.24, "6/8": 0.26},
    minor=0.62,
    major=(
        "I V/3 vi IV",
        "I bVI bVII I",
        "I II IV I",
        "I iii IV iv",
        "I bIII IV I",
        "IV V vi vi",
        "I v IV I",
        "I bVII IV V",
        "vi IV I V/3",
    ),
    minor_progressions=(
        "i VI III VII",
        "i VI iv V",
        "i VII VI VII",
        "i III VII iv",
        "i bII i V",
        "i v VI iv",
        "VI VII i i",
        "i VI VII/3 III",
        "i VI bII V",
        "i iv/5 V i",
    ),
    kits=(48, 16),
    grooves={
        "4/4": (
            "K X.......x....... | L X..x..x.x..x..x.",
            "K X... | T x.xxx.xxx.xxx.xx",
            "K X......x........ | L ........X.....x.",
            "K X.....X...X..... | S ....x.......x.xx | T x.x.",
            "S xooxooxoxooxooxo | K X.......",
            "K X............... | Y ............x...",
        ),
        "3/4": (
            "K X........... | L ....x...x...",
            "K X.....x..... | T x.xxx.xxx.xx",
            "S xooxooxooxoo | K X...",
        ),
        "6/8": (
            "K X.....x..... | L x.x.x.x.x.x.",
            "K X........... | T ......x.x.x.",
            "K X.....X..... | S xooxooxooxoo",
        ),
    },
    fills=("L xxxxxxxx", "S xxxxxxxx", "T x.x. | L ..xx.xxx", "N xx.. | T ..xx | L xxxx", "L x.xx"),
    bass_programs=(42, 48, 32),
    bass={
        "4/4": ("R---------------", "R-------R-------", "R-R-R-R-R-R-R-R-", "R---R---R---R---"),
        "3/4": ("R-----------", "R---R---R---"),
        "6/8": ("R-----R-----", "R-----------", "R-R-R-R-R-R-"),
    },
    layers=(
        Layer(
            "strings",
            (48, 44, 49),
            "spread",
            {
                "4/4": ("=", "x---x---x---x---", "x-x-x-x-x-x-x-x-", "x-------x-------"),
                "3/4": ("=", "x---x---x---"),
                "6/8": ("=", "x-----x-----", "x-x-x-x-x-x-"),
            },
            52,
            79,
        ),
        Layer(
            "ostinato",
            (45, 46, 0, 12),
            "close",
            {
                "4/4": ("0-1-2-1-0-1-2-1-", "0121012101210121", "0-2-1-2-3-2-1-2-"),
                "3/4": ("0-1-2-3-2-1-", "012101210121"),
                "6/8": ("0-1-2-0-1-2-", "0-2-1-3-1-2-"),
            },
            55,
            79,
            0.65,
        ),
        Layer(
            "brass",
            (60, 61, 57),
            "close",
            {
                "4/4": ("=", "x-------x-------", "X---....X-------"),
                "3/4": ("=", "x-------x---"),
                "6/8": ("=", "x-----x-----"),
            },
            48,
            70,
            0.5,
        ),
        Layer(
            "choir", (52, 91), "close", {"4/4": ("=",), "3/4": ("=",), "6/8": ("=",)}, 57, 77, 0.4
        ),
    ),
    tune=Tune((60, 40, 68, 73, 56, 52, 48), CALM, 60, 82, 0.7),
    drum_chance=0.6,
    bass_chance=1.0,
    looseness_ms=9,
    slow_harmony=0.3,
    crash_chance=0.5,
    room=(0.25, 0.45),
    room_s=(1.4, 2.6),
)

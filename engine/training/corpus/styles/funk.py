"""Funk: sixteenths, ghost notes, clavinet and slap bass."""

from engine.training.corpus.rhythms import BUSY
from engine.training.corpus.style import Layer, Style, Tune

FUNK = Style(
    name="funk",
    synonyms=("funk", "funky groove", "seventies funk", "tight funk", "funk jam"),
    moods=("funky", "tight", "playful", "danceable", "greasy"),
    tempo_bpm=(94, 118),
    meters={"4/4": 1.0},
    minor=0.6,
    major=(
        "I9 I9 I9 IV9",
        "I7 IV7 I7 IV7",
        "I9 bVII9 IV9 I9",
        "I7 I7 IV7 V7",
        "ii9 V13 ii9 V13",
        "I9 I9 ii9 V9",
        "IV9 I9 IV9 V9",
        "I13 bVII13 I13 IV13",
        "I7 bIII7 IV7 I7",
    ),
    minor_progressions=(
        "i9 i9 IV9 IV9",
        "i7 IV7 i7 IV7",
        "i7 i7 iv7 i7",
        "i9 VII9 VI9 V7",
        "i7 v7 iv7 v7",
        "i9 IV13 i9 IV13",
        "i7 bII9 i7 IV9",
        "i7 III7 IV7 i7",
        "i9 iv9 i9 V9",
    ),
    kits=(0, 8, 16),
    grooves={
        "4/4": (
            "K X..x..x...x..x.. | S ....X..o.o..X..o | H x.x.x.x.x.x.x.x.",
            "K X.X....x..X..... | S ....X..o.o..X... | H xxxxxxxxxxxxxxxx",
            "K X..X.......X..x. | S ....X.......X.o. | H x.x.x.xox.x.x.x. | O ..............x.",
            "K X.....X..X....X. | S ..o.X..o..o.X..o | H x.xxx.xxx.xxx.xx",
            "K X..X..X...X..... | S ....X.....o.X... | H x.x. | Q ..x..xx...x..x.x",
            "K X.......x.xX.... | S ....X..X.o..X..o | D x.x. | W x...x...x...x...",
        ),
    },
    fills=(
        "S xxoxxoxX",
        "S x.xx.xxx",
        "S ..xx | T x...",
        "S x..x..xx | N ..x..x.. | K x.......",
        "S XxXx",
    ),
    bass_programs=(36, 37, 33, 38),
    bass={
        "4/4": (
            "R..O..R-.S..R.A-",
            "R-..R.O...F.S.A-",
            "R.RO..R...R.F.A-",
            "R..R..S-O..R..A-",
            "R-.O.R..R..S.OA-",
        ),
    },
    layers=(
        Layer(
            "comp",
            (7, 4, 16, 17),
            "close",
            {
                "4/4": (
                    "x..x..x...x..x..",
                    "..x...x.x..x..x.",
                    "x.......x..x..x.",
                    "x.xx..x...xx..x.",
                    "X--...x...X--.x.",
                ),
            },
            57,
            77,
        ),
        Layer(
            "guitar",
            (27, 28, 26),
            "close",
            {
                "4/4": (
                    "x.xx.xx.x.xx.xx.",
                    "..x...x...x...xx",
                    "xxox.xoxxxox.xox",
                    "....x.......x...",
                ),
            },
            60,
            80,
            0.75,
            5,
        ),
        Layer(
            "brass",
            (61, 62),
            "close",
            {
                "4/4": (
                    "............x.x.",
                    "x--.............",
                    "..........x.x---",
                    "x..x......x.....",
                ),
            },
            60,
            80,
            0.5,
        ),
    ),
    tune=Tune((65, 66, 56, 16, 81, 27), BUSY, 62, 84, 0.6),
    drum_chance=0.9,
    swing=(0.5, 0.56),
    swing_steps=1,
    looseness_ms=5,
    slow_harmony=0.3,
    crash_chance=0.3,
    room=(0.04, 0.12),
    room_s=(0.25, 0.7),
)

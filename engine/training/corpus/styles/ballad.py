"""Ballad: slow, piano and strings."""

from engine.training.corpus.rhythms import CALM, SINGING
from engine.training.corpus.style import Layer, Style, Tune

CELLS = {meter: CALM[meter] + SINGING[meter][:3] for meter in CALM}

BALLAD = Style(
    name="ballad",
    synonyms=(
        "ballad",
        "slow ballad",
        "love song",
        "power ballad",
        "slow song",
        "torch song",
        "soft rock ballad",
        "sentimental ballad",
    ),
    moods=("tender", "emotional", "heartfelt", "sad", "romantic", "gentle", "longing"),
    tempo_bpm=(52, 82),
    meters={"4/4": 0.5, "3/4": 0.22, "6/8": 0.28},
    minor=0.45,
    major=(
        "I V/3 vi I/5 IV I/3 ii V",
        "I iii7 IV V",
        "Imaj7 vi7 ii7 V7",
        "I Vsus4,V vi IV",
        "IV V/3 vi iii IV I ii7 V",
        "I IV/5 I V",
        "I Imaj7 IV iv",
        "vi IV I V/3",
        "I III7 vi IV",
    ),
    minor_progressions=(
        "i VI III VII",
        "i v/b3 VI V7",
        "i i/b7 VI iv",
        "iv7 VII7 IIImaj7 VImaj7",
        "i VII/3 III iv",
        "i iv i V7",
        "VImaj7 VII v7 i",
        "i7 iv7 VII7 IIImaj7",
        "i V7/3 i/b7 IV",
    ),
    kits=(0, 8, 40),
    grooves={
        "4/4": (
            "K x.........x..... | R ....x... | H x.",
            "K x......xx....... | S ....x... | H x.",
            "K x.........x..x.. | S ....x.......x... | D x.",
            "K x.............x. | S ........X....... | H x...",
        ),
        "3/4": (
            "K x........... | R ....x...x... | H x.",
            "K x.......x... | S ....x....... | D x...",
        ),
        "6/8": (
            "K x.........x. | R ......x..... | H x.",
            "K x...x....... | S ......x..... | D x.",
            "K x.........x. | S ......X..... | H x.x.x.",
        ),
    },
    fills=("S ....x.xx", "T x.x. | L ..x.", "S x...xxxx", "N x... | M ..x. | L ....x..."),
    bass_programs=(33, 35, 32),
    bass={
        "4/4": ("R-----------A---", "R-------F-------", "R-----R-R-----A-", "R-------R---A---"),
        "3/4": ("R-----------", "R-------A---", "R---F---A---"),
        "6/8": ("R-----------", "R-----F---A-", "R-----R---A-"),
    },
    layers=(
        Layer(
            "comp",
            (0, 1, 4, 5),
            "close",
            {
                "4/4": (
                    "x---x---x---x---",
                    "0-1-2-3-2-1-2-1-",
                    "x-------x---x---",
                    "0123121021232101",
                ),
                "3/4": ("0-1-2-3-2-1-", "x---x---x---", "0---x---x---"),
                "6/8": ("0-1-2-3-2-1-", "x-----x---x-", "0-1-2-1-2-1-"),
            },
            52,
            76,
        ),
        Layer(
            "strings",
            (48, 49, 51),
            "spread",
            {"4/4": ("=",), "3/4": ("=",), "6/8": ("=",)},
            55,
            79,
            0.7,
        ),
        Layer(
            "guitar",
            (24, 25),
            "guitar",
            {
                "4/4": ("0-2-3-2-1-2-3-2-", "0---2-3-1---2-3-"),
                "3/4": ("0-1-2-3-2-1-", "0---2-3-2---"),
                "6/8": ("0-1-2-3-2-1-", "0-2-3-2-3-2-"),
            },
            43,
            70,
            0.35,
        ),
    ),
    tune=Tune((40, 42, 66, 73, 68, 53, 65, 71), CELLS, 62, 81, 0.75),
    drum_chance=0.75,
    looseness_ms=9,
    slow_harmony=0.0,
    room=(0.15, 0.3),
    room_s=(1.0, 2.0),
)

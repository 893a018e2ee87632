"""Soul: organ, warm electric piano and a horn section."""

from engine.training.corpus.rhythms import SINGING
from engine.training.corpus.style import Layer, Style, Tune

SOUL = Style(
    name="soul",
    synonyms=("soul", "vintage soul", "sixties soul", "rhythm and blues", "gospel-tinged soul"),
    moods=("warm", "soulful", "heartfelt", "groovy", "smooth"),
    tempo_bpm=(70, 104),
    meters={"4/4": 0.5, "3/4": 0.2, "6/8": 0.3},
    minor=0.42,
    major=(
        "Imaj7 vi7 ii7 V7",
        "I I7/3 IV iv6",
        "I III7 vi7 IV",
        "IV I/3 ii7 I",
        "Imaj9 IVmaj9 iii7 vi7",
        "I vi7 IV V7sus4",
        "ii7 iii7 IVmaj7 V7sus4",
        "I I/3 IV #ivdim7",
        "vi7 ii7 V9 Imaj7",
    ),
    minor_progressions=(
        "i7 iv7 VII7 IIImaj7",
        "i7 iv7 i7 V7",
        "i9 IV9 i9 IV9",
        "VImaj7 v7 i7 i7",
        "i7 VII VImaj7 V7",
        "iv7 v7 i7 i7",
        "i7 III7 VImaj7 V7",
        "i6 iv6 i6 V7",
        "i7 VI9 V7 i7",
    ),
    kits=(0, 8),
    grooves={
        "4/4": (
            "K x.....x.x....... | S x... | H x.",
            "K x..x....x..x.... | S ....x..o....x..o | H x.",
            "K x.........x.x... | S ....X... | H x.xxx.xx | J ....x...",
            "K x.....x...x..... | R ....x... | D x.x.x.x.",
        ),
        "3/4": (
            "K x.......o... | S ....x...x... | H x.",
            "K x.....x..... | R ....x...x... | D x... | J ....x.......",
        ),
        "6/8": (
            "K x...x....... | S ......x..... | H x. | J ......x.....",
            "K x.......x.x. | S ......X..... | D x.",
            "K x.........x. | R ......x..... | H x.xxx.x.xxx.",
        ),
    },
    fills=("S x.xxx.xx", "S xx.. | N ..x. | T ...x", "S x..x..x. | L ....x.x.", "S ..x.xxxX"),
    bass_programs=(33, 32, 35),
    bass={
        "4/4": ("R-..R-F-R-..T-A-", "R--R..F-R---W-A-", "R---R-W-F---W-A-", "R-----R-F-S-..A-"),
        "3/4": ("R-----F-A---", "R---W---A---"),
        "6/8": ("R---F-R---A-", "R-----F-S-A-", "R---R-F---A-"),
    },
    layers=(
        Layer(
            "comp",
            (4, 0, 17),
            "close",
            {
                "4/4": (
                    "x-----x-x---x---",
                    "x---..x-....x---",
                    "x-------x--x--x-",
                    "..x-x-----x-x---",
                ),
                "3/4": ("x---x---x---", "x-----x-x---"),
                "6/8": ("x-x-x-x-x-x-", "x---x-x---x-", "x-----x---x-"),
            },
            55,
            76,
        ),
        Layer(
            "organ",
            (16, 17, 18),
            "close",
            {"4/4": ("=", "x---------------"), "3/4": ("=",), "6/8": ("=",)},
            58,
            79,
            0.6,
        ),
        Layer(
            "brass",
            (61, 57, 66),
            "close",
            {
                "4/4": ("x--.........x.x.", "........x--.x--.", "x-------........"),
                "3/4": ("x---........", "........x.x."),
                "6/8": ("x---........", "......x---x."),
            },
            58,
            78,
            0.5,
        ),
    ),
    tune=Tune((66, 65, 56, 53, 26, 11), SINGING, 60, 82, 0.7),
    drum_chance=0.8,
    swing=(0.5, 0.6),
    swing_steps=1,
    looseness_ms=9,
    crash_chance=0.3,
)

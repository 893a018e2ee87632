"""Hip-hop: heavy kick, clap, sparse keys, deep bass."""

from engine.training.corpus.rhythms import CALM, HOOKS
from engine.training.corpus.style import Layer, Style, Tune

HIP_HOP = Style(
    name="hip-hop",
    synonyms=("hip-hop", "hip hop beat", "rap beat", "trap beat", "head-nodding hip-hop"),
    moods=("hard", "moody", "confident", "street", "heavy"),
    tempo_bpm=(78, 100),
    meters={"4/4": 1.0},
    minor=0.66,
    major=(
        "Imaj7 vi7 Imaj7 vi7",
        "I iii IV iv",
        "IVmaj7 iii7 vi7 V",
        "I bVII IV I",
        "ii7 V7 Imaj7 VI7",
        "I vi iii IV",
        "I IV I IV",
        "vi IV I V",
    ),
    minor_progressions=(
        "i VI i VI",
        "i i VI V7",
        "i VII VI V7",
        "i iv i V",
        "i7 iv7 i7 v7",
        "i bII i bII",
        "i VI iv V7",
        "i III VI V",
        "i9 VImaj7 i9 VImaj7",
        "i i iv V",
    ),
    kits=(25, 24, 8),
    grooves={
        "4/4": (
            "K X.....x...x..... | C ....X... | H x.x.x.xxx.x.x.x.",
            "K X..x......X..x.. | S ....X... | H x.",
            "K X......X..X..... | C ........X....... | H x.xxx.x.xxxxx.x.",
            "K X..X..X.......X. | C ........X....... | H x.x.x.x.x.x.xxxx | R ...x............",
            "K X.X.......X..... | S ....X..o....X... | H x.x.x.x. | O ..............x.",
            "K X.....X.X....... | S ....X.......X..o | H x...x.x. | Z x.xx",
            "K X..x...x..x..... | C ....X... | H xxx.xxx.xxx.xxxx",
        ),
    },
    fills=("H xxxxxxxx | C ....x.xx", "S x.xx", "C x..x..xx", "K x.xx | S ....", "H xxxx"),
    bass_programs=(38, 39, 33),
    bass={
        "4/4": (
            "R-----R---R-----",
            "R--R------R--A--",
            "R------R--R-----",
            "R-------....R-A-",
            "R---------------",
        ),
    },
    layers=(
        Layer(
            "comp",
            (0, 4, 11, 45, 2),
            "close",
            {
                "4/4": (
                    "x-------x-------",
                    "x-----x---------",
                    "x---------x-----",
                    "0-1-2-3-2-1-2-1-",
                    "x---x---x---x---",
                    "0.2.1.2.3.2.1.2.",
                ),
            },
            52,
            75,
        ),
        Layer("pad", (48, 52, 89, 91), "close", {"4/4": ("=",)}, 52, 74, 0.5),
        Layer(
            "bell",
            (9, 14, 98, 11),
            "close",
            {
                "4/4": ("..............3.", "0.....2.....1...", "3...2...1...2..."),
            },
            67,
            88,
            0.3,
        ),
    ),
    tune=Tune((73, 80, 75, 53, 79, 40), {"4/4": HOOKS["4/4"] + CALM["4/4"]}, 64, 86, 0.5),
    drum_chance=0.92,
    swing=(0.5, 0.6),
    swing_steps=1,
    looseness_ms=4,
    crash_chance=0.15,
    room=(0.04, 0.15),
)

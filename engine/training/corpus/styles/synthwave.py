"""Synthwave: eighties machines, arpeggios and gated drums."""

from engine.training.corpus.rhythms import HOOKS, SINGING
from engine.training.corpus.style import Layer, Style, Tune

SYNTHWAVE = Style(
    name="synthwave",
    synonyms=("synthwave", "retrowave", "eighties synth pop", "outrun", "neon synthwave"),
    moods=("nostalgic", "neon", "driving", "dreamy", "retro"),
    tempo_bpm=(82, 118),
    meters={"4/4": 1.0},
    minor=0.55,
    major=(
        "I V vi IV",
        "IV V vi I",
        "I IV vi V",
        "vi V IV V",
        "I iii vi IV",
        "I Vsus4,V IV IV",
        "IV I V vi",
        "ii IV I V",
        "I bVII IV I",
    ),
    minor_progressions=(
        "i VI III VII",
        "VI VII i i",
        "i VII VI VII",
        "i III VII iv",
        "i VI VII v",
        "i iv VI VII",
        "iv VI i VII",
        "i v VI VII",
        "VI VII v i",
    ),
    kits=(24, 16, 25),
    grooves={
        "4/4": (
            "K X...X...X...X... | S ....X... | H ..x.",
            "K X.......X....... | S ....X... | H x.x.",
            "K X......xX....... | S ....X... | H xoxo",
            "K X..x..x.X..x.... | S ....X... | H x.xx",
            "K X... | S ....X... | O ..x. | N ..............x. | T ...............x",
            "K X.....x...x..... | C ....X... | S ....X... | J x.x.",
        ),
    },
    fills=(
        "N xx...... | M ..xx.... | T ....xx.. | L ......xx",
        "S x.x.xxxx",
        "N x.x. | T x..x..xx",
        "S xxxx | L ....",
        "C x.xx.xxx",
    ),
    bass_programs=(38, 39, 87),
    bass={
        "4/4": (
            "R-R-R-R-R-R-R-R-",
            "RRRR",
            "R-O-R-O-R-O-R-A-",
            "..R-..R-..R-..R-",
            "R--R--R-R--R--O-",
        ),
    },
    layers=(
        Layer(
            "pad",
            (50, 51, 90, 62, 63),
            "close",
            {
                "4/4": ("=", "x-------x-------", "x--x--x---x-x---"),
            },
            52,
            76,
        ),
        Layer(
            "arp",
            (81, 80, 84, 90, 88),
            "close",
            {
                "4/4": (
                    "0123210123212321",
                    "0-1-2-3-2-1-2-1-",
                    "0121012101210121",
                    "0-2-1-2-3-2-1-2-",
                ),
            },
            57,
            81,
            0.75,
        ),
        Layer(
            "stab",
            (62, 55, 5, 63),
            "close",
            {
                "4/4": ("x..x..x.........", "x-..x-......x-..", "..............x-"),
            },
            57,
            78,
            0.3,
        ),
    ),
    tune=Tune((81, 80, 84, 87, 66, 62), {"4/4": SINGING["4/4"] + HOOKS["4/4"][:3]}, 64, 86, 0.75),
    drum_chance=0.86,
    looseness_ms=1.5,
    crash_chance=0.5,
    pump=0.35,
    room=(0.12, 0.28),
    room_s=(0.7, 1.8),
)

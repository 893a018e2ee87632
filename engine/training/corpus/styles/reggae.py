"""Reggae: the skank on two and four, one drop, a singing bass."""

from engine.training.corpus.rhythms import SINGING
from engine.training.corpus.style import Layer, Style, Tune

REGGAE = Style(
    name="reggae",
    synonyms=(
        "reggae",
        "roots reggae",
        "dub reggae",
        "island groove",
        "one drop",
        "dub",
        "ska-tinged reggae",
        "reggae groove",
        "jamaican groove",
        "rocksteady",
    ),
    moods=("laid-back", "sunny", "easy-going", "rootsy", "chilled", "relaxed", "breezy"),
    tempo_bpm=(62, 98),
    meters={"4/4": 1.0},
    minor=0.5,
    major=(
        "I IV I V",
        "I V IV I",
        "I vi IV V",
        "I ii I ii",
        "I I IV V",
        "I iii IV V",
        "I IV ii V",
        "vi IV I V",
        "I bVII IV I",
    ),
    minor_progressions=(
        "i iv i iv",
        "i VII i VII",
        "i i iv v",
        "i VI VII i",
        "i7 iv7 v7 i7",
        "i VII VI VII",
        "i iv VII III",
        "i III VI VII",
        "iv i v i",
    ),
    kits=(0, 8),
    grooves={
        "4/4": (
            "K ........X....... | R ........X....... | H x.o.",
            "K ........X....... | S ........X....... | H x.xo",
            "K x.......X....... | R ........x....... | H ..x.",
            "K X... | R ........X....... | H x.x.",
            "K ........X....... | R ...x....X..x.... | H x.xx",
            "K x.....x.X....... | S ....x... | H x.x. | W ..x...x...x..x..",
        ),
    },
    fills=(
        "N x.xx | T ....x.x. | L ......xx",
        "S x..x..xx",
        "N ..xx.xx. | R x.......",
        "S xx.x",
        "L x.x.x..x",
    ),
    bass_programs=(33, 32, 35),
    bass={
        "4/4": (
            "R---R-T-F-....R-",
            "..R-R-..F-T-R-..",
            "R-..R-..F-T-R-A-",
            "R-R-..F-..T-R-..",
            "R--R--T-F---..A-",
        ),
    },
    layers=(
        Layer(
            "skank",
            (27, 28, 26),
            "close",
            {
                "4/4": (
                    "....X.......X...",
                    "....X.......X.x.",
                    "....X..x....X...",
                    "..x...x...x...x.",
                ),
            },
            57,
            77,
            1.0,
            4,
        ),
        Layer(
            "organ",
            (16, 17, 18),
            "close",
            {
                "4/4": ("..x-x-x-..x-x-x-", "..x-x-..", "....x-------x---", "x-------x-x-x---"),
            },
            55,
            76,
            0.8,
        ),
        Layer(
            "piano", (0, 1), "close", {"4/4": ("....x.......x...", "x---x.......x...")}, 55, 76, 0.4
        ),
    ),
    tune=Tune((56, 57, 66, 22, 73, 53, 16), SINGING, 62, 82, 0.65),
    drum_chance=0.88,
    swing=(0.52, 0.62),
    looseness_ms=8,
    slow_harmony=0.15,
    crash_chance=0.2,
    room=(0.1, 0.28),
    room_s=(0.6, 1.8),
    echo=0.45,
)

"""Rock: driven guitars, organ and loud drums."""

from engine.training.corpus.rhythms import SINGING
from engine.training.corpus.style import Layer, Style, Tune

ROCK = Style(
    name="rock",
    synonyms=("rock", "guitar rock", "driving rock", "rock band", "classic rock"),
    moods=("energetic", "loud", "driving", "raw", "powerful"),
    tempo_bpm=(104, 156),
    meters={"4/4": 0.62, "3/4": 0.14, "6/8": 0.24},
    minor=0.5,
    major=(
        "I IV V IV", "I bVII IV I", "I V IV IV", "I I IV V", "I bIII IV I", "I bVII bVI bVII",
        "V IV I I", "I V vi IV", "I IV bVII IV",
    ),
    minor_progressions=(
        "i VII VI VII", "i III VII iv", "i i VI VII", "i VI VII i", "i VII iv i", "i iv VII III",
        "i VI III VII", "i v iv VII", "i bII i VII",
    ),
    kits=(0, 8, 16),
    grooves={
        "4/4": (
            "K X.......X.X..... | S ....X... | H X.x.",
            "K X.X.....X.X..... | S ....X... | O x...",
            "K X......XX....... | S ....X... | D X.x.",
            "K X...X...X...X... | S ..x...x. | H x.",
            "K X.....X...X..... | S ....X... | O X.x.",
            "K X.xX....X.x..... | S ....X.......X..x | H x...",
        ),
        "3/4": ("K X.....x..... | S ....X...X... | H X.x.", "K X.........x. | S ........X... | O x..."),
        "6/8": ("K X.....x...x. | S ......X..... | O x.....", "K X...x....... | S ......X..... | H X.x.x."),
    },
    fills=("S XxxxXxxx", "S xxxx.... | N ....xx.. | T ......xx", "S x.x. | T ..x.x... | L ....x.xx",
           "N xxxx........ | M ....xxxx.... | L ........xxxx", "S xxxX"),
    bass_programs=(33, 34),
    bass={
        "4/4": ("R-R-R-R-R-R-R-R-", "R-R-R-R-R-R-F-A-", "R---R-R-R---R-A-", "R-----R-R-R-..R-"),
        "3/4": ("R-R-R-R-R-R-", "R---R---R-A-"),
        "6/8": ("R-R-R-R-R-R-", "R---R-R---A-"),
    },
    layers=(
        Layer("guitar", (29, 30, 27), "guitar", {
            "4/4": ("x-x-x-x-", "X---x-x-..x-x-x-", "X-----X-X-----x-", "X-..x-x-X-..x-x-", "X--X--X-"),
            "3/4": ("X-x-x-x-x-x-", "X-------x-x-"),
            "6/8": ("X-x-x-X-x-x-", "X-----X---x-"),
        }, 43, 72, 1.0, 10),
        Layer("power", (30, 29), "power", {
            "4/4": ("x-x-x-x-x-x-x-x-", "X-------X-------", "X--x--x-"),
            "3/4": ("X-----------", "x-x-"),
            "6/8": ("X-----X-----", "x-x-x-x-x-x-"),
        }, 40, 62, 0.55, 6),
        Layer("organ", (18, 16, 17), "close", {"4/4": ("=", "x-------"), "3/4": ("=",),
                                               "6/8": ("=",)}, 55, 76, 0.5),
    ),
    tune=Tune((30, 29, 80, 81, 17), SINGING, 62, 84, 0.6),
    drum_chance=0.88,
    looseness_ms=6,
    crash_chance=0.85,
)

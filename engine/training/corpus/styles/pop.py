"""Pop: clear hooks over piano and guitars, backbeat."""

from engine.training.corpus.rhythms import SINGING
from engine.training.corpus.style import Layer, Style, Tune

POP = Style(
    name="pop",
    synonyms=("pop", "radio pop", "catchy pop song", "mainstream pop", "pop tune"),
    moods=("bright", "catchy", "uplifting", "sunny", "polished"),
    tempo_bpm=(92, 128),
    meters={"4/4": 0.6, "3/4": 0.18, "6/8": 0.22},
    minor=0.45,
    major=(
        "I V vi IV",
        "I vi IV V",
        "vi IV I V",
        "IV I V vi",
        "I V/3 vi IV",
        "I iii IV V",
        "I IV vi,V IV",
        "IV V iii vi",
        "I Isus4 IV V",
        "ii IV I V/3",
    ),
    minor_progressions=(
        "i VI III VII",
        "i VII VI VII",
        "i iv VI VII",
        "VI VII i i",
        "i III VII VI",
        "i VII iv VI",
        "i VI iv V",
        "i v VI VII",
        "iv VI i VII",
    ),
    kits=(0, 8, 16, 24),
    grooves={
        "4/4": (
            "K x.......x....... | S ....x... | H x.",
            "K x.....x.x....... | S ....x... | H x.xxx.x.",
            "K x.......x.x..... | S ....X... | H x.x.x.x.x.x.x.o. | J ..x.",
            "K x...x...x...x... | C ....x... | H ..x.",
            "K x..x..x...x..... | S ....x... | H x.",
            "K x.....xx..x..... | S ....X..o.o..X... | D x...x.x.",
        ),
        "3/4": (
            "K x........... | S ....x...x... | H x.",
            "K x......x.... | S ....x...x... | D x...",
        ),
        "6/8": (
            "K x........... | S ......x..... | H x.",
            "K x...x....... | S ......X..... | H x.o.x.x.o.x.",
        ),
    },
    fills=(
        "S x.x.xxxx",
        "S xx.. | N ..xx.... | T ....xx.. | L ......xx",
        "S ....xxxx | K x...",
        "N x.x. | M ....",
        "S x.xx",
    ),
    bass_programs=(33, 34, 35, 38),
    bass={
        "4/4": (
            "R-----R-R-----R-",
            "R-R-",
            "R-------R---F-A-",
            "R---R---R---R-A-",
            "R--R--R-R---R-A-",
        ),
        "3/4": ("R-------F---", "R-----R-F-A-", "R---R---A---"),
        "6/8": ("R-----F-----", "R---R-R---A-", "R-----R---A-"),
    },
    layers=(
        Layer(
            "comp",
            (0, 1, 2, 4, 5),
            "close",
            {
                "4/4": (
                    "x---x---x---x---",
                    "x-------x-------",
                    "x--x--x-x--x--x-",
                    "x-----x-x---x---",
                    "0-1-2-1-3-1-2-1-",
                ),
                "3/4": ("x---x---x---", "0-1-2-3-2-1-", "x-------x---"),
                "6/8": ("0-1-2-3-2-1-", "x-----x-----", "x---x-x---x-"),
            },
            55,
            76,
        ),
        Layer(
            "guitar",
            (25, 27, 28),
            "guitar",
            {
                "4/4": ("x---x-x-..x-x-x-", "x-x-x-x-", "x---o-x-"),
                "3/4": ("x---x-x-x-x-", "x---x---x---"),
                "6/8": ("x---x-x---x-", "x-x-x-x-x-x-"),
            },
            40,
            70,
            0.5,
            14,
        ),
        Layer(
            "pad",
            (48, 50, 89, 52),
            "close",
            {"4/4": ("=",), "3/4": ("=",), "6/8": ("=",)},
            55,
            77,
            0.45,
        ),
    ),
    tune=Tune((53, 80, 11, 73, 1, 65, 54), SINGING, 65, 84, 0.8),
    looseness_ms=5,
)

"""House: four on the floor, off-beat hats and piano stabs."""

from engine.training.corpus.rhythms import HOOKS
from engine.training.corpus.style import Layer, Style, Tune

HOUSE = Style(
    name="house",
    synonyms=("house", "deep house", "club house", "piano house", "house music"),
    moods=("danceable", "uplifting", "groovy", "hypnotic", "late-night"),
    tempo_bpm=(118, 128),
    meters={"4/4": 1.0},
    minor=0.56,
    major=(
        "Imaj7 vi7 ii7 V7",
        "IVmaj7 iii7 vi7 vi7",
        "I V vi IV",
        "ii7 IV I V",
        "vi7 IVmaj7 I V",
        "IVmaj9 V vi7 iii7",
        "Imaj9 ii9 Imaj9 ii9",
        "I ii7 IV IV",
    ),
    minor_progressions=(
        "i7 iv7 VII7 IIImaj7",
        "i9 VImaj7 i9 v7",
        "i VI III VII",
        "i7 v7 VImaj7 VII",
        "iv9 i9 iv9 v7",
        "i7 III VImaj7 iv7",
        "VImaj7 v7 i7 i7",
        "i9 iv9 i9 iv9",
        "i7 VII VImaj7 VII",
    ),
    kits=(24, 25, 16),
    grooves={
        "4/4": (
            "K X... | O ..x. | C ....x...",
            "K X... | O ..x. | C ....x... | H xxxx",
            "K X... | H ..x. | C ....x..x....x... | J x.xx",
            "K X... | O ..x. | S ....x... | Z xoxo",
            "K X...X...X...X.x. | O ..x. | C ....x.......x..x",
            "K X... | H .xx..xx..xx..xxx | C ....x... | Q ..x..x....x..xx.",
            "K X... | D ..x. | R ..x..x....x..x.. | C ....x...",
        ),
    },
    fills=(
        "C x.x.xxxx",
        "S xxxxxxxx",
        "S x.x.x.xx | K x...x...",
        "N x..x..x. | Q ..x..x.x",
        "C ..xx",
    ),
    bass_programs=(38, 39, 33),
    bass={
        "4/4": (
            "..R-..R-..R-..R-",
            "R-.R..R-..R-..R-",
            "..RR..RR..RR..OA",
            "R..R..R.R..R..A-",
            "..R-..O-..R-..O-",
        ),
    },
    layers=(
        Layer(
            "comp",
            (0, 1, 4, 16),
            "close",
            {
                "4/4": (
                    "x..x..x...x..x..",
                    "x-.x-.x-..x-.x-.",
                    "..x-..x-..x-..x-",
                    "x...x..x..x.x...",
                    "x--x--x--x--x-x-",
                ),
            },
            57,
            78,
        ),
        Layer("pad", (89, 50, 95, 48), "close", {"4/4": ("=",)}, 55, 77, 0.75),
        Layer(
            "stab",
            (90, 62, 81),
            "close",
            {
                "4/4": ("..x.............", "...x..x.........", "x.....x...x....."),
            },
            60,
            82,
            0.3,
        ),
    ),
    tune=Tune((80, 81, 54, 11, 73, 98), HOOKS, 67, 88, 0.65),
    drum_chance=0.92,
    swing=(0.5, 0.56),
    swing_steps=1,
    looseness_ms=1,
    slow_harmony=0.35,
    crash_chance=0.6,
    pump=0.6,
    room=(0.08, 0.2),
)

"""Lo-fi: dusty drums, soft electric piano, sevenths and ninths."""

from engine.training.corpus.rhythms import CALM
from engine.training.corpus.style import Layer, Style, Tune

LO_FI = Style(
    name="lo-fi",
    synonyms=("lo-fi", "lofi beats", "chillhop", "study beats", "dusty lo-fi"),
    moods=("relaxed", "dreamy", "nostalgic", "mellow", "sleepy"),
    tempo_bpm=(66, 88),
    meters={"4/4": 0.62, "3/4": 0.2, "6/8": 0.18},
    minor=0.5,
    major=(
        "ii9 V9 Imaj9 vi9", "Imaj7 vi7 ii7 V7", "IVmaj7 iii7 ii7 Imaj7", "Imaj9 IVmaj9 iii7 VI7",
        "IVmaj7 V7 iii7 vi7", "Imaj7 III7 vi7 ii7,V7", "vi9 ii9 V9 Imaj9", "Imaj7 #idim7 ii7 V7",
        "IVmaj9 iv6 iii7 vi7",
    ),
    minor_progressions=(
        "i9 iv9 VII9 IIImaj9", "i7 VImaj7 iv7 V7", "iihdim7 V7 i7 i7", "i9 iv9 i9 v7",
        "VImaj7 v7 iv7 i7", "i7 IV9 i7 IV9", "iv9 VII13 IIImaj7 VImaj7", "i9 VImaj9 IIImaj7 VII9",
        "VImaj9 VII9 i9 i9",
    ),
    kits=(8, 0, 25),
    grooves={
        "4/4": (
            "K X.....x.x....... | S ....x... | H x.",
            "K X..x....x..x.... | S ....x... | H x.xox.x.x.xox.x.",
            "K X.....x...x..x.. | R ....x... | H x.o.",
            "K X.......x.x..... | S ....x.......x..o | H x...",
            "K X..x...x..x..... | S ....x..o....x... | H x.xx",
            "K X.....xx........ | S ....x... | Z x.o.",
        ),
        "3/4": ("K x.....x..... | S ....x...o... | H x.", "K x........x.. | R ....x...x... | H x.o."),
        "6/8": ("K x.........x. | S ......x..... | H x.", "K x...x....... | R ......x..... | H x.o.x."),
    },
    fills=("S ....x.ox", "S x..x", "R x.x. | K ...x", "S ..x.o.x.", "K x..x...."),
    bass_programs=(32, 33, 35),
    bass={
        "4/4": ("R-----R-F-----A-", "R--R----R---W-A-", "R-------R-----A-", "R-------F---W-A-"),
        "3/4": ("R-------A---", "R-----F---A-"),
        "6/8": ("R-----F---A-", "R---------A-"),
    },
    layers=(
        Layer("comp", (4, 5, 0, 11), "close", {
            "4/4": ("x-----x---------", "x-------..x-----", "x---x-----x-x---", "x---------x---x-", "0-1-2-3-2-1-2-1-"),
            "3/4": ("x-----x-----", "x-------x---"),
            "6/8": ("x-----x-x---", "x---x-------"),
        }, 52, 74, 1.0, 18),
        Layer("guitar", (26, 24, 27), "close", {
            "4/4": ("..x-....x-..x-..", "....x-------x-x-", "0-2-3-2-1-2-3-2-"),
            "3/4": ("....x---x---", "0-1-2-3-2-1-"),
            "6/8": ("x-----x-----", "0-1-2-3-2-1-"),
        }, 55, 76, 0.5, 20),
        Layer("pad", (89, 49, 91), "close", {"4/4": ("=",), "3/4": ("=",), "6/8": ("=",)},
              52, 74, 0.35),
    ),
    tune=Tune((11, 73, 26, 75, 79, 4, 59), CALM, 62, 84, 0.7),
    drum_chance=0.84,
    swing=(0.55, 0.64),
    swing_steps=1,
    looseness_ms=13,
    slow_harmony=0.1,
    crash_chance=0.05,
    crackle=0.8,
    room=(0.08, 0.2),
    room_s=(0.4, 1.0),
    words=("dusty", "vinyl crackle", "tape warmth"),
)

"""Swing: walking bass, ride cymbal, rootless voicings."""

from engine.training.corpus.rhythms import JAZZY
from engine.training.corpus.style import Layer, Style, Tune

SWING = Style(
    name="swing",
    synonyms=("swing", "jazz", "swing jazz", "jazz combo", "bebop-flavoured swing"),
    moods=("swinging", "smoky", "lively", "sophisticated", "playful"),
    tempo_bpm=(108, 172),
    meters={"4/4": 0.62, "3/4": 0.26, "6/8": 0.12},
    minor=0.45,
    major=(
        "Imaj7 vi7 ii7 V7", "ii7 V7 Imaj7 Imaj7", "Imaj7,VI7 ii7,V7 iii7,VI7 ii7,V7", "I6 I7 IV7 #ivdim7",
        "I7 IV7 I7 I7 IV7 IV7 I7 VI7 ii7 V7 I7 V7", "Imaj7 IV7 iii7 VI7", "III7 VI7 II7 V7",
        "Imaj9 ii9 iii7 VI13", "ii9 V13 Imaj9 VI7",
    ),
    minor_progressions=(
        "i6 iihdim7,V7 i6 V7", "i7 i7 iihdim7 V7", "iv7 VII7 IIImaj7 VImaj7 iihdim7 V7 i6 i6",
        "i7 VI7 iihdim7 V7", "i6 iv6 i6 V7", "i7 iv7 i7 i7 iv7 iv7 i7 i7 VI7 V7 i7 V7",
        "i7 VI9 V7 i7", "i6 VI7 ii7 V7", "VImaj7 V7 i7 iv7",
    ),
    kits=(32, 40),
    grooves={
        "4/4": (
            "D x...x.x. | P ....x...",
            "D x...x.x. | P ....x... | K o... | S ......o.......o.",
            "D x...x.x.x...x... | P ....x... | K x.......o.....x.",
            "D x...x... | P ....x... | S ..o.......o...o.",
            "H x...x.x. | K o... | S ....o...",
            "D x.x.x...x...x.x. | P ....x... | R ............x... | K x.......",
        ),
        "3/4": ("D x...x.x.x... | P ....x...x... | K x...........", "D x...x...x.x. | P ....x....... | S ......o...o.",
                "D x...x.x.x.x. | K x.......o... | P ....x...x..."),
        "6/8": ("D x.x.x.x.x.x. | K x.....x..... | P ......x.....", "D x...x.x...x. | K x.......x... | R ......x...x."),
    },
    fills=("S x.xxx.x.", "S x..x | N ..x. | T ...x", "S x.x.x.xx", "S xx.x.xx.", "R ..x.x..x"),
    bass_programs=(32,),
    bass={
        "4/4": ("R---W---W---A---", "R---W---F---A---", "R---T---F---A---", "R---W-W-W---A---"),
        "3/4": ("R---W---A---", "R---W---W-A-", "R-------A---"),
        "6/8": ("R---W-F---A-", "R-----W-A---"),
    },
    layers=(
        Layer("comp", (0, 26, 4), "close", {
            "4/4": ("x-----x-........", "..x---....x-....", "x-....x-..x-....", "x---..x---..x-..", "....x-......x-x-",
                    "x...x...x...x..."),
            "3/4": ("x-....x-....", "..x-..x-....", "x---....x-.."),
            "6/8": ("x-..x-x-....", "x-....x-..x-"),
        }, 54, 75),
        Layer("guitar", (26,), "close", {
            "4/4": ("x...x...x...x...", "x-..x-.."),
            "3/4": ("x...x...x...",),
            "6/8": ("x.....x.....",),
        }, 52, 72, 0.45, 6),
        Layer("horns", (61, 56, 57, 66), "close", {
            "4/4": ("......x-........", "x-x-............", "..........x-..x-"),
            "3/4": ("x-x-........", "......x---.."),
            "6/8": ("x---........", "......x-x-.."),
        }, 58, 78, 0.35),
    ),
    tune=Tune((66, 65, 56, 59, 71, 11, 26), JAZZY, 60, 82, 0.85),
    drum_chance=0.8,
    swing=(0.6, 0.68),
    looseness_ms=9,
    slow_harmony=0.05,
    crash_chance=0.15,
    room=(0.08, 0.2),
)

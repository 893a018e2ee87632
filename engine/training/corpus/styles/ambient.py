"""Ambient: long pads, slow arpeggios, hardly a beat."""

from engine.training.corpus.rhythms import CALM
from engine.training.corpus.style import Layer, Style, Tune

AMBIENT = Style(
    name="ambient",
    synonyms=("ambient", "ambient soundscape", "drone-like ambient", "meditation music", "atmospheric ambient"),
    moods=("calm", "floating", "spacious", "meditative", "ethereal"),
    tempo_bpm=(58, 92),
    meters={"4/4": 0.46, "3/4": 0.28, "6/8": 0.26},
    minor=0.48,
    major=(
        "Imaj7 IVmaj7 Imaj7 IVmaj7", "Isus2 IVsus2 Isus2 Vsus4", "Imaj9 vi7 IVmaj9 iii7", "I iii IVmaj7 I",
        "IVmaj7 Imaj7 ii7 IVmaj7", "I Isus4 I Isus2", "vi7 IVmaj7 Imaj7 Vsus4", "Imaj7 II Imaj7 II",
        "I v IV I",
    ),
    minor_progressions=(
        "i9 VImaj7 i9 VImaj7", "i7 III VImaj7 VII", "isus2 VI isus2 VII", "i9 iv9 VImaj7 v7", "VImaj7 VII i7 i7",
        "i v7 VImaj7 iv7", "iv7 i7 VImaj7 VII", "i7 IV i7 IV", "i VImaj7 IIImaj7 VIIsus4",
    ),
    kits=(25, 24, 40),
    grooves={
        "4/4": (
            "K x...............",
            "K x.......x....... | Z ..x...x.",
            "K x............... | R ........x.......",
            "Z x.o.x.o.",
            "K x.........x..... | R ........x....... | H x...",
            "T x.....x......... | Z ....x...",
        ),
        "3/4": ("K x........... | Z x...", "R ........x... | K x...........", "T x.......x..."),
        "6/8": ("K x.....o..... | Z x.o.x.", "K x........... | R ......x....."),
    },
    fills=("T x.x.", "R ...x", "T ..x. | L ...x", "Z xxxx"),
    bass_programs=(39, 35, 38, 32),
    bass={
        "4/4": ("R---------------", "R-----------....", "R-------O-------"),
        "3/4": ("R-----------", "R-------O---"),
        "6/8": ("R-----------", "R-----F-----"),
    },
    layers=(
        Layer("pad", (89, 91, 92, 94, 95, 49, 51, 93), "spread", {"4/4": ("=",), "3/4": ("=",), "6/8": ("=",)},
              50, 76),
        Layer("arp", (11, 46, 88, 98, 4, 10, 12, 108), "close", {
            "4/4": ("0-2-1-3-2-1-3-2-", "0---2---1---3---", "0-1-2-3-4-3-2-1-"),
            "3/4": ("0-1-2-3-2-1-", "0---2---3---"),
            "6/8": ("0-1-2-3-2-1-", "0-----2-3---"),
        }, 60, 84, 0.8),
        Layer("piano", (0, 4, 24), "close", {
            "4/4": ("x---------------", "x-------0---2---"),
            "3/4": ("x-----------", "x---1---2---"),
            "6/8": ("x-----------", "x-----2-----"),
        }, 55, 77, 0.6),
    ),
    tune=Tune((73, 75, 77, 54, 92, 99, 68, 79), CALM, 65, 86, 0.55),
    drum_chance=0.3,
    bass_chance=0.75,
    looseness_ms=14,
    slow_harmony=0.3,
    crash_chance=0.0,
    room=(0.3, 0.55),
    room_s=(1.8, 3.0),
)

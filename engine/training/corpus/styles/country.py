"""Country and folk: strummed acoustic guitars, banjo, fiddle."""

from engine.training.corpus.rhythms import SINGING
from engine.training.corpus.style import Layer, Style, Tune

COUNTRY = Style(
    name="country",
    synonyms=("country", "folk", "country folk", "americana", "acoustic folk", "bluegrass-tinged country"),
    moods=("homely", "cheerful", "rustic", "honest", "wistful"),
    tempo_bpm=(92, 148),
    meters={"4/4": 0.5, "3/4": 0.3, "6/8": 0.2},
    minor=0.4,
    major=(
        "I IV I V", "I I IV IV I V I I", "I V I IV", "I vi IV V", "I IV V I", "IV I V I", "I I7 IV V",
        "I V/3 vi IV", "I II7 V V",
    ),
    minor_progressions=(
        "i VII i VII", "i VII VI V", "i iv i V", "i III VII i", "i VI III VII", "i i VII VII",
        "i v i VII", "iv i VII i", "i VI VII i",
    ),
    kits=(40, 0, 8),
    grooves={
        "4/4": (
            "K x.......x....... | S ....x... | H x.x.",
            "K x...x...x...x... | S ..x...x. | H x.",
            "K x.......x....... | S o.oox.oo | J ....x...",
            "K x.......x.x..... | R ....x... | H x.",
            "S xoxxxoxxxoxxxoxx | K x...",
            "K x.....x.x....... | S ....x... | J x.x.",
        ),
        "3/4": ("K x........... | S ....x...x... | H x...", "K x........... | R ....x...x.x. | J ....x...x...",
                "K x........... | S ....o...x..."),
        "6/8": ("K x........... | S ......x..... | H x.", "K x...x.x...x. | R ......x..... | J x.x.x."),
    },
    fills=("S xxxxx.x.", "S x.xx", "S ..xxxxxx", "R x.x.x.xx", "S x..xx.x. | K x..."),
    bass_programs=(32, 33, 34),
    bass={
        "4/4": ("R-------F-------", "R---....F---....", "R-------F---A-A-", "R---R---F---A---"),
        "3/4": ("R-----------", "R---....A---", "R-------A---"),
        "6/8": ("R-----F-----", "R-----R---A-"),
    },
    layers=(
        Layer("guitar", (25, 24), "guitar", {
            "4/4": ("0...x...1...x...", "0...x.x.1...x.x.", "x---x-x-x-x-x-x-", "0-2-3-2-1-2-3-2-", "x-x-x-x-"),
            "3/4": ("0...x...x...", "0...x.x.x.x.", "0-2-3-2-3-2-"),
            "6/8": ("0-x-x-1-x-x-", "x---x-x---x-", "0-2-3-2-3-2-"),
        }, 43, 72, 1.0, 16),
        Layer("banjo", (105, 25, 15), "close", {
            "4/4": ("0123210321023210", "0-2-1-3-0-2-1-3-", "..x...x."),
            "3/4": ("0-2-1-3-2-1-", "....x...x..."),
            "6/8": ("0-1-2-3-2-1-", "..x-x-..x-x-"),
        }, 57, 77, 0.5),
        Layer("keys", (0, 3, 21, 16), "close", {
            "4/4": ("..x...x.", "....x.......x...", "x-------x-------"),
            "3/4": ("....x...x...", "x-----------"),
            "6/8": ("x-----x-----", "....x.....x."),
        }, 55, 76, 0.4),
    ),
    tune=Tune((110, 22, 40, 25, 105, 78, 27), SINGING, 62, 84, 0.8),
    drum_chance=0.65,
    looseness_ms=9,
    slow_harmony=0.1,
    crash_chance=0.1,
)

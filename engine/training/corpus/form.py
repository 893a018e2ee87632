"""The form of a piece: its sections, how full each is, and which groove carries it."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from engine.training.corpus.drawing import Drawing
from engine.training.corpus.grooves import drawn, varied
from engine.training.corpus.line_up import LineUp
from engine.training.corpus.style import Style

DRUMS_ALONE_CHANCE = 0.2  # of a break or a thin intro
ENERGY = {"intro": 0.8, "verse": 0.9, "chorus": 1.05, "break": 0.75, "outro": 0.85}
FORMS: dict[int, tuple[tuple[str, ...], ...]] = {
    1: (("verse",), ("chorus",)),
    2: (("verse", "chorus"), ("intro", "verse"), ("intro", "chorus"), ("chorus", "break")),
    3: (
        ("intro", "verse", "chorus"), ("verse", "verse", "chorus"), ("verse", "chorus", "outro"),
        ("chorus", "break", "chorus"), ("verse", "chorus", "verse"),
    ),
    4: (
        ("intro", "verse", "verse", "chorus"), ("intro", "verse", "chorus", "chorus"),
        ("verse", "chorus", "break", "chorus"), ("verse", "verse", "chorus", "outro"),
        ("intro", "verse", "chorus", "break"), ("intro", "verse", "chorus", "outro"),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Passage:
    """A section of the form: ``layers`` index the piece's layers; ``energy`` 0.6-1.1 scales
    velocities; the groove is None where the drums rest."""

    name: str
    first_bar: int
    n_bars: int
    layers: tuple[int, ...]
    groove: str | None
    has_bass: bool
    has_tune: bool
    energy: float

    @property
    def is_drums_alone(self) -> bool:
        """Whether nobody plays a pitch."""
        return not (self.layers or self.has_bass or self.has_tune)


def draw_form(
    style: Style, meter: str, n_bars: int, n_layers: int, line_up: LineUp, drawing: Drawing,
    rng: Random,
) -> tuple[Passage, ...]:  # fmt: skip
    """Sections of four or eight bars that fill the piece; in each, someone plays."""
    lengths = _draw_lengths(n_bars, rng)
    names = rng.choice(FORMS[len(lengths)])
    verse_groove, chorus_groove = _draw_grooves(style, meter, drawing, rng)
    everyone = tuple(range(n_layers))
    few = everyone[: max(1, n_layers - 1)]
    has_quiet_intro = rng.random() < 0.5
    passages, bar = [], 0
    for name, length in zip(names, lengths, strict=True):
        is_thin = name == "break" or (name == "intro" and has_quiet_intro)
        groove = None
        if line_up.has_drums:
            groove = chorus_groove if name == "chorus" else verse_groove
        if is_thin and groove and rng.random() < DRUMS_ALONE_CHANCE:
            passage = Passage(name, bar, length, (), groove, False, False, ENERGY[name])
        else:
            passage = Passage(
                name, bar, length,
                layers=everyone if name == "chorus" else few if name != "intro" else everyone[:1],
                groove=None if is_thin and everyone else groove,
                has_bass=line_up.has_bass and not (is_thin and everyone and rng.random() < 0.6),
                has_tune=line_up.has_tune and (name != "intro" or rng.random() < 0.25),
                energy=ENERGY[name],
            )  # fmt: skip
        passages.append(passage)
        bar += length
    return tuple(passages)


def _draw_lengths(n_bars: int, rng: Random) -> list[int]:
    chunk = 4 if n_bars <= 16 else rng.choice((4, 8))
    lengths = [chunk] * (n_bars // chunk)
    if n_bars % chunk:
        lengths = [n_bars % chunk, *lengths]
    while len(lengths) > 4:
        lengths = [lengths[0] + lengths[1], *lengths[2:]]
    return lengths


def _draw_grooves(style: Style, meter: str, drawing: Drawing, rng: Random) -> tuple[str, str]:
    """Grooves of verse and chorus, as one drummer plays them; often the same one."""

    def draw() -> str:
        groove = rng.choice(style.grooves[meter])
        if drawing.beat:
            return drawn(meter, groove, rng)
        return varied(groove, meter, rng) if rng.random() < 0.7 else groove

    verse = draw()
    return verse, verse if rng.random() < 0.5 else draw()

"""What a person does to drum steps."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from app.actions.stroke import Stroke
from app.model.drum_hit import ACCENT, GHOST, MAX_NUDGE_MS, NORMAL, DrumHit, DrumRow
from app.model.drum_pattern import PATTERNS, fill_hits, pattern_hits
from app.model.edits.drums import (
    ChangeHits,
    FillDrums,
    OrderDrumRows,
    SetDrumRow,
    SetSwing,
    ToggleHit,
)
from app.model.note_shaping import (
    HUMANISE_SEED,
    LARGEST_HUMANISE_MS,
    humanise_hits,
    quantise_hits,
    ramp_hits,
)
from app.model.region import bars_of
from engine.timebase import Seconds, Span, Ticks

PATTERN_NAMES = tuple(PATTERNS)
LEVELS = (GHOST, NORMAL, ACCENT)
FLAM_BEFORE = Ticks(40)


def pattern_title(name: str) -> str:
    """A groove's name as menus show it: ``Four on the floor``."""
    title = name.replace("-", " ") if name.count("-") > 1 else name
    return title[0].upper() + title[1:]


def _counted(verb: str, number: int) -> str:
    return f"{verb} {number} drum step{'' if number == 1 else 's'}"


class DrumActions:
    """Every method is one undo step, or one state of a running drag."""

    def __init__(self, stroke: Stroke) -> None:
        self._stroke = stroke

    def toggle(self, time: Ticks, pitch: int) -> None:
        """Set a step, or take it away."""
        self._stroke.do(ToggleHit(time, pitch))

    def paint(self, cells: Iterable[tuple[Ticks, int]], velocity: int = NORMAL) -> None:
        """Set every cell (time, pitch) that is empty."""
        lane = self._stroke.base.drums
        hits = tuple(
            DrumHit(time, pitch, velocity)
            for time, pitch in cells
            if lane.hit_at(time, pitch) is None
        )
        self._stroke.do(ChangeHits((), hits, _counted("Paint", len(hits))))

    def place(self, hits: Iterable[DrumHit]) -> None:
        """Put steps down and select them; what they land on yields."""
        placed = tuple(hits)
        self._stroke.do(ChangeHits((), placed, _counted("Paste", len(placed))))
        self._stroke.select(frozenset(placed))

    def remove(self, hits: Iterable[DrumHit]) -> None:
        """Take steps away."""
        gone = self._present(hits)
        if gone:
            self._stroke.do(ChangeHits(gone, (), _counted("Delete", len(gone))))
            self._stroke.select(frozenset())

    def set_velocity(self, hits: Iterable[DrumHit], velocity: float) -> None:
        """Give steps one loudness, 1-127."""
        level = round(min(127, max(1, velocity)))
        self._change(hits, lambda hit: replace(hit, velocity=level))

    def change_velocity(self, hits: Iterable[DrumHit], difference: int) -> None:
        """Play steps louder or softer, each from where it was."""
        self._change(
            hits,
            lambda hit: replace(hit, velocity=min(127, max(1, hit.velocity + difference))),
        )

    def step_level(self, hits: Iterable[DrumHit], *, louder: bool) -> None:
        """Go to the next of the three quick levels: ghost, normal, accent."""

        def stepped(hit: DrumHit) -> DrumHit:
            if louder:
                level = next((level for level in LEVELS if level > hit.velocity), LEVELS[-1])
            else:
                below = [level for level in LEVELS if level < hit.velocity]
                level = below[-1] if below else LEVELS[0]
            return replace(hit, velocity=level)

        self._change(hits, stepped)

    def move(
        self, hits: Iterable[DrumHit], ticks: int, *, keep_originals: bool = False
    ) -> tuple[DrumHit, ...]:
        """Shift steps in time, as far as bar 1 allows; what they land on yields."""
        moving = self._present(hits)
        if not moving:
            return ()
        ticks = max(ticks, -min(hit.time for hit in moving))
        moved = tuple(replace(hit, time=Ticks(hit.time + ticks)) for hit in moving)
        label = _counted("Duplicate" if keep_originals else "Move", len(moving))
        self._stroke.do(ChangeHits(() if keep_originals else moving, moved, label))
        self._stroke.select(frozenset(moved))
        return moved

    def add_flam(self, hit: DrumHit) -> None:
        """Put a soft stroke just before one."""
        if hit.time < FLAM_BEFORE:
            return
        grace = DrumHit(Ticks(hit.time - FLAM_BEFORE), hit.pitch, GHOST)
        self._stroke.do(ChangeHits((), (grace,), "Add flam"))

    def clear_row(self, pitch: int, span: Span[Ticks] | None = None) -> None:
        """Empty a row, or only a stretch of it."""
        hits = [
            hit
            for hit in self._stroke.base.drums.hits
            if hit.pitch == pitch and (span is None or span.contains(hit.time))
        ]
        if hits:
            self._stroke.do(ChangeHits(tuple(hits), (), "Clear row"))

    def paint_pattern(self, name: str, span: Span[Ticks]) -> None:
        """Put a groove of ``PATTERNS`` over a stretch, instead of what was there.

        It starts on the bar line before the stretch; raises KeyError for an unknown name.
        """
        tempo = self._stroke.base.tempo
        first, last = bars_of(span, tempo)
        hits = pattern_hits(name, tempo.meter, last - first + 1, tempo.bar_start(first))
        inside = tuple(hit for hit in hits if span.contains(hit.time))
        self._stroke.do(FillDrums(span, inside, f"Paint {pattern_title(name).lower()}"))

    def add_fill(self, bar: Span[Ticks]) -> None:
        """Let a bar end with a fill over snare and toms; its kicks stay."""
        project = self._stroke.base
        hits = fill_hits(project.drums.hits, project.tempo.meter, bar)
        self._stroke.do(FillDrums(bar, hits, "Add fill"))

    def repeat(self, hits: Iterable[DrumHit], run: Span[Ticks], until: Ticks) -> None:
        """Play the steps of ``run`` again and again until a position; the last time may be cut.

        What lay between is replaced.
        """
        pattern, length = self._present(hits), run.end - run.start
        copies = tuple(
            replace(hit, time=Ticks(hit.time + shift))
            for shift in range(length, max(length, until - run.start), length)
            for hit in pattern
            if hit.time + shift < until
        )
        if until > run.end:
            self._stroke.do(
                FillDrums(Span(run.end, until), copies, _counted("Repeat", len(pattern)))
            )
        else:
            self._stroke.do(ChangeHits((), (), "Repeat drum steps"))
        self._stroke.select(frozenset((*pattern, *copies)))

    def quantise(
        self, hits: Iterable[DrumHit], step: Ticks, strength: float = 1.0, swing: float = 50.0
    ) -> None:
        """Move steps towards the grid by ``strength`` 0..1; ``swing`` 50..75 % bends it."""
        old = self._present(hits)
        new = quantise_hits(old, step, strength, swing)
        self._stroke.do(ChangeHits(old, new, _counted("Quantise", len(old))))
        self._stroke.select(frozenset(new))

    def humanise(self, hits: Iterable[DrumHit], most_ms: float, most_velocity: float) -> None:
        """Shift time (by at most 20 ms) and loudness a little, the same way each time."""
        old, tempo = self._present(hits), self._stroke.base.tempo
        most_ticks = tempo.ticks_at(Seconds(min(most_ms, LARGEST_HUMANISE_MS) / 1000))
        new = humanise_hits(old, most_ticks, round(most_velocity), HUMANISE_SEED)
        self._stroke.do(ChangeHits(old, new, "Humanise drum steps"))
        self._stroke.select(frozenset(new))

    def ramp(self, hits: Iterable[DrumHit], first: float, last: float) -> None:
        """Velocities in a straight line over time."""
        old = self._present(hits)
        new = ramp_hits(old, round(first), round(last))
        self._stroke.do(ChangeHits(old, new, "Velocity ramp"))
        self._stroke.select(frozenset(new))

    def set_swing(self, percent: float, step: Ticks | None = None) -> None:
        """Delay every second step by 50-75 %; ``step`` None keeps eighths or sixteenths."""
        self._stroke.do(SetSwing(percent, step))

    def nudge_row(self, pitch: int, nudge_ms: float) -> None:
        """Play a row late (or early, below 0), by at most 100 ms."""
        row = next(row for row in self._stroke.base.drums.rows if row.pitch == pitch)
        nudge_ms = min(MAX_NUDGE_MS, max(-MAX_NUDGE_MS, nudge_ms))
        self._stroke.do(SetDrumRow(replace(row, nudge_ms=nudge_ms), "Nudge drum row"))

    def move_row(self, pitch: int, above: int | None) -> None:
        """Show a row just above another, or at the bottom for None."""
        pitches = [row.pitch for row in self._stroke.base.drums.rows if row.pitch != pitch]
        index = len(pitches) if above is None else pitches.index(above)
        self._stroke.do(OrderDrumRows((*pitches[:index], pitch, *pitches[index:])))

    def set_row(self, row: DrumRow, label: str) -> None:
        """Change the switches or the name of a row."""
        self._stroke.do(SetDrumRow(row, label))

    def _present(self, hits: Iterable[DrumHit]) -> tuple[DrumHit, ...]:
        wanted = set(hits)
        return tuple(hit for hit in self._stroke.base.drums.hits if hit in wanted)

    def _change(self, hits: Iterable[DrumHit], changed: Callable[[DrumHit], DrumHit]) -> None:
        old = self._present(hits)
        new = tuple(changed(hit) for hit in old)
        self._stroke.do(ChangeHits(old, new, "Change velocity"))
        self._stroke.select(frozenset(new))

"""Grooves by style and meter."""

from __future__ import annotations

import pytest

from app.model.drum_hit import STANDARD_ROWS
from app.model.drum_pattern import PATTERNS, pattern_hits
from app.model.drum_style import STYLE_GRIDS, STYLE_GROUPS
from engine.timebase import Meter, Ticks

METERS = (Meter(4, 4), Meter(3, 4), Meter(6, 8), Meter(5, 4), Meter(7, 8))
KICK, RIM = 36, 37


def test_every_groove_is_in_exactly_one_group() -> None:
    grouped = [name for names in STYLE_GROUPS.values() for name in names]
    assert sorted(grouped) == sorted(PATTERNS)


@pytest.mark.parametrize("name", sorted(PATTERNS))
@pytest.mark.parametrize("meter", METERS, ids=str)
def test_every_groove_beats_in_every_bar_of_every_meter(name: str, meter: Meter) -> None:
    hits = pattern_hits(name, meter, 4)
    for bar in range(4):
        inside = [hit for hit in hits if hit.time // meter.bar_ticks == bar]
        assert len(inside) >= 3
    assert hits[-1].time < 4 * meter.bar_ticks
    known = {row.pitch for row in STANDARD_ROWS} | {RIM}
    assert {hit.pitch for hit in hits} <= known


def test_lines_of_a_grid_divide_the_bar_into_whole_ticks() -> None:
    for meters in STYLE_GRIDS.values():
        for name, bars in meters.items():
            beats, unit = map(int, name.split("/"))
            for line in (line.partition(" ")[2] for bar in bars for line in bar):
                assert Meter(beats, unit).bar_ticks % len(line) == 0, line
                assert set(line) <= set("Xxo.")


def test_a_style_plays_its_own_bar_in_its_own_meter() -> None:
    kicks = [hit.time for hit in pattern_hits("rock", Meter(4, 4), 1) if hit.pitch == KICK]
    assert kicks == [Ticks(0), Ticks(6 * 240), Ticks(8 * 240)]
    triplets = [hit.time for hit in pattern_hits("jazz swing", Meter(4, 4), 1) if hit.pitch == 51]
    assert triplets == [step * 320 for step in (0, 3, 5, 6, 9, 11)]

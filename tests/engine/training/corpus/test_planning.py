"""Line-ups, forms, grooves and wandering harmony, before any note is written."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest

from engine.training.corpus.drawing import Drawing
from engine.training.corpus.form import draw_form
from engine.training.corpus.grooves import drawn, varied
from engine.training.corpus.line_up import LineUp, draw_line_up
from engine.training.corpus.patterns import bar_of, bar_steps, drum_rows, strokes
from engine.training.corpus.progressions import chord_span
from engine.training.corpus.style import DRUM_KEYS, Style
from engine.training.corpus.styles import STYLES
from engine.training.corpus.styles.chamber import CHAMBER
from engine.training.corpus.styles.pop import POP
from engine.training.corpus.wandering import shifted, wander

METERS = ("4/4", "3/4", "6/8")


def n_strokes(groove: str, steps: int) -> int:
    rows = drum_rows(groove)
    assert all(drum in DRUM_KEYS for drum, _ in rows)
    return sum(len(list(strokes(bar_of(row, steps, bar)))) for _, row in rows for bar in (0, 1))


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_a_varied_groove_stays_a_groove_and_keeps_its_heart(style: Style) -> None:
    for meter, grooves in style.grooves.items():
        steps = bar_steps(meter)
        for groove in grooves:
            before = n_strokes(groove, steps)
            for seed in range(10):
                after = varied(groove, meter, Random(seed))
                assert 0.6 * before <= n_strokes(after, steps) <= before + 2 * steps


@pytest.mark.parametrize("meter", METERS)
def test_a_drawn_beat_can_be_played_and_is_seldom_the_same(meter: str) -> None:
    groove = POP.grooves[meter][0]
    beats = [drawn(meter, groove, Random(seed)) for seed in range(300)]
    assert all(n_strokes(beat, bar_steps(meter)) > 0 for beat in beats)
    assert len(set(beats)) > 200


@pytest.mark.parametrize("meter", METERS)
def test_a_walk_of_chords_fills_its_bars_without_a_gap(meter: str) -> None:
    for seed in range(100):
        chords = wander(0, meter, 8, Random(seed))
        assert chords[0].start == 0
        assert chords[-1].end == 8 * bar_steps(meter)
        for before, after in pairwise(chords):
            assert before.end == after.start
            assert before.label != after.label


def test_walks_change_at_odd_places_too() -> None:
    starts = [
        chord.start % 16 for seed in range(100) for chord in wander(0, "4/4", 8, Random(seed))
    ]
    assert {0, 4, 8, 12} == set(starts)
    assert sum(start in (4, 12) for start in starts) > 0.05 * len(starts)


def test_moved_changes_keep_order_ends_and_at_least_a_quarter_each() -> None:
    chords = tuple(chord_span(16 * bar, 16 * bar + 16, f"{root}:maj")
                   for bar, root in enumerate(("C", "F", "G", "A")))  # fmt: skip
    all_starts = set()
    for seed in range(50):
        moved = shifted(chords, Random(seed))
        all_starts |= {chord.start for chord in moved}
        assert [chord.label for chord in moved] == [chord.label for chord in chords]
        assert (moved[0].start, moved[-1].end) == (0, 64)
        assert all(before.end == after.start for before, after in pairwise(moved))
        assert all(chord.end - chord.start >= 4 for chord in moved)
    assert {14, 12, 20} <= all_starts


def test_someone_plays_in_every_section_whatever_the_line_up() -> None:
    for style in STYLES:
        for seed in range(60):
            rng = Random(seed)
            line_up = draw_line_up(style, rng)
            meter = next(iter(style.meters))
            form = draw_form(style, meter, 14, len(line_up.layers), line_up, Drawing(), rng)
            bars = [
                bar for part in form for bar in range(part.first_bar, part.first_bar + part.n_bars)
            ]
            assert bars == list(range(14))
            assert all(part.groove or not part.is_drums_alone for part in form)


def test_a_style_that_hardly_knows_drums_is_not_given_to_them_alone() -> None:
    line_ups = [draw_line_up(CHAMBER, Random(seed)) for seed in range(400)]
    assert all(line_up.layers for line_up in line_ups)
    assert LineUp((), has_bass=False, has_drums=True, has_tune=False) not in line_ups
    assert any(not draw_line_up(POP, Random(seed)).layers for seed in range(400))

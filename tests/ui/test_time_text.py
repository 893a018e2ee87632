from __future__ import annotations

import pytest

from app.ui.panels.time_text import format_clock, format_position, parse_length, parse_position
from engine.timebase import Meter, Seconds, TempoMap, Ticks

TEMPO = TempoMap(96.0)  # a bar of 4/4 lasts 2.5 s


@pytest.mark.parametrize("text", ["16 s", "16s", "0:16", "16.0 sec", " 16,0 s "])
def test_a_length_in_seconds_is_kept_exactly_and_whole_bars_are_offered(text: str) -> None:
    length = parse_length(text, TEMPO)
    assert length is not None
    assert length.seconds == 16.0
    assert length.bars == pytest.approx(6.4)
    assert length.whole_bars is None
    assert length.offers == (6, 7, 8)


@pytest.mark.parametrize("text", ["8 bars", "8", "20 s", "0:20", "8bar"])
def test_whole_bars_need_no_offer(text: str) -> None:
    length = parse_length(text, TEMPO)
    assert length is not None
    assert length.whole_bars == 8
    assert length.seconds == pytest.approx(20.0)


@pytest.mark.parametrize("text", ["", "soon", "0 s", "-3 bars", "8 apples", "1:2:3"])
def test_what_is_no_length_is_not_guessed(text: str) -> None:
    assert parse_length(text, TEMPO) is None


@pytest.mark.parametrize(
    ("text", "ticks"),
    [("1", 0), ("3.1", 7_680), ("3.2.120", 8_760), ("0:05", 7_680), ("5 s", 7_680), ("0:00", 0)],
)
def test_positions_are_read_in_bars_or_in_time(text: str, ticks: int) -> None:
    assert parse_position(text, TEMPO) == ticks


@pytest.mark.parametrize("text", ["0.1", "1.0", "bar", "3 bars", ""])
def test_what_is_no_position_is_not_guessed(text: str) -> None:
    assert parse_position(text, TEMPO) is None


def test_positions_read_back_what_was_written() -> None:
    tempo = TempoMap(140.0, Meter(6, 8))
    for ticks in (0, 1, 479, 2_880, 100_003):
        assert parse_position(format_position(Ticks(ticks), tempo), tempo) == ticks


def test_the_clock_shows_tenths_and_never_runs_ahead() -> None:
    assert format_clock(Seconds(62.59)) == "1:02.5"
    assert format_clock(Seconds(0.0)) == "0:00.0"

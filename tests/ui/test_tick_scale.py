"""Ticks to pixels and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.timeline.tick_scale import MAX_PX_PER_QUARTER, MIN_PX_PER_QUARTER, TickScale
from engine.timebase import TICKS_PER_QUARTER, Span, Ticks

scales = st.builds(
    TickScale,
    st.floats(MIN_PX_PER_QUARTER, MAX_PX_PER_QUARTER),
    st.integers(0, 1_000_000),
)


def test_a_quarter_is_as_wide_as_it_says() -> None:
    scale = TickScale(px_per_quarter=50)
    assert scale.x_at(TICKS_PER_QUARTER) == 50
    assert scale.width_of(2 * TICKS_PER_QUARTER) == 100


@given(scales, st.integers(0, 2_000_000))
def test_a_tick_comes_back_from_its_pixel(scale: TickScale, ticks: int) -> None:
    assert abs(scale.ticks_at(scale.x_at(ticks)) - ticks) <= 1


@given(scales, st.floats(0.2, 5), st.floats(0, 2000))
def test_zooming_keeps_what_is_under_the_pointer(scale: TickScale, factor: float, x: float) -> None:
    zoomed = scale.zoomed(factor, x)
    under = scale.origin + scale.ticks_wide(x)
    if zoomed.left > 0:
        assert zoomed.x_at(under) == pytest.approx(x, abs=0.501)


def test_zooming_out_at_the_start_does_not_show_time_before_it() -> None:
    assert TickScale(48, 100).zoomed(0.1, 500).left == 0


def test_zoom_stops_at_its_limits() -> None:
    assert TickScale().zoomed(1e9, 0).px_per_quarter == MAX_PX_PER_QUARTER
    assert TickScale().zoomed(1e-9, 0).px_per_quarter == MIN_PX_PER_QUARTER


@given(st.integers(0, 500_000), st.integers(1_000, 500_000), st.floats(300, 3000))
def test_fitting_shows_the_whole_span(start: int, length: int, width: float) -> None:
    scale = TickScale().fitting(Span(Ticks(start), Ticks(start + length)), width)
    assert scale.x_at(start) >= -0.01
    if scale.px_per_quarter > MIN_PX_PER_QUARTER:
        assert scale.x_at(start + length) <= width + 0.51


def test_scrolling_does_not_go_before_the_start() -> None:
    assert TickScale(48, 100).scrolled(-10_000).left == 0


@given(scales, st.integers(0, 2_000_000), st.integers(0, 3000))
def test_scrolling_moves_everything_by_the_same_whole_pixels(
    scale: TickScale, ticks: int, px: int
) -> None:
    scrolled = scale.scrolled(px)
    assert scale.x_at(ticks) - scrolled.x_at(ticks) == px
    assert scale.pixel_at(ticks) - scrolled.pixel_at(ticks) == px


def test_a_scale_before_the_start_is_refused() -> None:
    with pytest.raises(ValueError, match="starts at pixel 0"):
        TickScale(48, -1)

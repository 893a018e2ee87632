from __future__ import annotations

from app.actions.pace import Pace
from engine.timebase import Seconds


def test_nothing_is_forecast_before_anything_was_measured() -> None:
    assert Pace().forecast(Seconds(16.0), 1) == ""


def test_a_forecast_follows_the_measured_rate_and_memory() -> None:
    pace = Pace()
    pace.learn(Seconds(10.0), 2, work_s=40.0)
    assert pace.forecast(Seconds(8.0), 1) == "About 16 s."
    pace.learn_memory(1.13e9, 8.0e9)
    assert pace.forecast(Seconds(8.0), 3) == "About 48 s, 1.1 of 8.0 GB memory."
    assert pace.forecast(Seconds(100.0), 1) == "About 3 min, 1.1 of 8.0 GB memory."


def test_newer_runs_count_more_and_an_engine_that_tells_no_memory_changes_none() -> None:
    pace = Pace(work_per_second=4.0, memory_bytes=1e9, memory_total_bytes=8e9)
    pace.learn(Seconds(10.0), 1, work_s=20.0)
    pace.learn_memory(0.0, 0.0)
    assert pace.work_per_second == 3.0
    assert pace.memory_bytes == 1e9

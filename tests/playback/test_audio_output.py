from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.playback.audio_output import SILENT_RATE_HZ, ClockOutput


def test_without_a_device_time_still_passes_at_the_right_pace(qtbot: QtBot) -> None:
    now = [10.0]
    pulled: list[int] = []
    output = ClockOutput(clock=lambda: now[0])
    output.start(lambda block: pulled.append(len(block)))
    for _ in range(5):
        now[0] += 0.1
        output.pull()
    output.close()
    assert sum(pulled) == SILENT_RATE_HZ // 2


def test_after_the_machine_slept_the_clock_goes_on_instead_of_catching_up(qtbot: QtBot) -> None:
    now = [10.0]
    pulled: list[int] = []
    output = ClockOutput(clock=lambda: now[0])
    output.start(lambda block: pulled.append(len(block)))
    now[0] += 3_600.0
    output.pull()
    now[0] += 0.1
    output.pull()
    output.close()
    assert pulled == [SILENT_RATE_HZ // 4, SILENT_RATE_HZ // 10]

"""Places in time as typed: ``12.5`` is seconds, ``bar3`` or ``bar3.2.120`` is musical."""

from __future__ import annotations

import math
import re

from engine.errors import BadInput
from engine.timebase import Seconds, TempoMap

_MUSICAL = re.compile(r"bar\s*(?P<bar>\d+)(?:\.(?P<beat>\d+))?(?:\.(?P<tick>\d+))?", re.IGNORECASE)


def parse_position(text: str, tempo: TempoMap) -> Seconds:
    """Seconds from the start; bars and beats count from 1. Raises ``BadInput``."""
    match = _MUSICAL.fullmatch(text.strip())
    if match is not None:
        bar, beat, tick = int(match["bar"]), int(match["beat"] or 1), int(match["tick"] or 0)
        if bar < 1 or not 1 <= beat <= tempo.meter.beats or tick >= tempo.meter.beat_ticks:
            raise BadInput(
                f"There is no place “{text}” in {tempo.meter}.",
                f"Bars count from 1, beats from 1 to {tempo.meter.beats}, "
                f"ticks from 0 to {tempo.meter.beat_ticks - 1}.",
            )
        return tempo.seconds_at(tempo.ticks_of_position(bar, beat, tick))
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0 <= seconds < math.inf:
        raise BadInput(f"“{text}” is not a place in time.", "Write seconds (12.5) or bar3.2.120.")
    return Seconds(seconds)

"""How fast this machine has played so far, for the forecast before a run."""

from __future__ import annotations

from engine.timebase import Seconds

_WEIGHT_OF_NEWEST = 0.5


class Pace:
    """Seconds of work per second of one take, learnt from runs that ended well."""

    def __init__(self, work_per_second: float | None = None) -> None:
        self.work_per_second = work_per_second

    def learn(self, duration: Seconds, n_takes: int, work_s: float) -> None:
        """A run of that much music took ``work_s``, without loading the model."""
        newest = work_s / (duration * n_takes)
        if self.work_per_second is None:
            self.work_per_second = newest
        else:
            self.work_per_second += _WEIGHT_OF_NEWEST * (newest - self.work_per_second)

    def forecast_s(self, duration: Seconds, n_takes: int) -> float | None:
        """How long a run is likely to take; None before the first one."""
        if self.work_per_second is None:
            return None
        return self.work_per_second * duration * n_takes

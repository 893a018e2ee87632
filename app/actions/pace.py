"""How fast this machine has played so far and with how much memory, for the forecast."""

from __future__ import annotations

from engine.timebase import Seconds

_WEIGHT_OF_NEWEST = 0.5
_GB = 1e9


class Pace:
    """Learnt from runs that ended well: work per second of one take, and the most memory used.

    0 means not known yet. ``memory_total_bytes`` is how much there is.
    """

    def __init__(
        self,
        work_per_second: float = 0.0,
        memory_bytes: float = 0.0,
        memory_total_bytes: float = 0.0,
    ) -> None:
        self.work_per_second = work_per_second
        self.memory_bytes = memory_bytes
        self.memory_total_bytes = memory_total_bytes

    def learn(self, duration: Seconds, n_takes: int, work_s: float) -> None:
        """A run of that much music took ``work_s``, without loading the model."""
        newest = work_s / (duration * n_takes)
        if self.work_per_second == 0.0:
            self.work_per_second = newest
        else:
            self.work_per_second += _WEIGHT_OF_NEWEST * (newest - self.work_per_second)

    def learn_memory(self, used_bytes: float, total_bytes: float) -> None:
        """The engine said what it needed at most."""
        if used_bytes > 0.0:
            self.memory_bytes, self.memory_total_bytes = used_bytes, total_bytes

    def forecast_s(self, duration: Seconds, n_takes: int) -> float | None:
        """How long a run is likely to take; None before the first one."""
        if self.work_per_second == 0.0:
            return None
        return self.work_per_second * duration * n_takes

    def forecast(self, duration: Seconds, n_takes: int) -> str:
        """Such as ``About 24 s, 1.1 of 8.0 GB``; empty before anything was measured."""
        seconds = self.forecast_s(duration, n_takes)
        if seconds is None:
            return ""
        time = f"About {_spoken(seconds)}"
        if self.memory_bytes == 0.0:
            return f"{time}."
        used, total = self.memory_bytes / _GB, self.memory_total_bytes / _GB
        return f"{time}, {used:.1f} of {total:.1f} GB memory."


def _spoken(seconds: float) -> str:
    if seconds < 90.0:
        return f"{max(1, round(seconds))} s"
    return f"{round(seconds / 60.0)} min"

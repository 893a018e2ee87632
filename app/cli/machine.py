"""The machine a figure was measured on."""

from __future__ import annotations

import os
import platform
import statistics
import time
from importlib.metadata import version
from pathlib import Path

COPY_BYTES = 256 * 1024 * 1024
COPY_REPEATS = 5


def describe_machine() -> dict[str, str | float]:
    """Processor, cores, load, memory speed and versions, for a report of measurements."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    description: dict[str, str | float] = {
        "system": platform.platform(),
        "processor": _processor_name(),
        "usable_cores": float(usable or 1),
        "memory_copy_gb_per_s": round(_memory_copy_gb_per_s(), 1),
        "python": platform.python_version(),
        "torch": version("torch"),
        "inlay": version("inlay"),
    }
    if hasattr(os, "getloadavg"):
        # Figures taken while something else runs are not worth much: say so beside them.
        description["load_before"] = round(os.getloadavg()[0], 2)
    return description


def _processor_name() -> str:
    """The processor's own name where the system tells it."""
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.is_file():
        for line in cpuinfo.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _memory_copy_gb_per_s() -> float:
    """Bytes read and written per second by one thread copying a large array."""
    import numpy as np

    source = np.ones(COPY_BYTES // 8)
    target = np.empty_like(source)
    seconds = []
    for _ in range(COPY_REPEATS):
        started = time.perf_counter()
        np.copyto(target, source)
        seconds.append(time.perf_counter() - started)
    return 2 * COPY_BYTES / statistics.median(seconds) / 1e9

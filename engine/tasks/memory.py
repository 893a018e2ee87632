"""How much memory the engine needed so far, measured."""

from __future__ import annotations

import os
import sys

import torch

from engine.device import Device


def memory_used(device: Device) -> tuple[int, int]:
    """The most bytes in use so far, and how many there are: of the GPU, else of the process.

    Zeros where the system does not tell.
    """
    if device.torch_device.type == "cuda":
        total = torch.cuda.get_device_properties(device.torch_device).total_memory
        return torch.cuda.max_memory_reserved(device.torch_device), total
    if sys.platform == "win32":
        return 0, 0
    import resource  # there is none on Windows

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    unit = 1 if sys.platform == "darwin" else 1024
    return most * unit, os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")

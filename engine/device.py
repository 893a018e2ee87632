"""Where a model runs: which device, in which number format, on how many threads."""

from __future__ import annotations

import os
from dataclasses import dataclass

import torch

from engine.errors import BadInput, DeviceUnusable

MOST_THREADS = 4


@dataclass(frozen=True, slots=True)
class Device:
    """A device that is there. ``threads`` counts CPU threads, also beside a GPU."""

    torch_device: torch.device
    dtype: torch.dtype
    threads: int

    @property
    def name(self) -> str:
        """``cpu`` or ``cuda``."""
        return self.torch_device.type

    @property
    def dtype_name(self) -> str:
        """For example ``float32``."""
        return str(self.dtype).removeprefix("torch.")


def pick_device(asked: str) -> Device:
    """The device for ``auto``, ``cpu`` or ``cuda``.

    Raises ``DeviceUnusable`` where CUDA is asked for and missing, ``BadInput`` for other names.
    The Starter runs in float32 everywhere: it is too small to be bound by memory.
    """
    if asked not in ("auto", "cpu", "cuda"):
        raise BadInput(f"There is no device called “{asked}”.", "Use auto, cpu or cuda.")
    is_cuda = torch.cuda.is_available() if asked == "auto" else asked == "cuda"
    if is_cuda:
        _require_cuda()
    return Device(torch.device("cuda" if is_cuda else "cpu"), torch.float32, _thread_count())


def _require_cuda() -> None:
    """Raise ``DeviceUnusable`` with the reason why CUDA cannot be used."""
    if torch.cuda.is_available():
        return
    if torch.version.cuda is None:
        message = "The installed PyTorch was built without CUDA."
        hint = "Install the CUDA build named in the README, or choose the CPU."
    else:
        message = "No NVIDIA GPU with a working driver was found."
        hint = "Install or update the NVIDIA driver, or choose the CPU."
    raise DeviceUnusable(message, hint)


def _thread_count() -> int:
    """CPU threads for the engine, one core being left to the interface.

    Fixed per machine, so that the same seed stays the same sound; more than four only wait for
    each other in matrices this small.
    """
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return max(1, min(MOST_THREADS, (usable or 1) - 1))

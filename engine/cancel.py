"""Stopping a running request from another thread."""

from __future__ import annotations

import threading


class Cancelled(Exception):
    """The person asked to stop; unwinds a task silently."""


class CancelToken:
    """A flag that is set once, from any thread, and read by the running task."""

    def __init__(self) -> None:
        self._flag = threading.Event()

    def cancel(self) -> None:
        """Ask the task to stop at its next step."""
        self._flag.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether stopping was asked for."""
        return self._flag.is_set()

    def raise_if_cancelled(self) -> None:
        """Raise ``Cancelled`` once stopping was asked for."""
        if self._flag.is_set():
            raise Cancelled

"""Faults that nobody caught: logged, written down, told once; the studio goes on."""

from __future__ import annotations

import logging
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject, Signal

log = logging.getLogger(__name__)


class FaultReport(QObject):
    """Installed at the top of the program.

    Signals, received in the main thread:
        found(str): a report to show; the same fault is reported once.
    """

    found = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._seen: set[str] = set()
        self._hooks: tuple[Callable[..., object], Callable[..., object]] | None = None

    def install(self) -> None:
        """Catch what reaches the top, in every thread."""
        self._hooks = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._on_fault
        threading.excepthook = lambda fault: self._on_fault(
            fault.exc_type, fault.exc_value, fault.exc_traceback
        )

    def remove(self) -> None:
        """Give the hooks back."""
        if self._hooks is not None:
            sys.excepthook, threading.excepthook = self._hooks
            self._hooks = None

    def report(self, text: str) -> None:
        """Tell of a fault given as a traceback."""
        log.error("%s", text)
        if text not in self._seen:
            self._seen.add(text)
            self.found.emit(f"Inlay on {platform.platform()}, Python {sys.version}\n\n{text}")

    def _on_fault(
        self,
        kind: type[BaseException],
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if issubclass(kind, KeyboardInterrupt | SystemExit):
            sys.__excepthook__(kind, fault or kind(), trace)
            return
        self.report("".join(traceback.format_exception(kind, fault, trace)))

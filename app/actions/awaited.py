"""Waiting for the disk without holding up the window."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import TypeVar

from PySide6.QtCore import QEventLoop, QMetaObject, Qt

T = TypeVar("T")
SHORT_S = 0.02
"""What takes no longer is not worth a turn of the event loop."""


def awaited(work: Callable[[], T]) -> T:
    """Do ``work`` in a thread and give its result, or raise what it raises.

    Meanwhile the window paints and plays on, and jobs report; keys and clicks wait their turn,
    so nothing else can be begun in between. Only for the main thread.
    """
    with ThreadPoolExecutor(1, thread_name_prefix="files") as thread:
        outcome = thread.submit(work)
        if not wait([outcome], SHORT_S).done:
            loop = QEventLoop()

            def end(_outcome: Future[T]) -> None:
                # Queued: it takes effect even where the loop has not begun yet.
                QMetaObject.invokeMethod(loop, "quit", Qt.ConnectionType.QueuedConnection)

            outcome.add_done_callback(end)
            loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        return outcome.result()

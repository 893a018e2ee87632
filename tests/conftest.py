"""Settings every test runs under: no display, no busy threads, and nothing left behind."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import pytest
from hypothesis import settings

settings.register_profile("inlay", max_examples=25, deadline=None)
settings.load_profile("inlay")

THREAD_PATIENCE_S = 60.0


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    """Whatever thread a test starts ends with it."""
    before = set(threading.enumerate())
    yield
    # What stands for a thread of Qt's own stays listed when that has ended.
    left = [
        thread
        for thread in set(threading.enumerate()) - before
        if not isinstance(thread, threading._DummyThread)
    ]
    for thread in left:
        thread.join(THREAD_PATIENCE_S)
    assert [thread.name for thread in left if thread.is_alive()] == []

"""Settings every test runs under: no display, no busy threads."""

from __future__ import annotations

import gc
import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import pytest
from hypothesis import settings

settings.register_profile("inlay", max_examples=25, deadline=None)
settings.load_profile("inlay")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Leave what is still alive to the end of the process.

    pytest collects garbage once more when all is over. Windows that are only held by cycles are
    then freed after parts they point to, and Qt crashes.
    """
    gc.freeze()

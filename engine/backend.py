"""The seam between the studio and whatever plays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from engine.cancel import CancelToken
from engine.events import Event
from engine.requests import Request


class Backend(Protocol):
    """Runs one request at a time.

    ``run`` yields events until the request is finished. Asked to cancel, it yields one
    ``Finished`` with partial takes where more than a second of sound is complete, then raises
    ``Cancelled``. Raises ``EngineError`` for what the person can mend.
    """

    def run(self, request: Request, cancel: CancelToken) -> Iterator[Event]:
        """Play the request."""

    def close(self) -> None:
        """Give memory and processes back."""

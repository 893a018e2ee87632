"""One call of the command line: the backend that plays, and the progress shown meanwhile."""

from __future__ import annotations

from collections.abc import Callable

import typer

from app.cli.progress import progress_bars
from engine.backend import Backend
from engine.cancel import CancelToken
from engine.errors import WeightsUnusable
from engine.events import Analysis, Analyzed, Event, Finished, Progress
from engine.requests import (
    AnalyzeRequest,
    Audio,
    ExtendRequest,
    GenerateRequest,
    InpaintRequest,
    Request,
)


class Session:
    """Makes the backend when a verb first needs one, and keeps it until ``close``."""

    def __init__(self, make_backend: Callable[[], Backend]) -> None:
        self.make_backend = make_backend
        self._backend: Backend | None = None

    def close(self) -> None:
        """Give the backend's memory back."""
        if self._backend is not None:
            self._backend.close()

    def play(self, request: GenerateRequest | InpaintRequest | ExtendRequest) -> Finished:
        """Run a request to its end behind a progress bar."""
        finished = self._last_event(request)
        assert isinstance(finished, Finished)
        return finished

    def listen(self, audio: Audio) -> Analysis:
        """Hear chords, beats, tempo, key and level behind a progress bar."""
        analyzed = self._last_event(AnalyzeRequest(audio))
        assert isinstance(analyzed, Analyzed)
        return analyzed.analysis

    def listen_if_able(self, audio: Audio) -> Analysis | None:
        """The same, or None where the recogniser's weights are not on this machine."""
        try:
            return self.listen(audio)
        except WeightsUnusable:
            return None

    def _last_event(self, request: Request) -> Event | None:
        self._backend = self._backend or self.make_backend()
        last: Event | None = None
        with progress_bars() as show:
            for event in self._backend.run(request, CancelToken()):
                if isinstance(event, Progress):
                    show(event.stage.value, event.done, event.total)
                last = event
        return last


def session_of(context: typer.Context) -> Session:
    """The session of a running verb."""
    session = context.obj
    assert isinstance(session, Session)
    return session

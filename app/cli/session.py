"""One call of the command line: the backend that plays, and the progress shown meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass

import typer

from engine.backend import Backend
from engine.cancel import CancelToken
from engine.events import Analysis, Analyzed, Event, Finished, Progress, Stage
from engine.requests import AnalyzeRequest, ExtendRequest, GenerateRequest, InpaintRequest, Request


@dataclass(frozen=True, slots=True)
class Session:
    """Makes the backend when a verb first needs one."""

    make_backend: Callable[[], Backend]

    def play(self, request: GenerateRequest | InpaintRequest | ExtendRequest) -> Finished:
        """Run a request to its end behind a progress bar."""
        finished = self._last_event(request)
        assert isinstance(finished, Finished)
        return finished

    def listen(self, request: AnalyzeRequest) -> Analysis:
        """Run an analysis to its end behind a progress bar."""
        analyzed = self._last_event(request)
        assert isinstance(analyzed, Analyzed)
        return analyzed.analysis

    def _last_event(self, request: Request) -> Event | None:
        from rich.console import Console
        from rich.progress import Progress as ProgressBars
        from rich.progress import TaskID

        last: Event | None = None
        rows: dict[Stage, TaskID] = {}
        with (
            closing(self.make_backend()) as backend,
            ProgressBars(console=Console(stderr=True), transient=True) as bars,
        ):
            for event in backend.run(request, CancelToken()):
                if isinstance(event, Progress):
                    if event.stage not in rows:
                        rows[event.stage] = bars.add_task(event.stage.value)
                    bars.update(rows[event.stage], completed=event.done, total=event.total)
                last = event
        return last


def session_of(context: typer.Context) -> Session:
    """The session of a running verb."""
    session = context.obj
    assert isinstance(session, Session)
    return session

"""A progress bar for counted work that is not a request."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

ProgressCall = Callable[[str, int, int], None]
"""Called with what is being done, how many are done, and of how many."""


@contextmanager
def progress_bars() -> Iterator[ProgressCall]:
    """Bars on stderr, one per kind of work, that go away at the end."""
    from rich.console import Console
    from rich.progress import Progress, TaskID

    rows: dict[str, TaskID] = {}
    with Progress(console=Console(stderr=True), transient=True) as bars:

        def show(what: str, done: int, total: int) -> None:
            if what not in rows:
                rows[what] = bars.add_task(what)
            bars.update(rows[what], completed=done, total=total)

        yield show

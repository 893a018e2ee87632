"""The engine in a process of its own, behind the same ``Backend`` protocol.

The studio keeps its interpreter to itself, memory really comes back when the process ends, and
a crash inside the engine costs one restart. The process is spawned at the first request, lives
until ``close``, and ends by itself when its parent does: its end of the pipe then reads the end
of file.
"""

from __future__ import annotations

import multiprocessing
import os
import queue
import signal
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

import engine.errors
from engine.backend import Backend
from engine.cancel import Cancelled, CancelToken
from engine.errors import DeviceUnusable, EngineError, EngineStopped
from engine.events import Event, Progress, Stage
from engine.requests import Request

CANCEL_POLL_S = 0.02
CANCEL_PATIENCE_S = 10.0
CLOSE_PATIENCE_S = 1.0
NICENESS = 10
"""How far the engine steps back for the window and the sound, which are never long at work."""


class EngineBug(Exception):
    """A failure of ours inside the engine process; ``traceback_text`` says where."""

    def __init__(self, traceback_text: str) -> None:
        super().__init__(traceback_text)
        self.traceback_text = traceback_text


@dataclass(frozen=True, slots=True)
class _Cancel:
    """To the engine: stop the running request."""


@dataclass(frozen=True, slots=True)
class _Ended:
    """From the engine: the request is over; ``is_cancelled`` where it was stopped."""

    is_cancelled: bool = False


@dataclass(frozen=True, slots=True)
class _Told:
    """From the engine: the request failed in a way the person can mend."""

    kind: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class _Broke:
    """From the engine: the request failed by a bug of ours."""

    traceback_text: str


def make_torch_backend() -> Backend:
    """The real backend; torch is imported here, in the process that calls this."""
    from engine.torch_backend import TorchBackend

    return TorchBackend()


class HostedBackend:
    """Runs requests in an engine process, started when first needed.

    ``make_backend`` is a top-level function: it is called inside the process, at its first
    request. ``run`` raises what the hosted backend raises, ``EngineStopped`` when the process
    died, and ``EngineBug`` for any other failure in it.
    """

    def __init__(self, make_backend: Callable[[], Backend] = make_torch_backend) -> None:
        self._make_backend = make_backend
        self._process: SpawnProcess | None = None
        self._connection: Connection | None = None

    @property
    def process_id(self) -> int | None:
        """The engine process, or None while there is none."""
        return self._process.pid if self._process is not None else None

    def run(self, request: Request, cancel: CancelToken) -> Iterator[Event]:
        """Play the request in the engine process; see ``Backend``."""
        if self._process is None or not self._process.is_alive():
            yield Progress(Stage.LOADING, 0, 1)
            self._start()
        is_over = False
        try:
            for message in self._conversation(request, cancel):
                match message:
                    case _Ended(is_cancelled=False):
                        is_over = True
                    case _Ended():
                        is_over = True
                        raise Cancelled
                    case _Told(kind=kind, message=text, hint=hint):
                        # After a device failure the process may be beyond repair; end it below.
                        is_over = kind != DeviceUnusable.__name__
                        raise _error(kind, text, hint)
                    case _Broke(traceback_text=text):
                        raise EngineBug(text)
                    case event:
                        yield event
        finally:
            # A run left half-way would answer into the next one.
            if not is_over:
                self.close()

    def close(self) -> None:
        """End the engine process, within two seconds and whatever it is doing."""
        process, connection = self._process, self._connection
        self._process = self._connection = None
        if connection is not None:
            connection.close()
        if process is not None:
            process.join(CLOSE_PATIENCE_S)
            if process.exitcode is None:
                process.kill()
                process.join(CLOSE_PATIENCE_S)

    def _start(self) -> None:
        self.close()
        # Read by OpenMP when torch is loaded: idle threads sleep and leave the cores to the window.
        os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(
            target=serve, args=(theirs, self._make_backend), name="inlay-engine", daemon=True
        )
        process.start()
        theirs.close()
        self._process, self._connection = process, ours

    def _conversation(
        self, request: Request, cancel: CancelToken
    ) -> Iterator[Event | _Ended | _Told | _Broke]:
        """Send the request and read what comes back, passing a cancel on at once.

        Ends after an ``_Ended``. Raises ``EngineStopped`` when the other end falls silent, and
        ``Cancelled`` when it does not stop although asked to: the process is then ended.
        """
        connection, process = self._connection, self._process
        assert connection is not None
        assert process is not None
        give_up_at: float | None = None
        try:
            connection.send(request)
            while True:
                if cancel.is_cancelled and give_up_at is None:
                    connection.send(_Cancel())
                    give_up_at = time.monotonic() + CANCEL_PATIENCE_S
                if connection.poll(CANCEL_POLL_S):
                    message = connection.recv()
                    yield message
                    if isinstance(message, _Ended):
                        return
                elif give_up_at is not None and time.monotonic() > give_up_at:
                    raise Cancelled
        except (EOFError, OSError) as error:
            if cancel.is_cancelled:
                raise Cancelled from error
            process.join(CLOSE_PATIENCE_S)
            raise _stopped(process.exitcode) from error


def serve(connection: Connection, make_backend: Callable[[], Backend]) -> None:
    """The engine process: answer requests from the pipe until it closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to judge
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    inbox: queue.SimpleQueue[tuple[Request, CancelToken]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(connection, inbox), daemon=True).start()
    backend: Backend | None = None
    while True:
        request, cancel = inbox.get()
        try:
            backend = backend or make_backend()
            for event in backend.run(request, cancel):
                connection.send(event)
            connection.send(_Ended())
        except Cancelled:
            connection.send(_Ended(is_cancelled=True))
        except EngineError as error:
            connection.send(_Told(_kind_of(error), error.message, error.hint))
        except Exception:  # noqa: BLE001 - the one border where every failure must cross
            connection.send(_Broke(traceback.format_exc()))


def _listen(connection: Connection, inbox: queue.SimpleQueue[tuple[Request, CancelToken]]) -> None:
    """Pass requests on and set their cancel flags while they run; end with the parent."""
    cancel = CancelToken()
    try:
        while True:
            message = connection.recv()
            if isinstance(message, _Cancel):
                cancel.cancel()
            else:
                cancel = CancelToken()
                inbox.put((message, cancel))
    except (EOFError, OSError):
        # Not sys.exit: the main thread may be deep in a step and nothing here needs saving.
        os._exit(0)


def _kind_of(error: EngineError) -> str:
    """Name of the nearest class in ``engine.errors``: the parent must not import a task's own."""
    return next(
        kind.__name__ for kind in type(error).__mro__ if kind.__module__ == engine.errors.__name__
    )


def _error(kind: str, message: str, hint: str) -> EngineError:
    error: EngineError = getattr(engine.errors, kind)(message, hint)
    return error


def _stopped(exit_code: int | None) -> EngineStopped:
    was_killed = exit_code == -getattr(signal, "SIGKILL", 9)
    cause = " It was ended from outside, perhaps for want of memory." if was_killed else ""
    return EngineStopped(
        f"The engine stopped by itself.{cause} Your project and finished takes are safe.",
        "Try again: the engine starts anew.",
    )

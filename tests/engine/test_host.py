"""The engine process: events, cancel, failures and endings cross the border."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from engine.cancel import Cancelled, CancelToken
from engine.errors import BadInput, DeviceUnusable, EngineStopped, WeightsUnusable
from engine.events import Event, Finished, Progress, Ready, Stage
from engine.host import EngineBug, HostedBackend
from engine.requests import Brief, GenerateRequest, Request, WarmUpRequest
from engine.score import Chord, Score
from engine.timebase import Seconds, Span
from engine.tone_backend import ToneBackend

SCORE = Score(Seconds(2.0), chords=(Chord(Span(Seconds(0.0), Seconds(2.0)), "A:min"),))
REQUEST = GenerateRequest(Brief(SCORE))


class DetailedBadInput(BadInput):
    """An error whose constructor differs from that of its family."""

    def __init__(self, bars: int) -> None:
        super().__init__(f"{bars} bars are too many.", "Ask for fewer.")


class MoodyBackend:
    """Does what the model's name says: fail in one way or another, or never end."""

    def run(self, request: Request, cancel: CancelToken) -> Iterator[Event]:
        assert isinstance(request, WarmUpRequest)
        match request.model:
            case "told":
                raise DetailedBadInput(999)
            case "device":
                raise DeviceUnusable("The card has failed.", "Try the CPU.")
            case "weights":
                raise WeightsUnusable("The file is damaged.")
            case "bug":
                raise ZeroDivisionError("a bug of ours")
            case "death":
                os.kill(os.getpid(), signal.SIGKILL)
            case "endless":
                while True:
                    cancel.raise_if_cancelled()
                    yield Progress(Stage.GENERATING, 0, 1)
            case name:
                yield Ready(name)

    def close(self) -> None:
        """Nothing is held."""


@pytest.fixture
def moody() -> Iterator[HostedBackend]:
    backend = HostedBackend(MoodyBackend)
    yield backend
    backend.close()


def ask(backend: HostedBackend, mood: str) -> list[Event]:
    return list(backend.run(WarmUpRequest(mood), CancelToken()))


def has_ended(process_id: int) -> bool:
    try:
        state = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return True
    return state == "Z"


def test_a_hosted_run_gives_the_same_sound_as_one_in_this_process() -> None:
    hosted = HostedBackend(ToneBackend)
    try:
        crossed = list(hosted.run(REQUEST, CancelToken()))
    finally:
        hosted.close()
    here = list(ToneBackend().run(REQUEST, CancelToken()))
    assert [type(event) for event in crossed[1:]] == [type(event) for event in here]
    assert isinstance(crossed[-1], Finished)
    assert isinstance(here[-1], Finished)
    np.testing.assert_array_equal(
        crossed[-1].takes[0].audio.samples, here[-1].takes[0].audio.samples
    )


def test_told_errors_cross_with_their_family_message_and_hint(moody: HostedBackend) -> None:
    with pytest.raises(BadInput, match="999 bars are too many") as caught:
        ask(moody, "told")
    assert caught.value.hint == "Ask for fewer."
    with pytest.raises(WeightsUnusable):
        ask(moody, "weights")


def test_the_same_process_serves_on_after_a_told_error(moody: HostedBackend) -> None:
    ask(moody, "calm")
    before = moody.process_id
    with pytest.raises(BadInput):
        ask(moody, "told")
    assert ask(moody, "calm") == [Ready("calm")]
    assert moody.process_id == before


def test_a_failed_device_costs_one_restart(moody: HostedBackend) -> None:
    with pytest.raises(DeviceUnusable):
        ask(moody, "device")
    assert moody.process_id is None
    assert ask(moody, "calm")[-1] == Ready("calm")


def test_bugs_cross_with_the_place_they_happened(moody: HostedBackend) -> None:
    with pytest.raises(EngineBug, match="ZeroDivisionError: a bug of ours") as caught:
        ask(moody, "bug")
    assert "in run" in caught.value.traceback_text


def test_a_killed_engine_is_told_and_the_next_run_starts_another(moody: HostedBackend) -> None:
    with pytest.raises(EngineStopped, match="takes are safe"):
        ask(moody, "death")
    assert ask(moody, "calm")[-1] == Ready("calm")


def test_an_engine_killed_between_runs_is_replaced(moody: HostedBackend) -> None:
    ask(moody, "calm")
    first = moody.process_id
    assert first is not None
    assert moody._process is not None
    os.kill(first, signal.SIGKILL)
    moody._process.join(5)
    assert ask(moody, "calm")[-1] == Ready("calm")
    assert moody.process_id != first


def test_cancel_crosses_while_the_engine_is_busy(moody: HostedBackend) -> None:
    cancel = CancelToken()
    run = moody.run(WarmUpRequest("endless"), cancel)
    next(run)
    next(run)
    cancel.cancel()
    with pytest.raises(Cancelled):
        for _ in run:
            pass
    assert ask(moody, "calm") == [Ready("calm")]


def test_a_cancelled_hosted_run_hands_over_its_partial_take() -> None:
    hosted = HostedBackend(ToneBackend)
    cancel = CancelToken()
    seen: list[Event] = []

    def events_until_cancelled() -> Iterator[Event]:
        for event in hosted.run(GenerateRequest(Brief(Score(Seconds(600.0)))), cancel):
            if isinstance(event, Progress) and event.done == 100:
                cancel.cancel()
            yield event

    with pytest.raises(Cancelled):
        seen.extend(events_until_cancelled())  # keeps what came before the raise
    hosted.close()
    assert isinstance(seen[-1], Finished)
    (take,) = seen[-1].takes
    assert take.is_partial
    assert 1.0 < take.audio.duration < 600.0


def test_a_run_left_half_way_does_not_answer_into_the_next(moody: HostedBackend) -> None:
    run = moody.run(WarmUpRequest("endless"), CancelToken())
    next(run)
    next(run)
    del run
    assert ask(moody, "calm")[-1] == Ready("calm")


def test_close_leaves_no_process_even_in_the_middle_of_a_run(moody: HostedBackend) -> None:
    run = moody.run(WarmUpRequest("endless"), CancelToken())
    next(run)
    next(run)
    engine = moody.process_id
    assert engine is not None
    moody.close()
    assert has_ended(engine)


PARENT = """
import sys
from engine.cancel import CancelToken
from engine.host import HostedBackend
from engine.requests import WarmUpRequest
from engine.tone_backend import ToneBackend

if __name__ == "__main__":
    backend = HostedBackend(ToneBackend)
    list(backend.run(WarmUpRequest(), CancelToken()))
    print(backend.process_id, flush=True)
    sys.stdin.read()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="reads /proc and sends SIGKILL")
def test_the_engine_dies_with_its_parent(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    with subprocess.Popen(
        [sys.executable, str(script)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    ) as parent:
        assert parent.stdout is not None
        engine = int(parent.stdout.readline())
        parent.kill()
    deadline = time.monotonic() + 5
    while not has_ended(engine) and time.monotonic() < deadline:
        os.sched_yield()
    assert has_ended(engine)

"""How long the main thread does not answer, and why: its own work, a busy machine, or waiting.

A heartbeat in the event loop notes how late it comes back. For every late beat stand beside each
other the wall time, the processor time of the main thread (its own work), the time it was ready
but had no core (Linux tells), and the place in our code where it was most often found meanwhile.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
import sys
import threading
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from PySide6.QtCore import Qt, QTimer

HEARTBEAT_S = 0.005
SUSPICIOUS_S = 0.012
LOOK_EVERY_S = 0.003
TOLD_BLOCKS = 8
STACK_DEPTH = 4
OWN_CODE = str(Path(__file__).parent.parent.parent) + "/"


@dataclass(frozen=True, slots=True)
class Block:
    """One late beat; milliseconds, but for its time in seconds since the part began.

    ``waiting`` is None where the system does not tell.
    """

    at_s: float
    wall: float
    cpu: float
    waiting: float | None
    collecting: float
    stack: str

    def told(self) -> dict[str, object]:
        """As it stands in the report."""
        waiting = None if self.waiting is None else round(self.waiting, 1)
        return {
            "at_s": round(self.at_s, 2),
            "wall_ms": round(self.wall, 1),
            "cpu_ms": round(self.cpu, 1),
            "waiting_for_a_core_ms": waiting,
            "collecting_garbage_ms": round(self.collecting, 1),
            "where": self.stack,
        }


class CoreWaits:
    """How long the thread that makes it was ready to run but had no core, as Linux tells."""

    def __init__(self) -> None:
        self._file: int | None = None
        self._text = ctypes.create_string_buffer(128)
        with contextlib.suppress(OSError):
            path = f"/proc/self/task/{threading.get_native_id()}/schedstat"
            self._file = os.open(path, os.O_RDONLY)
            # Called with the interpreter lock held: to let it go would be a wait of its own.
            self._read = ctypes.PyDLL(None).pread

    def seconds(self) -> float | None:
        """Seconds so far; None where the system does not tell."""
        if self._file is None:
            return None
        n_read = self._read(self._file, self._text, ctypes.c_size_t(127), ctypes.c_long(0))
        words = self._text.raw[:n_read].split() if n_read > 0 else []
        return int(words[1]) / 1e9 if len(words) > 1 else None

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


class Stutter:
    """Listens from ``start`` to ``summary``; make and use it in the main thread."""

    def __init__(self) -> None:
        self._timer = QTimer(timerType=Qt.TimerType.PreciseTimer)
        self._timer.setInterval(round(HEARTBEAT_S * 1000))
        self._timer.timeout.connect(self._on_beat)
        self._thread_id = threading.get_ident()
        self._waits = CoreWaits()
        self._seen: Counter[str] = Counter()
        self._collecting_s = 0.0
        self._collection_began = 0.0
        self._blocks: list[Block] = []
        self._n_beats = 0
        self._began = self._beat_at = time.perf_counter()
        self._began_cpu = self._beat_cpu = time.thread_time()
        self._beat_waited = self._waits.seconds()
        self._is_over = threading.Event()
        self._watcher = threading.Thread(target=self._watch, name="stutter", daemon=True)

    def start(self) -> None:
        """Begin to listen."""
        gc.callbacks.append(self._on_collection)
        self._timer.start()
        self.clear()
        self._watcher.start()

    def clear(self) -> None:
        """Forget what was heard: the next part of a script begins."""
        self._blocks, self._n_beats = [], 0
        self._take_marks()
        self._began, self._began_cpu = self._beat_at, self._beat_cpu

    def close(self) -> None:
        """Stop listening."""
        self._timer.stop()
        self._is_over.set()
        self._watcher.join()
        gc.callbacks.remove(self._on_collection)
        self._waits.close()

    def summary(self) -> dict[str, object]:
        """The longest blocks with their causes, and how many the eye and the hand would notice."""
        late = [block.wall for block in self._blocks]
        wall_s = time.perf_counter() - self._began
        cpu_s = time.thread_time() - self._began_cpu
        return {
            "seconds": round(wall_s, 2),
            "beats": self._n_beats,
            "main_thread_cpu_share": round(cpu_s / max(wall_s, 1e-9), 3),
            "longest_block_ms": round(max(late, default=0.0), 1),
            "longest_own_work_ms": round(max((b.cpu for b in self._blocks), default=0.0), 1),
            "blocks_over_20_ms": sum(ms > 20 for ms in late),
            "blocks_over_50_ms": sum(ms > 50 for ms in late),
            "blocks_over_50_ms_of_own_work": sum(block.cpu > 50 for block in self._blocks),
            "blocks_over_100_ms": sum(ms > 100 for ms in late),
            "causes": self._causes(),
            "longest": [
                block.told()
                for block in sorted(self._blocks, key=lambda b: b.wall, reverse=True)[:TOLD_BLOCKS]
            ],
        }

    def _causes(self) -> dict[str, str]:
        """Where blocks over 20 ms were spent, the costliest place first."""
        walls: defaultdict[str, list[float]] = defaultdict(list)
        for block in self._blocks:
            if block.wall > 20:
                walls[block.stack.partition(" < ")[0]].append(block.wall)
        costly = sorted(walls.items(), key=lambda cause: sum(cause[1]), reverse=True)[:TOLD_BLOCKS]
        return {
            place: f"{len(found)} blocks, {sum(found):.0f} ms, longest {max(found):.0f} ms"
            for place, found in costly
        }

    def _on_beat(self) -> None:
        before, cpu, waited = self._beat_at, self._beat_cpu, self._beat_waited
        collecting, self._collecting_s = self._collecting_s, 0.0
        seen, self._seen = self._seen, Counter()
        self._take_marks()
        self._n_beats += 1
        late_s = self._beat_at - before - HEARTBEAT_S
        if late_s <= SUSPICIOUS_S:
            return
        waiting = None
        if waited is not None and self._beat_waited is not None:
            waiting = 1000 * (self._beat_waited - waited)
        where = seen.most_common(1)[0][0] if seen else "between our functions"
        own_ms = 1000 * (self._beat_cpu - cpu)
        at_s = before - self._began
        self._blocks.append(Block(at_s, 1000 * late_s, own_ms, waiting, 1000 * collecting, where))

    def _take_marks(self) -> None:
        self._beat_at = time.perf_counter()
        self._beat_cpu = time.thread_time()
        self._beat_waited = self._waits.seconds()

    def _on_collection(self, phase: str, _info: dict[str, int]) -> None:
        if threading.get_ident() != self._thread_id:
            return
        if phase == "start":
            self._collection_began = time.perf_counter()
        else:
            self._collecting_s += time.perf_counter() - self._collection_began

    def _watch(self) -> None:
        """Look where the main thread is whenever its beat is overdue; a thread of its own."""
        while not self._is_over.wait(LOOK_EVERY_S):
            if time.perf_counter() - self._beat_at > HEARTBEAT_S + SUSPICIOUS_S:
                # No name may hold the frame: its painters and locks must end when it returns.
                self._seen[describe_stack(sys._current_frames().get(self._thread_id))] += 1


def describe_stack(frame: FrameType | None) -> str:
    """``app/x.py:12 paint < app/y.py:7 run``: innermost first, only what is written here."""
    places: list[str] = []
    while frame is not None and len(places) < STACK_DEPTH:
        code = frame.f_code
        if code.co_filename.startswith(OWN_CODE) and "site-packages" not in code.co_filename:
            name = code.co_filename.removeprefix(OWN_CODE)
            places.append(f"{name}:{frame.f_lineno} {code.co_name}")
        frame = frame.f_back
    return " < ".join(places) or "the event loop"

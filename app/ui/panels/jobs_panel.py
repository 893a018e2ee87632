"""The job line: what the engine does, how far it is, and the queue behind it."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QToolButton, QWidget

from app.actions.generate import GenerateActions
from app.jobs.job import Job
from app.jobs.queue import JobQueue
from app.ui.panels.fields import ElidedLabel, icon_button, label, row
from app.ui.panels.queue_list import QueueList
from app.ui.theme import SPACING

PROGRESS_STEPS = 1_000


class JobLine(QWidget):
    """Shows the running job; the button beside it lists what waits. Hidden while idle."""

    def __init__(self, queue: JobQueue, actions: GenerateActions) -> None:
        super().__init__()
        self._queue = queue
        self.words = ElidedLabel()
        self.words.setMinimumWidth(360)
        self._left = label("", "secondary")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(180)
        self.bar.setAccessibleName("Progress of the running job")
        self._cancel = icon_button("close", "Cancel the running job", actions.cancel, key="Ctrl+.")
        self._more = QToolButton()
        self._more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._more.setToolTip("What waits for the engine: reorder, remove, pause")
        self.waiting = QueueList(queue, actions, self)
        self._more.clicked.connect(lambda: self.waiting.open_at(self._more))
        self.setLayout(row(self.bar, self.words, self._left, self._cancel, self._more))
        queue.changed.connect(self.refresh)
        queue.progressed.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the queue as it is."""
        job = self._queue.running
        n_waiting = self._queue.n_waiting
        self.setVisible(job is not None or n_waiting > 0)
        self.words.setText(_words(job))
        self._left.setText(_time_left(job))
        self._cancel.setVisible(job is not None)
        paused = ", paused" if self._queue.is_paused else ""
        self._more.setText(f"{n_waiting} waiting{paused}")
        self._more.setVisible(n_waiting > 0)
        progress = job.progress if job is not None else None
        if progress is not None and progress.total > 1:
            self.bar.setRange(0, PROGRESS_STEPS)
            self.bar.setValue(round(PROGRESS_STEPS * progress.done / progress.total))
        else:
            # Nothing is counted yet: no share is claimed.
            self.bar.setRange(0, 1)
            self.bar.setValue(0)


def _words(job: Job | None) -> str:
    return "" if job is None else f"{job.label} · {job.line}"


def _time_left(job: Job | None) -> str:
    left_s = None if job is None else job.time_left_s(time.monotonic())
    return "" if left_s is None else f"{max(1, round(left_s))} s left"


class StatusLine(QFrame):
    """The bottom of the window: the job line, what was said last, and the state of things."""

    def __init__(self, job_line: JobLine) -> None:
        super().__init__()
        self.setProperty("role", "footer")
        self.said = ElidedLabel("secondary")
        self.engine = label("", "caption")
        self.sound = label("", "caption")
        self.saved = label("", "caption")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACING[3], 0, SPACING[3], 0)
        layout.setSpacing(SPACING[4])
        layout.addWidget(job_line)
        layout.addWidget(self.said, 1)
        for state in (self.engine, self.sound, self.saved):
            layout.addWidget(state)
        self.setFixedHeight(34)

    @Slot(str)
    def say(self, text: str) -> None:
        """One line, until the next one."""
        self.said.setText(text)
        self.said.setAccessibleName(text)

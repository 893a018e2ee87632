"""What waits for the engine, in order: drag to reorder, or take a run out."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.actions.generate import GenerateActions
from app.jobs.engine_thread import JobId
from app.jobs.job import Job, JobState
from app.jobs.queue import JobQueue
from app.ui.panels.fields import label, row
from app.ui.panels.overlay import Overlay
from app.ui.theme import SPACING

_JOB = Qt.ItemDataRole.UserRole
WIDTH_PX, HEIGHT_PX = 400, 280


class QueueList(Overlay):
    """Keys: Alt+Up and Alt+Down move a run, Del takes it out."""

    def __init__(self, queue: JobQueue, actions: GenerateActions, parent: QWidget) -> None:
        super().__init__(parent)
        self._queue = queue
        self._actions = actions
        self.list = _Waiting(queue)
        self._pause = QPushButton()
        self._pause.clicked.connect(lambda: queue.set_paused(not queue.is_paused))
        buttons = [
            self._pause,
            self._button("Run first", "Let it run next", self._run_first),
            self._button("Once more", "Queue it again with another seed", self._run_again),
            self._button("Remove", "Take it out of the queue (Del)", self.list.remove),
        ]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACING[3], SPACING[3], SPACING[3], SPACING[3])
        layout.setSpacing(SPACING[2])
        layout.addWidget(label("Waiting", "title"))
        layout.addWidget(self.list, 1)
        layout.addLayout(row(*buttons, gap=SPACING[1]))
        self.resize(WIDTH_PX, HEIGHT_PX)
        queue.changed.connect(self.refresh)
        self.refresh()

    def open_at(self, button: QWidget) -> None:
        """Show what waits."""
        self.refresh()
        self.open_beside(button, self.list)

    @Slot()
    def refresh(self) -> None:
        """Show the queue as it is."""
        self._pause.setText("Go on" if self._queue.is_paused else "Pause")
        self.list.show_jobs(waiting(self._queue))

    def _button(self, text: str, tip: str, do: object) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(tip)
        button.clicked.connect(do)
        return button

    @Slot()
    def _run_first(self) -> None:
        job_id = self.list.chosen
        if job_id is not None:
            self._queue.move(job_id, 0)

    @Slot()
    def _run_again(self) -> None:
        job_id = self.list.chosen
        if job_id is not None:
            self._actions.run_again(self._queue.job(job_id))


class _Waiting(QListWidget):
    def __init__(self, queue: JobQueue) -> None:
        super().__init__()
        self._queue = queue
        self.setAccessibleName("Runs that wait, in order")
        self.setSpacing(2)
        self.setDragDropMode(QListWidget.DragDropMode.InternalMove)

    @property
    def chosen(self) -> JobId | None:
        """The job of the current row."""
        item = self.currentItem()
        return None if item is None else JobId(item.data(_JOB))

    def show_jobs(self, jobs: tuple[Job, ...]) -> None:
        """List jobs; the chosen one stays chosen."""
        chosen = self.chosen
        self.clear()
        for job in jobs:
            item = QListWidgetItem(f"{job.label}  ({job.line.lower()})", self)
            item.setData(_JOB, job.id)
            if job.id == chosen:
                self.setCurrentItem(item)
        if self.currentItem() is None:
            self.setCurrentRow(0)

    @Slot()
    def remove(self) -> None:
        """Take the chosen job out of the queue."""
        if self.chosen is not None:
            self._queue.cancel(self.chosen)

    def dropEvent(self, event: QDropEvent) -> None:
        """Let the dragged job run where it was dropped."""
        job_id = self.chosen
        super().dropEvent(event)
        if job_id is not None:
            order = [self.item(index).data(_JOB) for index in range(self.count())]
            self._queue.move(job_id, order.index(job_id))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Reorder and remove without a mouse."""
        is_alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.key() == Qt.Key.Key_Delete:
            self.remove()
        elif is_alt and event.key() in steps and self.chosen is not None:
            index = self.currentRow() + steps[Qt.Key(event.key())]
            self._queue.move(self.chosen, max(0, index))
        else:
            super().keyPressEvent(event)


def waiting(queue: JobQueue) -> tuple[Job, ...]:
    """The jobs that wait, in the order they will run."""
    return tuple(job for job in queue.jobs if job.state in (JobState.QUEUED, JobState.PAUSED))

"""What waits for the engine and what was asked before: both are lists one can work with."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.application import Application
from app.model.edits.chords import PasteLeadSheet
from app.model.edits.prompt import SetLength, SetPrompt
from app.ui.panels.jobs_panel import JobLine
from app.ui.panels.queue_list import QueueList
from engine.timebase import Ticks

ALT = Qt.KeyboardModifier.AltModifier
LEFT = Qt.MouseButton.LeftButton
WAIT_MS = 20_000
OpenStudio = Callable[..., Application]
Settled = Callable[[Application], None]


class Waiting:
    """A studio whose engine is busy with one run while others wait."""

    def __init__(self, open_studio: OpenStudio, qtbot: QtBot) -> None:
        self.go_on = threading.Event()
        self.qtbot = qtbot
        self.studio = open_studio(pace=lambda _step: self._wait())
        self.studio.document.apply(SetLength(1))
        self.studio.document.apply(PasteLeadSheet("Am", Ticks(0)))
        for n_takes in (1, 2, 3, 4):
            self.studio.studio.generate.run(n_takes)

    def _wait(self) -> None:
        assert self.go_on.wait(20)

    @property
    def panel(self) -> QueueList:
        (line,) = self.studio.window.status.findChildren(JobLine)
        return line.waiting

    @property
    def rows(self) -> list[str]:
        return [self.panel.list.item(row).text() for row in range(self.panel.list.count())]

    @property
    def takes(self) -> list[int]:
        """How many takes each waiting run makes, in order."""
        return [int(text.partition(", ")[2].split()[0]) for text in self.rows]

    def push(self, text: str) -> None:
        (button,) = (b for b in self.panel.findChildren(QPushButton) if b.text() == text)
        QTest.mouseClick(button, LEFT)

    def finish(self) -> None:
        self.go_on.set()
        queue = self.studio.queue
        self.qtbot.waitUntil(lambda: queue.running is None and not queue.n_waiting, timeout=WAIT_MS)


@pytest.fixture
def waiting(open_studio: OpenStudio, qtbot: QtBot) -> Iterator[Waiting]:
    waiting = Waiting(open_studio, qtbot)
    yield waiting
    waiting.studio.queue.cancel_all()
    waiting.finish()


def test_waiting_runs_are_listed_reordered_and_removed_by_keys(waiting: Waiting) -> None:
    assert waiting.takes == [2, 3, 4]
    rows = waiting.panel.list
    rows.setCurrentRow(2)
    QTest.keyClick(rows, Qt.Key.Key_Up, ALT)
    assert waiting.takes == [2, 4, 3]
    assert rows.currentRow() == 1
    QTest.keyClick(rows, Qt.Key.Key_Down, ALT)
    assert waiting.takes == [2, 3, 4]
    QTest.keyClick(rows, Qt.Key.Key_Delete)
    assert waiting.takes == [2, 3]


def test_the_buttons_run_first_repeat_with_another_seed_and_pause(waiting: Waiting) -> None:
    waiting.panel.list.setCurrentRow(2)
    waiting.push("Run first")
    assert waiting.takes == [4, 2, 3]
    waiting.push("Once more")
    assert waiting.takes == [4, 2, 3, 4]
    seeds = {job.subject.options.seed for job in waiting.studio.queue.jobs if job.subject}
    assert len(seeds) == 5
    waiting.push("Pause")
    assert all(text.endswith("(paused)") for text in waiting.rows)
    waiting.push("Go on")
    assert all(text.endswith("(queued)") for text in waiting.rows)


def test_runs_take_place_in_the_order_they_were_put_into(waiting: Waiting) -> None:
    waiting.panel.list.setCurrentRow(2)
    waiting.push("Run first")
    waiting.finish()
    assert [recipe.n_takes for recipe in waiting.studio.document.project.recipes] == [1, 4, 2, 3]


def test_earlier_runs_are_found_by_their_words_and_bring_words_and_lanes_back(
    studio: Application, settled: Settled, qtbot: QtBot
) -> None:
    studio.document.apply(SetLength(1))
    for words, chords in (("warm piano", "Am"), ("loud drums", "F")):
        studio.document.apply(SetPrompt(words))
        studio.document.apply(PasteLeadSheet(chords, Ticks(0)))
        studio.studio.generate.run()
        settled(studio)
    history = studio.window.prompt_panel.history
    QTest.mouseClick(studio.window.prompt_panel.history_button, LEFT)
    assert history.list.count() == 2
    QTest.keyClicks(history.search, "warm")
    assert [history.list.item(row).isHidden() for row in range(2)] == [True, False]
    QTest.keyClick(history.search, Qt.Key.Key_Return)
    assert studio.document.project.prompt == "warm piano"
    assert studio.document.project.is_seed_locked
    assert [block.text for block in studio.document.project.chords.blocks] == ["F"]
    QTest.mouseClick(studio.window.prompt_panel.history_button, LEFT)
    history.list.setCurrentRow(1)
    QTest.mouseClick(button(history, "Its lanes too"), LEFT)
    assert [block.text for block in studio.document.project.chords.blocks] == ["Am"]


def test_variations_keep_words_and_lanes_of_a_take_and_change_the_seed(
    studio: Application, settled: Settled
) -> None:
    studio.document.apply(SetLength(1))
    studio.document.apply(SetPrompt("warm piano"))
    studio.document.apply(PasteLeadSheet("Am", Ticks(0)))
    studio.studio.generate.run()
    settled(studio)
    studio.document.apply(SetPrompt("something else"))
    studio.document.apply(PasteLeadSheet("F", Ticks(0)))
    (group,) = studio.document.project.take_groups
    studio.studio.generate.vary(group.takes[0])
    settled(studio)
    (group,) = studio.document.project.take_groups
    assert len(group.takes) == 4
    first, again = studio.document.project.recipes
    assert again.prompt == first.prompt == "warm piano"
    assert again.chords == first.chords
    assert again.seed != first.seed
    assert studio.document.project.prompt == "something else"


def button(inside: QWidget, text: str) -> QPushButton:
    (found,) = (each for each in inside.findChildren(QPushButton) if each.text() == text)
    return found

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from app.actions.doorbell import FILE_NAME, Doorbell, ring


def test_a_ring_at_the_project_is_heard_once(qtbot: QtBot, tmp_path: Path) -> None:
    bell = Doorbell()
    bell.listen_at(tmp_path)
    with qtbot.waitSignal(bell.rung):
        assert ring(tmp_path)
    assert not (tmp_path / FILE_NAME).exists()
    with qtbot.waitSignal(bell.rung):
        assert ring(tmp_path)
    bell.close()


def test_an_old_ring_and_one_at_another_project_are_not_heard(qtbot: QtBot, tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    for folder in (here, there):
        folder.mkdir()
        ring(folder)
    bell = Doorbell()
    heard: list[None] = []
    bell.rung.connect(lambda: heard.append(None))
    bell.listen_at(there)
    bell.listen_at(here)
    ring(there)
    with qtbot.waitSignal(bell.rung):
        ring(here)
    assert len(heard) == 1
    bell.close()


def test_a_folder_that_cannot_be_written_has_no_bell(tmp_path: Path) -> None:
    assert not ring(tmp_path / "nowhere")

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.actions.files import Answer
from app.application import Application
from app.model.edits.prompt import SetLength, SetPrompt
from app.model.edits.tempo import SetTempo
from app.model.project import new_project
from app.storage.project_folder import create_unsaved
from app.storage.recovery import recoverable_projects
from app.ui.dialogs.crash_report import CrashReportDialog
from app.ui.dialogs.recovery import RecoveryDialog
from engine.audio.files import read_audio, write_audio
from engine.requests import Audio

OpenStudio = Callable[..., Application]
Settled = Callable[[Application], None]


def test_a_saved_project_opens_again_with_its_takes(
    open_studio: OpenStudio, settled: Settled, tmp_path: Path
) -> None:
    first = open_studio()
    first.document.apply(SetPrompt("piano"))
    first.document.apply(SetLength(1))
    first.studio.generate.run(2)
    settled(first)
    assert first.document.is_modified
    assert first.files.save_to(tmp_path / "Song")
    assert not first.document.is_modified
    assert first.window.windowTitle() == "Song[*] - Inlay"
    project = first.document.project
    first.window.close()

    second = open_studio()
    second.open_first(None)
    assert second.document.project == project
    (group,) = second.document.project.take_groups
    assert len(group.takes) == 2
    assert not second.files.folder.pool.missing(project)


def test_what_was_never_saved_is_offered_after_a_crash(
    open_studio: OpenStudio, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    project = new_project()
    left = create_unsaved(project, tmp_path / "state")
    idea = SetPrompt("an idea at night").apply(project)
    left.record(idea)
    left.close(keep_unsaved=True)

    studio = open_studio()
    assert len(recoverable_projects(tmp_path / "state")) == 1
    monkeypatch.setattr(RecoveryDialog, "exec", RecoveryDialog._open)
    studio.open_first(None)
    assert studio.document.project.prompt == "an idea at night"
    assert studio.document.is_modified


def test_closing_asks_about_unsaved_work_and_staying_stays(
    studio: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio.document.apply(SetPrompt("unsaved"))
    asked: list[str] = []

    def stay(title: str) -> Answer:
        asked.append(title)
        return Answer.STAY

    monkeypatch.setattr(studio._questions, "about_unsaved", stay)
    assert not studio.window.close()
    assert asked == ["Untitled"]
    assert studio.window.isVisible()
    monkeypatch.setattr(studio._questions, "about_unsaved", lambda _title: Answer.DISCARD)
    assert studio.window.close()


def test_a_damaged_project_is_told_and_the_open_one_stays(
    studio: Application, tmp_path: Path
) -> None:
    broken = tmp_path / "Broken.inlay"
    broken.mkdir()
    (broken / "project.json").write_text("{")
    before = studio.document.project
    assert not studio.files.open_path(broken)
    assert studio.document.project is before
    assert "damaged" in studio.notices.messages[0]


def test_panels_and_zoom_are_as_they_were_left(open_studio: OpenStudio) -> None:
    first = open_studio()
    first.window.prompt_panel.expert.fold.setChecked(True)
    first.window.resize(1300, 850)
    first.window.timeline.commands.zoom_in()
    view = first.window.timeline.view_state()
    first.window.close()
    second = open_studio()
    assert second.window.prompt_panel.expert.fold.isChecked()
    assert second.window.timeline.view_state() == pytest.approx(view)


def test_an_imported_sound_becomes_a_clip_at_the_start_marker(
    studio: Application, tmp_path: Path, qtbot: QtBot
) -> None:
    sound = Audio(np.full((1, 22_050), 0.25, np.float32), 44_100)
    write_audio(tmp_path / "loop.wav", sound)
    studio.workspace.set_start_marker(studio.document.project.tempo.bar_start(3))
    with qtbot.waitSignal(studio.document.committed):
        assert studio.studio.imports.import_file(tmp_path / "loop.wav")
    (clip,) = studio.document.project.audio.clips
    assert (clip.name, clip.position, clip.length) == ("loop", 7_680, 22_050)
    assert studio.document.undo_name == "Import loop"


def test_a_file_that_is_no_sound_is_told(studio: Application, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "fake.wav").write_text("no sound")
    studio.studio.imports.import_file(tmp_path / "fake.wav")
    qtbot.waitUntil(lambda: bool(studio.notices.messages))
    assert "fake.wav" in studio.notices.messages[0]
    assert not studio.studio.imports.import_file(tmp_path / "notes.txt")


def test_a_midi_file_comes_back_as_it_was_exported(studio: Application, tmp_path: Path) -> None:
    from app.actions.export import Content, ExportChoices

    arrange = studio.studio.arrange
    arrange.drums.paint([(0, 36), (960, 38)])
    arrange.notes.write(studio.document.project.tempo.bars(1, 1), 60, 90)
    studio.studio.export.export(tmp_path / "lanes.mid", ExportChoices(Content.MIDI))
    notes, hits = studio.document.project.notes.notes, studio.document.project.drums.hits
    for _ in range(2):
        studio.document.undo()
    assert not studio.document.project.notes.notes
    studio.studio.imports.import_file(tmp_path / "lanes.mid")
    assert studio.document.project.notes.notes == notes
    assert studio.document.project.drums.hits == hits
    assert studio.document.undo_name == "Import lanes.mid"


def test_an_export_writes_the_mix_beside_the_work(
    studio: Application, settled: Settled, tmp_path: Path, qtbot: QtBot
) -> None:
    from app.actions.export import ExportChoices

    studio.document.apply(SetLength(1))
    studio.document.apply(SetTempo(120.0))
    studio.studio.generate.run()
    settled(studio)
    with qtbot.waitSignal(studio.studio.export.finished, timeout=10_000):
        studio.studio.export.export(tmp_path / "mix.wav", ExportChoices())
    sound = read_audio(tmp_path / "mix.wav")
    assert (sound.sample_rate_hz, sound.samples.shape) == (32_000, (2, 64_000))
    (clip,) = studio.document.project.audio.clips
    take = studio.files.folder.pool.read(clip.asset).samples
    assert np.allclose(sound.samples[0], take[0], atol=2**-23)


def test_a_take_leaves_the_window_as_a_file_with_a_telling_name(
    studio: Application, settled: Settled
) -> None:
    studio.document.apply(SetLength(1))
    studio.studio.generate.run()
    settled(studio)
    takes = studio.window.takes_panel.list
    data = takes.mimeData([takes.item(0)])
    (url,) = data.urls()
    path = Path(url.toLocalFile())
    assert path.name == "Untitled_take1_120bpm_Cmaj.wav"
    assert read_audio(path).duration == 2.0


def test_a_fault_is_reported_once_and_the_work_is_on_disk(
    studio: Application, tmp_path: Path
) -> None:
    studio.document.apply(SetPrompt("precious"))
    for _ in range(2):
        studio.faults.report("Traceback: it broke")
    reports = studio.window.findChildren(CrashReportDialog)
    assert len(reports) == 1
    assert "it broke" in reports[0].report.toPlainText()
    (folder,) = (tmp_path / "state" / "unsaved").iterdir()
    assert "precious" in (folder / "journal.jsonl").read_text(encoding="utf-8")
    reports[0].close()

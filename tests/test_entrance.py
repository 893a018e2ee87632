"""One command, two doors: the studio or a verb."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from app.__main__ import main, names_a_project


def test_a_verb_is_no_project_even_beside_a_folder_of_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "models").mkdir()
    assert not names_a_project("models")
    assert not names_a_project("--help")
    assert names_a_project("Song.inlay")
    song = tmp_path / "Renamed song"
    song.mkdir()
    (song / "project.json").write_text("{}")
    assert names_a_project(str(song))


def test_without_a_display_the_studio_says_so_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(sys, "argv", ["inlay"])
    assert main() == 2
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1
    assert "There is no display" in said[0]


def test_a_mistyped_verb_goes_to_the_command_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["inlay", "genrate"])
    assert main() == 2
    assert "genrate" in capsys.readouterr().err

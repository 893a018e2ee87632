from __future__ import annotations

import json
from pathlib import Path

import pytest
from arbitrary_projects import EMPTY, projects, with_title
from hypothesis import given

from app.model.project import Project
from app.storage import project_file
from app.storage.errors import DamagedProject, ProjectFileError
from app.storage.project_file import (
    PREVIOUS_NAME,
    parse_project,
    project_text,
    read_project,
    write_project,
)
from app.storage.value_json import Misfit, from_json, json_text


@given(projects)
def test_what_is_saved_is_what_is_loaded(project: Project) -> None:
    assert parse_project(project_text(project), Path("p.inlay/project.json")).project == project


def test_saving_keeps_the_version_before(tmp_path: Path) -> None:
    write_project(tmp_path, with_title(EMPTY, "First"))
    write_project(tmp_path, with_title(EMPTY, "Second"))
    assert read_project(tmp_path).project.title == "Second"
    assert read_project(tmp_path, PREVIOUS_NAME).project.title == "First"
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "project.json",
        "project.previous.json",
    ]


def written(tmp_path: Path, **changes: object) -> Path:
    """A saved project with members of its file changed."""
    data = json.loads(project_text(EMPTY))
    for name, value in changes.items():
        *path, last = name.split("__")
        inner = data
        for step in path:
            inner = inner[step]
        inner[last] = value
    (tmp_path / "project.json").write_text(json.dumps(data))
    return tmp_path


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"format": "something"}, "not an Inlay project"),
        ({"version": "1"}, "version"),
        ({"version": True}, "version"),
        ({"project__title": 7}, "title: str expected"),
        ({"project__strange": 7}, "unknown field 'strange'"),
        ({"project__length_bars": 0}, "1 to 999 bars"),
        ({"project__length_bars": 2.5}, "length_bars: int expected"),
        ({"project__tempo": {"tempo_bpm": 1e9}}, "tempo must lie"),
        ({"project__tempo": {"tempo_bpm": 120, "meter": {"unit": 0}}}, "time signature"),
        ({"project__notes": {"notes": [{"span": {"start": 5, "end": 5}, "pitch": 1}]}}, "span"),
        ({"project__masks": [{"id": "m"}]}, "field 'span' is missing"),
        ({"project__key": "H:dur"}, "note name"),
    ],
)
def test_damage_is_told_and_the_file_stays(
    tmp_path: Path, changes: dict[str, object], said: str
) -> None:
    folder = written(tmp_path, **changes)
    before = (folder / "project.json").read_bytes()
    with pytest.raises(DamagedProject, match=said):
        read_project(folder)
    assert (folder / "project.json").read_bytes() == before


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "[" * 100_000,
        '{"a": 1, "a": 2}',
        '{"format": NaN}',
        b"\xff\xfe",
    ],
    ids=["empty", "torn", "list", "bomb", "twins", "nan", "bytes"],
)
def test_what_is_no_project_is_refused(tmp_path: Path, text: str | bytes) -> None:
    content = text if isinstance(text, bytes) else text.encode()
    (tmp_path / "project.json").write_bytes(content)
    with pytest.raises(DamagedProject):
        read_project(tmp_path)


def test_a_folder_without_project_is_told(tmp_path: Path) -> None:
    with pytest.raises(ProjectFileError, match="no project"):
        read_project(tmp_path)


def test_a_newer_version_is_marked(tmp_path: Path) -> None:
    folder = written(tmp_path, version=99, project__hologram={"depth": 3})
    read = read_project(folder)
    assert read.is_newer
    assert read.project == EMPTY


def test_a_newer_version_that_cannot_be_understood_is_told(tmp_path: Path) -> None:
    folder = written(tmp_path, version=99, project__tempo="fast")
    with pytest.raises(ProjectFileError, match="newer version"):
        read_project(folder)


def test_a_file_too_large_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(project_file, "LARGEST_FILE_BYTES", 10)
    with pytest.raises(DamagedProject, match="too large"):
        read_project(written(tmp_path))


@pytest.mark.parametrize("name", ["../../etc/passwd", "ab" * 31, "AB" * 32, "ab" * 32 + "\n"])
def test_recordings_outside_the_pool_are_refused(tmp_path: Path, name: str) -> None:
    asset = {
        "id": name,
        "extension": "flac",
        "sample_rate_hz": 32000,
        "n_channels": 1,
        "n_samples": 10,
    }
    clip = {"id": "c", "asset": asset, "position": 0, "length": 10}
    with pytest.raises(DamagedProject, match="not the name of a recording"):
        read_project(written(tmp_path, project__audio={"clips": [clip]}))


def test_whole_numbers_are_read_where_fractions_may_stand() -> None:
    data = json.loads(json_text(EMPTY))
    data["tempo"]["tempo_bpm"] = 96
    tempo_bpm = from_json(Project, data).tempo.tempo_bpm
    assert isinstance(tempo_bpm, float)


def test_infinite_numbers_are_refused() -> None:
    data = json.loads(json_text(EMPTY))
    data["mix"]["master_gain_db"] = float("-inf")
    with pytest.raises(Misfit, match="finite"):
        from_json(Project, data)

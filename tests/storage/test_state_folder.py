from __future__ import annotations

from pathlib import Path

import pytest

from app.storage.state_folder import PREFIX, usable_state_folder


def test_a_place_that_can_be_written_is_made_and_used(tmp_path: Path) -> None:
    wanted = tmp_path / "new" / "state"
    assert usable_state_folder(wanted) == wanted
    assert list(wanted.iterdir()) == []


def test_where_nothing_can_be_written_there_is_a_temporary_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    occupied = tmp_path / "occupied"
    occupied.write_text("a file, where a folder is wanted")
    place = usable_state_folder(occupied / "state")
    assert place.parent == tmp_path
    assert place.name.startswith(PREFIX)

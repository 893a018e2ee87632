from __future__ import annotations

from pathlib import Path

import pytest

from app.settings import MAX_RECENT, Settings, SettingsFile


def test_what_is_changed_is_there_at_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "inlay.ini"
    SettingsFile(path).change(theme="light", font_scale=1.25, panels={"expert": True})
    found = SettingsFile(path)
    assert found.current == Settings(theme="light", font_scale=1.25, panels={"expert": True})
    assert not found.notice


@pytest.mark.parametrize(
    "content", ["studio={not json", "[General]\nstudio=[1,2]", "\x00\x01rubbish"]
)
def test_damaged_settings_are_set_aside_and_defaults_used(tmp_path: Path, content: str) -> None:
    path = tmp_path / "inlay.ini"
    path.write_text(content)
    found = SettingsFile(path)
    assert found.current == Settings()
    assert "set aside" in found.notice
    assert path.with_suffix(".damaged").exists()
    found.change(theme="light")
    assert SettingsFile(path).current.theme == "light"


def test_a_value_of_the_wrong_kind_counts_as_damage(tmp_path: Path) -> None:
    path = tmp_path / "inlay.ini"
    SettingsFile(path).change(theme="light")
    path.write_text(path.read_text().replace('\\"light\\"', "7"))
    assert SettingsFile(path).current == Settings()


def test_the_newest_project_comes_first_and_old_ones_drop_out() -> None:
    settings = Settings()
    for number in range(MAX_RECENT + 3):
        settings = settings.with_recent(Path(f"/music/{number}.inlay"))
    settings = settings.with_recent(Path("/music/5.inlay"))
    assert settings.recent_projects[0] == str(Path("/music/5.inlay"))
    assert len(settings.recent_projects) == MAX_RECENT
    assert len(set(settings.recent_projects)) == MAX_RECENT

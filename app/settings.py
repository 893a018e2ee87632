"""What the studio remembers between starts, typed. No other file reads QSettings."""

from __future__ import annotations

import contextlib
import json
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSettings

MAX_RECENT = 10
_KEY = "studio"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything remembered. Geometry and splitters are base64 of what Qt gives.

    ``export`` holds the last choices of the export dialog; ``panels`` which folds are open,
    ``view`` zoom and lane heights,
    ``work_per_second`` how long a second of music took to play, ``memory_bytes`` of
    ``memory_total_bytes`` what the engine needed at most (0: not known).
    """

    theme: str = "dark"
    font_scale: float = 1.0
    window_geometry: str = ""
    splitters: dict[str, str] = field(default_factory=dict)
    panels: dict[str, bool] = field(default_factory=dict)
    view: dict[str, float] = field(default_factory=dict)
    recent_projects: tuple[str, ...] = ()
    export: dict[str, str] = field(default_factory=dict)
    screen_reader_mode: bool = False
    follows_playhead: bool = True
    has_seen_first_steps: bool = False
    work_per_second: float = 0.0
    memory_bytes: float = 0.0
    memory_total_bytes: float = 0.0

    def with_recent(self, path: Path) -> Settings:
        """Remember a project as the one opened last."""
        name = str(path)
        others = tuple(other for other in self.recent_projects if other != name)
        return replace(self, recent_projects=(name, *others)[:MAX_RECENT])


class SettingsFile:
    """Reads at start, writes at once. A damaged file is set aside and defaults are used.

    ``notice`` says so to the person, and is empty where all was well.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.notice = ""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.current = self._read()

    def change(self, **changes: Any) -> None:
        """Change some values and write them down; ``changes`` are fields of ``Settings``."""
        changed = replace(self.current, **changes)
        if changed != self.current:
            self.current = changed
            self._write()

    def _read(self) -> Settings:
        store = QSettings(str(self._path), QSettings.Format.IniFormat)
        text = store.value(_KEY, "")
        if store.status() == QSettings.Status.NoError and not text and not self._has_content():
            return Settings()
        try:
            return _parsed(json.loads(str(text)))
        except (ValueError, TypeError):
            return self._start_afresh()

    def _has_content(self) -> bool:
        return self._path.exists() and self._path.stat().st_size > 0

    def _start_afresh(self) -> Settings:
        aside = self._path.with_suffix(".damaged")
        with contextlib.suppress(OSError):
            self._path.replace(aside)
        self.notice = f"The settings could not be read; they were set aside as “{aside.name}”."
        return Settings()

    def _write(self) -> None:
        store = QSettings(str(self._path), QSettings.Format.IniFormat)
        store.setValue(_KEY, json.dumps(asdict(self.current)))
        store.sync()


def to_text(state: QByteArray) -> str:
    """Qt's window state as text."""
    return bytes(state.toBase64().data()).decode()


def from_text(text: str) -> QByteArray:
    """The inverse of ``to_text``; an empty state for an empty text."""
    return QByteArray.fromBase64(text.encode())


def _parsed(found: object) -> Settings:
    """Settings of a newer or older version keep what both know. Raises TypeError, ValueError."""
    if not isinstance(found, dict):
        raise TypeError("settings are a table")
    defaults = Settings()
    values: dict[str, Any] = {}
    for entry in fields(Settings):
        if entry.name not in found:
            continue
        value, default = found[entry.name], getattr(defaults, entry.name)
        if isinstance(default, tuple) and isinstance(value, list):
            value = tuple(str(item) for item in value)
        if isinstance(default, float) and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        if type(value) is not type(default):
            raise TypeError(f"{entry.name} is not a {type(default).__name__}")
        values[entry.name] = value
    return Settings(**values)

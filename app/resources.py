"""Where the files that ship with Inlay are."""

from __future__ import annotations

from pathlib import Path

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
ICONS = RESOURCES / "icons"
DEMO_PROJECT = RESOURCES / "demo_project" / "Demo.inlay"

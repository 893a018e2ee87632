"""Paint the pictures of the README with the studio itself: ``make pictures``.

Needs no display; the demo project is opened as a copy in a temporary folder. Each scene shows
what one part of the studio is for.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.application import Application
from app.model.lane import LaneId
from app.model.selection import Selection
from app.resources import DEMO_PROJECT
from app.settings import SettingsFile
from app.ui.stylesheet import dress
from engine.timebase import Ticks
from engine.tone_backend import ToneBackend

PICTURES = Path(__file__).parent / "pictures"
WIDTH, HEIGHT = 1280, 800
SETTLING_MS = 3_000
"""Waveforms and lane sounds are prepared in threads; then nothing moves any more."""
SCENE_MS = 600


def first_look(_studio: Application) -> None:
    """The demo song as it opens."""


def song_form(studio: Application) -> None:
    """Sections with words of their own."""
    tempo, sections = studio.document.project.tempo, studio.studio.arrange.sections
    for first, last, name, prompt, energy in (
        (1, 2, "Intro", "only the piano", 1),
        (3, 6, "Verse", "soft drums, warm bass", 3),
        (7, 8, "Chorus", "strings join, wide", 5),
    ):
        section = sections.add(tempo.bars(first, last), name)
        sections.change(replace(section, prompt=prompt, energy=energy))
    studio.window.timeline.focus_lane(LaneId.SECTIONS)


def drums_with_feel(studio: Application) -> None:
    """A groove with swing, a late snare, a ramp over the hats and a fill."""
    drums, project = studio.studio.arrange.drums, studio.document.project
    drums.paint_pattern("hip-hop", project.tempo.bars(1, 8))
    drums.add_fill(project.tempo.bars(8, 8))
    drums.set_swing(58)
    drums.nudge_row(38, 12)
    studio.window.timeline.focus_lane(LaneId.DRUMS)
    hats = [hit for hit in studio.document.project.drums.hits if hit.pitch == 42]
    drums.ramp(hits=hats, first=40, last=120)


def melody_by_keyboard(studio: Application) -> None:
    """Step entry over the ghosts of the chords."""
    timeline = studio.window.timeline
    timeline.focus_lane(LaneId.NOTES)
    timeline.axis.show_span(studio.document.project.tempo.bars(1, 4))
    studio.workspace.set_playhead(Ticks(0))
    timeline.note_lane.steps.switch(True)
    timeline.note_lane.fit_rows()


def chords_in_the_key(studio: Application) -> None:
    """Chords with their numerals, the first two selected."""
    timeline = studio.window.timeline
    timeline.note_lane.steps.switch(False)
    timeline.focus_lane(LaneId.CHORDS)
    timeline.chord_lane.set_shows_numerals(True)
    blocks = studio.document.project.chords.blocks[:2]
    studio.workspace.set_selection(Selection(items=frozenset(blocks)))


SCENES: tuple[tuple[str, Callable[[Application], None]], ...] = (
    ("studio", first_look),
    ("sections", song_form),
    ("drums", drums_with_feel),
    ("notes", melody_by_keyboard),
    ("chords", chords_in_the_key),
)


def main() -> int:
    """Write one picture per scene; returns the exit status."""
    app = QApplication(sys.argv[:1])
    dress(app)
    with tempfile.TemporaryDirectory() as state:
        settings = SettingsFile(Path(state) / "studio.ini")
        settings.change(has_seen_first_steps=True)
        studio = Application(Path(state), settings, ToneBackend)
        studio.window.resize(WIDTH, HEIGHT)
        studio.window.show()
        studio.open_first(DEMO_PROJECT)
        PICTURES.mkdir(exist_ok=True)
        scenes = list(SCENES)

        def prepare() -> None:
            scenes[0][1](studio)
            QTimer.singleShot(SCENE_MS, take_picture)

        def take_picture() -> None:
            studio.window.grab().save(str(PICTURES / f"{scenes.pop(0)[0]}.png"))
            if scenes:
                prepare()
            else:
                studio.document.mark_saved()
                studio.window.close()
                app.quit()

        QTimer.singleShot(SETTLING_MS, prepare)
        return app.exec()


if __name__ == "__main__":
    sys.exit(main())

"""What a MIDI file holds, track by track, and where each track shall go."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from app.actions.imports import ImportActions
from app.actions.midi_plan import MidiPlan, propose
from app.interchange.midi_in import MidiSong
from app.model.key import key_name
from app.model.lane import LaneId
from app.ui.theme import SPACING
from engine.timebase import Ticks

CHOICES = (
    ("Notes", LaneId.NOTES),
    ("Drums", LaneId.DRUMS),
    ("Chords", LaneId.CHORDS),
    ("Leave out", None),
)


class MidiImportDialog(QDialog):
    """Proposes lanes; OK imports at ``position`` as one undo step."""

    def __init__(
        self,
        song: MidiSong,
        name: str,
        position: Ticks,
        imports: ImportActions,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setWindowTitle(f"Import {name}")
        self._song, self._name, self._position = song, name, position
        self._imports = imports
        self.lanes: list[QComboBox] = []
        tracks = QGridLayout()
        tracks.setHorizontalSpacing(SPACING[4])
        for row, (track, lane) in enumerate(zip(song.tracks, propose(song).lanes, strict=True)):
            number = len(track.hits) or len(track.notes)
            noun = "strokes" if track.is_drums else "notes"
            box = QComboBox()
            box.addItems([words for words, _ in CHOICES])
            box.setCurrentIndex([choice for _, choice in CHOICES].index(lane))
            box.setAccessibleName(f"Lane of {track.name}")
            tracks.addWidget(QLabel(track.name), row, 0)
            tracks.addWidget(QLabel(f"{number} {noun}"), row, 1)
            tracks.addWidget(box, row, 2)
            self.lanes.append(box)
        tempo = "" if song.tempo_bpm is None else f"{song.tempo_bpm:g} BPM"
        meter = "" if song.meter is None else str(song.meter)
        offered = ", ".join(filter(None, (tempo, meter)))
        self.tempo = _switch(f"Take its tempo and meter ({offered})", is_there=bool(offered))
        key = "" if song.key is None else key_name(song.key)
        self.key = _switch(f"Take its key ({key})", is_there=bool(key))
        names = ", ".join(marker.text for marker in song.markers)
        self.markers = _switch(f"Take its markers as sections ({names})", is_there=bool(names))
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setText("Import")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACING[4], SPACING[4], SPACING[4], SPACING[4])
        layout.setSpacing(SPACING[3])
        layout.addLayout(tracks)
        for switch in (self.tempo, self.key, self.markers):
            layout.addWidget(switch)
        if song.note:
            layout.addWidget(QLabel(song.note))
        layout.addWidget(buttons)
        self.show()

    def accept(self) -> None:
        """Import what was chosen."""
        plan = MidiPlan(
            tuple(CHOICES[box.currentIndex()][1] for box in self.lanes),
            takes_tempo=self.tempo.isChecked(),
            takes_key=self.key.isChecked(),
            takes_markers=self.markers.isChecked(),
        )
        super().accept()
        self._imports.place_song(self._song, plan, self._name, self._position)


def _switch(words: str, *, is_there: bool) -> QCheckBox:
    box = QCheckBox(words)
    box.setVisible(is_there)
    return box

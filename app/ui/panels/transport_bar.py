"""The bar on top: transport, position, tempo, signature, key and the master meter."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QPushButton

from app.actions.edit import EditActions
from app.actions.playback import PlaybackActions
from app.actions.song import SongActions
from app.document.document import ProjectDocument
from app.document.workspace import Workspace
from app.model.key import key_name
from app.model.lane import MAX_GAIN_DB, MIN_GAIN_DB
from app.model.project import Project
from app.playback.transport import Transport
from app.ui import icons, theme
from app.ui.panels.fields import NumberField, divider, icon_button, row
from app.ui.panels.level_meter import LevelMeter
from app.ui.panels.time_text import format_clock, format_position, parse_position
from app.ui.theme import SPACING
from engine.harmony import PITCH_CLASS_NAMES
from engine.timebase import MAX_TEMPO_BPM, MIN_TEMPO_BPM, Meter, Ticks

METERS = ("4/4", "3/4", "2/4", "6/8", "12/8", "5/4", "7/8")
KEYS = tuple(f"{name}:{mode}" for mode in ("maj", "min") for name in PITCH_CLASS_NAMES)


class TransportBar(QFrame):
    """Shows transport, document and workspace; every control calls one action."""

    def __init__(
        self,
        document: ProjectDocument,
        workspace: Workspace,
        transport: Transport,
        playback: PlaybackActions,
        song: SongActions,
        edit: EditActions,
    ) -> None:
        super().__init__()
        self.setProperty("role", "bar")
        self._document = document
        self._workspace = workspace
        self._transport = transport
        self._playback = playback
        self._song = song
        self._edit = edit
        self.meter = LevelMeter()
        self._build()

        transport.changed.connect(self._on_transport_changed)
        workspace.loop_changed.connect(self._on_transport_changed)
        workspace.playhead_changed.connect(self._show_position)
        document.changed.connect(self._on_document_changed)
        document.history_changed.connect(self._show_history)
        self.refresh()

    def refresh(self) -> None:
        """Show everything anew, as after a change of theme."""
        self._on_document_changed(None, self._document.project)
        self._on_transport_changed()
        self._show_history()

    def focus_first(self) -> None:
        """Give the keyboard to the first control."""
        self._play.setFocus(Qt.FocusReason.TabFocusReason)

    def _build(self) -> None:
        play, edit = self._playback, self._edit
        self._play = icon_button("play", "Play or stop", play.play_or_stop, key="Space")
        self._play.setCheckable(True)
        self._loop = icon_button("loop", "Loop", play.toggle_loop, key="L", is_checkable=True)
        self._metronome = icon_button(
            "metronome", "Metronome", play.toggle_metronome, key="K", is_checkable=True
        )
        buttons = row(
            icon_button("to-start", "To start", play.to_start, key="Home"),
            icon_button("stop", "Stop; twice: to bar 1", play.stop),
            self._play,
            self._loop,
            self._metronome,
            gap=SPACING[1],
        )

        self._position = self._readout("Position in bars, beats and ticks", 104)
        self._clock = self._readout("Position in minutes and seconds", 84)
        self._clock.setProperty("role", "readout")
        self._position.editingFinished.connect(lambda: self._go_to(self._position))
        self._clock.editingFinished.connect(lambda: self._go_to(self._clock))

        self._tempo = NumberField(MIN_TEMPO_BPM, MAX_TEMPO_BPM, 120.0, decimals=2, unit="BPM")
        self._tempo.setFixedWidth(94)
        self._tempo.setAccessibleName("Tempo")
        self._tempo.setToolTip("Tempo in quarter notes per minute: type, drag, or use the arrows")
        self._tempo.entered.connect(self._on_tempo_entered)
        tap = QPushButton("Tap")
        tap.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        tap.setToolTip("Tap the beat four times or more")
        tap.clicked.connect(self._on_tap)
        tap.setFixedWidth(52)

        self._meter_box = _choice("Time signature", METERS, METERS, 72)
        self._meter_box.activated.connect(
            lambda: self._song.set_meter(Meter.parse(self._meter_box.currentData()))
        )
        self._key_box = _choice("Key", [key_name(key) for key in KEYS], KEYS, 106)
        self._key_box.activated.connect(lambda: self._song.set_key(self._key_box.currentData()))

        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACING[3], SPACING[2], SPACING[3], SPACING[2])
        layout.setSpacing(SPACING[3])
        layout.addLayout(buttons)
        layout.addWidget(divider(is_vertical=True))
        layout.addLayout(row(self._position, self._clock, gap=SPACING[1]))
        layout.addWidget(divider(is_vertical=True))
        layout.addLayout(row(self._tempo, tap, self._meter_box, self._key_box))
        self._undo = icon_button("undo", "Undo", edit.undo, key="Ctrl+Z")
        self._redo = icon_button("redo", "Redo", edit.redo, key="Ctrl+Shift+Z")
        self._master = NumberField(MIN_GAIN_DB, MAX_GAIN_DB, 0.0, decimals=1, step=0.5, unit="dB")
        self._master.setFixedWidth(76)
        self._master.setAccessibleName("Master level")
        self._master.setToolTip("Master level: type, drag, or Ctrl+click for 0 dB")
        self._master.entered.connect(edit.set_master_gain)
        layout.addLayout(row(self._undo, self._redo, gap=0))
        layout.addStretch(1)
        layout.addLayout(row(self._master, self.meter))

    def _readout(self, name: str, width: int) -> QLineEdit:
        line = QLineEdit()
        line.setProperty("role", "readout")
        line.setAccessibleName(name)
        line.setToolTip(f"{name}. Click to type one")
        line.setFixedWidth(width)
        line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        line.setFocusPolicy(Qt.FocusPolicy.ClickFocus | Qt.FocusPolicy.TabFocus)
        return line

    def _go_to(self, readout: QLineEdit) -> None:
        position = parse_position(readout.text(), self._document.project.tempo)
        if readout.isModified() and position is not None:
            self._playback.seek(position)
        readout.setModified(False)
        readout.clearFocus()
        self._show_position(self._workspace.playhead)

    def _on_tempo_entered(self, tempo_bpm: float) -> None:
        self._song.set_tempo(tempo_bpm)
        self._tempo.show_value(self._document.project.tempo.tempo_bpm)

    def _on_tap(self) -> None:
        tempo_bpm = self._song.tap()
        if tempo_bpm is not None:
            self._song.set_tempo(tempo_bpm)

    @Slot(object, object)
    def _on_document_changed(self, before: Project | None, after: Project) -> None:
        if before is None or before.tempo != after.tempo:
            self._tempo.show_value(after.tempo.tempo_bpm)
            _show_choice(self._meter_box, str(after.tempo.meter), str(after.tempo.meter))
            self._show_position(self._workspace.playhead)
        self._master.show_value(after.mix.master_gain_db)
        if before is None or before.key != after.key:
            _show_choice(self._key_box, key_name(after.key), after.key)

    @Slot()
    def _show_history(self) -> None:
        document = self._document
        for button, verb, name, key in (
            (self._undo, "Undo", document.undo_name, "Ctrl+Z"),
            (self._redo, "Redo", document.redo_name, "Ctrl+Shift+Z"),
        ):
            button.setEnabled(bool(name))
            button.setToolTip(f"{verb}: {name}  ({key})" if name else f"Nothing to {verb.lower()}")

    @Slot()
    def _on_transport_changed(self) -> None:
        palette = theme.current()
        is_playing = self._transport.is_playing
        self._play.setChecked(is_playing)
        self._play.setIcon(icons.icon("play", palette.accent if is_playing else None, 18))
        is_looping = self._workspace.is_looping
        self._loop.setChecked(is_looping)
        self._loop.setIcon(icons.icon("loop", palette.loop_on if is_looping else None, 18))
        has_metronome = self._transport.has_metronome
        self._metronome.setChecked(has_metronome)
        self._metronome.setIcon(
            icons.icon("metronome", palette.accent if has_metronome else None, 18)
        )

    @Slot(object)
    def _show_position(self, position: Ticks) -> None:
        tempo = self._document.project.tempo
        for readout, text in (
            (self._position, format_position(position, tempo)),
            (self._clock, format_clock(tempo.seconds_at(position))),
        ):
            if not readout.hasFocus():
                readout.setText(text)


def _choice(
    name: str, texts: list[str] | tuple[str, ...], values: tuple[str, ...], width: int
) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setToolTip(name)
    box.setFixedWidth(width)
    box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    for text, value in zip(texts, values, strict=True):
        box.addItem(text, value)
    return box


def _show_choice(box: QComboBox, text: str, value: str) -> None:
    index = box.findData(value)
    if index < 0:
        box.addItem(text, value)
        index = box.count() - 1
    box.setCurrentIndex(index)

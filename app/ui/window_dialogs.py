"""Everything the window asks or shows in dialogs, and what becomes of files it is handed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QInputDialog, QMenu, QMessageBox, QWidget

from app.actions.chord_files import CHORD_ENDINGS
from app.actions.imports import MIDI_ENDINGS
from app.model.ids import ClipId, MaskId, TakeId
from app.model.lane import LaneId
from app.ui.dialogs.export import ExportDialog
from app.ui.dialogs.midi_import import MidiImportDialog
from app.ui.dialogs.questions import WindowQuestions
from app.ui.dialogs.shortcuts import ShortcutsDialog
from app.ui.dialogs.take_details import TakeDetailsDialog
from app.ui.studio import Studio
from engine.timebase import Ticks

CHORD_FILES = f"Chords ({' '.join(f'*{ending}' for ending in CHORD_ENDINGS)})"
CHORD_FILES_OUT = "Chord labels (*.lab);;MusicXML (*.musicxml);;Text (*.txt)"


class WindowDialogs:
    """Opens dialogs over ``window``; ``say`` writes a line into its status bar."""

    def __init__(
        self,
        studio: Studio,
        questions: WindowQuestions,
        window: QWidget,
        say: Callable[[str], None],
    ) -> None:
        self._studio = studio
        self._questions = questions
        self._window = window
        self._say = say

    def show_export(self) -> None:
        """Ask what to export."""
        studio = self._studio
        ExportDialog(
            studio.document.project, studio.export, studio.settings, self._questions, self._window
        ).exec()

    def show_shortcuts(self, listed: Sequence[tuple[str, str, str]]) -> None:
        """List every command with its keys."""
        ShortcutsDialog(listed, self._window).exec()

    def show_about(self) -> None:
        """What this program is."""
        QMessageBox.about(
            self._window,
            "About Inlay",
            "<b>Inlay</b><p>Plays the chords, drums and notes you draw, and plays anew only the "
            "bars you select.</p><p>Nothing leaves this machine. MIT licence.</p>",
        )

    def show_take_details(self, take_id: TakeId) -> None:
        """How a take was made."""
        project = self._studio.document.project
        TakeDetailsDialog(project, project.take(take_id), self._window).exec()

    def show_clip_details(self, clip_id: ClipId) -> None:
        """Of a generated clip its take's details; of an imported one what the file was."""
        project = self._studio.document.project
        clip = project.audio.clip(clip_id)
        if clip.take_id is not None:
            self.show_take_details(clip.take_id)
            return
        seconds = clip.length / clip.asset.sample_rate_hz
        self._say(
            f"{clip.name or 'Clip'}: imported, {seconds:.1f} s, "
            f"{clip.asset.sample_rate_hz / 1000:g} kHz, {clip.asset.n_channels} channels"
        )

    def add_to_clip_menu(self, menu: QMenu, clip_id: ClipId) -> None:
        """What the window adds to the menu of a clip."""
        menu.addSeparator()
        menu.addAction("Details…", lambda: self.show_clip_details(clip_id))

    def ask_mask_prompt(self, mask_id: MaskId) -> None:
        """The words for one mask."""
        mask = self._studio.document.project.mask(mask_id)
        text, is_given = QInputDialog.getText(
            self._window,
            "Prompt for this mask",
            "Leave empty to use the project's",
            text=mask.prompt,
        )
        if is_given:
            self._studio.arrange.audio.set_mask_prompt(mask_id, text.strip())

    def ask_audio(self) -> None:
        """Ask for a sound file and import it."""
        path = self._questions.audio_to_import()
        if path is not None:
            self._studio.imports.import_audio(path)

    def ask_midi(self) -> None:
        """Ask for a MIDI file and import it."""
        path = self._questions.midi_to_import()
        if path is not None:
            self.import_midi(path, self._studio.workspace.start_marker)

    def import_midi(self, path: Path, position: Ticks) -> None:
        """Show what a MIDI file holds, and ask where it shall go."""
        song = self._studio.imports.read_song(path)
        if song is not None:
            MidiImportDialog(song, path.name, position, self._studio.imports, self._window)

    def ask_chords(self) -> None:
        """Ask for a file with chords and import it at the start marker."""
        text, _ = QFileDialog.getOpenFileName(self._window, "Import chords", "", CHORD_FILES)
        if text:
            self._studio.chord_files.import_chords(Path(text), self._studio.workspace.start_marker)

    def ask_chords_export(self) -> None:
        """Ask where to write the chords, and as what."""
        text, chosen = QFileDialog.getSaveFileName(
            self._window, "Export chords", "chords.lab", CHORD_FILES_OUT
        )
        if text:
            path = Path(text)
            ending = chosen.partition("*")[2].partition(")")[0] or ".lab"
            self._studio.chord_files.export_chords(
                path if path.suffix.lower() in CHORD_ENDINGS else path.with_name(path.name + ending)
            )

    def take_dropped(self, paths: Sequence[str], _lane: LaneId, position: Ticks) -> None:
        """Files let go over a lane."""
        self.take_files([Path(path) for path in paths], position)

    def take_files(self, paths: Sequence[Path], position: Ticks | None = None) -> None:
        """Open a project; import sound and MIDI at a position, or at the start marker."""
        for path in paths:
            at = self._studio.workspace.start_marker if position is None else position
            if path.suffix == ".inlay":
                self._studio.files.open_path(path)
            elif path.suffix.lower() in MIDI_ENDINGS:
                self.import_midi(path, at)
            elif path.suffix.lower() in CHORD_ENDINGS:
                self._studio.chord_files.import_chords(path, at)
            elif not self._studio.imports.import_file(path, position):
                self._say(f"“{path.name}” is neither sound, MIDI, chords nor a project.")

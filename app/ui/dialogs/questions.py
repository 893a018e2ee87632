"""Questions that stop for an answer: which file, and what about unsaved changes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from app.actions.files import Answer, InUse

AUDIO_FILES = "Audio (*.wav *.flac *.aif *.aiff *.mp3 *.ogg)"


class WindowQuestions:
    """Asks with dialogs of the platform. ``parent`` is set once there is a window."""

    def __init__(self) -> None:
        self.parent: QWidget | None = None

    def path_to_open(self) -> Path | None:
        """A project is a folder."""
        text = QFileDialog.getExistingDirectory(self.parent, "Open project (NAME.inlay)")
        return Path(text) if text else None

    def path_to_save(self, suggestion: str) -> Path | None:
        """Where to save."""
        text, _ = QFileDialog.getSaveFileName(
            self.parent, "Save project", suggestion, "Inlay project (*.inlay)"
        )
        return Path(text) if text else None

    def audio_to_import(self) -> Path | None:
        """Which sound file."""
        text, _ = QFileDialog.getOpenFileName(self.parent, "Import audio", "", AUDIO_FILES)
        return Path(text) if text else None

    def midi_to_import(self) -> Path | None:
        """Which MIDI file."""
        text, _ = QFileDialog.getOpenFileName(self.parent, "Import MIDI", "", "MIDI (*.mid *.midi)")
        return Path(text) if text else None

    def path_to_export(self, suggestion: str, kinds: str) -> Path | None:
        """Where to write an export."""
        text, _ = QFileDialog.getSaveFileName(self.parent, "Export", suggestion, kinds)
        return Path(text) if text else None

    def recording_to_use(self) -> Path | None:
        """Which file is the missing recording, whatever it is called."""
        text, _ = QFileDialog.getOpenFileName(
            self.parent, "Locate the recording", "", "Recordings (*.flac *.wav)"
        )
        return Path(text) if text else None

    def folder_to_search(self) -> Path | None:
        """Where to look for missing recordings."""
        text = QFileDialog.getExistingDirectory(self.parent, "Search a folder for recordings")
        return Path(text) if text else None

    def about_unsaved(self, title: str) -> Answer:
        """Enter saves, Escape stays: neither loses anything."""
        box = QMessageBox(self.parent)
        box.setWindowTitle("Save changes?")
        box.setText(f"Save changes to “{title}”?")
        box.setInformativeText("What you discard is kept for seven days.")
        save = box.addButton(QMessageBox.StandardButton.Save)
        discard = box.addButton(QMessageBox.StandardButton.Discard)
        stay = box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(save)
        box.setEscapeButton(stay)
        box.exec()
        if box.clickedButton() is save:
            return Answer.SAVE
        return Answer.DISCARD if box.clickedButton() is discard else Answer.STAY

    def about_in_use(self, title: str) -> InUse:
        """Enter goes to the other window, Escape stays here."""
        box = QMessageBox(self.parent)
        box.setWindowTitle("Open in another window")
        box.setText(f"“{title}” is open in another window.")
        box.setInformativeText(
            "Go on there, or work here on a copy, which you can save under another name."
        )
        show = box.addButton("Show that window", QMessageBox.ButtonRole.AcceptRole)
        copy = box.addButton("Open a copy here", QMessageBox.ButtonRole.ActionRole)
        stay = box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(show)
        box.setEscapeButton(stay)
        box.exec()
        if box.clickedButton() is show:
            return InUse.SHOW
        return InUse.COPY if box.clickedButton() is copy else InUse.STAY

    def keep_seconds(self) -> bool | None:
        """What another tempo does to lanes while there is audio."""
        box = QMessageBox(self.parent)
        box.setWindowTitle("Change the tempo?")
        box.setText("There is audio, and audio keeps its own tempo.")
        box.setInformativeText("Lanes can follow the new tempo, or stay where the audio is.")
        follow = box.addButton("Stretch lanes, mark audio stale", QMessageBox.ButtonRole.AcceptRole)
        keep = box.addButton("Keep seconds", QMessageBox.ButtonRole.ActionRole)
        cancel = box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(follow)
        box.setEscapeButton(cancel)
        box.exec()
        if box.clickedButton() is cancel:
            return None
        return box.clickedButton() is keep

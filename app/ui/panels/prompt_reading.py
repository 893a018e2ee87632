"""Below the prompt: which of its words the model does not know, and which it reads as others."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel

from app.jobs.model_facts import Reading

PAUSE_MS = 250
"""Reading begins when typing pauses: looking up an unknown word takes some milliseconds."""


class PromptReading(QLabel):
    """Hidden while every word is understood as it stands."""

    def __init__(self, read: Callable[[str], tuple[Reading, ...]]) -> None:
        super().__init__()
        self.setProperty("role", "caption")
        self.setWordWrap(True)
        self.setAccessibleName("How the words are understood")
        self.hide()
        self._read = read
        self._prompt = ""
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self.read_now)

    def show_prompt(self, prompt: str) -> None:
        """Read a prompt as soon as typing pauses."""
        if prompt != self._prompt:
            self._prompt = prompt
            self._pause.start()

    def read_now(self) -> None:
        """Read the prompt shown last."""
        self._pause.stop()
        words = described(self._read(self._prompt))
        self.setText(words)
        self.setVisible(bool(words))


def described(readings: tuple[Reading, ...]) -> str:
    """What a person should know about how a prompt is read; empty where it is read as it is."""
    unknown = [word.text for word in readings if word.known is None]
    others = [
        f"“{word.text}” as “{word.known}”"
        for word in readings
        if word.known is not None and word.known != word.text
    ]
    parts = []
    if unknown:
        parts.append("Not understood: " + ", ".join(dict.fromkeys(unknown)) + ".")
    if others:
        parts.append("Reads " + ", ".join(dict.fromkeys(others)) + ".")
    return " ".join(parts)

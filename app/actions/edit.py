"""Undo, redo and the master's gain."""

from __future__ import annotations

from app.document.document import ProjectDocument
from app.model.edits.mix import ClearSolos, SetMasterGain
from app.model.lane import MAX_GAIN_DB, MIN_GAIN_DB


class EditActions:
    """What belongs to no lane."""

    def __init__(self, document: ProjectDocument) -> None:
        self._document = document

    def undo(self) -> None:
        """Take the last step back."""
        self._document.undo()

    def redo(self) -> None:
        """Do the next step again."""
        self._document.redo()

    def set_master_gain(self, gain_db: float) -> None:
        """How loud everything is, held within the limits."""
        self._document.apply(SetMasterGain(min(MAX_GAIN_DB, max(MIN_GAIN_DB, gain_db))))

    def clear_solos(self) -> None:
        """Hear every lane that is not muted."""
        self._document.apply(ClearSolos())

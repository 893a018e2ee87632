"""What one can do on the notes lane."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.model.note import Note, settle_notes
from app.model.project import Project


@dataclass(frozen=True, slots=True)
class ChangeNotes:
    """Replace notes by others: add (``before`` empty), delete (``after`` empty), move, shape.

    ``before`` must be on the lane. Notes of one pitch that would overlap are cut or joined as
    ``settle_notes`` says, the new ones winning.
    """

    before: tuple[Note, ...]
    after: tuple[Note, ...]
    label: str = "Change notes"
    merge_key: object | None = None

    def apply(self, project: Project) -> Project:
        """Take ``before`` away and put ``after`` down."""
        strange = set(self.before) - set(project.notes.notes)
        if strange:
            raise KeyError(f"not on the notes lane: {strange}")
        removed = set(self.before)
        kept = (note for note in project.notes.notes if note not in removed)
        notes = settle_notes((*kept, *self.after))
        return replace(project, notes=replace(project.notes, notes=notes))

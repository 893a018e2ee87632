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
        removed = {note.order: note for note in self.before}
        kept: list[Note] = []
        taken: list[Note] = []
        for note in project.notes.notes:
            (taken if removed.get(note.order) == note else kept).append(note)
        if len(taken) < len(removed):
            raise KeyError(f"not on the notes lane: {set(self.before) - set(taken)}")
        notes = settle_notes((*kept, *self.after))
        return replace(project, notes=replace(project.notes, notes=notes))

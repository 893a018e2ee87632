"""Chords from and to files of other programs: ``.lab``, MusicXML and plain text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.actions.notice import Notice, Tell, Tone, notice_of
from app.document.document import ProjectDocument
from app.interchange.lab import blocks_of_chords, read_lab, write_lab
from app.interchange.musicxml import read_musicxml, write_musicxml
from app.model.chord_block import ChordBlock
from app.model.edits.chords import PasteLeadSheet, PlaceChords
from app.model.edits.edit import Edit
from app.model.lead_sheet import chords_as_text
from app.model.performance import perform_chords
from app.model.project import Project
from engine.errors import BadInput, EngineError
from engine.timebase import Span, Ticks

LAB_ENDINGS = (".lab", ".chords")
XML_ENDINGS = (".musicxml", ".xml")
TEXT_ENDINGS = (".txt",)
CHORD_ENDINGS = (*LAB_ENDINGS, *XML_ENDINGS, *TEXT_ENDINGS)
LARGEST_TEXT_BYTES = 256 * 1024

Write = Callable[[Path, bytes], object]
"""Writes a file whole or not at all; raises ``EngineError``."""


class ChordFiles:
    """An import is one undo step; the ending of a name decides what a file is."""

    def __init__(self, document: ProjectDocument, write: Write, tell: Tell) -> None:
        self._document = document
        self._write = write
        self._tell = tell

    def import_chords(self, path: Path, position: Ticks = Ticks(0)) -> None:
        """Put a file's chords on the lane from a position on; what goes wrong is told."""
        try:
            edit = self._edit_of(path, position)
        except EngineError as error:
            self._tell(notice_of("import", error))
            return
        with self._document.gesture(f"Import {path.name}"):
            self._document.apply(edit)

    def export_chords(self, path: Path) -> None:
        """Write the whole lane; the ending decides the form."""
        project = self._document.project
        try:
            self._write(path, _content(project, path.suffix.lower()))
        except EngineError as error:
            self._tell(notice_of("export", error))
        else:
            self._tell(Notice("export", f"Exported {path.name}.", tone=Tone.INFO))

    def _edit_of(self, path: Path, position: Ticks) -> Edit:
        project, ending = self._document.project, path.suffix.lower()
        german_names = project.chords.has_german_names
        if ending in TEXT_ENDINGS:
            return PasteLeadSheet(
                _text_of(path), project.tempo.bar_start(project.tempo.position_at(position)[0])
            )
        if ending in XML_ENDINGS:
            blocks = read_musicxml(path, german_names)
            return PlaceChords(tuple(_shifted(block, position) for block in blocks))
        heard = read_lab(path)
        return PlaceChords(
            blocks_of_chords(heard, project.tempo, position, known=project.chords.blocks)
        )


def _content(project: Project, ending: str) -> bytes:
    end = max((block.span.end for block in project.chords.blocks), default=Ticks(0))
    whole = Span(Ticks(0), Ticks(max(end, project.tempo.meter.bar_ticks)))
    if ending in XML_ENDINGS:
        return write_musicxml(project)
    if ending in TEXT_ENDINGS:
        return chords_as_text(project.chords, project.tempo.meter, whole).encode()
    return write_lab(perform_chords(project.chords, project.tempo, whole)).encode()


def _text_of(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_TEXT_BYTES:
            raise BadInput(f"“{path.name}” is too large to be a lead sheet.")
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(f"“{path.name}” is not a text file.", "Save it as UTF-8 text.") from error
    except OSError as error:
        raise BadInput(f"“{path.name}” cannot be read: {error.strerror}.") from error


def _shifted(block: ChordBlock, ticks: Ticks) -> ChordBlock:
    span = Span(Ticks(block.span.start + ticks), Ticks(block.span.end + ticks))
    return ChordBlock(span, block.text)

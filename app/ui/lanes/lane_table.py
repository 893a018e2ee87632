"""A lane's contents as rows of a table, editable in place: the list view of each lane."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from app.actions.arrange import Arrange
from app.model.chord_block import ChordBlock
from app.model.clip import Clip
from app.model.drum_hit import DrumHit
from app.model.key import role_of
from app.model.lane import LaneId
from app.model.note_name import pitch_name, read_pitch
from app.model.project import Project
from app.model.region import describe_position
from app.model.section import Section
from app.model.selection import Item
from engine.timebase import Span, TempoMap, Ticks


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``shown`` writes a row's cell, ``typed`` takes what was typed into it.

    ``typed`` raises ValueError for what cannot be read; None where the cell is only shown.
    """

    title: str
    shown: Callable[[Any], str]
    typed: Callable[[Any, str], object] | None = None


class LaneTable:
    """The rows and columns of one lane; edits go through ``arrange``, each one undo step."""

    def __init__(self, lane: LaneId, arrange: Arrange) -> None:
        self.lane = lane
        self._arrange = arrange
        self.columns = {
            LaneId.SECTIONS: self._section_columns,
            LaneId.CHORDS: self._chord_columns,
            LaneId.DRUMS: self._drum_columns,
            LaneId.NOTES: self._note_columns,
            LaneId.AUDIO: self._clip_columns,
        }[lane]()

    @property
    def project(self) -> Project:
        """The project that the rows are of."""
        return self._arrange.base

    @property
    def rows(self) -> tuple[Any, ...]:
        """What is on the lane, in its order."""
        project = self.project
        contents: dict[LaneId, tuple[Any, ...]] = {
            LaneId.SECTIONS: project.sections.sections,
            LaneId.CHORDS: project.chords.blocks,
            LaneId.DRUMS: project.drums.hits,
            LaneId.NOTES: project.notes.notes,
            LaneId.AUDIO: project.audio.clips,
        }
        return contents[self.lane]

    @staticmethod
    def item_of(row: Any) -> Item:
        """What is selected with a row."""
        item: Item = row.id if isinstance(row, Section | Clip) else row
        return item

    # Columns.

    def _section_columns(self) -> tuple[Column, ...]:
        sections = self._arrange.sections

        def change(section: Section, **changes: Any) -> None:
            sections.change(replace(section, **changes))

        return (
            self._position(lambda each: each.span.start, self._move_section),
            Column(
                "Bars",
                lambda each: f"{_length(each.span) / self._tempo.meter.bar_ticks:g}",
                lambda each, text: sections.resize(
                    each.id, end=_later(each.span.start, _number(text) * self._bar)
                ),
            ),
            Column("Name", lambda each: each.name, lambda s, text: change(s, name=text)),
            Column("Prompt", lambda each: each.prompt, lambda s, text: change(s, prompt=text)),
            Column("Negative", lambda each: each.negative, lambda s, t: change(s, negative=t)),
            Column("Energy", lambda s: str(s.energy), lambda s, t: change(s, energy=int(t))),
        )

    def _chord_columns(self) -> tuple[Column, ...]:
        chords = self._arrange.chords

        def function(block: ChordBlock) -> str:
            project = self.project
            role = role_of(block.text, project.key, project.chords.has_german_names)
            return f"{role.numeral} {role.function}".strip()

        return (
            self._position(
                lambda block: block.span.start,
                lambda block, at: chords.move((block,), at - block.span.start),
            ),
            self._beats(
                lambda block, ticks: chords.resize_end(block, _later(block.span.start, ticks))
            ),
            Column(
                "Chord", lambda block: block.text, lambda b, text: chords.retype(b, text.strip())
            ),
            Column("Function", function),
        )

    def _drum_columns(self) -> tuple[Column, ...]:
        drums = self._arrange.drums

        def row_name(hit: DrumHit) -> str:
            return next(row.name for row in self.project.drums.rows if row.pitch == hit.pitch)

        return (
            self._position(lambda hit: hit.time, lambda hit, at: drums.move((hit,), at - hit.time)),
            Column("Row", row_name),
            Column(
                "Velocity",
                lambda hit: str(hit.velocity),
                lambda hit, text: drums.set_velocity((hit,), _number(text)),
            ),
        )

    def _note_columns(self) -> tuple[Column, ...]:
        notes = self._arrange.notes
        return (
            self._position(
                lambda note: note.span.start,
                lambda note, at: notes.move((note,), at - note.span.start, 0),
            ),
            Column(
                "Pitch",
                lambda note: pitch_name(note.pitch, self.project.key),
                lambda note, text: notes.move((note,), 0, read_pitch(text) - note.pitch),
            ),
            self._beats(
                lambda note, ticks: notes.resize_ends((note,), round(ticks) - _length(note.span))
            ),
            Column(
                "Velocity",
                lambda note: str(note.velocity),
                lambda note, text: notes.set_velocity((note,), _number(text)),
            ),
            Column("Muted", lambda note: "yes" if note.is_muted else ""),
        )

    def _clip_columns(self) -> tuple[Column, ...]:
        audio = self._arrange.audio
        return (
            self._position(
                lambda clip: clip.position,
                lambda clip, at: audio.move_clips((clip.id,), at - clip.position),
            ),
            Column("Seconds", lambda clip: f"{clip.length / clip.asset.sample_rate_hz:.3f}"),
            Column("Name", lambda clip: clip.name, lambda c, t: audio.rename_clip(c.id, t.strip())),
            Column(
                "Level (dB)",
                lambda clip: f"{clip.gain_db:g}",
                lambda clip, text: audio.set_clip_gain(clip.id, _number(text)),
            ),
        )

    def _position(
        self, start: Callable[[Any], Ticks], moved: Callable[[Any, Ticks], object]
    ) -> Column:
        def typed(row: Any, text: str) -> None:
            moved(row, read_position(text, self._tempo))

        return Column("Bar.beat", lambda row: describe_position(start(row), self._tempo), typed)

    def _beats(self, resized: Callable[[Any, float], object]) -> Column:
        def typed(row: Any, text: str) -> None:
            beats = _number(text)
            if beats <= 0:
                raise ValueError(f"a length is more than nothing: {text!r}")
            resized(row, beats * self._tempo.meter.beat_ticks)

        return Column(
            "Beats", lambda row: f"{_length(row.span) / self._tempo.meter.beat_ticks:g}", typed
        )

    def _move_section(self, section: Section, at: Ticks) -> None:
        self._arrange.sections.move((section.id,), at - section.span.start)

    @property
    def _tempo(self) -> TempoMap:
        return self.project.tempo

    @property
    def _bar(self) -> int:
        return self._tempo.meter.bar_ticks


def read_position(text: str, tempo: TempoMap) -> Ticks:
    """``3``, ``3.2`` or ``3.2.120`` in ticks; raises ValueError for anything else."""
    parts = [int(part) for part in text.strip().split(".")]
    if not 1 <= len(parts) <= 3 or min(parts[:2]) < 1:
        raise ValueError(f"a position is bar.beat.ticks, not {text!r}")
    return tempo.ticks_of_position(*parts)


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _length(span: Span[Ticks]) -> int:
    return span.end - span.start


def _later(start: Ticks, ticks: float) -> Ticks:
    return Ticks(start + round(ticks))

"""Which tracks of a MIDI file go to which lanes, and the edits that put them there."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace

from app.interchange.midi_in import MidiSong, MidiTrack
from app.model.chord_block import MAX_CHORD_TEXT, ChordBlock
from app.model.chord_detection import detect_chords
from app.model.chord_symbol import read_symbol
from app.model.drum_hit import DrumHit
from app.model.edits.chords import PlaceChords
from app.model.edits.drums import ChangeHits
from app.model.edits.edit import Edit, count
from app.model.edits.notes import ChangeNotes
from app.model.edits.sections import PlaceSections
from app.model.edits.tempo import SetKey, SetMeter, SetTempo
from app.model.ids import SectionId, new_id
from app.model.lane import LaneId
from app.model.note import Note, settle_notes
from app.model.project import Project
from app.model.section import MAX_SECTION_NAME, Section
from engine.timebase import TICKS_PER_QUARTER, Meter, Span, Ticks

STROKE_TICKS = TICKS_PER_QUARTER // 4
LEAST_SHARE_OF_SYMBOLS = 0.8


@dataclass(frozen=True, slots=True)
class MidiPlan:
    """The lane of each track, in order; None leaves it out. The switches take what they name."""

    lanes: tuple[LaneId | None, ...]
    takes_tempo: bool = False
    takes_key: bool = False
    takes_markers: bool = False

    def count(self, song: MidiSong) -> str:
        """``12 notes and 64 drum strokes``."""
        chosen = [t for t, lane in zip(song.tracks, self.lanes, strict=True) if lane is not None]
        n_notes = sum(len(track.notes) for track in chosen)
        n_hits = sum(len(track.hits) for track in chosen)
        return f"{count(n_notes, 'note')} and {count(n_hits, 'drum stroke')}"


def propose(song: MidiSong) -> MidiPlan:
    """Drums to the drum lane, tracks that carry chord symbols to the chords, all else to notes."""
    return MidiPlan(tuple(_lane_of(track) for track in song.tracks))


def _lane_of(track: MidiTrack) -> LaneId:
    if track.is_drums:
        return LaneId.DRUMS
    return LaneId.CHORDS if _has_symbols(track) else LaneId.NOTES


def _has_symbols(track: MidiTrack) -> bool:
    known = sum(read_symbol(each.text).is_known for each in track.texts)
    return bool(track.texts) and known >= LEAST_SHARE_OF_SYMBOLS * len(track.texts)


def edits_of(song: MidiSong, plan: MidiPlan, project: Project, at: Ticks) -> tuple[Edit, ...]:
    """What puts the chosen tracks on their lanes, from ``at`` on; nothing for nothing."""
    edits: list[Edit] = []
    meter = project.tempo.meter
    if plan.takes_tempo and song.tempo_bpm is not None:
        edits.append(SetTempo(song.tempo_bpm))
    if plan.takes_tempo and song.meter is not None:
        edits.append(SetMeter(song.meter))
        meter = song.meter
    if plan.takes_key and song.key is not None:
        edits.append(SetKey(song.key))
        project = replace(project, key=song.key)
    notes: list[Note] = []
    hits: list[DrumHit] = []
    blocks: list[ChordBlock] = []
    for track, lane in zip(song.tracks, plan.lanes, strict=True):
        if lane is LaneId.NOTES:
            notes += [_note_at(note, at) for note in _as_notes(track)]
        elif lane is LaneId.DRUMS:
            hits += [replace(hit, time=Ticks(hit.time + at)) for hit in _as_hits(track)]
        elif lane is LaneId.CHORDS:
            blocks += [_block_at(b, at) for b in _as_chords(track, meter, project)]
    if blocks:
        edits.append(PlaceChords(tuple(blocks)))
    if hits:
        edits.append(ChangeHits((), tuple(hits), "Import drums"))
    if notes:
        edits.append(ChangeNotes((), settle_notes(notes), "Import notes"))
    if plan.takes_markers and song.markers:
        edits.append(PlaceSections(_as_sections(song, at), "Import sections"))
    return tuple(edits)


def _as_notes(track: MidiTrack) -> tuple[Note, ...]:
    strokes = (
        Note(Span(hit.time, Ticks(hit.time + STROKE_TICKS)), hit.pitch, hit.velocity)
        for hit in track.hits
    )
    return (*track.notes, *strokes)


def _as_hits(track: MidiTrack) -> tuple[DrumHit, ...]:
    """Every note becomes a stroke of its own key; unknown keys get rows of their own."""
    played = (DrumHit(note.span.start, note.pitch, note.velocity) for note in track.notes)
    return (*track.hits, *played)


def _as_chords(track: MidiTrack, meter: Meter, project: Project) -> tuple[ChordBlock, ...]:
    """The symbols written on the track, each until the next; without any, what is heard in it."""
    notes = tuple(sorted(_as_notes(track), key=_start_of))
    if not _has_symbols(track):
        german_names = project.chords.has_german_names
        return detect_chords(notes, meter, project.key, german_names)
    end = max((note.span.end for note in notes), default=Ticks(0))
    texts = {each.time: each.text[:MAX_CHORD_TEXT] for each in track.texts if each.text}
    starts = sorted(texts)
    stops = [*starts[1:], max(end, Ticks(starts[-1] + meter.beat_ticks))]
    blocks = []
    for start, stop in zip(starts, stops, strict=True):
        # The notes under a symbol say how long it lasts where a gap follows.
        first, after = (bisect_left(notes, edge, key=_start_of) for edge in (start, stop))
        sounding = [note.span.end for note in notes[first:after]]
        last = min(stop, max(sounding)) if sounding else stop
        blocks.append(ChordBlock(Span(start, Ticks(last)), texts[start]))
    return tuple(blocks)


def _start_of(note: Note) -> Ticks:
    return note.span.start


def _as_sections(song: MidiSong, at: Ticks) -> tuple[Section, ...]:
    """A section from each marker to the next; the last one to the end of the music."""
    names = {marker.time: marker.text[:MAX_SECTION_NAME] for marker in song.markers}
    starts = sorted(names)
    ends = [note.span.end for note in song.notes] + [hit.time for hit in song.hits]
    stops = [*starts[1:], max([*ends, Ticks(starts[-1] + TICKS_PER_QUARTER)])]
    return tuple(
        Section(SectionId(new_id()), Span(Ticks(start + at), Ticks(stop + at)), names[start])
        for start, stop in zip(starts, stops, strict=True)
    )


def _note_at(note: Note, ticks: Ticks) -> Note:
    return replace(note, span=Span(Ticks(note.span.start + ticks), Ticks(note.span.end + ticks)))


def _block_at(block: ChordBlock, ticks: Ticks) -> ChordBlock:
    return replace(block, span=Span(Ticks(block.span.start + ticks), Ticks(block.span.end + ticks)))

"""MIDI files in: notes and drum strokes by track, limits checked, every note kept."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path

from app.interchange.midi_events import (
    KEY_SIGNATURE,
    MARKER,
    NOTE_OFF,
    NOTE_ON,
    SET_TEMPO,
    TEXT,
    TIME_SIGNATURE,
    TRACK_NAME,
    BrokenMidi,
    MidiEvent,
    read_events,
    read_header,
    read_tracks,
)
from app.model.drum_hit import DrumHit
from app.model.note import Note, settle_notes
from engine.errors import BadInput
from engine.timebase import MAX_TEMPO_BPM, MIN_TEMPO_BPM, TICKS_PER_QUARTER, Meter, Span, Ticks

LARGEST_BYTES = 1024 * 1024
MOST_NOTES = 50_000
LONGEST_QUARTERS = 40_000
LONGEST_TEXT = 60
DRUM_CHANNEL = 9  # channel 10, counted from 0
_Played = tuple[int, int, int, int]  # start, end, pitch, velocity


@dataclass(frozen=True, slots=True)
class TimedText:
    """Words at a time: a chord symbol, or the name of a part of the song."""

    time: Ticks
    text: str


@dataclass(frozen=True, slots=True)
class MidiTrack:
    """One track and channel of a file: its name, and its notes or, on channel 10, strokes.

    ``texts`` are the words written at its times, as chord symbols are.
    """

    name: str
    notes: tuple[Note, ...] = ()
    hits: tuple[DrumHit, ...] = ()
    texts: tuple[TimedText, ...] = ()

    @property
    def is_drums(self) -> bool:
        """Whether the track belongs on the drum lane."""
        return bool(self.hits)


@dataclass(frozen=True, slots=True)
class MidiSong:
    """What a file holds, at 960 ticks per quarter. ``tempo_bpm`` and ``meter`` are its first.

    ``key`` is written ``A:min``; each of the three is None where the file does not say.
    ``note`` tells what was left aside, such as later tempo changes; empty if nothing.
    """

    tracks: tuple[MidiTrack, ...]
    tempo_bpm: float | None = None
    meter: Meter | None = None
    key: str | None = None
    note: str = ""
    markers: tuple[TimedText, ...] = ()

    @property
    def notes(self) -> tuple[Note, ...]:
        """The pitched notes of all tracks together."""
        return settle_notes(note for track in self.tracks for note in track.notes)

    @property
    def hits(self) -> tuple[DrumHit, ...]:
        """The drum strokes of all tracks together, in order, one per place."""
        unique = {hit.order: hit for track in self.tracks for hit in track.hits}
        return tuple(unique[order] for order in sorted(unique))


def read_midi(path: Path) -> MidiSong:
    """Read a Standard MIDI File; raises ``BadInput`` with one clear message otherwise."""
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise BadInput(f"“{path.name}” is too large for a MIDI file.", "Export fewer tracks.")
        content = path.read_bytes()
    except OSError as error:
        raise BadInput(f"“{path.name}” cannot be read: {error.strerror}.") from error
    try:
        return parse_midi(content)
    except BrokenMidi as error:
        raise BadInput(
            f"“{path.name}” {error}.", "Export it again from the program that made it."
        ) from error


def parse_midi(content: bytes) -> MidiSong:
    """The song in a file's bytes; raises ``BrokenMidi``."""
    division = read_header(content)
    tempos: list[float] = []
    meters: list[Meter] = []
    keys: list[str] = []
    tracks: list[MidiTrack] = []
    markers: list[TimedText] = []
    for chunk in read_tracks(content):
        events = tuple(read_events(chunk))
        if events and events[-1].tick > LONGEST_QUARTERS * division:
            raise BrokenMidi("is longer than any song")
        tracks += _parts(events, division)
        for event in events:
            if event.kind == MARKER:
                markers.append(_timed_text(event, division))
            elif event.kind == SET_TEMPO:
                tempos.append(_tempo_bpm(event.data))
            elif event.kind == TIME_SIGNATURE:
                meters += _meter(event.data)
            elif event.kind == KEY_SIGNATURE:
                keys += _key(event.data)
    if sum(len(track.notes) + len(track.hits) for track in tracks) > MOST_NOTES:
        raise BrokenMidi(f"holds more than {MOST_NOTES} notes")
    changes = len(set(tempos)) > 1 or len(set(meters)) > 1
    return MidiSong(
        tracks=tuple(tracks),
        tempo_bpm=tempos[0] if tempos else None,
        meter=meters[0] if meters else None,
        key=keys[0] if keys else None,
        note="Only the first tempo and time signature were taken." if changes else "",
        markers=tuple(sorted((m for m in markers if m.text), key=lambda marker: marker.time)),
    )


def _parts(events: tuple[MidiEvent, ...], division: int) -> list[MidiTrack]:
    """A track's notes by channel; a note that is never released ends with the track."""
    held: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    played: dict[int, list[_Played]] = defaultdict(list)
    title = "Track"
    texts = tuple(_timed_text(event, division) for event in events if event.kind == TEXT)
    for event in events:
        if event.kind == TRACK_NAME and event.data.strip():
            title = event.data.decode("utf-8", "replace").strip()[:100]
        if event.status & 0xF0 not in (NOTE_ON, NOTE_OFF) or event.kind >= 0:
            continue
        channel, (pitch, velocity) = event.status & 0x0F, event.data
        if event.status & 0xF0 == NOTE_ON and velocity > 0:
            held[channel, pitch].append((event.tick, velocity))
        elif held[channel, pitch]:
            start, velocity = held[channel, pitch].pop(0)
            played[channel].append((start, event.tick, pitch, velocity))
    for (channel, pitch), starts in held.items():
        played[channel] += [(start, events[-1].tick, pitch, speed) for start, speed in starts]
    parts = [_part(title, channel, played[channel], division) for channel in sorted(played)]
    return [replace(part, texts=texts) for part in parts]


def _timed_text(event: MidiEvent, division: int) -> TimedText:
    time = Ticks(round(event.tick * TICKS_PER_QUARTER / division))
    return TimedText(time, event.data.decode("latin-1").strip()[:LONGEST_TEXT])


def _part(title: str, channel: int, played: list[_Played], division: int) -> MidiTrack:
    def ticks(time: int) -> Ticks:
        return Ticks(round(time * TICKS_PER_QUARTER / division))

    if channel == DRUM_CHANNEL:
        unique = {
            (ticks(start), pitch): DrumHit(ticks(start), pitch, velocity)
            for start, _, pitch, velocity in played
        }
        return MidiTrack(title, hits=tuple(unique[order] for order in sorted(unique)))
    notes = (
        Note(Span(ticks(start), Ticks(max(ticks(start) + 1, ticks(end)))), pitch, velocity)
        for start, end, pitch, velocity in played
    )
    return MidiTrack(title, notes=settle_notes(notes))


def _tempo_bpm(data: bytes) -> float:
    microseconds = int.from_bytes(data, "big")
    if len(data) != 3 or microseconds == 0:
        raise BrokenMidi("has a tempo of zero")
    tempo_bpm = round(60e6 / microseconds, 3)
    if not MIN_TEMPO_BPM <= tempo_bpm <= MAX_TEMPO_BPM:
        raise BrokenMidi(f"has a tempo of {tempo_bpm:g} bpm; 20 to 400 can be played")
    return tempo_bpm


def _meter(data: bytes) -> list[Meter]:
    try:
        return [Meter(data[0], 1 << data[1])]
    except (ValueError, IndexError):
        return []  # an exotic signature is left aside; the notes keep their place


def _key(data: bytes) -> list[str]:
    """Sharps count up from C major, flats down; anything else is left aside."""
    if len(data) != 2 or data[1] > 1:
        return []
    sharps = int.from_bytes(data[:1], "big", signed=True)
    if not -7 <= sharps <= 7:
        return []
    names = ("Cb", "Gb", "Db", "Ab", "Eb", "Bb", "F", "C", "G", "D", "A", "E", "B", "F#", "C#")
    minors = ("Ab", "Eb", "Bb", "F", "C", "G", "D", "A", "E", "B", "F#", "C#", "G#", "D#", "A#")
    return [f"{minors[sharps + 7]}:min" if data[1] else f"{names[sharps + 7]}:maj"]

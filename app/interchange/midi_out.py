"""The lanes as a MIDI file: type 1, a track per lane that is not empty."""

from __future__ import annotations

from io import BytesIO

import mido

from app.model.drum_hit import DrumLane
from app.model.performance import swing_delay
from app.model.project import Project
from app.model.voicing import voice_chords
from engine.timebase import TICKS_PER_QUARTER, Seconds, Span, TempoMap, Ticks

CHORD_CHANNEL, DRUM_CHANNEL, NOTE_CHANNEL = 0, 9, 1
STROKE_TICKS = TICKS_PER_QUARTER // 8
_SHARP_KEYS = ("C", "G", "D", "A", "E", "B", "F#", "C#")
_MIDI_KEYS = frozenset(
    [*_SHARP_KEYS, "F", "Bb", "Eb", "Ab", "Db", "Gb", "Cb"]
    + [f"{name}m" for name in ("A", "E", "B", "F#", "C#", "G#", "D#", "A#")]
    + [f"{name}m" for name in ("D", "G", "C", "F", "Bb", "Eb", "Ab")]
)
_SAME_KEY = {"G#": "Ab", "D#": "Eb", "A#": "Bb", "Gbm": "F#m", "Dbm": "C#m"}

_Event = tuple[int, int, str, int, int]  # tick, order (off before on), kind, pitch, velocity


def write_midi(project: Project, span: Span[Ticks] | None = None) -> bytes:
    """The file's bytes: tempo, signature, key, markers, then Chords, Drums (channel 10), Notes.

    ``span`` None writes everything; else only what lies inside it, counted from its start.
    Chords are close voicings with the symbols as text; drums are written with swing and row
    nudges as they are played. Empty lanes leave no track. Sections are markers.
    """
    span = span or Span(Ticks(0), Ticks(max(project.end, 1)))
    midi = mido.MidiFile(type=1, ticks_per_beat=TICKS_PER_QUARTER)
    midi.tracks.append(_conductor(project, span))
    for name, channel, events, texts in (
        ("Chords", CHORD_CHANNEL, _chord_events(project, span), _chord_texts(project, span)),
        ("Drums", DRUM_CHANNEL, _drum_events(project.drums, project.tempo, span), []),
        ("Notes", NOTE_CHANNEL, _note_events(project, span), []),
    ):
        if events:
            midi.tracks.append(_track(name, channel, events, texts))
    buffer = BytesIO()
    midi.save(file=buffer)
    return buffer.getvalue()


def _conductor(project: Project, span: Span[Ticks]) -> mido.MidiTrack:
    track = mido.MidiTrack()
    track.append(mido.MetaMessage("track_name", name=_latin(project.title)))
    track.append(mido.MetaMessage("set_tempo", tempo=round(60e6 / project.tempo.tempo_bpm)))
    meter = project.tempo.meter
    track.append(mido.MetaMessage("time_signature", numerator=meter.beats, denominator=meter.unit))
    root, _, mode = project.key.partition(":")
    key = root + ("m" if mode == "min" else "")
    key = key if key in _MIDI_KEYS else _SAME_KEY.get(key, "")
    if key:
        track.append(mido.MetaMessage("key_signature", key=key))
    last = 0
    for section in project.sections.within(span):
        tick = max(0, section.span.start - span.start)
        name = _latin(section.name)
        track.append(mido.MetaMessage("marker", text=name, time=tick - last))
        last = tick
    return track


def _track(
    name: str, channel: int, events: list[_Event], texts: list[tuple[int, str]]
) -> mido.MidiTrack:
    track = mido.MidiTrack([mido.MetaMessage("track_name", name=name)])
    timed = [(tick, -1, mido.MetaMessage("text", text=text)) for tick, text in texts]
    timed += [
        (tick, order, mido.Message(kind, channel=channel, note=pitch, velocity=velocity))
        for tick, order, kind, pitch, velocity in events
    ]
    last = 0
    for tick, _, message in sorted(timed, key=lambda item: item[:2]):
        track.append(message.copy(time=tick - last))
        last = tick
    return track


def _sounding(span: Span[Ticks], pitch: int, velocity: int, start: Ticks) -> list[_Event]:
    return [
        (span.start - start, 1, "note_on", pitch, velocity),
        (span.end - start, 0, "note_off", pitch, 0),
    ]


def _chord_events(project: Project, span: Span[Ticks]) -> list[_Event]:
    events: list[_Event] = []
    lane = project.chords
    for note in voice_chords(lane.within(span), german_names=lane.has_german_names):
        cut = note.span.intersection(span)
        if cut is not None:
            events += _sounding(cut, note.pitch, note.velocity, span.start)
    return events


def _chord_texts(project: Project, span: Span[Ticks]) -> list[tuple[int, str]]:
    return [
        (max(0, block.span.start - span.start), _latin(block.text))
        for block in project.chords.within(span)
    ]


def _drum_events(lane: DrumLane, tempo: TempoMap, span: Span[Ticks]) -> list[_Event]:
    events: list[_Event] = []
    rows = {row.pitch: row for row in lane.rows}
    for hit in lane.within(span):
        nudge_ms = rows[hit.pitch].nudge_ms
        seconds = tempo.seconds_at(Ticks(hit.time + swing_delay(hit, lane)))
        time = max(span.start, tempo.ticks_at(Seconds(seconds + nudge_ms / 1000.0)))
        stroke = Span(time, Ticks(time + STROKE_TICKS))
        events += _sounding(stroke, hit.pitch, hit.velocity, span.start)
    return events


def _note_events(project: Project, span: Span[Ticks]) -> list[_Event]:
    events: list[_Event] = []
    for note in project.notes.within(span):
        cut = note.span.intersection(span)
        if cut is not None and not note.is_muted:
            events += _sounding(cut, note.pitch, note.velocity, span.start)
    return events


def _latin(text: str) -> str:
    """MIDI texts are Latin-1; other letters are written as question marks."""
    return text.encode("latin-1", "replace").decode("latin-1")

from __future__ import annotations

import random
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import mido
import pytest
from arbitrary_projects import EMPTY

from app.interchange.midi_events import BrokenMidi
from app.interchange.midi_in import MidiSong, parse_midi, read_midi
from app.interchange.midi_out import write_midi
from app.model.drum_hit import DrumHit
from app.model.edits.chords import PasteLeadSheet
from app.model.edits.drums import ChangeHits, SetSwing
from app.model.edits.notes import ChangeNotes
from app.model.edits.tempo import SetKey, SetMeter, SetTempo
from app.model.note import Note
from app.model.project import Project
from engine.errors import BadInput
from engine.timebase import Meter, Span, Ticks


def note(start: int, end: int, pitch: int, velocity: int = 90) -> Note:
    return Note(Span(Ticks(start), Ticks(end)), pitch, velocity)


def song_file(*tracks: list[mido.Message], division: int = 480) -> bytes:
    midi = mido.MidiFile(type=1, ticks_per_beat=division)
    midi.tracks += [mido.MidiTrack(track) for track in tracks]
    buffer = BytesIO()
    midi.save(file=buffer)
    return buffer.getvalue()


def on(pitch: int, time: int = 0, channel: int = 0, velocity: int = 64) -> mido.Message:
    return mido.Message("note_on", note=pitch, time=time, channel=channel, velocity=velocity)


def off(pitch: int, time: int = 0, channel: int = 0) -> mido.Message:
    return mido.Message("note_off", note=pitch, time=time, channel=channel)


def full_project() -> Project:
    project = EMPTY
    for edit in (
        SetTempo(96.0),
        SetMeter(Meter(3, 4)),
        SetKey("A:min"),
        PasteLeadSheet("Am F", Ticks(0)),
        ChangeHits((), (DrumHit(Ticks(0), 36, 110), DrumHit(Ticks(480), 81, 40))),
        ChangeNotes((), (note(0, 960, 60, 77), note(480, 1440, 64))),
    ):
        project = edit.apply(project)
    return project


def test_the_same_notes_and_strokes_come_back() -> None:
    project = full_project()
    song = parse_midi(write_midi(project))
    assert [track.name for track in song.tracks] == ["Chords", "Drums", "Notes"]
    assert song.tracks[2].notes == project.notes.notes
    assert song.hits == project.drums.hits
    assert (song.tempo_bpm, song.meter, song.key) == (96.0, Meter(3, 4), "A:min")


def test_empty_lanes_leave_no_track() -> None:
    only_drums = replace(full_project(), chords=EMPTY.chords, notes=EMPTY.notes)
    assert [track.name for track in parse_midi(write_midi(only_drums)).tracks] == ["Drums"]
    assert parse_midi(write_midi(EMPTY)).tracks == ()


def test_a_part_of_the_song_counts_from_its_start() -> None:
    song = parse_midi(write_midi(full_project(), Span(Ticks(480), Ticks(2400))))
    assert [(n.span.start, n.span.end, n.pitch) for n in song.tracks[2].notes] == [
        (0, 480, 60),
        (0, 960, 64),
    ]


def test_swing_is_written_as_it_is_played() -> None:
    project = ChangeHits((), (DrumHit(Ticks(240), 42),)).apply(SetSwing(75.0).apply(EMPTY))
    assert parse_midi(write_midi(project)).hits[0].time == 360


def test_another_reader_understands_the_file() -> None:
    midi = mido.MidiFile(file=BytesIO(write_midi(full_project())))
    assert midi.type == 1
    assert [message.text for message in midi.tracks[1] if message.type == "text"] == ["Am", "F"]
    strokes = [message for message in midi.tracks[2] if message.type == "note_on"]
    assert {message.channel for message in strokes} == {9}


def test_unknown_drum_notes_are_kept() -> None:
    song = parse_midi(song_file([on(99, channel=9), on(17, 240, channel=9)]))
    assert [(hit.time, hit.pitch) for hit in song.hits] == [(0, 99), (480, 17)]


def test_a_note_never_released_ends_with_its_track() -> None:
    song = parse_midi(song_file([on(60), on(62, 480), off(62, 480)]))
    assert [(n.pitch, n.span.end) for n in song.notes] == [(60, 1920), (62, 1920)]


def test_velocity_zero_releases() -> None:
    song = parse_midi(song_file([on(60), on(60, 480, velocity=0)]))
    assert song.notes == (note(0, 960, 60, 64),)


def test_later_tempos_are_left_aside_and_told() -> None:
    tempo = [mido.MetaMessage("set_tempo", tempo=t, time=9) for t in (500_000, 400_000)]
    song = parse_midi(song_file([*tempo, on(60), off(60, 10)]))
    assert song.tempo_bpm == 120.0
    assert "first tempo" in song.note


GOOD = song_file([on(60), off(60, 480)])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not a MIDI file"),
        (b"RIFF" + GOOD, "not a MIDI file"),
        (GOOD[:12] + b"\x00\x00" + GOOD[14:], "how long a beat is"),
        (GOOD[:12] + b"\xe7\x28" + GOOD[14:], "film frames"),
        (GOOD[:-6], "ends too early"),
        (song_file([mido.MetaMessage("set_tempo", tempo=0)]), "tempo of zero"),
        (song_file([mido.MetaMessage("set_tempo", tempo=1)]), "20 to 400"),
        (song_file([on(60), off(60, 0x0FFFFFFF)], division=1), "longer than any song"),
    ],
)
def test_broken_files_get_one_clear_message(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "song.mid"
    path.write_bytes(content)
    with pytest.raises(BadInput, match=said):
        read_midi(path)


def test_whatever_the_bytes_only_one_kind_of_error_comes() -> None:
    chance = random.Random(3)
    endings: set[type] = set()
    for _ in range(500):
        content = bytearray(write_midi(full_project()) if not endings else GOOD)
        for _ in range(chance.randint(1, 6)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        try:
            endings.add(type(parse_midi(bytes(content[: chance.randint(8, len(content))]))))
        except BrokenMidi as error:
            endings.add(type(error))
    assert endings == {MidiSong, BrokenMidi}

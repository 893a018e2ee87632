"""Lanes from files: chord labels and MIDI."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import mido
import numpy as np
import pytest
import soundfile

from app.cli.controls import ControlOptions
from app.cli.lanes import tempo_of
from app.cli.score import score_over, whole_score
from engine.score import Chord
from engine.timebase import Meter, Seconds, Span
from tests.cli.conftest import Inlay

Refused = Callable[..., str]


def write_midi(
    path: Path, channel: int = 0, bpm: float = 90, meter: tuple[int, int] = (3, 4)
) -> Path:
    """Two quarter notes, the second after a rest of one."""
    track = mido.MidiTrack(
        [
            mido.MetaMessage("set_tempo", tempo=round(60e6 / bpm)),
            mido.MetaMessage("time_signature", numerator=meter[0], denominator=meter[1]),
            mido.Message("note_on", channel=channel, note=38, velocity=100, time=0),
            mido.Message("note_off", channel=channel, note=38, velocity=0, time=480),
            mido.Message("note_on", channel=channel, note=42, velocity=80, time=480),
            mido.Message("note_off", channel=channel, note=42, velocity=0, time=480),
        ]
    )
    mido.MidiFile(tracks=[track], ticks_per_beat=480).save(path)
    return path


@pytest.fixture
def tune(tmp_path: Path) -> Path:
    return write_midi(tmp_path / "tune.mid")


def test_notes_bring_their_tempo_and_meter(tune: Path) -> None:
    score = whole_score(ControlOptions(notes=tune))
    assert (score.tempo_bpm, score.meter) == (90, Meter(3, 4))
    assert score.duration == pytest.approx(2.0)  # one bar of 3/4 at 90
    assert [(note.pitch, round(note.span.start, 4)) for note in score.notes] == [
        (38, 0.0),
        (42, round(4 / 3, 4)),
    ]


def test_a_tempo_that_is_given_wins_over_the_files(tune: Path) -> None:
    tempo = tempo_of(ControlOptions(notes=tune, bpm=180, meter="4/4"))
    assert (tempo.tempo_bpm, tempo.meter) == (180, Meter(4, 4))


def test_drums_are_what_is_on_channel_ten(tmp_path: Path, tune: Path, refused: Refused) -> None:
    beat = write_midi(tmp_path / "beat.mid", channel=9)
    score = whole_score(ControlOptions(drums=str(beat)))
    assert [(hit.pitch, hit.velocity) for hit in score.drums] == [(38, 100), (42, 80)]
    assert "has no drums" in refused("generate", "-o", tmp_path / "s.wav", "--drums", tune)
    assert "no pitched notes" in refused("generate", "-o", tmp_path / "s.wav", "--notes", beat)


def test_chord_labels_keep_their_seconds(tmp_path: Path, inlay: Inlay) -> None:
    lab = tmp_path / "song.lab"
    lab.write_text("0.0\t1.25\tA:min7\n1.25\t3.5\tF:maj/3\n")
    score = whole_score(ControlOptions(chords=str(lab)))
    assert score.chords == (
        Chord(Span(Seconds(0.0), Seconds(1.25)), "A:min7"),
        Chord(Span(Seconds(1.25), Seconds(3.5)), "F:maj/3"),
    )
    assert score.duration == 4.0  # two bars at 120
    assert inlay("generate", "-o", tmp_path / "s.wav", "--chords", lab).status == 0
    assert soundfile.info(tmp_path / "s.wav").duration == 4.0


def test_an_extension_counts_its_bars_from_the_old_end() -> None:
    options = ControlOptions(chords="C G", bpm=120)
    score = score_over(options, duration=Seconds(7.0), first_bar=Seconds(3.0))
    starts = {round(chord.span.start, 6): chord.label for chord in score.chords}
    # The sheet also runs backwards over the old sound, so that its harmony is known.
    assert starts == {0.0: "C:maj", 1.0: "G:maj", 3.0: "C:maj", 5.0: "G:maj"}
    assert score.first_downbeat == 3.0


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MThd",
        b"not a song",
        b"MThd\x00\x00\x00\x06\x00\x01\x00\x01\x00\x00MTrk\x00\x00\x00\x04",
    ],
)
@pytest.mark.parametrize("option", ["--notes", "--drums"])
def test_broken_midi_is_refused(
    refused: Refused, tmp_path: Path, content: bytes, option: str
) -> None:
    broken = tmp_path / "broken.mid"
    broken.write_bytes(content)
    assert "broken.mid" in refused("generate", "-o", tmp_path / "s.wav", option, broken)


def test_missing_files_are_refused(refused: Refused, tmp_path: Path) -> None:
    for option, name in (("--notes", "no.mid"), ("--drums", "no.mid"), ("--chords", "no.lab")):
        assert name in refused("generate", "-o", tmp_path / "s.wav", option, tmp_path / name)


def test_a_broken_line_of_labels_is_named(refused: Refused, tmp_path: Path) -> None:
    lab = tmp_path / "song.lab"
    lab.write_text("0.0\t1.0\tA:min\n1.0\t2.0\tX:what\n")
    assert "line 2" in refused("generate", "-o", tmp_path / "s.wav", "--chords", lab)


def test_lanes_from_files_are_heard(inlay: Inlay, tmp_path: Path, tune: Path) -> None:
    song = tmp_path / "s.wav"
    assert inlay("generate", "-o", song, "--notes", tune).status == 0
    samples, rate = soundfile.read(song)
    rest = samples[round(0.70 * rate) : round(1.30 * rate)]
    assert not rest.any()
    assert np.abs(samples[: round(0.6 * rate)]).max() > 0.05

"""A song as large as any that must stay fluid: an hour of music, full lanes, many clips."""

from __future__ import annotations

import random
from dataclasses import replace

from app.model.chord_block import ChordBlock
from app.model.clip import Asset, Clip
from app.model.drum_hit import DrumHit
from app.model.ids import AssetId, ClipId, SectionId
from app.model.note import Note
from app.model.project import Project, new_project
from app.model.section import Section
from engine.timebase import TICKS_PER_QUARTER, Samples, Seconds, Span, TempoMap, Ticks, samples_at

TEMPO_BPM = 120
LENGTH_S = Seconds(3600.0)
N_NOTES = 5_000
BARS_PER_SECTION = 32
CLIP_S = Seconds(60.0)
CHORDS = ("Am", "F", "C", "G", "Dm7", "G7", "Cmaj7", "E7", "Bb", "F#m7b5")
SIXTEENTH = TICKS_PER_QUARTER // 4


def large_song(recording: Asset) -> Project:
    """The song; its audio lane holds an hour of clips of ``recording``, at least a minute long."""
    project = large_lanes()
    return replace(project, audio=project.audio.with_clips(_clips(recording, project.tempo)))


def large_lanes(seed: int = 1) -> Project:
    """The song without any sound."""
    dice, tempo = random.Random(seed), TempoMap(TEMPO_BPM)
    bar = tempo.meter.bar_ticks
    n_bars = tempo.ticks_at(LENGTH_S) // bar
    project = new_project("A large song", tempo)
    chords = tuple(
        ChordBlock(Span(Ticks(n * bar), Ticks((n + 1) * bar)), dice.choice(CHORDS))
        for n in range(n_bars)
    )
    hits = [
        DrumHit(Ticks(start * bar + step * SIXTEENTH), pitch, dice.randrange(50, 120))
        for start in range(n_bars)
        for pitch, steps in ((36, (0, 8)), (38, (4, 12)), (42, range(0, 16, 2)))
        for step in steps
    ]
    sections = tuple(
        Section(
            SectionId(f"section {n}"),
            Span(Ticks(n * BARS_PER_SECTION * bar), Ticks((n + 1) * BARS_PER_SECTION * bar)),
            dice.choice(("Verse", "Chorus", "Bridge")),
        )
        for n in range(n_bars // BARS_PER_SECTION)
    )
    return replace(
        project,
        sections=replace(project.sections, sections=sections),
        chords=replace(project.chords, blocks=chords),
        drums=project.drums.with_hits(hits),
        notes=replace(project.notes, notes=_notes(dice, n_bars * 16)),
    )


def _notes(dice: random.Random, n_steps: int) -> tuple[Note, ...]:
    """Notes on sixteenths, one at a time, all over the middle octaves."""
    starts = sorted(dice.sample(range(n_steps), N_NOTES))
    return tuple(
        Note(
            Span(Ticks(start * SIXTEENTH), Ticks((start + 1) * SIXTEENTH)),
            dice.randrange(48, 84),
            dice.randrange(40, 127),
        )
        for start in starts
    )


def _clips(recording: Asset, tempo: TempoMap) -> list[Clip]:
    length = samples_at(CLIP_S, recording.sample_rate_hz)
    return [
        Clip(
            ClipId(f"clip {n}"),
            recording,
            tempo.ticks_at(Seconds(n * CLIP_S)),
            length,
            offset=Samples(n * length % max(1, recording.n_samples - length)),
            name=f"Minute {n + 1}",
        )
        for n in range(int(LENGTH_S / CLIP_S))
    ]


def picture_of_an_hour(sample_rate_hz: int = 8_000) -> Asset:
    """A recording of an hour that is only looked at."""
    n_samples = samples_at(LENGTH_S, sample_rate_hz)
    return Asset(AssetId("hour"), "wav", sample_rate_hz, 1, n_samples)

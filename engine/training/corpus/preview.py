"""A look and a listen at what each style sounds like."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pretty_midi
import soundfile
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray
from scipy import signal

from engine.synthesis.voice import open_voice
from engine.training.corpus.compose import compose
from engine.training.corpus.figures import Figures, measure
from engine.training.corpus.mix import SAMPLE_RATE_HZ, render
from engine.training.corpus.piece import DRUMS, Piece, save_piece
from engine.training.corpus.styles import STYLES

FIRST_PREVIEW_SEED = 3_000_000
N_CANDIDATES = 5
FIGURES = "figures.tsv"
HIGHEST_SHOWN_HZ = 8000
STFT_SIZE = 2048


def write_preview(
    folder: Path,
    styles: Sequence[str] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> list[Path]:
    """Write one piece per style: sound, chords as ``.lab``, MIDI, truth and a picture.

    Beside them stands ``figures.tsv``, with the figures of each.

    Args:
        folder: where the files go; made if missing.
        styles: names to show; every style where None.
        progress: called with (styles done, styles asked).

    Returns:
        The sound files, in the order of the styles.

    Raises:
        ValueError: for a style that does not exist.
    """
    names = [style.name for style in STYLES]
    wanted = list(styles) if styles is not None else names
    unknown = [name for name in wanted if name not in names]
    if unknown:
        raise ValueError(f"no such style: {', '.join(unknown)}; there are {', '.join(names)}")
    folder.mkdir(parents=True, exist_ok=True)
    sounds = []
    table = [f"style\t{Figures.header()}"]
    voice = open_voice(SAMPLE_RATE_HZ)
    try:
        for done, name in enumerate(wanted, start=1):
            piece = _fullest(names.index(name))
            mix, _ = render(piece, voice)
            stem = folder / name
            sounds.append(stem.with_suffix(".flac"))
            soundfile.write(sounds[-1], mix, SAMPLE_RATE_HZ)
            stem.with_suffix(".lab").write_text(chords_as_lab(piece), encoding="utf-8")
            as_midi(piece).write(str(stem.with_suffix(".mid")))
            save_piece(piece, stem.with_suffix(".json"))
            table.append(f"{name}\t{measure(piece, mix).row()}")
            _picture(piece, mix).savefig(stem.with_suffix(".png"), dpi=80)
            if progress is not None:
                progress(done, len(wanted))
    finally:
        voice.close()
    (folder / FIGURES).write_text("\n".join(table) + "\n", encoding="utf-8")
    return sounds


def _fullest(style: int) -> Piece:
    """Of some pieces of a style the one with the most players: a band, if there is one."""
    first = FIRST_PREVIEW_SEED + style
    seeds = range(first, first + N_CANDIDATES * len(STYLES), len(STYLES))
    return max((compose(seed) for seed in seeds), key=lambda piece: len(piece.parts))


def chords_as_lab(piece: Piece) -> str:
    """Lines of start, end and label, separated by tabs."""
    return "".join(
        f"{chord.span.start:.4f}\t{chord.span.end:.4f}\t{chord.label}\n"
        for chord in piece.score.chords
    )


def as_midi(piece: Piece) -> pretty_midi.PrettyMIDI:
    """The piece as MIDI, one track per part."""
    midi = pretty_midi.PrettyMIDI(initial_tempo=piece.score.tempo_bpm)
    meter = piece.score.meter
    midi.time_signature_changes.append(pretty_midi.TimeSignature(meter.beats, meter.unit, 0))
    for part in piece.parts:
        is_drum = part.role == DRUMS
        track = pretty_midi.Instrument(part.program, is_drum=is_drum, name=part.instrument)
        track.notes = [
            pretty_midi.Note(note.velocity, note.pitch, note.span.start, note.span.end)
            for note in part.notes
        ]
        if is_drum:
            track.notes = [
                pretty_midi.Note(hit.velocity, hit.pitch, hit.time, hit.time + 0.1)
                for hit in piece.score.drums
            ]
        midi.instruments.append(track)
    return midi


def _picture(piece: Piece, mix: NDArray[np.float32]) -> Figure:
    """Piano roll with chords above, spectrogram below."""
    figure = Figure(figsize=(14, 9), layout="constrained")
    roll, picture = figure.subplots(2, 1, sharex=True)
    score = piece.score
    figure.suptitle(
        f"{piece.style}, {piece.key}, {score.tempo_bpm:g} bpm, {score.meter}\n{piece.captions[0]}"
    )
    _draw_roll(piece, roll)
    _, time, spectrum = signal.stft(mix, SAMPLE_RATE_HZ, nperseg=STFT_SIZE)
    shown = STFT_SIZE * HIGHEST_SHOWN_HZ // SAMPLE_RATE_HZ
    picture.imshow(
        20 * np.log10(np.abs(spectrum[:shown]) + 1e-5), origin="lower", aspect="auto",
        vmin=-95, vmax=-20, extent=(0, float(time[-1]), 0, HIGHEST_SHOWN_HZ / 1000),
    )  # fmt: skip
    picture.set_ylabel("kHz")
    picture.set_xlabel("seconds")
    return figure


def _draw_roll(piece: Piece, roll: Axes) -> None:
    score = piece.score
    for part in piece.parts:
        if part.notes:
            roll.hlines(
                [note.pitch for note in part.notes],
                [note.span.start for note in part.notes],
                [note.span.end for note in part.notes],
                linewidth=3, label=f"{part.role}: {part.instrument}",
                color=f"C{piece.parts.index(part)}",
            )  # fmt: skip
    if score.drums:
        roll.plot(
            [hit.time for hit in score.drums], [hit.pitch - 30 for hit in score.drums],
            "k|", markersize=4, label="drums",
        )  # fmt: skip
    for beat, is_downbeat in score.beats():
        roll.axvline(beat, color="0.6" if is_downbeat else "0.9", linewidth=0.6, zorder=0)
    for chord in score.chords:
        roll.annotate(chord.label, (chord.span.start, 98), fontsize=7, rotation=45)
    roll.set_ylim(0, 112)
    roll.set_ylabel("key")
    roll.legend(loc="lower right", fontsize=7)

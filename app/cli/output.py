"""The files a run leaves behind: takes, codes and report. All of them appear, or none."""

from __future__ import annotations

import io
import os
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import typer

from app.cli.controls import ControlOptions
from app.cli.report import report_text
from app.cli.session import Session
from engine.audio.files import CONTAINERS, write_audio, write_bytes_whole
from engine.errors import BadInput, EngineError
from engine.events import EngineTake
from engine.requests import ExtendRequest, GenerateRequest, InpaintRequest


@dataclass(frozen=True, slots=True)
class Output:
    """Where the results of a run go; refuses unusable places before anything is played.

    ``encoding`` is how samples are stored; None for 24 bits where the file can hold them.
    """

    path: Path
    controls: ControlOptions
    encoding: str | None = None

    def __post_init__(self) -> None:
        check_sound_place(self.path)
        for path in (self.controls.save_codes, self.controls.report):
            if path is not None:
                check_place(path)

    def produce(
        self, session: Session, request: GenerateRequest | InpaintRequest | ExtendRequest
    ) -> None:
        """Play the request, save what was asked for, and print the takes' files."""
        finished = session.play(request)
        takes = finished.takes
        sounds = numbered(self.path, len(takes))
        with ExitStack() as undo:

            def save(path: Path, content: bytes) -> None:
                write_bytes_whole(path, content)
                undo.callback(path.unlink)

            for path, take in zip(sounds, takes, strict=True):
                write_audio(path, take.audio, self.encoding)
                undo.callback(path.unlink)
            if self.controls.save_codes is not None:
                places = numbered(self.controls.save_codes, len(takes))
                for path, take in zip(places, takes, strict=True):
                    save(path, _npy(take))
            if self.controls.report is not None:
                heard = [session.listen_if_able(take.audio) for take in takes]
                save(self.controls.report, report_text(request, finished, sounds, heard).encode())
            undo.pop_all()
        for path in sounds:
            typer.echo(path)


def numbered(path: Path, n_takes: int) -> tuple[Path, ...]:
    """The file itself for one take; ``name-1`` to ``name-N`` for more."""
    if n_takes == 1:
        return (path,)
    return tuple(
        path.with_name(f"{path.stem}-{number}{path.suffix}") for number in range(1, n_takes + 1)
    )


def check_sound_place(path: Path) -> None:
    """Raise ``EngineError`` where a sound file could not be written, or of no known kind."""
    if path.suffix.lower() not in CONTAINERS:
        raise BadInput(
            f"“{path.name}” does not say how to store sound.",
            f"Use one of the endings {', '.join(CONTAINERS)}.",
        )
    check_place(path)


def check_place(path: Path) -> None:
    """Raise ``EngineError`` where a file could not be written, before time is spent on it."""
    folder = path.parent
    if not folder.is_dir():
        raise EngineError(f"The folder “{folder}” is not there.", "Make it first.")
    if path.is_dir():
        raise EngineError(f"“{path}” is a folder.", "Name a file in it.")
    if not os.access(folder, os.W_OK):
        raise EngineError(f"You may not write into “{folder}”.", "Choose another folder.")


def _npy(take: EngineTake) -> bytes:
    """The codes of a take as the content of a .npy file."""
    buffer = io.BytesIO()
    np.save(buffer, take.codes, allow_pickle=False)
    return buffer.getvalue()

"""``inlay extend``: a recording continued, at its end or before its beginning."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.controls import ControlOptions, with_controls
from app.cli.session import session_of
from engine.errors import BadInput
from engine.timebase import Seconds


@with_controls
def extend(
    context: typer.Context,
    recording: Annotated[Path, typer.Argument(metavar="IN", help="The recording.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.")],
    controls: ControlOptions,
    backward: Annotated[bool, typer.Option("--backward", help="Add before the start.")] = False,
) -> None:
    """Continue a recording by --bars or --seconds; every old sample stays as it is.

    Bar 1 of the lanes is where the added part begins.
    """
    from app.cli.lanes import tempo_of
    from app.cli.output import Output
    from app.cli.score import asked_duration, score_over
    from engine.audio.files import read_recording
    from engine.requests import ExtendRequest

    added = asked_duration(controls, tempo_of(controls))
    if added is None:
        raise BadInput("It is not said by how much to extend.", "Add --bars N or --seconds F.")
    found = read_recording(recording)
    files = Output(output, controls, found.encoding)
    old = found.audio.duration
    first_bar = Seconds(0.0) if backward else old
    brief = controls.brief(score_over(controls, Seconds(old + added), first_bar))
    files.produce(session_of(context), ExtendRequest(brief, found.audio, backward))

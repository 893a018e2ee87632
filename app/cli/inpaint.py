"""``inlay inpaint``: a stretch of a recording played anew, the rest untouched."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.controls import ControlOptions, with_controls
from app.cli.position import parse_position
from app.cli.session import session_of
from engine.errors import BadInput
from engine.timebase import Seconds, Span, TempoMap


@with_controls
def inpaint(
    context: typer.Context,
    recording: Annotated[Path, typer.Argument(metavar="IN", help="The recording.")],
    start: Annotated[str, typer.Option("--from", help="Seconds, or bar3.2.120.")],
    end: Annotated[str, typer.Option("--to", help="The first moment that stays as it is.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.")],
    controls: ControlOptions,
) -> None:
    """Play a stretch of a recording anew; every sample outside it stays as it is."""
    from app.cli.lanes import tempo_of
    from app.cli.output import Output
    from app.cli.score import score_over
    from engine.audio.files import read_recording
    from engine.requests import InpaintRequest, Mask

    controls.refuse_length("the result is as long as the recording")
    found = read_recording(recording)
    files = Output(output, controls, found.encoding)
    region = _region(start, end, tempo_of(controls), found.audio.duration)
    brief = controls.brief(score_over(controls, found.audio.duration, Seconds(0.0)))
    files.produce(session_of(context), InpaintRequest(brief, found.audio, (Mask(region),)))


def _region(start: str, end: str, tempo: TempoMap, duration: Seconds) -> Span[Seconds]:
    """The stretch between two places; raises ``BadInput`` unless it lies in the recording."""
    first, last = parse_position(start, tempo), parse_position(end, tempo)
    if last <= first:
        raise BadInput(f"Nothing lies between {start} and {end}.", "Let --to be after --from.")
    if last > duration:
        raise BadInput(
            f"{end} ({last:.3f} s) lies after the end of the recording ({duration:.3f} s).",
            "Use “inlay extend” to make it longer.",
        )
    return Span(first, last)

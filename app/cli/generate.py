"""``inlay generate``: music from words and lanes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.controls import ControlOptions, with_controls
from app.cli.session import session_of


@with_controls
def generate(
    context: typer.Context,
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.")],
    controls: ControlOptions,
) -> None:
    """Play chords, drums and notes as described in words."""
    from app.cli.output import Output
    from app.cli.score import whole_score
    from engine.requests import GenerateRequest

    files = Output(output, controls)
    brief = controls.brief(whole_score(controls))
    files.produce(session_of(context), GenerateRequest(brief))

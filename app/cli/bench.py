"""``inlay bench``: how fast the model plays on this machine."""

from __future__ import annotations

import json
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from app.cli.session import session_of
from engine.errors import BadInput

LEAST_REPEATS = 3


class Suite(Enum):
    """What can be measured."""

    GENERATE = "generate"
    STUDIO = "studio"


def bench(
    context: typer.Context,
    suite: Annotated[Suite, typer.Option(help="What to measure.")] = Suite.GENERATE,
    model: Annotated[str, typer.Option(help="Name or folder of the model.")] = "starter",
    device: Annotated[str, typer.Option(help="auto, cpu or cuda.")] = "auto",
    repeats: Annotated[int, typer.Option(help="Counted runs of each case, at least 3.")] = 5,
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Write the figures to this file.")
    ] = None,
) -> None:
    """Measure speed: of the model on a warm engine, or of the studio in new processes."""
    from app.cli.generation_speed import measure_generation
    from app.cli.machine import describe_machine
    from app.cli.studio_speed import measure_studio
    from engine.audio.files import write_bytes_whole

    if repeats < LEAST_REPEATS:
        raise BadInput(f"A median needs at least {LEAST_REPEATS} repeats, not {repeats}.")
    machine = describe_machine()
    match suite:
        case Suite.GENERATE:
            make_backend = session_of(context).make_backend
            figures = measure_generation(make_backend, model, device, repeats)
        case Suite.STUDIO:
            figures = measure_studio(repeats)
    report = json.dumps({"machine": machine, suite.value: figures}, indent=2)
    if json_file is not None:
        write_bytes_whole(json_file, f"{report}\n".encode())
    typer.echo(report)
